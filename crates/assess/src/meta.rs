use std::{collections::BTreeMap, fmt};

use casemate_estate::{CheckId, EdgeKind, Kind, Severity};
use serde_json::Value;

use crate::{
    ContentError,
    yaml::{self, Fields, Yaml},
};

/// The METADATA block of a check.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckMeta {
    /// The check's name: its package without `casemate.`.
    pub id: CheckId,
    /// What must be so, as a statement.
    pub title: String,
    /// Why it matters, in a few sentences; empty where not given.
    pub description: String,
    /// The kind of resource it judges.
    pub kind: Kind,
    /// The facets without which it is `unknown`.
    pub needs: Vec<String>,
    /// The facets without which it is `unknown`, unless their status is `unsupported`.
    pub needs_if_supported: Vec<String>,
    /// The resources handed to it as `data.estate.related`.
    pub related: Vec<Related>,
    /// How bad a failure is by itself.
    pub severity: Severity,
    /// Framework id to the ids of its controls.
    pub frameworks: BTreeMap<String, Vec<String>>,
    /// ATT&CK technique ids.
    pub attack: Vec<String>,
    /// One word that groups checks in reports: `accounts`, `kernel` …
    pub area: String,
    /// Parameter name to its type and default.
    pub params: BTreeMap<String, Param>,
    /// Whether the verdict depends on the date.
    pub clock: Option<Clock>,
    /// What to do about a failure.
    pub remediation: Remediation,
}

/// Which resources a check is handed beside its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The relation.
    pub edge: EdgeKind,
    /// Whether the check's resource is its start or its end.
    pub direction: RelatedDirection,
    /// The kind of the other resource.
    pub kind: Kind,
    /// The facets to hand over; one that is not collected makes the check `unknown`.
    pub facets: Vec<String>,
}

/// On which end of an edge the check's own resource stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelatedDirection {
    /// The edge starts at the check's resource.
    Out,
    /// The edge ends at the check's resource.
    In,
}

/// A parameter that a baseline may set; the check reads it as `data.params.NAME`.
#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    /// The type of its value.
    pub kind: ParamType,
    /// Its value where no baseline sets it.
    pub default: Value,
    /// What it means, with its unit.
    pub description: String,
}

/// The type of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParamType {
    /// A whole number that fits 64 bits with a sign.
    Int,
    /// A text.
    String,
    /// True or false.
    Bool,
    /// A list of texts or whole numbers.
    List,
}

/// How far a check sees the time; it enters the hash of the inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// `input.today` and `input.today_days`.
    Day,
}

/// What to do about a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remediation {
    /// One or two sentences.
    pub text: String,
    /// A command that does it.
    pub command: Option<String>,
}

/// Where the METADATA block was found, for errors of other readers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MetaPlaces {
    /// Line of each framework id, control id and facet name that other readers check.
    pub(crate) frameworks: Vec<(String, String, u32)>,
    pub(crate) needs: BTreeMap<String, u32>,
    pub(crate) id: u32,
    pub(crate) kind: u32,
}

/// Reads the METADATA block at the top of a Rego file.
///
/// # Errors
/// All that is wrong, each with its line and field.
pub(crate) fn parse(file: &str, text: &str) -> Result<(CheckMeta, MetaPlaces), Vec<ContentError>> {
    let (first_line, block) = metadata_block(file, text).map_err(|e| vec![e])?;
    let root = yaml::parse(file, &block, first_line, 2).map_err(|e| vec![e])?;
    let mut errors = Vec::new();
    let mut top = Fields::new(file, "", &root);
    let title = top.required_text("title");
    let description = top.text("description").map(|(t, _)| t).unwrap_or_default();
    let custom_node = top.take_required("custom");
    errors.extend(top.finish());
    let Some(custom_node) = custom_node else { return Err(errors) };
    let mut custom = Fields::new(file, "custom", custom_node);
    let id = custom.required_text("id").and_then(|(id, node)| {
        if is_dotted(&id) {
            Some((id, node.line))
        } else {
            custom.error(node, "id", format!("is `{id}`; expected lower-case words joined by dots"));
            None
        }
    });
    let kind = custom.required_text("kind").and_then(|(kind, node)| {
        if is_dotted(&kind) {
            Some((kind, node.line))
        } else {
            custom.error(node, "kind", format!("is `{kind}`; expected lower-case words joined by dots"));
            None
        }
    });
    let mut places = BTreeMap::new();
    let needs = match custom.take_required("needs") {
        None => Vec::new(),
        Some(node) => {
            let texts = custom.as_texts("needs", node);
            if texts.is_empty() && matches!(&node.value, Yaml::List(items) if items.is_empty()) {
                custom.error(node, "needs", "is empty; expected at least one facet");
            }
            unique(&mut custom, "needs", texts, &mut places)
        }
    };
    let texts = custom.texts("needs_if_supported");
    let needs_if_supported = unique(&mut custom, "needs_if_supported", texts, &mut places);
    let related = custom.items("related").iter().filter_map(|node| parse_related(&mut custom, node)).collect();
    let severity = custom.required_text("severity").and_then(|(word, node)| {
        let severity = Severity::parse(&word);
        if severity.is_none() {
            custom.error(node, "severity", format!("is `{word}`; expected low, medium, high or critical"));
        }
        severity
    });
    let mut frameworks = BTreeMap::new();
    let mut framework_places = Vec::new();
    for (key, node) in custom.entries("frameworks") {
        let field = format!("frameworks.{}", key.name);
        let controls = custom.as_texts(&field, node);
        if controls.is_empty() {
            custom.error(node, &field, "names no control");
        }
        framework_places.extend(controls.iter().map(|(c, n)| (key.name.clone(), c.clone(), n.line)));
        frameworks.insert(key.name.clone(), controls.into_iter().map(|(c, _)| c).collect());
    }
    let mut attack = Vec::new();
    for (technique, node) in custom.texts("attack") {
        if is_technique(&technique) {
            attack.push(technique);
        } else {
            custom.error(
                node,
                "attack",
                format!("holds `{technique}`; expected T and four digits, as in T1078 or T1078.003"),
            );
        }
    }
    let area = custom.required_text("area").and_then(|(area, node)| {
        if area.bytes().all(|b| b.is_ascii_lowercase()) {
            Some(area)
        } else {
            custom.error(node, "area", format!("is `{area}`; expected one lower-case word"));
            None
        }
    });
    let mut params = BTreeMap::new();
    for (key, node) in custom.entries("params") {
        if !is_word(&key.name) {
            custom.error(
                node,
                &format!("params.{}", key.name),
                "is no name; expected lower-case letters, digits and _",
            );
        }
        if let Some(param) = parse_param(&mut custom, &key.name, node) {
            params.insert(key.name.clone(), param);
        }
    }
    let clock = custom.text("clock").and_then(|(word, node)| {
        if word == "day" {
            Some(Clock::Day)
        } else {
            custom.error(node, "clock", format!("is `{word}`; expected day"));
            None
        }
    });
    let remediation = custom.take_required("remediation").and_then(|node| {
        let mut fields = Fields::new(file, "custom.remediation", node);
        let text = fields.required_text("text").map(|(t, _)| t);
        let command = fields.text("command").map(|(t, _)| t);
        custom.errors.extend(fields.finish());
        text.map(|text| Remediation { text, command })
    });
    errors.extend(custom.finish());
    match (title, id, kind, severity, area, remediation) {
        (
            Some((title, _)),
            Some((id, id_line)),
            Some((kind, kind_line)),
            Some(severity),
            Some(area),
            Some(remediation),
        ) if errors.is_empty() => {
            let meta = CheckMeta {
                id: CheckId(id),
                title,
                description,
                kind: Kind::new(kind),
                needs,
                needs_if_supported,
                related,
                severity,
                frameworks,
                attack,
                area,
                params,
                clock,
                remediation,
            };
            Ok((meta, MetaPlaces { frameworks: framework_places, needs: places, id: id_line, kind: kind_line }))
        }
        _ => Err(errors),
    }
}

/// The YAML between the line `# METADATA` and the first line that is no comment, and the line where it begins.
fn metadata_block(file: &str, text: &str) -> Result<(u32, String), ContentError> {
    let mut lines = (1u32..).zip(text.lines());
    for (number, line) in lines.by_ref() {
        match line.trim_end() {
            "# METADATA" => {
                let mut block = String::new();
                for (number, line) in lines {
                    let line = line.trim_end();
                    let Some(rest) = line.strip_prefix('#') else { break };
                    if !rest.is_empty() {
                        let Some(rest) = rest.strip_prefix(' ') else {
                            return Err(ContentError::line(file, number, "a METADATA line must begin with `# `"));
                        };
                        block.push_str(rest);
                    }
                    block.push('\n');
                }
                return Ok((number.saturating_add(1), block));
            }
            other if other.is_empty() || other.starts_with('#') => {}
            _ if text.lines().any(|l| l.trim_end() == "# METADATA") => {
                return Err(ContentError::line(
                    file,
                    number,
                    "code stands before the METADATA block; expected `# METADATA` first",
                ));
            }
            _ => break,
        }
    }
    Err(ContentError::line(file, 1, "has no METADATA block; expected a line `# METADATA` at the top"))
}

fn unique(
    fields: &mut Fields<'_>,
    name: &str,
    texts: Vec<(String, &yaml::Node)>,
    places: &mut BTreeMap<String, u32>,
) -> Vec<String> {
    let mut out = Vec::new();
    for (text, node) in texts {
        if places.insert(text.clone(), node.line).is_some() {
            fields.error(node, name, format!("names `{text}` twice"));
        } else {
            out.push(text);
        }
    }
    out
}

fn parse_related(custom: &mut Fields<'_>, node: &yaml::Node) -> Option<Related> {
    let mut fields = Fields::new(custom.file(), "custom.related", node);
    let edge = fields.required_text("edge").and_then(|(word, node)| {
        let edge = EdgeKind::parse(&word);
        if edge.is_none() {
            let known: Vec<_> = EdgeKind::ALL.iter().map(|e| e.as_str()).collect();
            fields.error(node, "edge", format!("is `{word}`; expected one of {}", known.join(", ")));
        }
        edge
    });
    let direction = fields.required_text("direction").and_then(|(word, node)| match word.as_str() {
        "out" => Some(RelatedDirection::Out),
        "in" => Some(RelatedDirection::In),
        _ => {
            fields.error(node, "direction", format!("is `{word}`; expected out or in"));
            None
        }
    });
    let kind = fields.required_text("kind").map(|(kind, _)| Kind::new(kind));
    let facets = fields.texts("facets").into_iter().map(|(facet, _)| facet).collect();
    custom.errors.extend(fields.finish());
    Some(Related { edge: edge?, direction: direction?, kind: kind?, facets })
}

fn parse_param(custom: &mut Fields<'_>, name: &str, node: &yaml::Node) -> Option<Param> {
    let path = format!("custom.params.{name}");
    let mut fields = Fields::new(custom.file(), path, node);
    let kind = fields.required_text("type").and_then(|(word, node)| {
        let kind = ParamType::parse(&word);
        if kind.is_none() {
            fields.error(node, "type", format!("is `{word}`; expected int, string, bool or list"));
        }
        kind
    });
    let default = fields.take_required("default");
    let description = fields.required_text("description").map(|(text, _)| text);
    let default = kind.zip(default).and_then(|(kind, node)| {
        let value = node.to_json();
        if kind.accepts(&value) {
            Some(value)
        } else {
            fields.error(node, "default", format!("is {}; expected {kind}", node.describe()));
            None
        }
    });
    custom.errors.extend(fields.finish());
    Some(Param { kind: kind?, default: default?, description: description? })
}

impl ParamType {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "int" => Self::Int,
            "string" => Self::String,
            "bool" => Self::Bool,
            "list" => Self::List,
            _ => return None,
        })
    }

    /// Whether a value has this type.
    #[must_use]
    pub fn accepts(self, value: &Value) -> bool {
        match self {
            Self::Int => value.as_i64().is_some(),
            Self::String => value.is_string(),
            Self::Bool => value.is_boolean(),
            Self::List => value.as_array().is_some_and(|a| a.iter().all(|v| v.is_string() || v.as_i64().is_some())),
        }
    }
}

impl fmt::Display for ParamType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Int => "a whole number",
            Self::String => "a text",
            Self::Bool => "true or false",
            Self::List => "a list of texts or whole numbers",
        })
    }
}

/// Lower-case words of letters, digits and `_`, each beginning with a letter, joined by dots.
pub(crate) fn is_dotted(text: &str) -> bool {
    text.len() <= 200 && text.split('.').all(is_word)
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn is_technique(text: &str) -> bool {
    let digits = |s: &str, n| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let Some(rest) = text.strip_prefix('T') else { return false };
    match rest.split_once('.') {
        None => digits(rest, 4),
        Some((technique, sub)) => digits(technique, 4) && digits(sub, 3),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn techniques_and_ids_have_their_form() {
        for (text, technique, dotted, why) in [
            ("T1078", true, false, "a technique"),
            ("T1078.003", true, false, "a sub-technique"),
            ("T178", false, false, "three digits"),
            ("T1078.3", false, false, "a short sub-technique"),
            ("host.a_b1", false, true, "an id"),
            ("host..a", false, false, "an empty word"),
            ("host.1a", false, false, "a word that begins with a digit"),
            ("", false, false, "nothing"),
        ] {
            assert_eq!((is_technique(text), is_dotted(text)), (technique, dotted), "{text}: {why}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in "\\PC{0,300}|(# METADATA\n)?(# ?[-a-z{}:, \\[\\]'\"&*<>|1.]{0,30}\n){0,12}") {
            drop(parse("f", &text));
            drop(crate::baseline::parse("f", &text));
            drop(crate::framework::parse("f", &text));
        }

        #[test]
        fn any_yaml_in_the_fields_is_an_error_or_a_check(value in "[-a-z{}:, \\[\\]'\"1.]{0,40}", field in 0usize..10) {
            let names = ["id", "kind", "needs", "related", "severity", "frameworks", "attack", "area", "params", "remediation"];
            let text = format!("# METADATA\n# title: t\n# custom:\n#   {}: {value}\npackage x\n", names[field]);
            drop(parse("f", &text));
        }
    }
}
