use serde_json::Value;

use super::Shape;

/// The JSON Schema of what a shape gives.
pub(crate) fn schema(shape: &Shape) -> Value {
    let _ = shape;
    Value::Bool(true)
}
