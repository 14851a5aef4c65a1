use std::collections::BTreeSet;

use casemate_estate::CheckId;

use crate::{
    ContentError,
    yaml::{self, Fields, Node, Yaml},
};

/// A published set of controls; their titles are in our own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    /// Its name in METADATA: `cis_debian_12`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The version of the publication.
    pub version: String,
    /// The file, as its source names it.
    pub file: String,
    /// Its levels, lowest first.
    pub levels: Vec<Level>,
    /// Its controls, in the order of the file.
    pub controls: Vec<Control>,
    /// Control id and check id for each check that the file itself lists.
    pub(crate) listed: Vec<(String, String)>,
}

/// A level of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its name.
    pub id: String,
    /// The levels whose controls it holds too.
    pub inherits: Vec<String>,
}

/// One control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// Its identifier in the publication.
    pub id: String,
    /// What it asks, in our own words.
    pub title: String,
    /// The levels it belongs to.
    pub levels: Vec<String>,
    /// How far it can be judged from data.
    pub status: ControlStatus,
}

/// How far a control can be judged from data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ControlStatus {
    /// Wholly.
    Automated,
    /// In part.
    Partial,
    /// Only by a person.
    Manual,
}

/// Which controls of a framework have checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The framework's id.
    pub framework: String,
    /// Each control with its checks, in the framework's order.
    pub controls: Vec<ControlCoverage>,
}

/// A control and its checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlCoverage {
    /// The control.
    pub control: Control,
    /// The checks mapped to it.
    pub checks: BTreeSet<CheckId>,
}

impl Framework {
    /// The ids of the controls at these levels, with the levels they inherit; all where `levels` is empty.
    #[must_use]
    pub fn controls_at(&self, levels: &[String]) -> BTreeSet<&str> {
        let mut wanted: BTreeSet<&str> = levels.iter().map(String::as_str).collect();
        // Each round adds at least one level or is the last.
        for _ in 0..self.levels.len() {
            for level in &self.levels {
                if wanted.contains(level.id.as_str()) {
                    wanted.extend(level.inherits.iter().map(String::as_str));
                }
            }
        }
        self.controls
            .iter()
            .filter(|c| levels.is_empty() || c.levels.iter().any(|l| wanted.contains(l.as_str())))
            .map(|c| c.id.as_str())
            .collect()
    }
}

/// Reads a framework file.
pub(crate) fn parse(file: &str, text: &str) -> Result<Framework, Vec<ContentError>> {
    let root = yaml::parse(file, text, 1, 0).map_err(|e| vec![e])?;
    let mut top = Fields::new(file, "", &root);
    let id = top.required_text("id").map(|(t, _)| t);
    let title = top.required_text("title").map(|(t, _)| t);
    let version = top.required_text("version").map(|(t, _)| t);
    let mut levels: Vec<Level> = Vec::new();
    let mut inherited = Vec::new();
    for node in top.items("levels") {
        let mut fields = Fields::new(file, "levels", node);
        let id = fields.required_text("id").map(|(t, _)| t);
        let inherits = match fields.take("inherits") {
            None => Vec::new(),
            Some(node) => match &node.value {
                Yaml::String(one) => vec![(one.clone(), node)],
                _ => fields.as_texts("inherits", node),
            },
        };
        top.errors.extend(fields.finish());
        inherited.extend(inherits.iter().map(|(t, n)| (t.clone(), *n)));
        if let Some(id) = id {
            if levels.iter().any(|l| l.id == id) {
                top.error(node, "levels", format!("names `{id}` twice"));
            }
            levels.push(Level { id, inherits: inherits.into_iter().map(|(t, _)| t).collect() });
        }
    }
    for (name, node) in inherited {
        if !levels.iter().any(|l| l.id == name) {
            top.error(node, "levels.inherits", format!("names `{name}`, which is no level"));
        }
    }
    let mut controls: Vec<Control> = Vec::new();
    let mut ids = BTreeSet::new();
    let mut listed = Vec::new();
    for node in top.items("controls") {
        let Some((control, checks)) = parse_control(&mut top, node, &levels) else { continue };
        if !ids.insert(control.id.clone()) {
            top.error(node, "controls.id", format!("`{}` stands here twice", control.id));
        }
        listed.extend(checks.into_iter().map(|check| (control.id.clone(), check)));
        controls.push(control);
    }
    if controls.is_empty() && top.errors.is_empty() {
        top.error(&root, "controls", "is missing or empty; expected a list of controls");
    }
    let errors = top.finish();
    match (id, title, version) {
        (Some(id), Some(title), Some(version)) if errors.is_empty() => {
            Ok(Framework { id, title, version, file: file.to_owned(), levels, controls, listed })
        }
        _ => Err(errors),
    }
}

fn parse_control(top: &mut Fields<'_>, node: &Node, levels: &[Level]) -> Option<(Control, Vec<String>)> {
    let mut fields = Fields::new(top.file(), "controls", node);
    let id = fields.required_text("id").map(|(t, _)| t);
    let title = fields.required_text("title").map(|(t, _)| t);
    let mut at = Vec::new();
    for (level, node) in fields.texts("levels") {
        if !levels.iter().any(|l| l.id == level) {
            fields.error(node, "levels", format!("names `{level}`, which is no level of the framework"));
        }
        at.push(level);
    }
    let status = fields.required_text("status").and_then(|(word, node)| match word.as_str() {
        "automated" => Some(ControlStatus::Automated),
        "partial" => Some(ControlStatus::Partial),
        "manual" => Some(ControlStatus::Manual),
        _ => {
            fields.error(node, "status", format!("is `{word}`; expected automated, partial or manual"));
            None
        }
    });
    let checks = fields.texts("checks").into_iter().map(|(t, _)| t).collect();
    top.errors.extend(fields.finish());
    Some((Control { id: id?, title: title?, levels: at, status: status? }, checks))
}
