//! The event history: `cloudtrail:LookupEvents`, 50 events a page, 90 days, the management events of every account,
//! whatever its trails leave out.
use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Change, Reading, Trail, Window, failed, keep, record};
use crate::{
    api::ApiError,
    service::cloudtrail::CLOUDTRAIL,
    table::{Call, Page},
};

/// Most pages of one region: two calls a second are allowed, so this is a quarter of an hour.
const PAGES_MAX: usize = 2_000;

const LOOKUP: Call = Call::new("LookupEvents", "cloudtrail:LookupEvents")
    .page(Page::Token { get: "NextToken", send: "NextToken" })
    .at("Events")
    .shape("Events:[{EventId CloudTrailEvent EventTime:time EventName EventSource}] NextToken");

/// Reads the regions that are left; adds to `trail` what each proves.
pub(super) fn read(reading: &Reading<'_>, window: &Window, left: &BTreeSet<String>, trail: &mut Trail) {
    let mut silent = None;
    for region in left {
        if reading.is_cancelled() {
            return;
        }
        // Where nobody may ask, or nobody answers, the other regions do no better.
        if let Some(why) = &silent {
            trail.problems.push(format!("{region}: {why}"));
            continue;
        }
        let mut events = Vec::new();
        match region_read(reading, window, region, &mut events) {
            Ok(()) => {
                trail.proven.insert(region.clone());
                trail.events.append(&mut events);
                if !trail.origins.iter().any(|one| one == LOOKUP.permission) {
                    trail.origins.push(LOOKUP.permission.to_owned());
                }
            }
            Err(error) => {
                trail.problems.push(format!("{region}: {}", error.message));
                trail.events.append(&mut events);
                if error.silent || !error.code.is_empty() {
                    silent = Some(error.message);
                }
            }
        }
    }
}

fn region_read(reading: &Reading<'_>, window: &Window, region: &str, events: &mut Vec<Change>) -> Result<(), ApiError> {
    // `ReadOnly` equal to `false`: pages hold changes alone.
    let params = json!({
        "LookupAttributes": [{"AttributeKey": "ReadOnly", "AttributeValue": "false"}],
        "StartTime": window.from.as_second(),
        "EndTime": window.to.as_second().saturating_add(1),
        "MaxResults": 50,
    });
    let params = params.as_object().cloned().unwrap_or_default();
    let request = reading.request(&CLOUDTRAIL, &LOOKUP, region, params)?;
    let send = |request: &mut crate::api::Request<'_>, token: &str| {
        request.params.insert("NextToken".into(), Value::String(token.to_owned()));
    };
    reading.pages(request, PAGES_MAX, send, |answer| {
        let Some(list) = answer.get("Events").and_then(Value::as_array) else {
            return Err(failed("cloudtrail:LookupEvents gives no list `Events`"));
        };
        for event in list {
            let text = event.get("CloudTrailEvent").and_then(Value::as_str);
            let parsed = text.and_then(|text| serde_json::from_str::<record::Record>(text).ok());
            let parsed = parsed.ok_or_else(|| failed("cloudtrail:LookupEvents gives an event that cannot be read"))?;
            match parsed.meaning(window.from, window.to) {
                record::Meaning::Change(change) => keep(events, *change).map_err(failed)?,
                record::Meaning::Nothing => {}
                record::Meaning::Unclear(why) => return Err(failed(format!("cloudtrail:LookupEvents: {why}"))),
            }
        }
        Ok(())
    })
}
