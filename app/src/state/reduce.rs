//! From a session and an action to the next session.

use super::history::History;
use super::{Action, Kind, Notice, Session, WorkspaceAct, words};
use dr_core::codec;
use dr_core::evaluate::evaluate;
use dr_core::import::series::{Series, take_writes};
use dr_core::plan::{Plan, Variation};
use std::rc::Rc;
use yew::Reducible;

impl Reducible for Session {
    type Action = Action;

    /// An action that changes nothing gives the same session, and the page is not drawn again.
    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        match action {
            Action::Edit { field, change } => self.edited(field, change),
            Action::Vary(change) => self.with(|next| next.vary(change)),
            Action::ApplyVariation => self.with_variation_applied(),
            Action::DropVariation => self.with(|next| next.vary(|variation| *variation = Variation::default())),
            Action::Open { plan, from } => self.opened(*plan, from),
            Action::Follow { series, file } => self.followed(&series, &file),
            Action::OpenSheet(files, read) => self.with_files(&files, read),
            Action::PutSheet(sheet) => self.with_read_sheet(&sheet),
            Action::CloseSheet => self.without_sheet(),
            Action::Undo => self.moved(History::undo),
            Action::Redo => self.moved(History::redo),
            Action::Tell(text) => self.with(|next| next.notice = Some(Notice { text, refused: false })),
            Action::Refuse(text) => self.with(|next| next.notice = Some(Notice { text, refused: true })),
            Action::Remark(more) => self.with(|next| {
                let (text, refused) =
                    next.notice.take().map_or_else(|| (String::new(), true), |it| (it.text, it.refused));
                next.notice = Some(Notice { text: format!("{text} {more}").trim_start().to_owned(), refused });
            }),
            Action::Reading(progress) => self.with(|next| next.reading = progress),
            Action::Show(tab) => self.with(|next| next.place = next.place.at(next.place.of_tab(tab))),
            Action::Look(view) => self.with(|next| next.place = next.place.at(view)),
            Action::Switch(mode) => self.with(|next| next.mode = mode),
            Action::Paint(theme) => self.with(|next| next.theme = theme),
            Action::Workspace(act) => Rc::new((*self).clone().with_workspace(act)),
            Action::Reopen(kind, text) => self.reopened(kind, &text),
            Action::Ask(change) => self.with(|next| change(&mut next.asks)),
            Action::Dismiss => self.with(|next| next.notice = None),
        }
    }
}

impl Session {
    pub(super) fn with(self: Rc<Self>, change: impl FnOnce(&mut Self)) -> Rc<Self> {
        let mut next = (*self).clone();
        change(&mut next);
        if next == *self { self } else { Rc::new(next) }
    }

    pub(super) fn edited(self: Rc<Self>, field: &'static str, change: Box<dyn FnOnce(&mut Plan)>) -> Rc<Self> {
        let mut plan = (*self.plan).clone();
        change(&mut plan);
        if plan == *self.plan {
            return self;
        }
        let mut next = (*self).clone();
        if let Err(said) = next.put(Rc::new(plan)) {
            return self.reduce(Action::Refuse(said));
        }
        // What is typed or slid joins into one step; a region added and another taken out are two.
        next.history.push(&self.plan, dr_core::plan::field(field).map(|field| field.path));
        (next.notice, next.worked) = (None, true);
        Rc::new(next)
    }

    fn opened(self: Rc<Self>, plan: Plan, from: String) -> Rc<Self> {
        let mut next = (*self).clone();
        if let Err(said) = next.replace_plan(plan) {
            return self.reduce(Action::Refuse(said));
        }
        (next.workspace.shown, next.workspace.entry) = (false, None);
        next.notice = (!from.is_empty()).then_some(Notice { text: from, refused: false });
        Rc::new(next)
    }

    /// Puts another plan in the place of this one, which is kept to be brought back where work stands in it.
    pub(super) fn replace_plan(&mut self, plan: Plan) -> Result<(), String> {
        let old = Rc::clone(&self.plan);
        if plan == *old {
            return Ok(());
        }
        self.put(Rc::new(plan))?;
        self.history.push(&old, None);
        if self.worked {
            self.replaced = Some(old);
        }
        self.worked = false;
        // What was tried was tried on another plan.
        self.variation = Variation::default();
        Ok(())
    }

    fn followed(self: Rc<Self>, series: &Series, file: &str) -> Rc<Self> {
        let taken = take_writes(series, &self.plan, file).map_err(|error| error.to_string());
        let mut next = (*self).clone();
        match taken.and_then(|(plan, said)| next.put(Rc::new(plan)).map(|()| said)) {
            Ok(said) => {
                next.history.push(&self.plan, None);
                (next.workspace.shown, next.workspace.entry, next.worked) = (false, None, true);
                next.notice = Some(Notice { text: format!("Opened {file}. {said}"), refused: false });
                Rc::new(next)
            }
            Err(why) => self.reduce(Action::Refuse(format!("{file}: {why}"))),
        }
    }

    /// Opens a text that was set aside.
    fn reopened(self: Rc<Self>, kind: Kind, text: &str) -> Rc<Self> {
        let read = match kind {
            Kind::Plan => codec::from_json(text).map_err(|error| error.to_string()).map(|plan| {
                let from = words::back(&plan.name);
                Action::Open { plan: Box::new(plan), from }
            }),
            Kind::Portfolio => dr_core::portfolio::read(text)
                .map_err(|error| error.to_string())
                .map(|all| Action::Workspace(WorkspaceAct::Open(Box::new(all), words::EARLIER_PORTFOLIO.to_owned()))),
            Kind::Prices => {
                return match (*self).clone().with_persisted_sheet(text) {
                    Ok(next) => Rc::new(next),
                    Err(why) => self.reduce(Action::Refuse(why)),
                };
            }
            Kind::Estate => Ok(Action::Workspace(WorkspaceAct::ReopenEstate(text.to_owned()))),
            Kind::View | Kind::Night => Err(words::NO_VIEW.to_owned()),
        };
        self.reduce(read.unwrap_or_else(Action::Refuse))
    }

    fn moved(self: Rc<Self>, step: impl FnOnce(&mut History, &Rc<Plan>) -> Option<Rc<Plan>>) -> Rc<Self> {
        let mut next = (*self).clone();
        match step(&mut next.history, &self.plan).map(|plan| next.put(plan)) {
            Some(Ok(())) => {
                next.worked = true;
                Rc::new(next)
            }
            Some(Err(said)) => self.reduce(Action::Refuse(said)),
            None => self,
        }
    }

    /// The one gate to the plan of the session: what no reader of files or links would take stays out, with its sentence.
    pub(super) fn put(&mut self, plan: Rc<Plan>) -> Result<(), String> {
        codec::admit(&plan).map_err(|error| error.to_string())?;
        self.evaluation = Rc::new(evaluate(&plan, &self.catalog));
        self.plan = plan;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Mode, Tab, View};
    use dr_core::units::OpsPerSec;

    fn session() -> Rc<Session> {
        Rc::new(Session::new(Plan::default()).expect("a catalogue"))
    }

    fn writes(per_s: f64) -> Action {
        Action::edit("workload.writes", move |plan| plan.workload.writes = OpsPerSec::per_s(per_s))
    }

    #[test]
    fn an_edit_is_evaluated_and_can_be_taken_back() {
        let first = session();
        let second = Rc::clone(&first).reduce(writes(7_000.0));
        assert_ne!(second.evaluation, first.evaluation);
        assert!(second.can_undo() && !second.can_redo());
        let back = second.reduce(Action::Undo);
        assert_eq!(back.plan, first.plan);
        assert_eq!(back.evaluation, first.evaluation);
        let again = back.reduce(Action::Redo);
        assert_eq!(again.plan.workload.writes, OpsPerSec::per_s(7_000.0));
    }

    #[test]
    fn a_remark_follows_what_was_said() {
        let said = |session: &Rc<Session>| session.notice.clone().map(|it| (it.text, it.refused));
        let told = session().reduce(Action::Tell("Opened a.json.".to_owned()));
        let more = told.reduce(Action::Remark("b.png: This is a picture.".to_owned()));
        assert_eq!(said(&more), Some(("Opened a.json. b.png: This is a picture.".to_owned(), false)));
        let alone = session().reduce(Action::Remark("Not read.".to_owned()));
        assert_eq!(said(&alone), Some(("Not read.".to_owned(), true)));
    }

    #[test]
    fn a_series_becomes_the_write_rate_or_is_refused() {
        let series = |text: &str| Box::new(dr_core::import::series::read_series(text).expect("a series"));
        let follow = |text: &str| Action::Follow { series: series(text), file: "day.csv".to_owned() };
        let next = session().reduce(follow("time,writes/s\n0,100\n60,300\n"));
        assert_eq!(next.plan.workload.writes, OpsPerSec::per_s(200.0));
        assert!(next.plan.workload.profile.is_some() && next.can_undo());
        assert!(
            next.notice.as_ref().is_some_and(|it| !it.refused && it.text.starts_with("Opened day.csv. The write rate"))
        );
        let refused = session().reduce(follow("time,used (MB)\n0,1\n60,2\n"));
        assert!(refused.notice.as_ref().is_some_and(|it| it.refused && it.text.starts_with("day.csv: ")));
        assert!(refused.plan.workload.profile.is_none());
    }

    #[test]
    fn edits_of_one_field_in_a_row_are_one_step() {
        let first = session();
        let later = Rc::clone(&first).reduce(writes(1.0)).reduce(writes(2.0)).reduce(writes(3.0));
        assert_eq!(later.reduce(Action::Undo).plan, first.plan);
    }

    #[test]
    fn changes_of_a_list_are_steps_of_their_own() {
        let regions = |name: &'static str| {
            Action::edit("regions", move |plan| plan.add_region(dr_core::catalog::RegionId::new(name)))
        };
        let later = session().reduce(regions("uksouth")).reduce(regions("westus2"));
        assert_eq!(later.reduce(Action::Undo).plan.regions.len(), 3);
    }

    #[test]
    fn a_refusal_goes_with_the_next_change() {
        let told = session().reduce(Action::Refuse("No.".to_owned()));
        assert_eq!(told.reduce(writes(2.0)).notice, None);
    }

    #[test]
    fn what_changes_nothing_draws_nothing() {
        let first = session();
        let same = first.plan.workload.writes.as_per_s();
        for action in [
            writes(same),
            Action::Undo,
            Action::Redo,
            Action::Show(Tab::Overview),
            Action::Look(View::Overview),
            Action::Switch(Mode::Basic),
            Action::Dismiss,
        ] {
            assert!(Rc::ptr_eq(&Rc::clone(&first).reduce(action), &first));
        }
    }

    #[test]
    fn a_refusal_keeps_the_plan() {
        let first = session();
        let told = Rc::clone(&first).reduce(Action::Refuse("No.".to_owned()));
        assert!(Rc::ptr_eq(&told.plan, &first.plan));
        assert!(told.notice.as_ref().is_some_and(|notice| notice.refused));
    }
}
