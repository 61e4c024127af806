//! Why rows of a sheet are left out.

use serde::{Deserialize, Serialize};

/// Why a row was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOut {
    /// It is no row of the price list: a field is missing or of another kind.
    Broken,
    /// Its meter is none that a plan is billed on.
    Foreign,
    /// Its region or size is none of the catalogue's.
    UnknownPlace,
    /// It prices another unit or term than is billed.
    OtherUnit,
    /// A price of development and test subscriptions.
    DevTest,
    /// A savings plan's price: the planner does not model savings plans.
    SavingsPlan,
    /// A currency other than that of most prices.
    OtherCurrency,
    /// A price of 0 that is no allowance before a paid tier.
    Free,
    /// A tiered price whose first tier is missing in the sheet.
    NoFirstTier,
    /// Another row of the same meter is taken.
    Superseded,
    /// It takes effect after the first day of the plan.
    NotYet,
    /// It ended before the first day of the plan.
    Ended,
}

impl LeftOut {
    /// Every reason, in the order in which they are told; a sheet that an earlier release kept names them by their places here.
    pub(super) const ALL: [Self; 12] = [
        Self::Broken,
        Self::Foreign,
        Self::UnknownPlace,
        Self::OtherUnit,
        Self::DevTest,
        Self::SavingsPlan,
        Self::OtherCurrency,
        Self::Free,
        Self::NoFirstTier,
        Self::Superseded,
        Self::NotYet,
        Self::Ended,
    ];

    /// The reason in words, for "12 rows: …".
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Broken => "not readable as a price row",
            Self::Foreign => "of other services or meters",
            Self::UnknownPlace => "of a size or region that the catalogue does not have",
            Self::OtherUnit => "for another unit or term than is billed",
            Self::DevTest => "for development and test subscriptions",
            Self::SavingsPlan => "of savings plans, which the planner does not model",
            Self::OtherCurrency => "in another currency than most of the sheet’s prices",
            Self::Free => "at a price of 0, which is not taken",
            Self::NoFirstTier => "of a tiered price whose first tier is missing in the sheet",
            Self::Superseded => "superseded by another row of the same meter: newer, dearer, or of the single node",
            Self::NotYet => "that take effect after the plan’s start",
            Self::Ended => "that ended before the plan’s start",
        }
    }
}

/// "3 of other services or meters; 1 at a price of 0, which is not taken".
pub(super) fn in_words(left_out: &[(LeftOut, u32)]) -> String {
    let counted: Vec<String> = left_out.iter().map(|(reason, rows)| format!("{rows} {}", reason.as_str())).collect();
    counted.join("; ")
}
