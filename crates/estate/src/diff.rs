use std::collections::{BTreeSet, HashMap, VecDeque};

use serde::Serialize;
use serde_json::Value;

use crate::{Kind, ResourceId, Timestamp};

/// What happened to a resource or to a place in one of its facets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Was not there before.
    Added,
    /// Is there no more.
    Removed,
    /// Has another value.
    Changed,
    /// The facet could be read before and cannot now, or the other way round; nothing is known of its value.
    Readability,
}

/// One difference between two states of the estate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The resource.
    pub resource: ResourceId,
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// The facet; none where the whole resource came or went.
    pub facet: Option<String>,
    /// RFC 6901 JSON pointer into the facet; empty for the whole facet.
    pub pointer: String,
    /// What happened.
    pub change: ChangeKind,
    /// The value before, or the facet's status before for `Readability`.
    pub before: Option<Value>,
    /// The value after, or the facet's status after for `Readability`.
    pub after: Option<Value>,
    /// When the scan saw it first.
    pub at: Timestamp,
}

/// The differences between two JSON values as `(pointer, before, after)`, in the order of the keys.
///
/// Objects are compared key by key. Lists are compared as multisets where order does not explain the difference:
/// an element that only one side has is named alone, so one inserted line is one difference.
#[must_use]
pub fn value_diff(before: &Value, after: &Value) -> Vec<(String, Option<Value>, Option<Value>)> {
    let mut out = Vec::new();
    walk(String::new(), Some(before), Some(after), &mut out);
    out
}

type Difference = (String, Option<Value>, Option<Value>);

fn walk(pointer: String, before: Option<&Value>, after: Option<&Value>, out: &mut Vec<Difference>) {
    if before == after {
        return;
    }
    match (before, after) {
        (Some(Value::Object(b)), Some(Value::Object(a))) => {
            let mut keys: Vec<&String> = b.keys().chain(a.keys().filter(|k| !b.contains_key(*k))).collect();
            keys.sort();
            for key in keys {
                walk(format!("{pointer}/{}", escape(key)), b.get(key), a.get(key), out);
            }
        }
        (Some(Value::Array(b)), Some(Value::Array(a))) => list_walk(&pointer, b, a, out),
        _ => out.push((pointer, before.cloned(), after.cloned())),
    }
}

fn list_walk(pointer: &str, before: &[Value], after: &[Value], out: &mut Vec<Difference>) {
    let start = before.iter().zip(after).take_while(|(b, a)| b == a).count();
    let rest = before.len().min(after.len()) - start;
    let end = before.iter().rev().zip(after.iter().rev()).take(rest).take_while(|(b, a)| b == a).count();
    let (b, a) = (
        before.get(start..before.len() - end).unwrap_or_default(),
        after.get(start..after.len() - end).unwrap_or_default(),
    );
    if b.len() == a.len() {
        for (i, (b, a)) in b.iter().zip(a).enumerate() {
            walk(format!("{pointer}/{}", start + i), Some(b), Some(a), out);
        }
        return;
    }
    // By text rather than by comparing each with each: a list of a hostile host has a hundred thousand elements.
    let mut places: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (i, value) in a.iter().enumerate() {
        places.entry(value.to_string()).or_default().push_back(i);
    }
    let mut matched = BTreeSet::new();
    for (i, value) in b.iter().enumerate() {
        match places.get_mut(&value.to_string()).and_then(VecDeque::pop_front) {
            Some(place) => {
                matched.insert(place);
            }
            None => out.push((format!("{pointer}/{}", start + i), Some(value.clone()), None)),
        }
    }
    for (i, value) in a.iter().enumerate() {
        if !matched.contains(&i) {
            out.push((format!("{pointer}/{}", start + i), None, Some(value.clone())));
        }
    }
}

fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn differences_are_named_by_their_smallest_place() {
        for (before, after, want, why) in [
            (
                json!({"a": {"b": "0"}}),
                json!({"a": {"b": "1"}}),
                vec![("/a/b", Some(json!("0")), Some(json!("1")))],
                "a leaf",
            ),
            (json!({"a/b": 1}), json!({}), vec![("/a~1b", Some(json!(1)), None)], "RFC 6901 escapes the slash"),
            (
                json!([1, 2, 3]),
                json!([1, 9, 2, 3]),
                vec![("/1", None, Some(json!(9)))],
                "one inserted line is one difference",
            ),
            (json!([1, 2, 3]), json!([2, 3]), vec![("/0", Some(json!(1)), None)], "one removed line is one difference"),
            (
                json!([{"x": 1}]),
                json!([{"x": 2}]),
                vec![("/0/x", Some(json!(1)), Some(json!(2)))],
                "a changed element is looked into",
            ),
        ] {
            let got = value_diff(&before, &after);
            let got: Vec<_> = got.iter().map(|(p, b, a)| (p.as_str(), b.clone(), a.clone())).collect();
            assert_eq!(got, want, "{why}");
        }
    }

    proptest! {
        #[test]
        fn equal_values_have_no_difference_and_others_have_one(a in prop::collection::vec(0u8..4, 0..6), b in prop::collection::vec(0u8..4, 0..6)) {
            let (a, b) = (json!(a), json!(b));
            prop_assert!(value_diff(&a, &a).is_empty());
            // A list that was only reordered in its middle with unequal lengths cannot occur: lengths differ or a position differs.
            prop_assert_eq!(value_diff(&a, &b).is_empty(), a == b);
        }
    }
}
