use std::{borrow::Cow, collections::BTreeMap, path::PathBuf, sync::Arc};

use casemate_estate::CheckId;

use crate::{Baseline, Check, ContentError, Coverage, Explanation, Framework, MutationReport, Shapes, TestReport};

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
    checks: BTreeMap<CheckId, Arc<Check>>,
    baselines: BTreeMap<String, Baseline>,
    frameworks: BTreeMap<String, Framework>,
    errors: Vec<ContentError>,
}

impl Content {
    /// Reads all sources. Never fails as a whole: what is wrong is in [`Content::errors`], sorted by place.
    #[must_use]
    pub fn load(sources: &[ContentSource<'_>], shapes: &Shapes, options: &LoadOptions) -> Self {
        let _ = (sources, shapes, options);
        Self { checks: BTreeMap::new(), baselines: BTreeMap::new(), frameworks: BTreeMap::new(), errors: Vec::new() }
    }

    /// What is wrong in the content. A check, baseline or framework named here is not in the other lists.
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
        let _ = framework;
        None
    }

    /// Everything about a check, as it stands in a baseline (its own defaults where `baseline` is `None`).
    #[must_use]
    pub fn explain(&self, check: &str, baseline: Option<&str>) -> Option<Explanation> {
        let _ = (check, baseline);
        None
    }

    /// Runs the cases of all checks whose id contains `filter` (all where it is `None`), with the automatic ones.
    /// Needs [`LoadOptions::cases`].
    #[must_use]
    pub fn test(&self, filter: Option<&str>) -> TestReport {
        let _ = filter;
        TestReport::default()
    }

    /// Weakens each check in each known way and tells which of these mutants no case notices.
    /// Needs [`LoadOptions::cases`].
    #[must_use]
    pub fn mutate(&self, filter: Option<&str>) -> MutationReport {
        let _ = filter;
        MutationReport::default()
    }
}
