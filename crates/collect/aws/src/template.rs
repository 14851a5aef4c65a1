//! Fills templates and walks paths: see `table.rs` for both notations.
use serde_json::{Map, Value};

use crate::table::Subject;

/// Deepest path.
const STEPS_MAX: usize = 32;

/// All values at a path: `Reservations[].Instances[]`. A list at the end is given whole without `[]`.
pub(crate) fn walk<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    let mut found = vec![value];
    if path.is_empty() {
        return found;
    }
    for step in path.split('.').take(STEPS_MAX) {
        let (name, each) = step.strip_suffix("[]").map_or((step, false), |name| (name, true));
        found =
            found.into_iter().filter_map(|value| if name.is_empty() { Some(value) } else { value.get(name) }).collect();
        if each {
            found = found.into_iter().filter_map(Value::as_array).flatten().collect();
        }
    }
    found
}

/// The first value at a path.
pub(crate) fn at<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    walk(value, path).into_iter().next()
}

/// A value as the text that stands for it in a request or an id.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// What a field of a template means, its filters left out.
fn field(name: &str, subject: &Subject<'_>) -> Option<Value> {
    if let Some(parent) = name.strip_prefix('^') {
        return match parent {
            ".id" if !subject.parent_id.is_empty() => Some(subject.parent_id.into()),
            ".id" => None,
            ".name" => Some(subject.parent_name.into()),
            path => at(subject.parent, path).cloned(),
        };
    }
    if let Some(own) = name.strip_prefix('.') {
        let text = match own {
            "account" => subject.account,
            "region" => subject.region,
            "partition" => subject.partition,
            "id" => subject.id,
            "name" => subject.name,
            _ => return None,
        };
        return (!text.is_empty()).then(|| text.into());
    }
    if let Some(facet) = name.strip_prefix('@') {
        let (facet, path) = facet.split_once('.').unwrap_or((facet, ""));
        return at(subject.facets.get(facet)?, path).cloned();
    }
    at(subject.item, name).cloned()
}

fn filtered(name: &str, subject: &Subject<'_>) -> Option<Value> {
    let mut parts = name.split('|');
    let mut value = field(parts.next().unwrap_or_default(), subject)?;
    for filter in parts {
        let plain = text(&value)?;
        value = match filter {
            "last" => plain.rsplit(['/', ':']).next().unwrap_or_default().into(),
            "base" => plain.rsplit('/').next().unwrap_or_default().into(),
            "lower" => plain.to_lowercase().into(),
            "bare" => plain.trim_start_matches('/').into(),
            other => {
                let start = other.strip_prefix("starts=")?;
                if !plain.starts_with(start) {
                    return None;
                }
                plain.into()
            }
        };
    }
    Some(value)
}

/// Fills a template; none where a field is not there. `encode` is applied to what fields give.
pub(crate) fn fill(template: &str, subject: &Subject<'_>, encode: fn(&str) -> String) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        let (name, behind) = behind.split_once('}')?;
        out.push_str(before);
        out.push_str(&encode(&text(&filtered(name, subject)?)?));
        rest = behind;
    }
    out.push_str(rest);
    Some(out)
}

/// Leaves a text as it is.
pub(crate) fn plain(text: &str) -> String {
    text.to_owned()
}

/// Percent-encodes all but the unreserved characters (RFC 3986, section 2.3).
pub(crate) fn percent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// The parameters of a call. A value that is one field alone keeps its type; one that begins with `=` is JSON, in which
/// texts may hold fields. None where a field is not there.
pub(crate) fn params(table: &[(&str, &str)], subject: &Subject<'_>) -> Option<Map<String, Value>> {
    table.iter().map(|(name, template)| Some(((*name).to_owned(), param(template, subject)?))).collect()
}

fn param(template: &str, subject: &Subject<'_>) -> Option<Value> {
    if let Some(json) = template.strip_prefix('=') {
        return fill_in(serde_json::from_str(json).ok()?, subject);
    }
    if let Some(name) = template.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'))
        && !name.contains(['{', '}'])
    {
        return filtered(name, subject);
    }
    fill(template, subject, plain).map(Value::String)
}

/// Fills the texts of a JSON literal.
fn fill_in(value: Value, subject: &Subject<'_>) -> Option<Value> {
    Some(match value {
        Value::String(template) if template.contains('{') => param(&template, subject)?,
        Value::Array(items) => {
            Value::Array(items.into_iter().map(|item| fill_in(item, subject)).collect::<Option<_>>()?)
        }
        Value::Object(map) => Value::Object(
            map.into_iter().map(|(name, value)| Some((name, fill_in(value, subject)?))).collect::<Option<_>>()?,
        ),
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn templates_fill_or_are_undefined() {
        let item = json!({"A": {"B": "x/y:Z"}, "N": 5, "L": ["p", "q"], "S": "/a/b"});
        let parent = json!({"P": "up"});
        let facets = json!({"f": {"C": "c d"}});
        let subject = Subject {
            partition: "aws",
            account: "123456789012",
            region: "eu-west-1",
            id: "arn:x",
            name: "n",
            item: &item,
            parent: &parent,
            parent_id: "arn:parent",
            parent_name: "pn",
            facets: facets.as_object().unwrap(),
        };
        for (template, want) in [
            ("arn:{.partition}:s:{.region}:{.account}:{A.B|last}", Some("arn:aws:s:eu-west-1:123456789012:Z")),
            ("{A.B|last|lower}", Some("z")),
            ("{A.B|base}", Some("y:Z")),
            ("{S|bare}", Some("a/b")),
            ("{^P}-{^.id}-{^.name}", Some("up-arn:parent-pn")),
            ("{@f.C}", Some("c d")),
            ("{N}", Some("5")),
            ("{A.B|starts=x/}", Some("x/y:Z")),
            ("{A.B|starts=y}", None),
            ("{A.B|unknown}", None),
            ("{Missing}", None),
            ("{A}", None),
            ("{.unknown}", None),
            ("{open", None),
        ] {
            assert_eq!(fill(template, &subject, plain).as_deref(), want, "{template}");
        }
        assert_eq!(fill("/{@f.C}", &subject, percent).as_deref(), Some("/c%20d"));
        let got = params(&[("L", "{L}"), ("M", "=[\"{N}\",1]"), ("T", "a{N}")], &subject).unwrap();
        assert_eq!(Value::Object(got), json!({"L": ["p", "q"], "M": [5, 1], "T": "a5"}));
        assert!(params(&[("X", "{Missing}")], &subject).is_none());
    }

    #[test]
    fn paths_walk_lists() {
        let value = json!({"R": [{"I": [1, 2]}, {"I": [3]}, {}], "T": "t"});
        assert_eq!(walk(&value, "R[].I[]"), [&json!(1), &json!(2), &json!(3)]);
        assert_eq!(walk(&value, "R[].I"), [&json!([1, 2]), &json!([3])]);
        assert_eq!(walk(&value, ""), [&value]);
        assert!(walk(&value, "T[].X").is_empty());
        assert_eq!(walk(&json!([1, 2]), "[]"), [&json!(1), &json!(2)]);
    }
}
