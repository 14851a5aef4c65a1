//! Policy documents, made ready to be asked: the form is that of the collector (`crates/collect/aws/src/policy.rs`).
use std::{collections::HashMap, sync::Arc};

use serde_json::Value;

use super::{
    condition::Condition,
    pattern::{self, Actions},
    principal::Principals,
    truth::Truth,
    variable,
};

/// A document with the place where it hangs.
#[derive(Debug, Clone)]
pub(super) struct Attached {
    /// The resource that holds it.
    pub(super) holder: Arc<str>,
    /// What it is called.
    pub(super) name: Arc<str>,
    pub(super) document: Arc<Document>,
}

#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) statements: Vec<Statement>,
    /// Service to the statements that speak of it.
    by_service: HashMap<Box<str>, Vec<u32>>,
    /// Statements that may speak of any service.
    loose: Vec<u32>,
    /// Why it could not be read: then it has no statements, and proves nothing.
    pub(super) problem: Option<Arc<str>>,
    /// Whether some statement denies.
    pub(super) denies: bool,
}

#[derive(Debug)]
pub(super) struct Statement {
    pub(super) allows: bool,
    pub(super) sid: Option<Arc<str>>,
    pub(super) actions: Actions,
    pub(super) resources: Option<Resources>,
    pub(super) principals: Option<Principals>,
    pub(super) conditions: Vec<Condition>,
}

/// Resources of a statement.
#[derive(Debug)]
pub(super) struct Resources {
    /// `NotResource`.
    pub(super) negated: bool,
    pub(super) patterns: Vec<Text>,
}

/// A text that may hold policy variables.
#[derive(Debug)]
pub(super) enum Text {
    Plain(Box<str>),
    Variables(Vec<variable::Piece>),
}

impl Text {
    pub(super) fn new(text: &str, has_variables: bool) -> Self {
        match variable::parse(text) {
            Some(pieces) if has_variables => Self::Variables(pieces),
            _ => Self::Plain(text.into()),
        }
    }
}

impl Document {
    /// Reads a document in the collector's form.
    pub(super) fn new(value: &Value) -> Self {
        if value.get("valid").and_then(Value::as_bool) != Some(true) {
            let why = value.get("problem").and_then(Value::as_str).unwrap_or("it is no policy document");
            return Self { problem: Some(why.into()), ..Self::default() };
        }
        // Version 2008-10-17, which holds where none is named, knows no variables.
        let has_variables = value.get("version").and_then(Value::as_str) == Some("2012-10-17");
        let mut out = Self::default();
        for one in value.get("statements").and_then(Value::as_array).into_iter().flatten() {
            let index = u32::try_from(out.statements.len()).unwrap_or(u32::MAX);
            let statement = Statement::new(one, has_variables);
            out.denies |= !statement.allows;
            match statement.actions.services() {
                Some(services) => {
                    for service in services {
                        let list = out.by_service.entry(service.into()).or_default();
                        if list.last() != Some(&index) {
                            list.push(index);
                        }
                    }
                }
                None => out.loose.push(index),
            }
            out.statements.push(statement);
        }
        out
    }

    /// The statements that may speak of an action; `service` is none where the action's service has wildcards.
    pub(super) fn about<'d>(&'d self, service: Option<&str>) -> impl Iterator<Item = (u32, &'d Statement)> {
        let all = service.is_none().then_some(0..u32::try_from(self.statements.len()).unwrap_or(u32::MAX));
        let some = service.and_then(|s| self.by_service.get(s)).into_iter().flatten().copied();
        let loose = if service.is_some() { self.loose.as_slice() } else { &[] };
        all.into_iter()
            .flatten()
            .chain(some)
            .chain(loose.iter().copied())
            .filter_map(|index| Some((index, self.statements.get(index as usize)?)))
    }
}

impl Statement {
    fn new(one: &Value, has_variables: bool) -> Self {
        let texts =
            |key: &str| one.get(key).and_then(Value::as_array).map(|list| list.iter().filter_map(Value::as_str));
        let lower = |text: &str| text.to_lowercase();
        // A statement that names no action speaks of none.
        let actions = match (texts("action"), texts("not_action")) {
            (Some(names), _) => Actions::new(false, names.map(lower)),
            (None, Some(names)) => Actions::new(true, names.map(lower)),
            (None, None) => Actions::default(),
        };
        let resources = [("resource", false), ("not_resource", true)].into_iter().find_map(|(key, negated)| {
            let patterns = texts(key)?.map(|text| Text::new(text, has_variables)).collect();
            Some(Resources { negated, patterns })
        });
        let principals = [("principal", false), ("not_principal", true)]
            .into_iter()
            .find_map(|(key, negated)| Some(Principals::new(negated, one.get(key)?)));
        let conditions = one.get("condition").and_then(Value::as_array).into_iter().flatten();
        Self {
            allows: one.get("effect").and_then(Value::as_str) == Some("Allow"),
            sid: one.get("sid").and_then(Value::as_str).map(Into::into),
            actions,
            resources,
            principals,
            conditions: conditions.map(|c| Condition::new(c, has_variables)).collect(),
        }
    }
}

impl Resources {
    /// The patterns as written, where they have no variables; none where it is a `NotResource`.
    pub(super) fn plain(&self) -> Option<Vec<&str>> {
        if self.negated {
            return None;
        }
        self.patterns.iter().map(|text| if let Text::Plain(text) = text { Some(&**text) } else { None }).collect()
    }

    /// The patterns with variables put in, a `*` for what is not known; none where it is a `NotResource`.
    pub(super) fn expanded(&self, known: &dyn Fn(&str) -> variable::Value) -> Option<Vec<String>> {
        (!self.negated).then(|| {
            let texts = self.patterns.iter().filter_map(|text| match text {
                Text::Plain(text) => Some(text.to_string()),
                Text::Variables(pieces) => match variable::expand(pieces, known, &mut Vec::new()) {
                    variable::Expanded::Known(text) | variable::Expanded::Open(text) => Some(text),
                    variable::Expanded::Never => None,
                },
            });
            texts.collect()
        })
    }

    /// Whether it speaks of the resource; keys of variables that are not known go to `unknown`.
    pub(super) fn fit<'d>(
        &'d self,
        asked: &str,
        wild: bool,
        known: &dyn Fn(&str) -> variable::Value,
        unknown: &mut Vec<&'d str>,
    ) -> Truth {
        let mut best = Truth::No;
        for text in &self.patterns {
            let one = match text {
                Text::Plain(text) => pattern::fits(text, asked, wild),
                Text::Variables(pieces) => match variable::expand(pieces, known, unknown) {
                    variable::Expanded::Known(text) => pattern::fits(&text, asked, wild),
                    // What a variable stands for is open: what the rest forbids it does not fit.
                    variable::Expanded::Open(text) => pattern::fits(&text, asked, wild).min(Truth::Maybe),
                    variable::Expanded::Never => Truth::No,
                },
            };
            best = best.max(one);
            if best == Truth::Yes {
                break;
            }
        }
        if self.negated { best.not() } else { best }
    }
}
