//! Windows and frequencies that a metric alert can have.

use crate::units::Secs;

/// One of the windows of Azure Monitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window(usize);

/// Minutes, name in a command, ISO 8601 name.
const WINDOWS: [(f64, &str, &str); 8] = [
    (1.0, "1m", "PT1M"),
    (5.0, "5m", "PT5M"),
    (15.0, "15m", "PT15M"),
    (30.0, "30m", "PT30M"),
    (60.0, "1h", "PT1H"),
    (360.0, "6h", "PT6H"),
    (720.0, "12h", "PT12H"),
    (1_440.0, "24h", "P1D"),
];

impl Window {
    /// A minute.
    pub const MINUTE: Self = Self(0);
    /// Five minutes.
    pub const FIVE: Self = Self(1);
    /// A quarter of an hour.
    pub const QUARTER: Self = Self(2);
    /// A day: the longest.
    pub const DAY: Self = Self(WINDOWS.len() - 1);

    /// The longest window that is not longer than this time; `None` below one minute.
    #[must_use]
    pub fn within(time: Secs) -> Option<Self> {
        let fits = |at: &usize| WINDOWS[*at].0 <= time.as_mins() + 1e-9;
        (0..WINDOWS.len()).rev().find(fits).map(Self)
    }

    /// The shortest window that holds this time; a day for what is longer.
    #[must_use]
    pub fn holding(time: Secs) -> Self {
        let holds = |at: &usize| WINDOWS[*at].0 >= time.as_mins() - 1e-9;
        (0..WINDOWS.len()).find(holds).map_or(Self::DAY, Self)
    }

    /// How long it is.
    #[must_use]
    pub fn time(self) -> Secs {
        Secs::mins(WINDOWS[self.0].0)
    }

    /// "15m": as a command takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        WINDOWS[self.0].1
    }

    /// "PT15M": as templates take it.
    #[must_use]
    pub const fn iso(self) -> &'static str {
        WINDOWS[self.0].2
    }

    /// How often it is looked at: each minute up to five, else every five.
    #[must_use]
    pub fn frequency(self) -> Self {
        if self <= Self::FIVE { Self::MINUTE } else { Self::FIVE }
    }
}
