//! What both languages write, without a language.

use super::remarks::remarks;
use crate::catalog::Catalog;
use crate::evaluate::Evaluation;
use crate::model::Topology;
use crate::model::fit::Design;
use crate::plan::{Network, Plan, RegionSite};
use crate::report::runbook::{Cache, Names, megabytes, placed, shared_zone, why_shown};
use crate::report::visible;
use crate::report::watching::{Alert, Service, alerts};
use std::borrow::Cow;

/// One design: its caches, regions and settings.
pub(super) struct Blueprint<'a> {
    pub(super) topology: Topology,
    pub(super) service: Service,
    pub(super) plan: Cow<'a, Plan>,
    /// The plan's name, on one line.
    pub(super) title: String,
    /// The name that all others begin with.
    pub(super) base: String,
    pub(super) nickname: Name,
    pub(super) caches: Vec<CacheCode>,
    pub(super) regions: Vec<RegionCode>,
    /// Members in another subscription than the first: the code links them, and does not make them.
    pub(super) elsewhere: Vec<Elsewhere>,
    pub(super) alerts: Vec<Alert>,
    /// What stands at the top of the main file.
    pub(super) remarks: Vec<String>,
}

/// A name in the code.
pub(super) enum Name {
    Known(String),
    /// Of something that runs and that the site file does not name: a parameter without a default.
    Asked {
        /// `cache`, `group`: how its parameter begins.
        kind: &'static str,
        /// How it ends.
        symbol: String,
        /// What it is.
        what: String,
    },
}

impl Name {
    fn asked(kind: &'static str, symbol: &str, what: String) -> Self {
        Self::Asked { kind, symbol: symbol.to_owned(), what }
    }
}

/// One cache.
pub(super) struct CacheCode {
    /// `primary`, `secondary`, `member_1`: its name in the code.
    pub(super) symbol: String,
    pub(super) name: Name,
    /// Place of its region in the list of regions.
    pub(super) at: usize,
    /// `Premium_P2`, `Balanced_B20`.
    pub(super) sku: String,
    pub(super) shards: u32,
    /// `maxmemory-reserved` and `maxfragmentationmemory-reserved` in MB, of a Premium cache.
    pub(super) reserved: Option<[String; 2]>,
    /// It runs.
    pub(super) live: bool,
    /// Its id as a word of a shell.
    pub(super) shell_id: String,
}

/// A member that the code does not reach.
pub(super) struct Elsewhere {
    pub(super) symbol: String,
    pub(super) name: Name,
    pub(super) group: Name,
    /// `None` where only a parameter has the first one's.
    pub(super) subscription: Option<String>,
    place: String,
}

/// The group of a zone that is there already.
#[derive(PartialEq)]
pub(super) struct ZoneAt {
    pub(super) group: String,
    /// Where it is another than the code's.
    pub(super) subscription: Option<String>,
}

/// The subscription of the cache at a place of the plan.
fn subscription_of(plan: &Plan, index: usize) -> Option<String> {
    let own = plan.site_of(index).and_then(RegionSite::own_subscription);
    known(own.unwrap_or(&plan.site.subscription))
}

/// One region, with a resource group, a network and a zone of its own.
pub(super) struct RegionCode {
    /// Its ending in names of the code: `eastus`.
    pub(super) symbol: String,
    pub(super) group: Name,
    pub(super) location: String,
    pub(super) place: String,
    /// What the site file knows of its network.
    pub(super) vnet: Option<String>,
    pub(super) subnet: Option<String>,
    /// The privatelink zone that exists.
    pub(super) zone: Option<ZoneAt>,
    /// A cache of the design runs in it, so its group is there.
    pub(super) live: bool,
}

impl RegionCode {
    /// Names of the site file where it has them. A group that another region has already is not taken: each region needs its own.
    fn of(plan: &Plan, index: usize, cache: &Cache, others: &[Self]) -> Self {
        let site = plan.site_of(index);
        let text = |text: Option<&str>| text.map(visible::line).filter(|text| !text.trim().is_empty());
        let taken = |group: &String| others.iter().any(|it| matches!(&it.group, Name::Known(other) if other == group));
        let group = text(site.and_then(RegionSite::group)).filter(|group| !taken(group));
        let symbol = cache.variable.to_ascii_lowercase();
        let group = match group {
            Some(group) => Name::Known(group),
            None if cache.live => Name::asked(
                "group",
                &symbol,
                format!("Resource group of what runs in {}.", visible::line(&cache.place)),
            ),
            None => Name::Known(cache.group.clone()),
        };
        Self {
            symbol,
            group,
            location: visible::line(&cache.region),
            place: visible::line(&cache.place),
            vnet: text(site.and_then(RegionSite::network)),
            subnet: text(site.map(|site| site.subnet.as_str())),
            zone: site.and_then(RegionSite::zone).map(|it| ZoneAt {
                group: visible::line(it.name),
                subscription: text(it.subscription).filter(|it| Some(it) != subscription_of(plan, 0).as_ref()),
            }),
            live: cache.live,
        }
    }
}

impl Elsewhere {
    fn remark(&self) -> String {
        format!(
            "The cache in {} is in another subscription, which this code does not reach: create it, its endpoints and its alerts by the runbook, \
             before anything here names it.",
            self.place
        )
    }
}

/// Regions in the order of their first cache, every cache with its region, and those in another subscription.
fn placed_caches(
    topology: Topology,
    plan: &Plan,
    catalog: &Catalog,
    names: &Names,
    design: &Design,
) -> (Vec<RegionCode>, Vec<CacheCode>, Vec<Elsewhere>) {
    let (mut regions, mut caches): (Vec<RegionCode>, Vec<CacheCode>) = (Vec::new(), Vec::new());
    let mut elsewhere = Vec::new();
    for (index, cache) in names.caches.iter().enumerate() {
        let subscription = subscription_of(plan, index);
        if subscription != subscription_of(plan, 0) {
            let RegionCode { group, place, .. } = RegionCode::of(plan, index, cache, &regions);
            let symbol = symbol(topology, index);
            let given = plan.site_of(index).and_then(RegionSite::cache_name).map(visible::line);
            let name = cache_name(cache, &symbol, given);
            elsewhere.push(Elsewhere { symbol, name, group, subscription, place });
            continue;
        }
        let at =
            regions.iter().position(|it| it.symbol == cache.variable.to_ascii_lowercase()).unwrap_or(regions.len());
        if at == regions.len() {
            regions.push(RegionCode::of(plan, index, cache, &regions));
        }
        let taken = |name: &String| caches.iter().any(|it| matches!(&it.name, Name::Known(other) if other == name));
        let given = plan.site_of(index).and_then(RegionSite::cache_name).map(visible::line);
        let symbol = symbol(topology, index);
        let name = cache_name(cache, &symbol, given.filter(|name| !taken(name)));
        let bought = design.caches.get(index).or(design.caches.first());
        let known = bought.and_then(|bought| catalog.sku(&bought.sku)).filter(|_| topology == Topology::Passive);
        let reserved = known.map(|sku| {
            [plan.passive.reserved, plan.passive.fragmentation_reserved]
                .map(|share| format!("{:.0}", megabytes(sku.memory, share)))
        });
        caches.push(CacheCode {
            symbol,
            name,
            at,
            sku: bought.map_or_else(|| asked_for(topology, plan), |bought| visible::line(bought.sku.as_str())),
            shards: bought.map_or(1, |bought| bought.shards),
            reserved,
            live: cache.live,
            shell_id: cache.id(Service::of(topology).namespace(), plan),
        });
    }
    (regions, caches, elsewhere)
}

/// The name that the site file gives; asked for where a cache runs and has none; else one of the plan's.
fn cache_name(cache: &Cache, symbol: &str, given: Option<String>) -> Name {
    match given {
        Some(name) => Name::Known(name),
        None if cache.live => {
            Name::asked("cache", symbol, format!("Name of the cache that runs in {}.", visible::line(&cache.place)))
        }
        None => Name::Known(cache.name.clone()),
    }
}

impl<'a> Blueprint<'a> {
    /// `None` where the plan has too few regions.
    pub(super) fn of(
        topology: Topology,
        plan: &'a Plan,
        catalog: &'a Catalog,
        evaluation: &'a Evaluation,
    ) -> Option<Self> {
        let why = why_shown(topology, plan, catalog, &evaluation.comparison);
        let plan = placed(topology, plan, catalog);
        let mut names = Names::of_design(topology, &plan, catalog);
        let (least, most) = match topology {
            Topology::Rebuild => (1, 1),
            Topology::Passive => (2, 2),
            Topology::Active => (2, usize::MAX),
        };
        if names.caches.len() < least {
            return None;
        }
        names.caches.truncate(most.min(names.caches.len()));
        let at_move = evaluation.comparison.waits(topology).map(|it| it.design(topology, &plan, catalog));
        let design = at_move.as_ref().unwrap_or(&evaluation.of(topology).design);
        let (regions, caches, elsewhere) = placed_caches(topology, &plan, catalog, &names, design);
        let mut made = Self {
            topology,
            service: Service::of(topology),
            title: visible::line(&plan.name).chars().take(120).collect(),
            base: Names::base(&plan),
            nickname: match known(&plan.site.nickname) {
                Some(name) => Name::Known(name),
                None if names.group_is_asked() => {
                    Name::asked("nickname", "group", "Nickname of the group that runs.".to_owned())
                }
                None => Name::Known(names.nickname),
            },
            caches,
            regions,
            remarks: [remarks(topology, &plan, catalog, why), elsewhere.iter().map(Elsewhere::remark).collect()]
                .concat(),
            elsewhere,
            alerts: alerts(topology, &plan, evaluation),
            plan,
        };
        made.remarks.extend(made.shared_zone());
        Some(made)
    }

    /// What its endpoints do to each other where two regions share a zone.
    fn shared_zone(&self) -> Option<String> {
        let zones: Vec<&ZoneAt> = self.regions.iter().filter_map(|region| region.zone.as_ref()).collect();
        shared_zone(&zones, "each cache").filter(|_| self.private())
    }

    /// Every name that may be a parameter.
    pub(super) fn names(&self) -> impl Iterator<Item = &Name> {
        let nickname = (self.topology == Topology::Active).then_some(&self.nickname);
        let elsewhere = self.elsewhere.iter().flat_map(|it| [&it.group, &it.name]);
        let here = self.regions.iter().map(|it| &it.group).chain(self.caches.iter().map(|it| &it.name));
        here.chain(elsewhere).chain(nickname)
    }

    pub(super) fn network(&self) -> Network {
        match self.topology {
            Topology::Passive => self.plan.passive.network,
            Topology::Rebuild | Topology::Active => self.plan.active.network,
        }
    }

    pub(super) fn private(&self) -> bool {
        self.network() == Network::PrivateEndpoint
    }

    pub(super) fn injected(&self) -> bool {
        self.network() == Network::VnetInjected && self.topology == Topology::Passive
    }

    pub(super) fn entra(&self) -> bool {
        match self.topology {
            Topology::Passive => self.plan.passive.entra_id,
            Topology::Rebuild | Topology::Active => self.plan.active.entra_id,
        }
    }

    pub(super) fn high_availability(&self) -> bool {
        match self.topology {
            Topology::Rebuild => self.plan.rebuild.high_availability,
            Topology::Passive | Topology::Active => self.plan.active.high_availability,
        }
    }

    /// What the site file knows of the action group, of the application's and of the operators' identity.
    pub(super) fn action_group(&self) -> Option<String> {
        known(&self.plan.site.action_group)
    }

    pub(super) fn identities(&self) -> [Option<String>; 2] {
        [&self.plan.site.application, &self.plan.site.operators].map(|text| known(text))
    }

    pub(super) fn subscription(&self) -> Option<String> {
        subscription_of(&self.plan, 0)
    }

    /// Tags that make everything of the design one unit of chargeback.
    pub(super) fn tags(&self) -> [(&'static str, String); 4] {
        [
            ("plan", self.title.clone()),
            ("workload", self.base.clone()),
            ("dr-topology", self.topology.slug().to_owned()),
            ("dr-unit", format!("{}-{}", self.base, self.topology.slug())),
        ]
    }

    /// The group of the first region: what belongs to no region stands there.
    pub(super) fn first(&self) -> Option<&RegionCode> {
        self.regions.first()
    }

    /// A cache and each region, where each region's network has an endpoint of it.
    pub(super) fn endpoints(&self) -> Vec<(&CacheCode, &RegionCode)> {
        if !self.private() {
            return Vec::new();
        }
        self.caches.iter().flat_map(|cache| self.regions.iter().map(move |region| (cache, region))).collect()
    }

    /// 2 of `Premium_P2`; 1 where the size has another form.
    pub(super) fn capacity(cache: &CacheCode) -> String {
        let digits: String =
            cache.sku.rsplit('P').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() || digits.len() > 2 { "1".to_owned() } else { digits }
    }
}

/// The text, if there is one.
fn known(text: &str) -> Option<String> {
    Some(visible::line(text.trim())).filter(|text| !text.is_empty())
}

/// The size that the plan names where none fits, so that the code can still be read.
fn asked_for(topology: Topology, plan: &Plan) -> String {
    let (named, usual) = match topology {
        Topology::Rebuild => (&plan.rebuild.sku, "Balanced_B10"),
        Topology::Passive => (&plan.passive.sku, "Premium_P1"),
        Topology::Active => (&plan.active.sku, "Balanced_B10"),
    };
    named.as_ref().map_or_else(|| usual.to_owned(), |sku| visible::line(sku.as_str()))
}

fn symbol(topology: Topology, index: usize) -> String {
    match (topology, index) {
        (Topology::Rebuild, _) => "cache".to_owned(),
        (Topology::Passive, 0) => "primary".to_owned(),
        (Topology::Passive, _) => "secondary".to_owned(),
        (Topology::Active, index) => format!("member_{}", index + 1),
    }
}
