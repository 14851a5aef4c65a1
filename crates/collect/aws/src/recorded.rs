//! Recorded answers of AWS (corpus `cloud-recordings`) against the tables' shapes: every answer of an operation that a
//! table calls reads, by JSON and where the service speaks XML by XML too; its types are those that the shape says; what
//! the shape does not name is kept.
//!
//! The recordings are what boto3 made of the answers: names are the published ones, times are objects.
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use serde_json::Value;

use crate::{
    service::SERVICES,
    shape::{Field, Shape, from_json, from_xml, shape},
    table::{Call, From, Protocol, Service},
    template,
};

/// Fewest answers that the corpus has for our operations: far fewer mean that names no longer meet.
const ANSWERS_MIN: usize = 1_500;

/// Where a recording has another type than the shape says and the shape is right: operation, path, reason.
const OTHERWISE: &[(&str, &str, &str)] = &[
    ("DescribeDBClusters", ".DBClusters[].ClusterCreateTime", BY_HAND),
    ("DescribeDBClusters", ".DBClusters[].Endpoint", BY_HAND),
    ("DescribeDBInstances", ".DBInstances[].InstanceCreateTime", BY_HAND),
    ("DescribeVpcEndpoints", ".VpcEndpoints[].PolicyDocument", BY_HAND),
    // A plain name is a form that IAM does not document: the policy stays unknown.
    ("GetBucketPolicy", ".Policy", "one statement has a text as its principal that is not `*`"),
];
const BY_HAND: &str = "the recording was written by hand, with `string`, `{...}` or an empty object for a value";

/// Operations that are asked for different things: answers to another question have none of our fields.
const OTHER_QUESTIONS: &[(&str, &str)] = &[("DescribeInstanceAttribute", "one attribute for each call")];

/// An operation as its recordings' file names say it: host and name.
type Key = (String, String);

#[derive(Default)]
struct Tally {
    answers: usize,
    refusals: usize,
    unheard: BTreeSet<&'static str>,
}

#[test]
fn recorded_answers_read() {
    let Some(corpus) = casemate_testkit::corpus("cloud-recordings") else { return };
    let mut table: BTreeMap<Key, Vec<(&'static Service, &'static Call)>> = BTreeMap::new();
    for service in SERVICES {
        for call in calls(service) {
            table.entry((service.endpoint.to_owned(), call.name.to_owned())).or_default().push((service, call));
        }
    }
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut heard: BTreeSet<Key> = BTreeSet::new();
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    let mut excused: BTreeSet<usize> = BTreeSet::new();
    for file in files(&corpus.join("aws/placebo")) {
        let Some(key) = key(&file) else { continue };
        let Some(users) = table.get(&key) else { continue };
        let recording: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let good = recording.get("status_code").and_then(Value::as_u64).is_none_or(|status| status < 300);
        let answer = answer(recording);
        if !good || answer.get("Error").is_some() {
            tallies.entry(users[0].0.endpoint).or_default().refusals += 1;
            continue;
        }
        let mut fits = false;
        for (service, call) in users {
            let of = shape(call.shape).unwrap();
            let Some(answer) = payload(&answer, of) else { continue };
            fits = true;
            for what in faults(service, call, &answer, of) {
                match OTHERWISE.iter().position(|(name, path, _)| {
                    *name == call.name && what.starts_with(&format!("{} {name} {path}: ", service.endpoint))
                }) {
                    Some(index) => drop(excused.insert(index)),
                    None => *wrong.entry(what).or_default() += 1,
                }
            }
        }
        if fits {
            heard.insert(key);
            tallies.entry(users[0].0.endpoint).or_default().answers += 1;
        } else if answer.as_object().is_some_and(|map| !map.is_empty())
            && !OTHER_QUESTIONS.iter().any(|(name, _)| *name == key.1)
        {
            *wrong.entry(format!("{} {}: no field of {} is in the shape", key.0, key.1, keys(&answer))).or_default() +=
                1;
        }
    }
    for (key, users) in &table {
        if !heard.contains(key) {
            tallies.entry(users[0].0.endpoint).or_default().unheard.insert(users[0].1.name);
        }
    }
    let mut report = String::new();
    for (service, tally) in &tallies {
        let unheard: Vec<&str> = tally.unheard.iter().copied().collect();
        writeln!(
            report,
            "{service}: {} answers read, {} refusals; {} operations without a recording{}{}",
            tally.answers,
            tally.refusals,
            unheard.len(),
            if unheard.is_empty() { "" } else { ": " },
            unheard.join(" ")
        )
        .unwrap();
    }
    let answers: usize = tallies.values().map(|tally| tally.answers).sum();
    let unheard: usize = tallies.values().map(|tally| tally.unheard.len()).sum();
    println!("{report}all: {answers} answers of {} operations read; {unheard} without a recording", heard.len());
    let mut wrong_lines = String::new();
    for (what, count) in &wrong {
        writeln!(wrong_lines, "{count:>4} × {what}").unwrap();
    }
    assert!(wrong.is_empty(), "{wrong_lines}");
    assert_eq!(excused.len(), OTHERWISE.len(), "an exception that nothing needs any more: {OTHERWISE:?}");
    assert!(answers >= ANSWERS_MIN, "{answers} answers of our operations");
}

/// Every call of a table.
fn calls(service: &'static Service) -> Vec<&'static Call> {
    let of_facet = |from: &'static From| -> Vec<&'static Call> {
        match from {
            From::Item => Vec::new(),
            From::Each(call) | From::Batch { call, .. } | From::Join { call, .. } | From::EachOf { call, .. } => {
                vec![call]
            }
            From::Derived { lists, .. } => lists.iter().collect(),
        }
    };
    let facets = service.scope_facets.iter().chain(service.kinds.iter().flat_map(|kind| kind.facets));
    service.kinds.iter().map(|kind| &kind.list).chain(facets.flat_map(|facet| of_facet(&facet.from))).collect()
}

/// What is wrong with how an answer reads.
fn faults(service: &Service, call: &Call, answer: &Value, of: &Shape) -> Vec<String> {
    let place = format!("{} {}", service.endpoint, call.name);
    let read = from_json(answer.clone(), of);
    let mut found = Vec::new();
    misfits(&read, of, "", &mut found);
    losses(answer, &read, of, "", &mut found);
    likes(answer, of, "", &mut found);
    if matches!(service.protocol, Protocol::Query { .. } | Protocol::Ec2 { .. } | Protocol::RestXml) {
        let ec2 = matches!(service.protocol, Protocol::Ec2 { .. });
        let text = format!("<R>{}</R>", xml(answer, of, ec2));
        match from_xml(&text, of, ec2) {
            // Empty texts and lists look alike in XML, and so do numbers and texts of what nobody named.
            Ok(again) => unlike(&named(&read, of), &named(&again, of), "", &mut found),
            Err(error) => found.push(format!("its XML does not read: {error}")),
        }
    }
    found.into_iter().map(|what| format!("{place} {what}")).collect()
}

fn files(root: &Path) -> Vec<std::path::PathBuf> {
    let mut found: Vec<_> = fs::read_dir(root)
        .unwrap()
        .filter_map(|scenario| fs::read_dir(scenario.unwrap().path()).ok())
        .flatten()
        .map(|file| file.unwrap().path())
        .collect();
    found.sort();
    found
}

/// `elasticloadbalancing.DescribeLoadBalancers_1.json`; the host itself may hold dots.
fn key(file: &Path) -> Option<Key> {
    let (stem, _) = file.file_name()?.to_str()?.strip_suffix(".json")?.rsplit_once('_')?;
    let (host, operation) = stem.rsplit_once('.')?;
    Some((host.to_owned(), operation.to_owned()))
}

/// The answer without what boto3 adds, times as texts.
fn answer(recording: Value) -> Value {
    let Value::Object(mut recording) = recording else { return Value::Null };
    let mut data = plain(recording.remove("data").unwrap_or_default());
    if let Some(map) = data.as_object_mut() {
        map.remove("ResponseMetadata");
    }
    data
}

fn plain(value: Value) -> Value {
    match value {
        Value::Object(map) if map.contains_key("__class__") => {
            let part = |name: &str| map.get(name).and_then(Value::as_i64).unwrap_or_default();
            Value::String(format!(
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
                part("year"),
                part("month"),
                part("day"),
                part("hour"),
                part("minute"),
                part("second")
            ))
        }
        Value::Object(map) => Value::Object(map.into_iter().map(|(name, value)| (name, plain(value))).collect()),
        Value::Array(items) => Value::Array(items.into_iter().map(plain).collect()),
        other => other,
    }
}

/// The part of the answer that the shape speaks of: all of it, or what the one member holds that boto3 names where the
/// body of a REST answer is a member by itself. None where the shape knows no field of it: then it is the answer of a
/// namesake in the other version of an API.
fn payload(answer: &Value, of: &Shape) -> Option<Value> {
    let Shape::Object(fields) = of else { return Some(answer.clone()) };
    let known =
        |value: &Value| value.as_object().is_some_and(|map| map.keys().any(|name| field(fields, name).is_some()));
    let inner = answer.as_object()?.values().filter(|value| value.is_object()).cloned();
    // boto3 has names of API Gateway's newer API begin large, the service has them small.
    std::iter::once(answer.clone()).chain(inner).chain([small_names(answer)]).find(known).map(|found| listed(found, of))
}

fn small(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}

fn small_names(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            Value::Object(map.iter().map(|(name, value)| (small(name), small_names(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(small_names).collect()),
        other => other.clone(),
    }
}

/// A list of keys and values where the table reads it as a map: in XML both are written alike.
fn listed(value: Value, of: &Shape) -> Value {
    match (of, value) {
        (Shape::Object(fields), Value::Object(map)) => Value::Object(
            map.into_iter()
                .map(|(name, value)| {
                    let value = match field(fields, &name) {
                        Some((_, field)) => listed(value, &field.shape),
                        None => value,
                    };
                    (name, value)
                })
                .collect(),
        ),
        (Shape::Map { .. }, Value::Array(pairs)) => Value::Object(
            pairs
                .iter()
                .filter_map(|pair| Some((pair.get("Key")?.as_str()?.to_owned(), pair.get("Value")?.clone())))
                .collect(),
        ),
        (_, value) => value,
    }
}

fn keys(value: &Value) -> String {
    value.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>().join(" ")).unwrap_or_default()
}

fn field<'f>(fields: &'f BTreeMap<String, Field>, name: &str) -> Option<(&'f String, &'f Field)> {
    fields.iter().find(|(_, field)| field.wire.as_deref() == Some(name)).or_else(|| fields.get_key_value(name))
}

/// Values that have not the type that the shape says.
fn misfits(value: &Value, of: &Shape, path: &str, found: &mut Vec<String>) {
    let right = match (of, value) {
        (_, Value::Null) | (Shape::Any | Shape::Json, _) => true,
        (Shape::Text | Shape::Time, value) => value.is_string(),
        (Shape::Bool | Shape::Present, value) => value.is_boolean(),
        (Shape::Int, value) => value.is_i64(),
        (Shape::Num, value) => value.is_number(),
        (Shape::Literal | Shape::Script, value) => value.is_object(),
        (Shape::Policy, value) => value.get("valid") == Some(&Value::Bool(true)),
        (Shape::Drop, _) => false,
        (Shape::Object(fields), Value::Object(map)) => {
            for (name, field) in fields {
                if let Some(value) = map.get(name) {
                    misfits(value, &field.shape, &format!("{path}.{name}"), found);
                }
            }
            true
        }
        (Shape::List { item, .. }, Value::Array(items)) => {
            for value in items {
                misfits(value, item, &format!("{path}[]"), found);
            }
            true
        }
        (Shape::Map { item, .. }, Value::Object(map)) => {
            for value in map.values() {
                misfits(value, item, &format!("{path}<>"), found);
            }
            true
        }
        (Shape::Object(_) | Shape::List { .. } | Shape::Map { .. }, _) => false,
    };
    if !right {
        let text: String = value.to_string().chars().take(80).collect();
        found.push(format!("{path}: wanted {}, got {text}", kind(of)));
    }
}

fn kind(of: &Shape) -> String {
    format!("{of:?}").split(['(', ' ']).next().unwrap_or_default().to_owned()
}

/// What was in the answer and is not in what was read, although nobody drops it.
fn losses(before: &Value, read: &Value, of: &Shape, path: &str, found: &mut Vec<String>) {
    match (of, before) {
        (Shape::Object(fields), Value::Object(map)) => {
            for (name, value) in map.iter().filter(|(_, value)| !value.is_null()) {
                match field(fields, name) {
                    Some((_, Field { shape: Shape::Drop, .. })) => {}
                    Some((own, field)) => match read.get(own) {
                        Some(read) => losses(value, read, &field.shape, &format!("{path}.{name}"), found),
                        None => found.push(format!("{path}.{name}: lost")),
                    },
                    None if read.get(name).is_none() => found.push(format!("{path}.{name}: lost")),
                    None => {}
                }
            }
        }
        (Shape::List { item, .. }, Value::Array(items)) if **item != Shape::Drop => {
            let read = read.as_array().map(Vec::as_slice).unwrap_or_default();
            if read.len() != items.len() {
                found.push(format!("{path}: {} of {} items", read.len(), items.len()));
            }
            for (value, read) in items.iter().zip(read) {
                losses(value, read, item, &format!("{path}[]"), found);
            }
        }
        (Shape::Map { item, .. }, Value::Object(map)) => {
            for (name, value) in map {
                match read.get(name) {
                    Some(read) => losses(value, read, item, &format!("{path}<>"), found),
                    None => found.push(format!("{path}.{name}: lost")),
                }
            }
        }
        _ => {}
    }
}

/// Fields that nobody named although one is named the same but for its case: mostly a slip of the table.
fn likes(before: &Value, of: &Shape, path: &str, found: &mut Vec<String>) {
    match (of, before) {
        (Shape::Object(fields), Value::Object(map)) => {
            for (name, value) in map {
                match field(fields, name) {
                    Some((_, field)) => likes(value, &field.shape, &format!("{path}.{name}"), found),
                    None => {
                        if let Some(like) = fields.keys().find(|like| like.eq_ignore_ascii_case(name)) {
                            found.push(format!("{path}.{name}: named {like}"));
                        }
                    }
                }
            }
        }
        (Shape::List { item, .. }, Value::Array(items)) => {
            for value in items {
                likes(value, item, &format!("{path}[]"), found);
            }
        }
        (Shape::Map { item, .. }, Value::Object(map)) => {
            for value in map.values() {
                likes(value, item, &format!("{path}<>"), found);
            }
        }
        _ => {}
    }
}

/// The answer as the service would write it, by the names of the shape.
fn xml(value: &Value, of: &Shape, ec2: bool) -> String {
    match (of, value) {
        (Shape::Object(fields), Value::Object(map)) => {
            let mut out = String::new();
            for (name, value) in map.iter().filter(|(_, value)| !value.is_null()) {
                let Some((own, field)) = field(fields, name) else { continue };
                let wire = field.wire.clone().unwrap_or_else(|| if ec2 { small(own) } else { own.clone() });
                match (&field.shape, value) {
                    (Shape::List { item, flat: true }, Value::Array(items)) => {
                        for one in items {
                            out.push_str(&format!("<{wire}>{}</{wire}>", xml(one, item, ec2)));
                        }
                    }
                    (Shape::Map { item, flat: true }, Value::Object(map)) => {
                        for (key, one) in map {
                            out.push_str(&format!("<{wire}>{}</{wire}>", entry(key, one, item, ec2)));
                        }
                    }
                    (shape, value) => out.push_str(&format!("<{wire}>{}</{wire}>", xml(value, shape, ec2))),
                }
            }
            out
        }
        (Shape::List { item, .. }, Value::Array(items)) => {
            items.iter().map(|one| format!("<member>{}</member>", xml(one, item, ec2))).collect()
        }
        (Shape::Map { item, .. }, Value::Object(map)) => {
            map.iter().map(|(key, one)| format!("<entry>{}</entry>", entry(key, one, item, ec2))).collect()
        }
        (_, value) => escaped(&template::text(value).unwrap_or_else(|| value.to_string())),
    }
}

fn entry(key: &str, value: &Value, of: &Shape, ec2: bool) -> String {
    format!("<key>{}</key><value>{}</value>", escaped(key), xml(value, of, ec2))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// What the shape names, and of that what has its type.
fn named(value: &Value, of: &Shape) -> Value {
    match (of, value) {
        (Shape::Object(fields), Value::Object(map)) => Value::Object(
            fields
                .iter()
                .filter_map(|(name, field)| Some((name.clone(), named(map.get(name)?, &field.shape))))
                .filter(|(_, value)| !empty(value))
                .collect(),
        ),
        (Shape::List { item, .. }, Value::Array(items)) => {
            Value::Array(items.iter().map(|value| named(value, item)).collect())
        }
        (Shape::Map { item, .. }, Value::Object(map)) => {
            Value::Object(map.iter().map(|(name, value)| (name.clone(), named(value, item))).collect())
        }
        (Shape::Any | Shape::Json, _) => Value::Null,
        (_, value) => value.clone(),
    }
}

fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Where two readings of one answer part.
fn unlike(json: &Value, xml: &Value, path: &str, found: &mut Vec<String>) {
    match (json, xml) {
        (Value::Object(a), Value::Object(b)) => {
            let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for name in names {
                let null = Value::Null;
                unlike(a.get(name).unwrap_or(&null), b.get(name).unwrap_or(&null), &format!("{path}.{name}"), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (a, b) in a.iter().zip(b) {
                unlike(a, b, &format!("{path}[]"), found);
            }
        }
        (a, b) if a == b || (empty(a) && empty(b)) => {}
        (a, b) => found.push(format!("{path}: by JSON {a}, by XML {b}").chars().take(240).collect()),
    }
}
