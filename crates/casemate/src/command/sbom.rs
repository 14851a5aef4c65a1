use std::io::Write;

use casemate_estate::Timestamp;

use crate::{
    cli::{Global, SbomArgs, SbomFormat},
    error::CommandError,
    exit::Exit,
    output::{Sink, note},
    reading,
};

/// `casemate sbom [TARGET]`: the packages of a target as a document. No store is read or written.
pub(crate) fn run(global: &Global, args: &SbomArgs, now: Timestamp) -> Result<Exit, CommandError> {
    let snapshot = reading::read(global, args.target.as_ref(), args.root.as_deref(), &args.reading, true)?;
    let inventory = reading::inventory(&snapshot);
    let format = match args.format {
        SbomFormat::Cyclonedx => casemate_vuln::SbomFormat::CycloneDx,
        SbomFormat::Spdx => casemate_vuln::SbomFormat::Spdx,
    };
    let name = reading::target_name(&snapshot);
    let text = casemate_vuln::sbom_write(format, &snapshot.target, &name, &inventory, now)?;
    let mut sink = Sink::open(args.out.as_deref())?;
    let result = sink.write_all(text.as_bytes());
    sink.finish(result)?;
    // The document itself cannot say what it lacks.
    let hiding: Vec<_> = inventory.problems.iter().filter(|problem| problem.incomplete).collect();
    let failed = snapshot.listings.iter().find(|listing| listing.kind.as_str().ends_with(".package"));
    let reason = failed.filter(|listing| listing.status.is_incomplete()).and_then(|listing| listing.reason.clone());
    match (hiding.first(), reason) {
        (None, None) => Ok(Exit::Done),
        (first, reason) => {
            let why = reason.or_else(|| first.map(|p| format!("`{}`: {}", p.path, p.reason))).unwrap_or_default();
            note(global, &format!("incomplete: packages may be missing: {why}"));
            Ok(Exit::Incomplete)
        }
    }
}
