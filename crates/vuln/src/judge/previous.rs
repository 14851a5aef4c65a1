//! What became of a finding that is no longer true: over, with its proof, or not known.
use casemate_estate::{Package, State, Verdict};
use serde_json::{Value, json};

use super::Answer;
use crate::{
    FixState,
    matching::{Names, Row},
    range::{self, Place},
};

/// The verdict on a CVE that the package was known to have and that matches no longer.
///
/// Only what a row says, a withdrawal or a rejection ends a finding. That no advisory speaks of it any more may be because
/// a source is missing from the database, so it is unknown.
pub(super) fn over(package: &Package, answer: &Answer, unordered: bool, cve: &str, rejected: bool) -> Verdict {
    let unknown = |reason: String| Verdict { state: State::Unknown, reason, evidence: Vec::new() };
    let pass = |reason: String, fixed: Option<&str>, advisory: Option<&str>| {
        let evidence = json!({
            "cve": cve,
            "package": {
                "type": package.kind.as_str(), "name": package.full_name(), "version": package.version,
                "source": package.source,
            },
            "fixed": fixed,
            "advisory": advisory,
            "proof": reason,
        });
        Verdict { state: State::Pass, reason, evidence: vec![evidence] }
    };
    if unordered {
        return pass(format!("version {} can be compared now", package.version), None, None);
    }
    if rejected {
        return pass(format!("{cve} was rejected: it is no vulnerability"), None, None);
    }
    let names = Names::of(answer.rows.iter().map(|row| &row.advisory));
    let about: Vec<&Row> = answer.rows.iter().filter(|row| names.of_advisory(&row.advisory).contains(&cve)).collect();
    let Some(first) = about.first() else {
        return unknown(format!("no advisory of the database speaks of {cve} in {} any more", package.full_name()));
    };
    if about.iter().all(|row| row.advisory.withdrawn) {
        return pass(format!("{} was withdrawn", first.advisory.id), None, Some(&first.advisory.id));
    }
    let version = &answer.subject.version;
    let spoken = about.iter().filter(|row| !row.advisory.withdrawn);
    let mut denied = None;
    let mut outside = None;
    for row in spoken {
        let id = row.advisory.id.as_str();
        if row.affected.state == FixState::NotAffected {
            denied = denied.or(Some(row));
            continue;
        }
        if !matches!(range::place(answer.subject.scheme, version, &row.affected), Ok(Place::Out)) {
            continue;
        }
        // The highest fix at or below the version proves it best.
        let fix = range::fixes(&row.affected)
            .filter(|fix| answer.subject.scheme.compare(fix, version).is_ok_and(std::cmp::Ordering::is_le))
            .max_by(|a, b| answer.subject.scheme.order(a, b));
        if let Some(fix) = fix {
            return pass(format!("installed {version} is not below the fix {fix} ({id})"), Some(fix), Some(id));
        }
        outside = outside.or(Some(id));
    }
    if let Some(row) = denied {
        let (id, ecosystem) = (row.advisory.id.as_str(), &row.affected.ecosystem);
        return pass(
            format!("{ecosystem} says that its {} does not have it ({id})", row.affected.package),
            None,
            Some(id),
        );
    }
    match outside {
        Some(id) => pass(format!("version {version} is not among those that {id} names"), None, Some(id)),
        None => unknown(format!("what the database says of {cve} does not hold for this package any more")),
    }
}

/// Evidence of a statement.
pub(super) fn statement(vex: &crate::VexStatement) -> Value {
    json!({
        "status": vex.status,
        "justification": vex.justification,
        "statement": vex.statement,
        "author": vex.author,
        "at": vex.at,
        "file": vex.file,
    })
}
