//! A design and its answers in a few words, the same in cards, tables and reports.

use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::model::fit::{Cache, Misfit, SizeChoice};
use crate::model::rpo::{Loss, Rpo, RpoBasis};
use crate::model::rto::RtoPath;
use crate::model::runway::Runway;
use crate::model::sync::{FullSync, Overrun, SyncOutcome};
use crate::model::{Topology, TopologyAnswer};
use crate::rules::act_by::full;
use crate::units::{Ratio, Secs, format};
use crate::words::shown::fewer;

/// A recovery path in words.
#[must_use]
pub const fn path(path: RtoPath) -> &'static str {
    match path {
        RtoPath::Rebuild => "create and reload",
        RtoPath::GeoFailover => "geo-failover",
        RtoPath::PlannedFailover => "planned failover",
        RtoPath::Unlink => "unlink",
        RtoPath::Redirect => "redirect",
    }
}

/// Why there is no bound on the lag, or on what is lost.
#[must_use]
pub fn no_lag(answer: &TopologyAnswer) -> &'static str {
    match answer.rpo.basis {
        RpoBasis::NotSaid => "not known",
        RpoBasis::HeldOnlyHere => "no bound",
        _ if answer.sync.never_complete(answer.topology) => "never complete",
        _ => "never drains",
    }
}

/// What a part of the data loses, in the cell of a table: "nothing: read again", "up to 6 h".
#[must_use]
pub fn loss(loss: Loss) -> String {
    match loss {
        Loss::Nothing => "nothing: read again from the database".to_owned(),
        Loss::Lag => "the lag".to_owned(),
        Loss::SinceExport { interval, at_most: false } => {
            format!("up to {} since the last export", format::duration(interval))
        }
        Loss::SinceExport { interval, at_most: true } => {
            format!("at most {} since the last export", format::duration(interval))
        }
        Loss::Everything => "everything: never exported".to_owned(),
        Loss::NotSaid => "unknown: the plan does not say".to_owned(),
        Loss::NotJudged => "expendable".to_owned(),
    }
}

/// What metrics can show of a replica's lag: "at most 60 s by metrics", "measured 2 s (P95), at most 90 s".
#[must_use]
pub fn shown(rpo: &Rpo) -> String {
    if let Some(it) = &rpo.measured {
        let [p95, max] = [it.p95, it.max].map(format::duration);
        let fewer = it.writes.map_or_else(String::new, |writes| format!(" {}", fewer(writes)));
        return format!("measured {p95} (P95), at most {max}{fewer}");
    }
    rpo.provable.map_or_else(
        || "not observable without a heartbeat".to_owned(),
        |grain| format!("≤\u{a0}{} by metrics", format::duration(grain)),
    )
}

/// What an RPO without a replica is based on; empty for one with a replica, and where there is no design.
#[must_use]
pub const fn without_replica(basis: RpoBasis) -> &'static str {
    match basis {
        RpoBasis::SourceOfTruth => "the database holds all",
        RpoBasis::Expendable => "all data is expendable",
        RpoBasis::LastExport => "back to the last export",
        RpoBasis::HeldOnlyHere => "held only here, lost entirely",
        RpoBasis::NotSaid => "not known: name the parts of the data",
        RpoBasis::Replication | RpoBasis::NotApplicable => "",
    }
}

/// A size with its shards: "P4", "P1 × 3 shards".
#[must_use]
pub fn size(size: &SizeChoice, topology: Topology) -> String {
    if topology == Topology::Passive && size.shards > 1 {
        format!("{} × {} shards", size.sku.short(), size.shards)
    } else {
        size.sku.short().to_owned()
    }
}

/// What is bought and where: "2 × P4 · North Europe → East US".
#[must_use]
pub fn design(answer: &TopologyAnswer, catalog: &Catalog) -> String {
    let caches = &answer.design.caches;
    let Some(first) = caches.first() else {
        return answer.design.misfits.first().map_or_else(|| "not possible for this plan".to_owned(), Misfit::words);
    };
    let shards = |cache: &Cache| match answer.topology {
        Topology::Passive if cache.shards > 1 => format!(" × {} shards", cache.shards),
        _ => String::new(),
    };
    let alike = caches.iter().all(|cache| cache.sku == first.sku);
    let sizes = match (alike, caches.len()) {
        (true, 1) => format!("{}{}", first.sku.short(), shards(first)),
        (true, count) => format!("{count} × {}{}", first.sku.short(), shards(first)),
        _ => caches.iter().map(|cache| cache.sku.short()).collect::<Vec<_>>().join(" + "),
    };
    let between = if answer.topology == Topology::Passive { " → " } else { ", " };
    let places: Vec<&str> = caches.iter().map(|cache| catalog.region_name(&cache.region)).collect();
    format!("{sizes} · {}", places.join(between))
}

/// ", by today’s load" of a design that waits for the end of the old service, and may be made in another size then; "" of all else.
#[must_use]
pub fn by_load(evaluation: &Evaluation, topology: Topology) -> &'static str {
    if evaluation.comparison.waits(topology).is_some() { ", by today’s load" } else { "" }
}

/// How a full sync ends, in words.
#[must_use]
pub fn sync(sync: &FullSync, topology: Topology) -> String {
    match &sync.outcome {
        SyncOutcome::Converges { resync, .. } if topology == Topology::Rebuild => {
            format!("{} to reload {}", format::duration(resync.mode), format::bytes(sync.total_bytes))
        }
        SyncOutcome::Converges { resync, .. } => format::duration_range(*resync),
        SyncOutcome::NeverConverges { .. } => "never converges".to_owned(),
        SyncOutcome::NotApplicable => format::NONE.to_owned(),
    }
}

/// What a full sync may overrun: a warning, since Azure publishes no buffer.
#[must_use]
pub fn overrun(overrun: &Overrun) -> String {
    let when = if overrun.likely { "" } else { " at the slow end of the copy" };
    format!(
        "It may restart: a shard receives {} during the copy{when}; the replica buffer of {} is an assumption.",
        format::bytes(overrun.pending),
        format::bytes(overrun.buffer)
    )
}

/// What runs out first while a region is down.
#[must_use]
pub fn breaks(runway: &Runway) -> String {
    match runway {
        Runway::ColdStart => "cold cache: the database takes the reads".to_owned(),
        Runway::NotAtRisk => "no replica until the relink".to_owned(),
        Runway::Fills(filling) => format!("memory {}", full(filling)),
        Runway::NotApplicable => format::NONE.to_owned(),
    }
}

/// "for 4 h", "for ever".
#[must_use]
pub fn for_long(time: Option<Secs>) -> String {
    ["for ", &format::duration_or(time, "ever")].concat()
}

/// A share that is not nothing never reads as "0 %".
#[must_use]
pub fn share_of_all(share: Ratio) -> String {
    let tiny = share > Ratio::ZERO && share < Ratio::percent(0.1);
    if tiny { "less than 0.1\u{a0}%".to_owned() } else { format::percent(share) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::evaluate;
    use crate::model::runway::Filling;
    use crate::plan::Plan;
    use crate::units::{Bytes, BytesPerSec, Range, Secs};

    fn first() -> Evaluation {
        evaluate(&Plan::default(), &Catalog::bundled().unwrap())
    }

    #[test]
    fn every_end_of_a_sync_has_words() {
        let range = Range::new(Secs::hours(1.0), Secs::hours(2.0), Secs::hours(3.0));
        let converges = SyncOutcome::Converges { catch_up: range, resync: range, new_link: range, overrun: None };
        let rate = BytesPerSec::bytes_per_s(1e6);
        let cases = [
            (converges.clone(), Topology::Passive, "1 h – 3 h"),
            (converges, Topology::Rebuild, "2 h to reload 10 GB"),
            (SyncOutcome::NeverConverges { incoming: rate, apply: rate }, Topology::Active, "never converges"),
            (SyncOutcome::NotApplicable, Topology::Active, "–"),
        ];
        for (outcome, topology, words) in cases {
            let full = FullSync { outcome, total_bytes: Bytes::gb(10.0), ..first().passive.sync.clone() };
            assert_eq!(sync(&full, topology).replace('\u{a0}', " "), words);
        }
    }

    #[test]
    fn what_breaks_has_words() {
        let Runway::Fills(own) = first().active.runway.clone() else { panic!("the first plan's group fills") };
        let fills = |hour: Option<f64>| {
            let to_full = Range::exactly(hour.map(Secs::hours));
            Runway::Fills(Filling { full_p05: to_full.low, to_full, ..own.clone() })
        };
        let cases = [
            (Runway::ColdStart, "cold cache: the database takes the reads"),
            (Runway::NotAtRisk, "no replica until the relink"),
            (fills(Some(7.0)), "memory full after 7 h or later in 95 of 100 cases; typical 7 h, pessimistic 7 h"),
            (fills(None), "memory not full in 95 of 100 cases"),
            (Runway::NotApplicable, "–"),
        ];
        for (runway, words) in cases {
            assert_eq!(breaks(&runway).replace('\u{a0}', " "), words);
        }
    }

    #[test]
    fn a_small_share_is_not_none() {
        let says = [0.0, 0.0004, 0.001, 0.5].map(|share| share_of_all(Ratio::fraction(share)).replace('\u{a0}', " "));
        assert_eq!(says, ["0 %", "less than 0.1 %", "0.1 %", "50 %"]);
    }
}
