use casemate_estate::{Change, ChangeKind, Timestamp};
use casemate_store::{DiffFilter, Store};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::who;
use crate::{
    cli::{DiffArgs, Global},
    cloud,
    error::CommandError,
    exit::Exit,
    output::list::{self, List},
    place, target, when,
};

/// Between two accounts of one run, from the keeping of the one to the reading of the next.
const GAP: SignedDuration = SignedDuration::from_secs(60);

/// `casemate diff`: what changed between two times, each difference by its smallest place.
pub(crate) fn run(global: &Global, args: &DiffArgs, now: Timestamp) -> Result<Exit, CommandError> {
    let store = place::open_for_reading(global)?;
    let target = args.target.as_deref();
    target::latest(&*store, target, None)?;
    let resource = args.resource.as_deref().map(super::resources::resource_id).transpose()?;
    if let Some(id) = &resource {
        store.resource_get(id)?;
    }
    let until = args.until.as_deref().map(|text| when::parse_past("--until", text, now)).transpose()?;
    let filters = match &args.since {
        Some(text) => {
            let since = when::parse_past("--since", text, now)?;
            vec![DiffFilter { since, until, target: args.target.clone(), resource }]
        }
        // The comparison is with the scan before, so that what other scans changed stays out of it.
        None => {
            let mut filters = Vec::new();
            for target in targets(&*store, target)? {
                let Some(scan) = store.scan_previous(Some(&target))? else { continue };
                filters.push(DiffFilter { since: scan.at, until, target: Some(target), resource: resource.clone() });
            }
            filters
        }
    };
    if filters.is_empty() {
        let list = List {
            empty: "there is no earlier scan to compare with: scan again after something changed",
            ..List::default()
        };
        list::write(&list, &args.output)?;
        return Ok(Exit::Done);
    }
    if filters.iter().any(|filter| until.is_some_and(|until| until < filter.since)) {
        return Err(CommandError::Usage(
            "--until is before --since
hint: swap them"
                .into(),
        ));
    }
    let mut changes = Vec::new();
    for filter in &filters {
        changes.extend(who::told(&*store, store.estate_diff(filter)?, filter.since, filter.until)?);
    }
    let mut columns = vec!["CHANGE", "RESOURCE", "WHERE", "BEFORE", "AFTER"];
    let known = changes.iter().any(|(_, who)| who.is_some());
    if known {
        columns.push("WHO");
    }
    let row = |(change, who): (Change, Option<Value>)| {
        let mut cells = cells(&change);
        if known {
            cells.push(who.as_ref().map_or_else(|| "-".into(), who::text));
        }
        (cells, object(&change, who))
    };
    let rows = changes.into_iter().map(row).collect();
    let list = List { columns, rows, empty: "nothing changed", notes: Vec::new() };
    list::write(&list, &args.output)?;
    Ok(Exit::Done)
}

/// The target that is asked for, else those of the latest run: a scan of several accounts makes one scan of each, one
/// after the other or side by side.
fn targets(store: &dyn Store, wanted: Option<&str>) -> Result<Vec<String>, CommandError> {
    if let Some(target) = wanted {
        return Ok(vec![target.to_owned()]);
    }
    let mut scans = target::latest(store, None, None)?;
    scans.sort_by_key(|scan| std::cmp::Reverse((scan.at, scan.id)));
    let mut scans = scans.into_iter();
    let Some(last) = scans.next() else { return Ok(Vec::new()) };
    let (mut begun, mut out) = (last.started, vec![last.target]);
    if out.iter().all(|target| cloud::is_aws(target)) {
        for scan in scans.filter(|scan| cloud::is_aws(&scan.target)) {
            if begun.duration_since(scan.at) > GAP {
                break;
            }
            begun = begun.min(scan.started);
            out.push(scan.target);
        }
    }
    Ok(out)
}

fn object(change: &Change, who: Option<Value>) -> Value {
    let mut value = json!(change);
    if let Value::Object(map) = &mut value {
        map.insert("type".into(), json!("change"));
        if let Some(who) = who {
            map.insert("who".into(), who);
        }
    }
    value
}

/// The same words as `casemate history` uses.
pub(crate) fn cells(change: &Change) -> Vec<String> {
    let word = match change.change {
        ChangeKind::Added => "added",
        ChangeKind::Removed => "removed",
        ChangeKind::Changed => "changed",
        ChangeKind::Readability => "readable",
    };
    let place = match &change.facet {
        Some(facet) => format!("{facet}{}", change.pointer.replace("~1", "/").replace("~0", "~")),
        None => String::new(),
    };
    let subject = format!("{} {}", change.kind, change.name);
    vec![word.to_owned(), subject, place, brief(change.before.as_ref()), brief(change.after.as_ref())]
}

pub(crate) fn brief(value: Option<&Value>) -> String {
    let text = match value {
        None => return "-".into(),
        Some(Value::String(text)) => format!("\"{text}\""),
        Some(value) => value.to_string(),
    };
    crate::output::style::cut(&text, 60).into_owned()
}
