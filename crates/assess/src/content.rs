use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

use casemate_estate::{CheckId, ContentHash};

use crate::{
    Baseline, Check, ContentError, ControlCoverage, Coverage, Explanation, Framework, MutationReport, Origin, Shapes,
    TestReport,
    analysis::{self, Module},
    assessor::Options,
    baseline, case,
    case::Cases,
    check::{Library, ParamValue},
    eval::{self, Limits},
    framework, harness, meta, nesting,
    source::{self, SourceFile},
};

/// Where content comes from. Later sources overlay earlier ones: the same relative path replaces, others add.
#[derive(Debug, Clone)]
pub enum ContentSource<'a> {
    /// Files inside the program: relative path (`checks/host/…`) and text.
    Embedded(Vec<(Cow<'a, str>, Cow<'a, str>)>),
    /// A directory that holds `checks/`, `baselines/` and `frameworks/`, each optional.
    Directory(PathBuf),
}

/// How content is loaded.
#[derive(Debug, Clone, Default)]
pub struct LoadOptions {
    /// Whether cases are loaded and each check must have them. For `check test`; a scan needs none.
    pub cases: bool,
    /// Whether embedded checks are trusted to agree with the shapes, since `cargo xtask content` proved it. Files of
    /// a directory are never trusted.
    pub trust_embedded: bool,
}

/// All checks, baselines and frameworks that could be loaded, and what is wrong with the others.
#[derive(Debug, Clone)]
pub struct Content {
    pub(crate) checks: BTreeMap<CheckId, Arc<Check>>,
    pub(crate) cases: BTreeMap<CheckId, Cases>,
    baselines: BTreeMap<String, Baseline>,
    frameworks: BTreeMap<String, Framework>,
    errors: Vec<ContentError>,
}

/// Library modules with what is known of them.
struct Libraries {
    modules: BTreeMap<String, Arc<Library>>,
    analysed: BTreeMap<String, Module>,
}

impl Content {
    /// Reads all sources. Never fails as a whole: what is wrong is in [`Content::errors`], sorted by place.
    #[must_use]
    pub fn load(sources: &[ContentSource<'_>], shapes: &Shapes, options: &LoadOptions) -> Self {
        let mut errors = Vec::new();
        let files = source::read(sources, &mut errors);
        let libraries = load_libraries(&files, options, &mut errors);
        let mut checks = BTreeMap::new();
        let mut cases = BTreeMap::new();
        let mut broken = BTreeSet::new();
        let mut places = Vec::new();
        for (path, file) in &files {
            let Some(stem) = check_stem(path) else { continue };
            match load_check(stem, file, &libraries, shapes, options) {
                Ok((check, check_places)) => {
                    let id = check.meta.id.clone();
                    if options.cases {
                        match load_cases(stem, file, &files, &check, shapes) {
                            Ok(loaded) => {
                                cases.insert(id.clone(), loaded);
                            }
                            // A check whose cases are wrong still runs.
                            Err(more) => errors.extend(more),
                        }
                    }
                    places.push((id.clone(), file.display.clone(), check_places));
                    checks.insert(id, Arc::new(check));
                }
                Err(more) => {
                    errors.extend(more);
                    broken.insert(stem.replace('/', "."));
                }
            }
        }
        errors.extend(stray_files(&files));
        let frameworks = load_frameworks(&files, &mut errors);
        for (id, file, check_places) in &places {
            check_controls(id, file, check_places, &frameworks, &mut errors);
        }
        for framework in frameworks.values() {
            for (control, check) in &framework.listed {
                if !checks.contains_key(&CheckId(check.clone())) && !broken.contains(check) {
                    let message = format!("control `{control}` names `{check}`, which is no check");
                    errors.push(ContentError::file(&framework.file, message).field("controls.checks"));
                }
            }
        }
        let baselines = load_baselines(&files, &checks, &broken, &frameworks, &mut errors);
        if options.cases {
            for check in checks.values().filter(|c| c.deny_only) {
                if !baselines.values().any(|b| b.assume_pass && b.checks.contains_key(&check.meta.id)) {
                    errors.push(ContentError::file(&check.file, "has no rule `compliant`; a pass must be proven"));
                }
            }
        }
        errors.sort();
        errors.dedup();
        Self { checks, cases, baselines, frameworks, errors }
    }

    /// What is wrong in the content. A check, baseline or framework that cannot be used is not in the other lists.
    #[must_use]
    pub fn errors(&self) -> &[ContentError] {
        &self.errors
    }

    /// The checks, by id.
    pub fn checks(&self) -> impl Iterator<Item = &Arc<Check>> {
        self.checks.values()
    }

    /// One check.
    #[must_use]
    pub fn check(&self, id: &str) -> Option<&Arc<Check>> {
        self.checks.get(&CheckId(id.to_owned()))
    }

    /// The baselines, by id.
    pub fn baselines(&self) -> impl Iterator<Item = &Baseline> {
        self.baselines.values()
    }

    /// One baseline.
    #[must_use]
    pub fn baseline(&self, id: &str) -> Option<&Baseline> {
        self.baselines.get(id)
    }

    /// The frameworks, by id.
    pub fn frameworks(&self) -> impl Iterator<Item = &Framework> {
        self.frameworks.values()
    }

    /// One framework.
    #[must_use]
    pub fn framework(&self, id: &str) -> Option<&Framework> {
        self.frameworks.get(id)
    }

    /// Which controls of a framework have checks.
    #[must_use]
    pub fn coverage(&self, framework: &str) -> Option<Coverage> {
        let framework = self.frameworks.get(framework)?;
        let mut by_control: BTreeMap<&str, BTreeSet<CheckId>> = BTreeMap::new();
        for (id, check) in &self.checks {
            for control in check.meta.frameworks.get(&framework.id).into_iter().flatten() {
                by_control.entry(control).or_default().insert(id.clone());
            }
        }
        for (control, check) in &framework.listed {
            by_control.entry(control).or_default().insert(CheckId(check.clone()));
        }
        let controls = framework
            .controls
            .iter()
            .map(|control| ControlCoverage {
                control: control.clone(),
                checks: by_control.remove(control.id.as_str()).unwrap_or_default(),
            })
            .collect();
        Some(Coverage { framework: framework.id.clone(), controls })
    }

    /// Everything about a check, as it stands in a baseline (its own defaults where `baseline` is `None`).
    #[must_use]
    pub fn explain(&self, check: &str, baseline: Option<&str>) -> Option<Explanation> {
        let check = self.check(check)?;
        let setting = baseline.and_then(|b| self.baseline(b)).and_then(|b| b.checks.get(&check.meta.id));
        let params = check
            .meta
            .params
            .iter()
            .map(|(name, param)| {
                let set = setting.and_then(|s| s.params.get(name));
                ParamValue {
                    name: name.clone(),
                    value: set.map_or_else(|| param.default.clone(), |(value, _)| value.clone()),
                    description: param.description.clone(),
                    origin: set.map_or(Origin::Check, |(_, by)| Origin::Baseline(by.clone())),
                }
            })
            .collect();
        let severity = match setting.and_then(|s| s.severity.as_ref()) {
            Some((severity, by)) => (*severity, Origin::Baseline(by.clone())),
            None => (check.meta.severity, Origin::Check),
        };
        let mut controls = Vec::new();
        for (id, mapped) in &check.meta.frameworks {
            let framework = self.frameworks.get(id);
            for control in mapped {
                let title = framework
                    .and_then(|f| f.controls.iter().find(|c| c.id == *control))
                    .map(|c| c.title.clone())
                    .unwrap_or_default();
                controls.push((framework.map_or_else(|| id.clone(), |f| f.title.clone()), control.clone(), title));
            }
        }
        let baselines =
            self.baselines.values().filter(|b| b.checks.contains_key(&check.meta.id)).map(|b| b.id.clone()).collect();
        Some(Explanation {
            check: Arc::clone(check),
            libraries: check.libraries.iter().map(|l| (l.file.clone(), Arc::clone(&l.text))).collect(),
            params,
            severity,
            controls,
            baselines,
        })
    }

    /// Runs the cases of all checks whose id contains `filter` (all where it is `None`), with the automatic ones.
    /// Needs [`LoadOptions::cases`].
    #[must_use]
    pub fn test(&self, filter: Option<&str>) -> TestReport {
        harness::test(self, filter)
    }

    /// Weakens each check in each known way and tells which of these mutants no case notices.
    /// Needs [`LoadOptions::cases`].
    #[must_use]
    pub fn mutate(&self, filter: Option<&str>) -> MutationReport {
        harness::mutate(self, filter)
    }
}

/// `host/sysctl/x` of `checks/host/sysctl/x.rego`; none for libraries and other files.
fn check_stem(path: &str) -> Option<&str> {
    let stem = path.strip_prefix("checks/")?.strip_suffix(".rego")?;
    (!stem.starts_with("lib/")).then_some(stem)
}

fn load_libraries(
    files: &BTreeMap<String, SourceFile>,
    options: &LoadOptions,
    errors: &mut Vec<ContentError>,
) -> Libraries {
    let mut modules = BTreeMap::new();
    let mut analysed = BTreeMap::new();
    // A check or library of somebody else may use any of ours, so all are looked at as soon as there is one.
    let trusted = options.trust_embedded && files.iter().all(|(path, f)| f.embedded || !path.ends_with(".rego"));
    for (path, file) in files {
        let Some(stem) = path.strip_prefix("checks/lib/").and_then(|p| p.strip_suffix(".rego")) else { continue };
        let package = format!("casemate.lib.{}", stem.replace('/', "."));
        let library = Library {
            package: package.clone(),
            file: file.display.clone(),
            text: Arc::clone(&file.text),
            embedded: file.embedded,
        };
        match parse_module(&file.display, &file.text, &package) {
            Ok(engine) => {
                if !trusted {
                    match Module::read(&engine, &file.display, &file.text) {
                        Ok(module) => {
                            analysed.insert(package.clone(), module);
                        }
                        Err(e) => errors.push(e),
                    }
                }
                modules.insert(package, Arc::new(library));
            }
            Err(e) => errors.push(e),
        }
    }
    errors.extend(analysis::library_chains(&analysed));
    Libraries { modules, analysed }
}

/// Parses a Rego text by itself and looks at its package.
fn parse_module(file: &str, text: &str, package: &str) -> Result<regorus::Engine, ContentError> {
    nesting::check(text).map_err(|(line, column)| {
        ContentError::line(file, line, "malformed Rego: brackets nest too deeply").column(column)
    })?;
    let mut engine = eval::engine(limits());
    let found = engine.add_policy(file.to_owned(), text.to_owned()).map_err(|e| rego_error(file, &e.to_string()))?;
    let wanted = format!("data.{package}");
    if found != wanted {
        let line = (1u32..).zip(text.lines()).find(|(_, l)| l.starts_with("package ")).map_or(1, |(n, _)| n);
        let found = found.strip_prefix("data.").unwrap_or(&found);
        return Err(ContentError::line(file, line, format!("is `{found}`; the file's place asks for `{package}`"))
            .field("package"));
    }
    Ok(engine)
}

pub(crate) fn rego_error(file: &str, text: &str) -> ContentError {
    match eval::engine_error(text) {
        (Some(place), message) => {
            ContentError::line(place.file, place.line, format!("malformed Rego: {message}")).column(place.column)
        }
        (None, message) => ContentError::file(file, format!("malformed Rego: {message}")),
    }
}

fn limits() -> Limits {
    let options = Options::default();
    Limits { time: options.time_limit, memory: options.memory_limit }
}

fn load_check(
    stem: &str,
    file: &SourceFile,
    libraries: &Libraries,
    shapes: &Shapes,
    options: &LoadOptions,
) -> Result<(Check, meta::MetaPlaces), Vec<ContentError>> {
    let display = &file.display;
    let id = stem.replace('/', ".");
    let package = format!("casemate.{id}");
    let mut errors = Vec::new();
    let parsed = meta::parse(display, &file.text);
    let engine = match parse_module(display, &file.text, &package) {
        Ok(engine) => Some(engine),
        Err(e) => {
            errors.push(e);
            None
        }
    };
    let (meta, places) = match parsed {
        Ok(pair) => pair,
        Err(more) => {
            errors.extend(more);
            return Err(errors);
        }
    };
    if meta.id.as_str() != id {
        let message = format!("is `{}`; the file's place asks for `{id}`", meta.id);
        errors.push(ContentError::line(display, places.id, message).field("custom.id"));
    }
    let Some(engine) = engine else { return Err(errors) };
    let has = |rule: &str| engine.has_declared_rule_rooted_at(display, rule).unwrap_or(false);
    if !has("deny") {
        errors.push(ContentError::file(display, "has no rule `deny`; a failure must say why"));
    }
    let deny_only = !has("compliant");
    let used = used_libraries(&file.text, &libraries.modules);
    let mut parts: Vec<&[u8]> = vec![file.text.as_bytes()];
    for library in &used {
        parts.push(library.package.as_bytes());
        parts.push(library.text.as_bytes());
    }
    let hash = ContentHash::of_parts(parts);
    let trusted = options.trust_embedded && file.embedded && used.iter().all(|library| library.embedded);
    if !trusted {
        match Module::read(&engine, display, &file.text) {
            Ok(module) => errors.extend(analysis::verify(&module, &meta, &places, &libraries.analysed, shapes)),
            Err(e) => errors.push(e),
        }
    }
    let check = Check { meta, file: display.clone(), source: Arc::clone(&file.text), hash, deny_only, libraries: used };
    if errors.is_empty()
        && !trusted
        && let Err(e) = eval::Program::compile(&check, &BTreeMap::new(), limits()).and_then(|mut p| p.prepare())
    {
        errors.push(rego_error(display, &e));
    }
    if errors.is_empty() { Ok((check, places)) } else { Err(errors) }
}

/// The library modules that a text names, and those that they name. A name in a comment counts too, which only costs
/// a little time.
fn used_libraries(text: &str, modules: &BTreeMap<String, Arc<Library>>) -> Vec<Arc<Library>> {
    let mut used: BTreeMap<&str, &Arc<Library>> = BTreeMap::new();
    let mut texts = vec![text];
    while let Some(text) = texts.pop() {
        for (package, library) in modules {
            if !used.contains_key(package.as_str()) && names(text, package) {
                used.insert(package, library);
                texts.push(&library.text);
            }
        }
    }
    used.into_values().cloned().collect()
}

fn names(text: &str, package: &str) -> bool {
    text.match_indices(package).any(|(at, _)| {
        let after = text.get(at + package.len()..).and_then(|rest| rest.chars().next());
        !after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

fn load_cases(
    stem: &str,
    file: &SourceFile,
    files: &BTreeMap<String, SourceFile>,
    check: &Check,
    shapes: &Shapes,
) -> Result<Cases, Vec<ContentError>> {
    let path = format!("checks/{stem}.test.yaml");
    match files.get(&path) {
        Some(cases) => case::parse(&cases.display, &cases.text, &check.meta, shapes),
        None => {
            let name = path.rsplit('/').next().unwrap_or_default();
            Err(vec![ContentError::file(&file.display, format!("has no cases; expected `{name}` beside it"))])
        }
    }
}

fn stray_files(files: &BTreeMap<String, SourceFile>) -> Vec<ContentError> {
    files
        .iter()
        .filter(|(path, _)| path.starts_with("checks/") && path.ends_with(".yaml"))
        .filter_map(|(path, file)| match path.strip_suffix(".test.yaml") {
            Some(stem) if files.contains_key(&format!("{stem}.rego")) => None,
            Some(_) => Some(ContentError::file(&file.display, "holds cases, but no check of this name is beside it")),
            None => Some(ContentError::file(&file.display, "is neither a check nor a file of cases (NAME.test.yaml)")),
        })
        .collect()
}

fn load_frameworks(
    files: &BTreeMap<String, SourceFile>,
    errors: &mut Vec<ContentError>,
) -> BTreeMap<String, Framework> {
    let mut out: BTreeMap<String, Framework> = BTreeMap::new();
    for (_, file) in files.iter().filter(|(path, _)| path.starts_with("frameworks/") && path.ends_with(".yaml")) {
        match framework::parse(&file.display, &file.text) {
            Ok(framework) => match out.get(&framework.id) {
                Some(other) => errors.push(
                    ContentError::file(&file.display, format!("`{}` is the id of {} too", framework.id, other.file))
                        .field("id"),
                ),
                None => {
                    out.insert(framework.id.clone(), framework);
                }
            },
            Err(more) => errors.extend(more),
        }
    }
    out
}

fn check_controls(
    id: &CheckId,
    file: &str,
    places: &meta::MetaPlaces,
    frameworks: &BTreeMap<String, Framework>,
    errors: &mut Vec<ContentError>,
) {
    for (framework, control, line) in &places.frameworks {
        let field = format!("custom.frameworks.{framework}");
        let message = match frameworks.get(framework) {
            // Identifiers of publications that have no file here are kept for cross-reference; a slip of the pen is not.
            None => match frameworks.keys().find(|known| near(known, framework)) {
                Some(known) => format!("`{id}` is mapped to a framework that has no file; `{known}` has one"),
                None => continue,
            },
            Some(f) if !f.controls.iter().any(|c| c.id == *control) => {
                format!("`{framework}` has no control `{control}`")
            }
            Some(_) => continue,
        };
        errors.push(ContentError::line(file, *line, message).field(field));
    }
}

/// Whether two names differ by at most two letters that are put in, left out or changed.
fn near(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        let mut corner = i;
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            let left = next.last().copied().unwrap_or(0);
            next.push((corner + usize::from(x != y)).min(left + 1).min(above + 1));
            corner = *above;
        }
        row = next;
    }
    row.last().is_some_and(|distance| *distance <= 2)
}

fn load_baselines(
    files: &BTreeMap<String, SourceFile>,
    checks: &BTreeMap<CheckId, Arc<Check>>,
    broken: &BTreeSet<String>,
    frameworks: &BTreeMap<String, Framework>,
    errors: &mut Vec<ContentError>,
) -> BTreeMap<String, Baseline> {
    let mut raw = BTreeMap::new();
    for (_, file) in files.iter().filter(|(path, _)| path.starts_with("baselines/") && path.ends_with(".yaml")) {
        match baseline::parse(&file.display, &file.text) {
            Ok(parsed) if raw.contains_key(&parsed.id) => {
                errors.push(
                    ContentError::file(&file.display, format!("`{}` is the id of another baseline too", parsed.id))
                        .field("id"),
                );
            }
            Ok(parsed) => {
                raw.insert(parsed.id.clone(), parsed);
            }
            Err(more) => errors.extend(more),
        }
    }
    let world = baseline::World { checks, broken, frameworks, raw: &raw };
    let mut out = BTreeMap::new();
    for parsed in raw.values() {
        match baseline::resolve(parsed, &world) {
            Ok(resolved) => {
                out.insert(resolved.id.clone(), resolved);
            }
            Err(more) => errors.extend(more),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_slips_of_the_pen() {
        for (a, b, want, why) in [
            ("cis_debian_12", "cis_debain_12", true, "two letters changed places"),
            ("cis_debian_12", "cis_debian12", true, "one left out"),
            ("cis_debian_12", "anssi_bp_028", false, "another name"),
            ("", "ssg", false, "three letters"),
        ] {
            assert_eq!(near(a, b), want, "{a} and {b}: {why}");
        }
    }
}
