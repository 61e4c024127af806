//! A group of inputs, drawn from its rows in the table of the plan's fields.

use super::section::{folded, section};
use super::special;
use crate::fields::{Choice, ChoiceField, ConfirmField, NumberField, PlaceInput, RangeInput, SwitchField, TextInput};
use crate::state::{Act, Action, Mode, Session};
use dr_core::plan::{self, Field, Kind, PlaceText, Row, Section, Several, Size};
use dr_core::report::inputs::{InputsContext, below};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What stands beside the inputs of a session.
pub(super) fn context(session: &Session) -> InputsContext<'_> {
    let advanced = session.mode == Mode::Advanced;
    InputsContext { plan: &session.plan, evaluation: &session.evaluation, catalog: &session.catalog, advanced }
}

/// A group with its heading; what basic mode has is open.
pub(super) fn group(of: Section, session: &Session, act: &Act) -> Html {
    let context = context(session);
    let open = Section::BASIC.contains(&of);
    let whole = context.advanced || !open;
    let asked = |row: &&'static Row| whole || (row.shown.basic && (row.shown.basic_when)(&session.plan));
    let rows: Vec<_> = of.rows().into_iter().filter(|row| asked(row) && (row.shown.when)(&session.plan)).collect();
    if rows.is_empty() && !whole {
        return Html::default();
    }
    let folds = if whole { of.folds() } else { &[] };
    let below = below(of);
    let inputs = html! {
        <>
            { for rows.into_iter().map(|row| input(row, session, act)) }
            { for folds.iter().map(|inner| group(*inner, session, act)) }
            if !below.is_empty() { <p class="from">{ below }</p> }
        </>
    };
    let draw = if open { section } else { folded };
    draw(of.title(), &context.note(of), inputs)
}

/// One row as an input.
fn input(row: &'static Row, session: &Session, act: &Act) -> Html {
    match &row.kind {
        Kind::Number(field) => number(row, field, session),
        Kind::Place(field) => place(row, field, session, act),
        Kind::Range(range, _) => html! { <RangeInput path={range.path} /> },
        Kind::Ends(parts) => parts.iter().map(|field| number(row, field, session)).collect(),
        Kind::Switch(switch) => {
            html! { <SwitchField path={row.path} label={switch.label} get={switch.get} set={switch.set} /> }
        }
        Kind::Confirm(confirm) => {
            html! { <ConfirmField path={row.path} label={confirm.label} get={confirm.get} set={confirm.set} /> }
        }
        Kind::Choice(choice) => choose(row, choice, session, act),
        Kind::Several(several) => any_of(row, *several, session, act),
        Kind::Size(size) => sized(row, size, session, act),
        Kind::Text(text) => {
            html! { <TextInput path={row.path} label={text.label} get={text.get} set={text.set} empty={row.shown.empty} /> }
        }
        Kind::Places(label, texts) => each_region(row, label, texts, session),
        Kind::Special => special::draw(row.path, session, act),
        Kind::Group(_) => Html::default(),
    }
}

/// The row's own short label, if it has one.
fn short(row: &Row) -> Option<&'static str> {
    Some(row.shown.short).filter(|short| !short.is_empty())
}

fn number(row: &'static Row, field: &'static Field, session: &Session) -> Html {
    let context = context(session);
    html! { <NumberField path={field.path} label={short(row)} derived={context.empty(row)} from={context.remark(row)} /> }
}

/// A list of values and labels; `set` puts the chosen value into the plan.
fn list(
    row: &'static Row,
    (choices, chosen): (Vec<(String, String)>, String),
    set: impl Fn(&mut plan::Plan, &str) + Copy + 'static,
    session: &Session,
    act: &Act,
) -> Html {
    let choices: Vec<Choice> = choices.iter().map(|(value, label)| Choice::new(value, label)).collect();
    let onchoose = act.reform(move |value: String| Action::edit(row.path, move |plan| set(plan, &value)));
    html! {
        <ChoiceField path={row.path} label={short(row).unwrap_or(row.label())} {choices} {chosen} {onchoose}
            from={context(session).remark(row)} />
    }
}

fn choose(row: &'static Row, choice: &plan::Choice, session: &Session, act: &Act) -> Html {
    let none = choice.optional.then_some(("", row.shown.empty));
    let named = none.into_iter().chain((choice.names)());
    let choices = named.map(|(value, label)| (value.to_owned(), label.to_owned())).collect();
    list(row, (choices, (choice.get)(&session.plan).to_owned()), choice.set, session, act)
}

fn sized(row: &'static Row, size: &Size, session: &Session, act: &Act) -> Html {
    let chosen = (size.get)(&session.plan).map(ToString::to_string).unwrap_or_default();
    let set = size.set;
    let choices = context(session).sizes(row, size);
    list(row, (choices, chosen), move |plan, value| set(plan, special::sku_of(value)), session, act)
}

/// A place of the plan's regions. One that the plan lacks means the last.
fn place(row: &'static Row, field: &'static Field, session: &Session, act: &Act) -> Html {
    let mut choices = context(session).places();
    let last = choices.len().saturating_sub(1) as f64;
    let value = (field.get)(&session.plan);
    let chosen = if field.optional { value } else { value.map(|place| place.min(last)) };
    if field.optional {
        choices.insert(0, (String::new(), row.shown.empty.to_owned()));
    }
    let set = move |plan: &mut plan::Plan, value: &str| (field.set)(plan, value.parse().ok());
    list(row, (choices, chosen.map(|place| place.to_string()).unwrap_or_default()), set, session, act)
}

fn any_of(row: &'static Row, several: Several, session: &Session, act: &Act) -> Html {
    let boxes = (several.names)().into_iter().map(|(name, label)| {
        let checked = (several.has)(&session.plan, name);
        let onchange = act.reform(move |event: Event| {
            let on = event.target_unchecked_into::<HtmlInputElement>().checked();
            Action::edit(row.path, move |plan| (several.set)(plan, name, on))
        });
        html! { <label class="switch"><span>{ label }</span><input type="checkbox" {checked} {onchange} /></label> }
    });
    html! { <fieldset class="three" data-field={row.path} tabindex="-1"><legend>{ several.label }</legend>{ for boxes }</fieldset> }
}

/// Texts of each region of the plan, one group a region.
fn each_region(row: &'static Row, label: &'static str, texts: &'static [PlaceText], session: &Session) -> Html {
    let region = |(place, name): (String, String)| {
        let place: usize = place.parse().unwrap_or_default();
        let inputs = texts.iter().map(|text| {
            let (get, set) = (text.get, text.set);
            html! { <PlaceInput path={row.path} name={text.name} {place} label={text.label} {get} {set} /> }
        });
        html! { <fieldset><legend>{ name }</legend>{ for inputs }</fieldset> }
    };
    let regions = context(session).places().into_iter().map(region);
    html! { <fieldset class="three" data-field={row.path} tabindex="-1"><legend>{ label }</legend>{ for regions }</fieldset> }
}

/// Everything that basic mode works out by itself.
pub(super) fn derived(session: &Session) -> Html {
    let line = |(name, value): (&str, String)| html! { <><dt>{ name }</dt><dd>{ value }</dd></> };
    let rows = context(session).derived();
    section(
        "Derived",
        "change it in Advanced",
        html! { <dl class="derived-list">{ for rows.into_iter().map(line) }</dl> },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{drawn, session_with};
    use dr_core::plan::{ReservationTerm, TrafficSwitch, each_row};
    use dr_core::units::names::Named;

    /// Page 0.8: the field goes on reading 12 %, and says below which lines do not get it.
    #[test]
    fn the_discount_says_what_it_does_not_come_off() {
        let with = |term: Option<ReservationTerm>| {
            let session = session_with(|plan| {
                plan.pricing.discount = rust_decimal::Decimal::new(12, 2);
                plan.pricing.reservation = term;
            });
            drawn(&session, group(Section::Prices, &session, &Act::noop()))
        };
        let says = "negotiated. The 12\u{a0}% discount does not apply to reserved nodes: assumption.";
        assert!(with(Some(ReservationTerm::ThreeYears)).contains(says));
        assert!(!with(None).contains("does not apply"));
    }

    /// A design that was taken in other regions leaves the pair where it runs: the page says where, and it can be typed, in its old regions too.
    #[test]
    fn the_regions_of_a_pair_elsewhere_have_an_input() {
        let drawn_with = |elsewhere: &str| {
            let session = session_with(|plan| {
                plan.passive.exists = dr_core::plan::Confirmation::Confirmed;
                plan.today.elsewhere = elsewhere.to_owned();
            });
            drawn(&session, group(Section::Existing, &session, &Act::noop()))
        };
        let all = ["", "uksouth, ukwest", "northeurope, eastus"].map(drawn_with);
        let has = |path: &str| all.each_ref().map(|html| html.contains(&format!("data-field=\"{path}\"")));
        assert_eq!(has("today.elsewhere"), [false, true, true]);
        assert_eq!(has("today.sku"), [false, true, false]);
    }

    /// Findings lead to their fields: in advanced mode every row of a group has its input, once. What one choice shows another hides, so each
    /// row is looked for in several plans.
    #[test]
    fn every_row_of_a_group_is_drawn_once() {
        let drawn_with = |switch: TrafficSwitch| {
            let mut session = session_with(|plan| {
                plan.outage.second = Some(1);
                plan.today.sku = Some(dr_core::catalog::SkuId::new("Enterprise_E10"));
                plan.today.regions = 2;
                plan.today.elsewhere = "uksouth, ukwest".to_owned();
                plan.today.prepaid = Some(dr_core::units::Money::new(1.into()));
                plan.pricing.reservation = Some(ReservationTerm::OneYear);
                plan.traffic.switch = switch;
                plan.workload.open = vec![dr_core::plan::LoadFigure::Data];
            });
            session.mode = Mode::Advanced;
            let all = Section::BASIC.into_iter().chain(Section::ADVANCED);
            drawn(&session, all.map(|of| group(of, &session, &Act::noop())).collect())
        };
        let plans: Vec<String> = TrafficSwitch::NAMES.iter().map(|(switch, ..)| drawn_with(*switch)).collect();
        each_row(&mut |row| {
            let inner = match row.kind {
                Kind::Group(_) => return,
                Kind::Ends(parts) => parts[0].path,
                _ => row.path,
            };
            // The list of drills is a box in each step.
            if row.shown.section == Section::Hidden || row.path == "recovery.evidence" {
                return;
            }
            let box_of = format!("data-field=\"{inner}\"");
            let most = plans.iter().map(|html| html.matches(&box_of).count()).max();
            assert_eq!(most, Some(1), "{inner}");
        });
    }
}
