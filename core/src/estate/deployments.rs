//! Which caches belong together: pairs by their links, groups by the closure of their databases' ids, and every other cache alone.

use super::facts::{Cache, Facts, Link, Tier};
use super::id;
use crate::import::words::hidden;
use std::collections::{BTreeMap, BTreeSet};

/// What a deployment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Two caches of Azure Cache for Redis, linked.
    Pair,
    /// Clusters whose databases are linked.
    Group,
    /// One cache.
    Alone,
}

/// What a cache is in its deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It takes the writes of a pair.
    Primary,
    /// It holds the copy of a pair.
    Secondary,
    /// Half of a pair of which no file shows which half.
    Linked,
    /// A member of a group.
    Member,
    /// Not linked.
    Alone,
}

impl Role {
    /// "primary".
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Linked => "half of a pair",
            Self::Member => "member",
            Self::Alone => "alone",
        }
    }
}

/// One cache of a deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Key of the cache.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What tells it from another cache of its name: subscription, or subscription and resource group; `None` where no other has it.
    pub place: Option<String>,
    /// What it is.
    pub role: Role,
    /// Its region, where a file says it.
    pub location: Option<String>,
    /// False for a cache that only others name.
    pub is_known: bool,
}

/// Caches that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    /// What they are together.
    pub kind: Kind,
    /// Nickname of a group, where it has one.
    pub nickname: Option<String>,
    /// The caches: the primary first, else in the order of their keys.
    pub members: Vec<Member>,
    /// The two sides of a pair say different things of who is primary.
    pub roles_disagree: bool,
}

impl Member {
    /// Its name, with what tells it from another cache of that name.
    #[must_use]
    pub fn shown(&self) -> String {
        self.place.as_ref().map_or_else(|| self.name.clone(), |place| format!("{} ({place})", self.name))
    }
}

impl Deployment {
    /// Caches that are imported themselves.
    pub fn caches<'a>(&'a self, facts: &'a Facts) -> impl Iterator<Item = (&'a Member, &'a Cache)> {
        self.members.iter().filter_map(|member| Some((member, facts.caches.get(&member.key)?)))
    }
}

/// Every deployment of an estate, in the order of its first key. Each cache is in exactly one.
#[must_use]
pub fn deployments(facts: &Facts) -> Vec<Deployment> {
    let pairs = pairs(facts);
    let groups = groups(facts);
    let taken: BTreeSet<&String> = pairs.iter().chain(&groups).flat_map(|it| &it.members).map(|it| &it.key).collect();
    let alone: Vec<Deployment> =
        facts.caches.keys().filter(|key| !taken.contains(key)).map(|key| alone(facts, key)).collect();
    let mut all: Vec<Deployment> = [pairs, groups, alone].into_iter().flatten().collect();
    all.sort_by(|one, other| first_key(one).cmp(first_key(other)));
    tell_apart(&mut all);
    all
}

/// Gives each member that shares its name with another what tells the two apart.
fn tell_apart(all: &mut [Deployment]) {
    let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for member in all.iter().flat_map(|it| &it.members) {
        keys.entry(member.name.to_ascii_lowercase()).or_default().push(member.key.clone());
    }
    for member in all.iter_mut().flat_map(|it| &mut it.members) {
        let same = keys.get(&member.name.to_ascii_lowercase()).map_or(&[][..], Vec::as_slice);
        let subscription =
            |key: &str| id::part(key, "subscriptions").filter(|_| !id::is_stand_in(key)).map(str::to_owned);
        let all: Vec<String> = same.iter().filter_map(|key| subscription(key)).collect();
        let short = id::shortened(&all);
        let subscription = |key: &str| {
            let own = subscription(key)?;
            all.iter().position(|it| *it == own).and_then(|at| short.get(at)).cloned()
        };
        let group = |key: &str| Some(format!("{}, {}", subscription(key)?, id::part(key, "resourceGroups")?));
        let tells = |of: &dyn Fn(&str) -> Option<String>| {
            let own = of(&member.key);
            same.iter().all(|key| *key == member.key || of(key) != own).then_some(own).flatten()
        };
        if same.len() > 1 {
            member.place = tells(&subscription).or_else(|| tells(&group));
        }
    }
}

fn first_key(deployment: &Deployment) -> &str {
    deployment.members.iter().map(|it| it.key.as_str()).min().unwrap_or_default()
}

fn alone(facts: &Facts, key: &str) -> Deployment {
    Deployment {
        kind: Kind::Alone,
        nickname: None,
        members: vec![member(facts, key, Role::Alone, None)],
        roles_disagree: false,
    }
}

fn member(facts: &Facts, key: &str, role: Role, link: Option<&Link>) -> Member {
    let cache = facts.caches.get(key);
    let given = |cache: &Cache| cache.id.clone();
    let text = cache.and_then(given).or_else(|| link?.peer.clone()).unwrap_or_else(|| key.to_owned());
    Member {
        key: key.to_owned(),
        name: printable(id::name(&text)),
        place: None,
        role,
        location: cache.and_then(|it| it.location.clone()).or_else(|| link?.peer_location.clone()),
        is_known: cache.is_some(),
    }
}

/// A name as one word: what no name of Azure has is "?", so that it stands in a tag and is found again.
fn printable(name: &str) -> String {
    let is_odd = |it: char| it.is_whitespace() || hidden(it);
    name.chars().map(|it| if is_odd(it) { '?' } else { it }).collect()
}

/// Linked caches, two by two. A cache has one link: of a cache that several name, the first link in the order of keys counts.
fn pairs(facts: &Facts) -> Vec<Deployment> {
    let mut taken = BTreeSet::new();
    let mut pairs = Vec::new();
    for (one, other) in linked(facts) {
        if taken.contains(&one) || taken.contains(&other) {
            continue;
        }
        pairs.push(pair(facts, &one, &other));
        taken.extend([one, other]);
    }
    pairs
}

/// Unordered pairs of keys that are linked: by the links, and by what caches list where no link is imported.
fn linked(facts: &Facts) -> BTreeSet<(String, String)> {
    let ordered = |one: &str, other: &str| (one.min(other).to_owned(), one.max(other).to_owned());
    let mut all: BTreeSet<(String, String)> = facts.links.keys().map(|(one, other)| ordered(one, other)).collect();
    // Linked caches are of one subscription, and a name may be in several.
    let place = |key: &str| id::part(key, "subscriptions").unwrap_or_default().to_owned();
    let names: BTreeMap<(String, &str), &String> =
        facts.caches.keys().map(|key| ((place(key), id::name(key)), key)).collect();
    let shown: BTreeSet<(String, String)> = all
        .iter()
        .flat_map(|(one, other)| [(one.clone(), id::name(other).to_owned()), (other.clone(), id::name(one).to_owned())])
        .collect();
    for (key, cache) in &facts.caches {
        for link in cache.linked.iter().flatten() {
            let peer = id::name(link);
            if !shown.contains(&(key.clone(), peer.to_owned())) {
                all.insert(ordered(key, names.get(&(place(key), peer)).copied().unwrap_or(link)));
            }
        }
    }
    all
}

fn pair(facts: &Facts, one: &str, other: &str) -> Deployment {
    let link = |from: &str, to: &str| facts.links.get(&(from.to_owned(), to.to_owned()));
    let (forth, back) = (link(one, other), link(other, one));
    // Any other word is none of a role.
    let role = |link: Option<&Link>| match link?.peer_role.as_deref()?.to_ascii_lowercase().as_str() {
        "primary" => Some(true),
        "secondary" => Some(false),
        _ => None,
    };
    // What each link says of whether `one` is the primary.
    let says = [role(forth).map(|peer| !peer), role(back)];
    let roles_disagree = matches!(says, [Some(one), Some(other)] if one != other);
    let is_disputed = [forth, back].into_iter().flatten().any(|it| it.disputed.contains_key("serverRole"));
    let is_primary = says.into_iter().flatten().next().filter(|_| !roles_disagree && !is_disputed);
    let roles = match is_primary {
        Some(true) => [Role::Primary, Role::Secondary],
        Some(false) => [Role::Secondary, Role::Primary],
        None => [Role::Linked, Role::Linked],
    };
    let mut members = vec![member(facts, one, roles[0], back), member(facts, other, roles[1], forth)];
    members.sort_by_key(|it| it.role);
    Deployment { kind: Kind::Pair, nickname: None, members, roles_disagree }
}

/// Clusters whose databases are linked, directly or through others.
fn groups(facts: &Facts) -> Vec<Deployment> {
    let mut parents: BTreeMap<String, String> = BTreeMap::new();
    for (key, database) in &facts.databases {
        for (other, _) in database.linked.iter().flatten() {
            if let (Some(one), Some(other)) = (id::cache(key), id::cache(other)) {
                let (one, other) = (root(&mut parents, one), root(&mut parents, other));
                let (low, high) = (one.clone().min(other.clone()), one.max(other));
                parents.insert(high, low);
            }
        }
    }
    let keys: Vec<String> = parents.keys().cloned().collect();
    let mut sets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for key in keys {
        sets.entry(root(&mut parents, key.clone())).or_default().push(key);
    }
    sets.into_values().filter(|keys| keys.len() > 1).map(|keys| group(facts, &keys)).collect()
}

/// The least key of a set; what leads to it is shortened on the way.
fn root(parents: &mut BTreeMap<String, String>, key: String) -> String {
    let mut at = key.clone();
    while let Some(parent) = parents.get(&at).filter(|parent| **parent != at) {
        at = parent.clone();
    }
    parents.entry(at.clone()).or_insert_with(|| at.clone());
    parents.insert(key, at.clone());
    at
}

fn group(facts: &Facts, keys: &[String]) -> Deployment {
    let nicknames = keys.iter().flat_map(|key| facts.databases_of(key)).filter_map(|(_, it)| it.group.clone());
    let nickname = nicknames.min();
    let members = keys.iter().map(|key| member(facts, key, Role::Member, None)).collect();
    Deployment { kind: Kind::Group, nickname, members, roles_disagree: false }
}

impl Deployment {
    /// True where a file shows that every cache exists; code alone does not.
    #[must_use]
    pub fn is_deployed(&self, facts: &Facts) -> bool {
        let known = |it: &Member| facts.caches.get(&it.key).is_some_and(|cache| cache.deployed == Some(true));
        let mut members = self.members.iter().filter(|it| it.is_known).peekable();
        members.peek().is_some() && members.all(known)
    }

    /// The tier of its caches, where all that are imported have one.
    #[must_use]
    pub fn tier(&self, facts: &Facts) -> Option<Tier> {
        let mut tiers = self.caches(facts).map(|(_, cache)| cache.tier);
        let first = tiers.next()??;
        tiers.all(|it| it == Some(first)).then_some(first)
    }
}
