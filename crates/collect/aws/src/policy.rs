//! Policy documents in one form (IAM User Guide, "IAM JSON policy elements reference" and "Grammar of the IAM JSON policy
//! language").
use serde_json::{Map, Value, json};

/// Bytes of a document that are read; the longest policy that AWS takes has 20,480.
const BYTES_MAX: usize = 16 << 20;
/// Statements of one document, and values of one element, that are kept.
const STATEMENTS_MAX: usize = 5_000;
const VALUES_MAX: usize = 50_000;

/// The schema of what [`normalise`] gives.
pub(crate) fn schema() -> Value {
    let texts = json!({"type": "array", "items": {"type": "string"}});
    let principals = json!({"type": "object", "additionalProperties": texts});
    json!({"type": "object", "properties": {
        // Whether the text was a policy. Where not, `statements` is empty and `problem` says why: an unreadable policy
        // proves nothing.
        "valid": {"type": "boolean"},
        "problem": {"type": "string"},
        "version": {"type": "string"},
        "id": {"type": "string"},
        "statements": {"type": "array", "items": {"type": "object", "properties": {
            "sid": {"type": "string"},
            "effect": {"type": "string", "enum": ["Allow", "Deny"]},
            // Kind (`AWS`, `Service`, `Federated`, `CanonicalUser`) to names as written; a plain `*` is `{"*": ["*"]}`.
            "principal": principals,
            "not_principal": principals,
            // In lower case, for actions have no case.
            "action": texts, "not_action": texts,
            "resource": texts, "not_resource": texts,
            // Each operator (in lower case), key (in lower case) and its values as texts.
            "condition": {"type": "array", "items": {"type": "object", "properties": {
                "operator": {"type": "string"}, "key": {"type": "string"}, "values": texts,
            }}},
        }}},
    }})
}

/// Puts a policy, as a JSON text (percent-encoded as IAM gives it, or plain) or as an object, into one form: see
/// [`schema`]. Elements that are absent are absent in the result too. What is no policy has `valid: false`, the reason
/// in `problem`, and no statements.
pub(crate) fn normalise(value: &Value) -> Value {
    match document(value) {
        Ok(policy) => policy,
        Err(problem) => json!({"valid": false, "problem": problem, "statements": []}),
    }
}

fn document(value: &Value) -> Result<Value, String> {
    let parsed;
    let object = match value {
        Value::Object(object) => object,
        Value::String(text) => {
            parsed = parse(text)?;
            parsed.as_object().ok_or("the policy is no object")?
        }
        _ => return Err("the policy is no object".into()),
    };
    let list: Vec<&Value> = match object.get("Statement") {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(one @ Value::Object(_)) => vec![one],
        Some(_) => return Err("Statement is neither an object nor a list".into()),
        None => return Err("the policy has no Statement".into()),
    };
    if list.len() > STATEMENTS_MAX {
        return Err(format!("the policy has more than {STATEMENTS_MAX} statements"));
    }
    let mut statements = Vec::with_capacity(list.len());
    for (index, one) in list.into_iter().enumerate() {
        let one = one.as_object().ok_or_else(|| format!("statement {} is no object", index + 1))?;
        statements.push(statement(one).map_err(|why| format!("statement {}: {why}", index + 1))?);
    }
    let mut out = Map::new();
    out.insert("valid".into(), true.into());
    for (name, key) in [("Version", "version"), ("Id", "id")] {
        if let Some(Value::String(text)) = object.get(name) {
            out.insert(key.into(), text.as_str().into());
        }
    }
    out.insert("statements".into(), statements.into());
    Ok(Value::Object(out))
}

fn parse(text: &str) -> Result<Value, String> {
    if text.len() > BYTES_MAX {
        return Err(format!("the policy is longer than {BYTES_MAX} bytes"));
    }
    let start = text.trim_start();
    let plain = if start.starts_with("{\\") {
        // API Gateway gives the document as it stands within a JSON text, its quotes escaped.
        serde_json::from_str(&format!("\"{start}\"")).unwrap_or_else(|_| start.to_owned())
    } else if start.starts_with('{') {
        start.to_owned()
    } else {
        percent_decode(start)?
    };
    serde_json::from_str(&plain)
        .map_err(|error| format!("the policy is no JSON: line {}, column {}", error.line(), error.column()))
}

fn percent_decode(text: &str) -> Result<String, String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| byte.and_then(|b| char::from(b).to_digit(16));
        match (digit(bytes.next()), digit(bytes.next())) {
            (Some(high), Some(low)) => out.push(u8::try_from(high * 16 + low).unwrap_or_default()),
            _ => return Err("the policy is neither JSON nor percent-encoded JSON".into()),
        }
    }
    String::from_utf8(out).map_err(|_| "the policy is no text".into())
}

fn statement(one: &Map<String, Value>) -> Result<Value, String> {
    let mut out = Map::new();
    match one.get("Effect").and_then(Value::as_str) {
        Some(effect @ ("Allow" | "Deny")) => out.insert("effect".into(), effect.into()),
        _ => return Err("Effect is neither Allow nor Deny".into()),
    };
    if let Some(Value::String(sid)) = one.get("Sid") {
        out.insert("sid".into(), sid.as_str().into());
    }
    for (name, key) in [("Principal", "principal"), ("NotPrincipal", "not_principal")] {
        if let Some(value) = one.get(name) {
            out.insert(key.into(), principals(value).map_err(|why| format!("{name} {why}"))?);
        }
    }
    for (name, key, lower) in [
        ("Action", "action", true),
        ("NotAction", "not_action", true),
        ("Resource", "resource", false),
        ("NotResource", "not_resource", false),
    ] {
        if let Some(value) = one.get(name) {
            let mut texts = texts(value).map_err(|why| format!("{name} {why}"))?;
            if lower {
                texts.iter_mut().for_each(|text| *text = text.to_lowercase());
            }
            out.insert(key.into(), texts.into());
        }
    }
    if let Some(value) = one.get("Condition") {
        out.insert("condition".into(), conditions(value)?);
    }
    Ok(Value::Object(out))
}

fn principals(value: &Value) -> Result<Value, String> {
    match value {
        Value::String(text) if text == "*" => Ok(json!({"*": ["*"]})),
        Value::Object(kinds) => {
            let kinds = kinds.iter().map(|(kind, names)| Ok((kind.clone(), texts(names)?.into())));
            Ok(Value::Object(kinds.collect::<Result<Map<String, Value>, String>>()?))
        }
        _ => Err("is neither `*` nor an object".into()),
    }
}

/// One text, or a list of them. Numbers and booleans in conditions are texts to IAM too.
fn texts(value: &Value) -> Result<Vec<String>, String> {
    let one = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(_) | Value::Bool(_) => Ok(value.to_string()),
        _ => Err("holds what is no text".to_owned()),
    };
    match value {
        Value::Array(list) if list.len() > VALUES_MAX => Err(format!("has more than {VALUES_MAX} values")),
        Value::Array(list) => list.iter().map(one).collect(),
        other => Ok(vec![one(other)?]),
    }
}

fn conditions(value: &Value) -> Result<Value, String> {
    let operators = value.as_object().ok_or("Condition is no object")?;
    let mut out = Vec::new();
    for (operator, keys) in operators {
        let keys = keys.as_object().ok_or_else(|| format!("Condition {operator} is no object"))?;
        for (key, values) in keys {
            let values = texts(values).map_err(|why| format!("Condition {operator} {key} {why}"))?;
            out.push(json!({"operator": operator.to_lowercase(), "key": key.to_lowercase(), "values": values}));
        }
    }
    Ok(out.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_policy_is_one_form() {
        let want = json!({"valid": true, "version": "2012-10-17", "statements": [{
            "effect": "Allow", "principal": {"AWS": ["*"]}, "action": ["s3:getobject"], "resource": ["arn:x"],
            "condition": [{"operator": "bool", "key": "aws:securetransport", "values": ["true"]}],
        }]});
        let plain = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:GetObject",
            "Resource":["arn:x"],"Condition":{"Bool":{"aws:SecureTransport":true}}}}"#;
        let encoded: String = plain.bytes().map(|b| format!("%{b:02X}")).collect();
        let escaped = plain.replace('\n', "").replace('"', "\\\"");
        for text in [json!(plain), json!(encoded), json!(escaped), serde_json::from_str(plain).unwrap()] {
            assert_eq!(normalise(&text), want);
        }
        let public =
            normalise(&json!({"Statement": [{"Effect": "Deny", "NotPrincipal": "*", "NotAction": ["A", "b"]}]}));
        assert_eq!(public["statements"][0]["not_principal"], json!({"*": ["*"]}));
        assert_eq!(public["statements"][0]["not_action"], json!(["a", "b"]));
        assert!(public["statements"][0].get("action").is_none(), "what is absent stays absent");
    }

    #[test]
    fn what_is_no_policy_says_why() {
        let deep = "[".repeat(100_000);
        for (value, part) in [
            (json!(""), "no JSON"),
            (json!("%7"), "percent"),
            (json!("{"), "line 1"),
            (json!("{\\"), "line 1"),
            (json!("{\\\"Statement\\\":"), "line 1"),
            (json!(deep), "no JSON"),
            (json!(format!("{{\"Statement\":{deep}")), "no JSON"),
            (json!("[]"), "no object"),
            (json!({}), "no Statement"),
            (json!({"Statement": "x"}), "neither"),
            (json!({"Statement": [1]}), "statement 1 is no object"),
            (json!({"Statement": [{"Effect": "allow"}]}), "Effect"),
            (json!({"Statement": [{"Effect": "Allow", "Principal": "x"}]}), "Principal"),
            (json!({"Statement": [{"Effect": "Allow", "Action": [{}]}]}), "Action"),
            (json!({"Statement": [{"Effect": "Allow", "Condition": []}]}), "Condition"),
            (json!({"Statement": [{"Effect": "Allow", "Condition": {"Bool": 1}}]}), "Bool"),
            (json!(5), "no object"),
        ] {
            let got = normalise(&value);
            assert_eq!((&got["valid"], &got["statements"]), (&json!(false), &json!([])), "{part}");
            assert!(got["problem"].as_str().unwrap().contains(part), "{got}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_an_answer(text in "[%{}\\[\\]\":,a-zA-Z0-9 ]{0,120}") {
            let got = normalise(&Value::String(text));
            assert!(got["valid"].is_boolean() && got["statements"].is_array());
        }
    }
}
