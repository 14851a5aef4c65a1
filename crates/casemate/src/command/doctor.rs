use std::collections::BTreeMap;

use casemate_collect_host::{Target, collect};
use casemate_estate::{FacetStatus, Timestamp};
use serde_json::json;

use super::scan::gaps;
use crate::{
    cli::{DoctorArgs, Global},
    error::CommandError,
    exit::Exit,
    output::list::{self, List},
    progress::Progress,
};

/// `casemate doctor`: what can be read here, what cannot, and how to get it.
pub(crate) fn run(global: &Global, args: &DoctorArgs, _now: Timestamp) -> Result<Exit, CommandError> {
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
    let rows = gaps
        .iter()
        .map(|gap| {
            let how = match gap.status.as_str() {
                "denied" if !root => "run casemate as root, or give it CAP_DAC_READ_SEARCH",
                "denied" => "root is refused: look for a mandatory access control, a user namespace or missing capabilities",
                "unsupported" => "nothing to do: it does not exist here",
                "throttled" => "try again later",
                _ => "see the reason; mend the file or report a fault of casemate",
            };
            let cells = vec![gap.status.clone(), gap.facet.clone(), gap.reason.clone(), how.to_owned()];
            (cells, json!({"type": "gap", "resource": gap.resource, "facet": gap.facet, "status": gap.status, "reason": gap.reason, "hint": how}))
        })
        .collect();
    let count = |status| statuses.get(&status).copied().unwrap_or(0);
    let list = List {
        columns: vec!["STATUS", "FACET", "WHY", "HOW TO GET IT"],
        rows,
        empty: "everything can be read",
        notes: vec![format!(
            "{}: {} facets collected, {} denied, {} failed, {} unsupported, over {} resources; running as {}",
            snapshot.target,
            count(FacetStatus::Collected),
            count(FacetStatus::Denied),
            count(FacetStatus::Failed) + count(FacetStatus::Throttled),
            count(FacetStatus::Unsupported),
            snapshot.observations.len(),
            if root { "root" } else { "an unprivileged user" },
        )],
    };
    list::write(&list, &args.output)?;
    Ok(if gaps.iter().any(|gap| gap.incomplete) { Exit::Incomplete } else { Exit::Done })
}
