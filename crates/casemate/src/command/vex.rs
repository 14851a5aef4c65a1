use std::io::Write;

use casemate_estate::{Finding, Timestamp};
use casemate_store::{FindingFilter, Page};

use super::exempt::login_name;
use crate::{
    cli::{Global, VexArgs},
    error::CommandError,
    exit::Exit,
    output::Sink,
    place, target,
    vulnerability::CHECK_PREFIX,
};

/// `casemate vex`: what is known of the vulnerabilities in the store, as OpenVEX.
pub(crate) fn run(global: &Global, args: &VexArgs, now: Timestamp) -> Result<Exit, CommandError> {
    let store = place::open_for_reading(global)?;
    target::latest(&*store, args.target.as_deref(), None)?;
    let filter = FindingFilter {
        check: Some(format!("{CHECK_PREFIX}*")),
        target: args.target.clone(),
        include_exempted: true,
        include_suppressed: true,
        ..FindingFilter::new(now)
    };
    let findings = store.finding_list(&filter, Page::ALL)?;
    let findings: Vec<&Finding> = findings.iter().collect();
    let author = args.author.clone().unwrap_or_else(login_name);
    let text = casemate_vuln::vex_write(&author, &findings, now)?;
    let mut sink = Sink::open(args.out.as_deref())?;
    let result = sink.write_all(text.as_bytes());
    sink.finish(result)?;
    Ok(Exit::Done)
}
