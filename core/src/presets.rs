//! The six published cases, for tests.

pub(crate) const PRESETS: [&str; 6] = [
    include_str!("../../public/plans/tax-filing.json"),
    include_str!("../../public/plans/enrolment.json"),
    include_str!("../../public/plans/marine-logistics.json"),
    include_str!("../../public/plans/gaming-leaderboard.json"),
    include_str!("../../public/plans/travel-booking.json"),
    include_str!("../../public/plans/energy-trading.json"),
];
