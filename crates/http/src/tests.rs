//! Against small servers on loopback that say what a real one may say. Real TLS is met in `tests/image`.
use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::mpsc,
    thread,
};

use crate::{Client, ClientOptions, HttpError, Request};

/// Answers one connection after another with the given texts, and tells the requests that came. `None` closes at once.
/// `$PORT` in an answer is the port.
fn serve(answers: Vec<Option<String>>) -> (u16, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for answer in answers {
            let Ok((mut stream, _)) = listener.accept() else { return };
            let mut request = Vec::new();
            let mut byte = [0];
            // A client that begins with TLS gets its answer in the clear, after its first record.
            let tls = |bytes: &[u8]| {
                bytes.first() == Some(&0x16)
                    && bytes.get(3..5).is_some_and(|n| bytes.len() == 5 + usize::from(n[0]) * 256 + usize::from(n[1]))
            };
            while !request.ends_with(b"\r\n\r\n") && !tls(&request) && matches!(stream.read(&mut byte), Ok(1)) {
                request.push(byte[0]);
            }
            tell.send(String::from_utf8_lossy(&request).into_owned()).unwrap();
            if let Some(answer) = answer {
                drop(stream.write_all(answer.replace("$PORT", &port.to_string()).as_bytes()));
            }
        }
    });
    (port, told)
}

fn answer(status: &str, headers: &str, body: &str) -> Option<String> {
    Some(format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}", body.len()))
}

fn client() -> Client {
    Client::new(&ClientOptions::default()).unwrap()
}

fn failure(url: &str) -> HttpError {
    client().send(&Request::get(url)).unwrap_err()
}

#[test]
fn an_answer_has_status_headers_and_a_bounded_body() {
    let (port, told) = serve(vec![answer("404 Not Found", "X-Y: z\r\n", "body"), answer("200 OK", "", "12345")]);
    let url = format!("http://127.0.0.1:{port}/a?b");
    let got = client().send(&Request::get(&url).header("Accept", "x/y")).unwrap();
    assert_eq!((got.status, got.header("x-y"), got.length()), (404, Some("z"), Some(4)));
    assert_eq!(got.bytes(4).unwrap(), b"body");
    let request = told.recv().unwrap();
    assert!(request.starts_with("GET /a?b HTTP/1.1\r\n") && request.contains("accept: x/y\r\n"), "{request}");
    let error = client().send(&Request::get(&url)).unwrap().bytes(4).unwrap_err();
    assert_eq!(error.to_string(), "the answer is longer than 4 bytes");
}

#[test]
fn a_broken_body_is_an_error_that_hides_the_query() {
    let (port, _told) = serve(vec![Some("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n1234".into())]);
    let got = client().send(&Request::get(format!("http://127.0.0.1:{port}/a?signature=s3cret"))).unwrap();
    let text = got.bytes(100).unwrap_err().to_string();
    assert!(text.starts_with("the answer broke off after 4 bytes: ") && !text.contains("s3cret"), "{text}");
}

#[test]
fn it_tries_again_where_that_may_help_and_three_times_at_most() {
    let busy = || answer("503 Service Unavailable", "Retry-After: 0\r\n", "");
    for (answers, want, why) in [
        (vec![busy(), answer("429 Slow", "retry-after: 0\r\n", ""), answer("200 OK", "", "x")], Ok(200), "busy twice"),
        (vec![None, answer("200 OK", "", "x")], Ok(200), "a broken connection"),
        (vec![busy(), busy(), busy(), busy()], Ok(503), "busy for ever"),
        (vec![answer("500 Oops", "", ""), answer("200 OK", "", "")], Ok(500), "a fault that stays"),
        (vec![None, None, None, None], Err(()), "always broken"),
    ] {
        let (port, _told) = serve(answers);
        let got = client().send(&Request::get(format!("http://127.0.0.1:{port}/")));
        assert_eq!(got.as_ref().map(|answer| answer.status).map_err(|_| ()), want, "{why}: {got:?}");
    }
}

#[test]
fn a_redirect_keeps_credentials_at_home() {
    for (location, keeps, why) in [
        ("/b", true, "the same server"),
        ("http://127.0.0.1:$PORT/b", true, "the same server, in full"),
        ("http://localhost:$PORT/b", false, "another host"),
        ("http://u:p@127.0.0.1:$PORT/b", true, "a user that the server chose is left out"),
    ] {
        let (port, told) = serve(vec![
            answer("307 Temporary Redirect", &format!("Location: {location}\r\n"), ""),
            answer("200 OK", "", "x"),
        ]);
        let request = Request::get(format!("http://127.0.0.1:{port}/a")).header("Authorization", "Bearer t0ken");
        assert_eq!(client().send(&request).unwrap().status, 200, "{why}");
        assert!(told.recv().unwrap().contains("Bearer t0ken"), "{why}");
        let second = told.recv().unwrap();
        assert!(second.starts_with("GET /b "), "{why}: {second}");
        assert_eq!(second.contains("t0ken"), keeps, "{why}: {second}");
        assert!(!second.contains("Basic"), "{why}: {second}");
    }
}

#[test]
fn redirects_end() {
    let turn = || answer("302 Found", "Location: /\r\n", "");
    let (port, _told) = serve((0..6).map(|_| turn()).collect());
    let error = failure(&format!("http://u:p@127.0.0.1:{port}/?q"));
    let want = format!("cannot GET `http://127.0.0.1:{port}/`: more than 5 redirects\nhint: ");
    assert!(error.to_string().starts_with(&want), "{error}");
    for (location, want) in [
        ("http://10.255.255.1/", "plain http is allowed to loopback only"),
        ("ftp://127.0.0.1/", "scheme `ftp` is neither https nor http"),
        ("file:///etc/passwd", "its redirect names no host"),
        ("http://[", "its redirect is no address"),
    ] {
        let (port, _told) = serve(vec![answer("301 Moved", &format!("Location: {location}\r\n"), "")]);
        let error = failure(&format!("http://127.0.0.1:{port}/"));
        assert!(error.reason.contains(want), "{location}: {error}");
    }
}

#[test]
fn a_post_that_is_redirected_becomes_a_get_but_for_307() {
    for (status, method) in [("301 Moved", "GET"), ("303 See Other", "GET"), ("307 Temporary", "POST")] {
        let (port, told) = serve(vec![answer(status, "Location: /b\r\n", ""), answer("200 OK", "", "")]);
        let request = Request { method: "POST", url: format!("http://127.0.0.1:{port}/a"), ..Request::default() };
        client().send(&request).unwrap();
        told.recv().unwrap();
        let second = told.recv().unwrap();
        assert!(second.starts_with(&format!("{method} /b ")), "{status}: {second}");
    }
}

#[test]
fn what_cannot_be_asked_is_said_without_credentials() {
    for (url, want) in [
        ("http://u:s3cret@h.example/?s3cret", "plain http is allowed to loopback only"),
        ("s3cret", "no valid address"),
        ("ssh://s3cret@h/", "neither https nor http"),
    ] {
        let error = failure(url).to_string();
        assert!(error.contains(want) && !error.contains("s3cret"), "{error}");
    }
    // A port that nobody listens on: taken and given back.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = failure(&format!("http://u:s3cret@127.0.0.1:{port}/?s3cret"));
    assert!(error.reason.contains("refused") && !error.to_string().contains("s3cret"), "{error}");
    assert_eq!(error.hint, "see that the server runs and listens on this port");
    let request = Request::get("http://127.0.0.1:1/").header("Authorization", "s3cret\n");
    let error = client().send(&request).unwrap_err().to_string();
    assert!(error.contains("no header may have") && !error.contains("s3cret"), "{error}");
    let shown = format!("{:?}", Request::get("https://u:s3cret@h/?s3cret").header("authorization", "s3cret"));
    assert!(!shown.contains("s3cret"), "{shown}");
}

#[test]
fn a_server_that_does_not_answer_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let options = ClientOptions { timeout: Some(std::time::Duration::from_millis(50)), ..ClientOptions::default() };
    let error = Client::new(&options).unwrap().send(&Request::get(url)).unwrap_err();
    assert_eq!(error.hint, "see that the server can be reached from here, or allow it more time", "{error}");
}

#[test]
fn a_file_of_authorities_must_be_one() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("ca.pem");
    for (content, want) in [
        (None, "No such file"),
        (Some("nothing here"), "it holds no certificate"),
        (Some("-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"), ""),
    ] {
        if let Some(content) = content {
            std::fs::write(&file, content).unwrap();
        }
        let options = ClientOptions { ca_file: Some(file.clone()), ..ClientOptions::default() };
        let error = Client::new(&options).unwrap_err();
        assert!(error.reason.contains(want) && error.method == "read", "{error}");
    }
}

#[test]
fn tls_to_a_port_without_it_says_so() {
    let (port, _told) = serve(vec![answer("200 OK", "", "")]);
    let error = failure(&format!("https://127.0.0.1:{port}/"));
    assert!(error.hint.contains("TLS") || error.hint.contains("SSL_CERT_FILE"), "{error}");
}
