//! The traffic switch and its times (M-06).

use super::super::Subject;
use crate::model::Topology;
use crate::model::traffic_switch::{SwitchTime, notice, ordered, redirect};
use crate::plan::{Plan, TrafficSwitch};
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::units::format;
use crate::units::names::Named;

/// What the plan's switch makes of the steps that it stands for; `None` where the plan names none.
#[must_use]
pub fn traffic_switch(subject: Subject) -> Option<Section> {
    let plan = subject.plan;
    let switch = plan.traffic.switch;
    if switch == TrafficSwitch::Unsaid {
        return None;
    }
    let by_itself = if switch.moves_by_itself() {
        "It moves clients of a group by itself once that is confirmed and rehearsed; else a person orders it."
    } else {
        "A person orders it: notice and decision come first."
    };
    let rows = [
        ("Clients notice (group)", notice(plan)),
        ("Redirect (group)", redirect(plan)),
        ("Ordered by a person, pair and group", ordered(plan, Topology::Passive)),
        ("Ordered by a person, rebuild", ordered(plan, Topology::Rebuild)),
    ];
    let rows =
        rows.into_iter().map(|(step, time)| Row::of([step.to_owned(), words(time), basis(plan, time)])).collect();
    let columns = vec![Column::names("Step"), Column::figures("Time"), Column::text("Based on")];
    let table = Table { id: "traffic-switch", name: "Times of the traffic switch".to_owned(), columns, rows };
    let says = format!("Clients are redirected by: {}. {by_itself}", switch.label());
    Some(Section::new("traffic-switch", "Traffic switch", says).with(Block::Table(table)))
}

fn words(time: SwitchTime) -> String {
    let range = time.range();
    format!("{} (most likely {})", format::duration_range(range), format::duration(range.mode))
}

/// Settings with the plan's figures, and what is assumed beside them.
fn basis(plan: &Plan, time: SwitchTime) -> String {
    let traffic = &plan.traffic;
    if matches!(time, SwitchTime::AsPlanned(_)) {
        return "the recovery step of the plan".to_owned();
    }
    match traffic.switch {
        TrafficSwitch::CircuitBreaker => format!("{}; a client’s next request is an assumption", probes(plan)),
        TrafficSwitch::TrafficManager => {
            format!("{}; TTL {}, slow resolvers (T1)", probes(plan), format::duration(traffic.ttl))
        }
        TrafficSwitch::FrontDoor => format!("{}; the edge is an assumption", probes(plan)),
        TrafficSwitch::AppConfiguration => {
            format!("refresh {}; the order is an assumption", format::duration(traffic.refresh))
        }
        TrafficSwitch::DnsRecord => {
            format!("TTL {}, slow resolvers (T1); the order is an assumption", format::duration(traffic.ttl))
        }
        TrafficSwitch::Unsaid | TrafficSwitch::ByHand => String::new(),
    }
}

fn probes(plan: &Plan) -> String {
    let traffic = &plan.traffic;
    format!(
        "a probe every {}, {} failures tolerated, timeout {}",
        format::duration(traffic.probe_interval),
        traffic.probe_failures,
        format::duration(traffic.probe_timeout)
    )
}
