//! Where one is on the page: a tab, and in a long tab one of its views. The address, the kept view and the history of the
//! browser name a view by its path.

/// The tabs of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// The answer, side by side.
    Overview,
    /// The bill.
    Cost,
    /// RTO, full sync, RPO, latency.
    Recovery,
    /// The survivors' memory.
    Outage,
    /// Findings.
    Rules,
    /// Commands.
    Runbook,
    /// The move to Azure Managed Redis.
    Migrate,
}

impl Tab {
    /// In the order in which the page shows them.
    pub const ALL: [Self; 7] =
        [Self::Overview, Self::Cost, Self::Recovery, Self::Outage, Self::Rules, Self::Runbook, Self::Migrate];

    /// The name on the tab.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Cost => "Cost",
            Self::Recovery => "Recovery",
            Self::Outage => "Outage",
            Self::Rules => "Rules",
            Self::Runbook => "Runbook",
            Self::Migrate => "Migrate",
        }
    }

    /// Its views, the first one first. The failover for one hand is none of them: nothing else is on the page with it.
    pub fn views(self) -> impl Iterator<Item = View> {
        View::ALL.into_iter().filter(move |view| view.tab() == self && *view != View::Night)
    }

    /// The view that it opens with.
    #[must_use]
    pub const fn first(self) -> View {
        match self {
            Self::Overview => View::Overview,
            Self::Cost => View::Months,
            Self::Recovery => View::Times,
            Self::Outage => View::ActBy,
            Self::Rules => View::Rules,
            Self::Runbook => View::Runbook,
            Self::Migrate => View::MoveSizes,
        }
    }
}

/// What stands below the tabs: one group of sections at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Cards and comparison.
    Overview,
    /// Cost over the horizon.
    Months,
    /// The bill of a steady month.
    Bill,
    /// What each state costs, and what Azure does not bill.
    States,
    /// The bands of the month.
    Bands,
    /// Where another design becomes the cheapest.
    BreakEven,
    /// The cheapest design that meets every target.
    Search,
    /// The price sheet.
    Prices,
    /// How long it takes to be back.
    Times,
    /// The steps of each recovery path.
    Steps,
    /// What drills measured.
    Drills,
    /// The full sync.
    Sync,
    /// The recovery point.
    Point,
    /// The backlog over the day.
    Backlog,
    /// What lands on the database.
    Surge,
    /// Service levels and downtime.
    Availability,
    /// Latency by region.
    Latency,
    /// Which regions would help.
    Regions,
    /// What moves the recovery.
    RecoverySensitivity,
    /// Until when a person must act.
    ActBy,
    /// The outage played.
    OutageSimulation,
    /// With and without the force-unlink.
    Ways,
    /// How long the decision may take.
    Decide,
    /// The passive pair.
    Pair,
    /// Flush, scaling, patching.
    Events,
    /// A drill in place of assumptions.
    Calibration,
    /// Findings.
    Rules,
    /// What nobody has confirmed yet.
    OpenWork,
    /// Every rule with its status.
    AllRules,
    /// What the terms mean.
    Glossary,
    /// Commands: what to prepare.
    Runbook,
    /// Commands: what to watch.
    RunbookWatch,
    /// Commands: the failover.
    FailOver,
    /// Commands: back to the first state.
    ComeBack,
    /// Commands: sizes, members, keys, recovery points, cleaning up.
    Change,
    /// Bicep and Terraform.
    Code,
    /// The failover for one hand; nothing else is on the page then.
    Night,
    /// The move: sizes.
    MoveSizes,
    /// The move: paths.
    MovePaths,
    /// The move: dates.
    MoveDates,
    /// The move: commands.
    MoveRunbook,
}

impl View {
    /// Tab by tab, in the order in which the page shows them.
    pub const ALL: [Self; 41] = [
        Self::Overview,
        Self::Months,
        Self::Bill,
        Self::States,
        Self::Bands,
        Self::BreakEven,
        Self::Search,
        Self::Prices,
        Self::Times,
        Self::Steps,
        Self::Drills,
        Self::Sync,
        Self::Point,
        Self::Backlog,
        Self::Surge,
        Self::Availability,
        Self::Latency,
        Self::Regions,
        Self::RecoverySensitivity,
        Self::ActBy,
        Self::OutageSimulation,
        Self::Ways,
        Self::Decide,
        Self::Pair,
        Self::Events,
        Self::Calibration,
        Self::Rules,
        Self::OpenWork,
        Self::AllRules,
        Self::Glossary,
        Self::Runbook,
        Self::RunbookWatch,
        Self::FailOver,
        Self::ComeBack,
        Self::Change,
        Self::Code,
        Self::Night,
        Self::MoveSizes,
        Self::MovePaths,
        Self::MoveDates,
        Self::MoveRunbook,
    ];

    /// Tab, path and name of the button.
    const fn row(self) -> (Tab, &'static str, &'static str) {
        match self {
            Self::Overview => (Tab::Overview, "overview", "Overview"),
            Self::Months => (Tab::Cost, "cost/months", "Months ahead"),
            Self::Bill => (Tab::Cost, "cost/bill", "Bill of a month"),
            Self::States => (Tab::Cost, "cost/states", "By state"),
            Self::Bands => (Tab::Cost, "cost/bands", "Bands"),
            Self::BreakEven => (Tab::Cost, "cost/break-even", "Break-even"),
            Self::Search => (Tab::Cost, "cost/search", "Search"),
            Self::Prices => (Tab::Cost, "cost/prices", "Prices"),
            Self::Times => (Tab::Recovery, "recovery/times", "Time to recover"),
            Self::Steps => (Tab::Recovery, "recovery/steps", "Step by step"),
            Self::Drills => (Tab::Recovery, "recovery/drills", "Drills"),
            Self::Sync => (Tab::Recovery, "recovery/sync", "Full sync"),
            Self::Point => (Tab::Recovery, "recovery/point", "Recovery point"),
            Self::Backlog => (Tab::Recovery, "recovery/backlog", "Backlog"),
            Self::Surge => (Tab::Recovery, "recovery/surge", "Surge"),
            Self::Availability => (Tab::Recovery, "recovery/availability", "Availability"),
            Self::Latency => (Tab::Recovery, "recovery/latency", "Latency"),
            Self::Regions => (Tab::Recovery, "recovery/regions", "Which regions"),
            Self::RecoverySensitivity => (Tab::Recovery, "recovery/moves", "Sensitivity"),
            Self::ActBy => (Tab::Outage, "outage/act-by", "Act by"),
            Self::OutageSimulation => (Tab::Outage, "outage/happens", "Simulation"),
            Self::Ways => (Tab::Outage, "outage/ways", "Act or wait"),
            Self::Decide => (Tab::Outage, "outage/decide", "How long to decide"),
            Self::Pair => (Tab::Outage, "outage/pair", "Passive pair"),
            Self::Events => (Tab::Outage, "outage/events", "Other events"),
            Self::Calibration => (Tab::Outage, "outage/calibration", "Calibration"),
            Self::Rules => (Tab::Rules, "rules", "Findings"),
            Self::OpenWork => (Tab::Rules, "rules/open", "Open work"),
            Self::AllRules => (Tab::Rules, "rules/all", "Everything checked"),
            Self::Glossary => (Tab::Rules, "rules/glossary", "Glossary"),
            Self::Runbook => (Tab::Runbook, "runbook", "Prepare"),
            Self::RunbookWatch => (Tab::Runbook, "runbook/watch", "Watch"),
            Self::FailOver => (Tab::Runbook, "runbook/fail-over", "Fail over"),
            Self::ComeBack => (Tab::Runbook, "runbook/come-back", "Come back"),
            Self::Change => (Tab::Runbook, "runbook/change", "Change"),
            Self::Code => (Tab::Runbook, "runbook/code", "Code"),
            Self::Night => (Tab::Runbook, "runbook/night", "Night mode"),
            Self::MoveSizes => (Tab::Migrate, "migrate", "Sizes"),
            Self::MovePaths => (Tab::Migrate, "migrate/paths", "Paths"),
            Self::MoveDates => (Tab::Migrate, "migrate/dates", "Dates"),
            Self::MoveRunbook => (Tab::Migrate, "migrate/runbook", "Runbook"),
        }
    }

    /// The tab that it is part of.
    #[must_use]
    pub const fn tab(self) -> Tab {
        self.row().0
    }

    /// Its name in addresses, `cost/bill`; kept for ever.
    #[must_use]
    pub const fn path(self) -> &'static str {
        self.row().1
    }

    /// Views that share a key share what was chosen in them: a runbook's design stays from part to part.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self.tab() {
            Tab::Runbook => Self::Runbook.path(),
            _ => self.path(),
        }
    }

    /// What its button says.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().2
    }

    /// The view of a path: `cost/bill`, `cost` for the first of a tab. Old paths lead to what has their content now: `cost/moves` to the
    /// bands, `compare` to the overview, any other to its tab.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let path = path.trim_matches('/').to_ascii_lowercase();
        if path == "cost/moves" {
            return Some(Self::Bands);
        }
        let tab = path.split('/').next().unwrap_or_default();
        let named = |it: Tab| it.name().eq_ignore_ascii_case(tab) || (it == Tab::Overview && tab == "compare");
        Self::ALL
            .into_iter()
            .find(|view| view.path() == path)
            .or_else(|| Tab::ALL.into_iter().find(|it| named(*it)).map(Tab::first))
    }
}

/// The view in sight, and the last one of every other tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    view: View,
    last: [View; Tab::ALL.len()],
}

impl Default for Place {
    fn default() -> Self {
        Self { view: View::Overview, last: Tab::ALL.map(Tab::first) }
    }
}

impl Place {
    /// The view in sight.
    #[must_use]
    pub const fn view(self) -> View {
        self.view
    }

    /// Goes to a view.
    #[must_use]
    pub const fn at(mut self, view: View) -> Self {
        self.view = view;
        if !matches!(view, View::Night) {
            self.last[view.tab() as usize] = view;
        }
        self
    }

    /// The view that a tab was left with.
    #[must_use]
    pub const fn of_tab(self, tab: Tab) -> View {
        self.last[tab as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dr_core::report::runbook::PARTS;
    use dr_core::report::views::VIEWS;

    /// The page's views are those of the reports, in the same order and with the same names; the runbook is a document of its own, and
    /// its views are its parts, and the code after them.
    #[test]
    fn every_view_is_one_of_the_core() {
        let parts: Vec<_> = Tab::Runbook.views().filter(|view| *view != View::Code).map(View::name).collect();
        assert_eq!(parts, PARTS.map(|(_, name, _)| name));
        assert_eq!(Tab::Runbook.views().last(), Some(View::Code));
        let page = View::ALL.into_iter().filter(|view| view.tab() != Tab::Runbook);
        let page: Vec<_> = page.map(|view| (view.tab().name(), view.path().replace('/', "-"), view.name())).collect();
        let core: Vec<_> = VIEWS.iter().map(|view| (view.tab, view.id.to_owned(), view.name)).collect();
        assert_eq!(page, core);
    }
    use std::collections::BTreeSet;

    #[test]
    fn every_view_has_a_path_that_leads_to_it_and_every_tab_opens_with_its_first() {
        let paths: BTreeSet<&str> = View::ALL.into_iter().map(View::path).collect();
        assert_eq!(paths.len(), View::ALL.len(), "no path stands twice");
        for view in View::ALL {
            assert_eq!(View::of_path(view.path()), Some(view));
            assert_eq!(view.path().split('/').next(), Some(view.tab().name().to_ascii_lowercase().as_str()));
        }
        for tab in Tab::ALL {
            assert_eq!(tab.views().next(), Some(tab.first()));
            let names: BTreeSet<&str> = tab.views().map(View::name).collect();
            assert_eq!(names.len(), tab.views().count(), "{tab:?}");
        }
    }

    /// Who leaves the failover and comes back to the tab finds the runbook.
    #[test]
    fn a_tab_does_not_lead_into_the_night() {
        let place = Place::default().at(View::RunbookWatch).at(View::Night);
        assert_eq!((place.view(), place.of_tab(Tab::Runbook)), (View::Night, View::RunbookWatch));
        assert_eq!(View::of_path("runbook/night"), Some(View::Night));
    }

    #[test]
    fn old_names_and_views_that_have_gone_lead_to_their_tab() {
        let cases = [
            ("compare", Some(View::Overview)),
            ("/Compare", Some(View::Overview)),
            ("Cost", Some(View::Months)),
            ("cost/gone", Some(View::Months)),
            ("cost/moves", Some(View::Bands)),
            ("runbook", Some(View::Runbook)),
            ("rules", Some(View::Rules)),
            ("rules/glossary", Some(View::Glossary)),
            ("/outage/", Some(View::ActBy)),
            ("results", None),
            ("", None),
            ("costs", None),
        ];
        for (path, view) in cases {
            assert_eq!(View::of_path(path), view, "{path}");
        }
    }

    #[test]
    fn a_tab_is_found_again_at_the_view_that_it_was_left_with() {
        let place = Place::default().at(View::Bill).at(View::Rules);
        assert_eq!((place.view(), place.of_tab(Tab::Cost)), (View::Rules, View::Bill));
        assert_eq!(place.of_tab(Tab::Outage), View::ActBy);
    }
}
