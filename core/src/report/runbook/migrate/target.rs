//! What runs is looked at, and the new caches are created beside it.

use super::super::active;
use super::super::names::Cache;
use super::super::watch::Service;
use super::super::{SOON, Step};
use super::Moving;
use super::steps::{MoveSection, NOTHING_YET, act, adopted, of_runbook, section};
use crate::model::Topology;
use crate::model::migration::Kind;
use crate::report::runbook::NOTHING_CHANGED;
use crate::units::{Range, Secs};

impl Moving<'_> {
    /// Look, create, connect.
    pub(super) fn prepare(&self, when: &str) -> MoveSection {
        let mut steps = vec![self.look()];
        steps.extend(self.create());
        section("migrate-prepare", "Prepare", when, steps)
    }

    /// What runs, before anything changes.
    pub(super) fn look(&self) -> Step {
        let pair = self.kind() == Kind::Pair;
        let show = self.each_old(|cache| self.show_old(cache, "provisioningState"));
        let links =
            self.each_old(|cache| format!("az redis server-link list {} --output table", self.old_cache(cache)));
        let commands = if pair { format!("{show}\n{links}") } else { show };
        let expected = if pair {
            "Each is Succeeded, and each lists the other. The first lists the role Secondary: a link shows the role of the other cache."
        } else {
            "Each is Succeeded."
        };
        let turned = if pair {
            " The first lists the role Primary: the pair is turned round; exchange OLD_NAME_… and OLD_GROUP_… of the two regions, or a \
             step takes the secondary for the primary."
        } else {
            ""
        };
        act("Look at what runs, and keep the output.").run(commands).expect(expected).within(SOON).else_do(
            &format!("Stop: fix the old cache first, with a support case where it does not settle.{turned}"),
            NOTHING_CHANGED,
        )
    }

    /// The size of the target.
    pub(super) fn sku(&self) -> &str {
        active::sku(&self.scope)
    }

    /// New caches in every region of the target, one after the other, with endpoints.
    pub(super) fn create(&self) -> Vec<Step> {
        let scope = &self.scope;
        let mut steps = adopted(scope.zones(Service::Managed).into_iter().collect(), SOON);
        let caches = &scope.names.caches;
        for (at, cache) in caches.iter().enumerate() {
            steps.push(self.create_one(cache, caches.get(..=at).unwrap_or(caches)));
        }
        let regions = scope.regions();
        steps.extend(adopted(
            caches.iter().filter_map(|cache| scope.endpoints(Service::Managed, cache, &regions)).collect(),
            SOON,
        ));
        steps.extend(adopted(scope.alerts(), SOON));
        steps
    }

    /// One new cache; `members` are those of its group so far, itself included.
    pub(super) fn create_one(&self, cache: &Cache, members: &[Cache]) -> Step {
        let links = if self.moved.target == Topology::Active { members } else { &[] };
        let create = active::create_member(&self.scope, cache, self.sku(), links);
        let (text, time) = match links.len() {
            0 => ("Create the new cache", self.scope.plan.recovery.create),
            1 => ("Create the first member of the new group", self.scope.plan.recovery.create),
            _ => ("Create the next member; it fills from the group", self.joined()),
        };
        let Cache { name, group, place, .. } = cache;
        act(format!("{text} in {place}."))
            .run(create)
            .expect("provisioningState is Succeeded, and a database named default exists.")
            .verified(format!("az redisenterprise database show --cluster-name {name} --resource-group {group} --query provisioningState --output tsv"))
            .within(time)
            .else_do("InsufficientCapacity or a quota: take another size of the family, or ask for quota. Delete a failed cluster before a new try.", NOTHING_YET)
    }

    /// Creation and first copy of a member.
    pub(super) fn joined(&self) -> Range<Secs> {
        let (create, link) = (self.scope.plan.recovery.create, self.scope.link_time());
        Range::new(create.low + link.low, create.mode + link.mode, create.high + link.high)
    }

    /// Every member lists all others as linked; nothing for a single cache.
    pub(super) fn all_linked(&self) -> Option<Step> {
        (self.moved.target == Topology::Active).then(|| of_runbook(active::states(&self.scope), SOON))
    }
}
