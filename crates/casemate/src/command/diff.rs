use casemate_estate::{Change, ChangeKind, Timestamp};
use casemate_store::DiffFilter;
use serde_json::{Value, json};

use crate::{
    cli::{DiffArgs, Global},
    error::CommandError,
    exit::Exit,
    output::list::{self, List},
    place, target, when,
};

/// `casemate diff`: what changed between two times, each difference by its smallest place.
pub(crate) fn run(global: &Global, args: &DiffArgs, now: Timestamp) -> Result<Exit, CommandError> {
    let store = place::open_for_reading(global)?;
    let target = args.target.as_deref();
    target::latest(&*store, target, None)?;
    let resource = args.resource.as_deref().map(super::resources::resource_id).transpose()?;
    if let Some(id) = &resource {
        store.resource_get(id)?;
    }
    let since = match &args.since {
        Some(text) => when::parse_past("--since", text, now)?,
        None => match store.scan_previous(target)? {
            Some(scan) => scan.at,
            None => {
                let list = List {
                    empty: "there is no earlier scan to compare with: scan again after something changed",
                    ..List::default()
                };
                list::write(&list, &args.output)?;
                return Ok(Exit::Done);
            }
        },
    };
    let until = args.until.as_deref().map(|text| when::parse_past("--until", text, now)).transpose()?;
    if until.is_some_and(|until| until < since) {
        return Err(CommandError::Usage("--until is before --since\nhint: swap them".into()));
    }
    // Without --since, the comparison is with one target's scan, so that another target's changes stay out of it.
    let target = match (&args.target, &args.since) {
        (Some(target), _) => Some(target.clone()),
        (None, None) => store.scan_latest(None)?.map(|scan| scan.target),
        (None, Some(_)) => None,
    };
    let filter = DiffFilter { since, until, target, resource };
    let rows = store.estate_diff(&filter)?.into_iter().map(|change| (cells(&change), object(&change))).collect();
    let list = List {
        columns: vec!["CHANGE", "RESOURCE", "WHERE", "BEFORE", "AFTER"],
        rows,
        empty: "nothing changed",
        notes: Vec::new(),
    };
    list::write(&list, &args.output)?;
    Ok(Exit::Done)
}

fn object(change: &Change) -> Value {
    let mut value = json!(change);
    if let Value::Object(map) = &mut value {
        map.insert("type".into(), json!("change"));
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

fn brief(value: Option<&Value>) -> String {
    let text = match value {
        None => return "-".into(),
        Some(Value::String(text)) => format!("\"{text}\""),
        Some(value) => value.to_string(),
    };
    crate::output::style::cut(&text, 60).into_owned()
}
