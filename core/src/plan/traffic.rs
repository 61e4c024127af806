//! What leads clients to the cache that is left: the traffic switch and its settings.

use super::rows::table;
use crate::units::names::names;
use crate::units::{SECS_PER_DAY, SECS_PER_HOUR};
use crate::units::{Secs, UnitPrice};

names! {
    /// What redirects clients when a region is lost.
    #[derive(Default)]
    TrafficSwitch {
        /// Not said: the times of the recovery steps are taken as they are.
        #[default]
        Unsaid = "unsaid", "not said: the steps decide",
        /// People change the configuration of the clients.
        ByHand = "by-hand", "people, by hand",
        /// Clients know every cache and leave one that does not answer.
        CircuitBreaker = "circuit-breaker", "circuit breaker in the client",
        /// Answers of a DNS name follow probes.
        TrafficManager = "traffic-manager", "Azure Traffic Manager",
        /// HTTP requests to the application go to another origin.
        FrontDoor = "front-door", "Azure Front Door",
        /// People set a key that clients poll.
        AppConfiguration = "app-configuration", "Azure App Configuration",
        /// People change a record of a zone.
        DnsRecord = "dns-record", "DNS record",
    }
}

impl TrafficSwitch {
    /// True for what may move clients without a person; what is not said counts as the plan's confirmations do.
    #[must_use]
    pub const fn moves_by_itself(self) -> bool {
        self.probes() || matches!(self, Self::Unsaid)
    }

    /// True where probes decide.
    #[must_use]
    pub const fn probes(self) -> bool {
        matches!(self, Self::CircuitBreaker | Self::TrafficManager | Self::FrontDoor)
    }

    /// True where clients hold a DNS answer.
    #[must_use]
    pub const fn by_name(self) -> bool {
        matches!(self, Self::TrafficManager | Self::DnsRecord)
    }

    /// True for a service with a price of its own; a private DNS zone is on the bill already.
    #[must_use]
    pub const fn is_billed(self) -> bool {
        matches!(self, Self::TrafficManager | Self::FrontDoor | Self::AppConfiguration)
    }
}

table! {
    /// The traffic switch.
    ///
    /// Defaults: 30 s, 3 failures and 10 s are those of Traffic Manager's probes, 30 s those of Front Door's probes and of the refresh of App
    /// Configuration's libraries; 60 s is T1's.
    Traffic at [traffic] in Traffic {
        /// What redirects clients.
        switch: TrafficSwitch = TrafficSwitch::Unsaid => choice("Traffic switch");
        /// Between two probes of one endpoint.
        probe_interval: Secs = Secs::secs(30.0)
            => number("Probe interval", Time, "s", 1.0..=SECS_PER_HOUR) { when: |plan| plan.traffic.switch.probes() };
        /// Failures in a row that change nothing; the next one does.
        probe_failures: u32 = 3
            => number("Failures tolerated", Count, "", 0.0..=100.0) { when: |plan| plan.traffic.switch.probes() };
        /// After which a probe has failed.
        probe_timeout: Secs = Secs::secs(10.0)
            => number("Probe timeout", Time, "s", 1.0..=600.0) { when: |plan| plan.traffic.switch.probes() };
        /// Of the DNS answer.
        ttl: Secs = Secs::secs(60.0)
            => number("TTL", Time, "s", 1.0..=SECS_PER_DAY) { when: |plan| plan.traffic.switch.by_name() };
        /// Between two polls of the key.
        refresh: Secs = Secs::secs(30.0)
            => number("Refresh interval", Time, "s", 1.0..=SECS_PER_DAY)
            { when: |plan| plan.traffic.switch == TrafficSwitch::AppConfiguration };
        /// A month, whole; no price is bundled.
        price: Option<UnitPrice> = None
            => number("Price of the traffic switch", Money, "$/month", 0.0..=1e6)
            { empty: "unknown", when: |plan| plan.traffic.switch.is_billed() };
    }
}
