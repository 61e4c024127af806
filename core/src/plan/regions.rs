//! Changes of a plan's regions that keep the shares whole.

use super::{GROUP_MEMBERS, Plan, RegionShare, RttOverride};
use crate::catalog::{Catalog, RegionId};
use crate::units::{Ratio, Secs};
use std::borrow::Cow;

/// Which share of a region is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// Users near the region.
    Users,
    /// Writes that users there cause.
    Writes,
}

impl Share {
    fn of(self, share: &mut RegionShare) -> &mut Ratio {
        match self {
            Self::Users => &mut share.users,
            Self::Writes => &mut share.writes,
        }
    }
}

impl Plan {
    /// Adds a region with an equal share, taken from the others in proportion. Nothing when the plan has five, or when it is
    /// there already; the second may be the first again.
    pub fn add_region(&mut self, region: RegionId) {
        let again = self.regions.len() == 1 && self.may_stand(1, &region);
        if again {
            self.regions.push(RegionShare { region, users: Ratio::ZERO, writes: Ratio::ZERO });
        } else if !self.add_member(region) {
            return;
        }
        let (last, equal) = (self.regions.len() - 1, Ratio::fraction(1.0 / self.regions.len() as f64));
        self.set_share(last, Share::Users, equal);
        self.set_share(last, Share::Writes, equal);
    }

    /// Adds a region without users and writes of its own, so that everybody stays where they are; a plan's first region
    /// has all of them. False, and nothing, when it is there already or the plan has five.
    pub fn add_member(&mut self, region: RegionId) -> bool {
        if self.regions.len() >= *GROUP_MEMBERS.end() || self.regions.iter().any(|share| share.region == region) {
            return false;
        }
        let share = if self.regions.is_empty() { Ratio::ONE } else { Ratio::ZERO };
        self.regions.push(RegionShare { region, users: share, writes: share });
        true
    }

    /// Makes a region the primary, by name; one that the plan lacks comes in without users and writes of its own. False,
    /// and nothing, when it is missing and the plan has five.
    pub fn lead_from(&mut self, region: &RegionId) -> bool {
        self.add_member(region.clone());
        let place = self.regions.iter().position(|share| share.region == *region);
        if let Some(index) = place {
            self.make_primary(index);
        }
        place.is_some()
    }

    /// Takes a region out; its shares go to the others in proportion. The last region stays.
    pub fn remove_region(&mut self, index: usize) {
        if index >= self.regions.len() || self.regions.len() == 1 {
            return;
        }
        self.set_share(index, Share::Users, Ratio::ZERO);
        self.set_share(index, Share::Writes, Ratio::ZERO);
        self.regions.remove(index);
    }

    /// Puts a region first: it becomes the primary. Two caches of one region that it moves back become one, with both shares.
    pub fn make_primary(&mut self, index: usize) {
        if index >= self.regions.len() {
            return;
        }
        let twins = index > 1 && self.pair_in_one_region();
        let share = self.regions.remove(index);
        self.regions.insert(0, share);
        if twins {
            let second = self.regions.remove(2);
            let first = &mut self.regions[1];
            (first.users, first.writes) = (first.users + second.users, first.writes + second.writes);
        }
    }

    /// Exchanges a region for another at the same place. Nothing where [`Plan::may_stand`] says no.
    pub fn exchange_region(&mut self, index: usize, region: RegionId) {
        if self.may_stand(index, &region)
            && let Some(share) = self.regions.get_mut(index)
        {
            share.region = region;
        }
    }

    /// The plan's regions with users or writes, each once, in its order.
    #[must_use]
    pub fn peopled(&self) -> Vec<&RegionId> {
        let mut found: Vec<&RegionId> = Vec::new();
        for share in self.regions.iter().filter(|it| it.users > Ratio::ZERO || it.writes > Ratio::ZERO) {
            if !found.contains(&&share.region) {
                found.push(&share.region);
            }
        }
        found
    }

    /// The regions of the plan once caches stand in these: they come first, in this order, then the others with users or writes. Nobody moves.
    /// One alone is followed by the plan's first other one, where something has to come back in a second.
    #[must_use]
    pub fn regions_behind(&self, caches: &[RegionId], comes_back: bool) -> Vec<RegionShare> {
        let share = |region: &RegionId| RegionShare {
            region: region.clone(),
            users: self.regions.iter().filter(|it| it.region == *region).map(|it| it.users).sum(),
            writes: self.regions.iter().filter(|it| it.region == *region).map(|it| it.writes).sum(),
        };
        let mut regions: Vec<RegionShare> = caches.iter().map(share).collect();
        for it in self.peopled() {
            if !regions.iter().any(|own| own.region == *it) {
                regions.push(share(it));
            }
        }
        if let ([only], true) = (regions.as_slice(), comes_back) {
            let second = self.regions.iter().find(|it| it.region != only.region);
            regions.extend(second.map(|it| share(&it.region)));
        }
        regions
    }

    /// True when a region may stand at a place: each stands once, but the two of a pair may be the same.
    #[must_use]
    pub fn may_stand(&self, index: usize, region: &RegionId) -> bool {
        let mut others = self.regions.iter().enumerate().filter(|(at, share)| *at != index && share.region == *region);
        others.all(|(at, _)| index < 2 && at < 2)
    }

    /// True when the first two regions are the same: a pair can stand there, a group cannot.
    #[must_use]
    pub fn pair_in_one_region(&self) -> bool {
        matches!(self.regions.as_slice(), [first, second, ..] if first.region == second.region)
    }

    /// The place in the plan of the region in which a rebuild comes back once the first is lost: of the others the first in which the plan lets
    /// a cache stand, else the second, whose rule then bars the rebuild. `None` without another region.
    #[must_use]
    pub fn comes_back_at(&self, catalog: &Catalog) -> Option<usize> {
        self.elsewhere()?;
        let lost = &self.primary()?.region;
        let first = catalog.region(lost);
        let allowed = |share: &RegionShare| {
            let region = catalog.region(&share.region).filter(|region| region.id != *lost);
            region.is_some_and(|region| self.placement.allows(region, first, true))
        };
        Some(self.regions.iter().skip(1).position(allowed).map_or(1, |at| at + 1))
    }

    /// That region.
    #[must_use]
    pub fn comes_back(&self, catalog: &Catalog) -> Option<&RegionShare> {
        self.regions.get(self.comes_back_at(catalog)?)
    }

    /// The name of the region at a place, for people: "North Europe", and "East US (secondary)" for the second of a pair in
    /// one region. Empty where the plan has no such place.
    #[must_use]
    pub fn place_name<'a>(&'a self, index: usize, catalog: &'a Catalog) -> Cow<'a, str> {
        let Some(share) = self.regions.get(index) else { return Cow::Borrowed("") };
        let name = catalog.region_name(&share.region);
        if index == 1 && self.pair_in_one_region() {
            return Cow::Owned(format!("{name} (secondary)"));
        }
        Cow::Borrowed(name)
    }

    /// Sets one region's share (0 to 1); the others keep their proportions and the shares add up to 1. Equal shares
    /// where the others had none. A single region always has the whole.
    pub fn set_share(&mut self, index: usize, kind: Share, value: Ratio) {
        let count = self.regions.len();
        if index >= count {
            return;
        }
        let value = if count == 1 { 1.0 } else { value.as_fraction().clamp(0.0, 1.0) };
        let others: f64 =
            (0..count).filter(|at| *at != index).map(|at| kind.of(&mut self.regions[at]).as_fraction()).sum();
        for at in 0..count {
            let share = kind.of(&mut self.regions[at]);
            let fraction = match at == index {
                true => value,
                false if others > 0.0 => share.as_fraction() / others * (1.0 - value),
                false => (1.0 - value) / (count - 1) as f64,
            };
            *share = Ratio::fraction(tidy(fraction));
        }
    }

    /// The user's own round trip between two regions, if there is one.
    #[must_use]
    pub fn own_round_trip(&self, a: &RegionId, b: &RegionId) -> Option<Secs> {
        self.latency.round_trips.iter().find(|trip| joins(trip, a, b)).map(|trip| trip.rtt)
    }

    /// Sets the user's own round trip between two regions, or goes back to the published one.
    pub fn set_round_trip(&mut self, a: &RegionId, b: &RegionId, rtt: Option<Secs>) {
        self.latency.round_trips.retain(|trip| !joins(trip, a, b));
        self.latency.round_trips.extend(rtt.map(|rtt| RttOverride { a: a.clone(), b: b.clone(), rtt }));
    }
}

fn joins(trip: &RttOverride, a: &RegionId, b: &RegionId) -> bool {
    (trip.a == *a && trip.b == *b) || (trip.a == *b && trip.b == *a)
}

/// Ten decimals: proportions that were typed stay as they were typed.
fn tidy(fraction: f64) -> f64 {
    libm::round(fraction * 1e10) / 1e10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(plan: &Plan) -> Vec<f64> {
        plan.regions.iter().map(|share| share.users.as_fraction()).collect()
    }

    #[test]
    fn shares_stay_whole() {
        let mut plan = Plan::default();
        plan.set_share(0, Share::Users, Ratio::percent(70.0));
        assert_eq!(shares(&plan), [0.7, 0.3]);
        plan.add_region(RegionId::new("uksouth"));
        assert_eq!(plan.regions.len(), 3);
        assert!((shares(&plan).iter().sum::<f64>() - 1.0).abs() < 1e-9);
        plan.set_share(0, Share::Users, Ratio::ONE);
        assert_eq!(shares(&plan), [1.0, 0.0, 0.0]);
        plan.set_share(0, Share::Users, Ratio::percent(40.0));
        assert_eq!(shares(&plan), [0.4, 0.3, 0.3]);
        plan.remove_region(0);
        assert_eq!(shares(&plan), [0.5, 0.5]);
        plan.remove_region(0);
        plan.remove_region(0);
        assert_eq!(shares(&plan), [1.0]);
    }

    #[test]
    fn regions_are_named_once_and_at_most_five_times() {
        let mut plan = Plan::default();
        for region in ["eastus", "uksouth", "westus2", "southeastasia", "australiaeast"] {
            plan.add_region(RegionId::new(region));
        }
        assert_eq!(plan.regions.len(), 5);
        plan.make_primary(3);
        assert_eq!(plan.regions[0].region.as_str(), "westus2");
        plan.exchange_region(0, RegionId::new("uksouth"));
        assert_eq!(plan.regions[0].region.as_str(), "westus2");
    }

    #[test]
    fn a_member_without_users_moves_nobody() {
        let mut plan = Plan::default();
        let before = shares(&plan);
        assert!(plan.add_member(RegionId::new("uksouth")) && !plan.add_member(RegionId::new("uksouth")));
        assert_eq!(shares(&plan), [before.as_slice(), &[0.0]].concat());
        assert!(plan.lead_from(&RegionId::new("uksouth")) && plan.lead_from(&RegionId::new("japaneast")));
        let names: Vec<_> = plan.regions.iter().map(|share| share.region.as_str()).collect();
        assert_eq!(names, ["japaneast", "uksouth", "eastus", "northeurope"]);
        assert!(plan.add_member(RegionId::new("westus2")) && !plan.lead_from(&RegionId::new("westus3")));
        plan.regions.clear();
        plan.add_member(RegionId::new("uksouth"));
        assert_eq!(shares(&plan), [1.0]);
    }

    #[test]
    fn an_own_round_trip_is_symmetric() {
        let mut plan = Plan::default();
        let (a, b) = (RegionId::new("eastus"), RegionId::new("uksouth"));
        plan.set_round_trip(&a, &b, Some(Secs::millis(80.0)));
        plan.set_round_trip(&b, &a, Some(Secs::millis(82.0)));
        assert_eq!(plan.own_round_trip(&a, &b), Some(Secs::millis(82.0)));
        plan.set_round_trip(&a, &b, None);
        assert_eq!(plan.latency.round_trips, []);
    }
}
