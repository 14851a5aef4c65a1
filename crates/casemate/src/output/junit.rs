//! JUnit XML: a suite for each area, a case for each finding. For pipelines that show tests and nothing else.
use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use casemate_estate::State;
use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::style::plain;
use crate::{
    error::CommandError,
    report::{Item, Report},
};

/// A failure is a `failure`; what could not be judged is an `error`, so that no pipeline is green for want of data; what
/// does not apply or is exempted is `skipped`.
pub(crate) fn write(report: &Report, out: &mut impl Write) -> Result<io::Result<()>, CommandError> {
    let mut areas: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in &report.items {
        areas.entry(&item.texts.area).or_default().push(item);
    }
    let mut document = Document::new("casemate");
    for (area, items) in areas {
        let mut suite = TestSuite::new(area);
        suite.add_test_cases(items.into_iter().map(|item| case(report, item)));
        document.add_test_suite(suite);
    }
    let text =
        document.to_string().map_err(|error| CommandError::Render { format: "JUnit", reason: error.to_string() })?;
    // Jenkins' schema knows `skipped` of a suite, but not of the whole, which is the first that has it.
    let text = text.replacen(&format!(" skipped=\"{}\"", document.skipped), "", 1);
    Ok(out.write_all(text.as_bytes()))
}

fn case(report: &Report, item: &Item) -> TestCase {
    let finding = &item.finding;
    let covered = finding.exemption.is_some() || finding.suppression.is_some();
    let status = match (finding.verdict.state, covered) {
        (State::Pass, _) => TestCaseStatus::success(),
        (State::NotApplicable, _) | (State::Fail, true) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(if covered { "exempted or suppressed" } else { "not applicable" });
            status
        }
        (State::Fail, false) => problem(NonSuccessKind::Failure, item),
        (State::Unknown, _) => problem(NonSuccessKind::Error, item),
    };
    let mut case =
        TestCase::new(plain(&format!("{} [{}]", item.texts.title, report.subject(finding))).into_owned(), status);
    case.set_classname(finding.key.check.as_str());
    case
}

fn problem(kind: NonSuccessKind, item: &Item) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(item.finding.severity.as_str());
    status.set_message(plain(&item.finding.verdict.reason).into_owned());
    status.set_description(format!(
        "{}\nresource: {}\nto do: {}",
        plain(&item.finding.verdict.reason),
        plain(item.finding.key.resource.as_str()),
        plain(&item.texts.remediation)
    ));
    status
}
