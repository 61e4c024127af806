//! The load of a plan as it was measured: figures with metric, window and day.

use crate::estate::deployments::{Deployment, Kind, Member, Role};
use crate::estate::facts::Facts;
use crate::estate::measure::of_cache::fullest_shard;
pub(in crate::estate) use crate::estate::measure::of_cache::latest;
pub use crate::estate::measure::of_cache::{all_series_of, day, events, measured, series_of, window};
use crate::estate::measure::parts::Split;
use crate::estate::measure::{Measured, Unusable};
use crate::estate::planned::draft::Draft;
use crate::estate::planned::odd_times::{moved, while_healthy};
use crate::estate::planned::rhythm;
use crate::import::metrics::{AGGREGATES, MAXIMUM, Quantity};
use crate::model::demand::StreamBytes;
use crate::plan::{Plan, WriteSplit, check};
use crate::units::SECS_PER_HOUR;
use crate::units::format;
use crate::units::{Bytes, OpsPerSec, Ratio, Secs};

/// Sets data, writes, reads, expiries and connections of the plan from the metrics of its caches.
pub(in crate::estate) fn describe(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    data(draft, deployment, facts);
    writes(draft, deployment, facts);
    reads(draft, deployment, facts);
    connections(draft, deployment, facts);
    rhythm::describe(draft, deployment, facts);
}

/// A metric of every one of these members; why not, else.
fn all(
    deployment: &Deployment,
    facts: &Facts,
    quantity: Quantity,
    of: impl Fn(Role) -> bool,
) -> Result<Vec<(String, Measured)>, String> {
    let mut found = Vec::new();
    for member in deployment.members.iter().filter(|it| of(it.role)) {
        match measured(facts, &member.key, quantity) {
            Some(Ok(it)) => found.push((member.name.clone(), it)),
            Some(Err(Unusable::Parts(parts, shards))) if parts > shards as usize => {
                return Err(format!("of {} {parts} shards are in the files, and it has {shards}", member.name));
            }
            Some(Err(Unusable::Parts(parts, shards))) => {
                return Err(format!(
                    "of {} {parts} of {shards} shards are in the files; ask for them with --top 30",
                    member.name
                ));
            }
            Some(Err(Unusable::Shards)) => {
                return Err(format!(
                    "of {} the number of shards is not known, and a sum takes all of them",
                    member.name
                ));
            }
            Some(Err(Unusable::Apart(said, found))) => {
                let iso = if found.as_secs() % SECS_PER_HOUR == 0.0 {
                    format!("PT{:.0}H", found.as_secs() / SECS_PER_HOUR)
                } else {
                    format!("PT{:.0}M", found.as_secs() / 60.0)
                };
                let [said, found] = [said, found].map(format::duration);
                return Err(format!(
                    "of {} an interval is said to be {said}, and its values are {found} apart; save it again with --interval {}, or with every minute",
                    member.name, iso
                ));
            }
            Some(Err(Unusable::Step)) => {
                return Err(format!("of {} one value is in the files, and not how long its interval is", member.name));
            }
            Some(Err(Unusable::Empty)) => return Err(format!("of {} no interval has a value", member.name)),
            None => return Err(format!("of {} it is in no file", member.name)),
        }
    }
    Ok(found)
}

/// The caches whose set commands are the deployment's writes: a secondary's are copies.
pub(in crate::estate) const fn writes_of(role: Role) -> bool {
    !matches!(role, Role::Secondary)
}

fn shown(found: &[(String, Measured)], metric: &str) -> String {
    found.iter().map(|(name, it)| window(it, metric, name)).collect::<Vec<_>>().join("; ")
}

/// Takes a change of the load where the plan may hold it.
pub(in crate::estate) fn try_set(
    draft: &mut Draft,
    field: &'static str,
    value: String,
    from: String,
    set: impl FnOnce(&mut Plan),
) {
    try_set_of(draft, "workload", (field, value, from), set);
}

/// The same for the fields below a group of the plan.
pub(in crate::estate) fn try_set_of(
    draft: &mut Draft,
    group: &str,
    (field, value, from): (&'static str, String, String),
    set: impl FnOnce(&mut Plan),
) {
    let mut plan = draft.plan.clone();
    set(&mut plan);
    match check(&plan).into_iter().find(|error| error.field.starts_with(group)) {
        None => draft.set(field, value, from, |own| *own = plan),
        Some(error) => draft.miss(field, error.message),
    }
}

/// Every member holds all of the data, so the greatest peak counts. What a member of a group uses is data × CRDT factor (M-02) already.
fn data(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    let members = deployment.members.iter();
    let known = members.filter_map(|it| Some((it, measured(facts, &it.key, Quantity::Memory)?.ok()?)));
    let peak =
        known.max_by(|one, other| one.1.peak.total_cmp(&other.1.peak).then_with(|| other.0.name.cmp(&one.0.name)));
    let Some((member, it)) = peak else {
        let why = all(deployment, facts, Quantity::Memory, writes_of).err().unwrap_or_default();
        draft.miss("workload.dataset", format!("Used memory (usedmemory): {why}."));
        return;
    };
    shards(draft, facts, member);
    let mut from = window(&it, "usedmemory", &member.name);
    let mut bytes = Bytes::bytes(it.peak);
    // While a member is away the others retain what it has not seen: that is no data.
    if let Some(peak) = while_healthy(deployment, facts).filter(|peak| *peak < it.peak) {
        from = format!("{from}; {} while every member was healthy", format::bytes(Bytes::bytes(peak)));
        bytes = Bytes::bytes(peak);
    }
    if deployment.kind == Kind::Group {
        let factor = draft.plan.assumptions.crdt_factor.mode;
        bytes = bytes / factor;
        from = format!("{from}{}", divided(factor));
    }
    try_set(draft, "workload.dataset", format::bytes(bytes), from, |plan| {
        plan.workload.dataset = bytes;
    });
}

/// Sets how much fuller than the mean one the fullest shard is, of the member whose data counts: data × that ÷ shards is then what its
/// fullest shard holds. In hundredths, so that a later import of the same spread is no change.
fn shards(draft: &mut Draft, facts: &Facts, member: &Member) {
    let Some((factor, it)) = fullest_shard(facts, &member.key, Quantity::Memory) else { return };
    let factor = libm::round(factor * 100.0) / 100.0;
    let from = format!("{}: its fullest shard over the mean one", window(&it, "usedmemory", &member.name));
    let value = format!("{} ×", format::number(factor));
    let known = ("assumptions.hottest_shard", value, from);
    try_set_of(draft, "assumptions", known, |plan| plan.assumptions.hottest_shard = factor);
}

/// What evidence of a group's data ends with: the factor by which the used memory was divided.
#[must_use]
pub fn divided(factor: f64) -> String {
    format!(", ÷ {}: the CRDT factor is in it", format::number(factor))
}

fn writes(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    if deployment.members.iter().any(|it| it.role == Role::Linked) {
        let why = "The files do not settle which half of the pair is the primary: az redis server-link list says it. The copy’s set commands are no writes.";
        draft.miss("workload.writes", why);
        return;
    }
    if let Some(says) = moved(deployment, facts) {
        draft.miss("workload.writes", format!("{says} Enter the writes, or import the metrics from after it alone."));
        return;
    }
    let sets = match all(deployment, facts, Quantity::Sets, writes_of) {
        Ok(sets) => sets,
        Err(why) => {
            if written(draft, deployment, facts) {
                return;
            }
            let commands = [Quantity::Commands, Quantity::CommandsCounted];
            let known = commands.into_iter().find_map(|it| all(deployment, facts, it, writes_of).ok());
            let more = known.map_or_else(String::new, |known| {
                let rate = OpsPerSec::per_s(known.iter().map(|(_, it)| it.mean).sum());
                let most = known.iter().any(|(_, it)| it.aggregate == AGGREGATES[MAXIMUM] && it.interval > SHORT);
                let most = if most { "at most " } else { "" };
                format!(" All commands are measured, {most}{}: which share of them are writes?", format::ops(rate))
            });
            draft.miss("workload.writes", format!("Set commands (setcommands): {why}.{more}"));
            return;
        }
    };
    let rate: f64 = sets.iter().map(|(_, it)| it.mean).sum();
    let peak: f64 = sets.iter().map(|(_, it)| it.peak).sum();
    let mut from = shown(&sets, "setcommands");
    let expiries = all(deployment, facts, Quantity::Expiries, writes_of).ok();
    let expired: f64 = expiries.iter().flatten().map(|(_, it)| it.mean).sum();
    let changes = rate + expired;
    if let Some(expiries) = expiries.filter(|_| expired > 0.0) {
        from =
            format!("{from}; with {} from {}", format::ops(OpsPerSec::per_s(expired)), shown(&expiries, "expiredkeys"));
        let split = with_expiries(draft.plan.workload.split, expired / changes);
        draft.set("workload.split.expiries", format::percent(split.expiries), from.clone(), |plan| {
            plan.workload.split = split;
        });
    }
    let writes = OpsPerSec::per_s(changes);
    try_set(draft, "workload.writes", format::ops(writes), from.clone(), |plan| plan.workload.writes = writes);
    if rate > 0.0 && peak > rate {
        let ratio = (peak / rate).min(1e3);
        let value = format!("{} ×", format::number(ratio));
        try_set(draft, "workload.peak.ratio", value, format!("peak over mean, {from}"), |plan| {
            plan.workload.peak.ratio = ratio;
        });
    }
    if deployment.kind == Kind::Group && rate > 0.0 {
        shares(draft, &sets, rate);
    }
    value_size(draft, deployment, facts, rate);
}

/// Takes the size of a value from the bytes that clients write and the set commands, both measured: the size of a write is a line in
/// that of its value (M-01).
fn value_size(draft: &mut Draft, deployment: &Deployment, facts: &Facts, rate: f64) {
    let Some(bytes) = written_bytes(deployment, facts).filter(|_| rate > 0.0) else { return };
    let each = bytes.iter().map(|(_, it)| it.mean).sum::<f64>() / rate;
    let of = |size: Bytes| {
        let mut plan = draft.plan.clone();
        plan.workload.value_size = size;
        let overhead = 1.0 + plan.assumptions.wire_overhead.as_fraction();
        (StreamBytes::of(&plan).mean(&plan.workload.split) * overhead).as_bytes()
    };
    let (none, more) = (of(Bytes::ZERO), of(Bytes::kb(1.0)));
    let slope = (more - none) / Bytes::kb(1.0).as_bytes();
    let size = Bytes::bytes((each - none) / slope);
    if size > Bytes::ZERO && size.is_finite() {
        let from = format!("{}, ÷ {} set commands", shown(&bytes, "cacheWrite"), format::ops(OpsPerSec::per_s(rate)));
        try_set(draft, "workload.value_size", format::bytes(size), from, |plan| plan.workload.value_size = size);
    }
}

/// The bytes that clients write, where their greatest rate of an interval is near its mean.
pub(in crate::estate) fn written_bytes(deployment: &Deployment, facts: &Facts) -> Option<Vec<(String, Measured)>> {
    let bytes = all(deployment, facts, Quantity::WriteBytes, writes_of).ok()?;
    let short =
        |it: &Measured| it.interval <= SHORT && it.aggregate == AGGREGATES[MAXIMUM] && it.split != Split::OneInstance;
    bytes.iter().all(|(_, it)| short(it)).then_some(bytes)
}

/// Longest interval of which the highest rate stands for the mean one.
const SHORT: Secs = Secs::mins(5.0);

/// Takes the writes from the bytes that clients write, by the plan's size of a write, where no set commands are known; false where that
/// is not measured, or in intervals whose maximum is far from their mean.
fn written(draft: &mut Draft, deployment: &Deployment, facts: &Facts) -> bool {
    let Some(bytes) = written_bytes(deployment, facts) else { return false };
    let plan = &draft.plan;
    let each = StreamBytes::of(plan).mean(&plan.workload.split) * (1.0 + plan.assumptions.wire_overhead.as_fraction());
    let writes = OpsPerSec::per_s(bytes.iter().map(|(_, it)| it.mean).sum::<f64>() / each.as_bytes());
    let from = format!("{}; ÷ {} a write, the plan’s own size", shown(&bytes, "cacheWrite"), format::bytes(each));
    try_set(draft, "workload.writes", format::ops(writes), from, |plan| plan.workload.writes = writes);
    true
}

/// The shares of the changes with this share of expiries, the others in their proportion.
fn with_expiries(split: WriteSplit, expiries: f64) -> WriteSplit {
    let others = split.total().as_fraction() - split.expiries.as_fraction();
    let factor = if others > 0.0 { (1.0 - expiries) / others } else { 0.0 };
    let scaled = |share: Ratio| Ratio::fraction(share.as_fraction() * factor);
    WriteSplit {
        creates: scaled(split.creates),
        overwrites: scaled(split.overwrites),
        deletes: scaled(split.deletes),
        element_removals: scaled(split.element_removals),
        expiries: Ratio::fraction(expiries),
    }
}

/// The members' shares of the writes, where each region of the plan is one member's.
fn shares(draft: &mut Draft, sets: &[(String, Measured)], rate: f64) {
    if sets.len() != draft.plan.regions.len() {
        return;
    }
    let from = shown(sets, "setcommands");
    draft.set("regions", "shares of the writes", from, |plan| {
        for (region, (_, it)) in plan.regions.iter_mut().zip(sets) {
            region.writes = Ratio::fraction(it.mean / rate);
        }
    });
}

fn reads(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    match all(deployment, facts, Quantity::Gets, |_| true) {
        Ok(gets) => {
            let reads = OpsPerSec::per_s(gets.iter().map(|(_, it)| it.mean).sum());
            try_set(draft, "workload.reads", format::ops(reads), shown(&gets, "getcommands"), |plan| {
                plan.workload.reads = Some(reads);
            });
        }
        Err(why) => {
            draft.miss("workload.reads", format!("Reads (getcommands): {why}; four times the writes are assumed."));
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "never negative, and casts saturate")]
fn connections(draft: &mut Draft, deployment: &Deployment, facts: &Facts) {
    match all(deployment, facts, Quantity::Clients, |_| true) {
        Ok(clients) => {
            let peak = libm::ceil(clients.iter().map(|(_, it)| it.peak).sum()) as u32;
            let least = clients.iter().any(|(_, it)| it.split == Split::OneInstance);
            let value = format!("{}{}", if least { "at least " } else { "" }, format::count(f64::from(peak)));
            try_set(draft, "workload.connections", value, shown(&clients, "connectedclients"), |plan| {
                plan.workload.connections = peak;
            });
        }
        Err(why) => draft.miss("workload.connections", format!("Connections (connectedclients): {why}.")),
    }
}
