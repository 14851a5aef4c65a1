use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    sync::{Mutex, atomic::AtomicBool},
};

use casemate_estate::{FacetStatus, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Change, Reading, Trail, changes, names, record};
use crate::{
    api::{Api, ApiError, Request},
    shape::from_json,
};

const ACCOUNT: &str = "123456789012";
const TRAIL_ARN: &str = "arn:aws:cloudtrail:us-east-1:123456789012:trail/main";

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn event(name: &str, more: Value) -> Value {
    let mut event = json!({
        "eventVersion": "1.11", "eventTime": "2026-03-02T10:00:00Z", "eventSource": "s3.amazonaws.com",
        "eventName": name, "awsRegion": "us-east-1", "sourceIPAddress": "192.0.2.1", "userAgent": "aws-cli",
        "userIdentity": {"type": "AssumedRole", "arn": "arn:aws:sts::123456789012:assumed-role/ops/ana"},
        "requestParameters": {"bucketName": "own-logs"}, "responseElements": null, "readOnly": false,
        "eventID": format!("id-{name}"), "managementEvent": true, "eventCategory": "Management",
    });
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    event
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(text).unwrap();
    out.finish().unwrap()
}

fn parsed(bytes: &[u8]) -> (Vec<Change>, Result<(), String>) {
    let (from, until) = (time("2026-03-02T09:00:00Z"), time("2026-03-02T11:00:00Z"));
    let mut found = Vec::new();
    let outcome = record::read(bytes, &mut |one| match one.meaning(from, until) {
        record::Meaning::Change(change) => {
            found.push(*change);
            Ok(())
        }
        record::Meaning::Nothing => Ok(()),
        record::Meaning::Unclear(why) => Err(why.into()),
    });
    (found, outcome)
}

#[test]
fn only_writes_that_succeeded_since_then_are_changes() {
    for (more, want, why) in [
        (json!({}), true, "a write"),
        (json!({"readOnly": true}), false, "a read"),
        (json!({"readOnly": "true"}), false, "a read, as a text"),
        (json!({"readOnly": null}), true, "what does not say that it reads may write"),
        (json!({"errorCode": "AccessDenied"}), false, "it failed"),
        (json!({"managementEvent": false}), false, "data"),
        (json!({"eventCategory": "Data"}), false, "data, by its category"),
        (json!({"eventType": "AwsCloudTrailInsight"}), false, "an insight"),
        (json!({"eventTime": "2026-03-02T08:59:59Z"}), false, "before the window"),
        (json!({"eventTime": "2026-03-02T09:00:00Z"}), true, "the window's first second"),
        (json!({"eventTime": "2031-01-01T00:00:00Z"}), true, "a clock that runs ahead hides nothing"),
        (json!({"eventTime": "soon"}), true, "a time that cannot be read hides nothing"),
    ] {
        let text = json!({"Records": [event("PutBucketPolicy", more)]}).to_string();
        let (found, outcome) = parsed(&packed(text.as_bytes()));
        assert_eq!(outcome, Ok(()), "{why}");
        assert_eq!(!found.is_empty(), want, "{why}");
        assert!(found.iter().all(|one| one.at <= time("2026-03-02T11:00:00Z")), "{why}");
    }
}

#[test]
fn a_change_says_who_when_where_and_what() {
    let more = json!({"requestParameters": {"bucketName": "own-logs", "password": "hunter2",
        "bucketPolicy": {"Statement": []}, "policyDocument": "{\"Version\": \"x\"}", "long": "x".repeat(3000)},
        "resources": [{"ARN": "arn:aws:iam::123456789012:role/path/deploy"}],
        "responseElements": {"queueUrl": "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs"}});
    let (found, _) = parsed(json!({"Records": [event("PutBucketPolicy", more)]}).to_string().as_bytes());
    let one = &found[0];
    assert_eq!(one.actor.name, "arn:aws:sts::123456789012:assumed-role/ops/ana");
    assert_eq!((one.event_source.as_str(), one.region.as_str()), ("s3", "us-east-1"));
    for name in ["own-logs", "arn:aws:iam::123456789012:role/path/deploy", "deploy", "jobs"] {
        assert!(one.names.contains(name), "{name}: {:?}", one.names);
    }
    assert!(one.names.iter().all(|name| !name.contains("hunter2") && !name.contains('{') && name.len() <= 2048));
}

#[test]
fn who_it_was_is_named_as_people_know_it() {
    let session = json!({"type": "AssumedRole", "principalId": "AROA:ana",
        "arn": "arn:aws:sts::123456789012:assumed-role/ops/ana",
        "sessionContext": {"sessionIssuer": {"type": "Role", "arn": "arn:aws:iam::123456789012:role/team/ops"}}});
    let mut by_cloudformation = session.clone();
    by_cloudformation["invokedBy"] = json!("cloudformation.amazonaws.com");
    let role = "arn:aws:iam::123456789012:role/team/ops";
    for (identity, name, of_role, via, why) in [
        (session, "arn:aws:sts::123456789012:assumed-role/ops/ana", role, "", "a session of a role"),
        (
            by_cloudformation,
            "arn:aws:sts::123456789012:assumed-role/ops/ana",
            role,
            "cloudformation.amazonaws.com",
            "a stack of hers",
        ),
        (
            json!({"type": "AWSService", "invokedBy": "autoscaling.amazonaws.com"}),
            "autoscaling.amazonaws.com",
            "",
            "",
            "a service by itself",
        ),
        (
            json!({"type": "Root", "arn": "arn:aws:iam::123456789012:root"}),
            "arn:aws:iam::123456789012:root",
            "",
            "",
            "root",
        ),
        (json!({"type": "SAMLUser", "userName": "bo@example.com"}), "bo@example.com", "", "", "no ARN"),
        (
            json!({"type": "IdentityCenterUser", "onBehalfOf": {"userId": "94-1"}}),
            "94-1",
            "",
            "",
            "of an identity centre",
        ),
        (json!({"type": "AWSAccount", "principalId": "AIDA"}), "AIDA", "", "", "of another account"),
        (json!({}), "", "", "", "nothing is said"),
        (json!("text"), "", "", "", "no object"),
    ] {
        let text = json!({"Records": [event("PutBucketPolicy", json!({"userIdentity": identity}))]}).to_string();
        let actor = &parsed(text.as_bytes()).0[0].actor;
        assert_eq!((actor.name.as_str(), actor.role.as_str(), actor.via.as_str()), (name, of_role, via), "{why}");
    }
}

#[test]
fn a_file_that_cannot_be_read_whole_says_so() {
    let whole = json!({"Records": [event("A", json!({})), event("B", json!({}))]}).to_string();
    let gzip = packed(whole.as_bytes());
    for (bytes, part, why) in [
        (gzip[..gzip.len() / 2].to_vec(), "", "gzip cut in the middle"),
        (whole.as_bytes()[..whole.len() - 5].to_vec(), "ends too early", "JSON cut in the middle"),
        (b"{}".to_vec(), "no list", "no records"),
        (b"{\"Records\": 5}".to_vec(), "no JSON with a list", "records of another type"),
        (b"[]".to_vec(), "no JSON with a list", "no object"),
        (b"{\"Records\": [{\"eventTime\": 5}]}".to_vec(), "no JSON with a list", "a field of another type"),
        (b"{\"Records\": []} x".to_vec(), "no JSON with a list", "something behind it"),
        (b"{\"Records\": [{\"eventID\": \"x\"}]}".to_vec(), "no eventSource", "a record that says nothing"),
        (b"{\"Records\": [{\"eventSource\": \"s3\", \"eventName\": \"x\"}]}".to_vec(), "no awsRegion", "nor where"),
        (Vec::new(), "ends too early", "an empty file"),
        (format!("{{\"Records\": {}", "[".repeat(100_000)).into_bytes(), "", "too deep"),
    ] {
        let (_, outcome) = parsed(&bytes);
        assert!(outcome.as_ref().is_err_and(|error| error.contains(part)), "{why}: {outcome:?}");
    }
}

#[test]
fn bombs_end_at_a_limit_and_many_records_take_little() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    bomb.write_all(b"{\"x\": \"").unwrap();
    let block = vec![b'a'; 1 << 20];
    for _ in 0..9 {
        bomb.write_all(&block).unwrap();
    }
    let (_, outcome) = parsed(&bomb.finish().unwrap());
    assert!(outcome.as_ref().is_err_and(|error| error.contains("bytes")), "{outcome:?}");
    let mut many = b"{\"Records\":[{\"readOnly\":true}".to_vec();
    for _ in 0..20_000 {
        many.extend_from_slice(b",{\"readOnly\":true}");
    }
    many.extend_from_slice(b"]}");
    let (found, outcome) = parsed(&many);
    assert!(found.is_empty());
    assert!(outcome.as_ref().is_err_and(|error| error.contains("records")), "{outcome:?}");
}

#[test]
fn names_have_a_limit_that_is_told() {
    let many: Vec<String> = (0..=names::NAMES_MAX).map(|n| format!("i-{n}")).collect();
    let text = json!({"Records": [event("RunInstances", json!({"responseElements": many}))]}).to_string();
    assert!(parsed(text.as_bytes()).1.is_err());
}

/// An account in memory: answers by call, files by key. None refuses.
#[derive(Default)]
struct Memory {
    trails: Vec<Value>,
    status: Option<Value>,
    selectors: Option<Value>,
    files: BTreeMap<String, Vec<u8>>,
    history: Option<Vec<Value>>,
    asked: Mutex<Vec<String>>,
}

fn denied() -> ApiError {
    ApiError { status: FacetStatus::Denied, code: "AccessDenied".into(), message: "refused".into(), silent: false }
}

/// What stands behind a parameter of a query, percent-decoded as far as the tests need.
fn query(path: &str, name: &str) -> String {
    let found = path.split(['?', '&']).find_map(|part| part.strip_prefix(&format!("{name}="))).unwrap_or_default();
    found.replace("%2F", "/")
}

impl Api for Memory {
    fn call(&self, request: &Request<'_>) -> Result<Value, ApiError> {
        let name = request.call.name;
        self.asked.lock().unwrap().push(format!("{name} {} {}", request.region, request.path));
        let answer = match name {
            "DescribeTrails" => json!({"trailList": self.trails}),
            "GetTrailStatus" => {
                self.status.clone().unwrap_or_else(|| json!({"IsLogging": true, "StartLoggingTime": 1_600_000_000}))
            }
            "GetEventSelectors" => self.selectors.clone().ok_or_else(denied)?,
            "ListObjectsV2" => {
                let (prefix, after) = (query(&request.path, "prefix"), query(&request.path, "start-after"));
                let keys: Vec<&String> =
                    self.files.keys().filter(|key| key.starts_with(&prefix) && **key > after).collect();
                if request.path.contains("delimiter") {
                    let prefixes: BTreeSet<String> = keys
                        .iter()
                        .filter_map(|key| Some(format!("{prefix}{}/", key[prefix.len()..].split_once('/')?.0)))
                        .collect();
                    json!({"CommonPrefixes": prefixes.iter().map(|p| json!({"Prefix": p})).collect::<Vec<_>>()})
                } else {
                    // One key a page.
                    let page = query(&request.path, "continuation-token").parse().unwrap_or(0);
                    let mut answer = json!({"Contents": keys.iter().skip(page).take(1)
                        .map(|key| json!({"Key": key})).collect::<Vec<_>>()});
                    if page + 1 < keys.len() {
                        answer["NextContinuationToken"] = (page + 1).to_string().into();
                    }
                    answer
                }
            }
            "LookupEvents" => {
                let Some(history) = &self.history else { return Err(denied()) };
                let page = request.params.get("NextToken").and_then(Value::as_str).map_or(0, |t| t.parse().unwrap());
                let own: Vec<&Value> =
                    history.iter().filter(|one| one["awsRegion"].as_str() == Some(request.region)).collect();
                let mut answer = json!({"Events": own.iter().skip(page).take(1)
                    .map(|one| json!({"CloudTrailEvent": one.to_string()})).collect::<Vec<_>>()});
                if page + 1 < own.len() {
                    answer["NextToken"] = (page + 1).to_string().into();
                }
                answer
            }
            other => panic!("nobody should call {other}"),
        };
        Ok(from_json(answer, request.shape))
    }

    fn bytes(&self, request: &Request<'_>) -> Result<Vec<u8>, ApiError> {
        let key = request.path.strip_prefix("/trail-bucket/").unwrap();
        self.files.get(key).cloned().ok_or_else(denied)
    }
}

fn read(memory: &Memory, since: &str) -> Trail {
    changes(&Reading {
        api: memory,
        account: ACCOUNT,
        partition: "aws",
        regions: BTreeSet::from(["eu-west-1".to_owned()]),
        since: time(since),
        full: time("2026-03-01T12:00:00Z"),
        until: time("2026-03-02T10:30:00Z"),
        cancel: &AtomicBool::new(false),
    })
}

fn trail(more: Value) -> Vec<Value> {
    let mut trail = json!({"TrailARN": TRAIL_ARN, "S3BucketName": "trail-bucket", "S3KeyPrefix": "pre",
        "IsMultiRegionTrail": true, "IncludeGlobalServiceEvents": true, "HasCustomEventSelectors": false,
        "HomeRegion": "us-east-1"});
    trail.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    vec![trail]
}

fn basic(more: Value) -> Option<Value> {
    let mut one = json!({"ReadWriteType": "All", "IncludeManagementEvents": true});
    one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Some(json!({"EventSelectors": [one]}))
}

fn advanced(more: Value) -> Option<Value> {
    let fields = [json!({"Field": "eventCategory", "Equals": ["Management"]}), more];
    Some(json!({"AdvancedEventSelectors": [{"FieldSelectors": fields}]}))
}

fn key(middle: &str, region: &str, day: &str, minute: &str) -> String {
    let compact = day.replace('/', "");
    format!(
        "pre/AWSLogs/{middle}{ACCOUNT}/CloudTrail/{region}/{day}/{ACCOUNT}_CloudTrail_{region}_{compact}T{minute}Z_a.json.gz"
    )
}

fn file(name: &str, at: &str) -> Vec<u8> {
    packed(json!({"Records": [event(name, json!({"eventTime": at}))]}).to_string().as_bytes())
}

fn event_names(trail: &Trail) -> Vec<&str> {
    trail.events.iter().map(|one| one.event_name.as_str()).collect()
}

fn proven(trail: &Trail) -> Vec<&str> {
    trail.proven.iter().map(String::as_str).collect()
}

const BOTH: [&str; 2] = ["eu-west-1", "us-east-1"];

/// One file of the home region in the window.
fn home_file() -> BTreeMap<String, Vec<u8>> {
    BTreeMap::from([(key("", "us-east-1", "2026/03/02", "1000"), file("Home", "2026-03-02T09:55:00Z"))])
}

#[test]
fn files_since_the_last_scan_are_read_in_each_region_and_day() {
    let files = BTreeMap::from([
        (key("", "us-east-1", "2026/03/01", "2355"), file("Yesterday", "2026-03-01T23:55:00Z")),
        (key("", "us-east-1", "2026/03/02", "1000"), file("Home", "2026-03-02T09:55:00Z")),
        (key("", "us-east-1", "2026/03/02", "1005"), file("Later", "2026-03-02T09:56:00Z")),
        (key("", "eu-west-1", "2026/03/02", "1010"), file("Own", "2026-03-02T10:05:00Z")),
        (key("", "us-east-1", "2026/03/01", "1200"), b"never read: before the window".to_vec()),
        (key("", "ap-south-1", "2026/03/02", "1000"), b"never read: another region".to_vec()),
    ]);
    let memory = Memory { trails: trail(json!({})), selectors: basic(json!({})), files, ..Memory::default() };
    let got = read(&memory, "2026-03-02T00:05:00Z");
    assert_eq!(event_names(&got), ["Yesterday", "Home", "Later", "Own"], "twenty minutes before the last scan count");
    assert_eq!(proven(&got), BOTH);
    assert_eq!(got.problems, Vec::<String>::new());
    assert_eq!(got.origins, ["s3://trail-bucket/pre/AWSLogs/123456789012/CloudTrail/"]);
}

#[test]
fn files_of_an_organisation_lie_below_its_id() {
    let files =
        BTreeMap::from([(key("o-abc123/", "us-east-1", "2026/03/02", "1000"), file("Home", "2026-03-02T10:00:00Z"))]);
    let memory = Memory { trails: trail(json!({"IsOrganizationTrail": true})), files, ..Memory::default() };
    let got = read(&memory, "2026-03-02T10:00:00Z");
    assert_eq!(event_names(&got), ["Home"], "its selectors are refused, and it says that it has none of its own");
    assert_eq!(proven(&got), BOTH);
}

/// What a trail does not prove is asked of the history, and where that is refused nothing is proven.
#[test]
fn a_trail_that_may_lack_a_write_is_no_proof() {
    let cut = BTreeMap::from([(key("", "us-east-1", "2026/03/02", "1000"), b"cut".to_vec())]);
    let stopped = |name: &str, request: Value| {
        let more = json!({"eventSource": "cloudtrail.amazonaws.com", "requestParameters": request});
        let text = json!({"Records": [event(name, more)]}).to_string();
        BTreeMap::from([(key("", "us-east-1", "2026/03/02", "1000"), packed(text.as_bytes()))])
    };
    let logging = |more: Value| {
        let mut status = json!({"IsLogging": true, "StartLoggingTime": 1_600_000_000});
        status.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Some(status)
    };
    let own = || trail(json!({"HasCustomEventSelectors": true}));
    for (trails, status, selectors, files, want, why) in [
        (vec![], None, basic(json!({})), home_file(), "no trail", "no trail"),
        (
            trail(json!({"S3BucketName": null})),
            None,
            basic(json!({})),
            home_file(),
            "no bucket",
            "to a log group alone",
        ),
        (
            trail(json!({"IsMultiRegionTrail": false, "HomeRegion": "us-west-2"})),
            None,
            basic(json!({})),
            home_file(),
            "one other region",
            "a trail of another region",
        ),
        (
            trail(json!({"IncludeGlobalServiceEvents": false})),
            None,
            basic(json!({})),
            home_file(),
            "global services",
            "without IAM",
        ),
        (own(), logging(json!({"IsLogging": false})), basic(json!({})), home_file(), "not logging", "stopped"),
        (own(), Some(json!({})), basic(json!({})), home_file(), "not logging", "a status that says nothing"),
        (
            own(),
            logging(json!({"StartLoggingTime": 1_772_445_600})),
            basic(json!({})),
            home_file(),
            "started after",
            "a hole before its start",
        ),
        (
            own(),
            logging(json!({"LatestDeliveryError": "AccessDenied"})),
            basic(json!({})),
            home_file(),
            "cannot be delivered",
            "its bucket refuses it",
        ),
        (own(), None, None, home_file(), "GetEventSelectors", "selectors that are refused"),
        (own(), None, Some(json!({})), home_file(), "all writes", "selectors of its own that are not told"),
        (own(), None, basic(json!({"ReadWriteType": "ReadOnly"})), home_file(), "all writes", "reads alone"),
        (own(), None, basic(json!({"IncludeManagementEvents": false})), home_file(), "all writes", "data alone"),
        (
            own(),
            None,
            advanced(json!({"Field": "eventName", "NotEquals": ["PutBucketPolicy"]})),
            home_file(),
            "all writes",
            "an event left out",
        ),
        (
            own(),
            None,
            advanced(json!({"Field": "eventSource", "Equals": ["iam.amazonaws.com"]})),
            home_file(),
            "all writes",
            "one service alone",
        ),
        (own(), None, basic(json!({})), cut, "no JSON", "a file that cannot be read"),
        (own(), None, basic(json!({})), BTreeMap::new(), "late or missing", "not even our own calls"),
        (
            own(),
            None,
            basic(json!({})),
            stopped("StopLogging", json!({"name": TRAIL_ARN})),
            "may have a hole",
            "stopped and started again",
        ),
        (
            own(),
            None,
            basic(json!({})),
            stopped("PutEventSelectors", json!({"trailName": "main"})),
            "may have a hole",
            "other selectors since",
        ),
    ] {
        let memory = Memory { trails, status, selectors, files, ..Memory::default() };
        let got = read(&memory, "2026-03-02T10:00:00Z");
        assert!(!got.proven.contains("us-east-1"), "{why}: {:?}", got.proven);
        let told = got.problems.join("\n");
        assert!(told.contains(want), "{why}: {told}");
        assert!(told.contains("allow `cloudtrail:LookupEvents`"), "{why}: {told}");
        let history = vec![
            event("One", json!({})),
            event("Two", json!({"eventTime": "2026-03-02T10:01:00Z"})),
            event("Own", json!({"awsRegion": "eu-west-1", "eventTime": "2026-03-02T10:02:00Z"})),
            event("Two", json!({"eventTime": "2026-03-02T10:01:00Z"})),
        ];
        let memory = Memory { history: Some(history), ..memory };
        let got = read(&memory, "2026-03-02T10:00:00Z");
        let names = event_names(&got);
        assert!(["One", "Two", "Own"].iter().all(|name| names.iter().filter(|one| one == &name).count() == 1), "{why}");
        assert_eq!(proven(&got), BOTH, "{why}: the history has all");
        assert_eq!(got.problems, Vec::<String>::new(), "{why}: nothing is missing any more");
        assert!(got.origins.contains(&"cloudtrail:LookupEvents".to_owned()), "{why}: {:?}", got.origins);
    }
}

#[test]
fn what_a_trail_leaves_out_by_source_is_told() {
    let kms = BTreeSet::from(["kms".to_owned()]);
    for (selectors, want, why) in [
        (basic(json!({})), BTreeSet::new(), "all"),
        (basic(json!({"ReadWriteType": "WriteOnly"})), BTreeSet::new(), "writes are all we need"),
        (advanced(json!({"Field": "readOnly", "Equals": ["false"]})), BTreeSet::new(), "the same, advanced"),
        (basic(json!({"ExcludeManagementEventSources": ["kms.amazonaws.com"]})), kms.clone(), "without KMS"),
        (advanced(json!({"Field": "eventSource", "NotEquals": ["kms.amazonaws.com"]})), kms, "the same, advanced"),
    ] {
        let memory = Memory { trails: trail(json!({})), selectors, files: home_file(), ..Memory::default() };
        let got = read(&memory, "2026-03-02T10:00:00Z");
        assert_eq!((proven(&got), &got.excluded), (BOTH.to_vec(), &want), "{why}");
    }
}

#[test]
fn a_trail_of_one_region_proves_that_one_and_the_history_the_rest() {
    let only = json!({"IsMultiRegionTrail": false});
    let memory = Memory { trails: trail(only), selectors: basic(json!({})), files: home_file(), ..Memory::default() };
    assert_eq!(proven(&read(&memory, "2026-03-02T10:00:00Z")), ["us-east-1"]);
    let memory = Memory { history: Some(Vec::new()), ..memory };
    assert_eq!(proven(&read(&memory, "2026-03-02T10:00:00Z")), BOTH);
    let asked = memory.asked.into_inner().unwrap();
    assert!(asked.contains(&"LookupEvents eu-west-1 /".to_owned()), "{asked:?}");
    assert!(!asked.contains(&"LookupEvents us-east-1 /".to_owned()), "{asked:?}");
}

#[test]
fn a_window_that_makes_no_sense_is_not_asked_for() {
    for (since, why) in [("2026-01-01T00:00:00Z", "too long ago"), ("2027-01-01T00:00:00Z", "yet to come")] {
        let memory = Memory::default();
        let got = read(&memory, since);
        assert!(got.proven.is_empty() && !got.problems.is_empty(), "{why}");
        assert!(memory.asked.lock().unwrap().is_empty(), "{why}: nothing is asked");
    }
}

#[test]
fn an_event_of_the_history_that_cannot_be_read_proves_nothing() {
    for odd in [json!({"awsRegion": "us-east-1", "eventTime": 5}), json!({"awsRegion": "us-east-1"})] {
        let memory = Memory { history: Some(vec![odd.clone()]), ..Memory::default() };
        assert_eq!(proven(&read(&memory, "2026-03-02T10:00:00Z")), ["eu-west-1"], "{odd}");
    }
}

/// Events as people recorded them: those that say where and what are understood, and their sources known.
#[test]
fn recorded_events_are_read() {
    let Some(corpus) = casemate_testkit::corpus("telemetry") else { return };
    let text = std::fs::read_to_string(corpus.join("panther/rule-tests.jsonl")).unwrap();
    let (from, until) = (Timestamp::MIN, time("2030-01-01T00:00:00Z"));
    let (mut read, mut changes) = (0, 0);
    for line in text.lines() {
        let test: Value = serde_json::from_str(line).unwrap();
        let one = &test["event"];
        let told = ["eventSource", "eventName", "awsRegion", "eventTime"].iter().all(|name| one[*name].is_string());
        if !test["log_types"].to_string().contains("AWS.CloudTrail") || !told {
            continue;
        }
        let Ok(record) = serde_json::from_value::<record::Record>(one.clone()) else { panic!("cannot be read: {one}") };
        read += 1;
        match record.meaning(from, until) {
            record::Meaning::Change(change) => {
                changes += 1;
                assert_ne!(super::origin(&change.event_source), super::Origin::Unknown, "{}", change.event_source);
                let identity = one["userIdentity"].as_object().is_some_and(|map| !map.is_empty());
                assert_eq!(!change.actor.name.is_empty(), identity, "{one}");
            }
            record::Meaning::Nothing => {}
            record::Meaning::Unclear(why) => panic!("{why}: {one}"),
        }
    }
    assert!(read > 300 && changes > 100, "{read} events, {changes} changes");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        drop(parsed(&bytes));
    }

    #[test]
    fn a_file_cut_anywhere_is_never_whole(cut in 0.0..1.0_f64) {
        let whole = json!({"Records": [event("A", json!({})), event("B", json!({}))]}).to_string();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a short length")]
        let at = (whole.len() as f64 * cut) as usize;
        prop_assert!(parsed(&whole.as_bytes()[..at]).1.is_err());
        let gzip = packed(whole.as_bytes());
        prop_assert!(parsed(&gzip[..at.min(gzip.len() - 1)]).1.is_err());
    }
}

/// A trail that is younger than the window does where the last whole scan is younger still.
#[test]
fn what_was_done_before_a_whole_scan_needs_no_event() {
    let status = Some(json!({"IsLogging": true, "StartLoggingTime": 1_772_445_000}));
    let memory = Memory {
        trails: trail(json!({})),
        status,
        selectors: basic(json!({})),
        files: home_file(),
        ..Memory::default()
    };
    let read = |full: &str| {
        changes(&Reading {
            api: &memory,
            account: ACCOUNT,
            partition: "aws",
            regions: BTreeSet::new(),
            since: time("2026-03-02T10:00:00Z"),
            full: time(full),
            until: time("2026-03-02T10:30:00Z"),
            cancel: &AtomicBool::new(false),
        })
    };
    assert!(read("2026-03-01T00:00:00Z").proven.is_empty(), "ten minutes before the last scan began it was not there");
    assert_eq!(proven(&read("2026-03-02T10:00:00Z")), ["us-east-1"]);
}
