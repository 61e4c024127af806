//! One card a topology: its five figures against their targets.

use super::super::{NONE, Subject, rules};
use crate::catalog::{Catalog, Severity};
use crate::evaluate::Evaluation;
use crate::explore::break_even::NO_PRICE;
use crate::model::horizon::OwnMonths;
use crate::model::rpo::RpoBasis;
use crate::model::runway::Runway;
use crate::model::verdict::{Figure, Objective, Verdict};
use crate::model::{Topology, TopologyAnswer};
use crate::report::document::{Run, Style};
use crate::report::words;
use crate::rules::act_by::act_by_inside;
use crate::units::format;
use crate::words::shown::rpo_shown;

/// A card, ready to print.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Which topology.
    pub topology: Topology,
    /// Its name where there is little room: "Passive".
    pub short: &'static str,
    /// What is bought and where.
    pub design: String,
    /// How it does as a whole: "meets all", "3 of 5", "blocked".
    pub badge: Run,
    /// It is the recommended one.
    pub chosen: bool,
    /// Its figures in the order of [`Objective::ALL`].
    pub measures: Vec<Measure>,
    /// Its findings by severity: "1 blocker", "2 warnings", "3 notes"; empty for none of one, "no findings" last for none at all.
    pub counts: [String; 3],
}

/// One figure of a card.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Which objective.
    pub objective: Objective,
    /// What it is called on a card.
    pub name: &'static str,
    /// The figure.
    pub value: String,
    /// What belongs to it: the median, the path, the region; may be empty.
    pub note: String,
    /// The target with its sign, or "no target".
    pub target: String,
    /// Met or missed; `None` without a target, or where it is not known.
    pub met: Option<bool>,
    /// End of the figure's bar, 0 to 100, on one scale for the objective.
    pub bar: f64,
    /// The figure is a lower bound: the bar has an open end.
    pub open: bool,
    /// Place of the target's mark on the same scale.
    pub mark: Option<f64>,
    /// What the figure is for a reader who does not see the card, and that it can be opened.
    pub asks: String,
}

/// The three cards, with bars on one scale for each objective.
#[must_use]
pub fn cards(subject: Subject) -> Vec<Card> {
    let Subject { catalog, evaluation, .. } = subject;
    Topology::ALL.into_iter().map(|topology| card(topology, catalog, evaluation)).collect()
}

fn card(topology: Topology, catalog: &Catalog, evaluation: &Evaluation) -> Card {
    let answer = evaluation.of(topology);
    let counts = rules::counts(evaluation, topology);
    Card {
        topology,
        short: match topology {
            Topology::Rebuild => "Rebuild",
            Topology::Passive => "Passive",
            Topology::Active => "Active",
        },
        design: words::design(answer, catalog) + words::by_load(evaluation, topology),
        badge: until(badge(answer, counts[0] > 0), topology, evaluation),
        chosen: evaluation.comparison.choice == Some(topology),
        measures: answer.verdicts.iter().map(|verdict| measure(verdict, answer, catalog, evaluation)).collect(),
        counts: counted(counts),
    }
}

fn counted(counts: [usize; 3]) -> [String; 3] {
    if counts == [0; 3] {
        return [String::new(), String::new(), "no findings".to_owned()];
    }
    let of = |at: usize| if counts[at] == 0 { String::new() } else { Severity::ALL[at].counted(counts[at]) };
    [0, 1, 2].map(of)
}

/// "meets all until 2028-09-30" of a pair whose group lacks something.
fn until(mut badge: Run, topology: Topology, evaluation: &Evaluation) -> Run {
    let successor = evaluation.comparison.successor.as_ref().filter(|_| topology == Topology::Passive);
    if let (Some(it), Some(rest)) = (successor, badge.text.strip_prefix("meets all")) {
        badge = Run { text: format!("meets all until {}{rest}", it.until), style: Style::Plain };
    }
    badge
}

fn badge(answer: &TopologyAnswer, blocked: bool) -> Run {
    let run = |text: &str, style| Run { text: text.to_owned(), style };
    if answer.design.caches.is_empty() {
        return run("not possible", Style::Bad);
    }
    let judged = answer.verdicts.iter().filter(|verdict| verdict.target.is_some());
    let (met, targets) = (judged.clone().filter(|verdict| verdict.met == Some(true)).count(), judged.clone().count());
    let unshown = judged.clone().any(Verdict::met_unshown);
    let lacks_price = |verdict: &Verdict| verdict.met.is_none() && matches!(verdict.figure, Figure::AtLeast(_));
    if !blocked && met + 1 == targets && judged.into_iter().any(lacks_price) {
        return run(NO_PRICE, Style::Plain);
    }
    match (met == targets, blocked) {
        (true, true) => run("blocked", Style::Bad),
        _ if targets == 0 => run("no targets", Style::Plain),
        (true, false) if unshown => run("meets all, RPO modelled", Style::Plain),
        (true, false) => run("meets all", Style::Good),
        _ if unshown => run(&format!("{met} of {targets}, RPO modelled"), Style::Bad),
        _ => run(&format!("{met} of {targets}"), Style::Bad),
    }
}

fn measure(verdict: &Verdict, answer: &TopologyAnswer, catalog: &Catalog, evaluation: &Evaluation) -> Measure {
    let scale = scale(verdict.objective, evaluation);
    let at_least = if verdict.objective == Objective::Runway { "≥" } else { "≤" };
    let (name, mut value) = (name(verdict.objective), value(verdict, answer));
    let mut end = verdict.figure;
    let waits = evaluation.comparison.waits(answer.topology).filter(|_| verdict.objective == Objective::Cost);
    if let Some(it) = waits {
        // Its own month is paid by nobody yet.
        (value, end) = (it.before.amount(answer.bill.currency), Figure::Money(it.before.at_least()));
    }
    Measure {
        objective: verdict.objective,
        name,
        note: note(verdict, answer, catalog, evaluation),
        target: verdict
            .target
            .map_or_else(|| "no target".to_owned(), |target| format!("{at_least} {}", figure(target, answer))),
        met: verdict.met_and_shown(),
        bar: share(end, scale),
        open: matches!(verdict.figure, Figure::AtLeast(_)),
        mark: verdict.target.map(|target| share(target, scale)),
        asks: format!("{name} of the {}: {value}. How is it made?", answer.topology.name().to_ascii_lowercase()),
        value,
    }
}

/// The width of a card: the note says "a month", and whose writes they are.
const fn name(objective: Objective) -> &'static str {
    match objective {
        Objective::Cost => "Cost, as planned",
        Objective::Latency => "Latency P95",
        other => other.heading(),
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
        _ if answer.design.caches.is_empty() => NONE.to_owned(),
        (Objective::Rpo, Figure::None) => words::no_lag(answer).to_owned(),
        // What can be shown leads; the model's figures stand beside it.
        (Objective::Rpo, given) => rpo_shown(answer.rpo.shown()).unwrap_or_else(|| figure(given, answer)),
        (Objective::Latency, Figure::None) => "unknown".to_owned(),
        (_, given) => figure(given, answer),
    }
}

fn note(verdict: &Verdict, answer: &TopologyAnswer, catalog: &Catalog, evaluation: &Evaluation) -> String {
    if answer.design.caches.is_empty() {
        return String::new();
    }
    match verdict.objective {
        Objective::Cost => cost_note(verdict, answer, evaluation),
        Objective::Rpo => rpo_note(answer),
        Objective::Rto => answer.rto.first().map_or_else(String::new, |chain| {
            format!("P50 {}, {}", format::duration(chain.p50), words::path(chain.path))
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

/// "a month"; "a month, at most $6,895" of a budget that is missed, as its dearest month is what misses it by the most, and where a larger
/// size follows, as its month is what comes near the budget; "a month, C5 until 2028-09-30, then $1,931 (M50)" of a design that waits.
fn cost_note(verdict: &Verdict, answer: &TopologyAnswer, evaluation: &Evaluation) -> String {
    let own = evaluation.comparison.over.as_ref().map(|over| &over.of(answer.topology).own);
    let own = own.filter(|own| verdict.met == Some(false) || verdict.target.is_some() && own.next.is_some());
    let most = own.map(OwnMonths::dearest);
    let waits = evaluation.comparison.waits(answer.topology);
    // Of a design that waits the months that are named.
    let named = waits.map(|it| it.before.at_least().max(it.after.at_least()));
    let first = named.or_else(|| answer.bill.total.complete());
    let most = most.zip(first).filter(|(most, first)| most > first).map(|(most, _)| most);
    let currency = answer.bill.currency;
    let note = match waits {
        Some(it) => {
            let [_, size, then] = it.words(currency);
            format!("{}, {size} {then}", it.before.note())
        }
        None => answer.bill.total.note(),
    };
    most.map_or_else(|| note.clone(), |most| format!("{note}, at most {}", format::money(most, currency)))
}

fn rpo_note(answer: &TopologyAnswer) -> String {
    match answer.rpo.basis {
        RpoBasis::Replication if answer.rpo.p95.is_none() => String::new(),
        RpoBasis::Replication => {
            let [p95, max] = [answer.rpo.p95, answer.rpo.max].map(|time| format::duration_or(time, "unbounded"));
            // The badge and the verdict say which target is met in the model alone.
            let shown = match (&answer.rpo.measured, answer.rpo.provable) {
                (Some(it), _) if it.writes.is_some() => format!("{}; ", words::shown(&answer.rpo)),
                (Some(it), _) => format!("measured P95, at most {}; ", format::duration(it.max)),
                (None, Some(_)) => "by metrics; ".to_owned(),
                (None, None) => String::new(),
            };
            format!("{shown}modelled P95 {p95}, at most {max}")
        }
        other => words::without_replica(other).to_owned(),
    }
}
