//! What a search over regions found, as a text for the worker and back.

use super::super::ahead::Ahead;
use super::super::choice::DesignChoice;
use super::super::found::Found;
use super::super::relaxation::Relaxation;
use super::{Placed, Ranked, RegionsFound, ranked};
use crate::catalog::Catalog;
use crate::decide::{Relaxed, Target, TippingPoint};
use crate::evaluate::evaluate_unread;
use crate::model::fit::{Offered, SizeChoice, designs};
use crate::model::verdict::Objective;
use crate::plan::Plan;
use crate::units::{Money, Secs};
use serde_json::Value;

impl RegionsFound {
    /// The answer as a text for [`RegionsFound::from_text`]: the designs by what is decided, and the counts.
    #[must_use]
    pub fn to_text(&self) -> String {
        let best: Value = self.best.iter().flatten().map(Placed::to_value).collect();
        let near: Value = self.nearest.iter().flatten().map(to_value).collect();
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
        let mut best = [const { Vec::new() }; 3];
        for value in value.get("best")?.as_array()? {
            let placed = Placed::from_value(value, &open, catalog)?;
            best[placed.design.choice.topology as usize].push(placed);
        }
        let mut nearest = [const { None }; 3];
        for value in value.get("near")?.as_array()? {
            let relaxation = from_value(value, &open, catalog)?;
            let at = relaxation.design.choice.topology as usize;
            nearest[at] = Some(relaxation);
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

/// The design, and where each target has moved, in the order of [`Objective::ALL`].
fn to_value(relaxation: &Relaxation) -> Value {
    let moved = |objective: Objective| {
        let target = relaxation.moved.targets.iter().find(|it| it.0 == objective);
        target.map_or(Value::Null, |(_, to)| match to {
            Target::Money(most) => most.as_decimal().to_string().into(),
            Target::Time(time) => time.as_secs().into(),
        })
    };
    let mut value = relaxation.design.choice.to_value();
    if let Some(fields) = value.as_object_mut() {
        fields.insert("moved".to_owned(), Objective::ALL.into_iter().map(moved).collect());
    }
    value
}

fn from_value(value: &Value, plan: &Plan, catalog: &Catalog) -> Option<Relaxation> {
    let target = |value: &Value| match value.as_str() {
        Some(most) => Some(Target::Money(Money::new(most.parse().ok()?))),
        None => value.as_f64().map(|time| Target::Time(Secs::secs(time))),
    };
    let all = Objective::ALL.into_iter().zip(value.get("moved")?.as_array()?);
    let targets = all.filter_map(|(objective, value)| Some((objective, target(value)?))).collect();
    let design = Found::of(DesignChoice::from_value(value)?, plan, catalog)?;
    let then = TippingPoint { topology: design.choice.topology, targets }.of(plan);
    let [before, after] = [plan, &then].map(|plan| plan.objectives_in(catalog.currency()));
    Some(Relaxation::of(&Relaxed::between(&before, after), design, &Ahead::new(&then, catalog)))
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
