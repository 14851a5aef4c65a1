use serde_json::{Map, Value, json};

use super::{
    Shape,
    leaf::{leaf, seconds_text, unnamed},
    secret,
};
use crate::policy;

/// Turns an answer into facets' form: names and types by the shape, secrets taken out. A value of another type than the
/// shape says is kept as it is: checks compare types, and what they do not know proves nothing.
pub(crate) fn from_json(value: Value, shape: &Shape) -> Value {
    convert(value, shape).unwrap_or(Value::Null)
}

fn convert(value: Value, shape: &Shape) -> Option<Value> {
    Some(match (shape, value) {
        (Shape::Drop, _) => return None,
        (Shape::Any, value) => kept(value),
        (Shape::Policy, Value::Null) => Value::Null,
        (Shape::Policy, Value::String(text)) => return leaf(&text, shape),
        (Shape::Policy, value) => policy::normalise(&value),
        (Shape::Present, value) => Value::Bool(!matches!(&value, Value::Null) && value.as_str() != Some("")),
        (Shape::Literal, Value::String(text)) => secret::literal(&text),
        (Shape::Literal, Value::Null) => Value::Null,
        (Shape::Literal, other) => secret::literal(&other.to_string()),
        (Shape::Script, Value::String(text)) => secret::script(&text),
        (Shape::Script, _) => json!({"present": false, "assignments": [], "detected": []}),
        (Shape::Object(fields), Value::Object(map)) => {
            let mut out = Map::new();
            let mut rest = map;
            for (name, field) in fields {
                let wire = field.wire.as_deref().unwrap_or(name);
                // Recordings and some services give the published name although the wire has another.
                // AWS's own clients take a null for a field that is not there, and some services send one for each.
                let value = rest.remove(wire).or_else(|| rest.remove(name)).filter(|value| !value.is_null());
                let Some(value) = value else { continue };
                if let Some(value) = convert(value, &field.shape) {
                    out.insert(name.clone(), value);
                }
            }
            for (name, value) in rest.into_iter().filter(|(_, value)| !value.is_null()) {
                let value = unnamed(&name, kept(value));
                out.entry(name).or_insert(value);
            }
            Value::Object(out)
        }
        (Shape::List { item, .. }, Value::Array(items)) => {
            Value::Array(items.into_iter().filter_map(|value| convert(value, item)).collect())
        }
        (Shape::Map { item, .. }, Value::Object(map)) => {
            Value::Object(map.into_iter().filter_map(|(key, value)| Some((key, convert(value, item)?))).collect())
        }
        (Shape::Time, Value::Number(number)) => {
            number.as_f64().and_then(seconds_text).map_or(Value::Number(number), Value::String)
        }
        (Shape::Text | Shape::Bool | Shape::Int | Shape::Num | Shape::Time | Shape::Json, Value::String(text)) => {
            return leaf(&text, shape);
        }
        (_, value) => kept(value),
    })
}

/// What no shape describes, its secrets taken out by their names.
fn kept(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(
            map.into_iter()
                .map(|(name, value)| {
                    let value = unnamed(&name, kept(value));
                    (name, value)
                })
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(kept).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::shape;

    #[test]
    fn an_answer_is_put_into_form() {
        let shape = shape("a@A:int On:bool At:time List:[{Name Secret:drop}] Vars:<literal> Gone:drop").unwrap();
        let got = from_json(
            json!({"A": "5", "On": "true", "At": 1_700_000_000.0, "List": [{"Name": "x", "Secret": "s", "More": 1}],
                "Vars": {"DB_PASSWORD": "hunter2"}, "Gone": 1, "New": {"AuthToken": "t", "Kind": "k"}}),
            shape,
        );
        assert_eq!(got["a"], 5);
        assert_eq!(got["On"], true);
        assert_eq!(got["At"], "2023-11-14T22:13:20Z");
        assert_eq!(got["List"], json!([{"Name": "x", "More": 1}]));
        assert!(!got.to_string().contains("hunter2"), "{got}");
        assert_eq!(got["New"], json!({"AuthToken": "REDACTED", "Kind": "k"}));
        assert!(got.get("Gone").is_none());
    }

    #[test]
    fn a_null_is_a_field_that_is_not_there() {
        let shape = shape("A P:policy Q:policy Obj:{B:bool C}").unwrap();
        let got = from_json(json!({"A": null, "P": null, "Q": "", "New": null, "Obj": {"B": null, "C": "c"}}), shape);
        assert_eq!(got, json!({"Obj": {"C": "c"}}));
    }

    #[test]
    fn a_value_of_another_type_is_kept() {
        let shape = shape("On:bool List:[text] Obj:{A}").unwrap();
        let odd = json!({"On": 3, "List": "x", "Obj": [1]});
        assert_eq!(from_json(odd.clone(), shape), odd);
    }
}
