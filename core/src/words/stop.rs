//! Why a path of the horizon ends.

use super::misfit::misfits;
use crate::model::horizon::StopReason;

impl StopReason {
    /// In sentences: "Premium retires on 2028-09-30 and no group can follow. No size fits. …"
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::NotPossible(lacking) => misfits(lacking),
            Self::RetiredBefore(date) => format!("Premium retired on {date}, before the plan starts."),
            Self::NothingFollows { retires, group } => {
                let why = format!("Premium retires on {retires} and no group can follow. {}", misfits(group));
                why.trim_end().to_owned()
            }
        }
    }
}
