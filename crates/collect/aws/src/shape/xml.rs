use quick_xml::{Reader, events::Event};
use serde_json::{Map, Value};

use super::{
    Shape,
    leaf::{leaf, unnamed},
};

/// Deepest nest of elements.
const DEPTH_MAX: usize = 64;
/// Most elements of one answer.
const ELEMENTS_MAX: usize = 5_000_000;

/// An answer that is no XML, or too deep or large.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct XmlError(pub(crate) String);

/// An element: its name, its text and its children.
#[derive(Debug, Default)]
struct Element {
    name: String,
    text: String,
    children: Vec<Element>,
}

/// Turns an answer into facets' form. `ec2`: names in the answer begin small. The root element is the answer; where its
/// name is `XResponse` and it holds `XResult`, that one is.
pub(crate) fn from_xml(text: &str, shape: &Shape, ec2: bool) -> Result<Value, XmlError> {
    let mut root = parse(text)?;
    if let Some(stem) = root.name.strip_suffix("Response") {
        let wanted = format!("{stem}Result");
        if let Some(at) = root.children.iter().position(|child| child.name == wanted) {
            root = root.children.swap_remove(at);
        }
    }
    Ok(convert(root, shape, ec2).unwrap_or(Value::Null))
}

fn parse(text: &str) -> Result<Element, XmlError> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    let mut open: Vec<Element> = Vec::new();
    let mut count = 0_usize;
    loop {
        let place = reader.buffer_position();
        let fail = |what: &str| XmlError(format!("the answer is no XML: {what} at byte {place}"));
        match reader.read_event().map_err(|error| fail(&error.to_string()))? {
            Event::Start(start) => {
                count += 1;
                if open.len() >= DEPTH_MAX || count > ELEMENTS_MAX {
                    return Err(XmlError(format!("the answer is too deep or too large at byte {place}")));
                }
                let name = String::from_utf8_lossy(start.local_name().as_ref()).into_owned();
                let mut element = Element { name, ..Element::default() };
                // S3 says the sort of a grantee by an attribute, which boto3 shows as a field.
                for attribute in start.attributes().flatten() {
                    if attribute.key.as_ref() == b"xsi:type" {
                        element.children.push(Element {
                            name: "xsi:type".into(),
                            text: String::from_utf8_lossy(&attribute.value).into_owned(),
                            children: Vec::new(),
                        });
                    }
                }
                open.push(element);
            }
            Event::End(_) => {
                let Some(done) = open.pop() else { return Err(fail("an end without a beginning")) };
                match open.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None => return Ok(done),
                }
            }
            Event::Text(text) => {
                if let Some(element) = open.last_mut() {
                    let text = text.decode().map_err(|error| fail(&error.to_string()))?;
                    element.text.push_str(&text);
                }
            }
            Event::GeneralRef(reference) => {
                if let Some(element) = open.last_mut() {
                    match reference.resolve_char_ref().map_err(|error| fail(&error.to_string()))? {
                        Some(c) => element.text.push(c),
                        None => {
                            let name = reference.decode().map_err(|error| fail(&error.to_string()))?;
                            match quick_xml::escape::resolve_predefined_entity(&name) {
                                Some(text) => element.text.push_str(text),
                                None => return Err(fail("an entity that nobody defined")),
                            }
                        }
                    }
                }
            }
            Event::CData(data) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&String::from_utf8_lossy(&data));
                }
            }
            // No service sends one, and one may hold bombs.
            Event::DocType(_) => return Err(fail("a document type")),
            Event::Eof => return Err(fail("it ends too early")),
            // Empty elements come as a start and an end.
            Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
}

/// Name in the answer of a field of EC2: its own with a small first letter.
fn small(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn convert(element: Element, shape: &Shape, ec2: bool) -> Option<Value> {
    match shape {
        Shape::Drop => None,
        Shape::Object(fields) => {
            let mut out = Map::new();
            let mut rest = named(element.children);
            for (name, field) in fields {
                let wire = match &field.wire {
                    Some(wire) => wire.clone(),
                    None if ec2 => small(name),
                    None => name.clone(),
                };
                let (found, others): (Vec<Element>, Vec<Element>) =
                    rest.into_iter().partition(|child| child.name == wire);
                rest = others;
                if let Some(value) = member(found, &field.shape, ec2) {
                    out.insert(name.clone(), value);
                }
            }
            for (name, value) in generic_fields(rest) {
                out.entry(name).or_insert(value);
            }
            Some(Value::Object(out))
        }
        Shape::List { item, .. } => {
            Some(Value::Array(element.children.into_iter().filter_map(|child| convert(child, item, ec2)).collect()))
        }
        Shape::Map { item, .. } => Some(entries(element.children, item, ec2)),
        Shape::Any => Some(generic(element)),
        leaf_shape => leaf(&element.text, leaf_shape),
    }
}

/// The fields of a map whose keys are known: `entry` elements (SNS) become elements of their key's name.
fn named(children: Vec<Element>) -> Vec<Element> {
    if children.is_empty() || children.iter().any(|child| child.name != "entry") {
        return children;
    }
    children
        .into_iter()
        .filter_map(|entry| {
            let (mut key, mut value) = (None, None);
            for child in entry.children {
                match child.name.as_str() {
                    "key" => key = Some(child.text),
                    "value" => value = Some(child),
                    _ => {}
                }
            }
            Some(Element { name: key?, ..value? })
        })
        .collect()
}

/// A field that may be repeated.
fn member(mut found: Vec<Element>, shape: &Shape, ec2: bool) -> Option<Value> {
    if found.is_empty() {
        return None;
    }
    match shape {
        Shape::List { item, flat: true } => {
            Some(Value::Array(found.into_iter().filter_map(|one| convert(one, item, ec2)).collect()))
        }
        Shape::Map { item, flat: true } => Some(entries(found, item, ec2)),
        _ => convert(found.swap_remove(0), shape, ec2),
    }
}

/// `entry` elements with `key` and `value`, or with `Name` and `Value`.
fn entries(found: Vec<Element>, item: &Shape, ec2: bool) -> Value {
    let mut out = Map::new();
    for entry in found {
        let (mut key, mut value) = (None, None);
        for child in entry.children {
            match child.name.as_str() {
                "key" | "Key" | "Name" | "name" => key = Some(child.text),
                "value" | "Value" => value = convert(child, item, ec2),
                _ => {}
            }
        }
        if let (Some(key), Some(value)) = (key, value) {
            out.insert(key, value);
        }
    }
    Value::Object(out)
}

/// What no shape describes: a text, an object, or a list where children are all of one name that lists use.
fn generic(element: Element) -> Value {
    if element.children.is_empty() {
        return Value::String(element.text);
    }
    if element.children.iter().all(|child| child.name == "member" || child.name == "item") {
        return Value::Array(element.children.into_iter().map(generic).collect());
    }
    Value::Object(generic_fields(element.children))
}

fn generic_fields(children: Vec<Element>) -> Map<String, Value> {
    let mut out: Map<String, Value> = Map::new();
    let mut lists: std::collections::BTreeSet<String> = std::collections::BTreeSet::new();
    for child in children {
        let name = child.name.clone();
        let value = unnamed(&name, generic(child));
        match out.get_mut(&name) {
            None => {
                out.insert(name, value);
            }
            Some(Value::Array(items)) if lists.contains(&name) => items.push(value),
            Some(first) => {
                let before = first.take();
                *first = Value::Array(vec![before, value]);
                lists.insert(name);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::shape::shape;

    #[test]
    fn answers_of_each_protocol_read() {
        for (text, of, ec2, want, why) in [
            (
                "<ListUsersResponse xmlns=\"x\"><ListUsersResult><Users><member><UserName>a&amp;b</UserName></member>\
                 </Users><IsTruncated>false</IsTruncated></ListUsersResult><ResponseMetadata/></ListUsersResponse>",
                "Users:[{UserName}] IsTruncated:bool",
                false,
                json!({"Users": [{"UserName": "a&b"}], "IsTruncated": false}),
                "query: the result is taken out of its wrappers",
            ),
            (
                "<DescribeVpcsResponse><requestId>r</requestId><vpcSet><item><vpcId>vpc-1</vpcId><isDefault>true</isDefault>\
                 <tagSet><item><key>k</key><value>v</value></item></tagSet></item></vpcSet></DescribeVpcsResponse>",
                "Vpcs@vpcSet:[{VpcId IsDefault:bool Tags@tagSet:[{Key Value}]}] requestId@requestId:drop",
                true,
                json!({"Vpcs": [{"VpcId": "vpc-1", "IsDefault": true, "Tags": [{"Key": "k", "Value": "v"}]}]}),
                "EC2: names begin small",
            ),
            (
                "<R><Rule><Id>1</Id></Rule><Rule><Id>2</Id></Rule></R>",
                "Rules@Rule:*[{Id:int}]",
                false,
                json!({"Rules": [{"Id": 1}, {"Id": 2}]}),
                "S3: repeated elements without a wrapper",
            ),
            (
                "<A><Attributes><entry><key>Policy</key><value>x</value></entry></Attributes></A>",
                "Attributes:<text>",
                false,
                json!({"Attributes": {"Policy": "x"}}),
                "SNS: entries",
            ),
            (
                "<A><Attributes><entry><key>Policy</key><value>{&quot;Statement&quot;:[]}</value></entry><entry>\
                 <key>Count</key><value>2</value></entry><entry><key>New</key><value>n</value></entry></Attributes></A>",
                "Attributes:{Policy:policy Count:int Absent}",
                false,
                json!({"Attributes": {"Policy": {"valid": true, "statements": []}, "Count": 2, "New": "n"}}),
                "SNS: entries whose names are known",
            ),
            (
                "<A><L/></A>",
                "L:[text] M:[text]",
                false,
                json!({"L": []}),
                "an empty list is one; an absent one is absent",
            ),
            (
                "<A><New><member>1</member></New><Twice>a</Twice><Twice>b</Twice><DbPassword>p</DbPassword></A>",
                "X",
                false,
                json!({"New": ["1"], "Twice": ["a", "b"], "DbPassword": "REDACTED"}),
                "what nobody named is kept by its form",
            ),
        ] {
            assert_eq!(from_xml(text, shape(of).unwrap(), ec2).unwrap(), want, "{why}");
        }
    }

    #[test]
    fn what_is_no_xml_says_where() {
        for text in [
            "",
            "Not Found",
            "<a><b></a>",
            "<a>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
            "<a>&unknown;</a>",
            &"<a>".repeat(100),
        ] {
            let error = from_xml(text, &Shape::Any, false).unwrap_err();
            assert!(error.0.contains("at byte"), "{text}: {error}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[<>a-z/&;= \"!\\[\\]-]{0,200}") {
            drop(from_xml(&text, &Shape::Any, false));
        }
    }
}
