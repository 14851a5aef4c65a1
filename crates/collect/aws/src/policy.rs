//! Policy documents in one form (IAM JSON policy elements reference).
use serde_json::{Value, json};

/// The schema of what [`normalise`] gives.
pub(crate) fn schema() -> Value {
    let texts = json!({"type": "array", "items": {"type": "string"}});
    json!({"type": "object", "properties": {
        // Whether the text was a policy. Where not, `statements` is empty and `problem` says why: a check that reads a
        // policy must look at it, for an unreadable policy proves nothing.
        "valid": {"type": "boolean"},
        "problem": {"type": "string"},
        "version": {"type": "string"},
        "id": {"type": "string"},
        "statements": {"type": "array", "items": {"type": "object", "properties": {
            "sid": {"type": "string"},
            "effect": {"type": "string", "enum": ["Allow", "Deny"]},
            // Kind (`AWS`, `Service`, `Federated`, `CanonicalUser`) to names; a plain `*` is `{"*": ["*"]}`.
            "principal": {"type": "object", "additionalProperties": texts},
            "not_principal": {"type": "object", "additionalProperties": texts},
            // In lower case.
            "action": texts, "not_action": texts,
            "resource": texts, "not_resource": texts,
            // Each operator (in lower case), key (in lower case) and its values.
            "condition": {"type": "array", "items": {"type": "object", "properties": {
                "operator": {"type": "string"}, "key": {"type": "string"}, "values": texts,
            }}},
        }}},
    }})
}

/// Puts a policy, as a JSON text (percent-encoded as IAM gives it, or plain) or as an object, into one form: see
/// [`schema`]. Elements that are absent are absent in the result too.
pub(crate) fn normalise(value: &Value) -> Value {
    let _ = value;
    json!({"valid": false, "problem": "not read yet", "statements": []})
}
