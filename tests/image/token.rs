//! The token scheme of registries. docker-registry checks tokens and gives none out, so the server here is a STUB: it
//! answers as the specification says, from an OCI layout.
use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use casemate_collect_image::Options;
use casemate_testkit::image::{LayerTar, Packing, TestImage, digest};
use tempfile::TempDir;

use crate::sample::{packages, paragraph, read};

/// What the stub has been asked.
type Asked = Arc<Mutex<Vec<String>>>;

struct Stub {
    address: String,
    asked: Asked,
    _directory: TempDir,
}

/// Serves the image `a:1`; tokens are given to whom `user` names, or to anybody.
fn stub(user: Option<&'static str>) -> Stub {
    let directory = tempfile::tempdir().unwrap();
    let layer = LayerTar::new().file("var/lib/dpkg/status", paragraph("tokened", "1"));
    let image = TestImage::new(vec![(layer.end(), Packing::Zstd)]);
    image.oci(directory.path(), "t");
    let manifest = digest(&image.manifest());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let asked = Asked::default();
    let (blobs, told, own) = (directory.path().join("blobs/sha256"), Arc::clone(&asked), address.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.unwrap(), &blobs, &manifest, user, &told, &own);
        }
    });
    Stub { address, asked, _directory: directory }
}

fn answer(mut stream: TcpStream, blobs: &Path, manifest: &str, user: Option<&str>, asked: &Asked, own: &str) {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") {
        match stream.read(&mut byte) {
            // Another protocol, such as TLS, which is tried first.
            Ok(1) if request.is_empty() && byte[0] == 0x16 => {
                drop(stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n"));
                return;
            }
            Ok(1) => request.push(byte[0]),
            _ => return,
        }
    }
    let text = String::from_utf8_lossy(&request).into_owned();
    let path = text.split(' ').nth(1).unwrap_or_default().to_owned();
    let header = |name: &str| {
        let line = text.lines().find(|line| line.to_ascii_lowercase().starts_with(&format!("{name}: ")));
        line.map(|line| line[name.len() + 2..].to_owned())
    };
    let authorization = header("authorization");
    asked.lock().unwrap().push(format!("{path} {}", authorization.as_deref().unwrap_or("-")));
    let send = |stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n", body.len());
        drop(stream.write_all(head.as_bytes()));
        drop(stream.write_all(body));
    };
    if path.starts_with("/token?") {
        return match (user, authorization.as_deref()) {
            (None, _) => send(&mut stream, "200 OK", "", br#"{"token":"t0ken"}"#),
            (Some(user), Some(given)) if given == user => {
                send(&mut stream, "200 OK", "", br#"{"access_token":"t0ken"}"#)
            }
            (Some(_), _) => send(&mut stream, "401 Unauthorized", "", b""),
        };
    }
    if authorization.as_deref() != Some("Bearer t0ken") {
        let challenge = format!(
            "WWW-Authenticate: Bearer realm=\"http://{own}/token\",service=\"stub service\",scope=\"repository:x:pull\"\r\n"
        );
        return send(&mut stream, "401 Unauthorized", &challenge, b"{}");
    }
    let name = match path.strip_prefix("/v2/team/a/manifests/") {
        Some("1") => manifest,
        Some(digest) => digest,
        None => path.strip_prefix("/v2/team/a/blobs/").unwrap_or_default(),
    };
    let file: PathBuf = blobs.join(name.trim_start_matches("sha256:"));
    match fs::read(file) {
        Ok(bytes) => send(&mut stream, "200 OK", "", &bytes),
        Err(_) => send(&mut stream, "404 Not Found", "", b"{}"),
    }
}

#[test]
fn a_token_is_fetched_for_what_is_asked_and_used_again() {
    let stub = stub(None);
    let collected = read(&format!("docker://{}/team/a:1", stub.address), &Options::default()).unwrap();
    assert_eq!(packages(&collected), ["tokened 1"]);
    let asked = stub.asked.lock().unwrap().clone();
    let tokens: Vec<&String> = asked.iter().filter(|line| line.starts_with("/token")).collect();
    // Ours, not the scope that the server proposed.
    assert_eq!(tokens, ["/token?scope=repository%3Ateam%2Fa%3Apull&service=stub%20service -"], "{asked:?}");
    let first = asked.iter().filter(|line| line.ends_with(" -") && line.starts_with("/v2")).count();
    assert_eq!(first, 1, "the token serves for all that follows: {asked:?}");
}

#[test]
fn a_user_and_a_password_go_to_the_token_server_alone() {
    // Base64 of `user:pass`.
    let stub = stub(Some("Basic dXNlcjpwYXNz"));
    let with = |user: &str| Options { credentials: Some((user.into(), "pass".into())), ..Options::default() };
    let reference = format!("docker://{}/team/a:1", stub.address);
    assert_eq!(packages(&read(&reference, &with("user")).unwrap()), ["tokened 1"]);
    let asked = stub.asked.lock().unwrap().clone();
    assert!(asked.iter().all(|line| line.starts_with("/token") || !line.contains("Basic")), "{asked:?}");
    let error = read(&reference, &with("other")).unwrap_err().to_string();
    assert!(error.contains("the token server answered with status 401"), "{error}");
    let error = read(&reference, &Options::default()).unwrap_err().to_string();
    assert!(error.contains("the token server answered with status 401"), "{error}");
}
