//! `--since-trail` and who changed what. moto writes no events of CloudTrail, so these are files of our own in the bucket
//! of a trail that moto has: labelled samples, in the form of *CloudTrail log file examples*.
use std::fmt::Write as _;

use casemate_testkit::{Casemate, Outcome, aws::Moto};
use serde_json::Value;

use super::command;

const ACCOUNT: &str = "123456789012";

/// Two buckets, a queue, and a trail of all regions that records into a bucket of its own.
const ESTATE: &str = r#"
s3, sqs, trail = boto3.client("s3"), boto3.client("sqs"), boto3.client("cloudtrail")
for name in ["data-a", "data-b", "trail-files"]:
    s3.create_bucket(Bucket=name)
sqs.create_queue(QueueName="jobs")
trail.create_trail(Name="all", S3BucketName="trail-files", S3KeyPrefix="logs", IsMultiRegionTrail=True)
trail.start_logging(Name="all")
"#;

/// Functions that put files of events: `put([event(SOURCE, NAME, REQUEST)…])`.
const EVENTS: &str = r#"
import datetime, gzip, uuid
def event(source, name, request, read=False):
    at = datetime.datetime.now(datetime.timezone.utc)
    role = {"type": "Role", "arn": "arn:aws:iam::123456789012:role/ops"}
    return {"eventVersion": "1.11", "eventTime": at.strftime("%Y-%m-%dT%H:%M:%SZ"), "awsRegion": "us-east-1",
        "eventSource": source + ".amazonaws.com", "eventName": name, "requestParameters": request, "readOnly": read,
        "sourceIPAddress": "192.0.2.7", "userAgent": "aws-cli/2", "eventID": str(uuid.uuid4()),
        "eventType": "AwsApiCall", "managementEvent": True, "eventCategory": "Management",
        "userIdentity": {"type": "AssumedRole", "arn": "arn:aws:sts::123456789012:assumed-role/ops/ana",
            "sessionContext": {"sessionIssuer": role}}}
def put(events):
    at = datetime.datetime.now(datetime.timezone.utc)
    folder = "logs/AWSLogs/123456789012/CloudTrail/us-east-1/" + at.strftime("%Y/%m/%d/")
    name = "123456789012_CloudTrail_us-east-1_" + at.strftime("%Y%m%dT%H%MZ") + "_" + uuid.uuid4().hex + ".json.gz"
    body = gzip.compress(json.dumps({"Records": events}).encode())
    boto3.client("s3").put_object(Bucket="trail-files", Key=folder + name, Body=body)
def policy(bucket, sid):
    statement = {"Sid": sid, "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::" + bucket + "/*"}
    boto3.client("s3").put_bucket_policy(Bucket=bucket, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
"#;

struct Estate {
    moto: Moto,
    casemate: Casemate,
}

impl Estate {
    fn new() -> Option<Self> {
        let moto = Moto::start()?;
        assert_eq!(moto.python(ESTATE), "");
        let estate = Self { moto, casemate: Casemate::new() };
        // What a scan itself does is in a trail too.
        estate.python(r#"put([event("ec2", "DescribeRegions", {}, True)])"#);
        Some(estate)
    }

    fn python(&self, code: &str) {
        let mut whole = EVENTS.to_owned();
        writeln!(whole, "{code}").unwrap();
        assert_eq!(self.moto.python(&whole), "");
    }

    /// Scans; gives what it said and how often each action was called.
    fn scan(&self, more: &[&str]) -> (Outcome, Value) {
        let proxy = self.moto.proxy(None);
        let args = [
            "scan",
            "aws",
            "--regions",
            "us-east-1,eu-west-1",
            "--check",
            "aws.s3.*",
            "--check",
            "aws.sqs.*",
            "--format",
            "jsonl",
        ];
        let mut command = command(&self.casemate, proxy.endpoint(), &[&args[..], more].concat());
        let outcome = Outcome::of(command.output().unwrap());
        (outcome, proxy.finish()["calls"].clone())
    }

    fn diff(&self) -> Vec<Value> {
        self.casemate.lines(&["diff", "--format", "jsonl"])
    }
}

fn count(calls: &Value, action: &str) -> u64 {
    calls[action].as_u64().unwrap_or_default()
}

/// Resource and pointer of each change, with who made it.
fn told(changes: &[Value]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    changes.iter().map(|change| (text(&change["resource"]), text(&change["who"]["actor"]))).collect()
}

#[test]
fn only_what_the_trail_names_is_read_again_and_who_did_it_is_told() {
    let Some(estate) = Estate::new() else { return };
    let (_, first) = estate.scan(&["--since-trail"]);
    assert_eq!(count(&first, "s3:GetBucketPolicy"), 3, "the first scan reads everything: {first}");

    let (said, quiet) = estate.scan(&["--since-trail"]);
    assert!(said.stderr.contains("0 changes by s3://trail-files/logs/AWSLogs/"), "{}", said.stderr);
    assert_eq!(count(&quiet, "s3:GetBucketPolicy") + count(&quiet, "sqs:GetQueueAttributes"), 0, "{quiet}");
    assert!(estate.diff().is_empty(), "nothing was done");

    estate.python(
        r#"
policy("data-a", "new")
put([event("s3", "PutBucketPolicy", {"bucketName": "data-a"}), event("s3", "PutBucketAcl", {"bucketName": "data-b"})])
"#,
    );
    let (_, calls) = estate.scan(&["--since-trail"]);
    assert_eq!(count(&calls, "s3:GetBucketPolicy"), 2, "two buckets are named: {calls}");
    assert_eq!(count(&calls, "sqs:GetQueueAttributes"), 0, "nothing was done to queues: {calls}");
    let changes = estate.diff();
    let who = "arn:aws:sts::123456789012:assumed-role/ops/ana";
    assert!(!changes.is_empty());
    assert!(told(&changes).iter().all(|one| *one == ("arn:aws:s3:::data-a".into(), who.into())), "{changes:#?}");
    let told = &changes[0]["who"];
    assert_eq!((&told["event"], &told["source_ip"]), (&"PutBucketPolicy".into(), &"192.0.2.7".into()), "{told}");
    let history = estate.casemate.run(&["history", "arn:aws:s3:::data-a"]).stdout;
    assert!(history.contains("ops/ana (PutBucketPolicy) from 192.0.2.7"), "{history}");
}

#[test]
fn what_the_trail_does_not_prove_is_read() {
    let Some(estate) = Estate::new() else { return };
    estate.scan(&[]);
    for (code, want, why) in [
        (
            r#"policy("data-a", "one"); put([event("quantumfoo", "DoThing", {})])"#,
            "quantumfoo",
            "an event of a service that nobody knows",
        ),
        (
            r#"
policy("data-a", "two")
boto3.client("cloudtrail").put_event_selectors(TrailName="all",
    EventSelectors=[{"ReadWriteType": "ReadOnly", "IncludeManagementEvents": True, "DataResources": []}])
"#,
            "does not record all writes",
            "a trail of reads alone",
        ),
        (
            r#"policy("data-a", "three"); boto3.client("cloudtrail").stop_logging(Name="all")"#,
            "is not logging",
            "a trail that was stopped",
        ),
        (
            r#"policy("data-a", "four"); boto3.client("cloudtrail").delete_trail(Name="all")"#,
            "has no trail",
            "no trail at all",
        ),
    ] {
        estate.python(code);
        let (said, calls) = estate.scan(&["--since-trail"]);
        assert!(said.stderr.contains(want), "{why}: {}", said.stderr);
        assert_eq!(count(&calls, "s3:GetBucketPolicy"), 3, "{why}: every bucket is read: {calls}");
        let changes = estate.diff();
        assert!(changes.iter().any(|change| change["resource"] == "arn:aws:s3:::data-a"), "{why}: {changes:#?}");
        assert!(said.stderr.contains(ACCOUNT), "{why}: it says of which account");
    }
}

#[test]
fn drift_from_an_accepted_state_names_who_did_it() {
    let Some(estate) = Estate::new() else { return };
    estate.python(r#"policy("data-a", "right")"#);
    let all = ["scan", "aws", "--regions", "us-east-1", "--format", "jsonl"];
    let scan = |more: &[&str]| {
        let mut command = command(&estate.casemate, estate.moto.endpoint(), &[&all[..], more].concat());
        let said = Outcome::of(command.output().unwrap());
        assert!([0, 3].contains(&said.status), "{}", said.stderr);
        let lines = said.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line["check"] == "drift.accepted_state").collect::<Vec<_>>()
    };
    assert!(scan(&[]).is_empty());
    let accepted =
        estate.casemate.run(&["drift", "accept", "arn:aws:s3:::data-a", "--facet", "policy", "--author", "bo"]);
    assert_eq!(accepted.status, 0, "{}", accepted.stderr);
    estate.python(r#"policy("data-a", "wrong"); put([event("s3", "PutBucketPolicy", {"bucketName": "data-a"})])"#);
    let found = scan(&["--since-trail"]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["state"], "fail");
    assert!(found[0]["reason"].as_str().unwrap().contains("last changed by ops/ana (PutBucketPolicy)"), "{found:#?}");
    estate.python(
        r#"
boto3.client("s3").delete_bucket_policy(Bucket="data-a"); boto3.client("s3").delete_bucket(Bucket="data-a")
put([event("s3", "DeleteBucket", {"bucketName": "data-a"})])
"#,
    );
    let found = scan(&["--since-trail"]);
    let root = found.iter().find(|one| one["resource"]["id"] == "arn:aws:iam::123456789012:root");
    let reason = root.map(|root| root["reason"].to_string()).unwrap_or_default();
    assert!(reason.contains("arn:aws:s3:::data-a is gone"), "{found:#?}");
}
