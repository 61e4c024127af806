//! Names of resources, made from the plan's own.

use super::shell::slug;
use crate::catalog::Catalog;
use crate::plan::Plan;

/// Longest name of a cache that is made; the service allows 63 (Premium) and 60 (Azure Managed Redis).
const LONGEST: usize = 40;

/// Names of everything that a runbook touches: a–z, 0–9 and single hyphens, safe in a shell as they are.
pub(in crate::report) struct Names {
    /// Nickname of the active group.
    pub(in crate::report) nickname: String,
    /// One cache for each region of the plan, in order.
    pub(in crate::report) caches: Vec<Cache>,
}

/// A cache's name and place.
#[derive(Clone)]
pub(in crate::report) struct Cache {
    pub(in crate::report) name: String,
    /// ARM name of the region, as the plan has it: quote it.
    pub(in crate::report) region: String,
    /// Display name of the region, for text.
    pub(in crate::report) place: String,
    /// Resource group of the region: while a region is down, nothing in a group of it can be changed.
    pub(in crate::report) group: String,
    /// How the shell variables of the region end: `EASTUS`.
    pub(in crate::report) variable: String,
}

impl Names {
    /// The plan's name as every other name begins; one without any letter or digit becomes `redis-dr`.
    pub(in crate::report) fn base(plan: &Plan) -> String {
        let whole = slug(&plan.name, LONGEST);
        if whole.is_empty() { "redis-dr".to_owned() } else { whole }
    }

    /// Names for a plan.
    pub(in crate::report) fn of(plan: &Plan, catalog: &Catalog) -> Self {
        let base = Self::base(plan);
        let mut caches: Vec<Cache> = Vec::new();
        for (at, share) in plan.regions.iter().enumerate() {
            let place = plan.place_name(at, catalog).into_owned();
            let region = share.region.as_str().to_owned();
            let name = unique(&base, &slug(&region, LONGEST / 2), &caches);
            let (group, variable) = match caches.iter().find(|cache| cache.region == region) {
                Some(same) => (same.group.clone(), same.variable.clone()),
                None => (format!("rg-{name}"), variable(&region, &caches)),
            };
            caches.push(Cache { name, region, place, group, variable });
        }
        Self { nickname: format!("{base}-group"), caches }
    }
}

/// `EASTUS`, with a number where another region has that ending already.
fn variable(region: &str, taken: &[Cache]) -> String {
    let plain = slug(region, LONGEST).replace('-', "_").to_ascii_uppercase();
    let plain = if plain.is_empty() { "REGION".to_owned() } else { plain };
    let free = |ending: &String| taken.iter().all(|cache| cache.variable != *ending);
    let numbered = (2..=taken.len() + 2).map(|number| format!("{plain}_{number}"));
    [plain.clone()].into_iter().chain(numbered).find(free).unwrap_or(plain)
}

/// `base-region`, with a number where another cache has that name already.
fn unique(base: &str, region: &str, taken: &[Cache]) -> String {
    let fit = |tail: &str| {
        let room = LONGEST.saturating_sub(tail.len() + 1);
        slug(&format!("{}-{tail}", slug(base, room)), LONGEST)
    };
    let free = |name: &String| taken.iter().all(|cache| cache.name != *name);
    let plain = fit(region);
    if free(&plain) {
        return plain;
    }
    (2..=taken.len() + 2).map(|number| fit(&format!("{region}-{number}"))).find(free).unwrap_or(plain)
}
