//! The replication lag of a pair as it was measured, in place of the modelled one.

use crate::estate::deployments::{Deployment, Kind};
use crate::estate::facts::Facts;
use crate::estate::measure::of_cache::worst;
use crate::estate::planned::draft::Draft;
use crate::estate::planned::load::{day, measured, series_of, try_set_of, window};
use crate::import::metrics::{AGGREGATES, AVERAGE, Quantity};
use crate::plan::{LoadFigure, MeasuredLag};
use crate::units::{Bytes, Date, Secs, format};

/// Takes the lag of the half that says the greater one: only one of them counts it, as a rule the secondary.
pub(in crate::estate) fn describe(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    if deployment.kind != Kind::Pair {
        return;
    }
    let each = deployment.members.iter().filter_map(|member| {
        let spread = series_of(facts, &member.key, Quantity::Lag)?.spread()?;
        Some((member, measured(facts, &member.key, Quantity::Lag)?.ok()?, spread))
    });
    let greatest = each.max_by(|one, other| one.2.p95.total_cmp(&other.2.p95).then(other.0.key.cmp(&one.0.key)));
    let Some((member, lag, spread)) = greatest else {
        let why = "Replication lag (GeoReplicationConnectivityLag): in no file; the lag is modelled.";
        draft.miss("passive.lag", why);
        return;
    };
    let (Some(date), Some([primary, secondary])) = (Date::of_moment(lag.window.1), regions(draft)) else { return };
    let offsets =
        deployment.members.iter().filter_map(|it| Some((it, measured(facts, &it.key, Quantity::Offset)?.ok()?)));
    let offset = offsets.reduce(|one, it| if it.1.peak > one.1.peak { it } else { one });
    let behind = offset.as_ref().map(|(_, it)| Bytes::bytes(it.peak));
    let source = window(&lag, "GeoReplicationConnectivityLag", &member.name);
    let mut from = source.clone();
    // Hours of today replace no month, and may be what counts.
    let newest = deployment.members.iter().filter_map(|it| worst(facts, &it.key, Quantity::Lag));
    let newest = newest.filter(|it| it.peak > lag.peak).reduce(|one, it| if it.peak > one.peak { it } else { one });
    if let Some(it) = newest {
        let length = format::duration(Secs::secs(it.window.1 - it.window.0) + it.interval);
        let peak = format::duration(Secs::secs(it.peak));
        from = format!("{from}; {peak} in {length} to {} is not in it", day(it.window.1));
    }
    if let Some((member, it)) = &offset {
        from = format!("{from}; {}", window(it, "GeoReplicationDataSyncOffset", &member.name));
    }
    let [p50, p95, peak] = [spread.p50, spread.p95, spread.peak].map(Secs::secs);
    let writes = (!draft.is_open(LoadFigure::Operations)).then_some(draft.plan.workload.writes);
    let points = u32::try_from(spread.points).unwrap_or(u32::MAX);
    let shown = behind.map_or_else(String::new, |it| format!(", {} behind at most", format::bytes(it)));
    let one =
        if series_of(facts, &member.key, Quantity::Lag).is_some_and(|it| it.days() == 1) { ", of one day" } else { "" };
    // The highest of means is below the highest value.
    let most = if lag.aggregate == AGGREGATES[AVERAGE] { "at least" } else { "at most" };
    let value = format!("P95 {}, {most} {}{shown}{one}", format::duration(p95), format::duration(peak));
    let known = MeasuredLag { source, date, points, p50, p95, peak, behind, writes, primary, secondary };
    try_set_of(draft, "passive", ("passive.lag", value, from), |plan| plan.passive.lag = Some(known));
}

fn regions(draft: &Draft) -> Option<[crate::catalog::RegionId; 2]> {
    Some([draft.plan.primary()?, draft.plan.secondary()?].map(|it| it.region.clone()))
}
