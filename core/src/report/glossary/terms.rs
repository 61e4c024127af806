//! The terms themselves, by subject.

use super::Term;

const fn term(name: &'static str, also: &'static [&'static str], means: &'static str, from: &'static str) -> Term {
    Term { name, also, means, from }
}

/// Every subject with its terms, in the order in which they are read.
pub(super) const SUBJECTS: [(&str, &[Term]); 6] = [
    ("Targets and times", &TARGETS),
    ("Topologies and failover", &TOPOLOGIES),
    ("Replication", &REPLICATION),
    ("Memory during an outage", &MEMORY),
    ("Statistics", &STATISTICS),
    ("Cost", &COST),
];

const TARGETS: [Term; 9] = [
    term(
        "RPO",
        &["recovery point"],
        "Recovery point objective: how much of the latest data may be lost, as the age of the oldest change that was not replicated. Unit: seconds.",
        "M-04",
    ),
    term(
        "RTO",
        &[],
        "Recovery time objective: how long users may wait from the loss of a region until they are served again. Unit: minutes.",
        "M-06",
    ),
    term(
        "MTTD",
        &["time to detect"],
        "Mean time to detect: from the loss until somebody is alerted; the first step of most recovery paths. Unit: minutes.",
        "M-06",
    ),
    term(
        "time to decide",
        &[],
        "From the alert until the person in charge orders the failover; often the longest step. Unit: minutes.",
        "M-06",
    ),
    term(
        "time to switch",
        &[],
        "From the decision until clients reach the new primary: failover or unlink, DNS, reconnect, access keys. Unit: minutes.",
        "M-06",
    ),
    term(
        "time to validate",
        &[],
        "From the first served request until somebody confirms that the service is right; the last step of a recovery path. Unit: minutes.",
        "M-06",
    ),
    term(
        "recovery path",
        &["recovery paths"],
        "The chain of steps that serves users again: geo-failover, unlink, redirect or rebuild. Its RTO is the sum of its steps.",
        "M-06",
    ),
    term(
        "service level objective",
        &["service level"],
        "The availability that a service promises or a team aims at, in percent of a month or year.",
        "Availability",
    ),
    term(
        "error budget",
        &[],
        "The downtime that a service level objective allows: (1 − level) × 365 days. Unit: minutes a year.",
        "Availability",
    ),
];

const TOPOLOGIES: [Term; 16] = [
    term(
        "passive geo-replication",
        &["passive pair"],
        "Two linked Premium caches: the primary takes writes, the secondary holds a read-only copy. Failover is started by a person.",
        "M-06, M-08",
    ),
    term(
        "active geo-replication",
        &["active group", "replication group"],
        "Two to five Azure Managed Redis members of one replication group. Each takes writes and sends them to all others.",
        "M-07",
    ),
    term("rebuild", &[], "The baseline without a replica: create a new cache and reload it from the database.", "M-06"),
    term("primary", &[], "The cache of a pair that takes writes.", ""),
    term("secondary", &[], "The cache of a pair that holds the read-only copy.", ""),
    term("member", &[], "One cache of an active group.", ""),
    term("node", &[], "A virtual machine of a cache; what Azure bills by the hour.", "M-10"),
    term(
        "shard",
        &[],
        "A part of a cache with its own share of the keys. The fullest shard limits memory and replication.",
        "M-02",
    ),
    term(
        "geo-failover",
        &[],
        "Exchanges the roles of a pair in one operation; the geo-replicated name follows. Needs two equal sizes and the primary's control plane.",
        "M-06",
    ),
    term(
        "switchover",
        &["planned failover"],
        "A planned failover while both regions are up: writes pause and nothing is lost.",
        "M-06",
    ),
    term(
        "unlink",
        &[],
        "Ends the replication of a pair: both caches keep their data and the secondary becomes writable. Linking again empties one of them.",
        "M-06",
    ),
    term(
        "relink",
        &["force-link"],
        "Links caches again after an unlink or an outage. A full sync replaces all data of the added cache.",
        "M-03",
    ),
    term(
        "force-unlink",
        &[],
        "Removes a dead member from an active group, so that the others free the memory that they retain for it. The member must be recreated.",
        "M-07",
    ),
    term("rejoin", &[], "A member comes back to its group by itself, by a partial or a full sync.", "M-05"),
    term("failback", &[], "The return to the first region after an outage.", "M-08"),
    term(
        "drill",
        &["drills"],
        "A rehearsal of a recovery path. Its measured times replace assumptions of the plan.",
        "M-06",
    ),
];

const REPLICATION: [Term; 9] = [
    term(
        "replication stream",
        &[],
        "The bytes per second that writes put on a link, with the protocol's overhead.",
        "M-01",
    ),
    term(
        "replication lag",
        &["lag"],
        "The age of the oldest change that the other side has not applied. Unit: seconds.",
        "M-04",
    ),
    term(
        "full sync",
        &["full syncs"],
        "Copies all data to a cache and then what was written meanwhile. Unit: minutes.",
        "M-03",
    ),
    term(
        "partial sync",
        &["partial resync"],
        "Sends only what was missed. Possible while that fits the replication backlog.",
        "M-05",
    ),
    term(
        "replication backlog",
        &["backlog"],
        "The buffer of recent changes from which a partial sync is served; also the changes that wait for the link. Unit: bytes.",
        "M-04, M-05",
    ),
    term(
        "output buffer",
        &["replica buffer"],
        "Holds the writes of a running full sync. When it overflows the sync starts again. Azure's size is not published; 256 MB is assumed.",
        "M-03",
    ),
    term(
        "load profile",
        &[],
        "The write rate over a day or a measured series, in segments of constant rate. Unit: bytes a second.",
        "M-04",
    ),
    term(
        "round trip",
        &["round trips", "RTT"],
        "The time from a request to its answer over the network between two regions. Unit: ms.",
        "M-13",
    ),
    term(
        "CRDT",
        &["CRDT factor", "κ"],
        "Conflict-free replicated data type: lets members of an active group write at once and agree later. The CRDT factor κ is the memory that it takes, against plain data.",
        "M-02, M-07",
    ),
];

const MEMORY: [Term; 7] = [
    term(
        "retained memory",
        &[],
        "What the living members hold for an absent one: deletes, changed elements and the backlog. It is freed when all members have seen it. Unit: bytes.",
        "M-07",
    ),
    term(
        "runway",
        &[],
        "The time from the loss of a member until the survivors' memory is full, in closed form. Judged at P05. Unit: hours.",
        "M-07",
    ),
    term(
        "act by",
        &["deadline"],
        "The latest start of the force-unlink that is in time in 95 of 100 cases: runway − force-unlink − margin.",
        "M-07",
    ),
    term(
        "eviction",
        &[],
        "Redis deletes keys to make room. The plan assumes that it begins before memory is full; the share is under “Memory”.",
        "M-07",
    ),
    term(
        "outage simulation",
        &["simulated outage"],
        "Plays one outage event by event and gives memory, backlog and data at risk over time.",
        "M-07, M-08",
    ),
    term(
        "outage rates",
        &[],
        "How often a region fails and for how long; not published, so an assumption with a range.",
        "Availability",
    ),
    term("surge", &[], "The load on the database while a rebuilt cache is still empty. Unit: reads a second.", "M-06"),
];

const STATISTICS: [Term; 9] = [
    term("P50", &["median"], "The median: half of the cases are below it.", ""),
    term(
        "P95",
        &["P05"],
        "The value that 95 of 100 cases stay below; P05 is the value that 5 of 100 stay below. Targets are judged at P95, the runway at P05.",
        "M-12",
    ),
    term("band", &["bands"], "P05, P50 and P95 of a figure over all trials.", "M-14"),
    term(
        "confidence interval",
        &[],
        "The range that holds the true value with a given probability, usually 90 or 95 %.",
        "M-06",
    ),
    term(
        "trial",
        &["trials"],
        "One evaluation with every uncertain input sampled from its range. The same seed gives the same trials.",
        "M-06, M-14",
    ),
    term(
        "assumption",
        &["assumptions"],
        "A figure that no source publishes; an input of the plan with a range.",
        "fields.md",
    ),
    term("sensitivity", &[], "How far one uncertain input moves an answer while all others stay.", "M-16"),
    term("break-even", &[], "The load at which another design becomes the choice or the cheapest.", "M-15"),
    term("tipping point", &[], "The nearest change of a target that changes the recommended design.", "M-12"),
];

const COST: [Term; 14] = [
    term("meter", &[], "What Azure counts and bills: node hours, GB of traffic, endpoint hours.", "M-10"),
    term("unit price", &[], "The price of one unit of a meter.", "M-10"),
    term("list cost", &["list price"], "Quantity × published unit price, before any discount.", "M-10"),
    term("contracted cost", &[], "Quantity × the unit price that was negotiated.", "M-10"),
    term(
        "effective cost",
        &[],
        "What is paid in the end: after discounts, with commitments spread over their term.",
        "M-10",
    ),
    term("amortised cost", &[], "A payment in advance, spread evenly over the hours of its term.", "M-10"),
    term(
        "commitment",
        &["reservation", "reservations", "savings plan"],
        "A promise to use or spend for one or three years in return for a lower price.",
        "M-10",
    ),
    term(
        "graduated tiers",
        &["tier schedule"],
        "Unit prices that fall with the month's volume; each tier applies to its own part.",
        "M-10",
    ),
    term(
        "price confidence",
        &[],
        "How sure a price is: published, derived from a published one, estimated, yours, or unknown.",
        "M-10",
    ),
    term(
        "regional factor",
        &[],
        "The price of a size in one region divided by that in another; used where no price is published.",
        "M-10",
    ),
    term("egress", &[], "Traffic that leaves a region and is billed. Unit: GB.", "M-10"),
    term("off-bill costs", &[], "Costs that Azure does not bill: downtime, database reads, engineers' hours.", "M-10"),
    term("chargeback", &["showback"], "Chargeback bills a team for what it uses; showback only shows it.", ""),
    term("scaled size", &[], "The size that replaces one that growth has filled.", "M-10"),
];
