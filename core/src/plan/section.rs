//! The groups in which the page shows the inputs.

/// A group of inputs. The order is that of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Data and operations.
    Workload,
    /// Bursts; folds inside the workload.
    Peaks,
    /// Ends of the volumes; folds inside the workload.
    Volumes,
    /// What the writes are; folds inside the workload.
    Kinds,
    /// What the data is.
    Data,
    /// Regions and their shares.
    Regions,
    /// What exists already.
    Existing,
    /// The targets.
    Targets,
    /// The passive pair.
    Passive,
    /// What a person confirms of the pair; folds inside it.
    PassiveChecks,
    /// The active group.
    Active,
    /// What a person confirms of the group; folds inside it.
    ActiveChecks,
    /// Prices, discounts and what is billed.
    Prices,
    /// When the plan starts, how far it looks, and what moving on takes.
    Horizon,
    /// How often a region goes down, and what that costs the business.
    Outages,
    /// The one outage that the plan is played through with.
    Scenario,
    /// The cache that is rebuilt.
    Rebuild,
    /// What a latency is made of.
    Requests,
    /// Durations of the recovery steps.
    Recovery,
    /// What redirects clients.
    Traffic,
    /// What makes a replica copy everything again.
    Syncs,
    /// Coefficients that are not published.
    Assumptions,
    /// What resources and people are really called.
    Site,
    /// Nowhere among the inputs: the page has another place for it, or none.
    Hidden,
}

impl Section {
    /// The groups that are there in basic mode, in the order of the page.
    pub const BASIC: [Self; 5] = [Self::Workload, Self::Data, Self::Regions, Self::Existing, Self::Targets];
    /// The groups of advanced mode that follow them.
    pub const ADVANCED: [Self; 13] = [
        Self::Passive,
        Self::Active,
        Self::Prices,
        Self::Horizon,
        Self::Outages,
        Self::Scenario,
        Self::Rebuild,
        Self::Requests,
        Self::Recovery,
        Self::Traffic,
        Self::Syncs,
        Self::Assumptions,
        Self::Site,
    ];

    /// The groups that fold inside this one, after its own fields; in advanced mode alone.
    #[must_use]
    pub const fn folds(self) -> &'static [Self] {
        match self {
            Self::Workload => &[Self::Peaks, Self::Volumes, Self::Kinds],
            Self::Passive => &[Self::PassiveChecks],
            Self::Active => &[Self::ActiveChecks],
            _ => &[],
        }
    }

    /// The heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Workload => "Workload",
            Self::Peaks => "Peaks",
            Self::Volumes => "Uncertainty of the volumes",
            Self::Kinds => "Kinds of writes",
            Self::Data => "What the data is",
            Self::Regions => "Regions",
            Self::Existing => "Existing caches",
            Self::Targets => "Targets",
            Self::Passive => "Passive pair",
            Self::Active => "Active group",
            Self::Prices => "Prices",
            Self::Horizon => "Horizon",
            Self::Outages => "Outages",
            Self::Scenario => "Simulated outage",
            Self::Rebuild => "Rebuild",
            Self::Requests => "Requests",
            Self::Recovery => "Recovery steps",
            Self::Traffic => "Traffic switch",
            Self::Syncs => "Full syncs",
            Self::Assumptions => "Assumptions",
            Self::Site => "Site",
            Self::PassiveChecks | Self::ActiveChecks => "To confirm",
            Self::Hidden => "",
        }
    }
}
