use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use casemate_estate::{CheckId, Severity};
use serde_json::Value;

use crate::{
    Check, ContentError, Framework,
    yaml::{self, Fields, Node, Yaml},
};

/// Deepest chain of `extends`.
const DEPTH_MAX: usize = 16;

/// A named, parameterised set of checks, with what it extends already folded in.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// The file, as its source names it.
    pub file: String,
    /// Whether checks that only deny may run; their passes say that they are assumed.
    pub assume_pass: bool,
    /// The checks in it, each with what the baseline sets.
    pub checks: BTreeMap<CheckId, Setting>,
}

/// What a baseline sets for one check.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Setting {
    /// Parameter name to its value and the baseline that set it.
    pub params: BTreeMap<String, (Value, String)>,
    /// Severity and the baseline that set it.
    pub severity: Option<(Severity, String)>,
}

/// A baseline file before its entries are resolved.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) id: String,
    title: String,
    description: String,
    file: String,
    assume_pass: bool,
    extends: Vec<(String, u32)>,
    entries: Vec<Entry>,
    exclude: Vec<(String, u32)>,
    framework: Option<(String, Vec<String>, u32)>,
}

#[derive(Debug)]
struct Entry {
    pattern: String,
    line: u32,
    params: Vec<(String, Value, u32)>,
    severity: Option<Severity>,
}

/// Reads a baseline file.
pub(crate) fn parse(file: &str, text: &str) -> Result<Raw, Vec<ContentError>> {
    let root = yaml::parse(file, text, 1, 0).map_err(|e| vec![e])?;
    let mut top = Fields::new(file, "", &root);
    let id = top.required_text("id").map(|(t, _)| t);
    let title = top.required_text("title").map(|(t, _)| t);
    let description = top.required_text("description").map(|(t, _)| t);
    let extends = lines(top.texts("extends"));
    let exclude = lines(top.texts("exclude"));
    let mut entries = Vec::new();
    for node in top.items("checks") {
        entries.extend(parse_entry(&mut top, node));
    }
    let framework = top.take("framework").and_then(|node| {
        let mut fields = Fields::new(file, "framework", node);
        let id = fields.required_text("id").map(|(t, _)| t);
        let levels = fields.texts("levels").into_iter().map(|(t, _)| t).collect();
        top.errors.extend(fields.finish());
        id.map(|id| (id, levels, node.line))
    });
    let assume_pass = match top.text("assume") {
        None => false,
        Some((word, _)) if word == "pass" => true,
        Some((word, node)) => {
            top.error(node, "assume", format!("is `{word}`; expected pass"));
            false
        }
    };
    if entries.is_empty() && extends.is_empty() && framework.is_none() && top.errors.is_empty() {
        top.error(&root, "checks", "is missing; expected `checks`, `extends` or `framework`");
    }
    let errors = top.finish();
    match (id, title, description) {
        (Some(id), Some(title), Some(description)) if errors.is_empty() => {
            Ok(Raw { id, title, description, file: file.to_owned(), assume_pass, extends, entries, exclude, framework })
        }
        _ => Err(errors),
    }
}

fn lines(texts: Vec<(String, &Node)>) -> Vec<(String, u32)> {
    texts.into_iter().map(|(text, node)| (text, node.line)).collect()
}

fn parse_entry(top: &mut Fields<'_>, node: &Node) -> Option<Entry> {
    if let Yaml::String(pattern) = &node.value {
        return Some(Entry { pattern: pattern.trim().to_owned(), line: node.line, params: Vec::new(), severity: None });
    }
    let mut fields = Fields::new(top.file(), "checks", node);
    let pattern = fields.required_text("id").map(|(t, _)| t);
    let params = fields.entries("params").into_iter().map(|(k, v)| (k.name.clone(), v.to_json(), v.line)).collect();
    let severity = fields.text("severity").and_then(|(word, node)| {
        let severity = Severity::parse(&word);
        if severity.is_none() {
            fields.error(node, "severity", format!("is `{word}`; expected low, medium, high or critical"));
        }
        severity
    });
    top.errors.extend(fields.finish());
    Some(Entry { pattern: pattern?, line: node.line, params, severity })
}

/// What entries are resolved against.
pub(crate) struct World<'a> {
    pub(crate) checks: &'a BTreeMap<CheckId, Arc<Check>>,
    /// Checks that exist but have errors; naming one is no second error.
    pub(crate) broken: &'a BTreeSet<String>,
    pub(crate) frameworks: &'a BTreeMap<String, Framework>,
    pub(crate) raw: &'a BTreeMap<String, Raw>,
}

/// Folds a baseline and all it extends into one set.
pub(crate) fn resolve(raw: &Raw, world: &World<'_>) -> Result<Baseline, Vec<ContentError>> {
    let mut errors = Vec::new();
    let mut checks = BTreeMap::new();
    let mut path = Vec::new();
    fold(raw, world, &mut path, &mut checks, &mut errors);
    if !raw.assume_pass {
        for id in checks.keys() {
            if world.checks.get(id).is_some_and(|c| c.deny_only) {
                errors.push(
                    ContentError::file(
                        &raw.file,
                        format!("holds `{id}`, which has no `compliant` rule; say `assume: pass` to run it"),
                    )
                    .field("checks"),
                );
            }
        }
    }
    errors.sort();
    errors.dedup();
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Baseline {
        id: raw.id.clone(),
        title: raw.title.clone(),
        description: raw.description.clone(),
        file: raw.file.clone(),
        assume_pass: raw.assume_pass,
        checks,
    })
}

fn fold<'a>(
    raw: &'a Raw,
    world: &World<'a>,
    path: &mut Vec<&'a str>,
    out: &mut BTreeMap<CheckId, Setting>,
    errors: &mut Vec<ContentError>,
) {
    let at = |line: u32, field: &str, message: String| ContentError::line(&raw.file, line, message).field(field);
    path.push(&raw.id);
    for (id, line) in &raw.extends {
        if path.contains(&id.as_str()) || path.len() > DEPTH_MAX {
            errors.push(at(*line, "extends", format!("`{id}` extends itself: {}", path.join(" extends "))));
        } else if let Some(parent) = world.raw.get(id) {
            fold(parent, world, path, out, errors);
        } else {
            errors.push(at(*line, "extends", format!("no baseline is called `{id}`")));
        }
    }
    path.pop();
    if let Some((id, levels, line)) = &raw.framework {
        match world.frameworks.get(id) {
            None => errors.push(at(*line, "framework.id", format!("no framework is called `{id}`"))),
            Some(framework) => {
                for level in levels {
                    if !framework.levels.iter().any(|l| l.id == *level) {
                        errors.push(at(*line, "framework.levels", format!("`{id}` has no level `{level}`")));
                    }
                }
                let wanted = framework.controls_at(levels);
                for (check, meta) in world.checks {
                    let controls = meta.meta.frameworks.get(id);
                    let listed =
                        || framework.listed.iter().any(|(c, k)| k == check.as_str() && wanted.contains(c.as_str()));
                    if controls.is_some_and(|c| c.iter().any(|c| wanted.contains(c.as_str()))) || listed() {
                        out.entry(check.clone()).or_default();
                    }
                }
            }
        }
    }
    for entry in &raw.entries {
        let matched: Vec<_> = world.checks.values().filter(|c| matches(&entry.pattern, c.meta.id.as_str())).collect();
        if matched.is_empty() && !world.broken.iter().any(|id| matches(&entry.pattern, id)) {
            errors.push(at(entry.line, "checks", format!("`{}` names no check", entry.pattern)));
        }
        for check in matched {
            let setting = out.entry(check.meta.id.clone()).or_default();
            if let Some(severity) = entry.severity {
                setting.severity = Some((severity, raw.id.clone()));
            }
            for (name, value, line) in &entry.params {
                match check.meta.params.get(name) {
                    None => errors.push(at(
                        *line,
                        &format!("checks.params.{name}"),
                        format!("is no parameter of `{}`", check.meta.id),
                    )),
                    Some(param) if !param.kind.accepts(value) => errors.push(at(
                        *line,
                        &format!("checks.params.{name}"),
                        format!("is {value}; expected {}", param.kind),
                    )),
                    Some(_) => {
                        setting.params.insert(name.clone(), (value.clone(), raw.id.clone()));
                    }
                }
            }
        }
    }
    for (pattern, line) in &raw.exclude {
        let before = out.len();
        out.retain(|id, _| !matches(pattern, id.as_str()));
        if out.len() == before && !world.broken.iter().any(|id| matches(pattern, id)) {
            errors.push(at(*line, "exclude", format!("`{pattern}` names no check of this baseline")));
        }
    }
}

/// Whether an id is the pattern, where `*` stands for any text.
pub(crate) fn matches(pattern: &str, id: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = id.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_ids() {
        for (pattern, id, want, why) in [
            ("host.a", "host.a", true, "the id itself"),
            ("host.a", "host.ab", false, "not a prefix"),
            ("host.*", "host.a.b", true, "a star crosses dots"),
            ("*", "host.a", true, "everything"),
            ("host.*.x", "host.a.b.x", true, "a star in the middle"),
            ("host.*.x", "host.x", false, "both dots are needed"),
            ("*a*b*", "xaxbx", true, "several stars"),
            ("*aa", "a", false, "ends must not overlap"),
        ] {
            assert_eq!(matches(pattern, id), want, "{pattern} against {id}: {why}");
        }
    }
}
