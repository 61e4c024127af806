//! The plan's outage from event to event: memory and live data of every member, and what is at risk (M-07).

use super::outage::thresholds;
use super::{Axis, Band, Chart, Ink, Line, LinePlot, Mark, Plot, Table, Unit, at_risk, outage_marks, says};
use crate::catalog::Catalog;
use crate::model::Topology;
use crate::model::outage_simulation::{EventKind, Log, MemberState, Timestamp, WhatIf, decision, length};
use crate::model::runway::Deadline;
use crate::plan::Plan;
use crate::report::Span;
use crate::report::outage_log::outage_log;
use crate::rules::act_by::{act_by, other_deadlines};
use crate::units::format;
use crate::units::{Bytes, Ratio, Secs};

/// Points of a line; the events are added to them.
const POINTS: u32 = 120;

/// Used memory of every member's fullest shard, in percent of what that can use, and live data below it over the same time.
///
/// Members that are alike share a line; a lost region's is grey at its last value. Where somebody acts, the first
/// survivor's memory with nobody acting stands beside it. The band behind is that survivor's memory from all coefficients
/// at their low end to all at their high end. What exists in one region only stands below over the same time, where
/// anything does. The x axis ends with the last event of both, at most a month.
#[must_use]
pub fn timeline_chart(plan: &Plan, catalog: &Catalog, what_if: &WhatIf) -> Chart {
    let drawn = Drawn::of(plan, catalog, what_if);
    let x = Axis::until("time since the outage began", Unit::Time, drawn.end.as_secs(), 9);
    let live_lines = drawn.lines(live);
    let most = live_lines.iter().flat_map(|line| &line.points).fold(100.0, |most: f64, point| most.max(point.1));
    let y = Axis::covering("live data, % of that at the loss", Unit::Percent, most, 2);
    let live_plot = LinePlot {
        x: x.clone(),
        y: Axis { to: y.to.max(most), ..y },
        lines: live_lines,
        bands: Vec::new(),
        marks: Vec::new(),
    };
    let risk_plot = at_risk::pane(x.clone(), drawn.at_risk());
    let used_plot = LinePlot {
        x,
        y: Axis { to: 108.0, ..Axis::until("used memory, % of what is usable", Unit::Percent, 100.0, 5) },
        lines: drawn.lines(used),
        bands: drawn.band().into_iter().collect(),
        marks: drawn.marks(),
    };
    Chart {
        id: "outage-timeline",
        title: format!("{}: what happens, and until when a person must act", drawn.what()),
        says: drawn.sentence(),
        caption: drawn.caption(),
        plot: Plot::Lines([used_plot, live_plot].into_iter().chain(risk_plot).collect()),
        table: drawn.table(),
    }
}

/// Members whose memory is alike at every event.
struct Alike {
    name: String,
    /// The first of them.
    member: usize,
    ink: Ink,
}

struct Drawn<'a> {
    plan: &'a Plan,
    catalog: &'a Catalog,
    what_if: &'a WhatIf,
    log: &'a Log,
    alike: Vec<Alike>,
    end: Secs,
}

/// Percent of the fullest shard's limit; a log goes on in straight lines after its last event, but memory ends at 100 %.
fn used(log: &Log, state: &MemberState) -> f64 {
    let limit = log.limits[0].usable.max(Bytes::bytes(1.0));
    Ratio::fraction((state.classes[0].used.now / limit).clamp(0.0, 1.0)).as_percent()
}

/// Percent of the live data that a member had at the loss; 0 where it had none.
fn live(log: &Log, state: &MemberState) -> f64 {
    let of = |state: &MemberState| state.classes[0].live.now + state.classes[1].live.now;
    let before = log.snapshots.first().and_then(|first| first.members.first()).map_or(Bytes::ZERO, of);
    if before > Bytes::ZERO { Ratio::fraction((of(state) / before).max(0.0)).as_percent() } else { 0.0 }
}

impl<'a> Drawn<'a> {
    fn of(plan: &'a Plan, catalog: &'a Catalog, what_if: &'a WhatIf) -> Self {
        let log = &what_if.own(plan).log;
        let end = at_risk::axis_end(what_if.acts.log.end().max(what_if.never.log.end()));
        let mut drawn = Self { plan, catalog, what_if, log, alike: Vec::new(), end };
        drawn.alike = drawn.alike();
        drawn
    }

    fn name(&self, member: usize) -> &'a str {
        // A group's members each have a region of their own.
        self.plan.regions.get(member).map_or("", |share| self.catalog.region_name(&share.region))
    }

    /// "East US", "East US and West US": the regions that the scenario takes away.
    fn lost(&self) -> String {
        let mut members: Vec<usize> = Vec::new();
        for event in &self.log.events {
            let lost = matches!(event.kind, EventKind::RegionLost | EventKind::Partitioned);
            if let Some(member) = event.member.filter(|member| lost && !members.contains(member)) {
                members.push(member);
            }
        }
        format::listed(&members.iter().map(|member| self.name(*member)).collect::<Vec<_>>())
    }

    /// "East US is lost", "East US and UK South are cut off".
    fn what(&self) -> String {
        let cut = self.log.first(EventKind::RegionLost, None).is_none();
        let lost = self.lost();
        let is = if lost.contains(" and ") { "are" } else { "is" };
        format!("{lost} {is} {}", if cut { "cut off" } else { "lost" })
    }

    /// Two members whose lines lie on each other.
    fn same(&self, a: usize, b: usize) -> bool {
        self.log.snapshots.iter().all(|snapshot| {
            let (Some(a), Some(b)) = (snapshot.members.get(a), snapshot.members.get(b)) else { return false };
            let near = |of: fn(&Log, &MemberState) -> f64| (of(self.log, a) - of(self.log, b)).abs() < 1e-3;
            a.phase == b.phase && near(used) && near(live)
        })
    }

    /// Survivors first, then what is lost; members that are the same throughout are one.
    fn alike(&self) -> Vec<Alike> {
        let Some(first) = self.log.snapshots.first() else { return Vec::new() };
        let mut groups: Vec<(usize, Vec<&str>)> = Vec::new();
        for member in 0..first.members.len() {
            match groups.iter_mut().find(|(other, _)| self.same(*other, member)) {
                Some((_, names)) => names.push(self.name(member)),
                None => groups.push((member, vec![self.name(member)])),
            }
        }
        let mut alike: Vec<(u8, Alike)> = groups.iter().map(|(member, names)| self.inked(*member, names)).collect();
        alike.sort_by_key(|it| it.0);
        alike.into_iter().map(|(_, alike)| alike).collect()
    }

    fn inked(&self, member: usize, names: &[&str]) -> (u8, Alike) {
        let names = format::listed(names);
        let has = |kind| self.log.first(kind, Some(member)).is_some();
        let (rank, name, ink) = if has(EventKind::RegionLost) {
            (2, format!("{names} (lost)"), Ink::Quiet)
        } else if has(EventKind::Partitioned) {
            (1, format!("{names} (cut off)"), Ink::Strong)
        } else {
            (0, names, Ink::Topology(Topology::Active))
        };
        (rank, Alike { name, member, ink })
    }

    /// The first of the survivors; `None` where nobody is left.
    fn survivor(&self) -> Option<&Alike> {
        self.alike.first().filter(|first| first.ink != Ink::Quiet)
    }

    /// A line for each member that differs, and one for the first with nobody acting, where that is another.
    fn lines(&self, of: fn(&Log, &MemberState) -> f64) -> Vec<Line> {
        let line = |alike: &Alike| Line {
            label: alike.name.clone(),
            ink: alike.ink,
            points: self.points(self.log, alike.member, of),
        };
        let mut lines: Vec<Line> = self.alike.iter().map(line).collect();
        if let Some(first) = self.survivor() {
            let points = self.points(&self.what_if.never.log, first.member, of);
            if lines.first().is_some_and(|line| line.points != points) {
                lines.push(Line { label: "nobody acts".to_owned(), ink: Ink::Warn, points });
            }
        }
        lines
    }

    /// Evenly spread, and every event, with a step where a member takes over what another holds.
    fn points(&self, log: &Log, member: usize, of: fn(&Log, &MemberState) -> f64) -> Vec<(f64, f64)> {
        let mut points: Vec<(f64, f64)> = Vec::new();
        let mut before = None::<(Timestamp, MemberState)>;
        for time in self.times(&[&self.what_if.acts.log, &self.what_if.never.log]) {
            let Some(state) = log.at(time).and_then(|snapshot| snapshot.members.get(member).copied()) else { continue };
            let value = of(log, &state);
            let x = time.as_secs().as_secs();
            if let Some((at, was)) = before {
                let reached = of(log, &was.after(time.since(at)));
                if (reached - value).abs() > 1e-6 {
                    points.push((x, reached));
                }
            }
            points.push((x, value));
            before = Some((time, state));
        }
        points
    }

    /// Evenly spread, and the events of these logs that the axis holds.
    fn times(&self, logs: &[&Log]) -> Vec<Timestamp> {
        let grid = (0..=POINTS).map(|index| Timestamp::START.after(self.end * (f64::from(index) / f64::from(POINTS))));
        let events = logs.iter().flat_map(|log| log.snapshots.iter().map(|snapshot| snapshot.at));
        let mut times: Vec<Timestamp> = grid.chain(events.filter(|at| at.as_secs() <= self.end)).collect();
        times.sort();
        times.dedup();
        times
    }

    /// Memory of the first survivor from all coefficients at their low end to all at their high end. Who evicts more has less
    /// left once all is freed, so the most likely way counts as an end too.
    fn band(&self) -> Option<Band> {
        let Alike { member, ink, .. } = *self.survivor()?;
        let [low, high] = &self.what_if.range;
        let logs = [low, self.log, high];
        let level = |log: &Log, time| log.level(member, time).map_or(0.0, |it| it.as_percent().clamp(0.0, 100.0));
        let point = |time: Timestamp| {
            let levels = logs.map(|log| level(log, time));
            let (least, most) = levels.iter().fold((100.0, 0.0), |(a, b): (f64, f64), it| (a.min(*it), b.max(*it)));
            (time.as_secs().as_secs(), least, most)
        };
        let points = self.times(&logs).into_iter().map(point).collect();
        Some(Band { label: "low – high coefficients".to_owned(), ink, points })
    }

    /// What exists in one region only, the plan's way; and with nobody acting, where that is another.
    fn at_risk(&self) -> Vec<Line> {
        let line =
            |label: &str, ink, log| Line { label: label.to_owned(), ink, points: at_risk::points(log, self.end) };
        let mut lines = vec![line("in one region only", Ink::Strong, self.log)];
        let never = line("nobody acts", Ink::Warn, &self.what_if.never.log);
        if never.points != lines[0].points {
            lines.push(never);
        }
        lines
    }

    fn marks(&self) -> Vec<Mark> {
        let mut marks: Vec<Mark> = thresholds().into();
        let mut upright = outage_marks::events(self.log, self.end, &|member| self.name(member).to_string());
        let latest = self.what_if.own(self.plan).answers.deadline.act_by.filter(|at| *at <= self.end);
        if let Some(at) = latest {
            upright.push(outage_marks::upright(at, "act by", Ink::Accent, true));
        }
        upright.sort_by(|a, b| a.at.total_cmp(&b.at));
        marks.append(&mut upright);
        marks
    }

    fn sentence(&self) -> Vec<Span> {
        let answers = &self.what_if.own(self.plan).answers;
        let Some(survivor) = answers.survivors.first() else {
            return says([&format!("{}: ", self.what()), "no member is left", " to force-unlink from."]);
        };
        if answers.deadline == Deadline::default() {
            let who = self.name(survivor.member);
            return says([&format!("Memory of {who} does not fill up: "), "there is no deadline", "."]);
        }
        let after = format!("{}.{}{}", other_deadlines(&answers.deadline), self.ends_before(), self.spare());
        says(["", &act_by(&answers.deadline), &after])
    }

    /// " This outage of 4 h ends before that."
    fn ends_before(&self) -> String {
        if self.what_if.never.log.first(EventKind::Full, None).is_some() {
            return String::new();
        }
        format!(" This outage ({}) ends before memory is full.", format::duration(length(self.plan)))
    }

    /// " This plan starts it after 15 min, 1 h 16 min before that."
    fn spare(&self) -> String {
        let starts = format::duration(decision(self.plan));
        match self.what_if.own(self.plan).answers.spare {
            None => " In this plan nobody acts.".to_owned(),
            Some(spare) if spare < Secs::ZERO => {
                format!(" This plan starts after {starts}, {} too late.", format::duration(Secs::ZERO - spare))
            }
            Some(spare) => format!(" This plan starts after {starts}, {} to spare.", format::duration(spare)),
        }
    }

    fn caption(&self) -> String {
        let answers = &self.what_if.own(self.plan).answers;
        format!(
            "Simulated over {} with most likely coefficients. Used: fullest shard, of {} usable; live: whole member. The deadline \
             assumes the worst loss, clients that move at once, the longest force-unlink and a margin. {}{}",
            format::duration(length(self.plan)),
            format::bytes(self.log.limits[0].usable),
            self.of_band(),
            at_risk::sentence(answers.at_risk, answers.at_risk_for),
        )
    }

    /// "The band spans the memory of UK South in … ."
    fn of_band(&self) -> String {
        self.survivor()
            .map_or_else(String::new, |survivor| format!("Band: {} with all coefficients low to high. ", survivor.name))
    }

    /// Memory and live data after each event, and what exists in one region only.
    fn table(&self) -> Table {
        let columns = |what: &'static str| self.alike.iter().map(move |alike| format!("{what}, {}", alike.name));
        let head = ["Time", "Event"].map(str::to_owned).into_iter();
        let risk = at_risk::any(self.log).then(|| at_risk::COLUMN.to_owned());
        let head = head.chain(columns("Used")).chain(columns("Live")).chain(risk).collect();
        let row = |line: crate::report::outage_log::LogLine| {
            let state = self.log.at(Timestamp::START.after(line.at));
            let figures = [used as fn(&Log, &MemberState) -> f64, live].into_iter().flat_map(|of| {
                let state = state.as_ref();
                self.alike.iter().map(move |alike| {
                    let member = state.and_then(|state| state.members.get(alike.member));
                    member.map_or_else(String::new, |member| format::percent(Ratio::percent(of(self.log, member))))
                })
            });
            let risk = at_risk::any(self.log).then(|| at_risk::cell(self.log, line.at));
            [line.clock.clone(), line.text.clone()].into_iter().chain(figures).chain(risk).collect()
        };
        let rows = outage_log(self.plan, self.catalog, self.log).into_iter().map(row).collect();
        Table { head, rows }
    }
}
