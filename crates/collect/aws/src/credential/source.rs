//! Each place where credentials come from.
use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, SystemTime},
};

use aws_credential_types::Credentials;
use serde_json::Value;

use super::{Provider, Wire, tag};

/// Bytes of a token, of a process's output, of a local answer.
const SMALL_MAX: u64 = 256 << 10;
/// Longest a process may take, and how often it is looked at.
const PROCESS_MAX: Duration = Duration::from_secs(60);
const PROCESS_LOOK: Duration = Duration::from_millis(20);
/// Longest a token of IMDSv2 is asked for.
const IMDS_SECONDS: &str = "21600";

/// Where credentials come from.
#[derive(Debug)]
pub(super) enum Source {
    /// Given as they are.
    Given(Credentials),
    /// A role that others assume.
    Role {
        base: Arc<Provider>,
        arn: String,
        external_id: Option<String>,
        session: String,
        seconds: Option<String>,
        mfa: Option<String>,
    },
    /// A token of an identity provider.
    WebIdentity { token: PathBuf, arn: String, session: String },
    /// A program's output.
    Process(String),
    /// The agent beside a container.
    Container { url: String, token: Option<String>, token_file: Option<PathBuf> },
    /// The metadata service of an instance, version 2.
    Imds { endpoint: String },
}

impl Source {
    /// Fetches them.
    ///
    /// # Errors
    /// A sentence without secrets.
    pub(super) fn fetch(&self, wire: &Wire) -> Result<Credentials, String> {
        match self {
            Self::Given(credentials) => Ok(credentials.clone()),
            Self::Role { base, arn, external_id, session, seconds, mfa } => {
                let mut form = vec![("Action", "AssumeRole"), ("RoleArn", arn), ("RoleSessionName", session)];
                form.extend(external_id.as_deref().map(|id| ("ExternalId", id)));
                form.extend(seconds.as_deref().map(|seconds| ("DurationSeconds", seconds)));
                let code;
                if let Some(serial) = mfa {
                    code = mfa_code(serial)?;
                    form.extend([("SerialNumber", serial.as_str()), ("TokenCode", &code)]);
                }
                of_sts(&wire.sts(&base.get(wire)?, &form)?)
            }
            Self::WebIdentity { token, arn, session } => {
                let token = file(token)?;
                of_sts(&wire.sts_unsigned(&[
                    ("Action", "AssumeRoleWithWebIdentity"),
                    ("RoleArn", arn),
                    ("RoleSessionName", session),
                    ("WebIdentityToken", token.trim()),
                ])?)
            }
            Self::Process(line) => {
                of_json(&process(line)?, &["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"])
            }
            Self::Container { url, token, token_file } => {
                let token = match token_file {
                    Some(path) => Some(file(path)?.trim().to_owned()),
                    None => token.clone(),
                };
                let mut request = casemate_http::Request::get(url.as_str());
                request.headers.extend(token.map(|token| ("authorization".to_owned(), token)));
                of_json(&wire.ask(&request)?, &["AccessKeyId", "SecretAccessKey", "Token", "Expiration"])
            }
            Self::Imds { endpoint } => {
                let token = wire.ask(
                    &casemate_http::Request {
                        method: "PUT",
                        url: format!("{endpoint}/latest/api/token"),
                        ..Default::default()
                    }
                    .header("x-aws-ec2-metadata-token-ttl-seconds", IMDS_SECONDS),
                )?;
                let get = |path: &str| {
                    wire.ask(
                        &casemate_http::Request::get(format!(
                            "{endpoint}/latest/meta-data/iam/security-credentials/{path}"
                        ))
                        .header("x-aws-ec2-metadata-token", token.trim()),
                    )
                };
                let role = get("")?;
                let role = role.lines().next().unwrap_or_default().trim();
                if role.is_empty() || role.contains(['/', '<', ' ']) {
                    return Err("the instance has no role".into());
                }
                of_json(&get(role)?, &["AccessKeyId", "SecretAccessKey", "Token", "Expiration"])
            }
        }
    }
}

fn of_sts(body: &str) -> Result<Credentials, String> {
    let part = |name: &str| tag(body, name).filter(|text| !text.is_empty());
    let (Some(key), Some(secret), Some(token)) = (part("AccessKeyId"), part("SecretAccessKey"), part("SessionToken"))
    else {
        return Err("the answer of the Security Token Service holds no credentials".into());
    };
    Ok(Credentials::new(key, secret, Some(token), part("Expiration").and_then(|time| expiry(&time)), "casemate"))
}

fn of_json(body: &str, names: &[&str; 4]) -> Result<Credentials, String> {
    // The text itself may hold keys: no part of it is shown.
    let value: Value =
        serde_json::from_str(body).map_err(|error| format!("the answer is no JSON at line {}", error.line()))?;
    let part = |name: &str| value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let [key, secret, token, end] = *names;
    let (Some(key), Some(secret)) = (part(key), part(secret)) else {
        return Err("the answer holds no access key".into());
    };
    Ok(Credentials::new(key, secret, part(token), part(end).and_then(|time| expiry(&time)), "casemate"))
}

fn expiry(text: &str) -> Option<SystemTime> {
    Some(text.parse::<jiff::Timestamp>().ok()?.into())
}

fn file(path: &std::path::Path) -> Result<String, String> {
    let fail = |why: String| format!("cannot read `{}`: {why}", path.display());
    let open = std::fs::File::open(path).map_err(|error| fail(error.to_string()))?;
    let bytes = casemate_http::read_bounded(open, SMALL_MAX).map_err(|error| fail(error.to_string()))?;
    String::from_utf8(bytes).map_err(|_| fail("it is no text".into()))
}

/// Asks the person at the terminal; nobody else can know.
fn mfa_code(serial: &str) -> Result<String, String> {
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        return Err(format!("the role wants a code of `{serial}`, and standard input is no terminal to ask at"));
    }
    let mut stderr = std::io::stderr();
    let asked = write!(stderr, "code of {serial}: ").and_then(|()| stderr.flush());
    asked.map_err(|error| error.to_string())?;
    let mut line = String::new();
    stdin.read_line(&mut line).map_err(|error| error.to_string())?;
    let code = line.trim().to_owned();
    if code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()) {
        Ok(code)
    } else {
        Err("a code has six digits".into())
    }
}

/// The words of a command: separated by white space, kept together by quotes. No shell sees them.
fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => out.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    out.extend(word);
    out
}

fn process(line: &str) -> Result<String, String> {
    let words = words(line);
    let Some((program, arguments)) = words.split_first() else { return Err("credential_process is empty".into()) };
    let fail = |why: String| format!("credential_process `{program}`: {why}");
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| fail(error.to_string()))?;
    let Some(stdout) = child.stdout.take() else { return Err(fail("it has no output".into())) };
    let reader = std::thread::spawn(move || casemate_http::read_bounded(stdout, SMALL_MAX));
    let start = std::time::Instant::now();
    let status = loop {
        match child.try_wait().map_err(|error| fail(error.to_string()))? {
            Some(status) => break status,
            None if start.elapsed() > PROCESS_MAX || (reader.is_finished() && start.elapsed() > PROCESS_MAX / 2) => {
                drop(child.kill());
                drop(child.wait());
                return Err(fail(format!("it took more than {} seconds", PROCESS_MAX.as_secs())));
            }
            None => std::thread::sleep(PROCESS_LOOK),
        }
    };
    if !status.success() {
        return Err(fail(format!("it ended with {status}")));
    }
    let bytes =
        reader.join().map_err(|_| fail("its output was lost".into()))?.map_err(|error| fail(error.to_string()))?;
    String::from_utf8(bytes).map_err(|_| fail("its output is no text".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_words_and_no_shell() {
        for (line, want) in [
            ("a b  c", vec!["a", "b", "c"]),
            ("'a b' \"c 'd'\"", vec!["a b", "c 'd'"]),
            ("a '' $(x); y", vec!["a", "", "$(x);", "y"]),
            ("  ", vec![]),
        ] {
            assert_eq!(words(line), want, "{line}");
        }
    }

    #[test]
    fn a_process_gives_credentials_or_says_why_not() {
        let good =
            r#"/bin/echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"2030-01-01T00:00:00Z"}'"#;
        let names = ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"];
        let got = process(good).and_then(|text| of_json(&text, &names)).unwrap();
        assert_eq!((got.access_key_id(), got.expiry().is_some()), ("A", true));
        for (line, want) in [
            ("/bin/false", "ended with"),
            ("/nonexistent", "No such file"),
            ("/bin/echo {}", "no access key"),
            ("/bin/echo SECRETTEXT", "no JSON at line 1"),
        ] {
            let error = process(line).and_then(|text| of_json(&text, &names)).unwrap_err();
            assert!(error.contains(want) && !error.contains("SECRETTEXT"), "{line}: {error}");
        }
    }

    #[test]
    fn an_answer_of_the_token_service_reads() {
        let body = "<R><Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
                    <SessionToken>t</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></R>";
        assert_eq!(of_sts(body).unwrap().session_token(), Some("t"));
        assert!(of_sts("<R/>").is_err());
    }
}
