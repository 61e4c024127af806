//! How long a replica is unreadable, as ranges (M-03).

use super::spans::{span_row, spans_plot};
use super::{Chart, Ink, Table, short};
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::model::sync::SyncOutcome;
use crate::units::{Range, Secs, format};

/// Low, most likely and high of a sync after an interruption and of a new link. `None` where none ever ends.
#[must_use]
pub fn full_sync_chart(evaluation: &Evaluation) -> Option<Chart> {
    let spans: Vec<(Topology, &str, Range<Secs>)> =
        [Topology::Passive, Topology::Active].into_iter().flat_map(|topology| of(evaluation, topology)).collect();
    let longest = spans.iter().map(|(.., time)| time.high.as_secs()).reduce(f64::max)?;
    let texts = |time: Range<Secs>| [time.low, time.mode, time.high].map(format::duration);
    let row = |(topology, what, time): &(Topology, &str, Range<Secs>)| {
        let (label, said) = (format!("{what}, {}", short(*topology)), (time.high, format::duration_range(*time)));
        span_row(label, Ink::Topology(*topology), [time.low, time.mode, time.high], said)
    };
    let cells = |(topology, what, time): &(Topology, &str, Range<Secs>)| {
        [topology.name().to_owned(), (*what).to_owned()].into_iter().chain(texts(*time)).collect()
    };
    Some(Chart {
        id: "full-sync",
        title: "Time without a readable copy".to_owned(),
        says: Vec::new(),
        caption: "Low, most likely and high of a full sync: after an interruption, and with a new link.".to_owned(),
        plot: spans_plot("time of the sync", longest, spans.iter().map(row)),
        table: Table {
            head: ["Topology", "Sync", "Low", "Most likely", "High"].map(str::to_owned).into(),
            rows: spans.iter().map(cells).collect(),
        },
    })
}

fn of(evaluation: &Evaluation, topology: Topology) -> Vec<(Topology, &'static str, Range<Secs>)> {
    match &evaluation.of(topology).sync.outcome {
        SyncOutcome::Converges { resync, new_link, .. } => {
            vec![(topology, "Interrupted link", *resync), (topology, "New link", *new_link)]
        }
        _ => Vec::new(),
    }
}
