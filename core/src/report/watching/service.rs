//! The two services, by the names that monitoring and networks use.

use crate::model::Topology;

/// The two services that caches are resources of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Service {
    /// Azure Cache for Redis.
    Premium,
    /// Azure Managed Redis.
    Managed,
}

impl Service {
    /// The service of a design's caches.
    pub(in crate::report) const fn of(topology: Topology) -> Self {
        match topology {
            Topology::Passive => Self::Premium,
            Topology::Rebuild | Topology::Active => Self::Managed,
        }
    }

    /// The namespace of its metrics.
    pub(in crate::report) const fn namespace(self) -> &'static str {
        match self {
            Self::Premium => "Microsoft.Cache/redis",
            Self::Managed => "Microsoft.Cache/redisEnterprise",
        }
    }

    /// The group id of its private endpoints.
    pub(in crate::report) const fn sub_resource(self) -> &'static str {
        match self {
            Self::Premium => "redisCache",
            Self::Managed => "redisEnterprise",
        }
    }

    /// The private DNS zone of its endpoints.
    pub(in crate::report) const fn zone(self) -> &'static str {
        match self {
            Self::Premium => "privatelink.redis.cache.windows.net",
            Self::Managed => "privatelink.redis.azure.net",
        }
    }
}
