//! Reads the cases beside a check.
use std::collections::BTreeMap;

use casemate_estate::{EdgeKind, FacetStatus, State};
use serde_json::Value;

use crate::{
    CheckMeta, Clock, ContentError, Shapes, shapes,
    yaml::{self, Fields, Node, Yaml},
};

/// The cases of one check.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cases {
    pub(crate) file: String,
    pub(crate) cases: Vec<Case>,
    /// Facets that may be empty in a pass, with the reason why.
    pub(crate) empty_may_pass: BTreeMap<String, String>,
}

/// One case.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Case {
    pub(crate) note: String,
    pub(crate) line: u32,
    pub(crate) facets: BTreeMap<String, Value>,
    pub(crate) statuses: BTreeMap<String, (FacetStatus, String)>,
    pub(crate) params: BTreeMap<String, Value>,
    pub(crate) related: Vec<CaseNeighbour>,
    pub(crate) today: Option<(String, i64)>,
    pub(crate) resource: Option<Value>,
    pub(crate) want: State,
    pub(crate) reason_contains: Option<String>,
}

/// A related resource in a case.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CaseNeighbour {
    pub(crate) edge: EdgeKind,
    pub(crate) resource: Value,
    pub(crate) facets: BTreeMap<String, Value>,
    pub(crate) statuses: BTreeMap<String, (FacetStatus, String)>,
}

/// Reads a file of cases of a check.
pub(crate) fn parse(file: &str, text: &str, meta: &CheckMeta, shapes: &Shapes) -> Result<Cases, Vec<ContentError>> {
    let root = yaml::parse(file, text, 1, 0).map_err(|e| vec![e])?;
    let mut errors = Vec::new();
    let mut top = Fields::new(file, "", &root);
    let items: &[Node] = match top.take_required("cases") {
        Some(Node { value: Yaml::List(items), .. }) => items,
        Some(node) => {
            top.error(node, "cases", format!("is {}; expected a list", node.describe()));
            &[]
        }
        None => &[],
    };
    let mut empty_may_pass = BTreeMap::new();
    for (key, node) in top.entries("empty_may_pass") {
        let field = format!("empty_may_pass.{}", key.name);
        match &node.value {
            Yaml::String(reason) if !reason.trim().is_empty() => {
                if !known_facets(meta).any(|f| f == key.name) {
                    top.error(node, &field, "is no facet that the check needs");
                }
                empty_may_pass.insert(key.name.clone(), reason.clone());
            }
            _ => top.error(node, &field, format!("is {}; expected the reason why", node.describe())),
        }
    }
    // Shared values for anchors may stand here under any name.
    top.skip("shared");
    errors.extend(top.finish());
    let mut cases: Vec<Case> = Vec::new();
    for (index, node) in items.iter().enumerate() {
        match parse_case(file, index, node, meta, shapes) {
            Ok(case) => {
                if let Some(other) = cases.iter().find(|c| c.note == case.note) {
                    errors.push(ContentError::line(
                        file,
                        case.line,
                        format!("the note `{}` stands in line {} too", case.note, other.line),
                    ));
                }
                cases.push(case);
            }
            Err(more) => errors.extend(more),
        }
    }
    for want in [State::Fail, State::Pass] {
        if errors.is_empty() && !cases.iter().any(|c| c.want == want) {
            errors.push(ContentError::file(file, format!("has no case with want: {want}; at least one is required")));
        }
    }
    if errors.is_empty() { Ok(Cases { file: file.to_owned(), cases, empty_may_pass }) } else { Err(errors) }
}

fn known_facets(meta: &CheckMeta) -> impl Iterator<Item = &str> {
    meta.needs.iter().chain(&meta.needs_if_supported).map(String::as_str)
}

fn parse_case(
    file: &str,
    index: usize,
    node: &Node,
    meta: &CheckMeta,
    shapes: &Shapes,
) -> Result<Case, Vec<ContentError>> {
    let mut fields = Fields::new(file, format!("cases[{index}]"), node);
    let note = fields.required_text("note").map(|(note, _)| note);
    let facets =
        parse_facets(&mut fields, meta.kind.as_str(), "", shapes, &|name| known_facets(meta).any(|f| f == name));
    let statuses = parse_statuses(&mut fields, &|name| known_facets(meta).any(|f| f == name));
    let mut params: BTreeMap<String, Value> = meta.params.iter().map(|(k, p)| (k.clone(), p.default.clone())).collect();
    for (key, node) in fields.entries("params") {
        let field = format!("params.{}", key.name);
        let value = node.to_json();
        match meta.params.get(&key.name) {
            None => fields.error(node, &field, "is no parameter of the check"),
            Some(param) if !param.kind.accepts(&value) => {
                fields.error(node, &field, format!("is {}; expected {}", node.describe(), param.kind));
            }
            Some(_) => {
                params.insert(key.name.clone(), value);
            }
        }
    }
    let mut related = Vec::new();
    if let Some(estate) = fields.take("estate") {
        let mut inner = Fields::new(file, fields.full("estate"), estate);
        for item in inner.items("related") {
            related.extend(parse_neighbour(&mut inner, item, meta, shapes));
        }
        fields.errors.extend(inner.finish());
    }
    let today = fields.text("today").and_then(|(text, node)| match parse_day(&text) {
        Some(day) => Some(day),
        None => {
            fields.error(node, "today", format!("is `{text}`; expected a date as in 2026-01-31"));
            None
        }
    });
    if meta.clock == Some(Clock::Day)
        && today.is_none()
        && !fields.errors.iter().any(|e| e.field == Some(fields.full("today")))
    {
        fields.error(node, "today", "is missing; the check has a clock");
    }
    let resource = fields.take("resource").map(Node::to_json);
    let want = fields.required_text("want").and_then(|(word, node)| {
        let state = State::parse(&word);
        if state.is_none() {
            fields.error(node, "want", format!("is `{word}`; expected pass, fail, unknown or not_applicable"));
        }
        state
    });
    let reason_contains = fields.text("reason_contains").map(|(text, _)| text);
    let errors = fields.finish();
    match (note, want) {
        (Some(note), Some(want)) if errors.is_empty() => Ok(Case {
            note,
            line: node.line,
            facets,
            statuses,
            params,
            related,
            today,
            resource,
            want,
            reason_contains,
        }),
        _ => Err(errors),
    }
}

fn parse_facets(
    fields: &mut Fields<'_>,
    kind: &str,
    prefix: &str,
    shapes: &Shapes,
    known: &dyn Fn(&str) -> bool,
) -> BTreeMap<String, Value> {
    let mut out = BTreeMap::new();
    for (key, node) in fields.entries("facets") {
        let field = format!("{prefix}facets.{}", key.name);
        if !known(&key.name) {
            fields.error(node, &field, "is no facet that the check needs");
            continue;
        }
        if let Some(schema) = shapes.get(kind, &key.name) {
            let path = fields.full(&field);
            let file = fields.file();
            fields.errors.extend(shapes::validate(file, &path, node, schema));
        }
        out.insert(key.name.clone(), node.to_json());
    }
    out
}

fn parse_statuses(fields: &mut Fields<'_>, known: &dyn Fn(&str) -> bool) -> BTreeMap<String, (FacetStatus, String)> {
    let mut out = BTreeMap::new();
    for (key, node) in fields.entries("statuses") {
        let field = format!("statuses.{}", key.name);
        if !known(&key.name) {
            fields.error(node, &field, "is no facet that the check needs");
            continue;
        }
        // Either a word, or a word with its reason.
        let (word, reason) = match &node.value {
            Yaml::String(word) => (word.clone(), "case".to_owned()),
            Yaml::Map(_) => {
                let mut inner = Fields::new(fields.file(), fields.full(&field), node);
                let word = inner.required_text("status").map(|(t, _)| t).unwrap_or_default();
                let reason = inner.text("reason").map(|(t, _)| t).unwrap_or_default();
                fields.errors.extend(inner.finish());
                (word, reason)
            }
            _ => (String::new(), String::new()),
        };
        let status = [FacetStatus::Denied, FacetStatus::Throttled, FacetStatus::Failed, FacetStatus::Unsupported]
            .into_iter()
            .find(|s| s.as_str() == word);
        match status {
            Some(status) => {
                out.insert(key.name.clone(), (status, reason));
            }
            None => {
                fields.error(node, &field, format!("is `{word}`; expected denied, throttled, failed or unsupported"))
            }
        }
    }
    out
}

fn parse_neighbour(parent: &mut Fields<'_>, node: &Node, meta: &CheckMeta, shapes: &Shapes) -> Option<CaseNeighbour> {
    let mut fields = Fields::new(parent.file(), parent.full("related"), node);
    let edge = fields.required_text("edge").and_then(|(word, node)| {
        let edge = EdgeKind::parse(&word).filter(|e| meta.related.iter().any(|r| r.edge == *e));
        if edge.is_none() {
            fields.error(node, "edge", format!("is `{word}`; expected an edge that the check names under `related`"));
        }
        edge
    });
    let resource = fields.take("resource").map(Node::to_json);
    let named: Vec<&crate::Related> = meta.related.iter().filter(|r| Some(r.edge) == edge).collect();
    let known = |name: &str| named.iter().any(|r| r.facets.iter().any(|f| f == name));
    let kind = resource
        .as_ref()
        .and_then(|r| r.get("kind"))
        .and_then(Value::as_str)
        .map(str::to_owned)
        .or_else(|| named.first().map(|r| r.kind.as_str().to_owned()))
        .unwrap_or_default();
    let facets = parse_facets(&mut fields, &kind, "", shapes, &known);
    let statuses = parse_statuses(&mut fields, &known);
    parent.errors.extend(fields.finish());
    let resource = resource.unwrap_or_else(
        || serde_json::json!({"id": format!("test://{kind}"), "kind": kind, "name": "related", "scope": "test"}),
    );
    Some(CaseNeighbour { edge: edge?, resource, facets, statuses })
}

/// A date with its days since 1970-01-01.
pub(crate) fn parse_day(text: &str) -> Option<(String, i64)> {
    let date: jiff::civil::Date = text.parse().ok()?;
    Some(day_of(date))
}

/// A date as checks see it.
pub(crate) fn day_of(date: jiff::civil::Date) -> (String, i64) {
    let epoch = jiff::civil::Date::constant(1970, 1, 1);
    let days = date.since((jiff::Unit::Day, epoch)).map(|span| i64::from(span.get_days())).unwrap_or(0);
    (date.to_string(), days)
}
