//! Which deployments are in view: by subscription, region and tag.

use dr_core::report::estate::{EstateQuery, Listing};
use std::collections::BTreeSet;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Most tags that can be chosen from a list.
const MOST_CHOICES: usize = 1_000;

/// What can be chosen, each with the words for it.
type Choices<T> = Vec<(String, T)>;

/// A list for each of the three; one that has no choice is left out.
pub(super) fn filters(listing: &Listing, query: &UseStateHandle<EstateQuery>) -> Html {
    html! {
        <div class="knobs">
            { choice(query, "estate-subscription", "Subscription", named(listing.subscriptions()), |it| &mut it.subscription) }
            { choice(query, "estate-region", "Region", named(listing.regions()), |it| &mut it.region) }
            { choice(query, "estate-tag", "Tag", tags(listing), |it| &mut it.tag) }
        </div>
    }
}

fn named(all: BTreeSet<&str>) -> Choices<String> {
    all.into_iter().map(|name| (name.to_owned(), name.to_owned())).collect()
}

/// The tags of the deployments, each once; where they are has boxes of its own.
fn tags(listing: &Listing) -> Choices<(String, String)> {
    let own = listing.deployments.iter().flat_map(|it| &it.tags).filter(|(key, _)| !key.starts_with("azure-"));
    let all: BTreeSet<&(String, String)> = own.collect();
    all.into_iter().take(MOST_CHOICES).map(|tag| (format!("{}={}", tag.0, tag.1), tag.clone())).collect()
}

fn choice<T: Clone + PartialEq + 'static>(
    query: &UseStateHandle<EstateQuery>,
    id: &'static str,
    label: &'static str,
    all: Choices<T>,
    part: fn(&mut EstateQuery) -> &mut Option<T>,
) -> Html {
    if all.len() < 2 {
        return Html::default();
    }
    let own = part(&mut (**query).clone()).clone();
    let option = |(at, (name, value)): (usize, &(String, T))| {
        html! { <option value={at.to_string()} selected={own.as_ref() == Some(value)}>{ name }</option> }
    };
    let options: Html = all.iter().enumerate().map(option).collect();
    let query = query.clone();
    let onchange = Callback::from(move |event: Event| {
        let chosen: Option<usize> = event.target_unchecked_into::<HtmlSelectElement>().value().parse().ok();
        let mut next = (*query).clone();
        *part(&mut next) = chosen.and_then(|at| all.get(at)).map(|(_, value)| value.clone());
        query.set(next);
    });
    html! {
        <div class="field"><label for={id}>{ label }</label>
            <select {id} class="picker" {onchange}><option value="" selected={own.is_none()}>{ "any" }</option>{ options }</select></div>
    }
}
