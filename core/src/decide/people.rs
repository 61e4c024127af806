//! Hours of people without a rate: what an hour may cost before another design is the cheaper one.

use crate::model::Topology;
use crate::model::horizon::HorizonCost;
use crate::units::{Currency, Money};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

/// The most that an hour of an engineer plausibly costs, in US dollars: an assumption, no source prints a rate. The examples take $90.
pub const MOST_AN_HOUR: i64 = 200;

/// Hours of people that no cost holds, because the plan has no rate for them, and that one design takes more of than another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HoursOpen {
    /// The design that takes more of them over the horizon.
    pub more_of: Topology,
    /// The design that it is held against.
    pub than: Topology,
    /// How many more.
    pub hours: Decimal,
    /// The rate from which on `than` costs less than `more_of`, to the next cent: `difference of costs ÷ difference of hours`. `None` where
    /// `than` is the dearer one at no rate.
    pub turns_at: Option<Money>,
    /// That rate is plausible, so that nobody can say which is the cheaper: at most [`MOST_AN_HOUR`] in US dollars; in another currency
    /// nothing is known of a rate, and any is.
    pub open: bool,
}

/// The hours that a choice and its rivals differ by (M-12): the rival that a plausible rate makes the cheaper one, at the lowest rate; else
/// the one whose hours differ most. `None` where every hour has its rate, where none differs, and where a cost is not known.
#[must_use]
pub fn hours_open<'a>(
    (choice, own): (Topology, &HorizonCost),
    rivals: impl Iterator<Item = (Topology, &'a HorizonCost)>,
    currency: Currency,
) -> Option<HoursOpen> {
    let each = rivals.filter(|(it, _)| *it != choice).filter_map(|(it, cost)| {
        let comparable = own.whole && cost.whole;
        let dearer =
            cost.total().complete().filter(|_| comparable)?.as_decimal() - own.total().complete()?.as_decimal();
        let more = own.paid.hours_without_rate() - cost.paid.hours_without_rate();
        if more.is_zero() {
            return None;
        }
        if more < Decimal::ZERO {
            return Some(HoursOpen { more_of: it, than: choice, hours: -more, turns_at: None, open: false });
        }
        let rate = dearer.checked_div(more)?.round_dp_with_strategy(2, RoundingStrategy::ToPositiveInfinity);
        let rate = rate.max(Decimal::ZERO);
        let open = currency != Currency::USD || rate <= Decimal::from(MOST_AN_HOUR);
        Some(HoursOpen { more_of: choice, than: it, hours: more, turns_at: Some(Money::new(rate)), open })
    });
    each.min_by_key(|it| (it.turns_at.is_none(), it.turns_at, std::cmp::Reverse(it.hours)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::cost::Total;

    fn cost(paid: i64, hours: i64) -> HorizonCost {
        let hours = Total::without_rate(Decimal::from(hours));
        HorizonCost { paid: Total::exactly(Money::whole(paid)) + &hours, whole: true, ..HorizonCost::default() }
    }

    fn of(own: &HorizonCost, rival: &HorizonCost, currency: Currency) -> Option<HoursOpen> {
        hours_open((Topology::Active, own), std::iter::once((Topology::Passive, rival)), currency)
    }

    /// By hand: $14,832 less and 160 hours more turn at 14,832 ÷ 160 = $92.70 an hour.
    #[test]
    fn the_rate_at_which_the_choice_turns_is_the_difference_by_the_hours() {
        let (group, pair) = (cost(40_000, 178), cost(54_832, 18));
        let open = of(&group, &pair, Currency::USD).unwrap();
        assert_eq!((open.more_of, open.than, open.hours), (Topology::Active, Topology::Passive, Decimal::from(160)));
        assert_eq!((open.turns_at, open.open), (Some(Money::new(Decimal::new(9_270, 2))), true));
    }

    /// 32,001 ÷ 160 = $200.01 an hour is more than is plausible in dollars; of another currency nobody knows.
    #[test]
    fn a_rate_beyond_the_plausible_leaves_nothing_open() {
        let (group, pair) = (cost(40_000, 160), cost(72_001, 0));
        assert!(of(&group, &cost(72_000, 0), Currency::USD).unwrap().open, "exactly $200");
        let open = of(&group, &pair, Currency::USD).unwrap();
        assert_eq!((open.turns_at, open.open), (Some(Money::new(Decimal::new(20_001, 2))), false));
        assert!(of(&group, &pair, Currency::new("EUR").unwrap()).unwrap().open);
    }

    #[test]
    fn hours_of_the_dearer_one_turn_nothing_and_equal_hours_say_nothing() {
        let open = of(&cost(40_000, 0), &cost(50_000, 160), Currency::USD).unwrap();
        assert_eq!((open.more_of, open.turns_at, open.open), (Topology::Passive, None, false));
        assert_eq!(of(&cost(40_000, 36), &cost(50_000, 36), Currency::USD), None);
        assert_eq!(of(&cost(40_000, 36), &HorizonCost { whole: false, ..cost(1, 0) }, Currency::USD), None);
    }
}
