//! What one text of an answer becomes, whatever the protocol.
use casemate_estate::Timestamp;
use serde_json::{Value, json};

use super::{Shape, secret};
use crate::policy;

/// Deepest JSON that is taken.
const JSON_MAX: usize = 10 << 20;

/// The text as `shape` says; `None` where the field is dropped.
pub(super) fn leaf(text: &str, shape: &Shape) -> Option<Value> {
    Some(match shape {
        Shape::Drop => return None,
        Shape::Bool => match text.trim() {
            "true" | "True" | "TRUE" => Value::Bool(true),
            "false" | "False" | "FALSE" => Value::Bool(false),
            // Kept, so that a check sees that it is neither.
            _ => Value::String(text.into()),
        },
        Shape::Int => text.trim().parse::<i64>().map_or_else(|_| Value::String(text.into()), Value::from),
        Shape::Num => number(text).unwrap_or_else(|| Value::String(text.into())),
        Shape::Time => Value::String(time_text(text)),
        // OpenSearch says so that there is none.
        Shape::Policy if text.trim().is_empty() => return None,
        Shape::Policy => policy::normalise(&Value::String(text.into())),
        Shape::Json if text.len() <= JSON_MAX => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.into()))
        }
        Shape::Literal => secret::literal(text),
        Shape::Present => Value::Bool(!text.is_empty()),
        Shape::Script => secret::script(text),
        Shape::Text | Shape::Any | Shape::Json | Shape::Object(_) | Shape::List { .. } | Shape::Map { .. } => {
            Value::String(text.into())
        }
    })
}

fn number(text: &str) -> Option<Value> {
    let text = text.trim();
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    serde_json::Number::from_f64(text.parse().ok()?).map(Value::Number)
}

/// RFC 3339 in UTC of what APIs give: RFC 3339 itself, or seconds since 1970 as a text. Else the text.
pub(super) fn time_text(text: &str) -> String {
    let text = text.trim();
    if let Ok(time) = text.parse::<Timestamp>() {
        return time.to_string();
    }
    if let Ok(time) = jiff::fmt::rfc2822::parse(text) {
        return time.timestamp().to_string();
    }
    match text.parse::<f64>() {
        Ok(seconds) => seconds_text(seconds).unwrap_or_else(|| text.to_owned()),
        // `2024-05-01T10:00:00+0000` and the like are kept.
        Err(_) => text.to_owned(),
    }
}

/// RFC 3339 of seconds since 1970. What is too large for a time in seconds is one in milliseconds.
pub(super) fn seconds_text(seconds: f64) -> Option<String> {
    let seconds = if seconds.abs() > 1e11 { seconds / 1000.0 } else { seconds };
    if !seconds.is_finite() || seconds.abs() > 1e11 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "bounded above, and milliseconds are what APIs give")]
    let millis = (seconds * 1000.0).round() as i64;
    Timestamp::from_millisecond(millis).ok().map(|time| time.to_string())
}

/// A value of a field that no shape names: kept, unless its name says that it holds what opens doors.
pub(super) fn unnamed(name: &str, value: Value) -> Value {
    if value.is_string() && secret::is_secret_name(name) { json!("REDACTED") } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_take_the_type_that_the_shape_says() {
        for (text, shape, want) in [
            ("true", Shape::Bool, json!(true)),
            ("yes", Shape::Bool, json!("yes")),
            (" 7 ", Shape::Int, json!(7)),
            ("7.5", Shape::Int, json!("7.5")),
            ("7.5", Shape::Num, json!(7.5)),
            ("NaN", Shape::Num, json!("NaN")),
            ("1700000000", Shape::Time, json!("2023-11-14T22:13:20Z")),
            ("1.7e9", Shape::Time, json!("2023-11-14T22:13:20Z")),
            ("2023-11-14T22:13:20.000Z", Shape::Time, json!("2023-11-14T22:13:20Z")),
            ("Tue, 14 Nov 2023 22:13:20 GMT", Shape::Time, json!("2023-11-14T22:13:20Z")),
            ("never", Shape::Time, json!("never")),
            ("{\"a\":1}", Shape::Json, json!({"a": 1})),
            ("{", Shape::Json, json!("{")),
            ("x", Shape::Present, json!(true)),
        ] {
            assert_eq!(leaf(text, &shape), Some(want), "{text} {shape:?}");
        }
        assert_eq!(leaf("x", &Shape::Drop), None);
        assert_eq!(leaf(" ", &Shape::Policy), None, "no policy at all");
        assert_eq!(leaf("x", &Shape::Policy).unwrap()["valid"], json!(false));
        assert_eq!(seconds_text(1.7e12), Some("2023-11-14T22:13:20Z".into()), "milliseconds");
        assert_eq!(seconds_text(f64::INFINITY), None);
    }

    #[test]
    fn a_field_that_nobody_named_does_not_leak() {
        assert_eq!(unnamed("MasterUserPassword", json!("hunter2")), json!("REDACTED"));
        assert_eq!(unnamed("Engine", json!("mysql")), json!("mysql"));
        assert_eq!(unnamed("PasswordEnabled", json!(true)), json!(true));
    }
}
