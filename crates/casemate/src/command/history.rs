use casemate_estate::Timestamp;
use casemate_store::{FindingEvent, HistoryEvent};
use serde_json::json;

use super::who;
use crate::{
    cli::{Global, HistoryArgs},
    error::CommandError,
    exit::Exit,
    output::list::{self, List},
    place,
};

/// `casemate history ID`: a resource's or a finding's story, oldest first.
pub(crate) fn run(global: &Global, args: &HistoryArgs, _now: Timestamp) -> Result<Exit, CommandError> {
    let store = place::open_for_reading(global)?;
    let mut rows = Vec::new();
    if args.id.contains("://") || args.id.starts_with("arn:") || args.id.starts_with('/') {
        let id = super::resources::resource_id(&args.id)?;
        for entry in store.resource_history(&id)? {
            let object = json!(entry);
            let at = format!("{:.0}", entry.at);
            let scan = entry.scan.map_or_else(|| "-".into(), |scan| scan.to_string());
            match &entry.event {
                HistoryEvent::Appeared => rows.push((vec![at, scan, "appeared".into(), String::new()], object)),
                HistoryEvent::Gone => rows.push((vec![at, scan, "gone".into(), String::new()], object)),
                // Each version is a sentence of its own; its differences to the one before say nothing.
                HistoryEvent::Facet { facet, .. } if facet == who::FACET => {
                    let mut object = object;
                    let told = who::of(&*store, &id, None, Some(entry.at))?;
                    let text = told.as_ref().map(who::text).unwrap_or_default();
                    if let (Some(map), Some(told)) = (object.as_object_mut(), told) {
                        map.insert("who".into(), told);
                    }
                    rows.push((vec![at, scan, "changed by".into(), text], object));
                }
                HistoryEvent::Facet { facet, status, reason, changes } if changes.is_empty() => {
                    let what = reason.clone().unwrap_or_else(|| "first read".into());
                    rows.push((vec![at, scan, format!("{facet} {status}"), what], object));
                }
                HistoryEvent::Facet { changes, .. } => {
                    for (i, change) in changes.iter().enumerate() {
                        let cells = super::diff::cells(change);
                        let [word, _, place, before, after] = cells.as_slice() else { continue };
                        let object = if i == 0 { object.clone() } else { json!(null) };
                        let row =
                            vec![at.clone(), scan.clone(), format!("{place} {word}"), format!("{before} → {after}")];
                        rows.push((row, object));
                    }
                }
                HistoryEvent::FacetEnded { facet } => {
                    rows.push((vec![at, scan, format!("{facet} ended"), String::new()], object));
                }
                HistoryEvent::Finding { change } => rows.push((event_cells(change), object)),
                _ => rows.push((vec![at, scan, "other".into(), String::new()], object)),
            }
        }
        // One entry is one object; its further differences are rows for people only.
        if args.output.format != crate::cli::ListFormat::Table {
            rows.retain(|(_, object)| !object.is_null());
        }
    } else {
        for event in store.finding_events(&args.id)? {
            rows.push((event_cells(&event), json!(event)));
        }
    }
    let list = List {
        columns: vec!["WHEN", "SCAN", "WHAT", "DETAIL"],
        rows,
        empty: "nothing happened to it",
        notes: Vec::new(),
    };
    list::write(&list, &args.output)?;
    Ok(Exit::Done)
}

fn event_cells(event: &FindingEvent) -> Vec<String> {
    let before = event.state_before.map_or("-", |state| state.as_str());
    vec![
        format!("{:.0}", event.at),
        event.scan.map_or_else(|| "-".into(), |scan| scan.to_string()),
        format!("{} {before} → {} ({})", event.key.check, event.state, event.status.as_str()),
        event.reason.clone(),
    ]
}
