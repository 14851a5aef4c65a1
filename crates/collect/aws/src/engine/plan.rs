//! Which calls are made: the tables, narrowed to the facets that are wanted.
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::{
    Wanted,
    service::SERVICES,
    shape::{Shape, schema, shape},
    table::{Call, Facet, From, Kind, Reach, Service},
    trail,
};

/// The kind of an account's own resource.
pub(crate) const ACCOUNT: &str = "aws.account";
/// The kind of an account in a region.
pub(crate) const ACCOUNT_REGION: &str = "aws.account_region";
/// The facet of both that says how the lists of their resources went.
pub(crate) const COVERAGE: &str = "coverage";

/// One service with what is read of it.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) service: &'static Service,
    /// Facets of the account or the region.
    pub(crate) scope_facets: Vec<&'static Facet>,
    /// Kinds, parents first, with their facets in the order of the table.
    pub(crate) kinds: Vec<(&'static Kind, Vec<&'static Facet>)>,
}

/// The kind of the resource that stands for a scope of this reach.
pub(crate) fn scope_kind(reach: Reach) -> &'static str {
    match reach {
        Reach::Global => ACCOUNT,
        Reach::Regional => ACCOUNT_REGION,
    }
}

/// The table of a kind: its service, and its name as that has it.
pub(crate) fn owner(kind: &str) -> Option<(&'static Service, &'static str)> {
    SERVICES.iter().find_map(|service| Some((*service, service.kinds.iter().find(|one| one.kind == kind)?.kind)))
}

/// The services of which something is wanted.
pub(crate) fn plan(wanted: &Wanted) -> Vec<Part> {
    SERVICES.iter().filter_map(|service| part(service, wanted)).collect()
}

fn part(service: &'static Service, wanted: &Wanted) -> Option<Part> {
    let scope_facets = chosen(scope_kind(service.reach), service.scope_facets, wanted).unwrap_or_default();
    // A kind is listed where something of it is wanted, or something of what it holds.
    let mut listed: BTreeSet<&str> = BTreeSet::new();
    for kind in service.kinds.iter().rev() {
        if chosen(kind.kind, kind.facets, wanted).is_some() || listed.contains(kind.kind) {
            listed.insert(kind.kind);
            listed.extend(kind.parent);
        }
    }
    let kinds: Vec<_> = service
        .kinds
        .iter()
        .filter(|kind| listed.contains(kind.kind))
        .map(|kind| (kind, chosen(kind.kind, kind.facets, wanted).unwrap_or_default()))
        .collect();
    (!kinds.is_empty() || !scope_facets.is_empty()).then_some(Part { service, scope_facets, kinds })
}

/// The facets that are wanted and those that they are made from, in the order of the table; none where the kind is not.
fn chosen(kind: &str, facets: &'static [Facet], wanted: &Wanted) -> Option<Vec<&'static Facet>> {
    let Wanted::These(kinds) = wanted else { return Some(facets.iter().collect()) };
    let names = kinds.get(kind)?;
    let mut needed: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    // What a later facet is made from stands before it.
    for facet in facets.iter().rev() {
        if needed.contains(facet.name) {
            needed.extend(made_from(&facet.from));
        }
    }
    // The region of a resource may hang on it, and with it every other call.
    needed.insert("location");
    Some(facets.iter().filter(|facet| needed.contains(facet.name)).collect())
}

/// Names of facets of the same resource that this one refers to.
fn made_from(from: &From) -> Vec<&'static str> {
    let of_call = |call: &Call| -> Vec<&'static str> {
        call.params.iter().map(|(_, value)| *value).chain([call.path]).flat_map(facets_named).collect()
    };
    match from {
        From::Item => Vec::new(),
        From::Each(call) => of_call(call),
        From::Batch { call, key, .. } | From::Join { call, key, .. } => {
            of_call(call).into_iter().chain(facets_named(key)).collect()
        }
        From::EachOf { call, each } => of_call(call).into_iter().chain(facets_named(each)).collect(),
        From::Derived { needs, .. } => needs.to_vec(),
    }
}

/// The names behind `@` in a template or path.
fn facets_named(template: &'static str) -> Vec<&'static str> {
    template.split('@').skip(1).filter_map(|rest| rest.split(['.', '}', '|', '[']).next()).collect()
}

/// Every call behind a facet.
pub(crate) fn calls_of(from: &From) -> Vec<&Call> {
    match from {
        From::Item => Vec::new(),
        From::Each(call) | From::Batch { call, .. } | From::Join { call, .. } | From::EachOf { call, .. } => vec![call],
        From::Derived { lists, .. } => lists.iter().collect(),
    }
}

/// The IAM actions that reading these facets needs, sorted; for a policy.
#[must_use]
pub fn permissions(wanted: &Wanted) -> Vec<String> {
    operations(wanted).into_keys().collect()
}

/// The same with the operations of the API that each action permits: `s3:ListAllMyBuckets` is for `ListBuckets`.
#[must_use]
pub fn operations(wanted: &Wanted) -> BTreeMap<String, BTreeSet<String>> {
    let mut out: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (action, operation) in
        [("ec2:DescribeRegions", "DescribeRegions"), ("sts:GetCallerIdentity", "GetCallerIdentity")]
    {
        out.entry(action.to_owned()).or_default().insert(operation.to_owned());
    }
    for part in plan(wanted) {
        let facets = part.scope_facets.iter().chain(part.kinds.iter().flat_map(|(_, facets)| facets));
        let calls = facets.flat_map(|facet| calls_of(&facet.from));
        let lists = part.kinds.iter().map(|(kind, _)| &kind.list);
        for call in calls.chain(lists) {
            for action in call.permission.split(' ').filter(|action| !action.is_empty()) {
                out.entry(action.to_owned()).or_default().insert(call.name.to_owned());
            }
        }
    }
    out
}

/// The published shape of every facet: kind, facets and their JSON Schemas.
#[must_use]
pub fn shapes() -> BTreeMap<String, BTreeMap<String, Value>> {
    let mut all: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    for service in SERVICES {
        for kind in service.kinds {
            let facets = all.entry(kind.kind.to_owned()).or_default();
            for facet in kind.facets {
                facets.insert(facet.name.to_owned(), facet_schema(facet, Some(&kind.list)));
            }
        }
        let facets = all.entry(scope_kind(service.reach).to_owned()).or_default();
        for facet in service.scope_facets {
            facets.insert(facet.name.to_owned(), facet_schema(facet, None));
        }
    }
    let coverage = json!({"type": "object", "additionalProperties": {"type": "object", "properties": {
        "status": {"type": "string"}, "reason": {"type": "string"}}}});
    for kind in [ACCOUNT, ACCOUNT_REGION] {
        all.entry(kind.to_owned()).or_default().insert(COVERAGE.to_owned(), coverage.clone());
    }
    for facets in all.values_mut() {
        facets.insert(trail::LAST_CHANGE.to_owned(), trail::schema());
    }
    all
}

fn facet_schema(facet: &Facet, list: Option<&Call>) -> Value {
    let listed = |schema: Value| json!({"type": "object", "properties": {"items": {"type": "array", "items": schema}}});
    match &facet.from {
        From::Item => list.map_or(Value::Bool(true), item_schema),
        From::Each(call) => {
            let mut out = value_schema(call);
            if !call.none.is_empty()
                && let Some(properties) = out.get_mut("properties").and_then(Value::as_object_mut)
            {
                properties.insert("present".into(), json!({"type": "boolean"}));
            }
            out
        }
        From::Batch { call, .. } => item_schema(call),
        From::Join { call, .. } => listed(item_schema(call)),
        From::EachOf { call, .. } => {
            let mut item = value_schema(call);
            if let Some(properties) = item.get_mut("properties").and_then(Value::as_object_mut) {
                properties.insert("of".into(), Value::Bool(true));
                if !call.none.is_empty() {
                    properties.insert("present".into(), json!({"type": "boolean"}));
                }
            }
            listed(item)
        }
        From::Derived { shape: text, .. } => shape(text).map_or(Value::Bool(true), schema),
    }
}

/// The schema of one item of a call's list.
fn item_schema(call: &Call) -> Value {
    match shape(call.shape).map(|whole| shape_at(whole, call.at)) {
        Ok(Some(Shape::List { item, .. })) => object_schema(item),
        Ok(Some(found)) => object_schema(found),
        _ => Value::Bool(true),
    }
}

/// The schema of a facet made from the value at a call's `at`.
fn value_schema(call: &Call) -> Value {
    match shape(call.shape).map(|whole| shape_at(whole, call.at)) {
        Ok(Some(found)) => object_schema(found),
        _ => Value::Bool(true),
    }
}

/// As facets are always objects: see [`From`].
fn object_schema(found: &Shape) -> Value {
    match found {
        Shape::Object(_)
        | Shape::Map { .. }
        | Shape::Any
        | Shape::Json
        | Shape::Policy
        | Shape::Literal
        | Shape::Script => schema(found),
        Shape::List { .. } => json!({"type": "object", "properties": {"items": schema(found)}}),
        other => json!({"type": "object", "properties": {"value": schema(other)}}),
    }
}

/// The shape at a path; a list that the path steps into, or ends at with `[]`, gives its items' shape.
pub(crate) fn shape_at<'s>(whole: &'s Shape, path: &str) -> Option<&'s Shape> {
    let mut here = whole;
    if path.is_empty() {
        return Some(here);
    }
    for step in path.split('.') {
        let (name, each) = step.strip_suffix("[]").map_or((step, false), |name| (name, true));
        if !name.is_empty() {
            here = match here {
                Shape::Object(fields) => &fields.get(name)?.shape,
                Shape::Map { item, .. } => item,
                Shape::Any | Shape::Json => here,
                _ => return None,
            };
        }
        if each && let Shape::List { item, .. } = here {
            here = item;
        }
    }
    Some(here)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every table reads: shapes, paths in shapes, parents before children, names once.
    #[test]
    fn tables_make_sense() {
        let mut wrong = Vec::new();
        let mut kinds = BTreeSet::new();
        let mut check = |place: &str, call: &Call, list: bool| {
            match shape(call.shape) {
                Err(error) => wrong.push(format!("{place}: {error}")),
                Ok(whole) => {
                    let found = shape_at(whole, call.at);
                    if found.is_none() {
                        wrong.push(format!("{place} {}: `{}` is not in its shape", call.name, call.at));
                    }
                    let is_list = call.at.ends_with("[]") || matches!(found, Some(Shape::List { .. } | Shape::Any));
                    if list && !is_list && found.is_some() {
                        wrong.push(format!("{place} {}: `{}` is no list", call.name, call.at));
                    }
                }
            }
            for permission in call.permission.split(' ') {
                if !permission.contains(':') {
                    wrong.push(format!("{place} {}: `{permission}` is no IAM action", call.name));
                }
            }
        };
        for service in SERVICES {
            let mut seen: BTreeSet<&str> = BTreeSet::new();
            for kind in service.kinds {
                check(kind.kind, &kind.list, true);
                if let Some(parent) = kind.parent {
                    assert!(seen.contains(parent), "{}: its parent {parent} stands behind it or elsewhere", kind.kind);
                }
                seen.insert(kind.kind);
                assert!(kinds.insert(kind.kind), "{} stands in two tables", kind.kind);
                let mut names = BTreeSet::new();
                for facet in kind.facets {
                    for name in made_from(&facet.from) {
                        assert!(names.contains(name), "{} {}: {name} stands behind it", kind.kind, facet.name);
                    }
                    assert!(names.insert(facet.name), "{} {} stands there twice", kind.kind, facet.name);
                    for call in calls_of(&facet.from) {
                        let list = matches!(facet.from, From::Batch { .. } | From::Join { .. });
                        check(&format!("{} {}", kind.kind, facet.name), call, list);
                    }
                    if let From::Derived { shape: text, .. } = facet.from {
                        shape(text).unwrap();
                    }
                }
            }
            for facet in service.scope_facets {
                for call in calls_of(&facet.from) {
                    check(&format!("{} {}", service.name, facet.name), call, false);
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_scan_of_one_facet_makes_its_calls_alone() {
        let one = |facet: &str| {
            let facets = if facet.is_empty() { BTreeSet::new() } else { BTreeSet::from([facet.to_owned()]) };
            permissions(&Wanted::These(BTreeMap::from([("aws.sqs.queue".to_owned(), facets)])))
        };
        let always = ["ec2:DescribeRegions", "sqs:ListQueues", "sts:GetCallerIdentity"];
        assert_eq!(one(""), always);
        assert_eq!(
            one("attributes"),
            ["ec2:DescribeRegions", "sqs:GetQueueAttributes", "sqs:ListQueues", "sts:GetCallerIdentity"]
        );
        assert!(permissions(&Wanted::These(BTreeMap::new())).len() == 2);
    }
}
