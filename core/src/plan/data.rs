//! What the data is: parts (key families), where each can come from again, and what writes in two regions at once do to it.

use super::rows::{entry, table};
use super::{FieldError, Plan};
use crate::units::format;
use crate::units::names::names;
use crate::units::quote::short;
use crate::units::{Ratio, Secs};

/// Most parts that a plan names.
pub const MAX_PARTS: usize = 20;
/// Longest name of a part, in characters.
pub(super) const MAX_PART_NAME: usize = 80;
/// Shares are sums of typed percentages: they may miss the whole by this much.
const SLACK: f64 = 1e-6;

names! {
    /// Where a part of the data can come from again.
    #[derive(Default)]
    DataClass {
        /// Nobody has said; nothing is taken for granted.
        #[default]
        Unknown = "unknown", "not said",
        /// The database holds it: what is lost is read again.
        Rebuildable = "rebuildable", "rebuildable from the database",
        /// Redis is its only place: sessions, counters, leaderboards without a record behind them.
        HeldOnlyHere = "held-only-here", "held only here",
        /// It may be lost; no target is held against it.
        Expendable = "expendable", "expendable",
    }
}

names! {
    /// What happens to a part that two regions write at the same time.
    #[derive(Default)]
    Conflicts {
        /// Nobody has said.
        #[default]
        Unknown = "unknown", "not said",
        /// The later write may replace the earlier one.
        LastWriteWins = "last-write-wins", "last write wins is acceptable",
        /// Counters and sets: both writes count.
        Merges = "merges", "counters and sets merge",
        /// A value that is read, changed and written back, a lock, a check before a write.
        NotSafe = "not-safe", "not safe under concurrent writes",
    }
}

entry! {
    /// A part of the data: a key family, or several that are treated alike.
    DataPart {
        /// What a person calls it: "sessions".
        name: String;
        /// Its share of the data, 0 to 1.
        share: Ratio;
        /// Its share of the writes, 0 to 1.
        writes: Ratio;
        /// Where it can come from again.
        class: DataClass = DataClass::Unknown;
        /// What two writes at the same time do to it.
        conflicts: Conflicts = Conflicts::Unknown;
    }
}

table! {
    /// What the data is, and how often it is exported.
    Data at [data] in Data {
        /// Name, shares of data and writes (at most 1 in sum), class and conflict tolerance; what they leave, or all without a
        /// part, has an unknown class.
        parts: Vec<DataPart> = Vec::new() => special() { basic: true };
        /// The only recovery point that the service offers (S1).
        export_interval: Option<Secs> = None
            => number("Time between exports", Time, "h", 60.0..=2_592_000.0) { basic: true, empty: "no export" };
        /// At the same time; assumption: the last, and the one before while it is written.
        exports_kept: u32 = 2 => number("Exports stored", Count, "", 1.0..=1_000.0) { note: "assumption" };
    }
}

/// Which share of a part is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartShare {
    /// Of the data.
    Data,
    /// Of the writes.
    Writes,
}

impl DataPart {
    /// A part from its name, two fractions, and what is known of it.
    #[must_use]
    pub fn new(name: &str, share: f64, writes: f64, class: DataClass, conflicts: Conflicts) -> Self {
        let [share, writes] = [share, writes].map(Ratio::fraction);
        Self { name: name.to_owned(), share, writes, class, conflicts }
    }
}

impl Data {
    /// The parts, and behind them what they leave of the data or of the writes as one part of unknown class: "Everything else", or
    /// "All data" where the plan names no part.
    #[must_use]
    pub fn whole(&self) -> Vec<DataPart> {
        let mut parts = self.parts.clone();
        let [share, writes] = [self.left(PartShare::Data), self.left(PartShare::Writes)];
        let name = if parts.is_empty() { "All data" } else { "Everything else" };
        if share.as_fraction() > SLACK || writes.as_fraction() > SLACK {
            let (class, conflicts) = (DataClass::Unknown, Conflicts::Unknown);
            parts.push(DataPart { name: name.to_owned(), share, writes, class, conflicts });
        }
        parts
    }

    /// What the named parts leave of the data, or of the writes; never below 0.
    #[must_use]
    pub fn left(&self, of: PartShare) -> Ratio {
        let sum: f64 = self.parts.iter().map(|part| of.of(part).as_fraction()).sum();
        // Ten decimals: what was typed in percent leaves what a person expects.
        Ratio::fraction(libm::round((1.0 - sum).max(0.0) * 1e10) / 1e10)
    }

    /// Share of the data that is held in Redis alone, by what the plan says.
    #[must_use]
    pub fn held_only_here(&self) -> Ratio {
        self.parts.iter().filter(|part| part.class == DataClass::HeldOnlyHere).map(|part| part.share).sum()
    }

    /// Share of the data that a rebuild reads from the database: all but what is held in Redis alone, which is not there, and what is
    /// expendable, which nobody waits for. What has an unknown class is read.
    #[must_use]
    pub fn reloaded(&self) -> Ratio {
        let stays_out = |class: DataClass| [DataClass::HeldOnlyHere, DataClass::Expendable].contains(&class);
        let out: Ratio = self.parts.iter().filter(|part| stays_out(part.class)).map(|part| part.share).sum();
        // Ten decimals: as for what the parts leave.
        Ratio::fraction(libm::round((1.0 - out.as_fraction()).max(0.0) * 1e10) / 1e10)
    }
}

impl PartShare {
    const fn of(self, part: &DataPart) -> Ratio {
        match self {
            Self::Data => part.share,
            Self::Writes => part.writes,
        }
    }
}

impl Plan {
    /// Adds a part that takes what the others leave of data and writes, of unknown class. Nothing once there are [`MAX_PARTS`].
    pub fn add_part(&mut self) {
        let number = self.data.parts.len() + 1;
        if number > MAX_PARTS {
            return;
        }
        let [share, writes] = [PartShare::Data, PartShare::Writes].map(|of| self.data.left(of).as_fraction());
        let unknown = (DataClass::Unknown, Conflicts::Unknown);
        self.data.parts.push(DataPart::new(&format!("Part {number}"), share, writes, unknown.0, unknown.1));
    }

    /// Takes a part out; what it was is unknown again.
    pub fn remove_part(&mut self, index: usize) {
        if index < self.data.parts.len() {
            self.data.parts.remove(index);
        }
    }

    /// Changes a part in place; nothing where there is none.
    pub fn edit_part(&mut self, index: usize, change: impl FnOnce(&mut DataPart)) {
        if let Some(part) = self.data.parts.get_mut(index) {
            change(part);
        }
    }

    /// Sets a share of a part as typed: whether all of them still fit into 100 % is [`super::check`]'s to say.
    pub fn set_part_share(&mut self, index: usize, of: PartShare, value: Ratio) {
        self.edit_part(index, |part| match of {
            PartShare::Data => part.share = value,
            PartShare::Writes => part.writes = value,
        });
    }
}

/// What is wrong with the parts of a plan: a name that is missing or is there twice, shares outside 0 % to 100 % or above it in sum.
pub(super) fn part_errors(plan: &Plan) -> Vec<FieldError> {
    let parts = &plan.data.parts;
    let error = |message: String| FieldError::new("data.parts", message);
    let mut errors = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let name = short(part.name.trim());
        if part.name.trim().is_empty() {
            errors.push(error(format!("Part {} of the data: nothing is entered; enter a name.", index + 1)));
        } else if parts[..index].iter().any(|other| other.name.trim() == part.name.trim()) {
            errors.push(error(format!("Parts of the data: “{name}” is there twice; give each part its own name.")));
        }
        for (what, share) in [("data", part.share), ("writes", part.writes)] {
            if !(0.0..=1.0).contains(&share.as_fraction()) {
                let given = format::percent(share);
                errors.push(error(format!(
                    "Share of the {what} in “{name}”: {given} is outside the range; enter 0 % to 100 %."
                )));
            }
        }
    }
    for (what, of) in [("data", PartShare::Data), ("writes", PartShare::Writes)] {
        let sum: Ratio = parts.iter().map(|part| of.of(part)).sum();
        if sum.as_fraction() > 1.0 + SLACK {
            let sum = format::percent(sum);
            errors.push(error(format!(
                "Parts of the data: their shares of the {what} add up to {sum}; enter at most 100 % in all."
            )));
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::check;

    fn part(name: &str, share: f64) -> DataPart {
        DataPart::new(name, share, share, DataClass::Rebuildable, Conflicts::LastWriteWins)
    }

    #[test]
    fn what_the_parts_leave_is_of_unknown_class() {
        let mut plan = Plan::default();
        let all = plan.data.whole();
        assert_eq!((all.len(), all[0].name.as_str(), all[0].class), (1, "All data", DataClass::Unknown));
        assert_eq!(all[0].share, Ratio::ONE);
        plan.data.parts = vec![part("prices", 0.7)];
        let all = plan.data.whole();
        assert_eq!((all[1].name.as_str(), all[1].class), ("Everything else", DataClass::Unknown));
        assert_eq!((all[1].share, all[1].writes), (Ratio::fraction(0.3), Ratio::fraction(0.3)));
        plan.data.parts.push(part("stock", 0.3));
        assert_eq!(plan.data.whole().len(), 2, "nothing is left");
    }

    /// Half of the data has no class: 0.5 + 0.2 are read, 0.2 are not in the database, 0.1 nobody waits for.
    #[test]
    fn a_rebuild_reads_what_the_database_has_and_somebody_waits_for() {
        let mut plan = Plan::default();
        assert_eq!(plan.data.reloaded(), Ratio::ONE);
        let classes = [(0.2, DataClass::Rebuildable), (0.2, DataClass::HeldOnlyHere), (0.1, DataClass::Expendable)];
        plan.data.parts = classes
            .iter()
            .map(|(share, class)| DataPart::new("part", *share, *share, *class, Conflicts::Unknown))
            .collect();
        assert_eq!((plan.data.reloaded(), plan.data.held_only_here()), (Ratio::fraction(0.7), Ratio::fraction(0.2)));
        plan.data.parts = vec![DataPart::new("all", 1.0, 1.0, DataClass::Expendable, Conflicts::Unknown)];
        assert_eq!((plan.data.reloaded(), plan.data.held_only_here()), (Ratio::ZERO, Ratio::ZERO));
    }

    #[test]
    fn shares_add_up_to_at_most_the_whole() {
        let mut plan = Plan::default();
        plan.add_part();
        assert_eq!((plan.data.parts[0].share, check(&plan)), (Ratio::ONE, Vec::new()));
        plan.data.parts = vec![part("a", 0.7), part("a", 0.4), part(" ", -0.1)];
        plan.data.parts[2].writes = Ratio::fraction(f64::NAN);
        let said: Vec<String> = check(&plan).into_iter().map(|error| error.message.replace('\u{a0}', " ")).collect();
        assert_eq!(
            said[..3],
            [
                "Parts of the data: “a” is there twice; give each part its own name.",
                "Part 3 of the data: nothing is entered; enter a name.",
                "Share of the data in “”: −10 % is outside the range; enter 0 % to 100 %.",
            ]
        );
        plan.data.parts.truncate(2);
        plan.data.parts[1].name = "b".to_owned();
        let said: Vec<String> = check(&plan).into_iter().map(|error| error.message.replace('\u{a0}', " ")).collect();
        assert_eq!(said[0], "Parts of the data: their shares of the data add up to 110 %; enter at most 100 % in all.");
        plan.remove_part(1);
        plan.remove_part(7);
        plan.set_part_share(0, PartShare::Data, Ratio::fraction(0.2));
        assert_eq!((plan.data.left(PartShare::Data), plan.data.parts.len()), (Ratio::fraction(0.8), 1));
        for _ in 0..30 {
            plan.add_part();
        }
        assert_eq!((plan.data.parts.len(), check(&plan)), (MAX_PARTS, Vec::new()));
    }
}
