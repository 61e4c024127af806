//! Charges that exports have by the day and by the month.

use crate::estate::costs::charges::{ChargeOf, CostMeter, Spent};
use crate::units::calendar::days_in;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

type Lines = Vec<(ChargeOf, Spent)>;

/// Each charge once: of a longer one and the days in it those that come to more. A longer one of fewer units than one of its days is
/// another charge, as the purchase of a reservation is.
pub(in crate::estate) fn charged_once(lines: Lines) -> Lines {
    let mut meters: BTreeMap<(String, String, bool), Lines> = BTreeMap::new();
    for (of, spent) in lines {
        let meter = (of.resource.clone(), of.name.clone(), of.committed);
        meters.entry(meter).or_default().push((of, spent));
    }
    let mut once: Lines = meters.into_values().flat_map(of_a_meter).collect();
    once.sort_by(|one, other| one.0.cmp(&other.0));
    once
}

/// The charges of one meter in a month: at most one for each of its days and lengths.
fn of_a_meter(mut lines: Lines) -> Lines {
    spread(&mut lines);
    let mut longer: Vec<ChargeOf> = lines.iter().filter(|it| it.0.days > 1).map(|it| it.0.clone()).collect();
    longer.sort_by_key(|it| it.days);
    for whole in longer {
        let Some(own) = lines.iter().find(|it| it.0 == whole).map(|it| it.1) else { continue };
        let sum = |of: fn(&Spent) -> Decimal| {
            lines.iter().filter(|it| is_inside(&it.0, &whole)).map(|it| of(&it.1)).sum::<Decimal>()
        };
        let (quantity, days) = (sum(|it| it.quantity), sum(|it| it.effective));
        let inside = lines.iter().filter(|it| is_inside(&it.0, &whole));
        // A month so far that was saved earlier has fewer units than its days, and more than any of them.
        let most = inside.map(|it| it.1.quantity).max().unwrap_or_default();
        if quantity <= Decimal::ZERO || most > own.quantity {
            continue;
        }
        if days > own.effective {
            lines.retain(|it| it.0 != whole);
        } else {
            lines.retain(|it| !is_inside(&it.0, &whole));
        }
        let left = lines.iter_mut().find(|it| it.0 == whole || is_inside(&it.0, &whole));
        if let Some((_, spent)) = left {
            spent.contested |= (days - own.effective).abs() > Decimal::new(1, 2);
        }
    }
    lines
}

/// Takes a charge of the first day for one of the month where it has the units of all other days, and is of hours, of which a day has no
/// more than another, or another file has less for that day: some exports give the month its first day alone.
fn spread(lines: &mut Lines) {
    let others = || lines.iter().filter(|it| it.0.days == 1 && it.0.from.day() > 1);
    let (count, quantity) = (others().count(), others().map(|it| it.1.quantity).sum::<Decimal>());
    let is_month = |(of, spent): &&mut (ChargeOf, Spent)| {
        let is_hours = [CostMeter::Nodes, CostMeter::Pairs, CostMeter::EndpointHours].contains(&of.meter);
        let is_first = of.days == 1 && of.from.day() == 1 && (spent.contested || is_hours);
        is_first && count >= MOST_OF_A_MONTH && quantity > Decimal::ZERO && spent.quantity >= quantity
    };
    if let Some((of, _)) = lines.iter_mut().find(is_month) {
        of.days = u32::try_from(days_in(i64::from(of.from.year()), i64::from(of.from.month()))).unwrap_or(1);
    }
}

/// So many other days are no coincidence.
const MOST_OF_A_MONTH: usize = 7;

/// True for a charge whose days are among those of a longer one.
fn is_inside(one: &ChargeOf, whole: &ChargeOf) -> bool {
    let ends = |of: &ChargeOf| (u32::from(of.from.day()), u32::from(of.from.day()) + of.days);
    one.days < whole.days && ends(one).0 >= ends(whole).0 && ends(one).1 <= ends(whole).1
}
