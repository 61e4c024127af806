//! How often a region goes down, and what that costs the business.

use super::section::folded;
use crate::fields::{NumberField, ranges};
use yew::prelude::*;

pub(super) fn outages() -> Html {
    let inputs = html! {
        <>
            { ranges(&["outages.per_year", "outages.duration"]) }
            <NumberField path="outages.downtime_hour" derived="unknown" from="beside the bill" />
            <NumberField path="outages.million_reads" derived="unknown" from="beside the bill" />
        </>
    };
    folded("Outages", "assumption", inputs)
}
