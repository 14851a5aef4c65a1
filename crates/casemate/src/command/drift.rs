//! `casemate drift`: accept a state, and see what differs from it.
use std::collections::{BTreeMap, BTreeSet};

use casemate_estate::{FacetStatus, ResourceId, Timestamp, value_diff};
use casemate_store::{Acceptance, FacetRecord, NewAcceptance, Page, ResourceFilter, Store};
use serde_json::{Value, json};

use super::{exempt::login_name, resources::resource_id, who};
use crate::{
    cli::{DriftCommand, DriftOf, Global},
    error::CommandError,
    exit::Exit,
    output::{
        list::{self, List},
        note,
    },
    place,
};

/// Facets that change with each scan or say how it went: nobody's configuration.
const LEFT_OUT: &[&str] = &[who::FACET, "coverage"];
/// Deepest nest in which tags are looked for.
const DEPTH_MAX: usize = 3;

/// `casemate drift accept|list|show|forget`.
pub(crate) fn run(global: &Global, command: &DriftCommand, now: Timestamp) -> Result<Exit, CommandError> {
    match command {
        DriftCommand::Accept { of, facet, note: text, author } => {
            let mut store = place::open_for_writing(global)?;
            let resources = chosen(&*store, of)?;
            let author = author.clone().unwrap_or_else(login_name);
            let mut new = Vec::new();
            for id in &resources {
                let facets = present(&*store, id, facet)?;
                new.extend(facets.into_iter().map(|(facet, value)| NewAcceptance {
                    resource: id.clone(),
                    facet,
                    value,
                    tag: of.tag.clone(),
                    note: text.clone().unwrap_or_default(),
                    author: author.clone(),
                }));
            }
            let count = store.acceptance_add(&new, now)?;
            note(global, &format!("{count} facets of {} accepted; the next scan compares", many(resources.len())));
        }
        DriftCommand::List { output } => {
            let rows = place::open_for_reading(global)?.acceptance_list(None)?.iter().map(row).collect();
            let columns = vec!["RESOURCE", "FACET", "ACCEPTED", "AUTHOR", "TAG", "NOTE"];
            list::write(&List { columns, rows, empty: "no accepted states", notes: Vec::new() }, output)?;
        }
        DriftCommand::Show { resource, output } => show(&*place::open_for_reading(global)?, resource, output)?,
        DriftCommand::Forget { of, facet } => {
            let mut store = place::open_for_writing(global)?;
            let facet = facet.as_deref();
            let resources: BTreeSet<ResourceId> = match (&of.resource, &of.tag) {
                (Some(id), _) => BTreeSet::from([resource_id(id)?]),
                // Those that were accepted by the tag, whether they have it still or not.
                (None, tag) => {
                    let all = store.acceptance_list(None)?;
                    let fits = |one: &&Acceptance| one.tag == *tag && facet.is_none_or(|facet| one.facet == facet);
                    all.iter().filter(fits).map(|one| one.resource.id.clone()).collect()
                }
            };
            if resources.is_empty() {
                return Err(CommandError::Usage(
                    "no state was accepted by this tag\nhint: casemate drift list shows what is accepted".into(),
                ));
            }
            let mut count = 0;
            for id in &resources {
                count += store.acceptance_remove(id, facet, now)?;
            }
            let many = many(resources.len());
            note(global, &format!("{count} facets of {many} forgotten; their findings end with the next scan"));
        }
    }
    Ok(Exit::Done)
}

fn many(count: usize) -> String {
    if count == 1 { "1 resource".into() } else { format!("{count} resources") }
}

fn row(one: &Acceptance) -> (Vec<String>, Value) {
    let cells = vec![
        one.resource.id.to_string(),
        one.facet.clone(),
        format!("{:.0}", one.created),
        one.author.clone(),
        one.tag.clone().unwrap_or_else(|| "-".into()),
        one.note.clone(),
    ];
    let object = json!({
        "type": "accepted_state", "resource": one.resource.id, "kind": one.resource.kind, "name": one.resource.name,
        "target": one.target, "facet": one.facet, "hash": one.hash.to_hex(), "tag": one.tag, "note": one.note,
        "author": one.author, "created": one.created,
    });
    (cells, object)
}

/// The present resources that are meant.
fn chosen(store: &dyn Store, of: &DriftOf) -> Result<Vec<ResourceId>, CommandError> {
    if let Some(text) = &of.resource {
        let id = resource_id(text)?;
        let record = store.resource_get(&id)?;
        return match record.gone_at {
            None => Ok(vec![id]),
            Some(at) => Err(CommandError::Usage(format!(
                "`{id}` is gone since {at:.0}, so it has no state to accept\nhint: casemate resources lists what is there"
            ))),
        };
    }
    let tag = of.tag.as_deref().unwrap_or_default();
    let Some((key, value)) = tag.split_once('=').filter(|(key, _)| !key.is_empty()) else {
        return Err(CommandError::Usage(format!("`--tag {tag}` is no tag\nhint: write KEY=VALUE")));
    };
    let mut out = Vec::new();
    for record in store.resource_list(&ResourceFilter::default(), Page::ALL)? {
        let facets = store.facet_list(&record.resource.id, None)?;
        let mut values = facets.iter().filter_map(|facet| Some((facet.name.as_str(), facet.facet.value.as_deref()?)));
        if values.any(|(name, found)| has_tag(name, found, (key, value), 0)) {
            out.push(record.resource.id);
        }
    }
    if out.is_empty() {
        return Err(CommandError::Usage(format!(
            "no present resource has the tag `{tag}`\nhint: tags are seen where a check needs the facet that has them; \
             case counts"
        )));
    }
    Ok(out)
}

/// Whether tags that stand somewhere in a facet hold this one. `name`: what `value` is called where it stands.
fn has_tag(name: &str, value: &Value, tag: (&str, &str), depth: usize) -> bool {
    let is_tags = ["tags", "tagset", "taglist", "tagslist"].contains(&name.to_lowercase().as_str());
    if is_tags && holds(value, tag) {
        return true;
    }
    depth < DEPTH_MAX
        && value.as_object().is_some_and(|map| map.iter().any(|(name, value)| has_tag(name, value, tag, depth + 1)))
}

/// The ways in which APIs write tags: an object, or a list of pairs, both perhaps below `items`.
fn holds(tags: &Value, (key, value): (&str, &str)) -> bool {
    let is = |one: &Value, names: [&str; 4], want: &str| {
        names.iter().any(|name| one.get(name).and_then(Value::as_str) == Some(want))
    };
    match tags {
        Value::Object(map) => {
            map.get(key).and_then(Value::as_str) == Some(value)
                || map.get("items").is_some_and(|items| holds(items, (key, value)))
        }
        Value::Array(items) => items.iter().any(|one| {
            is(one, ["Key", "key", "TagKey", "tagKey"], key)
                && is(one, ["Value", "value", "TagValue", "tagValue"], value)
        }),
        _ => false,
    }
}

/// The facets of a resource that can be accepted: those that were read, or those of them that are named.
fn present(store: &dyn Store, id: &ResourceId, named: &[String]) -> Result<BTreeMap<String, Value>, CommandError> {
    let facets = store.facet_list(id, None)?;
    let read: BTreeMap<String, Value> = facets
        .iter()
        .filter(|facet| facet.facet.status == FacetStatus::Collected)
        .filter_map(|facet| Some((facet.name.clone(), facet.facet.value.as_deref()?.clone())))
        .collect();
    if named.is_empty() {
        let all: BTreeMap<String, Value> =
            read.into_iter().filter(|(name, _)| !LEFT_OUT.contains(&name.as_str())).collect();
        if all.is_empty() {
            return Err(CommandError::Usage(format!(
                "nothing of `{id}` could be read, so it has no state to accept\nhint: casemate resources {id} says why"
            )));
        }
        return Ok(all);
    }
    named
        .iter()
        .map(|name| {
            read.get(name).map(|value| (name.clone(), value.clone())).ok_or_else(|| {
                let known: Vec<&str> = read.keys().map(String::as_str).collect();
                CommandError::Usage(format!(
                    "`{id}` has no facet `{name}` that was read\nhint: it has {}",
                    if known.is_empty() { "none".to_owned() } else { known.join(", ") }
                ))
            })
        })
        .collect()
}

/// Each accepted facet with what differs from it now.
fn show(store: &dyn Store, text: &str, output: &crate::cli::ListOutput) -> Result<(), CommandError> {
    let id = resource_id(text)?;
    let record = store.resource_get(&id)?;
    let accepted: Vec<Acceptance> =
        store.acceptance_list(None)?.into_iter().filter(|one| one.resource.id == id).collect();
    let facets: BTreeMap<String, FacetRecord> =
        store.facet_list(&id, None)?.into_iter().map(|facet| (facet.name.clone(), facet)).collect();
    let mut rows = Vec::new();
    for one in &accepted {
        let found = facets.get(&one.facet).map(|record| &record.facet);
        let mut line = |state: &str, path: &str, before: Option<&Value>, after: Option<&Value>| {
            let (cells, mut object) = row(one);
            if let Some(map) = object.as_object_mut() {
                map.insert("state".into(), json!(state));
                if state == "differs" {
                    map.extend([
                        ("path".to_owned(), json!(path)),
                        ("accepted_value".to_owned(), json!(before)),
                        ("present_value".to_owned(), json!(after)),
                    ]);
                }
            }
            let place = format!("{}{path}", one.facet);
            let brief = super::diff::brief;
            let [_, _, accepted, author, ..] = cells.as_slice() else { return };
            let values = if state == "differs" { (brief(before), brief(after)) } else { ("-".into(), "-".into()) };
            rows.push((vec![place, state.to_owned(), values.0, values.1, accepted.clone(), author.clone()], object));
        };
        match found.filter(|facet| facet.status == FacetStatus::Collected).and_then(|facet| facet.value.as_deref()) {
            Some(value) if *value == *one.value => line("same", "", None, None),
            Some(value) => {
                for (path, before, after) in value_diff(&one.value, value) {
                    line("differs", &path, before.as_ref(), after.as_ref());
                }
            }
            None if record.gone_at.is_some() => line("gone", "", None, None),
            None => line("unknown", "", None, None),
        }
    }
    let mut notes = Vec::new();
    if let Some(who) = facets.get(who::FACET).and_then(|facet| facet.facet.value.as_deref()) {
        notes.push(format!("last changed by {}", who::text(who)));
    }
    let columns = vec!["WHERE", "STATE", "ACCEPTED", "PRESENT", "WHEN", "AUTHOR"];
    list::write(&List { columns, rows, empty: "nothing of it is accepted", notes }, output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_seen_however_they_are_written() {
        for (facet, value, want, why) in [
            ("tags", json!({"env": "prod"}), true, "an object"),
            ("tags", json!({"items": [{"Key": "env", "Value": "prod"}]}), true, "a list of pairs below items"),
            ("configuration", json!({"Tags": [{"Key": "env", "Value": "prod"}]}), true, "in the configuration"),
            ("bucket", json!({"TagSet": [{"key": "env", "value": "prod"}]}), true, "in small letters"),
            ("key", json!({"a": {"tags": [{"TagKey": "env", "TagValue": "prod"}]}}), true, "deeper, as KMS has it"),
            ("tags", json!({"env": "prod2"}), false, "another value"),
            ("tags", json!({"Env": "prod"}), false, "case counts"),
            (
                "tags",
                json!({"items": [{"Key": "env", "Value": "x"}, {"Key": "x", "Value": "prod"}]}),
                false,
                "two tags",
            ),
            ("environment", json!({"env": "prod"}), false, "no tags"),
            ("tags", json!("env=prod"), false, "a text"),
        ] {
            assert_eq!(has_tag(facet, &value, ("env", "prod"), 0), want, "{why}");
        }
    }
}
