//! The price of a node that a person enters.

use crate::fields::{Asked, input_id, onfocus, onmousedown, use_checked_text};
use crate::state::{Action, use_act, use_session};
use dr_core::catalog::{RegionId, SkuId};
use dr_core::plan::{PriceOverride, read_own_price};
use dr_core::units::Currency;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub(super) struct OwnPriceProps {
    pub(super) sku: SkuId,
    pub(super) region: RegionId,
    pub(super) label: AttrValue,
}

/// The box of a node's own price, which sets `pricing.overrides`: it stands where a line opens, and where a missing price is told.
#[component]
pub(super) fn OwnPrice(props: &OwnPriceProps) -> Html {
    let session = use_session();
    let act = use_act();
    let (sku, region) = (props.sku.clone(), props.region.clone());
    let own = session.plan.pricing.overrides.iter().find(|price| price.sku == sku && price.region == region);
    let currency = session.plan.typing_currency(session.catalog.currency());
    let shown = own.map(|price| price.per_node_hour.as_decimal().to_string()).unwrap_or_default();
    let known = session.catalog.node_amount(&sku, &region).is_some();
    let placeholder = if known { "from the catalogue" } else { "no price" };
    let typed = use_checked_text();
    let id = input_id(&format!("price.{}.{}", props.sku.as_str(), props.region.as_str()));
    let onchange = typed.onasked(&session, &act, in_plan(&shown, currency), move |text| {
        let (sku, region) = (sku.clone(), region.clone());
        Asked::new(move || set_own_price(&text, sku.clone(), region.clone(), currency))
    });
    let bad = typed.is_refused();
    html! {
        <div class="own-price">
            <label for={id.clone()}>{ &props.label }</label>
            <span class={classes!("q", bad.then_some("bad"))}>
                <input id={id.clone()} type="text" inputmode="decimal" autocomplete="off" data-field="pricing.overrides" value={typed.shown(shown)} placeholder={placeholder}
                    aria-invalid={bad.then_some("true")} aria-describedby={typed.described_by(&id)}
                    oninput={typed.oninput()} onkeydown={typed.onkeydown()} {onchange} onfocus={onfocus()} onmousedown={onmousedown()} />
                <span class="unit">{ format!("{}/h", currency.sign().unwrap_or(currency.code())) }</span>
            </span>
            { typed.says(&id) }
        </div>
    }
}

/// What the plan has while a text is refused.
fn in_plan(shown: &str, currency: Currency) -> String {
    if shown.is_empty() { String::new() } else { format!("{shown} {}/h", currency.sign().unwrap_or(currency.code())) }
}

pub(super) fn set_own_price(text: &str, sku: SkuId, region: RegionId, currency: Currency) -> Action {
    let price = match read_own_price(text, currency) {
        Ok(price) => price,
        Err(said) => return Action::Refuse(said),
    };
    Action::edit("pricing.overrides", move |plan| {
        plan.pricing.overrides.retain(|own| own.sku != sku || own.region != region);
        plan.pricing.overrides.extend(price.map(|per_node_hour| PriceOverride { sku, region, per_node_hour }));
        plan.amounts_are_in(currency);
    })
}
