//! Regions and their shares, the primary first.

use super::share::{ShareBox, ShareOf};
use crate::fields::{Asked, onfocus, onmousedown, use_checked_text};
use crate::state::{Act, Action, Mode, Session, use_act, use_session};
use dr_core::catalog::{Region, RegionId};
use dr_core::plan::{GROUP_MEMBERS, Share, read_round_trip, round_trip_text};
use dr_core::report::inputs::regions::{gap, role, round_trip};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Every region with its shares, and a way to add one.
pub(super) fn rows(session: &Session, act: &Act) -> Html {
    let regions = &session.plan.regions;
    let add = {
        let add =
            act.reform(|region: String| Action::edit("regions", move |plan| plan.add_region(RegionId::new(&region))));
        Callback::from(move |event: Event| {
            let select = event.target_unchecked_into::<HtmlSelectElement>();
            add.emit(select.value());
            select.set_value("");
        })
    };
    html! {
        <>
            { for (0..regions.len()).map(|index| region_row(index, session, act)) }
            if regions.len() < *GROUP_MEMBERS.end() {
                <div class="region">
                    <select class="picker" aria-label="Add a region" data-field="regions" onchange={add}>
                        <option value="" selected=true>{ "+ add a region" }</option>
                        { for options(session, regions.len(), None) }
                    </select>
                </div>
            }
        </>
    }
}

/// Regions that may stand at a place of the plan, and the chosen one.
fn options(session: &Session, index: usize, chosen: Option<&RegionId>) -> Vec<Html> {
    let may = |id: &RegionId| chosen == Some(id) || session.plan.may_stand(index, id);
    let free: Vec<_> = session.catalog.regions().iter().filter(|region| may(&region.id)).collect();
    let option = |(id, name): (String, String)| {
        html! { <option value={id.clone()} selected={chosen.is_some_and(|chosen| chosen.as_str() == id)}>{ name }</option> }
    };
    let unknown = chosen.filter(|id| session.catalog.region(id).is_none());
    let unknown = unknown.map(|id| (id.to_string(), id.to_string()));
    // What is chosen has its remark below the list, where there is room for it.
    let name = |region: &Region| if chosen == Some(&region.id) { region.name.clone() } else { named(region, session) };
    unknown
        .into_iter()
        .chain(free.into_iter().map(|region| (region.id.to_string(), name(region))))
        .map(option)
        .collect()
}

/// "West Europe (no price)": a region where a node would have none says so before it is chosen.
fn named(region: &Region, session: &Session) -> String {
    session.catalog.price_gap(&region.id).map_or_else(|| region.name.clone(), |gap| format!("{} ({gap})", region.name))
}

fn region_row(index: usize, session: &Session, act: &Act) -> Html {
    let Some(share) = session.plan.regions.get(index) else { return Html::default() };
    let name = session.plan.place_name(index, &session.catalog).into_owned();
    let exchange = act.reform(move |event: Event| {
        let region = RegionId::new(&event.target_unchecked_into::<HtmlSelectElement>().value());
        Action::edit("regions", move |plan| plan.exchange_region(index, region))
    });
    let remove = act.reform(move |_: MouseEvent| Action::edit("regions", move |plan| plan.remove_region(index)));
    let lead = act.reform(move |_: MouseEvent| Action::edit("regions", move |plan| plan.make_primary(index)));
    html! {
        <div class="region">
            <select class="picker" aria-label={format!("Region {}", index + 1)} onchange={exchange}>{ for options(session, index, Some(&share.region)) }</select>
            <ShareBox of={ShareOf::Region(index, Share::Users)} label={format!("Share of users in {name}")} value={share.users} />
            <button type="button" aria-label={format!("Remove {name}")} onclick={remove} disabled={session.plan.regions.len() == 1}>{ "×" }</button>
            if let Some(gap) = gap(&session.catalog, &share.region) { <p class="gap">{ gap }</p> }
            <p class="role">
                { role(index) }
                if index > 0 { { " · " }<button type="button" class="link" onclick={lead}>{ "make it the primary" }</button> }
            </p>
            if session.mode == Mode::Advanced {
                <div class="field writes">
                    <span class="label">{ "Writes from there" }</span>
                    <ShareBox of={ShareOf::Region(index, Share::Writes)} label={format!("Share of writes in {name}")} value={share.writes} />
                </div>
            }
        </div>
    }
}

/// The round trip between the first two regions: published, or the person's own.
#[component]
pub(super) fn RoundTrip() -> Html {
    let session = use_session();
    let act = use_act();
    let typed = use_checked_text();
    let [a, b, ..] = session.plan.regions.as_slice() else { return Html::default() };
    let (a, b) = (a.region.clone(), b.region.clone());
    let own = session.plan.own_round_trip(&a, &b);
    let (placeholder, from) = round_trip(&session.catalog, &a, &b, own);
    let shown = own.map(round_trip_text).unwrap_or_default();
    let kept = own.map(|own| format!("{}\u{a0}ms", round_trip_text(own))).unwrap_or_default();
    let onchange = typed.onasked(&session, &act, kept, move |text| {
        let (a, b) = (a.clone(), b.clone());
        Asked::new(move || match read_round_trip(&text, own) {
            Ok(trip) => {
                let (a, b) = (a.clone(), b.clone());
                Action::edit("latency.round_trips", move |plan| plan.set_round_trip(&a, &b, trip))
            }
            Err(said) => Action::Refuse(said),
        })
    });
    let bad = typed.is_refused();
    html! {
        <div class="field">
            <label for="f-round-trip">{ "Round trip of the first two" }</label>
            <div class={classes!("q", bad.then_some("bad"))}>
                <input id="f-round-trip" data-field="latency.round_trips" type="text" inputmode="decimal" autocomplete="off"
                    aria-invalid={bad.then_some("true")} aria-describedby={typed.described_by("f-round-trip")}
                    value={typed.shown(shown)} {placeholder} oninput={typed.oninput()} onkeydown={typed.onkeydown()} {onchange}
                    onfocus={onfocus()} onmousedown={onmousedown()} />
                <span class="unit">{ "ms" }</span>
            </div>
            <p class="from">{ from }</p>
            { typed.says("f-round-trip") }
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_region_may_be_the_first_again() {
        let session = crate::testing::session_with(|_| {});
        let all = session.catalog.regions().len();
        let offered = |index: usize| options(&session, index, None).len();
        assert_eq!((offered(0), offered(1), offered(2)), (all, all, all - 2));
    }

    /// Page 0.2: a region where a node would have no price says so in the list.
    #[test]
    fn the_list_marks_regions_without_prices() {
        let session = crate::testing::without_prices_in("westeurope", |_| {});
        let name = |id: &str| named(session.catalog.region(&RegionId::new(id)).unwrap(), &session);
        assert_eq!(name("eastus"), "East US");
        assert_eq!(name("westeurope"), "West Europe (no price)");
    }

    /// At 1440 px “(no price)” was cut off: of what is chosen the list shows the name, and a line below says the rest.
    #[test]
    fn what_is_chosen_says_below_the_list_that_it_has_no_price() {
        let rows = |id: &str| {
            let session =
                crate::testing::without_prices_in("westeurope", |plan| plan.regions[0].region = RegionId::new(id));
            crate::testing::drawn(&session, region_row(0, &session, &Act::noop()))
        };
        let west = rows("westeurope");
        let name = west.lines().find(|line| line.contains(" selected")).expect("a choice");
        assert!(name.contains("West Europe") && !name.contains("no price"), "{name}");
        assert!(crate::testing::element(&west, "class=\"gap\"").contains("West Europe: no price"));
        assert!(rows("utopia-1").contains("utopia-1 is not in the catalogue"));
        assert!(!rows("eastus").contains("class=\"gap\""));
    }
}
