//! Conservation: every write of a plan is stored everywhere, refused, or lost with a member that is unlinked.
//!
//! Booked from the writes themselves: who can write, where clients are and which shards refuse follow from the log's phases
//! and events, never from its rates.

use super::*;

/// Time of all clients' writes, by class of shards: 1 is a second of everybody's.
type Booked = [f64; 2];

fn plus(a: Booked, b: Booked) -> Booked {
    [a[0] + b[0], a[1] + b[1]]
}

fn minus(a: Booked, b: Booked) -> Booked {
    [a[0] - b[0], a[1] - b[1]]
}

#[derive(Clone, Copy, PartialEq)]
enum At {
    Home,
    Nowhere,
    Elsewhere,
}

struct Books<'a> {
    scene: &'a Scene,
    shares: Vec<f64>,
    clients: Vec<At>,
    full: Vec<[bool; 2]>,
    waited: Vec<bool>,
    /// What the members in sync hold.
    main: Booked,
    /// What they held when there was last more than one of them.
    shared: Booked,
    /// What each member that is not in sync held when it left, and what it took in alone.
    held: Vec<Booked>,
    own: Vec<Booked>,
    /// Memory of a member in sync: what came in, changes of others' copies included.
    offered: Booked,
    /// Stream bytes refused, each member.
    refused: Vec<Booked>,
    up: usize,
    source: Option<usize>,
}

impl<'a> Books<'a> {
    fn of(plan: &Plan, scene: &'a Scene) -> Self {
        let count = plan.regions.len();
        Self {
            scene,
            shares: plan.regions.iter().map(|region| region.writes.as_fraction()).collect(),
            clients: vec![At::Home; count],
            full: vec![[false; 2]; count],
            waited: vec![false; count],
            main: [0.0; 2],
            shared: [0.0; 2],
            held: vec![[0.0; 2]; count],
            own: vec![[0.0; 2]; count],
            offered: [0.0; 2],
            refused: vec![[0.0; 2]; count],
            up: count,
            source: Some(0),
        }
    }

    /// Memory for a second of everybody's changes.
    fn grows(&self, behind: bool) -> f64 {
        let net = self.scene.net.as_bytes_per_s() * self.scene.factor;
        if behind { net.max(0.0) + self.scene.retained.as_bytes_per_s() } else { net }
    }

    fn event(&mut self, event: &Event) {
        let Some(member) = event.member else { return };
        match event.kind {
            EventKind::RegionLost => {
                self.clients[member] = At::Nowhere;
                self.leaves(member);
            }
            EventKind::Partitioned => self.leaves(member),
            EventKind::ClientsMoved => self.clients[member] = At::Elsewhere,
            EventKind::FullSync | EventKind::CopyWaits => {
                self.waited[member] |= event.kind == EventKind::CopyWaits;
                self.leaves_home(member);
            }
            EventKind::Unlinked => {
                self.loses(member, event.bytes.unwrap());
                self.leaves_home(member);
            }
            EventKind::InSync | EventKind::CarriesOn => self.joins(member, event.kind),
            EventKind::Full | EventKind::WritesTaken => {
                let place = usize::from(event.shards == Some(ShardClass::Others));
                self.full[member][place] = event.kind == EventKind::Full;
            }
            _ => {}
        }
    }

    fn leaves_home(&mut self, member: usize) {
        if self.clients[member] == At::Home {
            self.clients[member] = At::Nowhere;
        }
    }

    fn leaves(&mut self, member: usize) {
        self.held[member] = self.main;
        if self.up == 1 && self.source == Some(member) {
            (self.held[member], self.own[member]) = (self.shared, minus(self.main, self.shared));
        }
    }

    fn loses(&mut self, member: usize, bytes: Bytes) {
        let stream = self.scene.stream.as_bytes_per_s();
        let weights = self.scene.limits.map(|limit| limit.weight);
        let own = (self.own[member][0] * weights[0] + self.own[member][1] * weights[1]) * stream;
        let late = bytes.as_bytes() - own;
        let most = stream * self.scene.lag.as_secs();
        // A copy that waits has brought a part of it.
        let part = self.waited[member] || late > -1.0 - own * 1e-9;
        assert!(part && late < most * (1.0 + 1e-9) + 1.0 + own * 1e-9, "{late} of {most}");
        self.own[member] = [0.0; 2];
    }

    fn joins(&mut self, member: usize, kind: EventKind) {
        let own = std::mem::take(&mut self.own[member]);
        self.clients[member] = At::Home;
        if kind == EventKind::CarriesOn {
            (self.main, self.shared) = (self.held[member], self.held[member]);
        } else {
            self.full[member] = [false; 2];
            let grows = self.grows(true);
            let weights = self.scene.limits.map(|limit| limit.weight);
            self.offered = plus(self.offered, [own[0] * grows * weights[0], own[1] * grows * weights[1]]);
        }
        self.main = plus(self.main, own);
    }

    fn time(&mut self, state: &Snapshot, secs: f64) {
        let up: Vec<usize> = (0..self.shares.len()).filter(|it| state.members[*it].phase == Phase::Up).collect();
        if up.len() == 1 && self.up > 1 {
            self.shared = self.main;
        }
        (self.up, self.source) = (up.len(), up.first().copied());
        let share = |wanted: At, serving: bool| -> f64 {
            let these = (0..self.shares.len()).filter(|it| self.clients[*it] == wanted && up.contains(it) == serving);
            these.map(|it| self.shares[it]).sum()
        };
        let moved = share(At::Elsewhere, false) * self.scene.rehome;
        let all = share(At::Home, true) + moved;
        let behind = state.members.iter().any(|it| it.phase.linked() && it.phase != Phase::Up);
        let grows = self.grows(behind);
        for place in 0..2 {
            let weight = self.scene.limits[place].weight;
            let refuses = |member: usize| self.full[member][place] && self.scene.limits[place].shards > 0.0;
            for (member, it) in state.members.iter().enumerate() {
                let local = match it.phase {
                    Phase::Up => self.shares[member] + moved / up.len() as f64,
                    Phase::Cut => self.shares[member],
                    _ => continue,
                };
                if refuses(member) {
                    self.refused[member][place] += self.scene.stream.as_bytes_per_s() * weight * local * secs;
                } else if it.phase == Phase::Cut {
                    self.own[member][place] += local * secs;
                }
            }
            if up.first().is_some_and(|first| !refuses(*first)) {
                self.main[place] += all * secs;
                self.offered[place] += all * secs * grows * weight;
            }
        }
    }
}

/// What was written = what is stored + what was freed + what was refused + what is lost, for memory and for live data.
#[test]
fn nothing_is_made_and_nothing_vanishes() {
    let (mut memory, mut live) = (0, 0);
    each(PLANS, |mut plan, number, cases| {
        varied(&mut plan, number);
        if number.is_multiple_of(2) {
            // Half of them write so little that nothing fills or empties.
            plan.workload.writes = plan.workload.writes * 0.02;
        }
        let scene = cases.scene(&plan);
        let log = Simulation::new(&scene).run();
        let mut books = Books::of(&plan, &scene);
        let mut events = log.events.iter().peekable();
        for pair in log.snapshots.windows(2) {
            while let Some(event) = events.next_if(|event| event.at <= pair[0].at) {
                books.event(event);
            }
            books.time(&pair[0], pair[1].at.since(pair[0].at).as_secs());
        }
        events.for_each(|event| books.event(event));
        let last = log.snapshots.last().unwrap();
        books.time(last, 0.0);
        for (member, refused) in last.members.iter().zip(&books.refused) {
            for (class, refused) in member.classes.iter().zip(refused) {
                let counted = class.refused.now.as_bytes();
                assert!((counted - refused).abs() <= 4_096.0 + 1e-6 * refused, "{counted} {refused}\n{plan:?}");
            }
        }
        // A copy that waits has brought a part; what is deleted where nothing is left frees nothing.
        let always = (0..plan.regions.len()).find(|it| scene.losses.iter().all(|loss| loss.member != *it));
        let whole = always.is_some() && plan.outage.failure == Failure::Loss;
        let waits = log.first(EventKind::CopyWaits, None).is_some() && !whole;
        let emptied = |snapshot: &Snapshot| {
            snapshot
                .members
                .iter()
                .flat_map(|it| &it.classes)
                .zip([0, 1].iter().cycle())
                .any(|(class, place)| class.live.now < Bytes::kb(64.0) && log.limits[*place].shards > 0.0)
        };
        if waits || books.up == 0 || log.snapshots.iter().any(emptied) {
            return;
        }
        let evicted = log.first(EventKind::EvictionBegins, None).is_some();
        let Some(member) = always.or(books.source.filter(|_| !evicted)) else { return };
        for place in 0..2 {
            let class = last.members[member].classes[place];
            for other in last.members.iter().filter(|other| other.phase == Phase::Up) {
                let other = other.classes[place];
                let apart = (class.used.now - other.used.now).as_bytes().abs()
                    + (class.live.now - other.live.now).as_bytes().abs();
                assert!(apart < 4_096.0 + 1e-9 * class.used.now.as_bytes(), "{class:?} {other:?}\n{plan:?}");
            }
            let weight = scene.limits[place].weight;
            let net = scene.net.as_bytes_per_s() * weight * books.main[place];
            let stored = scene.live.as_bytes() * weight + net - class.evicted.now.as_bytes();
            let now = class.live.now.as_bytes();
            assert!((stored - now).abs() <= 8_192.0 + 1e-6 * net.abs(), "{stored} {now}\n{plan:?}");
            live += 1;
            if always.is_some() {
                let start = Simulation::new(&scene).start_of()[place].as_bytes();
                let stored = start + books.offered[place] - class.drained.now.as_bytes();
                let now = class.used.now.as_bytes();
                let tolerance = 8_192.0 + 1e-6 * (books.offered[place].abs() + class.drained.now.as_bytes());
                assert!((stored - now).abs() <= tolerance, "{stored} {now}\n{plan:?}");
                memory += 1;
            }
        }
    });
    assert!(memory > PLANS / 4 && live > PLANS / 4, "{memory} {live}");
}
