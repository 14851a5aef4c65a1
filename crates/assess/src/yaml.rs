//! YAML with the place of every value, so that an error can name its line. YAML 1.2 core schema; aliases and `<<` are
//! resolved, and bounded.
use std::collections::{BTreeMap, BTreeSet};

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Number, Value};

use crate::ContentError;

/// Most nodes of one document, aliases counted each time: an alias bomb ends here.
const NODES_MAX: usize = 200_000;
/// Deepest nesting.
const DEPTH_MAX: usize = 64;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) value: Yaml,
}

/// What a [`Node`] holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Yaml {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    List(Vec<Node>),
    /// In the order of the file; no key twice.
    Map(Vec<(Key, Node)>),
}

/// A key of a map, always a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Node {
    /// What this is, for errors: `a list`.
    pub(crate) fn describe(&self) -> &'static str {
        match &self.value {
            Yaml::Null => "nothing",
            Yaml::Bool(_) => "true or false",
            Yaml::Number(_) => "a number",
            Yaml::String(_) => "a text",
            Yaml::List(_) => "a list",
            Yaml::Map(_) => "a map",
        }
    }

    /// The same as JSON.
    pub(crate) fn to_json(&self) -> Value {
        match &self.value {
            Yaml::Null => Value::Null,
            Yaml::Bool(b) => Value::Bool(*b),
            Yaml::Number(n) => Value::Number(n.clone()),
            Yaml::String(s) => Value::String(s.clone()),
            Yaml::List(items) => Value::Array(items.iter().map(Self::to_json).collect()),
            Yaml::Map(fields) => {
                Value::Object(fields.iter().map(|(k, v)| (k.name.clone(), v.to_json())).collect::<Map<_, _>>())
            }
        }
    }

    fn size(&self) -> usize {
        1 + match &self.value {
            Yaml::List(items) => items.iter().map(Self::size).sum(),
            Yaml::Map(fields) => fields.iter().map(|(_, v)| v.size()).sum(),
            _ => 0,
        }
    }

    fn depth(&self) -> usize {
        1 + match &self.value {
            Yaml::List(items) => items.iter().map(Self::depth).max().unwrap_or(0),
            Yaml::Map(fields) => fields.iter().map(|(_, v)| v.depth()).max().unwrap_or(0),
            _ => 0,
        }
    }
}

enum Open {
    List { at: (u32, u32), anchor: usize, items: Vec<Node> },
    Map { at: (u32, u32), anchor: usize, fields: Vec<(Key, Node)>, key: Option<Key>, merges: Vec<Node> },
}

/// Reads one document. `first_line` is the line in `file` at which `text` begins, and `indent` the columns cut off
/// before it.
///
/// # Errors
/// The place and what is wrong with the syntax.
pub(crate) fn parse(file: &str, text: &str, first_line: u32, indent: u32) -> Result<Node, ContentError> {
    let error = |at: (u32, u32), message: &str| ContentError::line(file, at.0, message).column(at.1);
    let mut stack: Vec<Open> = Vec::new();
    let mut anchors: BTreeMap<usize, Node> = BTreeMap::new();
    let mut root: Option<Node> = None;
    let mut nodes = 0usize;
    let mut documents = 0usize;
    let offset = first_line.saturating_sub(1);
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(pair) => pair,
            Err(e) => {
                let marker = e.marker();
                let at = place(marker.line(), marker.col(), offset, indent);
                return Err(error(at, &format!("malformed YAML: {}", e.info())));
            }
        };
        let at = place(span.start.line(), span.start.col(), offset, indent);
        let done = match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err(error(at, "a second YAML document; expected one"));
                }
                continue;
            }
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let value = if plain { scalar(&text) } else { Yaml::String(text.into_owned()) };
                (Node { line: at.0, column: at.1, value }, anchor)
            }
            Event::SequenceStart(anchor, _) => {
                stack.push(Open::List { at, anchor, items: Vec::new() });
                if stack.len() > DEPTH_MAX {
                    return Err(error(at, "nested deeper than 64 levels"));
                }
                continue;
            }
            Event::MappingStart(anchor, _) => {
                stack.push(Open::Map { at, anchor, fields: Vec::new(), key: None, merges: Vec::new() });
                if stack.len() > DEPTH_MAX {
                    return Err(error(at, "nested deeper than 64 levels"));
                }
                continue;
            }
            Event::SequenceEnd => match stack.pop() {
                Some(Open::List { at, anchor, items }) => {
                    (Node { line: at.0, column: at.1, value: Yaml::List(items) }, anchor)
                }
                _ => return Err(error(at, "malformed YAML: a list ends that did not begin")),
            },
            Event::MappingEnd => match stack.pop() {
                Some(Open::Map { at, anchor, mut fields, merges, .. }) => {
                    merge(&mut fields, merges).map_err(|(at, m)| error(at, m))?;
                    (Node { line: at.0, column: at.1, value: Yaml::Map(fields) }, anchor)
                }
                _ => return Err(error(at, "malformed YAML: a map ends that did not begin")),
            },
            Event::Alias(id) => {
                let Some(node) = anchors.get(&id) else {
                    return Err(error(at, "an alias of something that has not ended"));
                };
                let size = node.size();
                nodes = nodes.saturating_add(size);
                if nodes > NODES_MAX {
                    return Err(error(at, "more than 200,000 values, aliases counted each time"));
                }
                if node.depth() + stack.len() > DEPTH_MAX {
                    return Err(error(at, "nested deeper than 64 levels"));
                }
                (Node { line: at.0, column: at.1, value: node.value.clone() }, 0)
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => continue,
        };
        nodes += 1;
        if nodes > NODES_MAX {
            return Err(error(at, "more than 200,000 values"));
        }
        let (node, anchor) = done;
        if anchor != 0 {
            anchors.insert(anchor, node.clone());
        }
        match stack.last_mut() {
            None => root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { fields, key, merges, .. }) => match key.take() {
                None => *key = Some(key_of(node).map_err(|(at, m)| error(at, m))?),
                Some(k) if k.name == "<<" => merges.push(node),
                Some(k) => {
                    if fields.iter().any(|(other, _)| other.name == k.name) {
                        return Err(error((k.line, k.column), &format!("`{}` stands here twice", k.name)));
                    }
                    fields.push((k, node));
                }
            },
        }
    }
    Ok(root.unwrap_or(Node { line: first_line, column: 1, value: Yaml::Null }))
}

fn place(line: usize, column: usize, offset: u32, indent: u32) -> (u32, u32) {
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (narrow(line.max(1)).saturating_add(offset), narrow(column).saturating_add(1).saturating_add(indent))
}

fn key_of(node: Node) -> Result<Key, ((u32, u32), &'static str)> {
    let name = match node.value {
        Yaml::String(s) => s,
        Yaml::Number(n) => n.to_string(),
        Yaml::Bool(b) => b.to_string(),
        Yaml::Null => "null".to_owned(),
        Yaml::List(_) | Yaml::Map(_) => return Err(((node.line, node.column), "a key must be a text")),
    };
    Ok(Key { name, line: node.line, column: node.column })
}

fn merge(fields: &mut Vec<(Key, Node)>, merges: Vec<Node>) -> Result<(), ((u32, u32), &'static str)> {
    if merges.is_empty() {
        return Ok(());
    }
    let mut have: BTreeSet<String> = fields.iter().map(|(k, _)| k.name.clone()).collect();
    for node in merges {
        let at = (node.line, node.column);
        let sources = match node.value {
            Yaml::Map(more) => vec![more],
            Yaml::List(items) => items
                .into_iter()
                .map(|item| match item.value {
                    Yaml::Map(more) => Ok(more),
                    _ => Err((at, "`<<` takes a map or a list of maps")),
                })
                .collect::<Result<_, _>>()?,
            _ => return Err((at, "`<<` takes a map or a list of maps")),
        };
        for (key, value) in sources.into_iter().flatten() {
            if have.insert(key.name.clone()) {
                fields.push((key, value));
            }
        }
    }
    Ok(())
}

/// The core schema of YAML 1.2. `yes` and `on` are texts; numbers that JSON cannot hold are texts.
fn scalar(text: &str) -> Yaml {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Yaml::Null,
        "true" | "True" | "TRUE" => return Yaml::Bool(true),
        "false" | "False" | "FALSE" => return Yaml::Bool(false),
        _ => {}
    }
    if let Some(hex) = text.strip_prefix("0x") {
        if let Ok(n) = u64::from_str_radix(hex, 16) {
            return Yaml::Number(n.into());
        }
    } else if let Some(octal) = text.strip_prefix("0o") {
        if let Ok(n) = u64::from_str_radix(octal, 8) {
            return Yaml::Number(n.into());
        }
    } else if let Ok(n) = text.parse::<i64>() {
        return Yaml::Number(n.into());
    } else if let Ok(n) = text.parse::<u64>() {
        return Yaml::Number(n.into());
    } else if looks_like_float(text)
        && let Ok(x) = text.parse::<f64>()
        && let Some(n) = Number::from_f64(x)
    {
        return Yaml::Number(n);
    }
    Yaml::String(text.to_owned())
}

/// Rust also reads `inf`, `nan` and `infinity`, which are texts here.
fn looks_like_float(text: &str) -> bool {
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    body.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && body.bytes().any(|b| b.is_ascii_digit())
        && body.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'))
}

/// The fields of a map, taken one by one; what is left in the end is unknown. All errors are collected.
pub(crate) struct Fields<'a> {
    file: &'a str,
    path: String,
    at: (u32, u32),
    left: Vec<(&'a Key, &'a Node)>,
    known: Vec<&'static str>,
    pub(crate) errors: Vec<ContentError>,
}

impl<'a> Fields<'a> {
    /// `path` names the map in errors: `custom`; empty for the document.
    pub(crate) fn new(file: &'a str, path: impl Into<String>, node: &'a Node) -> Self {
        let path = path.into();
        let mut errors = Vec::new();
        let left = match &node.value {
            Yaml::Map(fields) => fields.iter().map(|(k, v)| (k, v)).collect(),
            _ => {
                let error = ContentError::line(
                    file,
                    node.line,
                    format!("{} stands here; expected a map of fields", node.describe()),
                )
                .column(node.column);
                errors.push(if path.is_empty() { error } else { error.field(path.clone()) });
                Vec::new()
            }
        };
        Self { file, path, at: (node.line, node.column), left, known: Vec::new(), errors }
    }

    pub(crate) fn file(&self) -> &'a str {
        self.file
    }

    pub(crate) fn full(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// Records an error at a node, under the name of a field.
    pub(crate) fn error(&mut self, node: &Node, name: &str, message: impl Into<String>) {
        let field = self.full(name);
        self.errors.push(ContentError::line(self.file, node.line, message).column(node.column).field(field));
    }

    pub(crate) fn take(&mut self, name: &'static str) -> Option<&'a Node> {
        self.known.push(name);
        let at = self.left.iter().position(|(k, _)| k.name == name)?;
        Some(self.left.remove(at).1)
    }

    /// Accepts a field whatever it holds.
    pub(crate) fn skip(&mut self, name: &'static str) {
        if let Some(at) = self.left.iter().position(|(k, _)| k.name == name) {
            self.left.remove(at);
        }
        self.known.push(name);
    }

    pub(crate) fn take_required(&mut self, name: &'static str) -> Option<&'a Node> {
        let node = self.take(name);
        // A value that is no map has been reported once; it needs no list of all that it lacks.
        if node.is_none() && self.errors.iter().all(|e| !e.message.ends_with("expected a map of fields")) {
            let field = self.full(name);
            self.errors.push(ContentError::line(self.file, self.at.0, "is missing; it is required").field(field));
        }
        node
    }

    pub(crate) fn text(&mut self, name: &'static str) -> Option<(String, &'a Node)> {
        let node = self.take(name)?;
        self.as_text(name, node).map(|text| (text, node))
    }

    pub(crate) fn required_text(&mut self, name: &'static str) -> Option<(String, &'a Node)> {
        let node = self.take_required(name)?;
        self.as_text(name, node).map(|text| (text, node))
    }

    fn as_text(&mut self, name: &str, node: &Node) -> Option<String> {
        match &node.value {
            Yaml::String(s) if !s.trim().is_empty() => Some(s.trim().to_owned()),
            Yaml::String(_) => {
                self.error(node, name, "is empty; expected a text");
                None
            }
            _ => {
                self.error(node, name, format!("is {}; expected a text", node.describe()));
                None
            }
        }
    }

    /// A list of texts; empty where the field is not there.
    pub(crate) fn texts(&mut self, name: &'static str) -> Vec<(String, &'a Node)> {
        self.take(name).map(|node| self.as_texts(name, node)).unwrap_or_default()
    }

    pub(crate) fn as_texts(&mut self, name: &str, node: &'a Node) -> Vec<(String, &'a Node)> {
        let Yaml::List(items) = &node.value else {
            self.error(node, name, format!("is {}; expected a list of texts", node.describe()));
            return Vec::new();
        };
        items
            .iter()
            .filter_map(|item| match &item.value {
                Yaml::String(s) if !s.trim().is_empty() => Some((s.trim().to_owned(), item)),
                // Control ids such as 1.10 lose digits as numbers, so they must be quoted.
                Yaml::Number(_) => {
                    self.error(item, name, "holds a number; expected a text: quote it");
                    None
                }
                _ => {
                    self.error(item, name, format!("holds {}; expected texts", item.describe()));
                    None
                }
            })
            .collect()
    }

    /// The fields of a map; none where it is not there.
    pub(crate) fn entries(&mut self, name: &'static str) -> Vec<(&'a Key, &'a Node)> {
        let Some(node) = self.take(name) else { return Vec::new() };
        let Yaml::Map(fields) = &node.value else {
            self.error(node, name, format!("is {}; expected a map", node.describe()));
            return Vec::new();
        };
        fields.iter().map(|(k, v)| (k, v)).collect()
    }

    /// The items of a list; none where it is not there.
    pub(crate) fn items(&mut self, name: &'static str) -> &'a [Node] {
        let Some(node) = self.take(name) else { return &[] };
        let Yaml::List(items) = &node.value else {
            self.error(node, name, format!("is {}; expected a list", node.describe()));
            return &[];
        };
        items
    }

    /// Reports the fields that nobody took and returns all errors.
    pub(crate) fn finish(mut self) -> Vec<ContentError> {
        for (key, _) in std::mem::take(&mut self.left) {
            let field = self.full(&key.name);
            self.errors.push(
                ContentError::line(self.file, key.line, format!("is not known here; known: {}", self.known.join(", ")))
                    .column(key.column)
                    .field(field),
            );
        }
        self.errors
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_those_of_the_core_schema() {
        for (text, want, why) in [
            ("1", json!(1), "a whole number"),
            ("-7", json!(-7), "with a sign"),
            ("1.5", json!(1.5), "a decimal"),
            ("0x1f", json!(31), "hexadecimal"),
            ("0o17", json!(15), "octal in YAML 1.2"),
            ("0644", json!(644), "no octal in YAML 1.2"),
            ("yes", json!("yes"), "no boolean in YAML 1.2"),
            ("nan", json!("nan"), "JSON has no such number"),
            ("'1'", json!("1"), "quoted"),
            ("!!str 1", json!("1"), "tagged"),
            ("", json!(null), "nothing"),
            ("{a: &x [1], b: *x}", json!({"a": [1], "b": [1]}), "an alias"),
            (
                "{base: &b {p: 1, q: 2}, c: {<<: *b, q: 3}}",
                json!({"base": {"p": 1, "q": 2}, "c": {"p": 1, "q": 3}}),
                "a merge does not override",
            ),
        ] {
            assert_eq!(parse("f", text, 1, 0).unwrap().to_json(), want, "{text}: {why}");
        }
    }

    #[test]
    fn errors_have_their_place() {
        for (text, line, why) in [
            ("a: 1\na: 2", 2, "a key twice"),
            ("a: [1", 1, "an open list"),
            ("a: 1\n b: 2", 2, "a wrong indentation"),
            ("a: 1\n---\nb: 2", 2, "two documents"),
            ("a: *nowhere", 1, "an unknown alias"),
        ] {
            let error = parse("f", text, 1, 0).unwrap_err();
            assert!(error.line.unwrap() >= line, "{why}: {error}");
        }
    }

    #[test]
    fn an_alias_bomb_and_a_deep_nest_end() {
        let mut bomb = "a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n".to_owned();
        for i in 1..20 {
            let prev = i - 1;
            bomb.push_str(&format!(
                "a{i}: &a{i} [*a{prev},*a{prev},*a{prev},*a{prev},*a{prev},*a{prev},*a{prev},*a{prev}]\n"
            ));
        }
        assert!(parse("f", &bomb, 1, 0).unwrap_err().message.contains("200,000"));
        assert!(parse("f", &"[".repeat(100_000), 1, 0).is_err());
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,200}|[-\\[\\]{}:,&*!|>'\"#%@`a-c0-9 \n\t]{0,300}") {
            drop(parse("f", &text, 1, 0));
        }
    }
}
