//! How requests are written and answers read in each of AWS's protocols.
use serde_json::{Map, Value, json};

use super::Request;
use crate::{
    shape::{from_json, from_xml},
    table::Protocol,
    template::percent,
};

/// The body and headers of a request; the path is the request's own.
pub(super) fn write(request: &Request<'_>) -> (Vec<u8>, Vec<(String, String)>) {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    match request.service.protocol {
        Protocol::Query { version } | Protocol::Ec2 { version } => {
            let ec2 = matches!(request.service.protocol, Protocol::Ec2 { .. });
            let mut fields =
                vec![("Action".to_owned(), request.call.name.to_owned()), ("Version".to_owned(), version.to_owned())];
            for (name, value) in &request.params {
                flatten(name, value, ec2, &mut fields);
            }
            let body: Vec<String> =
                fields.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
            let form = header("content-type", "application/x-www-form-urlencoded; charset=utf-8");
            (body.join("&").into_bytes(), vec![form])
        }
        Protocol::Json { target, version } => (
            body(&request.params),
            vec![
                header("content-type", &format!("application/x-amz-json-{version}")),
                header("x-amz-target", &format!("{target}.{}", request.call.name)),
            ],
        ),
        Protocol::RestJson => {
            let mut headers = vec![header("accept", "application/json")];
            if request.method == "GET" {
                return (Vec::new(), headers);
            }
            headers.push(header("content-type", "application/json"));
            (body(&request.params), headers)
        }
        Protocol::RestXml => {
            let account = request.service.endpoint == "s3-control";
            let headers = if account { vec![header("x-amz-account-id", request.account)] } else { Vec::new() };
            (Vec::new(), headers)
        }
    }
}

fn body(params: &Map<String, Value>) -> Vec<u8> {
    // A map of values always has a JSON text.
    serde_json::to_vec(params).unwrap_or_default()
}

/// Fields of a form: lists are numbered, `Name.member.1` or as EC2 has it `Name.1`.
fn flatten(name: &str, value: &Value, ec2: bool, out: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::String(text) => out.push((name.to_owned(), text.clone())),
        Value::Bool(_) | Value::Number(_) => out.push((name.to_owned(), value.to_string())),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let member = if ec2 { "" } else { "member." };
                flatten(&format!("{name}.{member}{}", index + 1), item, ec2, out);
            }
        }
        Value::Object(map) => {
            for (field, value) in map {
                flatten(&format!("{name}.{field}"), value, ec2, out);
            }
        }
    }
}

/// A successful answer in the form of its shape.
///
/// # Errors
/// A sentence, where the body is not what the protocol says.
pub(super) fn read(request: &Request<'_>, body: &str) -> Result<Value, String> {
    let ec2 = matches!(request.service.protocol, Protocol::Ec2 { .. });
    match request.service.protocol {
        Protocol::Query { .. } | Protocol::Ec2 { .. } | Protocol::RestXml => {
            let start = body.trim_start();
            // The policy of a bucket comes as it is, under no name: boto3 calls it `Policy`.
            if start.starts_with('{') {
                return Ok(from_json(json!({"Policy": start}), request.shape));
            }
            if start.is_empty() && request.service.protocol == Protocol::RestXml {
                return Ok(from_json(json!({}), request.shape));
            }
            from_xml(body, request.shape, ec2).map_err(|error| error.to_string())
        }
        Protocol::Json { .. } | Protocol::RestJson => {
            if body.trim().is_empty() {
                return Ok(from_json(json!({}), request.shape));
            }
            let value: Value = serde_json::from_str(body).map_err(|error| format!("the answer is no JSON: {error}"))?;
            // An API's answer is an object; a list or text is somebody else's.
            if value.is_object() { Ok(from_json(value, request.shape)) } else { Err("the answer is no object".into()) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_forms_are_numbered() {
        let value = json!({"Names": ["a", "b"], "Filters": [{"Name": "n", "Values": ["v"]}], "On": true, "N": 5});
        for (ec2, want) in [
            (
                false,
                "Filters.member.1.Name=n Filters.member.1.Values.member.1=v N=5 Names.member.1=a Names.member.2=b On=true",
            ),
            (true, "Filters.1.Name=n Filters.1.Values.1=v N=5 Names.1=a Names.2=b On=true"),
        ] {
            let mut out = Vec::new();
            for (name, value) in value.as_object().unwrap() {
                flatten(name, value, ec2, &mut out);
            }
            let got: Vec<String> = out.iter().map(|(name, value)| format!("{name}={value}")).collect();
            assert_eq!(got.join(" "), want);
        }
    }
}
