//! Patterns of attack paths, as `content/paths/*.yaml` has them: where a path starts, over which edges it goes, what it
//! ends at. An error names file, line and field.
use serde::{Deserialize, Serialize};

use crate::csr::{Relation, Trait};

/// Most steps of a pattern, and most edges of one repeated step.
const STEPS_MAX: usize = 16;

/// How bad the end of a path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing.
    Low,
    /// Worth a plan.
    Medium,
    /// Worth this week.
    High,
    /// Worth today.
    Critical,
}

impl Severity {
    /// The word used in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// Which nodes fit. An empty list of kinds fits every kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NodeFilter {
    /// One of these kinds.
    #[serde(default)]
    pub kind: Vec<String>,
    /// All of these traits; one that could not be read fits, and makes the path unknown.
    #[serde(default)]
    pub is: Vec<Trait>,
    /// None of these traits.
    #[serde(default)]
    pub is_not: Vec<Trait>,
}

/// How often a step is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// At least; from 1.
    pub least: usize,
    /// At most; up to 16.
    pub most: usize,
}

/// One step: an edge, or several of one relation in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Over an edge of this relation.
    pub edge: Relation,
    /// To such a node.
    #[serde(default)]
    pub to: NodeFilter,
    /// Over several such edges; the shortest way alone is told.
    #[serde(default)]
    pub times: Option<Times>,
    /// Through such nodes, where there are several edges.
    #[serde(default)]
    pub through: NodeFilter,
}

/// One pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// Lower-case words joined by hyphens; never reused.
    pub id: String,
    /// One line.
    pub title: String,
    /// How bad the end is.
    pub severity: Severity,
    /// MITRE ATT&CK techniques, in the order of the steps.
    #[serde(default)]
    pub attack: Vec<String>,
    /// Where it starts.
    pub start: NodeFilter,
    /// How it goes on.
    pub steps: Vec<Step>,
    /// What it means, one sentence without its stop; `{start}` and `{end}` are names.
    pub impact: String,
    /// What breaks it beside what each edge says; with the same names.
    #[serde(default)]
    pub breaks: Vec<String>,
}

/// A pattern cannot be used. The others can.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot use attack path pattern {file}:{line}: {field}: {problem}")]
pub struct PatternError {
    /// The file, as it was handed over.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// The field, `steps[1].edge`.
    pub field: String,
    /// What is wrong with it.
    pub problem: String,
}

/// Reads patterns, each a file's name and text. A later one of the same id takes the place of an earlier one, so that an
/// operator's folder lies over the built-in one; the same id twice in one folder is the loader's to refuse.
#[must_use]
pub fn load<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Vec<Pattern>, Vec<PatternError>) {
    let (mut patterns, mut errors): (Vec<Pattern>, Vec<PatternError>) = (Vec::new(), Vec::new());
    for (file, text) in files {
        match read(file, text) {
            Ok(pattern) => {
                patterns.retain(|known| known.id != pattern.id);
                patterns.push(pattern);
            }
            Err(error) => errors.push(error),
        }
    }
    patterns.sort_by(|a, b| a.id.cmp(&b.id));
    (patterns, errors)
}

fn read(file: &str, text: &str) -> Result<Pattern, PatternError> {
    let pattern: Pattern = serde_yaml_ng::from_str(text).map_err(|error| {
        let message = error.to_string();
        let (field, problem) = split(&message);
        let line = error.location().map_or(1, |place| place.line());
        PatternError { file: file.to_owned(), line, field, problem }
    })?;
    check(&pattern).map_err(|(field, problem)| {
        // The last word of the field's path is its key; the first line that has it is near enough for a short file.
        let key = field.rsplit('.').next().unwrap_or(&field).split('[').next().unwrap_or_default();
        let found = text.lines().position(|line| {
            line.trim_start().trim_start_matches(['-', '{', ' ']).starts_with(&format!("{key}:"))
                || line.contains(&format!("{key}: "))
        });
        PatternError { file: file.to_owned(), line: found.map_or(1, |at| at + 1), field, problem }
    })?;
    Ok(pattern)
}

/// `steps[0].edge: unknown variant …` or ``missing field `id` …``.
fn split(message: &str) -> (String, String) {
    if let Some((field, problem)) = message.split_once(": ")
        && !field.is_empty()
        && field.chars().all(|c| c.is_ascii_alphanumeric() || "_[].".contains(c))
    {
        return (field.to_owned(), problem.to_owned());
    }
    let quoted = message.split('`').nth(1).filter(|word| !word.is_empty());
    (quoted.unwrap_or("document").to_owned(), message.to_owned())
}

type Problem = (String, String);

fn check(pattern: &Pattern) -> Result<(), Problem> {
    let fail = |field: &str, problem: String| Err((field.to_owned(), problem));
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if pattern.id.is_empty() || !pattern.id.chars().all(fits) {
        return fail("id", format!("`{}` is not lower-case words joined by hyphens", pattern.id));
    }
    for (field, text) in [("title", &pattern.title), ("impact", &pattern.impact)] {
        if text.trim().is_empty() {
            return fail(field, "it is empty".into());
        }
    }
    for technique in &pattern.attack {
        if !is_technique(technique) {
            return fail("attack", format!("`{technique}` is no technique of ATT&CK (T1234 or T1234.001)"));
        }
    }
    if pattern.start == NodeFilter::default() {
        return fail("start", "it fits every node: name kinds or traits".into());
    }
    if pattern.steps.is_empty() || pattern.steps.len() > STEPS_MAX {
        return fail("steps", format!("there are {}, and 1 to {STEPS_MAX} may be", pattern.steps.len()));
    }
    filter(&pattern.start, "start")?;
    for (at, step) in pattern.steps.iter().enumerate() {
        filter(&step.to, &format!("steps[{at}].to"))?;
        filter(&step.through, &format!("steps[{at}].through"))?;
        if let Some(times) = step.times
            && (times.least == 0 || times.least > times.most || times.most > STEPS_MAX)
        {
            let problem = format!("{} to {} is no range within 1 to {STEPS_MAX}", times.least, times.most);
            return fail(&format!("steps[{at}].times"), problem);
        }
        if step.times.is_none() && step.through != NodeFilter::default() {
            return fail(&format!("steps[{at}].through"), "it means nothing without `times`".into());
        }
    }
    for (field, text) in pattern.breaks.iter().map(|text| ("breaks", text)).chain([("impact", &pattern.impact)]) {
        for name in text.split('{').skip(1) {
            let name = name.split('}').next().unwrap_or_default();
            if !["start", "end"].contains(&name) {
                return fail(field, format!("`{{{name}}}` is no name: {{start}} and {{end}} are"));
            }
        }
    }
    Ok(())
}

fn filter(filter: &NodeFilter, field: &str) -> Result<(), Problem> {
    match filter.is.iter().find(|one| filter.is_not.contains(one)) {
        Some(both) => Err((format!("{field}.is_not"), format!("{both:?} stands in `is` too"))),
        None => Ok(()),
    }
}

fn is_technique(text: &str) -> bool {
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let Some(rest) = text.strip_prefix('T') else { return false };
    match rest.split_once('.') {
        Some((head, sub)) => digits(head, 4) && digits(sub, 3),
        None => digits(rest, 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "id: a-b\ntitle: T\nseverity: high\nattack: [T1190]\nstart: {kind: [internet]}\nsteps:\n  - {edge: reaches, to: {is: [admin]}}\nimpact: from {start} to {end}\n";

    #[test]
    fn what_is_wrong_is_named_with_its_line_and_field() {
        assert_eq!(load([("a.yaml", GOOD)]).1, []);
        for (from, to, line, field, why) in [
            ("id: a-b", "id: A", 1, "id", "capitals"),
            ("severity: high", "severity: huge", 3, "severity", "an unknown word"),
            ("edge: reaches", "edge: flies", 7, "steps[0].edge", "an unknown relation"),
            ("is: [admin]", "is: [king]", 7, "steps[0].to.is[0]", "an unknown trait"),
            ("[T1190]", "[T1]", 4, "attack", "no technique"),
            ("{kind: [internet]}", "{}", 5, "start", "everything"),
            ("{end}", "{ende}", 8, "impact", "an unknown name"),
            ("to: {is: [admin]}", "to: {is: [admin], is_not: [admin]}", 7, "steps[0].to.is_not", "both"),
            ("edge: reaches,", "edge: reaches, times: {least: 0, most: 2},", 7, "steps[0].times", "no range"),
            ("title: T\n", "title: T\nextra: 1\n", 3, "extra", "an unknown field"),
        ] {
            let text = GOOD.replace(from, to);
            let (patterns, errors) = load([("p.yaml", text.as_str())]);
            assert!(patterns.is_empty(), "{why}");
            let [error] = errors.as_slice() else { panic!("{why}: one error") };
            assert_eq!(
                (error.file.as_str(), error.line, error.field.as_str()),
                ("p.yaml", line, field),
                "{why}: {error}"
            );
        }
    }

    #[test]
    fn a_later_pattern_takes_the_place_of_an_earlier() {
        let other = GOOD.replace("title: T", "title: U");
        let (patterns, _) = load([("a.yaml", GOOD), ("b.yaml", other.as_str())]);
        assert_eq!(patterns.iter().map(|one| one.title.as_str()).collect::<Vec<_>>(), ["U"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_an_answer(text in "[a-z:{}\\[\\], \n-]{0,200}") {
            drop(load([("x", text.as_str())]));
        }
    }
}
