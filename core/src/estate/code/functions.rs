//! Functions of template expressions whose arguments are known.

use crate::estate::id;
use serde_json::{Map, Value};

/// `format('{0}/{1}', a, b)`.
pub(super) fn formatted(texts: &[String]) -> String {
    let mut out = texts.first().cloned().unwrap_or_default();
    // Behind a mark that no name has, so that a text that is put in is not read again.
    for at in 0..texts.len().saturating_sub(1) {
        out = out.replace(&format!("{{{at}}}"), &format!("\u{1}{at}\u{1}"));
    }
    for (at, text) in texts.iter().skip(1).enumerate() {
        out = out.replace(&format!("\u{1}{at}\u{1}"), text);
    }
    out
}

/// The id by type and names; that of another group only where subscription and group are both said.
pub(super) fn resource_id(texts: &[String], known: impl Fn(usize) -> bool) -> String {
    let Some(at) = texts.iter().position(|text| text.contains('/') && !text.starts_with('/')) else {
        return "{resourceId}".to_owned();
    };
    let names = texts[at + 1..].join("/");
    let local = id::stand_in(&texts[at], &names);
    match &texts[..at] {
        [subscription, group] if (0..at).all(known) => {
            let place = local.split_once("/providers/").map_or("", |(_, rest)| rest);
            format!("/subscriptions/{subscription}/resourceGroups/{group}/providers/{place}")
        }
        _ => local,
    }
}

/// Functions of values that are all known; `None` for one that needs a deployment, or that is not read here.
pub(super) fn of_values(name: &str, values: &[&Value]) -> Option<Value> {
    let flags = || values.iter().map(|it| it.as_bool()).collect::<Option<Vec<bool>>>();
    let numbers = || values.iter().map(|it| it.as_i64()).collect::<Option<Vec<i64>>>();
    let list = || values.first().and_then(|it| it.as_array());
    Some(match (name, values) {
        ("true", []) => true.into(),
        ("false", []) => false.into(),
        ("null", []) => Value::Null,
        ("equals", [one, other]) => match (one.as_str(), other.as_str()) {
            (Some(one), Some(other)) => one.eq_ignore_ascii_case(other).into(),
            _ => (one == other).into(),
        },
        ("not", [_]) => (!flags()?[0]).into(),
        ("and", _) => flags()?.into_iter().all(|it| it).into(),
        ("or", _) => flags()?.into_iter().any(|it| it).into(),
        ("bool", [Value::String(text)]) => text.eq_ignore_ascii_case("true").into(),
        ("int", [one]) => one.as_str().and_then(|it| it.parse().ok()).or_else(|| one.as_i64())?.into(),
        ("add", [_, _]) => numbers()?.iter().try_fold(0_i64, |sum, it| sum.checked_add(*it))?.into(),
        ("sub", [_, _]) => numbers().and_then(|it| it[0].checked_sub(it[1]))?.into(),
        ("mul", [_, _]) => numbers().and_then(|it| it[0].checked_mul(it[1]))?.into(),
        ("length", [Value::String(text)]) => text.chars().count().into(),
        ("length", [_]) => list()?.len().into(),
        ("empty", [one]) => match one {
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            other => other.is_null(),
        }
        .into(),
        ("first", [_]) => list()?.first()?.clone(),
        ("last", [_]) => list()?.last()?.clone(),
        ("array" | "createarray", all) => all.iter().map(|it| (*it).clone()).collect(),
        ("concat", all) => {
            let lists: Option<Vec<&Vec<Value>>> = all.iter().map(|it| it.as_array()).collect();
            lists?.into_iter().flatten().cloned().collect()
        }
        ("createobject", all) => {
            let fields = all.chunks_exact(2).map(|it| Some((it[0].as_str()?.to_owned(), it[1].clone())));
            Value::Object(fields.collect::<Option<Map<_, _>>>()?)
        }
        ("range", [_, _]) => {
            let [from, count] = <[i64; 2]>::try_from(numbers()?).ok()?;
            (from..from.checked_add(count.min(1_000))?).collect()
        }
        ("coalesce", all) => all.iter().find(|it| !it.is_null()).map(|it| (*it).clone()).unwrap_or_default(),
        _ => return None,
    })
}
