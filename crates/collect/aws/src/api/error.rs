//! What an answer that is no success means: its code, its message, the status of the facet.
use std::{error::Error, io};

use casemate_estate::FacetStatus;
use casemate_http::HttpError;
use serde_json::Value;

use super::ApiError;

/// Characters of a message that are kept.
const MESSAGE_MAX: usize = 300;

/// Codes that mean "refused for want of a permission", in lower case.
const DENIED: &[&str] = &[
    "accessdenied",
    "accessdeniedexception",
    "accessdeniedfault",
    "unauthorizedoperation",
    "unauthorizedexception",
    "unauthorizedaccess",
    "unauthorizedaccessexception",
    "authorizationerror",
    "authorizationerrorexception",
    "notauthorized",
    "notauthorizedexception",
    "authfailure",
    "forbidden",
    "forbiddenexception",
    "insufficientprivilegesexception",
    "invalidaccessexception",
    "optinrequired",
];

/// Codes that mean "asked too often", in lower case (AWS SDKs' standard retry mode, and what services add).
const THROTTLED: &[&str] = &[
    "throttling",
    "throttlingexception",
    "throttledexception",
    "requestthrottled",
    "requestthrottledexception",
    "requestlimitexceeded",
    "toomanyrequests",
    "toomanyrequestsexception",
    "provisionedthroughputexceededexception",
    "bandwidthlimitexceeded",
    "limitexceededexception",
    "priorrequestnotcomplete",
    "transactioninprogressexception",
    "ec2throttledexception",
    "slowdown",
    "slow down",
    // The credential report of IAM is still being made.
    "reportinprogress",
];

/// Codes of credentials that are not good, with what to do.
const CREDENTIALS: &[(&str, &str)] = &[
    ("expiredtoken", "the credentials have expired: renew them"),
    ("expiredtokenexception", "the credentials have expired: renew them"),
    ("requestexpired", "the clock of this machine is wrong: set it"),
    ("requesttimetooskewed", "the clock of this machine is wrong: set it"),
    ("invalidclienttokenid", "the access key is not known: look at it"),
    ("unrecognizedclientexception", "the access key is not known, or the region is not enabled for the account"),
    ("invalidaccesskeyid", "the access key is not known: look at it"),
    ("signaturedoesnotmatch", "the secret key does not fit the access key, or the clock is wrong: look at both"),
    ("incompletesignature", "the access key has characters that none may have: look at it"),
    ("missingauthenticationtoken", "no credentials were sent: this is a fault of casemate; please report it"),
];

/// Code and message of an answer's body, whatever its protocol; empty where the body is none of a service, or was cut:
/// what is left of an error may mean "nothing is set", and nobody said so to the end.
pub(crate) fn parse(body: &str, header: Option<&str>) -> (String, String) {
    let plain =
        |code: &str| code.split(':').next().unwrap_or_default().rsplit('#').next().unwrap_or_default().to_owned();
    let start = body.trim_start();
    if start.starts_with('{') {
        let Ok(value) = serde_json::from_str::<Value>(start) else { return (String::new(), String::new()) };
        let text = |names: &[&str]| names.iter().find_map(|name| value.get(*name)?.as_str()).unwrap_or_default();
        let code = header.unwrap_or_else(|| text(&["__type", "code", "Code"]));
        return (plain(code), text(&["message", "Message", "errorMessage"]).to_owned());
    }
    if start.starts_with('<') && !start.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype")) {
        if is_cut(start) {
            return (String::new(), String::new());
        }
        let tag = |name: &str| -> Option<String> {
            let (_, rest) = start.split_once(&format!("<{name}>"))?;
            Some(unescape(rest.split_once('<')?.0))
        };
        if let Some(code) = tag("Code") {
            return (plain(&code), tag("Message").unwrap_or_default());
        }
    }
    (header.map(plain).unwrap_or_default(), String::new())
}

/// Whether the end of the outermost element is missing.
fn is_cut(xml: &str) -> bool {
    let body = xml.strip_prefix("<?").and_then(|rest| rest.split_once("?>")).map_or(xml, |(_, rest)| rest).trim();
    let name = |text: &str| text.split(|c: char| c.is_whitespace() || c == '>').next().map(str::to_owned);
    let open = body.strip_prefix('<').and_then(name);
    let close = body.rsplit_once("</").and_then(|(_, rest)| rest.strip_suffix('>')).and_then(name);
    open.is_none() || open != close
}

fn unescape(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// Whether the error's code is one of these; `CODE: WORDS` wants a message too that begins so.
pub(crate) fn has_code(error: &ApiError, codes: &[&str]) -> bool {
    !error.code.is_empty()
        && codes.iter().any(|code| match code.split_once(": ") {
            Some((head, _)) => error.code == head && error.message.starts_with(code),
            None => error.code == *code,
        })
}

/// Whether nobody listens there, which another try will not change.
pub(crate) fn is_refused(error: &HttpError) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(inner) = cause {
        if inner.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::ConnectionRefused) {
            return true;
        }
        cause = inner.source();
    }
    false
}

/// The error of an answer. `here` and `there`: this machine's time and the server's, in seconds, for wrong clocks.
pub(super) fn of(status: u16, code: &str, message: &str, skew: Option<i64>) -> ApiError {
    let lower = code.to_ascii_lowercase();
    let credentials = CREDENTIALS.iter().find(|(name, _)| *name == lower).map(|(_, hint)| *hint);
    let meaning = if credentials.is_some() {
        FacetStatus::Failed
    } else if THROTTLED.contains(&lower.as_str()) || status == 429 {
        FacetStatus::Throttled
    } else if DENIED.contains(&lower.as_str()) || (status == 403 || status == 401) {
        FacetStatus::Denied
    } else {
        FacetStatus::Failed
    };
    let mut text = if code.is_empty() {
        format!("the answer has status {status} and is not the service's")
    } else if message.is_empty() {
        code.to_owned()
    } else {
        format!("{code}: {}", kept(message))
    };
    if let Some(hint) = credentials {
        text.push_str("; ");
        text.push_str(hint);
        if let Some(skew) = skew.filter(|skew| skew.abs() > 60) {
            text.push_str(&format!(
                " (it is {} minutes {})",
                skew.abs() / 60,
                if skew > 0 { "ahead" } else { "behind" }
            ));
        }
    }
    ApiError { status: meaning, code: code.to_owned(), message: text, silent: false }
}

/// A message without what changes with every request: ids, times, encoded texts.
fn kept(message: &str) -> String {
    let message = message.split("Encoded authorization failure message").next().unwrap_or_default();
    let mut words: Vec<&str> = Vec::new();
    for word in message.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_id = bare.len() == 36 && bare.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
        words.push(if is_id && !word.contains('/') { "…" } else { word });
    }
    let text: String = words.join(" ");
    let mut short: String = text.chars().take(MESSAGE_MAX).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_with_words_want_both() {
        let error = |message: &str| ApiError {
            code: "AccessDeniedException".into(),
            status: FacetStatus::Failed,
            message: message.into(),
            silent: false,
        };
        let off = error("AccessDeniedException: Macie is not enabled.");
        let refused = error("AccessDeniedException: User: x is not authorized to perform: macie2:GetMacieSession");
        for (codes, on_off, on_refused) in [
            (&["AccessDeniedException"][..], true, true),
            (&["AccessDeniedException: Macie is not enabled"][..], true, false),
            (&["Other", "Other: Macie"][..], false, false),
        ] {
            assert_eq!((has_code(&off, codes), has_code(&refused, codes)), (on_off, on_refused), "{codes:?}");
        }
        assert!(!has_code(&ApiError { code: String::new(), ..error("x") }, &[""]), "no code is none of any list");
    }

    #[test]
    fn errors_of_each_protocol_read() {
        for (body, header, code, message) in [
            (
                "<ErrorResponse><Error><Type>S</Type><Code>AccessDenied</Code><Message>no &amp; no</Message></Error></ErrorResponse>",
                None,
                "AccessDenied",
                "no & no",
            ),
            (
                "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>m</Message></Error></Errors></Response>",
                None,
                "UnauthorizedOperation",
                "m",
            ),
            ("<?xml version=\"1.0\"?><Error><Code>NoSuchBucketPolicy</Code></Error>", None, "NoSuchBucketPolicy", ""),
            (
                "{\"__type\":\"com.amazonaws.x#ResourceNotFoundException\",\"message\":\"m\"}",
                None,
                "ResourceNotFoundException",
                "m",
            ),
            ("{\"Message\":\"m\"}", Some("AccessDeniedException:http://x/"), "AccessDeniedException", "m"),
            ("<!doctype html><title>404</title>", None, "", ""),
            ("Not Found", None, "", ""),
            ("{\"__type\":", None, "", ""),
            ("{\"__type\":", Some("ResourceNotFoundException"), "", ""),
            ("<Error><Code>Cut", None, "", ""),
            ("<?xml version=\"1.0\"?>\n<Error><Code>NoSuchBucketPolicy</Code><Mess", None, "", ""),
            ("<Error><Code>NoSuchBucketPolicy</Code>", None, "", ""),
            ("<Error xmlns=\"x\"><Code>Whole</Code></Error >\n", None, "Whole", ""),
            ("<?xml", Some("A"), "", ""),
            ("", None, "", ""),
        ] {
            assert_eq!(parse(body, header), (code.to_owned(), message.to_owned()), "{body}");
        }
    }

    #[test]
    fn a_code_says_what_the_facet_is() {
        for (status, code, want) in [
            (403, "AccessDenied", FacetStatus::Denied),
            (400, "ThrottlingException", FacetStatus::Throttled),
            (503, "SlowDown", FacetStatus::Throttled),
            (403, "ExpiredToken", FacetStatus::Failed),
            (403, "RequestTimeTooSkewed", FacetStatus::Failed),
            (500, "InternalError", FacetStatus::Failed),
            (404, "", FacetStatus::Failed),
            (403, "", FacetStatus::Denied),
            (400, "ValidationException", FacetStatus::Failed),
        ] {
            assert_eq!(of(status, code, "m", None).status, want, "{status} {code}");
        }
        let skewed = of(403, "RequestTimeTooSkewed", "m", Some(3600)).message;
        assert!(skewed.contains("60 minutes ahead"), "{skewed}");
    }

    #[test]
    fn messages_are_the_same_from_run_to_run() {
        let long = "x".repeat(1000);
        let got = of(403, "A", &format!("no (Request ID: 01234567-89ab-cdef-0123-456789abcdef) {long}"), None).message;
        assert!(got.contains('…') && !got.contains("89ab") && got.chars().count() < 320, "{got}");
        let got = of(403, "A", "You may not. Encoded authorization failure message: abc", None).message;
        assert_eq!(got, "A: You may not.");
    }
}
