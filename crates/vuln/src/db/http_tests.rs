//! Sources behind an address, served on loopback.
use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    sync::{Arc, Mutex},
};

use super::*;
use crate::SourceSetting;

/// What a server answers: its body with an entity tag, or status 500.
#[derive(Default)]
struct Answer {
    body: Vec<u8>,
    etag: &'static str,
    broken: bool,
}

/// Serves on a port that the kernel chose until the test ends; gives the address and the statuses that were sent.
fn serve(answer: Arc<Mutex<Answer>>) -> (String, Arc<Mutex<Vec<u16>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let statuses = Arc::new(Mutex::new(Vec::new()));
    let sent = Arc::clone(&statuses);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                request.push(byte[0]);
            }
            let request = String::from_utf8_lossy(&request).to_lowercase();
            let answer = answer.lock().unwrap();
            let path = request.split(' ').nth(1).unwrap_or_default();
            let (status, body) = if answer.broken {
                (404, &b""[..])
            } else if path.ends_with("archive_latest.txt") {
                (200, &b"kev.csv\n"[..])
            } else if request.contains(&format!("if-none-match: {}", answer.etag)) {
                (304, &b""[..])
            } else {
                (200, &answer.body[..])
            };
            sent.lock().unwrap().push(status);
            let head = format!(
                "HTTP/1.1 {status} x\r\nETag: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                answer.etag,
                body.len()
            );
            // A client that went away is none of the test's.
            drop(stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)));
        }
    });
    (address, statuses)
}

fn kev(cve: &str) -> Vec<u8> {
    format!("cveID,vulnerabilityName,dateAdded\n{cve},n,2024-01-02\n").into_bytes()
}

#[test]
fn a_server_sends_only_what_is_new() {
    let answer = Arc::new(Mutex::new(Answer { body: kev("CVE-2024-0001"), etag: "\"one\"", broken: false }));
    let (address, statuses) = serve(Arc::clone(&answer));
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("advisories.db");
    let run = |file: &str| {
        let source =
            SourceSetting { name: "kev".into(), format: Some("kev".into()), url: format!("{address}/{file}?t=secret") };
        let now = "2026-11-25T00:00:00Z".parse().unwrap();
        update(&path, &[source], &UpdateOptions::default(), now, &|_, _, _| {}).unwrap()
    };
    let known = |cve: &str| Database::open(&path, &Trust::default()).unwrap().vulnerability(cve).unwrap().is_some();
    assert_eq!(run("kev.csv").changed, 1);
    assert!(known("CVE-2024-0001"));
    assert_eq!(run("kev.csv").unchanged, 1, "not sent again");
    assert_eq!(*statuses.lock().unwrap(), [200, 304]);
    {
        let mut answer = answer.lock().unwrap();
        (answer.body, answer.etag) = (kev("CVE-2024-0002"), "\"two\"");
    }
    assert_eq!(run("kev.csv").changed, 1);
    assert!(known("CVE-2024-0002") && !known("CVE-2024-0001"));
    answer.lock().unwrap().broken = true;
    let report = run("kev.csv");
    assert_eq!((report.sources[0].documents, report.sources[0].problem_count), (1, 1));
    let problem = &report.sources[0].problems[0];
    assert!(problem.contains("404") && !problem.contains("secret"), "{problem}");
    assert!(known("CVE-2024-0002"), "what it had is kept");
}

#[test]
fn a_pointer_names_the_archive() {
    let answer = Arc::new(Mutex::new(Answer { body: kev("CVE-2024-0001"), etag: "\"one\"", broken: false }));
    let (address, _) = serve(answer);
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("advisories.db");
    let source = SourceSetting { name: "x".into(), format: None, url: format!("{address}/a/archive_latest.txt") };
    let now = "2026-11-25T00:00:00Z".parse().unwrap();
    let report = update(&path, &[source], &UpdateOptions::default(), now, &|_, _, _| {}).unwrap();
    assert_eq!(report.sources[0].vulnerabilities, 1);
}
