//! Figures that a person tries without changing the plan: what the sliders of an outage are at.

use super::{Field, Plan, field};
use crate::units::Currency;

/// Some figures of a plan at other values. It does not hold the plan: whatever the plan becomes, the tried figures stand over it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Variation {
    /// Path and value in base units, in the order in which they were first tried.
    figures: Vec<(&'static str, f64)>,
    acts: Option<bool>,
}

impl Variation {
    /// Tries a value in base units. A path that is no field, or a value outside its bounds, changes nothing.
    pub fn try_figure(&mut self, path: &str, value: f64) {
        let Some(field) = field(path).filter(|field| field.check(value).is_ok()) else { return };
        match self.figures.iter_mut().find(|(path, _)| *path == field.path) {
            Some((_, tried)) => *tried = value,
            None => self.figures.push((field.path, value)),
        }
    }

    /// Tries that somebody acts in the outage, or nobody.
    pub const fn try_acts(&mut self, acts: bool) {
        self.acts = Some(acts);
    }

    /// The plan with the tried figures in place of its own; bounds hold, the plan itself stays.
    #[must_use]
    pub fn over(&self, plan: &Plan) -> Plan {
        let mut varied = plan.clone();
        for (field, value) in self.fields() {
            (field.set)(&mut varied, Some(value));
        }
        varied.outage.acts = self.acts.unwrap_or(plan.outage.acts);
        varied
    }

    /// Each difference from the plan in words: "Writes 7,900/s instead of 5,000/s", and where the plan leaves a figure open, "Length of
    /// the outage 2 h instead of 4 h, derived" with what `derived` gives for its path (`model::outage_simulation::derived`). Empty where nothing
    /// differs.
    #[must_use]
    pub fn differences(&self, plan: &Plan, derived: fn(&Plan, &str) -> Option<f64>) -> Vec<String> {
        let words = |(field, tried): (&'static Field, f64)| {
            let own = (field.get)(plan);
            difference(field, own.or_else(|| derived(plan, field.path)), own.is_none(), tried)
        };
        let mut said: Vec<String> = self.fields().filter_map(words).collect();
        match self.acts {
            Some(true) if !plan.outage.acts => said.push("The operator acts; in the plan nobody does".to_owned()),
            Some(false) if plan.outage.acts => said.push("Nobody acts, in the plan somebody does".to_owned()),
            _ => {}
        }
        said
    }

    /// The differences as one sentence; `None` where nothing differs: the page shows the plan.
    #[must_use]
    pub fn sentence(&self, plan: &Plan, derived: fn(&Plan, &str) -> Option<f64>) -> Option<String> {
        let differences = self.differences(plan, derived);
        (!differences.is_empty()).then(|| {
            format!("What if: {}. The plan, its verdict and its link stay as they are.", differences.join("; "))
        })
    }

    fn fields(&self) -> impl Iterator<Item = (&'static Field, f64)> {
        self.figures.iter().filter_map(|(path, value)| field(path).map(|field| (field, *value)))
    }
}

fn difference(field: &Field, own: Option<f64>, derived: bool, tried: f64) -> Option<String> {
    if own.is_some_and(|own| own.to_bits() == tried.to_bits()) {
        return None;
    }
    let printed = |value: f64| field.print_exactly(value, Currency::USD);
    let own = own.map_or_else(|| "none".to_owned(), printed);
    let from = if derived { ", derived" } else { "" };
    Some(format!("{} {} instead of {own}{from}", field.label, printed(tried)))
}

/// The stops of a slider over a field from a tenth to ten times its value: figures of two digits within the field's bounds, so
/// that each stop is another value. A field at 0 has a stop there, and the others up to 1,000 of its units.
#[must_use]
pub fn stops(field: &Field, value: f64) -> Vec<f64> {
    let size = field.dimension.units().iter().find(|(name, _)| *name == field.unit).map_or(1.0, |(_, size)| *size);
    let (low, high) = if value > 0.0 { (value / 10.0, value * 10.0) } else { (size, size * 1e3) };
    let zero = (value <= 0.0).then_some(0.0);
    let mut decade = libm::pow(10.0, libm::floor(libm::log10(low)));
    let mut stops: Vec<f64> = zero.into_iter().collect();
    while decade <= high {
        stops.extend((10..100).map(|digits| decade / 10.0 * f64::from(digits)));
        decade *= 10.0;
    }
    let near = |stop: &f64| *stop == 0.0 || (low * (1.0 - 1e-9)..=high * (1.0 + 1e-9)).contains(stop);
    stops.retain(|stop| near(stop) && field.check(*stop).is_ok());
    stops
}

/// The stop nearest to a value; 0 without stops.
#[must_use]
pub fn nearest(stops: &[f64], value: f64) -> usize {
    let far = |at: usize| libm::fabs(stops[at] - value);
    (0..stops.len()).reduce(|best, at| if far(at) < far(best) { at } else { best }).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::outage_simulation::derived;
    use crate::plan::check;
    use crate::units::{Bytes, OpsPerSec, Secs};

    #[test]
    fn what_is_tried_stands_over_the_plan_and_says_so() {
        let plan = Plan::default();
        let mut variation = Variation::default();
        assert_eq!((variation.over(&plan), variation.sentence(&plan, derived)), (plan.clone(), None));
        variation.try_figure("workload.writes", 6_000.0);
        variation.try_figure("workload.dataset", 27e9);
        variation.try_figure("workload.writes", 7_900.0);
        variation.try_figure("outage.length", 7_200.0);
        variation.try_acts(false);
        let varied = variation.over(&plan);
        assert_eq!(varied.workload.writes, OpsPerSec::per_s(7_900.0));
        assert_eq!(varied.workload.dataset, Bytes::gb(27.0));
        assert_eq!((varied.outage.length, varied.outage.acts), (Some(Secs::hours(2.0)), false));
        assert_eq!(check(&varied), []);
        let said = variation.sentence(&plan, derived).expect("a difference").replace('\u{a0}', " ");
        assert_eq!(
            said,
            "What if: Writes 7,900/s instead of 5,000/s; Data today 27 GB instead of 10 GB; Length of the outage 2 h \
             instead of 4 h, derived; Nobody acts, in the plan somebody does. The plan, its verdict and its link \
             stay as they are."
        );
        assert_eq!(variation.differences(&varied, derived), Vec::<String>::new(), "applied, nothing differs");
    }

    #[test]
    fn what_no_field_can_hold_is_not_tried() {
        let mut variation = Variation::default();
        for (path, value) in [("workload.colour", 1.0), ("workload.writes", -1.0), ("workload.writes", f64::NAN)] {
            variation.try_figure(path, value);
        }
        assert_eq!(variation, Variation::default());
    }

    /// A step of the slider is another text: its first step used to round back to where it was.
    #[test]
    fn each_stop_is_another_value() {
        for path in ["workload.dataset", "workload.writes"] {
            let field = field(path).expect("a field");
            for value in [10.0, 26.35, 99.0, 1_234.0, 1e6] {
                let value = if path == "workload.dataset" { value * 1e7 } else { value };
                let stops = stops(field, value);
                assert!(stops.len() > 150, "{path} {value}: {}", stops.len());
                for pair in stops.windows(2) {
                    assert!(pair[1] > pair[0] && field.print(pair[0]) != field.print(pair[1]), "{path}: {pair:?}");
                }
                let at = nearest(&stops, value);
                assert!((stops[at] / value - 1.0).abs() < 0.05, "{path} {value}: {}", stops[at]);
            }
        }
        let writes = field("workload.writes").expect("a field");
        assert_eq!(stops(writes, 0.0).first(), Some(&0.0));
        assert_eq!(nearest(&[], 5.0), 0);
    }
}
