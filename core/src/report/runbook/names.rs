//! Names of resources: those of the site file, else made from the plan's own.

use super::shell::{arg, quote, slug, spliced};
use super::what_runs::{NEW, live, runs};
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::plan::{GroupAt, Plan, RegionSite, known};
use crate::report::visible;

/// Longest name of a cache that is made; the service allows 63 (Premium) and 60 (Azure Managed Redis).
const LONGEST: usize = 40;
/// Has the nickname of a group that runs.
pub(super) const NICKNAME: &str = "GROUP_NICKNAME";

/// What the endpoints of `of` do to each other's records where two of these zones are one; `None` where each region has its own.
pub(in crate::report) fn shared_zone<Z: PartialEq>(zones: &[Z], of: &str) -> Option<String> {
    let is_shared = zones.iter().enumerate().any(|(at, zone)| zones[..at].contains(zone));
    is_shared.then(|| {
        format!(
            "Two regions share one privatelink zone, which holds one address for {of}: the endpoint that is created last overwrites \
             the record of the other, and clients of both regions then go through one network, which may be the lost one. Give each \
             region a zone in a group of its own, or create one endpoint alone and peer the networks."
        )
    })
}

/// Names of everything that a runbook touches: the site file's, else made of a–z, 0–9 and single hyphens.
pub(in crate::report) struct Names {
    /// Nickname of the active group, quoted.
    pub(in crate::report) nickname: String,
    /// The same as it is, for words in double quotes.
    pub(super) called: String,
    /// One cache for each region of the plan, in order.
    pub(in crate::report) caches: Vec<Cache>,
    /// Variables for names of what runs that the site file does not hold, and what each is.
    pub(super) asked: Vec<(String, String)>,
    /// Old caches beside the one that stays as the primary of a pair.
    pub(super) left: Vec<Left>,
}

/// A cache that runs today and is deleted once the design stands; its variables, with what each is and what the site file has.
pub(super) struct Left {
    pub(super) cache: Cache,
    pub(super) variables: [(String, String, String); 2],
}

/// A cache's name and place. What stands in commands is one word of a shell.
#[derive(Clone)]
pub(in crate::report) struct Cache {
    /// Its name, quoted where a shell needs it.
    pub(in crate::report) name: String,
    /// Its name as it is, for text and for words that are quoted as a whole.
    pub(in crate::report) plain: String,
    /// ARM name of the region, as the plan has it: quote it.
    pub(in crate::report) region: String,
    /// Display name of the region, for text.
    pub(in crate::report) place: String,
    /// Known to the shell alone, which asked Azure: its name is a variable.
    pub(super) held: bool,
    /// It runs today.
    pub(in crate::report) live: bool,
    /// It runs and the site file does not name it: a variable has its name.
    pub(in crate::report) asked: bool,
    /// The name of the resource group alone, and the subscription where that is another than the site's, both quoted.
    pub(super) within: (String, Option<String>),
    /// Resource group of the region, quoted: while a region is down, nothing in a group of it can be changed. With
    /// `--subscription` behind it where that is another than the site's.
    pub(in crate::report) group: String,
    /// How the shell variables of the region end: `EASTUS`.
    pub(in crate::report) variable: String,
    /// Where its id begins, for double quotes: `/subscriptions/…/resourceGroups/…`.
    pub(super) scope: String,
    /// The name for double quotes.
    pub(super) spliced: String,
    /// The privatelink zone that is there already: its group, quoted, and where the zone's id begins, for double quotes.
    pub(super) zone: Option<(String, String)>,
    /// The group of the clients' DNS zone, which a variable has: as an option's value, and where its id begins, for double quotes.
    pub(super) dns: (String, String),
    /// The region as an option's value.
    pub(super) location: String,
    /// Its place in the plan.
    pub(super) at: usize,
}

impl Cache {
    /// A cache that no plan names: its names are asked for.
    pub(super) fn asked() -> Self {
        let asked = |name: &str| format!("\"${{{name}:?}}\"");
        Self {
            name: asked("NEW_CACHE"),
            plain: "the new cache".to_owned(),
            region: String::new(),
            place: String::new(),
            group: asked("NEW_GROUP"),
            variable: "NEW".to_owned(),
            scope: "/subscriptions/${SUBSCRIPTION:?}/resourceGroups/${NEW_GROUP:?}".to_owned(),
            spliced: "${NEW_CACHE:?}".to_owned(),
            zone: None,
            dns: dns_group("NEW", None),
            location: asked("NEW_REGION"),
            at: usize::MAX,
            held: false,
            live: false,
            // The shell alone knows its name, which the words that confirm hold.
            asked: true,
            within: (asked("NEW_GROUP"), None),
        }
    }

    /// A cache that stands in a shell's variables, which begin with `prefix`: the primary of tonight, the member that is lost.
    /// `other` where a cache of the plan is in another subscription than the site's.
    pub(super) fn held(prefix: &str, plain: &str, other: bool) -> Self {
        let word = |ending: &str| format!("\"${{{prefix}{ending}:?}}\"");
        let subscription = other.then(|| word("_SUBSCRIPTION"));
        let option = subscription.as_ref().map_or_else(String::new, |it| format!(" --subscription {it}"));
        Self {
            name: word(""),
            plain: plain.to_owned(),
            region: String::new(),
            place: format!("the region of {plain}"),
            group: format!("{}{option}", word("_GROUP")),
            variable: prefix.to_owned(),
            scope: format!("${{{prefix}_SCOPE:?}}"),
            spliced: format!("${{{prefix}:?}}"),
            zone: None,
            dns: dns_group(prefix, None),
            location: word("_REGION"),
            at: usize::MAX,
            held: true,
            live: true,
            asked: false,
            within: (word("_GROUP"), subscription),
        }
    }

    /// Its id as a word of a shell, with the plan's subscription where that is known; `kind` is `Microsoft.Cache/redis`.
    pub(in crate::report) fn id(&self, kind: &str, plan: &Plan) -> String {
        let own = known(&plan.site.subscription).map(|it| spliced(&visible::line(it)));
        let scope = own.map_or_else(|| self.scope.clone(), |own| self.scope.replacen("${SUBSCRIPTION:?}", &own, 1));
        format!("\"{scope}/providers/{kind}/{}\"", self.spliced)
    }

    /// Its name in the words that confirm a step: as a variable where the shell knows it.
    pub(super) fn said(&self) -> &str {
        if self.is_variable() { &self.spliced } else { &self.plain }
    }

    /// A variable of the shell has its name.
    pub(super) const fn is_variable(&self) -> bool {
        self.held || self.asked
    }

    /// One that takes its place while it is still there: of another name, in the same group.
    pub(super) fn with_new_name(&self) -> Self {
        let plain = format!("{}{NEW}", self.plain);
        let (name, spliced) = if self.asked {
            (format!("{}{NEW}", self.name), format!("{}{NEW}", self.spliced))
        } else {
            (quote(&plain), spliced(&plain))
        };
        Self { plain, name, spliced, live: false, ..self.clone() }
    }
}

impl Names {
    /// The plan's name as every other name begins; one without any letter or digit becomes `redis-dr`.
    pub(in crate::report) fn base(plan: &Plan) -> String {
        let whole = slug(&plan.name, LONGEST);
        if whole.is_empty() { "redis-dr".to_owned() } else { whole }
    }

    /// Names for a plan: those of its site file, and made ones for the rest.
    pub(in crate::report) fn of(plan: &Plan, catalog: &Catalog) -> Self {
        Self::with(plan, catalog, |_| false, false)
    }

    /// Names of a design: what runs is called as the site file says, and asked for where it does not; the rest as in [`Self::of`].
    pub(in crate::report) fn of_design(topology: Topology, plan: &Plan, catalog: &Catalog) -> Self {
        let grouped = topology == Topology::Active && runs(topology, plan, catalog);
        let live = live(topology, plan, catalog);
        Self::with(plan, catalog, |at| live.get(at) == Some(&true), grouped)
    }

    fn with(plan: &Plan, catalog: &Catalog, live: impl Fn(usize) -> bool, grouped: bool) -> Self {
        let base = Self::base(plan);
        let [nickname, called] = [const { String::new() }; 2];
        let mut names = Self { nickname, called, caches: Vec::new(), asked: Vec::new(), left: Vec::new() };
        for at in 0..plan.regions.len() {
            let cache = names.cache(plan, catalog, &base, at, live(at));
            names.caches.push(cache);
        }
        let known = known(&plan.site.nickname).map(visible::line);
        if known.is_none() && grouped {
            let asked = names.ask(NICKNAME.to_owned(), "the nickname of the group that runs");
            (names.nickname, names.called) = (asked.quoted, asked.spliced);
        } else {
            let word = Word::of(&known.unwrap_or_else(|| format!("{base}-group")));
            (names.nickname, names.called) = (word.quoted, word.plain);
        }
        names
    }

    /// Old caches that this plan's pair leaves, by its own site file: the shell knows their names.
    pub(super) fn left(plan: &Plan, catalog: &Catalog) -> Vec<Left> {
        let mut endings: Vec<String> = Vec::new();
        let mut left = Vec::new();
        for region in plan.today_leaves() {
            let stays = plan.primary().is_some_and(|first| first.region == region);
            let place = format!("the old cache in {}", catalog.region_name(&region));
            let plain = slug(region.as_str(), LONGEST).replace('-', "_").to_ascii_uppercase();
            let same = endings.iter().filter(|it| **it == plain).count();
            let ending = if same == 0 { plain.clone() } else { format!("{plain}_{}", same + 1) };
            let site = plan.site.regions.iter().filter(|it| it.region == region).nth(same + usize::from(stays));
            endings.push(plain);
            let variable = |what: &str, of: &str, known: Option<&str>| {
                let told = format!("the {of} the old cache in {}", slug(catalog.region_name(&region), LONGEST));
                (format!("OLD_{what}_{ending}"), told, known.unwrap_or_default().to_owned())
            };
            let variables = [
                variable("CACHE", "name of", site.and_then(RegionSite::cache_name)),
                variable("GROUP", "resource group of", site.and_then(RegionSite::group)),
            ];
            let other =
                site.and_then(RegionSite::own_subscription).filter(|it| Some(*it) != known(&plan.site.subscription));
            let [name, group] = [0, 1].map(|at| Word::variable(&variables[at].0));
            let (in_group, scope) = within(&group, other.map(visible::line).as_deref());
            let cache = Cache {
                name: name.quoted,
                plain: place,
                spliced: name.spliced,
                live: true,
                place: catalog.region_name(&region).to_string(),
                region: region.as_str().to_owned(),
                group: in_group,
                variable: format!("OLD_{ending}"),
                scope,
                location: arg(region.as_str()),
                within: (group.quoted, other.map(quote)),
                ..Cache::asked()
            };
            left.push(Left { cache, variables });
        }
        left
    }

    /// A variable for a name that the site file does not hold.
    fn ask(&mut self, name: String, what: &str) -> Word {
        let word = Word::variable(&name);
        self.asked.push((name, what.to_owned()));
        word
    }

    /// The cache at a place of the plan, behind those that are there already.
    fn cache(&mut self, plan: &Plan, catalog: &Catalog, base: &str, at: usize, live: bool) -> Cache {
        let place = plan.place_name(at, catalog).into_owned();
        let region = plan.regions.get(at).map_or_else(String::new, |share| share.region.as_str().to_owned());
        let site = plan.site_of(at);
        let twins = self.caches.iter().filter(|cache| cache.region == region).count();
        let same = self.caches.iter().find(|cache| cache.region == region);
        let variable = same.map_or_else(|| variable(&region, &self.caches), |same| same.variable.clone());
        let ending = if twins == 0 { variable.clone() } else { format!("{variable}_{}", twins + 1) };
        let [made, made_group] = self.made(base, &region);
        let asked_in = slug(&place, LONGEST);
        let known_cache = site.and_then(RegionSite::cache_name);
        let called = match known_cache {
            None if live => {
                self.ask(format!("CACHE_{ending}"), &format!("the name of the cache that runs in {asked_in}"))
            }
            name => Word::of(&visible::line(name.unwrap_or(&made))),
        };
        let group = match site.and_then(RegionSite::group) {
            None if live => {
                self.ask(format!("GROUP_{ending}"), &format!("the resource group of the cache in {asked_in}"))
            }
            name => Word::of(&name.map_or(made_group, visible::line)),
        };
        let other = |id: Option<&str>| id.filter(|it| known(it) != known(&plan.site.subscription)).map(visible::line);
        let zone = site.and_then(RegionSite::zone).map(|GroupAt { name, subscription }| {
            within(&Word::of(&visible::line(name)), other(subscription).as_deref())
        });
        let of_dns = site.and_then(|site| site.dns().map_or(site.own_subscription(), |group| group.subscription));
        let dns = dns_group(&variable, other(of_dns).as_deref());
        let other = other(site.and_then(RegionSite::own_subscription));
        let (in_group, scope) = within(&group, other.as_deref());
        Cache {
            name: called.quoted,
            plain: called.plain,
            spliced: called.spliced,
            live,
            asked: live && known_cache.is_none(),
            location: arg(&region),
            region,
            place,
            group: in_group,
            variable,
            scope,
            zone,
            dns,
            at,
            held: false,
            within: (group.quoted, other.as_deref().map(quote)),
        }
    }

    /// A name for a new cache of a region, and for the group that the caches of the region share.
    fn made(&self, base: &str, region: &str) -> [String; 2] {
        let ending = slug(region, LONGEST / 2);
        let made = unique(base, &ending, &self.caches);
        let first = self.caches.iter().position(|cache| cache.region == region);
        let group = first.map_or_else(|| made.clone(), |first| unique(base, &ending, &self.caches[..first]));
        [made, format!("rg-{group}")]
    }

    /// The nickname is that of a group that runs, and nobody has said it.
    pub(in crate::report) fn group_is_asked(&self) -> bool {
        self.asks(NICKNAME)
    }

    /// True for a variable that has the name of something that runs.
    pub(super) fn asks(&self, name: &str) -> bool {
        self.asked.iter().any(|(asked, _)| asked == name)
    }
}

/// A name in its three forms: as it is, as one word of a shell, inside double quotes.
struct Word {
    plain: String,
    quoted: String,
    spliced: String,
}

impl Word {
    fn of(plain: &str) -> Self {
        Self { plain: plain.to_owned(), quoted: quote(plain), spliced: spliced(plain) }
    }

    /// What a variable holds; texts call it by the variable's own name.
    fn variable(name: &str) -> Self {
        let spliced = format!("${{{name}:?}}");
        Self { plain: name.to_owned(), quoted: format!("\"{spliced}\""), spliced }
    }
}

/// A group as an option's value, and where its id begins; `other` is its subscription where that is not the site's.
fn within(group: &Word, other: Option<&str>) -> (String, String) {
    let option = other.map_or_else(String::new, |it| format!(" --subscription {}", quote(it)));
    let subscription = other.map_or_else(|| "${SUBSCRIPTION:?}".to_owned(), spliced);
    (format!("{}{option}", group.quoted), format!("/subscriptions/{subscription}/resourceGroups/{}", group.spliced))
}

/// The same of the group of the clients' DNS zone.
fn dns_group(ending: &str, other: Option<&str>) -> (String, String) {
    within(&Word::variable(&format!("DNS_GROUP_{ending}")), other)
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
    let free = |name: &String| taken.iter().all(|cache| cache.plain != *name);
    let plain = fit(region);
    if free(&plain) {
        return plain;
    }
    (2..=taken.len() + 2).map(|number| fit(&format!("{region}-{number}"))).find(free).unwrap_or(plain)
}
