use casemate_estate::{Kind, ResourceId, Timestamp};
use casemate_store::{Direction, Page, ResourceFilter, Store};
use serde_json::{Value, json};

use crate::{
    cli::{Global, ResourcesArgs},
    error::CommandError,
    exit::Exit,
    output::{
        list::{self, List},
        style::plain,
        text::Text,
    },
    place, target, when,
};

/// `casemate resources [ID]`.
pub(crate) fn run(global: &Global, args: &ResourcesArgs, now: Timestamp) -> Result<Exit, CommandError> {
    let store = place::open_for_reading(global)?;
    let at = args.at.as_deref().map(|text| when::parse_past("--at", text, now)).transpose()?;
    target::latest(&*store, None, at)?;
    match &args.id {
        Some(id) => one(&*store, id, at, args)?,
        None => all(&*store, at, args)?,
    }
    Ok(Exit::Done)
}

/// The id that the user wrote.
pub(crate) fn resource_id(text: &str) -> Result<ResourceId, CommandError> {
    ResourceId::new(text).map_err(|error| {
        CommandError::Usage(format!(
            "cannot read `{text}` as a resource id: {error}\nhint: casemate resources lists them"
        ))
    })
}

fn all(store: &dyn Store, at: Option<Timestamp>, args: &ResourcesArgs) -> Result<(), CommandError> {
    let filter = ResourceFilter {
        kind: args.kind.as_deref().map(Kind::new),
        name_contains: args.name.clone(),
        at,
        include_gone: args.gone,
        ..ResourceFilter::default()
    };
    let rows = store
        .resource_list(&filter, Page::ALL)?
        .into_iter()
        .map(|record| {
            let gone = record.gone_at.map_or_else(String::new, |at| format!("gone {at:.0}"));
            let cells = vec![
                record.resource.kind.to_string(),
                record.resource.name.clone(),
                record.resource.id.to_string(),
                format!("{:.0}", record.last_seen),
                gone,
            ];
            (cells, json!(record))
        })
        .collect();
    let list = List {
        columns: vec!["KIND", "NAME", "ID", "LAST SEEN", ""],
        rows,
        empty: "no resources: casemate scan reads some",
        notes: Vec::new(),
    };
    list::write(&list, &args.output)
}

fn one(store: &dyn Store, id: &str, at: Option<Timestamp>, args: &ResourcesArgs) -> Result<(), CommandError> {
    let id = resource_id(id)?;
    let record = store.resource_get(&id)?;
    let facets = store.facet_list(&id, at)?;
    let edges = store.edge_list(&id, Direction::Both, at)?;
    let mut text = Text::default();
    text.line(format!("{}  {}", record.resource.kind, plain(record.resource.id.as_str())));
    text.line(format!(
        "name {}  first seen {:.0}  last seen {:.0}{}",
        plain(&record.resource.name),
        record.first_seen,
        record.last_seen,
        record.gone_at.map_or_else(String::new, |at| format!("  gone since {at:.0}"))
    ));
    let mut objects = serde_json::Map::new();
    for facet in &facets {
        let f = &facet.facet;
        text.line(format!("\n{}  {}  since {:.0}", facet.name, f.status, facet.valid_from));
        match (&f.value, &f.reason) {
            (Some(value), _) => {
                let pretty = serde_json::to_string_pretty(value.as_ref()).unwrap_or_default();
                for line in pretty.lines() {
                    text.line(format!("  {}", plain(line)));
                }
            }
            (None, reason) => text.line(format!("  {}", plain(reason.as_deref().unwrap_or("no reason given")))),
        }
        objects.insert(
            facet.name.clone(),
            json!({
                "status": f.status,
                "reason": f.reason,
                "hash": f.hash.map(|hash| hash.to_hex()),
                "value": f.value.as_deref(),
                "valid_from": facet.valid_from,
                "valid_to": facet.valid_to,
            }),
        );
    }
    for edge in edges.iter().take(200) {
        text.line(format!(
            "\n{} {} {}",
            plain(edge.edge.from.as_str()),
            edge.edge.kind.as_str(),
            plain(edge.edge.to.as_str())
        ));
    }
    if edges.len() > 200 {
        text.line(format!("\n… and {} more edges: --format json shows all", edges.len() - 200));
    }
    let mut object = json!(record);
    if let Value::Object(map) = &mut object {
        map.insert("facets".into(), Value::Object(objects));
        map.insert("edges".into(), json!(edges));
    }
    list::write_one(text.as_str(), &object, &args.output)
}
