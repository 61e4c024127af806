//! The open portfolio beside the plan: opened, added to, left and put away.

use super::{Estate, Notice, Session, words};
use dr_core::model::Topology;
use dr_core::portfolio::{Entry, MAX_ENTRIES, Portfolio, Tags};
use dr_core::units::format;
use std::rc::Rc;
use std::sync::Arc;

/// The open portfolio.
#[derive(Clone, Default)]
pub struct Workspace {
    /// Its plans; `None` while none is open.
    pub portfolio: Option<Rc<Portfolio>>,
    /// True while it is in view, false while the plan is.
    pub shown: bool,
    /// The entry from which the plan was opened.
    pub entry: Option<usize>,
    /// What was read of Azure.
    pub estate: Option<Rc<Estate>>,
    /// Its listing as text, for the next visit; of an earlier one until its view reads it.
    pub kept: Option<Rc<str>>,
    /// A portfolio that was read, and its file: it need not be written again.
    pub written: Option<(Rc<Portfolio>, Rc<str>)>,
    /// True while the estate is in view, when the workspace is shown.
    pub on_estate: bool,
    /// The tag by which the month is shared out; empty for the first.
    pub chargeback: String,
}

impl PartialEq for Workspace {
    /// Portfolios are compared by identity: every change makes a new one.
    fn eq(&self, other: &Self) -> bool {
        let place = |one: &Self| {
            let kept = one.kept.as_ref().map(|it| it.as_ptr());
            (one.portfolio.as_ref().map(Rc::as_ptr), one.estate.as_ref().map(Rc::as_ptr), kept)
        };
        let shown = |one: &Self| (one.shown, one.on_estate, one.entry);
        place(self) == place(other) && shown(self) == shown(other) && self.chargeback == other.chargeback
    }
}

/// What a view may ask of the portfolio.
pub enum WorkspaceAct {
    /// Opens a portfolio from a file of that name.
    Open(Box<Portfolio>, String),
    /// Shows the portfolio (an empty one where none is open) or the plan.
    Show(bool),
    /// Opens what was read of Azure.
    OpenEstate(Box<Estate>),
    /// Shows what an earlier visit has kept of an estate.
    RestoreEstate(Box<Estate>),
    /// Brings the portfolio back that another took the place of, and the estate that went with it.
    BringBack,
    /// Shows the text of an estate that was set aside.
    ReopenEstate(String),
    /// Shows the estate, or the commands that read one.
    ShowEstate,
    /// Shares the month out by a tag.
    Chargeback(String),
    /// Opens the plan of an entry.
    Plan(usize),
    /// Opens the plan of a deployment of the estate.
    Deployed(usize),
    /// Adds the plan in view.
    Add(Tags, Option<Topology>),
    /// Puts the plan in view in the place of the entry that it was opened from.
    Replace(Tags, Option<Topology>),
    /// Takes an entry out.
    Remove(usize),
    /// Puts the portfolio away.
    Close,
}

impl Session {
    pub(super) fn with_workspace(mut self, act: WorkspaceAct) -> Self {
        match act {
            WorkspaceAct::Open(portfolio, name) => {
                let mut notice = opened(&portfolio, &name);
                if saved(&portfolio).is_none() {
                    notice.text.push_str(TOO_LARGE);
                }
                self.notice = Some(notice);
                self.put_away();
                // The estate has plans of its own and stays.
                let Workspace { estate, kept, .. } = std::mem::take(&mut self.workspace);
                let portfolio = Some(Rc::new(*portfolio));
                self.workspace = Workspace { portfolio, estate, kept, shown: true, ..Workspace::default() };
            }
            WorkspaceAct::Show(shown) => {
                (self.workspace.shown, self.workspace.on_estate) = (shown, false);
                self.workspace.portfolio.get_or_insert_default();
            }
            WorkspaceAct::OpenEstate(estate) => self.open_estate(*estate),
            WorkspaceAct::RestoreEstate(estate) => self.restore_estate(*estate),
            WorkspaceAct::BringBack => self.bring_back(),
            WorkspaceAct::ReopenEstate(text) => {
                (self.workspace.kept, self.workspace.estate) = (Some(Rc::from(text)), None);
                (self.workspace.shown, self.workspace.on_estate) = (true, true);
            }
            WorkspaceAct::ShowEstate => (self.workspace.shown, self.workspace.on_estate) = (true, true),
            WorkspaceAct::Chargeback(key) => self.workspace.chargeback = key,
            WorkspaceAct::Plan(at) => self.take_plan(at),
            WorkspaceAct::Deployed(at) => self.take_deployed(at),
            WorkspaceAct::Add(tags, topology) => self.add(tags, topology),
            WorkspaceAct::Replace(tags, topology) => self.replace(tags, topology),
            WorkspaceAct::Remove(at) => self.remove(at),
            WorkspaceAct::Close => {
                self.put_away_all();
                self.workspace = Workspace::default();
            }
        }
        self
    }

    /// A portfolio with anything in it can be brought back.
    pub(super) fn put_away(&mut self) {
        if let Some(old) = self.workspace.portfolio.take().filter(|old| holds_any(old)) {
            (self.asks.portfolio, self.asks.estate) = (Some(old), None);
        }
    }

    /// The same with the estate that was read with it.
    pub(super) fn put_away_all(&mut self) {
        let estate = self.workspace.estate.as_ref().map(|it| Rc::clone(&it.kept)).or(self.workspace.kept.clone());
        if self.workspace.portfolio.as_deref().is_some_and(holds_any) {
            self.put_away();
            self.asks.estate = estate;
        }
    }

    /// What is open then can be brought back in its turn.
    fn bring_back(&mut self) {
        let (Some(portfolio), estate) = (self.asks.portfolio.take(), self.asks.estate.take()) else { return };
        self.notice = Some(opened(&portfolio, words::EARLIER_PORTFOLIO));
        if estate.is_none() {
            self.put_away();
            let Workspace { estate, kept, .. } = std::mem::take(&mut self.workspace);
            let portfolio = Some(portfolio);
            self.workspace = Workspace { portfolio, estate, kept, shown: true, ..Workspace::default() };
            return;
        }
        self.put_away_all();
        self.workspace = Workspace {
            portfolio: Some(portfolio),
            kept: estate,
            shown: true,
            on_estate: true,
            ..Workspace::default()
        };
    }

    pub(super) fn take_plan(&mut self, at: usize) {
        let Some(entry) = self.workspace.portfolio.as_ref().and_then(|all| all.entries.get(at)).map(Arc::clone) else {
            return;
        };
        if let Err(text) = self.replace_plan(entry.plan.clone()) {
            self.notice = Some(Notice { text, refused: true });
            return;
        }
        (self.workspace.shown, self.workspace.entry) = (false, Some(at));
        self.tell(format!("Opened “{}” from the portfolio. Put changes back to keep them there.", entry.plan.name));
    }

    fn add(&mut self, tags: Tags, topology: Option<Topology>) {
        let count = self.workspace.portfolio.as_ref().map_or(0, |all| all.entries.len());
        if count >= MAX_ENTRIES {
            let most = format::count(MAX_ENTRIES as f64);
            let text = format!("A portfolio has at most {most} plans: take one out before.");
            self.notice = Some(Notice { text, refused: true });
            return;
        }
        let entry = self.entry(tags, topology);
        self.change(|all| all.entries.push(entry));
        self.workspace.entry = Some(count);
        // Whether the browser keeps it is not known before it was asked: a refusal is told then.
        let stays = if self.workspace.portfolio.as_deref().and_then(saved).is_some() { "" } else { TOO_LARGE };
        self.tell(format!("Added “{}”.{stays}", self.plan.name));
    }

    fn replace(&mut self, tags: Tags, topology: Option<Topology>) {
        let entry = self.entry(tags, topology);
        let Some(at) = self.workspace.entry else { return };
        self.change(|all| {
            if let Some(place) = all.entries.get_mut(at) {
                *place = entry;
            }
        });
        self.tell(format!("Put “{}” back in its place.", self.plan.name));
    }

    fn remove(&mut self, at: usize) {
        let Some(name) =
            self.workspace.portfolio.as_ref().and_then(|all| all.entries.get(at)).map(|it| it.plan.name.clone())
        else {
            return;
        };
        self.change(|all| drop(all.entries.remove(at)));
        self.workspace.entry = match self.workspace.entry {
            Some(own) if own == at => None,
            Some(own) if own > at => Some(own - 1),
            own => own,
        };
        self.tell(format!("Took “{name}” out of the portfolio."));
    }

    fn entry(&self, tags: Tags, topology: Option<Topology>) -> Arc<Entry> {
        Arc::new(Entry { tags, topology, plan: (*self.plan).clone() })
    }

    fn change(&mut self, change: impl FnOnce(&mut Portfolio)) {
        let mut next = self.workspace.portfolio.as_deref().cloned().unwrap_or_default();
        change(&mut next);
        self.workspace.portfolio = Some(Rc::new(next));
    }

    pub(super) fn tell(&mut self, text: String) {
        self.notice = Some(Notice { text, refused: false });
    }
}

/// A longer portfolio is not kept for the next visit: browsers give a page some five million characters for everything.
const MAX_PERSISTED_BYTES: usize = 2_000_000;
/// More plans are not even written to see how long they are.
const MAX_KEPT_PLANS: usize = 1_000;
pub(super) const TOO_LARGE: &str = " The portfolio is too large to be saved in this browser: save it as a file before you leave the page. \
                         A portfolio saved before stays.";

/// True where there is anything to lose: plans, or entries that could not be read.
pub(super) fn holds_any(portfolio: &Portfolio) -> bool {
    !portfolio.entries.is_empty() || !portfolio.broken.is_empty()
}

/// The text of a portfolio for the next visit; `None` for one that is too large.
pub(super) fn saved(portfolio: &Portfolio) -> Option<String> {
    is_few(portfolio).then(|| dr_core::portfolio::write(portfolio)).filter(|text| text.len() <= MAX_PERSISTED_BYTES)
}

/// True for a portfolio that is saved as this text.
pub(super) fn is_saved(portfolio: &Portfolio, text: &str) -> bool {
    is_few(portfolio) && text.len() <= MAX_PERSISTED_BYTES
}

fn is_few(portfolio: &Portfolio) -> bool {
    portfolio.entries.len() + portfolio.broken.len() <= MAX_KEPT_PLANS
}

impl Workspace {
    /// The file of the portfolio where it stands as it was read.
    #[must_use]
    pub fn file(&self) -> Option<Rc<str>> {
        let (of, file) = self.written.as_ref()?;
        self.portfolio.as_ref().filter(|own| Rc::ptr_eq(own, of)).map(|_| Rc::clone(file))
    }
}

fn opened(portfolio: &Portfolio, name: &str) -> Notice {
    let plans = format::counted(portfolio.entries.len(), "plan");
    match portfolio.broken.len() {
        0 => Notice { text: format!("Opened {name}: {plans}."), refused: false },
        broken => {
            let entries = if broken == 1 { "1 entry".to_owned() } else { format!("{broken} entries") };
            let text = format!("Opened {name}: {plans}. Not read, and listed below: {entries}.");
            Notice { text, refused: true }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Action;
    use dr_core::plan::Plan;
    use dr_core::portfolio::read;
    use yew::Reducible;

    fn after(session: &Rc<Session>, act: WorkspaceAct) -> Rc<Session> {
        Rc::clone(session).reduce(Action::Workspace(act))
    }

    fn names(session: &Session) -> Vec<&str> {
        let all = session.workspace.portfolio.as_ref().expect("a portfolio");
        all.entries.iter().map(|entry| entry.plan.name.as_str()).collect()
    }

    #[test]
    fn plans_come_in_and_go_out() {
        let first = Rc::new(Session::new(Plan::default()).expect("a catalogue"));
        let shown = after(&first, WorkspaceAct::Show(true));
        assert!(shown.workspace.shown && names(&shown).is_empty());
        let added = after(&after(&shown, WorkspaceAct::Add(Tags::new(), None)), WorkspaceAct::Add(Tags::new(), None));
        assert_eq!((names(&added), added.workspace.entry), (vec!["New plan"; 2], Some(1)));
        let renamed = Rc::clone(&added).reduce(Action::edit("name", |plan| plan.name = "Orders".to_owned()));
        let replaced = after(&renamed, WorkspaceAct::Replace(Tags::new(), Some(Topology::Passive)));
        assert_eq!(names(&replaced), ["New plan", "Orders"]);
        let other = after(&replaced, WorkspaceAct::Plan(0));
        assert_eq!(
            (other.plan.name.as_str(), other.workspace.shown, other.workspace.entry),
            ("New plan", false, Some(0))
        );
        assert_eq!(Rc::clone(&other).reduce(Action::Undo).plan.name, "Orders");
        let removed = after(&after(&other, WorkspaceAct::Plan(1)), WorkspaceAct::Remove(0));
        assert_eq!((names(&removed), removed.workspace.entry), (vec!["Orders"], Some(0)));
        assert!(after(&removed, WorkspaceAct::Close).workspace.portfolio.is_none());
    }

    fn told(session: &Session) -> String {
        session.notice.as_ref().map_or("", |notice| &notice.text).to_owned()
    }

    #[test]
    fn a_portfolio_too_large_to_be_kept_says_so_and_no_other_claims_to_be() {
        let first = Rc::new(Session::new(Plan::default()).expect("a catalogue"));
        let added = after(&first, WorkspaceAct::Add(Tags::new(), Some(Topology::Active)));
        assert_eq!(told(&added), "Added “New plan”.");
        let all = added.workspace.portfolio.as_deref().expect("a portfolio");
        assert_eq!(read(&saved(all).expect("small")).as_ref(), Ok(all));
        let many = Portfolio { entries: vec![Arc::clone(&all.entries[0]); MAX_KEPT_PLANS + 1], ..Portfolio::default() };
        assert_eq!(saved(&many), None);
        let opened = after(&first, WorkspaceAct::Open(Box::new(many), "many.json".to_owned()));
        assert!(told(&opened).contains("too large to be saved in this browser"), "{}", told(&opened));
    }

    #[test]
    fn a_portfolio_that_another_replaces_or_that_is_put_away_can_be_brought_back() {
        let first = Rc::new(Session::new(Plan::default()).expect("a catalogue"));
        let added = after(&after(&first, WorkspaceAct::Show(true)), WorkspaceAct::Add(Tags::new(), None));
        let own = added.workspace.portfolio.clone().expect("a portfolio");
        let opened = after(&added, WorkspaceAct::Open(Box::default(), "none.json".to_owned()));
        for next in [Rc::clone(&opened), after(&added, WorkspaceAct::Close), after(&opened, WorkspaceAct::Close)] {
            assert!(next.asks.portfolio.as_ref().is_some_and(|kept| Rc::ptr_eq(kept, &own)));
        }
    }

    #[test]
    fn what_was_not_read_is_told() {
        let first = Rc::new(Session::new(Plan::default()).expect("a catalogue"));
        let two = read(r#"{"portfolio":1,"plans":[{"plan":{}},7]}"#).expect("a portfolio");
        let opened = after(&first, WorkspaceAct::Open(Box::new(two), "two.json".to_owned()));
        let notice = opened.notice.as_ref().expect("a notice");
        assert!(notice.refused);
        assert_eq!(notice.text, "Opened two.json: 1 plan. Not read, and listed below: 1 entry.");
    }
}
