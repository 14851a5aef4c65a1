//! What credentials themselves are fetched with: the Security Token Service and local endpoints.
use std::time::SystemTime;

use aws_credential_types::Credentials;

use crate::{
    api::{Endpoints, sign},
    template::percent,
};

/// Bytes of an answer.
const ANSWER_MAX: u64 = 1 << 20;
const STS_VERSION: &str = "2011-06-15";

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
        let mut request = self.form(form);
        sign::signed(&mut request, credentials, "sts", &self.region, SystemTime::now())?;
        self.ask(&request)
    }

    /// The same without a signature: `AssumeRoleWithWebIdentity`.
    pub(crate) fn sts_unsigned(&self, form: &[(&str, &str)]) -> Result<String, String> {
        self.ask(&self.form(form))
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
        let answer = self.http.send_once(request).map_err(|error| format!("no answer: {}", error.reason))?;
        let status = answer.status;
        let body = answer.bytes(ANSWER_MAX).map_err(|error| error.to_string())?;
        let body = String::from_utf8(body).map_err(|_| "the answer is no text".to_owned())?;
        if status < 300 { Ok(body) } else { Err(crate::api::error_text(status, &body)) }
    }
}
