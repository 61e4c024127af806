//! What an import shows of one plan's caches: state, link, health and lag over the window of the files. Part of its evidence.

use super::{Answer, NONE, link, shown, state, unknown};
use crate::estate::{Measured, Member, Planned, Quantity, day, events, measured};
use crate::plan::{Plan, RegionSite};
use crate::report::document::{Block, Column, Row, Section, Table};
use crate::units::{Bytes, Ratio, Secs, format};

/// The section and its table.
pub(super) const ID: &str = "evidence-links";

impl Answer<'_> {
    /// State, link, health and lag of the caches of a plan: of the deployment that is called so, or whose caches its site file names. `None`
    /// where the files have no such deployment.
    #[must_use]
    pub fn watched(&self, plan: &Plan) -> Option<Section> {
        let sites = (0..plan.regions.len()).filter_map(|at| plan.site_of(at).and_then(RegionSite::cache_name));
        let sites: Vec<&str> = sites.collect();
        let has = |planned: &&Planned| planned.deployment.members.iter().any(|it| sites.contains(&it.name.as_str()));
        let called = self.estate.planned.iter().find(|it| it.draft.plan.name == plan.name);
        let found = self.estate.planned.iter().find(has).or(called)?;
        Some(self.watched_of(found))
    }

    /// The same of one deployment.
    pub(super) fn watched_of(&self, planned: &Planned) -> Section {
        let heads =
            ["Cache", "State", "Link", "Health", "Lag, peak", "Lag, P95", "Offset, peak", "Full syncs", "Window"];
        let members = &planned.deployment.members;
        let rows: Vec<Row> = members.iter().map(|member| Row::of(self.watched_member(planned, member))).collect();
        let says = format!(
            "Of {}: as the files of the import show them. A window is named by its metrics; “{NONE}” is a metric that no file has.",
            planned.draft.plan.name
        );
        let section = Section::new(ID, "Links and lag", says).with(Block::Table(Table {
            id: ID,
            name: "State, link and lag over the window".to_owned(),
            columns: heads.map(Column::text).into(),
            rows,
        }));
        if planned.findings.is_empty() {
            return section;
        }
        let found = planned.findings.iter();
        section.with(Block::Table(Table {
            id: "evidence-found",
            name: "Findings on what is deployed".to_owned(),
            columns: ["Severity", "Finding", "What holds", "Basis and next step"].map(Column::text).into(),
            rows: found.map(|it| Row::of([it.severity.word(), it.id, &it.says, &it.do_next])).collect(),
        }))
    }

    fn watched_member(&self, planned: &Planned, member: &Member) -> [String; 9] {
        let facts = &self.read.facts;
        let of = |quantity| measured(facts, &member.key, quantity).and_then(Result::ok);
        let (health, lag, offset) = (of(Quantity::Healthy), of(Quantity::Lag), of(Quantity::Offset));
        let [begun, ended] = [Quantity::FullSyncs, Quantity::FullSyncEnds].map(|it| events(facts, &member.key, it));
        let time = |value: f64| format::duration(Secs::secs(value));
        let count = |it: Option<f64>| it.map_or_else(|| NONE.to_owned(), format::count);
        let times = [&begun, &ended].map(|it| it.as_ref().map(|it| it.0));
        let syncs = match times {
            [None, None] => NONE.to_owned(),
            [begun, ended] => format!("{} began, {} ended", count(begun), count(ended)),
        };
        let cache = facts.caches.get(&member.key);
        let begun = begun.map(|it| it.1);
        let window = [&health, &lag, &offset, &begun].into_iter().flatten().next();
        [
            member.name.clone(),
            cache.map_or_else(unknown, state),
            link::state(facts, &planned.deployment, member),
            shown(health.as_ref(), healthy),
            shown(lag.as_ref(), |it| time(it.peak)),
            shown(lag.as_ref(), |it| time(it.p95)),
            shown(offset.as_ref(), |it| format::bytes(Bytes::bytes(it.peak))),
            syncs,
            shown(window, |it| format!("{} to {}", day(it.window.0), day(it.window.1))),
        ]
    }
}

/// "healthy throughout", which a maximum does not show, or the share of the intervals and how it ended.
fn healthy(it: &Measured) -> String {
    let share = format::percent(Ratio::fraction(it.mean.clamp(0.0, 1.0)));
    match (it.peak >= 1.0, it.last >= 1.0) {
        (true, _) if it.aggregate == "maximum" => "no interval wholly without health".to_owned(),
        (true, _) => "healthy throughout".to_owned(),
        (false, true) => format!("{share} of the window, healthy at its end"),
        (false, false) => format!("{share} of the window, not healthy at its end"),
    }
}
