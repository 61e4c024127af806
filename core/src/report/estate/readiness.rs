//! Whether each pair and group could fail over today: what somebody gets each week from a fresh import.

use super::{Answer, link, unknown};
use crate::catalog::Severity;
use crate::estate::{Kind, Planned, Quantity, measured};
use crate::report::document::{Block, Column, Document, Row, Section, Table};
use crate::report::estate::since;
use crate::units::{Secs, format};

impl Answer<'_> {
    /// The weekly report: readiness, what changed since the portfolio that is given, and the findings.
    ///
    /// A deployment is ready where the files prove nothing that blocks or warns, and every link shows its state. Lone caches have nothing to
    /// fail over to and are counted apart.
    #[must_use]
    pub fn weekly(&self) -> Document {
        let mut sections = vec![self.readiness()];
        sections.extend(self.since.map(|drift| since(drift, self.catalog.currency())));
        sections.push(self.findings());
        sections.extend(self.not_read());
        Document { title: "Readiness of the estate".to_owned(), opening: Vec::new(), sections }
    }

    fn readiness(&self) -> Section {
        let linked = || self.estate.planned.iter().filter(|it| it.deployment.kind != Kind::Alone);
        let ready = linked().filter(|it| self.against(it).is_empty()).count();
        let alone = self.estate.planned.len() - linked().count();
        let alone = match alone {
            0 => String::new(),
            count => format!(" {} alone: nothing to fail over to.", format::counted(count, "cache")),
        };
        let says = match linked().count() {
            0 => format!("No pair and no group.{alone}"),
            count => format!("{ready} of {count} pairs and groups are ready to fail over.{alone}"),
        };
        let heads = ["Deployment", "Ready", "Link", "Lag", "Fill", "Drills", "Against it"];
        Section::new("estate-readiness", "Ready to fail over", says).with(Block::Table(Table {
            id: "estate-readiness",
            name: "Readiness by deployment".to_owned(),
            columns: heads.map(Column::text).into(),
            rows: linked().map(|planned| Row::of(self.ready(planned))).collect(),
        }))
    }

    fn ready(&self, planned: &Planned) -> [String; 7] {
        let facts = &self.read.facts;
        let most = |quantity| {
            let members = planned.deployment.members.iter();
            let peaks = members.filter_map(|it| Some(measured(facts, &it.key, quantity)?.ok()?.peak));
            peaks.reduce(f64::max)
        };
        let links: Vec<String> =
            planned.deployment.members.iter().map(|it| link::state(facts, &planned.deployment, it)).collect();
        let against = self.against(planned);
        let times: usize = planned.draft.plan.recovery.evidence.iter().map(|known| known.times.len()).sum();
        [
            planned.draft.plan.name.clone(),
            if against.is_empty() { "yes" } else { "no" }.to_owned(),
            once(&links),
            most(Quantity::Lag).map_or_else(unknown, |lag| format::duration(Secs::secs(lag))),
            most(Quantity::Fill).map_or_else(unknown, |fill| format::percent(crate::units::Ratio::percent(fill))),
            format::counted(times, "measured step"),
            against.join(", "),
        ]
    }

    /// Ids of what the files prove against a failover, and links of which no file shows the state.
    fn against(&self, planned: &Planned) -> Vec<String> {
        let facts = &self.read.facts;
        let found = planned.findings.iter().filter(|it| it.severity != Severity::Info).map(|it| it.id.to_owned());
        let silent =
            planned.deployment.members.iter().any(|it| link::state(facts, &planned.deployment, it) == unknown());
        let mut against: Vec<String> = found.chain(silent.then(|| "link unknown".to_owned())).collect();
        against.dedup();
        against
    }
}

/// Texts that are alike, once.
fn once(texts: &[String]) -> String {
    let mut all: Vec<&str> = Vec::new();
    for text in texts {
        if !all.contains(&text.as_str()) {
            all.push(text);
        }
    }
    all.join("; ")
}
