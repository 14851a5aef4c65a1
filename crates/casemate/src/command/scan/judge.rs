//! From a snapshot to a committed scan: judge, remember.
use std::time::Instant;

use casemate_assess::{Assessor, Content, Remembered};
use casemate_estate::{ContentHash, FindingKey, Judged, ResourceId, Snapshot};
use casemate_store::{ScanCommit, ScanReceipt, Store};

use super::Suppressions;
use crate::{
    cli::{Global, ScanOptions},
    drift,
    error::CommandError,
    output::detail,
    place,
    progress::Progress,
    report::Gap,
    vulnerability,
};

/// What all targets of one run share.
pub(crate) struct Judge<'a> {
    pub(crate) global: &'a Global,
    pub(crate) options: &'a ScanOptions,
    pub(crate) content: &'a Content,
    pub(crate) assessor: &'a Assessor,
    pub(crate) sources: &'a vulnerability::Sources,
}

/// One target, judged and kept.
pub(crate) struct Kept {
    pub(crate) target: String,
    pub(crate) receipt: ScanReceipt,
    pub(crate) gaps: Vec<Gap>,
    pub(crate) evaluated: usize,
    pub(crate) reused: usize,
}

impl Judge<'_> {
    /// Judges what was read and keeps it. `packages`: whether the target may have packages, and so vulnerabilities.
    /// What is wrong with content is added to `problems`.
    pub(crate) fn keep(
        &self,
        store: &mut dyn Store,
        snapshot: &mut Snapshot,
        packages: bool,
        problems: &mut Vec<String>,
    ) -> Result<Kept, CommandError> {
        // What was found is as old as its reading, not as the start of the program.
        let now = snapshot.finished;
        let took = |since: Instant| format!("{} ms", since.elapsed().as_millis());
        let start = Instant::now();
        let previous = store.verdict_previous(&snapshot.target)?;
        let found: Vec<Judged> = if packages {
            let known = vulnerability::known(&previous);
            let found = self.sources.judge(snapshot, &known, now)?;
            detail(self.global, &format!("judged vulnerabilities of packages in {}", took(start)));
            found
        } else {
            Vec::new()
        };
        let start = Instant::now();
        let known_drift: Vec<FindingKey> =
            previous.keys().filter(|key| key.check.as_str() == drift::CHECK).cloned().collect();
        let previous = if self.options.fresh { None } else { Some(previous) };
        let remembered = |key: &FindingKey| {
            let found = previous.as_ref()?.get(key)?;
            Some(Remembered { inputs: found.inputs, verdict: found.verdict.clone() })
        };
        let bar = Progress::start(self.global, "judging");
        let mut assessment = self.assessor.assess(snapshot, &remembered, now, &|done, total| bar.at(done, total, ""));
        bar.end();
        drop(previous);
        detail(
            self.global,
            &format!("made {} verdicts and took {} over in {}", assessment.evaluated, assessment.reused, took(start)),
        );
        let start = Instant::now();
        assessment.judged.extend(found);
        // A scan of chosen checks says nothing of others.
        if self.options.check.is_empty() {
            assessment.judged.extend(drifts(&*store, snapshot, &known_drift)?);
        }
        problems.extend(assessment.content_errors.iter().map(ToString::to_string));
        let suppressions = Suppressions::load(store, self.content, now, problems)?;
        let receipt = store.scan_commit(&ScanCommit {
            snapshot,
            judged: &assessment.judged,
            suppress: &|finding| suppressions.hides(finding),
            now,
            baseline: &self.options.baseline,
            content_hash: content_hash(self.assessor),
        })?;
        detail(self.global, &format!("kept scan {} of {} in {}", receipt.scan, snapshot.target, took(start)));
        if let Some(text) = place::clock_note(receipt.at, now) {
            crate::output::note(self.global, &text);
        }
        Ok(Kept {
            target: snapshot.target.clone(),
            receipt,
            gaps: super::gaps(snapshot),
            evaluated: assessment.evaluated,
            reused: assessment.reused,
        })
    }
}

/// What differs from the states that people accepted.
fn drifts(store: &dyn Store, snapshot: &Snapshot, before: &[FindingKey]) -> Result<Vec<Judged>, CommandError> {
    let accepted = store.acceptance_list(Some(&snapshot.target))?;
    let is_gone = |id: &ResourceId| store.resource_get(id).is_ok_and(|record| record.gone_at.is_some());
    Ok(drift::judge(snapshot, &accepted, before.iter(), &is_gone))
}

fn content_hash(assessor: &Assessor) -> ContentHash {
    let hashes: Vec<_> = assessor.checks().iter().map(|c| c.check.hash).collect();
    ContentHash::of_parts(hashes.iter().map(|hash| &hash.0[..]))
}
