//! Who changed a resource: the facet `last_change`, which a scan makes that reads CloudTrail's events.
use casemate_estate::{Change, ChangeKind, ResourceId, Timestamp};
use casemate_store::Store;
use serde_json::Value;

use crate::error::CommandError;

/// The facet's name.
pub(crate) const FACET: &str = "last_change";

/// The last change of a resource as the store knew it at a time (none for now), where it became known after `since`.
pub(crate) fn of(
    store: &dyn Store,
    id: &ResourceId,
    since: Option<Timestamp>,
    at: Option<Timestamp>,
) -> Result<Option<Value>, CommandError> {
    let facets = store.facet_list(id, at)?;
    Ok(facets
        .into_iter()
        .filter(|facet| facet.name == FACET && since.is_none_or(|since| facet.valid_from > since))
        .find_map(|facet| facet.facet.value.as_deref().cloned()))
}

/// Takes the changes of the facet itself out, and gives the other changes with who made them.
pub(crate) fn told(
    store: &dyn Store,
    changes: Vec<Change>,
    since: Timestamp,
    until: Option<Timestamp>,
) -> Result<Vec<(Change, Option<Value>)>, CommandError> {
    let mut out: Vec<(Change, Option<Value>)> = Vec::with_capacity(changes.len());
    for change in changes {
        if change.facet.as_deref() == Some(FACET) {
            continue;
        }
        let who = match out.last() {
            Some((before, who)) if before.resource == change.resource => who.clone(),
            // What is gone has no facets; who removed it is not known.
            _ if change.facet.is_none() && change.change == ChangeKind::Removed => None,
            _ => of(store, &change.resource, Some(since), until)?,
        };
        out.push((change, who));
    }
    Ok(out)
}

/// `ops/ana (PutBucketPolicy) from 192.0.2.1 at 2026-03-02T10:00:00Z`.
pub(crate) fn text(who: &Value) -> String {
    let field = |name: &str| who.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let part = |before: &str, name: &str, after: &str| {
        field(name).map(|text| format!("{before}{text}{after}")).unwrap_or_default()
    };
    let earlier = who.get("earlier").and_then(Value::as_array).map_or(0, Vec::len);
    [
        field("actor").map_or("somebody", short).to_owned(),
        part(" via ", "via", ""),
        part(" (", "event", ")"),
        part(" from ", "source_ip", ""),
        part(" at ", "at", ""),
        if earlier == 0 { String::new() } else { format!(", and {earlier} before") },
    ]
    .concat()
}

/// An ARN without what all have: `arn:aws:sts::123456789012:assumed-role/ops/ana` is `ops/ana`.
fn short(actor: &str) -> &str {
    let own = if actor.starts_with("arn:") { actor.splitn(6, ':').nth(5).unwrap_or(actor) } else { actor };
    own.strip_prefix("assumed-role/").unwrap_or(own)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_change_reads_as_a_sentence() {
        for (who, want) in [
            (
                json!({"actor": "arn:aws:sts::123456789012:assumed-role/ops/ana", "event": "PutBucketPolicy",
                    "source_ip": "192.0.2.1", "at": "2026-03-02T10:00:00Z", "event_id": "x"}),
                "ops/ana (PutBucketPolicy) from 192.0.2.1 at 2026-03-02T10:00:00Z",
            ),
            (
                json!({"actor": "arn:aws:iam::123456789012:user/bo", "via": "cloudformation.amazonaws.com",
                    "event": "CreateRole", "earlier": [{}, {}]}),
                "user/bo via cloudformation.amazonaws.com (CreateRole), and 2 before",
            ),
            (
                json!({"actor": "autoscaling.amazonaws.com", "event": "RunInstances"}),
                "autoscaling.amazonaws.com (RunInstances)",
            ),
            (json!({"actor": "arn:aws:iam::123456789012:root"}), "root"),
            (json!({}), "somebody"),
            (json!("odd"), "somebody"),
        ] {
            assert_eq!(text(&who), want);
        }
    }
}
