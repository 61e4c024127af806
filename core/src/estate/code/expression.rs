//! Expressions of ARM templates: what follows from the template itself is worked out, everything else is named and asked.
//!
//! Source: the reference of template functions (Azure Resource Manager). Functions that need a deployment (`reference`, `resourceGroup`,
//! `listKeys`, `uniqueString` …) have no value here.

use super::functions::{formatted, of_values, resource_id};
use super::grammar::{Expression, parse};
use crate::estate::secret;
use serde_json::{Map, Value};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Steps of one document, levels of one expression and letters of one text, at most: a template of 4 MB needs fewer.
const MOST_STEPS: u32 = 1_000_000;
const MOST_LEVELS: u32 = 40;
const MOST_LETTERS: usize = 4_000;
/// Turns of a loop, at most (the service's own limit).
const MOST_TURNS: usize = 800;

/// A value, and what it hangs on that the template does not say. Where that is something, a text has `{name}` in those places.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Answer {
    pub(super) value: Value,
    pub(super) needs: BTreeSet<String>,
}

impl Answer {
    pub(super) fn known(value: impl Into<Value>) -> Self {
        Self { value: value.into(), needs: BTreeSet::new() }
    }

    fn open(shown: &str, need: String) -> Self {
        let need = if secret::is_in(&need) { "a value that is not named here".to_owned() } else { need };
        Self { value: format!("{{{shown}}}").into(), needs: BTreeSet::from([need]) }
    }

    /// A text, with those of numbers; `None` for anything else.
    pub(super) fn text(&self) -> Option<String> {
        match &self.value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    fn is_known(&self) -> bool {
        self.needs.is_empty()
    }
}

/// A parameter with what is passed to it, else its default.
#[derive(Debug)]
struct Parameter {
    name: String,
    passed: Option<Answer>,
    default: Option<Value>,
}

/// Names that expressions may use, each in small letters.
#[derive(Debug, Default)]
pub(super) struct Scope {
    parameters: BTreeMap<String, Parameter>,
    variables: BTreeMap<String, Value>,
    /// Loops that are under way: name and index.
    loops: RefCell<Vec<(String, usize)>>,
    levels: Cell<u32>,
    /// Of all templates of a document.
    steps: Rc<Cell<u32>>,
}

impl Scope {
    /// Of a template, with the values that a deployment passes to it by name in small letters. A secret has no value.
    pub(super) fn of(template: &Map<String, Value>, passed: BTreeMap<String, Answer>) -> Self {
        Self::default().within(template, passed)
    }

    /// Of a template within the one of this scope, with the same limits.
    pub(super) fn within(&self, template: &Map<String, Value>, mut passed: BTreeMap<String, Answer>) -> Self {
        let group = |name: &str| template.get(name).and_then(Value::as_object).into_iter().flatten();
        let mut scope = Self { steps: Rc::clone(&self.steps), ..Self::default() };
        for (name, value) in group("variables") {
            scope.variables.insert(name.to_ascii_lowercase(), value.clone());
        }
        for copied in
            template.get("variables").and_then(|it| it.get("copy")).and_then(Value::as_array).into_iter().flatten()
        {
            let name = copied.get("name").and_then(Value::as_str).unwrap_or_default();
            scope
                .variables
                .insert(name.to_ascii_lowercase(), Value::from_iter([("copy", Value::from(vec![copied.clone()]))]));
        }
        for (name, parameter) in group("parameters") {
            let key = name.to_ascii_lowercase();
            let kind = parameter.get("type").and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase();
            let secret = kind.starts_with("secure");
            let parameter = Parameter {
                name: name.clone(),
                passed: passed.remove(&key).filter(|_| !secret),
                default: parameter.get("defaultValue").filter(|_| !secret).cloned(),
            };
            scope.parameters.insert(key, parameter);
        }
        scope
    }

    fn parameter(&self, key: &str) -> Option<Answer> {
        let it = self.parameters.get(key)?;
        let default = || it.default.as_ref().map(|value| self.resolve(value));
        let open = || Answer::open(&it.name, format!("the parameter {}", it.name));
        Some(it.passed.clone().or_else(default).unwrap_or_else(open))
    }

    /// The same in a turn of a loop.
    pub(super) fn in_loop<T>(&self, name: &str, index: usize, then: impl FnOnce() -> T) -> T {
        self.loops.borrow_mut().push((name.to_ascii_lowercase(), index));
        let value = then();
        self.loops.borrow_mut().pop();
        value
    }

    /// How many turns a loop has; `None` where it hangs on something.
    pub(super) fn turns(&self, copy: &Value) -> Option<usize> {
        let count = self.resolve(copy.get("count")?);
        let count = usize::try_from(count.value.as_u64().filter(|_| count.needs.is_empty())?).ok()?;
        (count <= MOST_TURNS).then_some(count)
    }

    /// A value with every expression in it worked out; what it hangs on is that of all of them.
    pub(super) fn resolve(&self, value: &Value) -> Answer {
        self.steps.set(self.steps.get().saturating_add(1));
        if self.steps.get() > MOST_STEPS {
            return too_long();
        }
        match value {
            Value::String(text) => self.text(text),
            Value::Array(list) => self.joined(list, Value::Array),
            Value::Object(fields) => {
                if let Some(Value::Array(copies)) = fields.get("copy") {
                    return self.copied(fields, copies);
                }
                let names: Vec<String> = fields.keys().cloned().collect();
                self.joined(fields.values(), |all| Value::Object(names.into_iter().zip(all).collect()))
            }
            other => Answer::known(other.clone()),
        }
    }

    /// An object of which some fields are lists that a loop makes; of a variable the one list itself.
    fn copied(&self, fields: &Map<String, Value>, copies: &[Value]) -> Answer {
        let mut rest = fields.clone();
        rest.remove("copy");
        let mut all = self.resolve(&rest.into());
        let Some(fields) = all.value.as_object_mut() else { return all };
        let mut only = None;
        for copy in copies {
            let name = copy.get("name").and_then(Value::as_str).unwrap_or_default();
            let input = copy.get("input").cloned().unwrap_or_default();
            let Some(turns) = self.turns(copy) else {
                all.needs.insert(format!("the count of {name}"));
                continue;
            };
            let list: Vec<Answer> =
                (0..turns).map(|index| self.in_loop(name, index, || self.resolve(&input))).collect();
            all.needs.extend(list.iter().flat_map(|it| it.needs.iter().cloned()));
            let list: Value = list.into_iter().map(|it| it.value).collect();
            only = Some(list.clone());
            fields.insert(name.to_owned(), list);
        }
        match only {
            Some(list) if fields.len() == 1 && self.is_variable(copies) => Answer { value: list, needs: all.needs },
            _ => all,
        }
    }

    /// True for the loop of a variable, which [`Scope::of`] has put behind the variable's name.
    fn is_variable(&self, copies: &[Value]) -> bool {
        let name = copies.first().and_then(|it| it.get("name")).and_then(Value::as_str).unwrap_or_default();
        let own = self.variables.get(&name.to_ascii_lowercase()).and_then(|it| it.get("copy"));
        own.and_then(Value::as_array).is_some_and(|own| own.as_slice() == copies)
    }

    fn joined<'a>(
        &self,
        values: impl IntoIterator<Item = &'a Value>,
        join: impl FnOnce(Vec<Value>) -> Value,
    ) -> Answer {
        let mut needs = BTreeSet::new();
        let values: Vec<Value> = values
            .into_iter()
            .map(|value| {
                let answer = self.resolve(value);
                needs.extend(answer.needs);
                answer.value
            })
            .collect();
        Answer { value: join(values), needs }
    }

    /// A text as it stands, or the value of the expression in its brackets.
    pub(super) fn text(&self, text: &str) -> Answer {
        if let Some(escaped) = text.strip_prefix("[[") {
            return Answer::known(format!("[{escaped}"));
        }
        match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            None => Answer::known(text),
            Some(inside) => match parse(inside) {
                Some(expression) => self.evaluate(&expression),
                None => Answer::open("expression", "an expression that is not read here".to_owned()),
            },
        }
    }

    fn evaluate(&self, expression: &Expression) -> Answer {
        let levels = self.levels.get() + 1;
        if levels > MOST_LEVELS || self.steps.get() > MOST_STEPS {
            return too_long();
        }
        self.levels.set(levels);
        let answer = self.one(expression);
        self.levels.set(levels - 1);
        self.steps.set(self.steps.get().saturating_add(weight(&answer.value)));
        match &answer.value {
            Value::String(text) if text.len() > MOST_LETTERS => too_long(),
            _ => answer,
        }
    }

    fn one(&self, expression: &Expression) -> Answer {
        match expression {
            Expression::Text(text) => Answer::known(text.as_str()),
            Expression::Number(number) => Answer::known(*number),
            Expression::Member(of, name) => {
                let of = self.evaluate(of);
                if !of.is_known() && of.value.is_string() {
                    let of_call =
                        |need: &String| if need.contains("()") { format!("{need}.{name}") } else { need.clone() };
                    return Answer { needs: of.needs.iter().map(of_call).collect(), ..of };
                }
                let mut fields = of.value.as_object().into_iter().flatten();
                let field = fields.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone());
                part(field.unwrap_or_default(), of.needs)
            }
            Expression::At(of, place) => {
                let (of, place) = (self.evaluate(of), self.evaluate(place));
                let field = match &place.value {
                    Value::String(name) => of.value.get(name),
                    place => place.as_u64().and_then(|at| of.value.get(usize::try_from(at).ok()?)),
                };
                let needs = of.needs.into_iter().chain(place.needs).collect();
                match field.cloned() {
                    Some(field) => part(field, needs),
                    None => Answer { value: of.value, needs },
                }
            }
            Expression::Call(name, inside) => self.call(name, inside),
        }
    }

    fn call(&self, name: &str, inside: &[Expression]) -> Answer {
        let name = name.to_ascii_lowercase();
        if name == "if" {
            let [when, yes, no] = inside else { return unknown(&name) };
            let when = self.evaluate(when);
            return match when.value.as_bool().filter(|_| when.is_known()) {
                Some(true) => self.evaluate(yes),
                Some(false) => self.evaluate(no),
                None => Answer { value: "{if}".into(), needs: when.needs },
            };
        }
        let given: Vec<Answer> = inside.iter().map(|it| self.evaluate(it)).collect();
        let needs: BTreeSet<String> = given.iter().flat_map(|it| it.needs.iter().cloned()).collect();
        match (name.as_str(), texts(&given)) {
            ("parameters" | "variables" | "copyindex", _) => self.named(&name, &given),
            ("concat", Some(texts)) => Answer { value: texts.concat().into(), needs },
            ("format", Some(texts)) => Answer { value: formatted(&texts).into(), needs },
            ("tolower", Some(texts)) => Answer { value: texts.concat().to_lowercase().into(), needs },
            ("toupper", Some(texts)) => Answer { value: texts.concat().to_uppercase().into(), needs },
            ("string" | "trim", Some(texts)) => Answer { value: texts.concat().trim().into(), needs },
            ("replace", Some(texts)) if texts.len() == 3 && !texts[1].is_empty() => {
                Answer { value: texts[0].replace(&texts[1], &texts[2]).into(), needs }
            }
            ("resourceid", Some(texts)) => {
                Answer { value: resource_id(&texts, |at| given[at].is_known()).into(), needs }
            }
            _ if !needs.is_empty() => Answer { value: format!("{{{name}}}").into(), needs },
            _ => {
                let values: Vec<&Value> = given.iter().map(|it| &it.value).collect();
                of_values(&name, &values).map_or_else(|| unknown(&name), Answer::known)
            }
        }
    }

    /// `parameters`, `variables` and `copyIndex`: what the template names.
    fn named(&self, function: &str, given: &[Answer]) -> Answer {
        let name = given.first().and_then(Answer::text).unwrap_or_default();
        let key = name.to_ascii_lowercase();
        let found = match function {
            "parameters" => self.parameter(&key),
            "variables" => self.variables.get(&key).map(|value| self.resolve(value)),
            _ => {
                let loops = self.loops.borrow();
                let named = given.first().is_some_and(|it| it.value.is_string());
                let of = loops.iter().rev().find(|(own, _)| !named || *own == key);
                let offset = given.iter().find_map(|it| it.value.as_u64()).unwrap_or(0);
                of.map(|(_, index)| Answer::known(*index as u64 + offset))
            }
        };
        let noun = function.trim_end_matches('s');
        found.unwrap_or_else(|| Answer::open(&name, format!("the {noun} {name}")))
    }
}

fn too_long() -> Answer {
    Answer::open("expression", "an expression that is too long to be read".to_owned())
}

/// A part of a value: it hangs on something only where it has an open place.
fn part(value: Value, needs: BTreeSet<String>) -> Answer {
    let needs = if is_open(&value) { needs } else { BTreeSet::new() };
    Answer { value, needs }
}

fn is_open(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('{'),
        Value::Array(list) => list.iter().any(is_open),
        Value::Object(fields) => fields.values().any(is_open),
        Value::Null => true,
        _ => false,
    }
}

/// How many values a value holds.
fn weight(value: &Value) -> u32 {
    let inside: u32 = match value {
        Value::Array(list) => list.iter().map(weight).fold(0, u32::saturating_add),
        Value::Object(fields) => fields.values().map(weight).fold(0, u32::saturating_add),
        _ => 0,
    };
    inside.saturating_add(1)
}

/// A function that has no value before a deployment.
fn unknown(function: &str) -> Answer {
    let cased = match function {
        "resourcegroup" => "resourceGroup",
        "uniquestring" => "uniqueString",
        "listkeys" => "listKeys",
        other => other,
    };
    Answer::open(cased, format!("{cased}()"))
}

/// Every one as text; `None` where one is none.
fn texts(given: &[Answer]) -> Option<Vec<String>> {
    given.iter().map(Answer::text).collect()
}
