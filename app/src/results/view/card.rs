//! One card: a topology's five figures against their targets.

use super::words;
use dr_core::catalog::Catalog;
use dr_core::evaluate::Evaluation;
use dr_core::explore::break_even::NO_PRICE;
use dr_core::model::active_outage::Runway;
use dr_core::model::rpo::RpoBasis;
use dr_core::model::verdict::{Figure, Objective, Verdict};
use dr_core::model::{Topology, TopologyAnswer};
use dr_core::rules::act_by::act_by_inside;
use dr_core::units::format;

/// A card, ready to print.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::results) struct CardView {
    pub(in crate::results) topology: Topology,
    pub(in crate::results) design: String,
    pub(in crate::results) tag: String,
    /// Good, bad or quiet.
    pub(in crate::results) tag_class: &'static str,
    pub(in crate::results) chosen: bool,
    pub(in crate::results) rows: Vec<RowView>,
    /// Findings: block, warn, info.
    pub(in crate::results) counts: [usize; 3],
}

/// One figure of a card.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::results) struct RowView {
    pub(in crate::results) objective: Objective,
    pub(in crate::results) value: String,
    pub(in crate::results) note: String,
    pub(in crate::results) target: String,
    pub(in crate::results) met: Option<bool>,
    /// Ends of the bar and of the target's mark, 0 to 100.
    pub(in crate::results) bar: f64,
    /// The figure is a lower bound: the bar has an open end.
    pub(in crate::results) open: bool,
    pub(in crate::results) mark: Option<f64>,
}

/// The three cards, with bars on one scale for each objective.
pub(in crate::results) fn cards(catalog: &Catalog, evaluation: &Evaluation) -> Vec<CardView> {
    Topology::ALL.into_iter().map(|topology| card(topology, catalog, evaluation)).collect()
}

fn card(topology: Topology, catalog: &Catalog, evaluation: &Evaluation) -> CardView {
    let answer = evaluation.of(topology);
    let (tag, tag_class) = tag(answer, evaluation);
    CardView {
        topology,
        design: dr_core::report::words::design(answer, catalog),
        tag,
        tag_class,
        chosen: evaluation.comparison.choice == Some(topology),
        rows: answer.verdicts.iter().map(|verdict| row(verdict, answer, catalog, evaluation)).collect(),
        counts: words::counts(evaluation, topology),
    }
}

fn tag(answer: &TopologyAnswer, evaluation: &Evaluation) -> (String, &'static str) {
    if answer.design.caches.is_empty() {
        return ("not possible".to_owned(), "bad");
    }
    let judged = answer.verdicts.iter().filter(|verdict| verdict.target.is_some());
    let (met, targets) = (judged.clone().filter(|verdict| verdict.met == Some(true)).count(), judged.clone().count());
    let blocked = words::counts(evaluation, answer.topology)[0] > 0;
    let lacks_price = |verdict: &Verdict| verdict.met.is_none() && matches!(verdict.figure, Figure::AtLeast(_));
    if !blocked && met + 1 == targets && judged.into_iter().any(lacks_price) {
        return (NO_PRICE.to_owned(), "");
    }
    match (met == targets, blocked) {
        (true, true) => ("blocked".to_owned(), "bad"),
        _ if targets == 0 => ("no targets".to_owned(), ""),
        (true, false) => ("meets all".to_owned(), "ok"),
        _ => (format!("{met} of {targets}"), "bad"),
    }
}

fn row(verdict: &Verdict, answer: &TopologyAnswer, catalog: &Catalog, evaluation: &Evaluation) -> RowView {
    let scale = scale(verdict.objective, evaluation);
    let at_least = if verdict.objective == Objective::Runway { "≥" } else { "≤" };
    RowView {
        objective: verdict.objective,
        value: value(verdict, answer),
        note: note(verdict.objective, answer, catalog),
        target: verdict
            .target
            .map_or_else(|| "no target".to_owned(), |target| format!("{at_least} {}", figure(target, answer))),
        met: verdict.met,
        bar: share(verdict.figure, scale),
        open: matches!(verdict.figure, Figure::AtLeast(_)),
        mark: verdict.target.map(|target| share(target, scale)),
    }
}

/// The largest figure or target of an objective over the topologies, with some air.
fn scale(objective: Objective, evaluation: &Evaluation) -> f64 {
    let of = |topology| {
        evaluation.of(topology).verdicts.iter().find(move |verdict: &&Verdict| verdict.objective == objective)
    };
    let figures = Topology::ALL.into_iter().filter_map(of).flat_map(|verdict| [Some(verdict.figure), verdict.target]);
    figures.flatten().map(amount).fold(0.0, f64::max) * 1.08
}

fn amount(figure: Figure) -> f64 {
    match figure {
        Figure::Money(money) | Figure::AtLeast(money) => money.as_f64_for_charts(),
        Figure::Time(time) => time.as_secs(),
        Figure::Unlimited | Figure::None => 0.0,
    }
}

fn share(figure: Figure, scale: f64) -> f64 {
    match figure {
        Figure::Unlimited => 100.0,
        _ if scale > 0.0 => (amount(figure) / scale * 100.0).clamp(0.0, 100.0),
        _ => 0.0,
    }
}

fn figure(figure: Figure, answer: &TopologyAnswer) -> String {
    match figure {
        Figure::Money(money) => format::money(money, answer.bill.currency),
        Figure::AtLeast(_) => answer.bill.total.amount(answer.bill.currency),
        Figure::Time(time) => format::duration(time),
        Figure::Unlimited => "not at risk".to_owned(),
        Figure::None => "none".to_owned(),
    }
}

fn value(verdict: &Verdict, answer: &TopologyAnswer) -> String {
    match (verdict.objective, verdict.figure) {
        _ if answer.design.caches.is_empty() => "–".to_owned(),
        (Objective::Rpo, Figure::None) => dr_core::report::words::no_lag(answer).to_owned(),
        (Objective::Latency, Figure::None) => "unknown".to_owned(),
        (_, given) => figure(given, answer),
    }
}

fn note(objective: Objective, answer: &TopologyAnswer, catalog: &Catalog) -> String {
    if answer.design.caches.is_empty() {
        return String::new();
    }
    match objective {
        Objective::Cost => answer.bill.total.note(),
        Objective::Rpo => rpo_note(answer),
        Objective::Rto => answer.rto.first().map_or_else(String::new, |chain| {
            format!("P50 {}, {}", format::duration(chain.p50), dr_core::report::words::path(chain.path))
        }),
        Objective::Runway => match &answer.runway {
            Runway::ColdStart => "cold start".to_owned(),
            Runway::NotAtRisk => "no replica meanwhile".to_owned(),
            Runway::Fills(filling) => act_by_inside(&filling.deadline),
            Runway::NotApplicable => String::new(),
        },
        Objective::Latency => answer.latency.worst_write.as_ref().map_or_else(
            || "a round trip is not published".to_owned(),
            |(region, _)| {
                let median = format::duration_or(answer.latency.worst_write_median, "unknown");
                format!("median {median}, writes, {}", catalog.region_name(region))
            },
        ),
    }
}

fn rpo_note(answer: &TopologyAnswer) -> String {
    match answer.rpo.basis {
        RpoBasis::SourceOfTruth => "the database holds all".to_owned(),
        RpoBasis::Replication => format!("median {}", format::duration_or(answer.rpo.median, "unbounded")),
        RpoBasis::NotApplicable => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dr_core::evaluate::evaluate;
    use dr_core::plan::Plan;

    #[test]
    fn cards_line_up_and_share_their_scales() {
        let catalog = Catalog::bundled().expect("a catalogue");
        let cards = cards(&catalog, &evaluate(&Plan::default(), &catalog));
        for card in &cards {
            let order: Vec<Objective> = card.rows.iter().map(|row| row.objective).collect();
            assert_eq!(order, Objective::ALL);
            assert!(card.rows.iter().all(|row| (0.0..=100.0).contains(&row.bar) && !row.open));
        }
        let marks = |row: usize| cards.iter().map(|card| card.rows[row].mark).collect::<Vec<_>>();
        assert!((0..5).all(|row| marks(row).windows(2).all(|pair| pair[0] == pair[1])));
        assert_eq!(cards.iter().filter(|card| card.chosen).count(), 1);
    }

    /// A price that is missing is neither a target that is missed nor a design that cannot be.
    #[test]
    fn a_design_that_waits_for_a_price_says_no_price() {
        let catalog = Catalog::bundled().expect("a catalogue");
        let mut plan = Plan::default();
        plan.exchange_region(0, dr_core::catalog::RegionId::new("westeurope"));
        let cards = cards(&catalog, &evaluate(&plan, &catalog));
        assert_eq!((cards[2].tag.as_str(), cards[2].tag_class), ("no price", ""));
        assert!(cards.iter().all(|card| card.rows[0].value.starts_with("≥\u{a0}$")));
        assert!(cards.iter().all(|card| card.rows[0].note.ends_with(" in West Europe has no price")));
        let open = |row: usize| cards.iter().filter(|card| card.rows[row].open).count();
        assert_eq!([0, 1, 2, 3, 4].map(open), [3, 0, 0, 0, 0], "the bars of sums alone, which lack a price");
    }

    #[test]
    fn a_plan_of_one_region_says_what_is_not_possible() {
        let catalog = Catalog::bundled().expect("a catalogue");
        let mut plan = Plan::default();
        plan.remove_region(1);
        let cards = cards(&catalog, &evaluate(&plan, &catalog));
        assert_eq!(cards.iter().map(|card| card.tag.as_str()).filter(|tag| *tag == "not possible").count(), 2);
        assert!(cards[1].rows.iter().all(|row| row.value == "–"));
    }
}
