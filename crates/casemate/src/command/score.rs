use casemate_assess::LoadOptions;
use casemate_estate::Timestamp;
use casemate_store::{FindingFilter, Page};
use serde_json::json;

use crate::{
    cli::{Global, ScoreArgs},
    content,
    error::CommandError,
    exit::Exit,
    output::list::{self, List},
    place,
    report::{Item, Joiner, area_scores},
    target,
};

/// `casemate score`: how much of each area is proven right.
pub(crate) fn run(global: &Global, args: &ScoreArgs, now: Timestamp) -> Result<Exit, CommandError> {
    let store = place::open_for_reading(global)?;
    target::latest(&*store, args.target.as_deref(), None)?;
    let content = content::load(global, &LoadOptions { cases: false, trust_embedded: true });
    let filter = FindingFilter {
        target: args.target.clone(),
        include_exempted: true,
        include_suppressed: true,
        ..FindingFilter::new(now)
    };
    let mut joiner = Joiner::new(&content);
    let items: Vec<Item> =
        store.finding_list(&filter, Page::ALL)?.into_iter().map(|finding| joiner.item(finding)).collect();
    let rows = area_scores(&items)
        .into_iter()
        .map(|area| {
            let cells = vec![
                area.area.clone(),
                area.score.map_or_else(|| "-".into(), |score| format!("{score:.1}")),
                area.pass.to_string(),
                area.fail.to_string(),
                area.unknown.to_string(),
                area.exempted.to_string(),
                area.suppressed.to_string(),
            ];
            (cells, json!(area))
        })
        .collect();
    let list = List {
        columns: vec!["AREA", "SCORE", "PASS", "FAIL", "UNKNOWN", "EXEMPTED", "SUPPRESSED"],
        rows,
        empty: "nothing was judged yet: casemate scan does",
        notes: Vec::new(),
    };
    list::write(&list, &args.output)?;
    Ok(Exit::Done)
}
