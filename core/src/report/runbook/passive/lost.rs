//! A region of the pair is down: the primary's, or the secondary's.

use super::failover::Way;
use super::{Pair, links_of, save_links, take_over};
use crate::model::rto::{RtoChain, RtoPath};
use crate::report::runbook::watch::{Service, metric};
use crate::report::runbook::{Case, Section, Step, chain_words, section, step};
use crate::report::visible;
use crate::units::format;

impl Pair<'_> {
    pub(super) fn unplanned(&self) -> Section {
        let chain = self.scope.answer.rto.iter().find(|chain| chain.unplanned);
        let swaps = chain.is_some_and(|chain| chain.path == RtoPath::GeoFailover);
        // “Planned failover” has said why nothing but an unlink is possible.
        let told = !swaps && self.chain(RtoPath::Unlink).is_some();
        let reason = |chain: &RtoChain| if told { String::new() } else { chain.why() };
        let takes =
            chain.map_or_else(String::new, |chain| format!(" It takes {}. {}", chain_words(chain), reason(chain)));
        let when =
            format!("The region of the primary is down and the trigger's owner has decided.{}", takes.trim_end());
        let mut steps = vec![self.which_is_down(), self.last_offset(), self.scope.decide_to_fail_over()];
        steps.push(save_links(&[&self.secondary], "before"));
        let unlinked = |step: Step| if swaps { step.in_case(Case::Unlinked) } else { step };
        if swaps {
            steps.push(self.swap().in_case(Case::Swapped));
        }
        steps.extend([unlinked(self.unlink(swaps)), take_over(), unlinked(self.repoint(swaps))]);
        steps.extend(self.traffic(Way::Away));
        steps.extend([self.verify(swaps), save_links(&[&self.primary], "after")]);
        if !swaps {
            steps.push(self.warm());
        }
        section("Unplanned failover", when, steps)
    }

    /// Which of the two sections is the right one.
    fn which_is_down(&self) -> Step {
        let found = self.find();
        let (first, second) = (&self.first, &self.second);
        let text = format!(
            "Find the primary ({} in {} or {} in {}). Go on here if its region is down; if the secondary's is, go to “Loss of the \
             secondary”: clients write on.",
            first.plain, first.place, second.plain, second.place
        );
        Step { text: visible::line(&text), ..found }
    }

    fn last_offset(&self) -> Step {
        let lost = format::bytes(self.scope.answer.rpo.burst_bytes);
        step(
            format!("Record the time and the last offset: after a burst at most {lost} are not replicated."),
            metric(Service::Premium, &self.primary, "GeoReplicationDataSyncOffset", "Maximum"),
            "The last value before the outage is in the record.",
        )
        .timed("detect", self.scope.plan.recovery.detect)
        .if_fails("No answer: go on; the offset is unknown.")
        .only_looks()
    }

    fn unlink(&self, fallback: bool) -> Step {
        let first = if fallback {
            "Only if the failover is refused or hangs: unlink."
        } else {
            "Unlink; geo-failover is not offered here (reason: “Planned failover”)."
        };
        step(
            format!(
                "{first} The secondary keeps its data and becomes writable; clients are pointed to it below: the .geo. name does not follow. If refused, run it on the primary with the names exchanged."
            ),
            self.unlink_command(&self.secondary, &self.primary),
            "server-link list shows no link.",
        )
        .verified(links_of(&self.secondary))
        .timed("unlink", self.scope.plan.recovery.unlink)
        .if_fails("The far side may stay in Deleting for a minute. If the link is there after 15 min, open a support case of severity A.")
        .rolled_back("None: relinking copies everything again (“Afterwards”).")
    }

    /// Clients of both regions, those of the lost one too: their network may live, and their name leads to a dead cache.
    fn repoint(&self, fallback: bool) -> Step {
        let names = self.switch_names(true);
        if fallback {
            return Step { text: format!("Only after an unlink, for no name follows it. {}", names.text), ..names };
        }
        names
    }

    /// What the copy may lack after an unlink is read from its source, most needed first.
    fn warm(&self) -> Step {
        step(
            "Warm what the copy is missing, most needed keys first, with the application's own loader; hold the database below its \
             limit meanwhile.",
            "",
            "The hit rate is back to normal.",
        )
        .timed("warm_up", self.scope.plan.recovery.warm_up)
        .if_fails("Admit part of the users until the database keeps up.")
        .rolled_back("None is needed: keys that are there stay.")
    }

    /// The primary lives: nothing fails over, and the copy is what must be won back.
    pub(super) fn secondary_lost(&self) -> Section {
        let mut steps = vec![self.which_is_down_here(), self.readers_return()];
        steps.extend(self.scope.traffic_away(&self.secondary, &self.primary));
        steps.extend([
            self.wait_or_unlink(),
            save_links(&[&self.primary], "before"),
            self.let_the_copy_go(),
            save_links(&[&self.primary], "after"),
        ]);
        let when = "The region of the secondary is down. Writing clients are not affected and nothing fails over; the data has no copy until “Afterwards” is done.";
        section("Loss of the secondary", when, steps)
    }

    fn which_is_down_here(&self) -> Step {
        let found = self.find();
        let text = "Find the primary. Go on here if the region of the secondary is down; if the primary's is, go to “Unplanned \
                    failover”.";
        Step { text: text.to_owned(), ..found }
    }

    fn readers_return(&self) -> Step {
        let readers = if self.scope.plan.passive.reads_from_secondary {
            "Point the clients that read from the secondary to the primary"
        } else {
            "Look for clients that read from the secondary; point them to the primary"
        };
        step(
            format!("{readers}, which takes both loads while its server load is below 80 %."),
            metric(Service::Premium, &self.primary, "serverLoad usedmemorypercentage connectedclients", "Maximum"),
            "serverLoad stays below 80, memory below 75.",
        )
        .takes(self.scope.plan.recovery.dns)
        .if_fails(
            "The load is too high: admit part of the users. Scaling is refused while linked: unlink below, then scale.",
        )
        .rolled_back("Point them to the secondary again once the link is Succeeded.")
    }

    /// Waiting costs no user anything; an unlink costs a whole copy.
    fn wait_or_unlink(&self) -> Step {
        step(
            format!(
                "Decide, with {}: wait, and the link resumes by itself when the region is back; or unlink, if the region is lost \
                 for good or the primary must be scaled or deleted. {}",
                self.scope.approver(),
                self.scope.link_words()
            )
            .trim_end(),
            "",
            "The decision and its reason are in the record. Waiting: skip the unlink.",
        )
        .takes(self.scope.plan.recovery.decide)
        .if_fails("A second outage while no copy exists loses what the last export does not hold: export now (“Recovery point”).")
        .only_looks()
    }

    fn let_the_copy_go(&self) -> Step {
        step(
            "Only if decided: unlink on the primary, which goes on alone. Rebuild the copy by “Afterwards”, in this region when it is \
             back or in another.",
            self.unlink_command(&self.primary, &self.secondary),
            "server-link list shows no link; clients write on.",
        )
        .verified(links_of(&self.primary))
        .timed("unlink", self.scope.plan.recovery.unlink)
        .if_fails("The far side may stay in Deleting; if the primary still shows the link after 15 min, open a support case.")
        .rolled_back("Relink by “Afterwards”: everything is copied again.")
    }
}
