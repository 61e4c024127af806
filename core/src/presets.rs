//! The six published cases, for tests.

pub(crate) const PRESETS: [&str; 6] = [
    include_str!("../../public/plans/tax-filing.json"),
    include_str!("../../public/plans/enrolment.json"),
    include_str!("../../public/plans/marine-logistics.json"),
    include_str!("../../public/plans/gaming-leaderboard.json"),
    include_str!("../../public/plans/travel-booking.json"),
    include_str!("../../public/plans/energy-trading.json"),
];

/// Plans of users that no preset is like, for tests.
#[cfg(test)]
pub(crate) mod others {
    /// A pair of P3 that runs, sessions of 14 GB that grow by 10 % a year: with a CRDT factor of 2 a group of M50 (36 GB) is outgrown in month
    /// 20, as 14 × 1.1^(20 ÷ 12) × 2 × 1.1 = 36.1 GB.
    pub(crate) const SESSIONS: &str = r#"{"v": 1, "name": "sess", "regions": [{"region": "westeurope", "users": 0.7, "writes": 0.7}, {"region": "northeurope", "users": 0.3, "writes": 0.3}], "workload": {"dataset": 14000000000.0, "writes": 2500.0, "reads": 15000.0, "key_size": 48.0, "value_size": 800.0, "connections": 2500, "growth_per_year": 0.1}, "objectives": {"rpo": 60.0, "rto": 3600.0, "budget": "5000", "runway": null, "write_latency": null}, "passive": {"exists": "yes", "sku": "Premium_P3", "shards": 0, "tenant_had_cache": "yes"}, "pricing": {"engineer_hour": "95"}, "recovery": {"readiness": "rehearsed"}, "data": {"parts": [{"name": "sessions", "share": 1.0, "writes": 1.0, "class": "held-only-here", "conflicts": "last-write-wins"}]}}"#;
    /// Own prices make a pair cheaper than a group whose factor is 1.5; with 1.1 the group's size is never outgrown.
    pub(crate) const CHEAP_PAIR: &str = r#"{"v": 1, "name": "over", "regions": [{"region": "westeurope", "users": 0.7, "writes": 0.7}, {"region": "northeurope", "users": 0.3, "writes": 0.3}], "workload": {"dataset": 8000000000.0, "writes": 1500.0, "reads": 12000.0, "key_size": 40.0, "value_size": 600.0, "connections": 1500}, "objectives": {"rpo": 300.0, "rto": 7800.0}, "pricing": {"engineer_hour": "90", "overrides": [{"sku": "Premium_P2", "region": "westeurope", "per_node_hour": "0.10"}, {"sku": "Premium_P2", "region": "northeurope", "per_node_hour": "0.10"}]}, "passive": {"exists": "no", "tenant_had_cache": "yes"}, "data": {"parts": [{"name": "sessions", "share": 1.0, "writes": 1.0, "class": "held-only-here", "conflicts": "last-write-wins"}]}}"#;
    /// Two writers of a leaderboard of 5 GB that grows by 30 % a year; a tenant without Premium.
    pub(crate) const LEADERBOARD: &str = r#"{"v": 1, "name": "lead", "regions": [{"region": "japaneast", "users": 0.6, "writes": 0.6}, {"region": "koreacentral", "users": 0.4, "writes": 0.4}], "workload": {"dataset": 5000000000.0, "writes": 6000.0, "reads": 25000.0, "key_size": 40.0, "value_size": 60.0, "connections": 4000, "growth_per_year": 0.3}, "objectives": {"rpo": 60.0, "rto": 7200.0, "budget": "3000", "write_latency": 0.05}, "passive": {"exists": "no", "tenant_had_cache": "no"}, "pricing": {"engineer_hour": "90"}, "data": {"parts": [{"name": "leaderboards", "share": 0.7, "writes": 0.6, "class": "held-only-here", "conflicts": "merges"}, {"name": "counters", "share": 0.3, "writes": 0.4, "class": "held-only-here", "conflicts": "merges"}]}}"#;
    /// Data of one geography in UK South, loaded from a database; the second region of the plan is in another geography.
    pub(crate) const UNITED_KINGDOM: &str = r#"{"v": 1, "name": "ukres", "regions": [{"region": "uksouth", "users": 0.8, "writes": 0.8}, {"region": "northeurope", "users": 0.2, "writes": 0.2}], "workload": {"dataset": 14000000000.0, "writes": 2500.0, "reads": 15000.0, "key_size": 48.0, "value_size": 800.0, "connections": 2500, "growth_per_year": 0.1}, "objectives": {"rpo": 3600.0, "rto": 14400.0, "budget": "5000", "runway": null, "write_latency": null}, "passive": {"exists": "no", "tenant_had_cache": "yes"}, "pricing": {"engineer_hour": "95"}, "recovery": {"readiness": "rehearsed"}, "data": {"parts": [{"name": "sessions", "share": 1.0, "writes": 1.0, "class": "rebuildable", "conflicts": "last-write-wins"}]}, "placement": {"residency": "one-geography"}}"#;
}
