//! Against a small server on loopback that says what S3 may say.
use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::mpsc,
    thread,
};

use serde_json::{Map, json};

use super::*;
use crate::{shape::shape, table::Call};

const POLICY_STATUS: Call = Call::new("GetBucketPolicyStatus", "s3:GetBucketPolicyStatus").shape("IsPublic:bool");

/// Answers one connection after another, and tells the heads of the requests.
fn serve(answers: Vec<(&'static str, &'static str, &'static str)>) -> (u16, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        for (status, headers, body) in answers {
            let Ok((mut stream, _)) = listener.accept() else { return };
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && matches!(stream.read(&mut byte), Ok(1)) {
                head.push(byte[0]);
            }
            tell.send(String::from_utf8_lossy(&head).into_owned()).unwrap();
            let length = body.len();
            drop(write!(
                stream,
                "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
            ));
        }
    });
    (port, told)
}

fn client(port: u16) -> Client {
    let url = format!("http://127.0.0.1:{port}");
    let var = move |name: &str| match name {
        "AWS_ENDPOINT_URL" => Some(url.clone()),
        "AWS_ACCESS_KEY_ID" | "AWS_SECRET_ACCESS_KEY" => Some("testing".to_owned()),
        "AWS_DEFAULT_REGION" => Some("us-east-1".to_owned()),
        "AWS_CONFIG_FILE" | "AWS_SHARED_CREDENTIALS_FILE" => Some("/dev/null".to_owned()),
        _ => None,
    };
    Client::with(&var, &Options::default()).unwrap()
}

fn ask(client: &Client, path: &str) -> Result<Value, ApiError> {
    client.call(&Request {
        service: crate::service::SERVICES.iter().find(|service| service.endpoint == "s3").unwrap(),
        call: &POLICY_STATUS,
        account: "123456789012",
        region: "us-east-1",
        method: "GET",
        path: path.to_owned(),
        params: Map::new(),
        shape: shape(POLICY_STATUS.shape).unwrap(),
    })
}

const MOVED: &str = "<Error><Code>PermanentRedirect</Code><Message>m</Message></Error>";
const SIGNED: &str = "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>";
const CLOSED: &str = "<PolicyStatus><IsPublic>false</IsPublic></PolicyStatus>";

#[test]
fn a_bucket_is_asked_where_s3_says_it_is_and_there_from_then_on() {
    for (status, headers, body) in
        [("301 Moved", "x-amz-bucket-region: eu-west-1\r\n", MOVED), ("400 Bad Request", "", SIGNED)]
    {
        let (port, told) = serve(vec![(status, headers, body), ("200 OK", "", CLOSED), ("200 OK", "", CLOSED)]);
        let client = client(port);
        for _ in 0..2 {
            assert_eq!(ask(&client, "/a.b?policyStatus").unwrap(), json!({"IsPublic": false}), "{status}");
        }
        let regions: Vec<bool> = told.iter().take(3).map(|head| head.contains("/eu-west-1/s3/")).collect();
        assert_eq!(regions, [false, true, true], "{status}: signed for the right region once it is known");
    }
}

#[test]
fn a_redirect_that_leads_nowhere_is_an_error() {
    for (answers, why) in [
        (vec![("301 Moved", "", MOVED)], "nobody says where"),
        (vec![("301 Moved", "x-amz-bucket-region: us-east-1\r\n", MOVED)], "to where it was asked"),
        (vec![("301 Moved", "x-amz-bucket-region: evil.example/\r\n", MOVED)], "to what is no region"),
        (
            vec![
                ("301 Moved", "x-amz-bucket-region: eu-west-1\r\n", MOVED),
                ("301 Moved", "x-amz-bucket-region: us-east-1\r\n", MOVED),
            ],
            "in circles",
        ),
    ] {
        let (port, _told) = serve(answers);
        let error = ask(&client(port), "/b?policyStatus").unwrap_err();
        assert_eq!((error.status, error.code.as_str()), (FacetStatus::Failed, "PermanentRedirect"), "{why}");
    }
}
