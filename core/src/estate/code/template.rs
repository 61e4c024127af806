//! ARM templates, those that Bicep makes among them: their resources, with what follows from the template worked out.

use super::expression::{Answer, Scope};
use super::parameters::Parameters;
use crate::estate::findings::open_values;
use crate::estate::id;
use crate::estate::read::lenient_json::{Named, Present, Text};
use crate::estate::read::shape::Item;
use crate::estate::read::take::Taken;
use crate::import::words::named;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Templates within templates, and resources of all of them, at most.
const MOST_LEVELS: usize = 8;
const MOST_RESOURCES: usize = 10_000;

/// What shows that a document is a template.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(in crate::estate) struct Head {
    #[serde(rename = "$schema")]
    schema: Text,
    content_version: Present,
    resources: Named<Anything>,
    parameters: Present,
    parameters_json: Present,
    id: Present,
    #[serde(rename = "terraform_version")]
    terraform: Present,
    lineage: Present,
}

#[derive(Debug, Default, Deserialize)]
struct Anything {}

impl Head {
    /// True for a template, whole or without its head.
    pub(in crate::estate) fn is_template(&self) -> bool {
        let named = self.is_named("deploymenttemplate") || self.content_version.0;
        !self.resources.0.is_empty() && (named || !self.is_other())
    }

    /// True for what a deployment gives to a template.
    pub(in crate::estate) fn is_parameters(&self) -> bool {
        let named = self.is_named("deploymentparameters") || self.content_version.0 && self.resources.0.is_empty();
        self.parameters_json.0 || self.parameters.0 && named && !self.is_other()
    }

    fn is_named(&self, kind: &str) -> bool {
        self.schema.str().to_ascii_lowercase().contains(kind)
    }

    fn is_other(&self) -> bool {
        self.id.0 || self.terraform.0 || self.lineage.0
    }
}

/// What stands in every template or file of parameters, one of them.
pub(in crate::estate) const CODE_HAS: [&str; 2] = ["\"resources\"", "\"parameters"];

/// Takes every resource of a template that says something of an estate, with the values that a file of parameters gives.
pub(in crate::estate) fn take(template: &Map<String, Value>, given: Option<&Parameters>, taken: &mut Taken) {
    let scope = Scope::of(template, given.map_or_else(BTreeMap::new, Parameters::passed));
    Walk { taken, left: MOST_RESOURCES }.template(template, &scope, 0);
}

/// A resource above another: its type and name.
type Above<'a> = Option<(&'a str, &'a str)>;

struct Walk<'a> {
    taken: &'a mut Taken,
    left: usize,
}

impl Walk<'_> {
    fn template(&mut self, template: &Map<String, Value>, scope: &Scope, level: usize) {
        self.resources(template.get("resources"), scope, None, level);
    }

    fn resources(&mut self, resources: Option<&Value>, scope: &Scope, above: Above<'_>, level: usize) {
        let list: Vec<&Value> = match resources {
            Some(Value::Array(list)) => list.iter().collect(),
            Some(Value::Object(named)) => named.values().collect(),
            _ => Vec::new(),
        };
        for fields in list.into_iter().filter_map(Value::as_object) {
            self.resource(fields, scope, above, level);
        }
    }

    fn resource(&mut self, fields: &Map<String, Value>, scope: &Scope, above: Above<'_>, level: usize) {
        let own = fields.get("type").and_then(Value::as_str).unwrap_or_default();
        // Bicep writes the version into the type of a symbolic name.
        let own = own.split('@').next().unwrap_or_default();
        let kind = above.map_or_else(|| own.to_owned(), |(kind, _)| format!("{kind}/{own}"));
        let exists = fields.get("existing").and_then(Value::as_bool) == Some(true);
        if exists || !is_read(&kind) {
            return;
        }
        let Some(copy) = fields.get("copy") else {
            return self.one(&kind, fields, scope, above, level);
        };
        let name = copy.get("name").and_then(Value::as_str).unwrap_or_default();
        match scope.turns(copy) {
            Some(turns) => {
                for index in 0..turns {
                    scope.in_loop(name, index, || self.one(&kind, fields, scope, above, level));
                }
            }
            None => self.remark(&kind, fields, "is in a loop whose count the template does not give"),
        }
    }

    fn one(&mut self, kind: &str, fields: &Map<String, Value>, scope: &Scope, above: Above<'_>, level: usize) {
        let condition = fields.get("condition").map(|it| scope.resolve(it));
        match condition.map(|it| (it.value.as_bool(), it.needs)) {
            None | Some((Some(true), _)) => {}
            Some((Some(false), needs)) if needs.is_empty() => return,
            Some((_, needs)) => {
                let on: Vec<&str> = needs.iter().map(String::as_str).collect();
                let why = format!("depends on a condition on {}", crate::units::format::listed(&on));
                return self.remark(kind, fields, &why);
            }
        }
        if kind.eq_ignore_ascii_case(DEPLOYMENTS) {
            return self.deployment(fields, scope, level);
        }
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        let own = scope.resolve(fields.get("name").unwrap_or(&Value::Null));
        let text = own.text().unwrap_or_else(|| "{name}".to_owned());
        let name = above.map_or_else(|| text.clone(), |(_, above)| format!("{above}/{text}"));
        self.described(kind, &name, own.needs, fields, scope);
        self.resources(fields.get("resources"), scope, Some((kind, &name)), level);
    }

    /// A resource by itself: known values as an answer of Azure has them, the rest as questions.
    fn described(
        &mut self,
        kind: &str,
        name: &str,
        name_needs: BTreeSet<String>,
        fields: &Map<String, Value>,
        scope: &Scope,
    ) {
        let mut open = Open { scope, found: Vec::new() };
        if !name_needs.is_empty() {
            open.found.push(("name".to_owned(), name_needs));
        }
        let mut known = Map::new();
        for (field, value) in fields {
            if !["resources", "copy", "condition", "dependsOn", "name", "id", "type"].contains(&field.as_str()) {
                known.insert(field.clone(), open.value(value, field));
            }
        }
        let own = id::stand_in(kind, name);
        let last = name.rsplit('/').next().unwrap_or_default();
        known.insert("id".to_owned(), own.as_str().into());
        known.insert("name".to_owned(), last.into());
        known.insert("type".to_owned(), kind.into());
        if kind.to_ascii_lowercase().ends_with("/linkedservers")
            && let Some(Value::Object(link)) = known.get_mut("properties")
            && link.get("linkedRedisCacheId").is_none_or(Value::is_null)
        {
            // A link has the name of its peer.
            link.insert("linkedRedisCacheId".to_owned(), id::stand_in("Microsoft.Cache/redis", last).into());
            open.found.retain(|(path, _)| path != "properties.linkedRedisCacheId");
        }
        let found = open.found;
        if let Ok(item) = serde_json::from_value::<Item>(known.into()) {
            self.taken.take_code(&item, false);
        }
        for (path, needs) in found {
            open_values::ask(&mut self.taken.code, &own, &path, &needs);
        }
    }

    /// A template within the template: a module of Bicep.
    fn deployment(&mut self, fields: &Map<String, Value>, scope: &Scope, level: usize) {
        let properties = fields.get("properties");
        let of = |name: &str| properties.and_then(|it| it.get(name));
        let Some(template) = of("template").and_then(Value::as_object) else {
            return self.remark(DEPLOYMENTS, fields, "names a template that is not in the file; import that too");
        };
        if level >= MOST_LEVELS {
            return self.remark(DEPLOYMENTS, fields, "is too deep in other templates");
        }
        let inner = of("expressionEvaluationOptions").and_then(|it| it.get("scope")).and_then(Value::as_str);
        if !inner.is_some_and(|it| it.eq_ignore_ascii_case("inner")) {
            return self.template(template, scope, level + 1);
        }
        let given = of("parameters").and_then(Value::as_object).into_iter().flatten();
        let passed: BTreeMap<String, Answer> =
            given.filter_map(|(name, it)| Some((name.to_ascii_lowercase(), scope.resolve(it.get("value")?)))).collect();
        self.template(template, &scope.within(template, passed), level + 1);
    }

    fn remark(&mut self, kind: &str, fields: &Map<String, Value>, why: &str) {
        let name = fields.get("name").and_then(Value::as_str).unwrap_or_default();
        let name = named(name);
        self.taken.remarks.insert(format!("“{name}” ({}) {why}; it is not read.", named(kind)));
    }
}

const DEPLOYMENTS: &str = "Microsoft.Resources/deployments";

/// Types that say something of an estate, or that hold others which may.
fn is_read(kind: &str) -> bool {
    let kind = kind.to_ascii_lowercase();
    let caches = ["microsoft.cache/redis/", "microsoft.cache/redisenterprise/"];
    kind == DEPLOYMENTS.to_ascii_lowercase()
        || ["microsoft.network/privateendpoints", "microsoft.insights/metricalerts"].contains(&kind.as_str())
        || caches.iter().any(|it| format!("{kind}/").starts_with(it))
}

/// What has no value in a resource, by its path.
struct Open<'a> {
    scope: &'a Scope,
    found: Vec<(String, BTreeSet<String>)>,
}

impl Open<'_> {
    fn value(&mut self, value: &Value, path: &str) -> Value {
        match value {
            Value::Array(list) => list.iter().map(|it| self.value(it, path)).collect(),
            Value::Object(fields) if !fields.get("copy").is_some_and(Value::is_array) => {
                let known = |(name, it): (&String, &Value)| (name.clone(), self.value(it, &format!("{path}.{name}")));
                Value::Object(fields.iter().map(known).collect())
            }
            other => {
                let answer = self.scope.resolve(other);
                if answer.needs.is_empty() {
                    return answer.value;
                }
                let mut lost = false;
                let ids = with_ids(answer.value, &mut lost);
                if lost {
                    self.found.push((path.to_owned(), answer.needs));
                }
                ids
            }
        }
    }
}

/// Values without those that have an open place, which are lost; an id stays, and stands for a resource by its open name.
fn with_ids(value: Value, lost: &mut bool) -> Value {
    match value {
        Value::String(text) => match text.split_once("/providers/") {
            Some((place, rest)) if place.contains('{') => stand_in(rest).into(),
            None if text.contains('{') => {
                *lost = true;
                Value::Null
            }
            _ => text.into(),
        },
        Value::Array(list) => list.into_iter().map(|it| with_ids(it, lost)).collect(),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, it)| (name, with_ids(it, lost))).collect())
        }
        other => other,
    }
}

/// The id that stands for a resource by what follows its provider: `Microsoft.Cache/redis/a/linkedServers/b`.
fn stand_in(rest: &str) -> String {
    let mut words = rest.split('/');
    let (mut kind, mut names) = (words.next().unwrap_or_default().to_owned(), Vec::new());
    while let (Some(segment), Some(name)) = (words.next(), words.next()) {
        kind = format!("{kind}/{segment}");
        names.push(name);
    }
    id::stand_in(&kind, &names.join("/"))
}
