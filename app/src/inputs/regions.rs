//! Regions and their shares, the primary first.

use super::section::section;
use crate::fields::use_typed;
use crate::state::{Act, Action, Mode, Session, use_act, use_session};
use dr_core::catalog::{Region, RegionId};
use dr_core::plan::{GROUP_MEMBERS, Share};
use dr_core::report::format;
use dr_core::units::{Dimension, Ratio, Secs, read};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

pub(super) fn regions(session: &Session, act: &Act) -> Html {
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
    let inputs = html! {
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
            <RoundTrip />
        </>
    };
    section("Regions", "share of users", inputs)
}

/// Regions that may stand at a place of the plan, and the chosen one.
fn options(session: &Session, index: usize, chosen: Option<&RegionId>) -> Vec<Html> {
    let may = |id: &RegionId| chosen == Some(id) || session.plan.may_stand(index, id);
    let free: Vec<_> = session.catalog.regions().iter().filter(|region| may(&region.id)).collect();
    let option = |(id, name): (String, String)| {
        html! { <option value={id.clone()} selected={chosen.is_some_and(|chosen| chosen.as_str() == id)}>{ name }</option> }
    };
    let unknown = chosen.filter(|id| session.catalog.region(id).is_none());
    let unknown = unknown.map(|id| (id.to_string(), format!("{id} (not in the catalogue)")));
    unknown
        .into_iter()
        .chain(free.into_iter().map(|region| (region.id.to_string(), named(region, session))))
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
    let role = match index {
        0 => "primary of the pair",
        1 => "secondary of the pair",
        _ => "member of the group only",
    };
    html! {
        <div class="region">
            <select class="picker" aria-label={format!("Region {}", index + 1)} onchange={exchange}>{ for options(session, index, Some(&share.region)) }</select>
            <ShareBox {index} kind={Share::Users} label={format!("Share of users in {name}")} value={share.users} />
            <button type="button" aria-label={format!("Remove {name}")} onclick={remove} disabled={session.plan.regions.len() == 1}>{ "×" }</button>
            <p class="role">
                { role }
                if index > 0 { { " · " }<button type="button" class="link" onclick={lead}>{ "make it the primary" }</button> }
            </p>
            if session.mode == Mode::Advanced {
                <div class="field writes">
                    <span class="label">{ "Writes from there" }</span>
                    <ShareBox {index} kind={Share::Writes} label={format!("Share of writes in {name}")} value={share.writes} />
                </div>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ShareBoxProps {
    index: usize,
    kind: Share,
    label: String,
    value: Ratio,
}

/// A share in percent. In basic mode the writes follow the users.
#[component]
fn ShareBox(props: &ShareBoxProps) -> Html {
    let session = use_session();
    let act = use_act();
    let typed = use_typed();
    let (index, kind, basic) = (props.index, props.kind, session.mode == Mode::Basic);
    let shown = typed.shown(format::number(props.value.as_percent()));
    let label = props.label.clone();
    let onchange = typed.onchange(move |text| act.emit(share(&text, &label, index, kind, basic)));
    html! {
        <div class="q">
            <input type="text" inputmode="decimal" autocomplete="off" aria-label={props.label.clone()}
                value={shown} oninput={typed.oninput()} {onchange} />
            <span class="unit">{ "%" }</span>
        </div>
    }
}

/// A typed share; in basic mode the writes follow the users.
fn share(text: &str, label: &str, index: usize, kind: Share, basic: bool) -> Action {
    match read(text, Dimension::Share, "%") {
        Ok(fraction) if (0.0..=1.0).contains(&fraction) => Action::edit("regions", move |plan| {
            plan.set_share(index, kind, Ratio::fraction(fraction));
            if basic {
                plan.set_share(index, Share::Writes, Ratio::fraction(fraction));
            }
        }),
        Ok(_) => Action::Refuse(format!("{label}: {text} is outside the range; enter 0 % to 100 %.")),
        Err(error) => Action::Refuse(format!("{label}: {error}; enter 0 % to 100 %.")),
    }
}

/// The round trip between the first two regions: published, or the person's own.
#[component]
fn RoundTrip() -> Html {
    let session = use_session();
    let act = use_act();
    let typed = use_typed();
    let [a, b, ..] = session.plan.regions.as_slice() else { return Html::default() };
    let (a, b) = (a.region.clone(), b.region.clone());
    let own = session.plan.own_round_trip(&a, &b);
    let published = session.catalog.round_trip(&a, &b);
    let from = match (&own, &published) {
        (Some(_), _) => "your figure".to_owned(),
        (None, Some(trip)) => trip.as_of.map_or_else(String::new, |date| format!("median of 30 days to {date}")),
        (None, None) => "not published: enter your own figure".to_owned(),
    };
    let shown = own.map(|rtt| format::number(rtt.as_millis())).unwrap_or_default();
    let placeholder = published.map_or_else(|| "unknown".to_owned(), |trip| format::number(trip.rtt.as_millis()));
    let onchange = typed.onchange(move |text| act.emit(round_trip(&text, a.clone(), b.clone())));
    html! {
        <div class="field">
            <label for="f-round-trip">{ "Round trip of the first two" }</label>
            <div class="q">
                <input id="f-round-trip" data-field="latency.round_trips" type="text" inputmode="decimal" autocomplete="off"
                    value={typed.shown(shown)} {placeholder} oninput={typed.oninput()} {onchange} />
                <span class="unit">{ "ms" }</span>
            </div>
            <p class="from">{ from }</p>
        </div>
    }
}

/// A typed round trip; nothing takes the person's own figure back.
fn round_trip(text: &str, a: RegionId, b: RegionId) -> Action {
    let trip = if text.trim().is_empty() { Ok(None) } else { read(text, Dimension::Time, "ms").map(Some) };
    match trip {
        Ok(Some(secs)) if !(0.0..=10.0).contains(&secs) => Action::Refuse(format!(
            "Round trip: {} is outside the range; enter 0 ms to 10 s.",
            format::duration(Secs::secs(secs))
        )),
        Ok(trip) => Action::edit("latency.round_trips", move |plan| plan.set_round_trip(&a, &b, trip.map(Secs::secs))),
        Err(error) => Action::Refuse(format!("Round trip: {error}; enter 0 ms to 10 s.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dr_core::plan::Plan;

    fn after(action: Action) -> Result<Plan, String> {
        let mut plan = Plan::default();
        match action {
            Action::Edit { change, .. } => change(&mut plan),
            Action::Refuse(said) => return Err(said),
            _ => panic!("neither an edit nor a refusal"),
        }
        Ok(plan)
    }

    /// The two of a pair may stand in one region; a member of a group only may not.
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
        let session = crate::testing::session_with(|_| {});
        let name = |id: &str| named(session.catalog.region(&RegionId::new(id)).unwrap(), &session);
        assert_eq!(name("eastus"), "East US");
        assert_eq!(name("westeurope"), "West Europe (no price)");
    }

    #[test]
    fn in_basic_mode_writes_follow_users() {
        let first = Plan::default().regions[0].writes;
        for (basic, writes) in [(true, Ratio::percent(70.0)), (false, first)] {
            let plan = after(share("70", "Users", 0, Share::Users, basic)).unwrap();
            assert_eq!((plan.regions[0].users, plan.regions[0].writes), (Ratio::percent(70.0), writes));
        }
    }

    #[test]
    fn a_share_is_between_nothing_and_all() {
        for text in ["-1", "101", "half", ""] {
            let said = after(share(text, "Users in East US", 0, Share::Users, true)).unwrap_err();
            assert!(said.starts_with("Users in East US: ") && said.ends_with("enter 0 % to 100 %."), "{said}");
        }
    }

    #[test]
    fn a_round_trip_is_ones_own_until_it_is_emptied() {
        let [a, b] = ["eastus", "northeurope"].map(RegionId::new);
        let own = |text: &str| after(round_trip(text, a.clone(), b.clone())).map(|plan| plan.own_round_trip(&a, &b));
        for (text, rtt) in [("80", Some(Secs::millis(80.0))), ("1 s", Some(Secs::secs(1.0))), (" ", None)] {
            assert_eq!(own(text), Ok(rtt), "{text}");
        }
        for text in ["-1", "11 s", "far"] {
            let said = own(text).unwrap_err();
            assert!(said.starts_with("Round trip: ") && said.ends_with("enter 0 ms to 10 s."), "{said}");
        }
    }
}
