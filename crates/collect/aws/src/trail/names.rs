//! The texts of an event that may name a resource.
use std::collections::BTreeSet;

use serde_json::Value;

use crate::shape::is_secret_name;

/// Longest text that is taken for a name. The longest ARN is 2,048 characters.
const TEXT_MAX: usize = 2048;
/// Most names of one event; one with more names more than can be compared.
pub(super) const NAMES_MAX: usize = 10_000;
/// Deepest nest that is followed.
const DEPTH_MAX: usize = 32;

/// A name as names are compared: services differ in the case that they answer with (RDS stores `MyDB` as `mydb`).
pub(crate) fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Every text below `value` that may name a resource: whole, and of an ARN or an address each part and each rest behind
/// a `/` or `:` too. False where there are more than are kept.
pub(super) fn gather(value: &Value, names: &mut BTreeSet<String>) -> bool {
    below(value, names, 0)
}

fn below(value: &Value, names: &mut BTreeSet<String>, depth: usize) -> bool {
    if depth > DEPTH_MAX {
        return false;
    }
    match value {
        Value::String(text) => name(text, names),
        Value::Array(items) => items.iter().all(|item| below(item, names, depth + 1)),
        Value::Object(map) => map
            .iter()
            .filter(|(key, value)| !(value.is_string() && is_secret_name(key)))
            .all(|(_, value)| below(value, names, depth + 1)),
        // Ids of some services are numbers.
        Value::Number(number) => name(&number.to_string(), names),
        Value::Null | Value::Bool(_) => true,
    }
}

fn name(text: &str, names: &mut BTreeSet<String>) -> bool {
    let text = plain(text);
    // Documents (policies, templates, scripts) are no names.
    if text.is_empty() || text.len() > TEXT_MAX || text.starts_with(['{', '[', '<']) || text.starts_with("%7b") {
        return true;
    }
    if names.len() >= NAMES_MAX {
        return false;
    }
    // `arn:PARTITION:SERVICE:REGION:ACCOUNT:` says of which service it is, not which resource.
    let own = if text.starts_with("arn:") { text.splitn(6, ':').nth(5).unwrap_or_default() } else { text.as_str() };
    if !own.contains(char::is_whitespace) {
        names.extend(own.split(['/', ':']).filter(|part| !part.is_empty()).map(str::to_owned));
        let rests = own.match_indices(['/', ':']).filter_map(|(at, _)| own.get(at + 1..));
        names.extend(rests.filter(|rest| !rest.is_empty()).take(DEPTH_MAX).map(str::to_owned));
    }
    names.insert(text);
    true
}
