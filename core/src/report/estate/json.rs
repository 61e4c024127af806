//! The same as JSON, for programs.

use super::{Answer, link, since};
use crate::codec::pretty_line;
use crate::estate::costs::Compared;
use crate::estate::{Finding, Member, Planned, Quantity, measured};
use crate::portfolio::Row as PlanRow;
use crate::report::json::object;
use crate::units::{Money, format};
use serde_json::Value;

/// Deployments with caches, plans, evidence, unknowns and findings; what was not read. Money as decimal text, null where it is
/// unknown or not complete; fill in percent, lag in seconds, both as the greatest of their window. Ends in a line break.
#[must_use]
pub fn json(answer: &Answer<'_>) -> String {
    let texts = |list: &mut dyn Iterator<Item = &String>| list.map(|it| Value::from(it.as_str())).collect::<Value>();
    let deployments: Value = answer.deployments().map(|(planned, row)| deployment(answer, planned, row)).collect();
    let whole = object([
        ("currency", answer.catalog.currency().code().into()),
        ("deployments", deployments),
        ("findings", findings(&answer.estate.findings)),
        ("unread", texts(&mut answer.read.unread.iter())),
        ("remarks", texts(&mut answer.read.remarks.iter())),
    ]);
    let whole = match (whole, answer.since) {
        (Value::Object(mut fields), Some(drift)) => {
            fields.insert("since".to_owned(), since::json(drift));
            Value::Object(fields)
        }
        (whole, _) => whole,
    };
    pretty_line(&whole)
}

fn deployment(answer: &Answer<'_>, planned: &Planned, row: Option<&PlanRow>) -> Value {
    let month = row.and_then(|it| it.monthly.as_ref()).filter(|it| it.is_complete() && planned.draft.unheld.is_none());
    let tags = planned.tags.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str())));
    let evidence = planned.draft.evidence.iter().map(|it| {
        object([("field", it.field.into()), ("value", it.value.as_str().into()), ("from", it.from.as_str().into())])
    });
    let unknown =
        planned.draft.unknown.iter().map(|it| object([("field", it.field.into()), ("why", it.why.as_str().into())]));
    object([
        ("name", planned.draft.plan.name.as_str().into()),
        ("topology", planned.topology().slug().into()),
        ("tags", Value::Object(tags.collect())),
        ("caches", planned.deployment.members.iter().map(|it| cache(answer, planned, it)).collect()),
        ("monthly", month.map_or(Value::Null, |it| format::exact(it.at_least().as_decimal()).into())),
        (
            "today",
            answer.today(planned, row).map_or(Value::Null, |it| format::exact(it.at_least().as_decimal()).into()),
        ),
        ("not_held", planned.draft.unheld.as_deref().map_or(Value::Null, Value::from)),
        ("findings", findings(&planned.findings)),
        ("paid", answer.compared(planned).iter().map(|it| paid(it, answer.is_beside(planned))).collect()),
        ("evidence", evidence.collect()),
        ("unknown", unknown.collect()),
    ])
}

/// A month that was paid beside the plan's, with the parts of the difference; amounts in the currency of the invoice.
fn paid(it: &Compared, is_beside: bool) -> Value {
    let exact = |amount: Money| Value::from(format::exact(amount.as_decimal()));
    let parts = it.parts.iter().map(|part| {
        object([
            ("cause", part.cause.slug().into()),
            ("paid", part.paid.map_or(Value::Null, exact)),
            ("amount", exact(part.amount)),
            ("meters", part.meters.iter().map(|it| Value::from(it.as_str())).collect()),
        ])
    });
    object([
        ("month", it.month.to_string().into()),
        ("days", it.days.into()),
        ("currency", it.currency.code().into()),
        ("paid", exact(it.paid)),
        ("modelled", if is_beside { exact(it.modelled) } else { Value::Null }),
        ("modelled_currency", it.modelled_in.code().into()),
        ("difference", it.difference().map_or(Value::Null, exact)),
        ("parts", parts.collect()),
    ])
}

fn cache(answer: &Answer<'_>, planned: &Planned, member: &Member) -> Value {
    let facts = &answer.read.facts;
    let known = facts.caches.get(&member.key);
    let peak = |quantity| measured(facts, &member.key, quantity).and_then(Result::ok).map(|it| it.peak);
    let text = |text: Option<String>| text.map_or(Value::Null, Value::from);
    let retires = known.and_then(|it| answer.retires(it.tier?)).map(|day| day.to_string());
    object([
        ("name", member.name.as_str().into()),
        ("role", link::role(facts, member).into()),
        ("link", link::state(facts, &planned.deployment, member).into()),
        ("region", text(member.location.clone())),
        ("imported", member.is_known.into()),
        ("id", text(known.and_then(|it| it.azure_id().map(str::to_owned)))),
        ("size", text(known.and_then(|it| it.size.clone()))),
        ("shards", known.and_then(|it| it.shards).map_or(Value::Null, Value::from)),
        ("state", text(known.and_then(|it| it.resource_state.clone().or_else(|| it.state.clone())))),
        ("peak_fill_percent", peak(Quantity::Fill).map_or(Value::Null, Value::from)),
        ("peak_lag_s", peak(Quantity::Lag).map_or(Value::Null, Value::from)),
        ("retires", text(retires)),
    ])
}

fn findings(findings: &[Finding]) -> Value {
    let one = |it: &Finding| {
        object([
            ("id", it.id.into()),
            ("severity", it.severity.code().into()),
            ("says", it.says.as_str().into()),
            ("next", it.do_next.as_str().into()),
        ])
    };
    findings.iter().map(one).collect()
}
