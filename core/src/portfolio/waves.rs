//! When each plan of a portfolio moves, so that all are done in time (M-18).

use super::{Move, Row};
use crate::catalog::Service;
use crate::model::cost::Total;
use crate::units::{Date, format};

/// No wave plan is longer: 20 years.
const MOST_MONTHS: u32 = 240;

/// The moves of a portfolio, month by month.
#[derive(Debug, Clone, PartialEq)]
pub struct Waves {
    /// First day of the first month.
    pub from: Date,
    /// The months, until the last old cache is gone and the last service has ended.
    pub months: Vec<WaveMonth>,
    /// The services that end, the nearest first.
    pub deadlines: Vec<Deadline>,
    /// Deployments in the order of their moves, by their place among the rows, with the month in which each begins, from 1.
    pub order: Vec<(usize, u32)>,
    /// Those that begin after the latest day on which their path may.
    pub late: Vec<usize>,
}

/// One month of them.
#[derive(Debug, Clone, PartialEq)]
pub struct WaveMonth {
    /// From 1.
    pub number: u32,
    /// Its first day.
    pub starts: Date,
    /// The rows whose move begins, with its preparation.
    pub begin: Vec<usize>,
    /// Nodes of those whose new caches do not run yet.
    pub old: Total,
    /// Nodes of those whose new caches run.
    pub new: Total,
    /// Old nodes beside their successors.
    pub twice: Total,
}

impl WaveMonth {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> Total {
        self.old.clone() + &self.new + &self.twice
    }
}

/// One service that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Which.
    pub service: Service,
    /// Its last day.
    pub last_day: Date,
    /// The month in which that falls, from 1; 0 before the first.
    pub month: u32,
    /// How many deployments are due.
    pub deployments: usize,
    /// The last month in which one of them may begin; 0 where it is too late for all.
    pub last_begin: u32,
    /// How many moves begin a month while these are moved.
    pub per_month: usize,
}

/// The wave plan of evaluated rows (M-18): the nearest end of a service first, then the least at stake, then the lowest cost.
///
/// A move takes its preparation, then the months side by side. The pace is the lowest at which nobody is late: over all deadlines the largest `deployments due ÷ months left`, rounded up, until
/// that deadline; then the same of the rest. `most` a month replaces it. It begins on `from`, else on the first day of the earliest
/// plan. `None` where nothing has to move.
#[must_use]
pub fn waves(rows: &[Row], from: Option<Date>, most: Option<u32>) -> Option<Waves> {
    let mut moves: Vec<(usize, &Move)> =
        rows.iter().enumerate().filter_map(|(at, row)| Some((at, row.moves.as_ref()?))).collect();
    let from = from.or_else(|| moves.iter().map(|(_, it)| it.starts).min())?;
    moves.sort_by_key(|(at, it)| (it.last_day, it.risk, it.old.at_least(), *at));
    let mut deadlines = deadlines(&moves, from);
    let begins = match most {
        Some(most) => paced(&mut deadlines, &moves, most.max(1) as usize),
        None => levelled(&mut deadlines),
    };
    let order: Vec<(usize, u32)> = moves.iter().zip(&begins).map(|((at, _), month)| (*at, *month)).collect();
    let placed: Vec<(usize, &Move, u32)> =
        moves.iter().zip(begins).map(|((at, it), month)| (*at, *it, month)).collect();
    let done = |(_, it, begin): &(usize, &Move, u32)| begin.saturating_add(it.takes().saturating_sub(1));
    let late = placed.iter().filter(|it| it.2 > month_of(from, it.1.begin_by)).map(|it| it.0).collect();
    let end = placed.iter().map(done).chain(deadlines.iter().map(|it| it.month)).max().unwrap_or(1);
    let months = (1..=end.clamp(1, MOST_MONTHS)).map(|number| month(number, from, &placed)).collect();
    Some(Waves { from, months, deadlines, order, late })
}

/// The month in which a day falls, from 1; 0 for a day before the first.
fn month_of(from: Date, day: Date) -> u32 {
    if day < from { 0 } else { from.months_until(day) + 1 }
}

/// By service, in the order of the moves.
fn deadlines(moves: &[(usize, &Move)], from: Date) -> Vec<Deadline> {
    let mut all: Vec<Deadline> = Vec::new();
    for (_, it) in moves {
        let month = month_of(from, it.last_day);
        // A move begins on the first day of its month: months that are counted whole round the days away.
        let last_begin = month_of(from, it.begin_by);
        match all.iter_mut().find(|end| end.last_day == it.last_day) {
            Some(end) => {
                end.deployments += 1;
                end.last_begin = end.last_begin.min(last_begin);
            }
            None => all.push(Deadline {
                service: it.service,
                last_day: it.last_day,
                month,
                deployments: 1,
                last_begin,
                per_month: 0,
            }),
        }
    }
    all
}

/// The month of each move at the lowest pace at which nobody is late: the deadline that asks for the highest pace sets it until it has
/// passed. What cannot be in time begins at once.
fn levelled(deadlines: &mut [Deadline]) -> Vec<u32> {
    let (mut begins, mut after) = (Vec::new(), 0_u32);
    let mut left = &mut deadlines[..];
    while !left.is_empty() {
        let mut due = 0;
        let mut hardest = (0, 0, 0);
        for (at, end) in left.iter().enumerate() {
            due += end.deployments;
            let months = end.last_begin.saturating_sub(after) as usize;
            let pace = if months == 0 { due } else { due.div_ceil(months) };
            if pace >= hardest.0 {
                hardest = (pace, at, due);
            }
        }
        let (pace, last, count) = hardest;
        let (now, rest) = left.split_at_mut(last + 1);
        let mut month = after;
        for place in 0..count {
            if place % pace.max(1) == 0 {
                month += 1;
            }
            begins.push(month);
        }
        for end in now.iter_mut() {
            end.per_month = pace;
        }
        after = month;
        left = rest;
    }
    begins
}

/// So many a month from the first on.
fn paced(deadlines: &mut [Deadline], moves: &[(usize, &Move)], most: usize) -> Vec<u32> {
    for end in deadlines {
        end.per_month = most.min(moves.len());
    }
    (0..moves.len()).map(|place| u32::try_from(place / most).unwrap_or(u32::MAX).saturating_add(1)).collect()
}

fn month(number: u32, from: Date, placed: &[(usize, &Move, u32)]) -> WaveMonth {
    let (mut old, mut new, mut twice) = (Total::default(), Total::default(), Total::default());
    for (_, it, begin) in placed {
        let runs = begin.saturating_add(it.prepare);
        if number < runs {
            old += &it.old;
            continue;
        }
        new += &it.new;
        if number - runs < it.beside {
            twice += &it.twice_in(number - runs);
        }
    }
    let begin = placed.iter().filter(|(.., begin)| *begin == number).map(|(at, ..)| *at).collect();
    WaveMonth { number, starts: from.plus_months(number - 1), begin, old, new, twice }
}

impl Waves {
    /// "14 deployments move: 3 a month until 2027-03-31, then 1 a month until 2028-09-30." Those that are too late are counted; where all
    /// are, no pace is named.
    #[must_use]
    pub fn words(&self) -> String {
        let all = format::counted(self.order.len(), "deployment");
        let verb = if self.order.len() == 1 { "moves" } else { "move" };
        if !self.order.is_empty() && self.late.len() == self.order.len() {
            let ends: Vec<String> = self.deadlines.iter().map(|end| end.last_day.to_string()).collect();
            let it = if self.order.len() == 1 { "it ends" } else { "all end" };
            return format!("{all} {verb} too late: {it} after {}, whatever the pace.", ends.join(" or "));
        }
        let pace =
            |end: &Deadline| format!("{} a month to be done by {}", format::count(end.per_month as f64), end.last_day);
        let paces: Vec<String> = self.deadlines.iter().map(pace).collect();
        let late = match self.late.len() {
            0 => String::new(),
            count => format!("; {} of them too late", format::count(count as f64)),
        };
        format!("{all} {verb}: {}{late}.", paces.join(", then "))
    }
}
