//! The files of a trail in its bucket: `PREFIX/AWSLogs/[ORGANISATION/]ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/`, each
//! named `ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHMMZ_RANDOM.json.gz` by the minute of its delivery (*CloudTrail log file
//! examples*). Files of digests and insights lie beside, below other names.
use std::collections::BTreeSet;

use casemate_estate::{FacetStatus, Timestamp};
use serde_json::{Map, Value};

use super::{Change, Reading, Trail, Window, failed, keep, record};
use crate::{
    api::{ApiError, Request},
    engine::home_region,
    service::cloudtrail::CLOUDTRAIL,
    table::{Call, Page, Protocol, Reach, Service},
    template,
};

/// Most files. One region writes about one in five minutes; more than this is slower than the history.
const FILES_MAX: usize = 4_000;
/// Most pages of keys of one day.
const PAGES_MAX: usize = 1_000;
/// A clock of the delivery may run behind ours by that.
const SKEW: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);
/// Events of CloudTrail itself after which a trail may have a hole, or other files than it has now.
const TRAIL_EVENTS: &[&str] =
    &["CreateTrail", "DeleteTrail", "PutEventSelectors", "StartLogging", "StopLogging", "UpdateTrail"];

/// S3 as far as it is needed here; its resources are read by its own table.
const S3: Service = Service {
    name: "s3",
    endpoint: "s3",
    event_source: "s3",
    protocol: Protocol::RestXml,
    reach: Reach::Regional,
    kinds: &[],
    scope_facets: &[],
};
const TRAILS: Call = Call::new("DescribeTrails", "cloudtrail:DescribeTrails").at("trailList").shape(
    "trailList:[{Name TrailARN HomeRegion S3BucketName S3KeyPrefix IncludeGlobalServiceEvents:bool \
     IsMultiRegionTrail:bool HasCustomEventSelectors:bool IsOrganizationTrail:bool}]",
);
const STATUS: Call = Call::new("GetTrailStatus", "cloudtrail:GetTrailStatus")
    .shape("IsLogging:bool StartLoggingTime:time StopLoggingTime:time LatestDeliveryError");
const SELECTORS: Call = Call::new("GetEventSelectors", "cloudtrail:GetEventSelectors").shape(
    "EventSelectors:[{ReadWriteType IncludeManagementEvents:bool ExcludeManagementEventSources:[text]}] \
     AdvancedEventSelectors:[{FieldSelectors:[{Field Equals:[text] NotEquals:[text] StartsWith:[text] \
     NotStartsWith:[text] EndsWith:[text] NotEndsWith:[text]}]}]",
);
const LIST: Call = Call::new("ListObjectsV2", "s3:ListBucket")
    .path("GET /")
    .page(Page::Token { get: "NextContinuationToken", send: "continuation-token" })
    .shape("Contents:*[{Key}] CommonPrefixes:*[{Prefix}] NextContinuationToken");
const GET: Call = Call::new("GetObject", "s3:GetObject").path("GET /");

/// The calls by which events are read, for `casemate doctor aws`.
pub(super) const ACTIONS: &[&str] =
    &[TRAILS.permission, STATUS.permission, SELECTORS.permission, LIST.permission, GET.permission];

/// A trail that has the writes of some regions.
#[derive(Debug, PartialEq)]
struct Source {
    arn: String,
    bucket: String,
    prefix: String,
    organization: bool,
    /// Where it has no events from; all where it has those of all regions.
    only: Option<String>,
    covers: Covers,
}

/// What a trail's selectors say of management events.
#[derive(Debug, Clone, Default, PartialEq)]
struct Covers {
    /// Event sources that it leaves out.
    excluded: BTreeSet<String>,
    /// Whether reads are there too: then our own calls are.
    reads: bool,
}

/// Reads the trails that will do, one after the other, until all regions are proven; adds to `trail`.
pub(super) fn read(reading: &Reading<'_>, window: &Window, trail: &mut Trail) {
    let found = match sources(reading, window, &mut trail.problems) {
        Ok(found) => found,
        Err(error) => {
            trail.problems.push(format!("no trail can be read: {}", error.message));
            return;
        }
    };
    for source in found {
        let left: BTreeSet<&String> = window
            .regions
            .difference(&trail.proven)
            .filter(|region| source.only.as_ref().is_none_or(|only| only == *region))
            .collect();
        if left.is_empty() {
            continue;
        }
        let left: BTreeSet<String> = left.into_iter().cloned().collect();
        if let Err(error) = source.read(reading, window, &left, trail) {
            trail.problems.push(format!("s3://{}: {}", source.bucket, error.message));
        }
    }
}

fn sources(reading: &Reading<'_>, window: &Window, reasons: &mut Vec<String>) -> Result<Vec<Source>, ApiError> {
    let home = home_region(reading.partition);
    let answer = reading.call(&reading.request(&CLOUDTRAIL, &TRAILS, home, Map::new())?)?;
    let mut found = Vec::new();
    let trails = template::walk(&answer, "trailList[]");
    if trails.is_empty() {
        reasons.push("the account has no trail".into());
    }
    for trail in trails {
        let field = |name: &str| trail.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let flag = |name: &str| trail.get(name).and_then(Value::as_bool);
        let (arn, bucket) = (field("TrailARN"), field("S3BucketName"));
        if bucket.is_empty() {
            reasons.push(format!("{arn} has no bucket"));
            continue;
        }
        let only = (flag("IsMultiRegionTrail") != Some(true)).then(|| field("HomeRegion"));
        // At home stand the events of global services, and they may be left out.
        if only.as_ref().is_none_or(|only| only == home) && flag("IncludeGlobalServiceEvents") != Some(true) {
            reasons.push(format!("{arn} leaves out the events of global services"));
            continue;
        }
        if only.as_ref().is_some_and(|only| !window.regions.contains(only)) {
            reasons.push(format!("{arn} has the events of one other region"));
            continue;
        }
        let ask = |call: &'static Call, param: &str| {
            let params = Map::from_iter([(param.to_owned(), Value::String(arn.clone()))]);
            reading.call(&reading.request(&CLOUDTRAIL, call, home, params)?)
        };
        let standard = flag("HasCustomEventSelectors") == Some(false);
        let selectors = || match ask(&SELECTORS, "TrailName") {
            // Another account's trail does not show its selectors, but whether they are the standard ones.
            Err(error) if error.status == FacetStatus::Denied && standard => Ok(Value::Null),
            answer => answer,
        };
        let outcome = ask(&STATUS, "Name").map_err(|error| error.message).and_then(|status| {
            if let Some(why) = unfit(&status, window) {
                return Err(why);
            }
            covers(&selectors().map_err(|error| error.message)?, standard).ok_or("does not record all writes".into())
        });
        match outcome {
            Ok(covers) => found.push(Source {
                arn,
                bucket,
                prefix: field("S3KeyPrefix"),
                organization: flag("IsOrganizationTrail") == Some(true),
                only,
                covers,
            }),
            Err(why) => reasons.push(format!("{arn} {why}")),
        }
    }
    // Those that leave out nothing first.
    found.sort_by_key(|source| (source.covers.excluded.len(), source.only.is_some()));
    Ok(found)
}

/// Why a trail may lack events of the window.
fn unfit(status: &Value, window: &Window) -> Option<String> {
    let time = |name: &str| status.get(name)?.as_str()?.parse::<Timestamp>().ok();
    if status.get("IsLogging") != Some(&Value::Bool(true)) {
        return Some("is not logging".into());
    }
    // Where it began long ago nothing is said; a start within the window leaves a hole before it.
    if time("StartLoggingTime").is_some_and(|start| start > window.whole) {
        return Some("was started after the last scan".into());
    }
    let error = status.get("LatestDeliveryError").and_then(Value::as_str).filter(|error| !error.is_empty());
    error.map(|error| format!("cannot be delivered: {error}"))
}

/// Which writes selectors let through; none where it cannot be said that these are all but of some event sources.
/// `standard`: the trail says that it has no selectors of its own, which means all management events.
fn covers(selectors: &Value, standard: bool) -> Option<Covers> {
    let list = |name: &str| selectors.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let texts = |value: &Value, name: &str| -> Vec<String> {
        template::walk(value, &format!("{name}[]")).into_iter().filter_map(template::text).collect()
    };
    let sources = |texts: Vec<String>| -> BTreeSet<String> {
        texts.iter().filter_map(|text| text.split('.').next()).map(str::to_lowercase).collect()
    };
    let (basic, advanced) = (list("EventSelectors"), list("AdvancedEventSelectors"));
    if basic.is_empty() && advanced.is_empty() {
        return standard.then(|| Covers { excluded: BTreeSet::new(), reads: true });
    }
    let mut found: Vec<Covers> = Vec::new();
    for one in &basic {
        let kind = one.get("ReadWriteType").and_then(Value::as_str).unwrap_or("All");
        if one.get("IncludeManagementEvents") != Some(&Value::Bool(false)) && kind != "ReadOnly" {
            let excluded = sources(texts(one, "ExcludeManagementEventSources"));
            found.push(Covers { excluded, reads: kind == "All" });
        }
    }
    // Beside the category nothing but these two may narrow it.
    'selectors: for one in &advanced {
        let (mut category, mut covers) = (false, Covers { excluded: BTreeSet::new(), reads: true });
        for field in template::walk(one, "FieldSelectors[]") {
            let other = |names: &[&str]| names.iter().any(|name| !texts(field, name).is_empty());
            match field.get("Field").and_then(Value::as_str) {
                Some("eventCategory") if texts(field, "Equals") == ["Management"] => category = true,
                Some("readOnly") if texts(field, "Equals") == ["false"] => covers.reads = false,
                Some("eventSource")
                    if !other(&["Equals", "StartsWith", "NotStartsWith", "EndsWith", "NotEndsWith"]) =>
                {
                    covers.excluded.extend(sources(texts(field, "NotEquals")));
                }
                _ => continue 'selectors,
            }
        }
        if category {
            found.push(covers);
        }
    }
    found.into_iter().min_by_key(|covers| covers.excluded.len())
}

impl Source {
    fn read(
        &self,
        reading: &Reading<'_>,
        window: &Window,
        left: &BTreeSet<String>,
        trail: &mut Trail,
    ) -> Result<(), ApiError> {
        let base = self.base(reading)?;
        let mut files = 0;
        let mut records = 0;
        let mut proven = BTreeSet::new();
        let mut events = Vec::new();
        for region in left {
            let mut keys = Vec::new();
            let outcome = self.keys(reading, window, &base, region, FILES_MAX.saturating_sub(files), &mut keys);
            let outcome = outcome.map_err(|error| error.message).and_then(|()| {
                files += keys.len();
                keys.iter().try_for_each(|key| {
                    let read = self.file(reading, window, key, &mut events, &mut records);
                    read.map_err(|why| format!("s3://{}/{key}: {why}", self.bucket))
                })
            });
            match outcome {
                Ok(()) => {
                    proven.insert(region.clone());
                }
                Err(why) => trail.problems.push(format!("{region}: {why}")),
            }
        }
        let touched = |event: &&Change| {
            event.event_source == CLOUDTRAIL.event_source
                && TRAIL_EVENTS.contains(&event.event_name.as_str())
                && event.names.contains(&super::plain(&self.arn))
                || event.names.contains(&super::plain(self.name())) && TRAIL_EVENTS.contains(&event.event_name.as_str())
        };
        let hole = events.iter().find(touched).map(|event| {
            format!("{} was changed by {} since the last scan, so that it may have a hole", self.arn, event.event_name)
        });
        // The last scan's own calls are events too: where there are none, files are missing.
        let silent = (self.covers.reads && records == 0).then(|| {
            format!(
                "s3://{}/{base} has no event since the last scan began, not even of that scan: its files are late or missing",
                self.bucket
            )
        });
        trail.events.append(&mut events);
        if let Some(why) = hole.or(silent) {
            trail.problems.push(why);
            return Ok(());
        }
        trail.proven.extend(proven);
        trail.excluded.extend(self.covers.excluded.iter().cloned());
        trail.origins.push(format!("s3://{}/{base}", self.bucket));
        Ok(())
    }

    fn name(&self) -> &str {
        self.arn.rsplit('/').next().unwrap_or_default()
    }

    fn line(&self, request: &mut Request<'_>, behind: &str) {
        request.path = format!("/{}{behind}", template::percent(&self.bucket));
    }

    /// What all keys begin with, up to and with `CloudTrail/`. The organisation's id is found by looking.
    fn base(&self, reading: &Reading<'_>) -> Result<String, ApiError> {
        let joint = if self.prefix.is_empty() || self.prefix.ends_with('/') { "" } else { "/" };
        let logs = format!("{}{joint}AWSLogs/", self.prefix);
        let own = |middle: &str| format!("{logs}{middle}{}/CloudTrail/", reading.account);
        if !self.organization {
            return Ok(own(""));
        }
        let mut request = reading.request(&S3, &LIST, home_region(reading.partition), Map::new())?;
        self.line(&mut request, &format!("?list-type=2&delimiter=%2F&prefix={}", template::percent(&logs)));
        let answer = reading.call(&request)?;
        let holder = template::walk(&answer, "CommonPrefixes[].Prefix")
            .into_iter()
            .filter_map(Value::as_str)
            .filter_map(|prefix| prefix.strip_prefix(&logs))
            .find(|name| name.starts_with("o-"))
            .map(str::to_owned);
        holder.map(|name| own(&name)).ok_or_else(|| failed("it has no files of an organisation"))
    }

    fn keys(
        &self,
        reading: &Reading<'_>,
        window: &Window,
        base: &str,
        of: &str,
        most: usize,
        keys: &mut Vec<String>,
    ) -> Result<(), ApiError> {
        let first = window.from.checked_sub(SKEW).unwrap_or(window.from).to_zoned(jiff::tz::TimeZone::UTC);
        let last = window.to.checked_add(SKEW).unwrap_or(window.to).to_zoned(jiff::tz::TimeZone::UTC);
        let after = format!("{}_CloudTrail_{of}_{}", reading.account, first.strftime("%Y%m%dT%H%MZ"));
        let mut day = first.date();
        while day <= last.date() {
            let folder = format!("{base}{of}/{}/", day.strftime("%Y/%m/%d"));
            let query = format!(
                "?list-type=2&prefix={}&start-after={}",
                template::percent(&folder),
                template::percent(&format!("{folder}{after}"))
            );
            let mut request = reading.request(&S3, &LIST, home_region(reading.partition), Map::new())?;
            self.line(&mut request, &query);
            let path = request.path.clone();
            let send = move |request: &mut Request<'_>, token: &str| {
                request.path = format!("{path}&continuation-token={}", template::percent(token));
            };
            reading.pages(request, PAGES_MAX, send, |answer| {
                for one in template::walk(&answer, "Contents[]") {
                    let Some(key) = one.get("Key").and_then(Value::as_str) else { continue };
                    if !(key.starts_with(&folder) && (key.ends_with(".json.gz") || key.ends_with(".json"))) {
                        continue;
                    }
                    if keys.len() >= most {
                        return Err(failed(format!("there are more than {FILES_MAX} files")));
                    }
                    keys.push(key.to_owned());
                }
                Ok(())
            })?;
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        Ok(())
    }

    fn file(
        &self,
        reading: &Reading<'_>,
        window: &Window,
        key: &str,
        events: &mut Vec<Change>,
        records: &mut usize,
    ) -> Result<(), String> {
        if reading.is_cancelled() {
            return Err("the scan was stopped".into());
        }
        let path: Vec<String> = key.split('/').map(template::percent).collect();
        let mut request =
            reading.request(&S3, &GET, home_region(reading.partition), Map::new()).map_err(|error| error.message)?;
        self.line(&mut request, &format!("/{}", path.join("/")));
        let bytes = reading.api.bytes(&request).map_err(|error| super::named(&GET, error).message)?;
        record::read(&bytes, &mut |one| {
            *records += 1;
            match one.meaning(window.from, window.to) {
                record::Meaning::Change(change) => keep(events, *change),
                record::Meaning::Nothing => Ok(()),
                record::Meaning::Unclear(why) => Err(why.to_owned()),
            }
        })
    }
}
