//! What cannot be used, reached or understood: a message that says what to do, the exit status, nothing lost.
use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

use casemate_testkit::{Casemate, aws::Moto};

use crate::{run, scan};

/// A stub (not moto) that gives every request the same bytes, on a port that the kernel chose; it ends with the test
/// program.
fn stub(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            thread::spawn(move || answer_once(stream, answer));
        }
    });
    format!("http://{address}")
}

fn answer_once(mut stream: TcpStream, answer: &str) {
    let mut seen = Vec::new();
    let mut buffer = [0_u8; 4096];
    // The head and what of the body comes with it are enough: nothing here depends on the question.
    while !seen.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(count) if count > 0 => seen.extend_from_slice(&buffer[..count]),
            _ => return,
        }
    }
    drop(stream.write_all(answer.as_bytes()));
}

fn error(status: &str, code: &str, message: &str) -> &'static str {
    let body = format!(
        "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
    );
    let text = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nDate: Sat, 01 Jan 2022 00:00:00 GMT\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    Box::leak(text.into_boxed_str())
}

#[test]
fn credentials_that_do_not_work_are_said() {
    for (code, message, wanted) in [
        ("ExpiredToken", "The security token included in the request is expired", "expired"),
        ("InvalidClientTokenId", "The security token included in the request is invalid", "access key"),
        ("SignatureDoesNotMatch", "The request signature we calculated does not match", "clock"),
        ("RequestExpired", "Request has expired", "clock"),
    ] {
        let casemate = Casemate::new();
        let outcome = run(&casemate, &stub(error("403 Forbidden", code, message)), &["scan", "aws"]);
        assert_eq!(outcome.status, 4, "{code}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(code) && outcome.stderr.contains(wanted), "{code}: {}", outcome.stderr);
        assert!(outcome.stderr.contains("hint: "), "{code}: {}", outcome.stderr);
        assert!(!outcome.stderr.contains("testing"), "no part of a key is shown: {}", outcome.stderr);
        assert!(!casemate.store().exists(), "{code}: a scan that could not begin leaves no store");
    }
}

#[test]
fn what_is_no_cloud_is_said() {
    for answer in [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\n<GetCallerIdentityResponse><Arn>arn:aws",
        "",
    ] {
        let outcome = run(&Casemate::new(), &stub(answer), &["scan", "aws", "--regions", "us-east-1"]);
        assert_eq!(outcome.status, 4, "{answer:?}: {}", outcome.stderr);
        assert!(outcome.stderr.contains("AWS_ENDPOINT_URL"), "{answer:?}: {}", outcome.stderr);
    }
}

#[test]
fn options_that_make_no_sense_are_refused_before_any_call() {
    let casemate = Casemate::new();
    for args in [
        &["--accounts", "12345"][..],
        &["--accounts", "organization,123456789012"],
        &["--regions", "mars"],
        &["--role", "x"],
        &["--external-id", "x"],
        &["--deadline", "soon"],
        &["--concurrency", "0"],
        &["--since-trail", "--max-age", "1d"],
        &["--baseline", "cis-debian-12"],
    ] {
        let outcome = run(&casemate, "http://127.0.0.1:9", &[&["scan", "aws"], args].concat());
        assert_eq!(outcome.status, 2, "{args:?}: {}", outcome.stderr);
    }
}

#[test]
fn a_budget_or_a_deadline_ends_in_gaps_not_in_passes() {
    let Some(moto) = Moto::start() else { return };
    drop(moto.seed(1, 41));
    for bound in [&["--max-calls", "20"][..], &["--deadline", "1s", "--concurrency", "1"]] {
        let casemate = Casemate::new();
        let outcome = scan(&casemate, moto.endpoint(), bound);
        assert_eq!(outcome.status, 3, "{bound:?}: {}", outcome.stderr);
        let lines = outcome.lines();
        let summary = lines.iter().find(|line| line["type"] == "summary").unwrap();
        let option = bound[0].to_owned();
        assert!(summary["gaps"].to_string().contains(&option), "{bound:?}");
        // What is known next time is no less: the store is whole.
        let later = run(&casemate, moto.endpoint(), &["findings", "--format", "jsonl"]);
        assert_eq!(later.status, 0, "{bound:?}: {}", later.stderr);
    }
}

#[test]
fn everything_refused_leaves_what_was_known() {
    let Some(moto) = Moto::start() else { return };
    drop(moto.seed(1, 42));
    let casemate = Casemate::new();
    let args = ["--check", "aws.s3.versioning", "--check", "aws.sqs.encrypted"];
    let before = scan(&casemate, moto.endpoint(), &args).lines();
    let buckets = |lines: &[serde_json::Value]| lines.iter().filter(|l| l["check"] == "aws.s3.versioning").count();
    assert!(buckets(&before) > 0);
    let rules = moto.directory().join("rules.json");
    // The token service answers: without it nothing begins.
    fs::write(
        &rules,
        r#"{"rules": [{"action": "s[3q]*:*", "mode": "denied"}, {"action": "organizations:*", "mode": "allow"}]}"#,
    )
    .unwrap();
    let proxy = moto.proxy(Some(&rules));
    let outcome = scan(&casemate, proxy.endpoint(), &args);
    assert_eq!(outcome.status, 3, "{}", outcome.stderr);
    let after = outcome.lines();
    assert_eq!(buckets(&after), buckets(&before), "buckets that could not be listed are not gone");
    for line in after.iter().filter(|line| line["type"] == "finding") {
        assert_eq!(line["state"], "unknown", "{line}");
        assert!(line["reason"].as_str().unwrap().contains("AccessDenied"), "{line}");
    }
}
