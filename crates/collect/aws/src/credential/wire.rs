//! What credentials themselves are fetched with: the Security Token Service and local endpoints.
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;

use crate::{
    api::{Endpoints, error_text, is_refused, may_pass, sign},
    template::percent,
};

/// Bytes of an answer.
const ANSWER_MAX: u64 = 1 << 20;
const STS_VERSION: &str = "2011-06-15";
/// Tries of a call of the Security Token Service: without its answer nothing can begin.
const STS_TRIES: u32 = 4;
/// The pause before the second.
const STS_PAUSE: Duration = Duration::from_millis(200);

/// Why there is no answer, and whether another try may get one.
struct Refusal {
    reason: String,
    may_pass: bool,
}

/// The HTTP client with the places that it knows.
#[derive(Debug)]
pub(crate) struct Wire {
    pub(crate) http: casemate_http::Client,
    pub(crate) endpoints: Endpoints,
    /// Base address of the Security Token Service.
    pub(crate) sts: String,
    /// Where that is signed for.
    pub(crate) region: String,
}

impl Wire {
    /// Asks the Security Token Service, signed.
    ///
    /// # Errors
    /// Code and message of the answer, or why there is none.
    pub(crate) fn sts(&self, credentials: &Credentials, form: &[(&str, &str)]) -> Result<String, String> {
        self.ask_again(|| {
            let mut request = self.form(form);
            sign::signed(&mut request, credentials, "sts", &self.region, SystemTime::now())?;
            Ok(request)
        })
    }

    /// The same without a signature: `AssumeRoleWithWebIdentity`.
    pub(crate) fn sts_unsigned(&self, form: &[(&str, &str)]) -> Result<String, String> {
        self.ask_again(|| Ok(self.form(form)))
    }

    /// Asks up to [`STS_TRIES`] times, with a longer pause before each, while the answer may change.
    fn ask_again(&self, make: impl Fn() -> Result<casemate_http::Request, String>) -> Result<String, String> {
        let mut pause = STS_PAUSE;
        let mut tried = 1;
        loop {
            match self.ask_once(&make()?) {
                Ok(body) => return Ok(body),
                Err(refusal) if tried >= STS_TRIES || !refusal.may_pass => return Err(refusal.reason),
                Err(_) => {}
            }
            tried += 1;
            std::thread::sleep(pause);
            pause *= 2;
        }
    }

    fn form(&self, form: &[(&str, &str)]) -> casemate_http::Request {
        let fields = form.iter().chain([&("Version", STS_VERSION)]);
        let body: Vec<String> = fields.map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
        casemate_http::Request {
            method: "POST",
            url: format!("{}/", self.sts),
            headers: vec![("content-type".into(), "application/x-www-form-urlencoded; charset=utf-8".into())],
            body: body.join("&").into_bytes(),
        }
    }

    /// Sends, and takes a success's body.
    pub(crate) fn ask(&self, request: &casemate_http::Request) -> Result<String, String> {
        self.ask_once(request).map_err(|refusal| refusal.reason)
    }

    fn ask_once(&self, request: &casemate_http::Request) -> Result<String, Refusal> {
        let never = |reason: String| Refusal { reason, may_pass: false };
        let answer = self.http.send_once(request).map_err(|error| Refusal {
            reason: format!("no answer: {}", error.reason),
            may_pass: !is_refused(&error),
        })?;
        let status = answer.status;
        let body = answer.bytes(ANSWER_MAX).map_err(|error| Refusal { reason: error.to_string(), may_pass: true })?;
        let body = String::from_utf8(body).map_err(|_| never("the answer is no text".to_owned()))?;
        if status < 300 {
            Ok(body)
        } else {
            Err(Refusal { reason: error_text(status, &body), may_pass: may_pass(status, &body) })
        }
    }
}
