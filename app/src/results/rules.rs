//! Findings by severity, and all 70 rules with their status.

use super::panel::{panel, scroll};
use super::view::words;
use crate::document::GoToField;
use crate::state::{Session, use_session};
use dr_core::catalog::Severity;
use dr_core::model::Topology;
use dr_core::report::sources;
use dr_core::rules::{Finding, audit};
use dr_core::units::format;
use web_sys::HtmlDetailsElement;
use yew::prelude::*;

#[component]
pub(super) fn Rules() -> Html {
    let session = use_session();
    let only = use_state(|| None::<Topology>);
    let shown: Vec<&Finding> = session
        .evaluation
        .findings
        .iter()
        .filter(|finding| only.is_none_or(|topology| topology == finding.topology))
        .collect();
    let button = |topology: Option<Topology>, name: &'static str| {
        let only = only.clone();
        let pressed = *only == topology;
        html! { <button type="button" aria-pressed={pressed.to_string()} onclick={Callback::from(move |_: MouseEvent| only.set(topology))}>{ name }</button> }
    };
    let links = html! {
        <span class="seg" role="group" aria-label="Topology">
            { button(None, "All") }{ button(Some(Topology::Rebuild), "Rebuild") }{ button(Some(Topology::Passive), "Passive") }{ button(Some(Topology::Active), "Active") }
        </span>
    };
    html! {
        <>
            { panel("Findings", &says(&session), links, html! { <>
                { for [Severity::Block, Severity::Warn, Severity::Info].map(|severity| group(severity, &shown, &session)) }
            </> }) }
            <AllRules />
        </>
    }
}

fn says(session: &Session) -> String {
    let findings = &session.evaluation.findings;
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let blocks = match count(Severity::Block) {
        0 => "Nothing blocks.".to_owned(),
        blocks => format!("{blocks} blocking,"),
    };
    let warnings = format::counted(count(Severity::Warn), "warning");
    format!("{blocks} {warnings}, {}.", format::counted(count(Severity::Info), "remark"))
}

fn group(severity: Severity, shown: &[&Finding], session: &Session) -> Html {
    let of = merged(shown.iter().filter(|finding| finding.severity == severity));
    if of.is_empty() {
        return Html::default();
    }
    let items = of.iter().map(|(finding, topologies)| item(finding, topologies, session));
    html! { <ul class={classes!("findings", words::severity(severity))}>{ for items }</ul> }
}

/// Findings that say the same of several topologies stand once.
fn merged<'a>(findings: impl Iterator<Item = &'a &'a Finding>) -> Vec<(&'a Finding, Vec<Topology>)> {
    let mut merged: Vec<(&Finding, Vec<Topology>)> = Vec::new();
    for finding in findings {
        match merged.iter_mut().find(|(first, _)| first.id == finding.id && first.sentence == finding.sentence) {
            Some((_, topologies)) => topologies.push(finding.topology),
            None => merged.push((finding, vec![finding.topology])),
        }
    }
    merged
}

fn item(finding: &Finding, topologies: &[Topology], session: &Session) -> Html {
    let names =
        topologies.iter().map(|topology| html! { <span class={words::class(*topology)}>{ topology.name() }</span> });
    html! {
        <li data-finding={finding.id.clone()}>
            <p class="finding-head"><span class={classes!("sev", words::severity(finding.severity))}>{ words::severity(finding.severity) }</span>{ for names }<code>{ &finding.id }</code></p>
            <p>{ &finding.sentence }</p>
            if !finding.remedy.is_empty() { <p class="remedy">{ &finding.remedy }</p> }
            <p class="quiet source">{ sources::spelt_out(&finding.source, &session.catalog) }</p>
            if !finding.field.is_empty() { <GoToField path={finding.field.clone()} words="Go to the field" /> }
        </li>
    }
}

/// Every rule with its status; drawn when it is opened.
#[component]
fn AllRules() -> Html {
    let session = use_session();
    let open = use_state(|| false);
    let ontoggle = {
        let open = open.clone();
        Callback::from(move |event: Event| open.set(event.target_unchecked_into::<HtmlDetailsElement>().open()))
    };
    html! {
        <details class="panel fold" {ontoggle}>
            <summary><h2>{ "All 70 rules, with what a plan cannot show" }</h2></summary>
            if *open { { table(&session) } }
        </details>
    }
}

fn table(session: &Session) -> Html {
    let evaluation = &session.evaluation;
    let answers = [&evaluation.rebuild, &evaluation.passive, &evaluation.active];
    let rules = audit(&session.plan, &session.catalog, &evaluation.demand, answers);
    let row = |rule: &dr_core::rules::RuleStatus| {
        html! {
            <tr><td><code>{ &rule.id }</code></td><td>{ &rule.check }<p class="quiet">{ &rule.sentence }</p></td><td>{ rule.status.as_str() }</td><td class="quiet">{ &rule.source }</td></tr>
        }
    };
    html! {
        { scroll("All rules", html! { <>
            <table>
                <thead><tr><th scope="col">{ "Rule" }</th><th scope="col">{ "What is checked" }</th><th scope="col">{ "Status" }</th><th scope="col">{ "Source" }</th></tr></thead>
                <tbody>{ for rules.iter().map(row) }</tbody>
            </table>
        </> }) }
    }
}
