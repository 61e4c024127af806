//! What to watch, as data: one list of alerts for the table, the commands of the runbook, Bicep and Terraform.

mod rules;
mod service;
mod table;
mod window;
mod workbook;

pub use rules::alerts;
pub(in crate::report) use service::Service;
pub(in crate::report) use table::priced;
pub use table::{alerts_section, dashboards};
pub use window::Window;
pub use workbook::workbook;

/// One alert, the same on every cache of a design: a failover swaps roles, and each side must be watched in either.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// How its name ends, in lower case: `link-down`.
    pub name: String,
    /// What fires it.
    pub signal: Signal,
    /// What it means, and why it is set as it is.
    pub why: String,
    /// Where the threshold comes from: a figure of the plan or of a source.
    pub basis: String,
}

/// What fires an alert.
#[derive(Debug, Clone, PartialEq)]
pub enum Signal {
    /// A metric passes a threshold.
    Metric(MetricRule),
    /// The platform says that the cache is unavailable: a static threshold does not fire on missing data.
    ResourceHealth,
}

/// A static threshold on a metric.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricRule {
    /// REST name of the metric.
    pub metric: &'static str,
    /// How the values of a window become one.
    pub aggregation: Aggregation,
    /// On which side of the threshold it fires.
    pub fires: Fires,
    /// The threshold, in `unit`.
    pub threshold: f64,
    /// Unit of metric and threshold: "%", "B", "s"; empty for a count.
    pub unit: &'static str,
    /// Each shard is held against it by itself (dimension `ShardId`).
    pub each_shard: bool,
    /// Time that is looked at.
    pub window: Window,
    /// Time between two looks.
    pub frequency: Window,
    /// 0, critical, to 4, verbose; 0 and 1 page somebody.
    pub severity: u8,
}

/// How the values of a window become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregation {
    /// The least.
    Minimum,
    /// The largest.
    Maximum,
    /// How many events.
    Count,
}

/// On which side of its threshold an alert fires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fires {
    /// Above it.
    Above,
    /// Below it.
    Below,
}

impl Aggregation {
    /// As Azure Resource Manager and Terraform name it: `Minimum`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minimum => "Minimum",
            Self::Maximum => "Maximum",
            Self::Count => "Count",
        }
    }

    /// As a condition of the CLI names it: `min`.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::Minimum => "min",
            Self::Maximum => "max",
            Self::Count => "count",
        }
    }
}

impl Fires {
    /// As Azure Resource Manager and Terraform name it: `GreaterThan`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Above => "GreaterThan",
            Self::Below => "LessThan",
        }
    }

    /// ">" or "<".
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Above => ">",
            Self::Below => "<",
        }
    }
}

impl MetricRule {
    /// The threshold as a whole number: every threshold of the list is one.
    #[must_use]
    pub fn figure(&self) -> String {
        format!("{:.0}", libm::round(self.threshold))
    }

    /// The condition as the CLI takes it: `min GeoReplicationDataSyncOffset > 221886720 where ShardId includes *`.
    #[must_use]
    pub fn condition(&self) -> String {
        let shard = if self.each_shard { " where ShardId includes *" } else { "" };
        format!("{} {} {} {}{shard}", self.aggregation.short(), self.metric, self.fires.sign(), self.figure())
    }

    /// True where one bad minute in the window does not fire it: it takes every value of the window.
    #[must_use]
    pub const fn waits_out_a_minute(&self) -> bool {
        matches!(
            (self.aggregation, self.fires),
            (Aggregation::Minimum, Fires::Above) | (Aggregation::Maximum, Fires::Below)
        )
    }
}

impl Alert {
    /// The metric rule of it; `None` for what is no metric.
    #[must_use]
    pub const fn metric(&self) -> Option<&MetricRule> {
        match &self.signal {
            Signal::Metric(rule) => Some(rule),
            Signal::ResourceHealth => None,
        }
    }
}

/// Time series that the alerts watch on one cache of so many shards: those that Azure Monitor bills; activity-log alerts are no series.
#[must_use]
pub fn series(alerts: &[Alert], shards: u32) -> u32 {
    let each = |rule: &MetricRule| if rule.each_shard { shards.max(1) } else { 1 };
    alerts.iter().filter_map(Alert::metric).map(each).fold(0, u32::saturating_add)
}

#[cfg(test)]
mod tests;
