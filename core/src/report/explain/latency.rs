//! Round trips (M-13).

use super::Draft;
use crate::model::latency::round_trip;
use crate::units::format;

pub(super) fn explain(draft: &mut Draft) {
    let answer = &draft.answer.latency;
    routes(draft);
    if let Some((_, slow)) = &answer.worst_write {
        draft.line(format!(
            "P95 of the worst = {} × {} of its median = {}",
            format::duration_or(answer.worst_write_median, "unknown"),
            format::percent(draft.plan.latency.spread.high),
            format::duration(*slow)
        ));
    }
    settings(draft);
    caveats(draft);
}

/// The median of a write from each region, with its round trip.
fn routes(draft: &mut Draft) {
    let answer = &draft.answer.latency;
    let request = &draft.plan.latency;
    let worst = answer.worst_write.as_ref().map(|(region, _)| region);
    for row in &answer.normal {
        let (Some(to), Some(write)) = (&row.writes_to, row.write) else { continue };
        let Some(trip) = round_trip(draft.plan, draft.catalog, &row.users_in, to) else { continue };
        let mark = if worst == Some(&row.users_in) { ", the worst" } else { "" };
        let (from, to) = (draft.catalog.region_name(&row.users_in), draft.catalog.region_name(to));
        draft.formula.push(format!(
            "{from} to {to}: {} × ({} + {}) + {} = {}{mark}",
            request.calls_in_sequence,
            format::duration(trip.rtt),
            format::duration(request.service),
            format::duration(request.rest_of_request),
            format::duration(write)
        ));
        let date = trip.as_of.map_or_else(String::new, |date| format!(", month to {date}"));
        let origin = if trip.yours { "your input".to_owned() } else { format!("{}{date}", trip.source) };
        draft.inputs.push((format!("Round trip {from} – {to}"), format::duration(trip.rtt), origin));
    }
}

fn settings(draft: &mut Draft) {
    let calls = |count: &u32| count.to_string();
    draft.setting("latency.calls_in_sequence", calls, |plan| plan.latency.calls_in_sequence, "assumption");
    draft.setting_named(
        "Slow request (P95)",
        |share| format::percent(*share),
        |plan| plan.latency.spread.high,
        "assumption",
    );
    draft.setting("latency.service", |time| format::duration(*time), |plan| plan.latency.service, "assumption");
    draft.setting(
        "latency.rest_of_request",
        |time| format::duration(*time),
        |plan| plan.latency.rest_of_request,
        "assumption",
    );
}

fn caveats(draft: &mut Draft) {
    let answer = &draft.answer.latency;
    if let Some(share) = answer.users_within_target {
        draft.caveat(format!("{} of the users are inside the target at P95.", format::percent(share)));
    }
    if let Some(age) = answer.staleness {
        let age = format::duration(age);
        draft.caveat(format!("A read elsewhere may be {age} old, longer in bursts."));
    }
    draft.caveat(format!(
        "Round trips are medians; the slowest of 20 requests at {} of the median is an assumption.",
        format::percent(draft.plan.latency.spread.high)
    ));
}
