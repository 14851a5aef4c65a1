//! What was done in an account since a time, by CloudTrail's management events: from the files of a trail's bucket, and,
//! for regions that these do not prove, by `cloudtrail:LookupEvents`. Start at [`changes`].
//!
//! **Invariant:** a region of which an event may be missing is not in [`Trail::proven`]: its resources are then read.
//! **Invariant:** an event is late, so the window that is asked for begins [`OVERLAP`] before the last scan began.
mod bucket;
mod lookup;
mod mark;
mod names;
mod record;
mod sources;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
};

use casemate_estate::{FacetStatus, Timestamp};
use serde_json::{Map, Value};

use crate::{
    api::{Api, ApiError, Request},
    engine::home_region,
    shape::shape,
    table::{Call, Page, Service},
    template,
};

pub(crate) use mark::{LAST_CHANGE, mark, schema};
pub(crate) use names::plain;
pub(crate) use sources::{Origin, origin, service_of_arn};

/// How long before the last scan began the window begins. AWS delivers events "typically within 15 minutes" (CloudTrail
/// user guide, *How CloudTrail works*), in files and in the history; five more are for clocks and for a scan's own start.
pub(crate) const OVERLAP: jiff::SignedDuration = jiff::SignedDuration::from_mins(20);
/// Oldest window: the history goes back 90 days, and reading more events than resources is no gain.
const AGE_MAX: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 30);
/// Most events that are kept. An account that changes more than that is read anew.
const EVENTS_MAX: usize = 200_000;

/// Where and when to read.
pub(crate) struct Reading<'a> {
    /// What makes calls.
    pub(crate) api: &'a dyn Api,
    /// Whose credentials, and whose events: twelve digits.
    pub(crate) account: &'a str,
    /// `aws`, `aws-cn` …
    pub(crate) partition: &'a str,
    /// Regions whose resources are of interest. The home region, where events of global services stand, is added.
    pub(crate) regions: BTreeSet<String>,
    /// When the last scan began. [`OVERLAP`] is taken off here, not by the caller.
    pub(crate) since: Timestamp,
    /// When the last scan began that believed nothing: what was done before is known without any event.
    pub(crate) full: Timestamp,
    /// Now.
    pub(crate) until: Timestamp,
    /// Stops early.
    pub(crate) cancel: &'a AtomicBool,
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Trail {
    /// Writes that succeeded, by time and then id, each once.
    pub(crate) events: Vec<Change>,
    /// Regions of which every event is there, but for those that are still on their way.
    pub(crate) proven: BTreeSet<String>,
    /// Event sources that the trail leaves out.
    pub(crate) excluded: BTreeSet<String>,
    /// What could not be read, and why: each says of which region.
    pub(crate) problems: Vec<String>,
    /// `s3://BUCKET/PREFIX` and `cloudtrail:LookupEvents`, as far as they were read.
    pub(crate) origins: Vec<String>,
}

/// One write that succeeded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change {
    /// When.
    pub(crate) at: Timestamp,
    /// CloudTrail's id of the event, or one made of its other fields.
    pub(crate) event_id: String,
    /// Where; `us-east-1` for most global services.
    pub(crate) region: String,
    /// `s3`: `eventSource` without its domain.
    pub(crate) event_source: String,
    /// `PutBucketPolicy`.
    pub(crate) event_name: String,
    /// Who.
    pub(crate) actor: Actor,
    /// Address or service name.
    pub(crate) source_ip: String,
    /// At most 256 characters.
    pub(crate) user_agent: String,
    /// Texts that may name a resource, in lower case: ARNs, ids, names.
    pub(crate) names: BTreeSet<String>,
}

/// Who did something.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Actor {
    /// ARN of the session, user or root; the name of an AWS service that acted by itself.
    pub(crate) name: String,
    /// ARN of the role that a session has; empty where it is none.
    pub(crate) role: String,
    /// The AWS service that acted for the actor; empty where there was none.
    pub(crate) via: String,
}

/// Reads the management events of an account. Nothing fails: what could not be read is in `problems`, and its region not
/// in `proven`.
pub(crate) fn changes(reading: &Reading<'_>) -> Trail {
    let window = Window::new(reading);
    let mut trail = Trail::default();
    if reading.since > reading.until || reading.until.duration_since(window.from) > AGE_MAX {
        trail.problems.push(format!(
            "CloudTrail is not asked for what happened since {}: the time is in the future or more than 30 days ago",
            reading.since
        ));
        return trail;
    }
    bucket::read(reading, &window, &mut trail);
    let left: BTreeSet<String> = window.regions.difference(&trail.proven).cloned().collect();
    lookup::read(reading, &window, &left, &mut trail);
    if trail.events.len() > EVENTS_MAX {
        trail.problems.push(format!("there are more than {EVENTS_MAX} changes"));
        trail.proven.clear();
    }
    // What was tried before something else did is of no interest.
    if window.regions.is_subset(&trail.proven) {
        trail.problems.clear();
    }
    trail.events.sort();
    trail.events.dedup_by(|b, a| a.event_id == b.event_id && a.region == b.region);
    trail
}

/// The time that is asked for, and the regions.
struct Window {
    from: Timestamp,
    /// Since when none may be missing.
    whole: Timestamp,
    to: Timestamp,
    regions: BTreeSet<String>,
}

impl Window {
    fn new(reading: &Reading<'_>) -> Self {
        let mut regions = reading.regions.clone();
        regions.insert(home_region(reading.partition).to_owned());
        let from = reading.since.checked_sub(OVERLAP).unwrap_or(Timestamp::MIN);
        Self { from, whole: from.max(reading.full), to: reading.until, regions }
    }
}

/// Takes a change in, unless there are too many.
fn keep(events: &mut Vec<Change>, change: Change) -> Result<(), String> {
    if events.len() >= EVENTS_MAX {
        return Err(format!("there are more than {EVENTS_MAX} changes"));
    }
    events.push(change);
    Ok(())
}

fn failed(message: impl Into<String>) -> ApiError {
    ApiError { status: FacetStatus::Failed, code: String::new(), message: message.into(), silent: false }
}

impl Reading<'_> {
    fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    fn request<'r>(
        &'r self,
        service: &'r Service,
        call: &'r Call,
        region: &'r str,
        params: Map<String, Value>,
    ) -> Result<Request<'r>, ApiError> {
        let (method, path) = call.path.split_once(' ').unwrap_or(("POST", "/"));
        let shape = shape(call.shape).map_err(|error| failed(error.to_string()))?;
        Ok(Request { service, call, account: self.account, region, method, path: path.to_owned(), params, shape })
    }

    fn call(&self, request: &Request<'_>) -> Result<Value, ApiError> {
        if self.is_cancelled() {
            return Err(failed("the scan was stopped"));
        }
        self.api.call(request).map_err(|error| named(request.call, error))
    }

    /// All pages, each given to `take`; `send` puts the token into the next request.
    fn pages(
        &self,
        mut request: Request<'_>,
        most: usize,
        send: impl Fn(&mut Request<'_>, &str),
        mut take: impl FnMut(Value) -> Result<(), ApiError>,
    ) -> Result<(), ApiError> {
        let Page::Token { get, .. } = request.call.page else { return take(self.call(&request)?) };
        let mut before = String::new();
        for _ in 0..most {
            let answer = self.call(&request)?;
            let token = template::at(&answer, get).and_then(Value::as_str).unwrap_or_default().to_owned();
            take(answer)?;
            if token.is_empty() {
                return Ok(());
            }
            if token == before {
                return Err(failed(format!("{} gives the same page without end", request.call.permission)));
            }
            send(&mut request, &token);
            before = token;
        }
        Err(failed(format!("{} has more than {most} pages", request.call.permission)))
    }
}

fn named(call: &Call, error: ApiError) -> ApiError {
    let hint = if error.status == FacetStatus::Denied {
        format!(" (allow `{}` for the scanning role)", call.permission)
    } else {
        String::new()
    };
    ApiError { message: format!("{}: {}{hint}", call.permission, error.message), ..error }
}
