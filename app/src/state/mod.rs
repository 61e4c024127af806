//! One reducer holds the plan and its evaluation; views read it through [`use_session`] and act through [`use_act`].

pub mod address;
mod asks;
mod estate;
mod history;
mod latest;
#[cfg(test)]
mod laws;
mod provider;
mod reduce;
mod sheet;
mod shelf;
pub mod storage;
mod store;
mod vary;
mod view;
pub mod words;
mod workspace;

pub use asks::{Aside, Asks};
pub use estate::Estate;
pub(crate) use latest::latest;
pub use provider::{Act, SessionProvider, use_act, use_session};
pub use sheet::{OpenedSheet, SheetReader};
pub use shelf::{Keeper, Kind, Previous, Saved, Shelf};
#[cfg(test)]
pub(crate) use store::memory::Memory;
pub use store::{Local, Store};
pub use view::{Place, Tab, View};
pub use workspace::{Workspace, WorkspaceAct};

use dr_core::catalog::{Catalog, CatalogError};
use dr_core::codec;
use dr_core::evaluate::{Evaluation, evaluate};
use dr_core::import::series::Series;
use dr_core::plan::{Plan, Variation};
use dr_core::report::estate::ReadSheet;
use dr_core::report::views::Subject;
use dr_core::stats::sample::Progress;
use history::History;
use std::rc::Rc;

/// How many inputs are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Five questions, the rest derived.
    Basic,
    /// Every input.
    Advanced,
}

/// Light, dark, or as the system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme`; `None` leaves it to the system.
    #[must_use]
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// A message to the person at the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// One or two sentences.
    pub text: String,
    /// True when something was refused; the plan has stayed.
    pub refused: bool,
}

/// Everything a view may read. Cheap to clone.
#[derive(Clone)]
pub struct Session {
    /// The bundled catalogue, with the prices of the opened sheet over it.
    pub catalog: Rc<Catalog>,
    /// The opened price sheet; it is no part of the plan, so undo leaves it.
    pub sheet: Option<Rc<OpenedSheet>>,
    /// The current plan.
    pub plan: Rc<Plan>,
    /// Its evaluation; always of exactly this plan.
    pub evaluation: Rc<Evaluation>,
    /// The view in sight.
    pub place: Place,
    /// Basic or advanced.
    pub mode: Mode,
    /// Light or dark.
    pub theme: Theme,
    /// The message in view.
    pub notice: Option<Notice>,
    /// The open portfolio.
    pub workspace: Workspace,
    /// How far files are that are being read.
    pub reading: Option<Progress>,
    /// What is to be told about the browser's storage.
    pub asks: Asks,
    /// The last plan with work in it that another took the place of.
    replaced: Option<Rc<Plan>>,
    /// Something was changed in the plan since it was opened.
    worked: bool,
    /// What is tried on the Outage tab; the plan does not know of it.
    pub variation: Variation,
    varied: Option<vary::Varied>,
    history: History,
}

impl Session {
    /// What the views of the core are about: the plan with its catalogue and its answers.
    #[must_use]
    pub fn subject(&self) -> Subject<'_> {
        Subject { plan: &self.plan, catalog: &self.catalog, evaluation: &self.evaluation }
    }

    /// A session with the plan that the page starts with.
    pub fn new(plan: Plan) -> Result<Self, CatalogError> {
        let catalog = Catalog::bundled()?;
        let evaluation = evaluate(&plan, &catalog);
        Ok(Self {
            catalog: Rc::new(catalog),
            sheet: None,
            plan: Rc::new(plan),
            evaluation: Rc::new(evaluation),
            place: Place::default(),
            mode: Mode::Basic,
            theme: Theme::System,
            notice: None,
            workspace: Workspace::default(),
            reading: None,
            asks: Asks::default(),
            replaced: None,
            worked: false,
            variation: Variation::default(),
            varied: None,
            history: History::default(),
        })
    }

    /// The view in sight.
    #[must_use]
    pub const fn view(&self) -> View {
        self.place.view()
    }

    /// The same at a view.
    #[must_use]
    pub fn at(mut self, view: View) -> Self {
        self.place = self.place.at(view);
        self
    }

    /// Why a change of the plan would be refused, in one sentence; `None` where it would be taken.
    #[must_use]
    pub fn refusal(&self, change: impl FnOnce(&mut Plan)) -> Option<String> {
        let mut plan = (*self.plan).clone();
        change(&mut plan);
        codec::admit(&plan).err().map(|error| error.to_string())
    }

    /// There is a change to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// There is a change to repeat.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }
}

impl PartialEq for Session {
    /// Plans and evaluations are compared by identity: every change makes new ones.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.catalog, &other.catalog)
            && Rc::ptr_eq(&self.plan, &other.plan)
            && Rc::ptr_eq(&self.evaluation, &other.evaluation)
            && (self.place, self.mode, self.theme) == (other.place, other.mode, other.theme)
            && self.notice == other.notice
            && self.workspace == other.workspace
            && self.reading == other.reading
            && self.asks == other.asks
            && self.variation == other.variation
            && self.can_undo() == other.can_undo()
            && self.can_redo() == other.can_redo()
    }
}

/// What a view may ask for.
pub enum Action {
    /// Changes the plan; `field` is the path in the plan file (undo joins edits of one field made in a row).
    Edit {
        /// Path of the field, `workload.writes`.
        field: &'static str,
        /// The change.
        change: Box<dyn FnOnce(&mut Plan)>,
    },
    /// Tries figures on the Outage tab; the plan stays.
    Vary(Box<dyn FnOnce(&mut Variation)>),
    /// Puts the tried figures into the plan, as one change.
    ApplyVariation,
    /// Forgets the tried figures.
    DropVariation,
    /// Replaces the plan (file, link, preset); `from` names the origin for the notice.
    Open {
        /// The new plan.
        plan: Box<Plan>,
        /// "Opened marine.json".
        from: String,
    },
    /// Lets the plan's writes follow a measured series.
    Follow {
        /// What was read.
        series: Box<Series>,
        /// The file's name.
        file: String,
    },
    /// Puts the prices of a sheet over the bundled ones; names and texts of its files. The plan stays.
    OpenSheet(Vec<(String, String)>, SheetReader),
    /// The same of a sheet that is read already: the name of its files, and its prices as they are kept.
    PutSheet(ReadSheet),
    /// Takes the sheet out again. The plan stays.
    CloseSheet,
    /// Says something; the plan stays.
    Tell(String),
    /// Says why something was refused; the plan stays.
    Refuse(String),
    /// Says something more after what was just said.
    Remark(String),
    /// Says how far files are that are being read; nothing when they are read.
    Reading(Option<Progress>),
    /// Takes the last change back.
    Undo,
    /// Repeats what was taken back.
    Redo,
    /// Shows a tab at the view that it was left with.
    Show(Tab),
    /// Shows a view.
    Look(View),
    /// Switches between basic and advanced.
    Switch(Mode),
    /// Switches between light and dark.
    Paint(Theme),
    /// Closes the notice.
    Dismiss,
    /// Opens, changes or shows the portfolio.
    Workspace(WorkspaceAct),
    /// Opens what was set aside at an earlier visit.
    Reopen(Kind, String),
    /// Changes what is to be told about the browser's storage.
    Ask(Box<dyn FnOnce(&mut Asks)>),
}

impl Action {
    /// An edit of one field.
    pub fn edit(field: &'static str, change: impl FnOnce(&mut Plan) + 'static) -> Self {
        Self::Edit { field, change: Box::new(change) }
    }

    /// A change of what is to be told about the browser's storage.
    pub fn ask(change: impl FnOnce(&mut Asks) + 'static) -> Self {
        Self::Ask(Box::new(change))
    }

    /// A try of figures.
    pub fn vary(change: impl FnOnce(&mut Variation) + 'static) -> Self {
        Self::Vary(Box::new(change))
    }
}
