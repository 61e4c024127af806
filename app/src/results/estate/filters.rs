//! Which deployments are in view: by subscription, region and tag.

use dr_core::report::estate::{EstateQuery, Listing};
use std::collections::BTreeSet;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Most tags that can be chosen from a list.
const MOST_CHOICES: usize = 1_000;

/// The tags of the deployments, each once; where they are has boxes of its own.
fn tags(listing: &Listing) -> Vec<(String, String)> {
    let own = listing.deployments.iter().flat_map(|it| &it.tags).filter(|(key, _)| !key.starts_with("azure-"));
    let all: BTreeSet<&(String, String)> = own.collect();
    all.into_iter().take(MOST_CHOICES).cloned().collect()
}

/// A list for each of the three; one that has no choice is left out.
pub(super) fn filters(listing: &Listing, query: &UseStateHandle<EstateQuery>) -> Html {
    let choice = |id: &'static str, label: &'static str, names: Vec<String>, own: Option<usize>, put: Put| {
        let query = query.clone();
        let onchange = Callback::from(move |event: Event| {
            let chosen = event.target_unchecked_into::<HtmlSelectElement>().value().parse().ok();
            let mut next = (*query).clone();
            put(&mut next, chosen);
            query.set(next);
        });
        select(id, label, &names, own, onchange)
    };
    let owned = |all: BTreeSet<&str>| all.into_iter().map(str::to_owned).collect::<Vec<_>>();
    let (subscriptions, regions, tags) = (owned(listing.subscriptions()), owned(listing.regions()), tags(listing));
    let at = |all: &[String], own: &Option<String>| own.as_ref().and_then(|own| all.iter().position(|it| it == own));
    let tag = query.tag.as_ref().and_then(|own| tags.iter().position(|it| it == own));
    let pairs = tags.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let (first, second) = (at(&subscriptions, &query.subscription), at(&regions, &query.region));
    let by_subscription = {
        let all = subscriptions.clone();
        Box::new(move |query: &mut EstateQuery, at: Option<usize>| {
            query.subscription = at.and_then(|at| all.get(at).cloned());
        })
    };
    let by_region = {
        let all = regions.clone();
        Box::new(move |query: &mut EstateQuery, at: Option<usize>| {
            query.region = at.and_then(|at| all.get(at).cloned());
        })
    };
    let by_tag =
        Box::new(move |query: &mut EstateQuery, at: Option<usize>| query.tag = at.and_then(|at| tags.get(at).cloned()));
    html! {
        <div class="knobs">
            { choice("estate-subscription", "Subscription", subscriptions, first, by_subscription) }
            { choice("estate-region", "Region", regions, second, by_region) }
            { choice("estate-tag", "Tag", pairs, tag, by_tag) }
        </div>
    }
}

type Put = Box<dyn Fn(&mut EstateQuery, Option<usize>)>;

fn select(id: &'static str, label: &str, names: &[String], own: Option<usize>, onchange: Callback<Event>) -> Html {
    if names.len() < 2 {
        return Html::default();
    }
    let options = names.iter().enumerate().map(|(at, name)| {
        html! { <option value={at.to_string()} selected={own == Some(at)}>{ name }</option> }
    });
    html! {
        <div class="field"><label for={id}>{ label.to_owned() }</label>
            <select {id} class="picker" {onchange}><option value="" selected={own.is_none()}>{ "any" }</option>{ for options }</select></div>
    }
}
