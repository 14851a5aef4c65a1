mod aws;

use std::collections::BTreeMap;

use casemate_collect_host::{Target, collect};
use casemate_estate::{FacetStatus, Timestamp};
use serde_json::json;

use super::scan::gaps;
use crate::{
    cli::{DoctorArgs, DoctorTarget, Global, ListFormat},
    error::CommandError,
    exit::Exit,
    output::list::{self, List},
    place,
    progress::Progress,
    report::Gap,
};

/// Splits what a collector says into why and what to do, which is the last line where it starts with `hint: `.
fn how<'a>(status: &str, reason: &'a str, root: bool) -> (&'a str, &'a str) {
    if let Some((why, hint)) = reason.split_once("\nhint: ") {
        return (why, hint);
    }
    let how = match status {
        "denied" if !root => "run casemate as root, or give it CAP_DAC_READ_SEARCH",
        "denied" => "root is refused: look for a mandatory access control, a user namespace or missing capabilities",
        "unsupported" => "nothing to do: it does not exist here",
        "throttled" => "try again later",
        _ => "see the reason; mend the file or report a fault of casemate",
    };
    (reason, how)
}

/// `casemate doctor`: what can be read here, what cannot, and how to get it.
pub(crate) fn run(global: &Global, args: &DoctorArgs, _now: Timestamp) -> Result<Exit, CommandError> {
    if let Some(DoctorTarget::Aws(args)) = &args.target {
        return aws::run(global, args);
    }
    let bar = Progress::start(global, "reading");
    let target = args.root.clone().map_or(Target::Live, Target::Root);
    let snapshot = collect(&target, &Timestamp::now, &|done, total, name| bar.at(done, total, name))?;
    bar.end();
    let gaps = gaps(&snapshot);
    let mut statuses: BTreeMap<FacetStatus, usize> = BTreeMap::new();
    for observation in &snapshot.observations {
        for facet in observation.facets.values() {
            *statuses.entry(facet.status).or_default() += 1;
        }
    }
    let root = rustix::process::geteuid().is_root();
    // What one cause keeps from many resources is one row for people, and one object each for programs.
    let mut causes: BTreeMap<(&str, &str, &str), Vec<&Gap>> = BTreeMap::new();
    for gap in &gaps {
        causes.entry((&gap.status, &gap.facet, &gap.reason)).or_default().push(gap);
    }
    let table = args.output.format == ListFormat::Table;
    let rows = causes
        .into_iter()
        .flat_map(|((status, facet, reason), gaps)| {
            let (reason, how) = how(status, reason, root);
            let facet = if gaps.len() > 1 { format!("{facet} ({} resources)", gaps.len()) } else { facet.to_owned() };
            let cells = vec![status.to_owned(), facet, reason.to_owned(), how.to_owned()];
            let objects: Vec<_> = gaps
                .iter()
                .map(|gap| {
                    json!({
                        "type": "gap",
                        "resource": gap.resource,
                        "facet": gap.facet,
                        "status": gap.status,
                        "reason": reason,
                        "hint": how,
                    })
                })
                .collect();
            let shown = if table { 1 } else { objects.len() };
            objects.into_iter().take(shown).map(move |object| (cells.clone(), object)).collect::<Vec<_>>()
        })
        .collect();
    let count = |status| statuses.get(&status).copied().unwrap_or(0);
    let list = List {
        columns: vec!["STATUS", "FACET", "WHY", "HOW TO GET IT"],
        rows,
        empty: "everything can be read",
        notes: vec![
            place::describe(global),
            format!(
                "{}: {} facets collected, {} denied, {} failed, {} unsupported, over {} resources; running as {}",
                snapshot.target,
                count(FacetStatus::Collected),
                count(FacetStatus::Denied),
                count(FacetStatus::Failed) + count(FacetStatus::Throttled),
                count(FacetStatus::Unsupported),
                snapshot.observations.len(),
                if root { "root" } else { "an unprivileged user" },
            ),
        ],
    };
    list::write(&list, &args.output)?;
    Ok(if gaps.iter().any(|gap| gap.incomplete) { Exit::Incomplete } else { Exit::Done })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collectors_hint_is_what_to_do() {
        for (status, reason, root, why, part) in [
            ("denied", "no filter\nhint: allow CAP_NET_ADMIN", false, "no filter", "allow CAP_NET_ADMIN"),
            ("denied", "no file", false, "no file", "as root"),
            ("denied", "no file", true, "no file", "access control"),
            ("failed", "odd", true, "odd", "see the reason"),
        ] {
            let got = how(status, reason, root);
            assert_eq!(got.0, why);
            assert!(got.1.contains(part), "{}", got.1);
        }
    }
}
