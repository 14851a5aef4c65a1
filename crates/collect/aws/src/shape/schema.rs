use serde_json::{Map, Value, json};

use super::Shape;
use crate::policy;

/// The JSON Schema of what a shape gives. Objects have the fields that are named and no others, so that a check which
/// asks for another is refused when it is loaded.
pub(crate) fn schema(shape: &Shape) -> Value {
    match shape {
        Shape::Text | Shape::Time => json!({"type": "string"}),
        Shape::Bool | Shape::Present => json!({"type": "boolean"}),
        Shape::Int => json!({"type": "integer"}),
        Shape::Num => json!({"type": "number"}),
        Shape::Object(fields) => {
            let properties: Map<String, Value> = fields
                .iter()
                .filter(|(_, field)| field.shape != Shape::Drop)
                .map(|(name, field)| (name.clone(), schema(&field.shape)))
                .collect();
            json!({"type": "object", "properties": properties})
        }
        Shape::List { item, .. } => json!({"type": "array", "items": schema(item)}),
        Shape::Map { item, .. } => json!({"type": "object", "additionalProperties": schema(item)}),
        Shape::Policy => policy::schema(),
        Shape::Literal => json!({"type": "object", "properties": {
            "form": {"type": "string", "enum": ["empty", "arn", "reference", "literal"]},
            "detected": {"type": "array", "items": {"type": "string"}},
        }}),
        Shape::Script => json!({"type": "object", "properties": {
            "present": {"type": "boolean"},
            // False where the data could not be read as text: nothing is proven of it.
            "readable": {"type": "boolean"},
            "assignments": {"type": "array", "items": {"type": "object", "properties": {
                "name": {"type": "string"}, "line": {"type": "integer"},
                "form": {"type": "string", "enum": ["empty", "arn", "reference", "literal"]},
            }}},
            "detected": {"type": "array", "items": {"type": "object", "properties": {
                "detector": {"type": "string"}, "line": {"type": "integer"},
            }}},
        }}),
        Shape::Drop => Value::Bool(false),
        Shape::Any | Shape::Json => Value::Bool(true),
    }
}
