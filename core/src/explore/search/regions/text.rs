//! What a search over regions found, as a text for the worker and back.

use super::super::ahead::Ahead;
use super::super::choice::DesignChoice;
use super::super::found::Found;
use super::super::relaxation;
use super::{Placed, Ranked, RegionsFound, ranked};
use crate::catalog::Catalog;
use crate::evaluate::evaluate_unread;
use crate::model::fit::{Offered, SizeChoice, designs};
use crate::plan::Plan;
use serde_json::Value;

impl RegionsFound {
    /// The answer as a text for [`RegionsFound::from_text`]: the designs by what is decided, and the counts.
    #[must_use]
    pub fn to_text(&self) -> String {
        let best: Value = self.best.iter().flatten().map(Placed::to_value).collect();
        let near: Value = self.nearest.iter().flatten().map(|it| it.design.choice.to_value()).collect();
        serde_json::json!({
            "best": best,
            "near": near,
            "placements": self.placements,
            "tried": self.tried,
            "barred": self.barred,
            "unplaced": self.unplaced,
        })
        .to_string()
    }

    /// Reads an answer for the plan that was searched; its figures are worked out again. `None` for any other text.
    #[must_use]
    pub fn from_text(text: &str, plan: &Plan, catalog: &Catalog) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let count = |name: &str| value.get(name)?.as_u64()?.try_into().ok();
        let open = plan.with_open_sizes();
        let objectives = plan.objectives_in(catalog.currency());
        let mut best = [const { Vec::new() }; 3];
        for value in value.get("best")?.as_array()? {
            let placed = Placed::from_value(value, &open, catalog)?;
            best[placed.design.choice.topology as usize].push(placed);
        }
        let mut nearest = [const { None }; 3];
        for value in value.get("near")?.as_array()? {
            let choice = DesignChoice::from_value(value)?;
            let at = choice.topology as usize;
            let mut design = Found::of(choice, &open, catalog)?;
            let ahead = Ahead::new(&open, catalog);
            ahead.judge_months(&mut design);
            nearest[at] = relaxation::of(&objectives, std::iter::once(&design), &ahead);
        }
        let Ranked { cheapest, doubt, hours } = ranked(plan, catalog, &best);
        Some(Self {
            nearest,
            cheapest,
            doubt,
            hours,
            placements: count("placements")?,
            tried: count("tried")?,
            barred: count("barred")?,
            unplaced: count("unplaced")?,
            best,
        })
    }
}

impl Found {
    /// What a choice comes to in a plan; `None` where the plan cannot have it.
    #[must_use]
    pub fn of(choice: DesignChoice, plan: &Plan, catalog: &Catalog) -> Option<Self> {
        let taken = choice.taken(plan, catalog);
        let evaluation = evaluate_unread(&taken, catalog);
        let answer = evaluation.of(choice.topology);
        if !answer.design.possible {
            return None;
        }
        let candidate =
            crate::decide::candidate(&taken.objectives_in(catalog.currency()), answer, &evaluation.findings);
        let open = taken.with_open_sizes();
        let offers = designs(choice.topology, &open, catalog, &evaluation.demand);
        let same = |offer: &&Offered| SizeChoice::of(&offer.design).as_ref() == Some(&choice.size);
        let figures = (answer.bill.total.clone(), answer.rpo.shown());
        let comes_last = offers.iter().find(same).map(|offer| offer.comes_last).unwrap_or_default();
        Some(Self::of_candidate(choice, answer.design.fill, figures, candidate, comes_last))
    }
}
