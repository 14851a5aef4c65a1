//! Calls as the engine sees them: a [`Request`] goes in, the answer as JSON by its shape comes out, or an [`ApiError`]
//! that says which status the facet gets. `client.rs` sends over HTTP; tests and benches answer from memory.
mod bucket;
mod client;
mod endpoint;
mod error;
mod gate;
mod protocol;
pub(crate) mod sign;

pub(crate) use client::Client;
pub(crate) use endpoint::Endpoints;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use error::parse as error_parse;
pub(crate) use error::{has_code, is_refused};

use casemate_estate::FacetStatus;
use serde_json::{Map, Value};

use crate::{
    shape::Shape,
    table::{Call, Service},
};

/// One request: a call with its parameters filled in.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    /// The service.
    pub(crate) service: &'a Service,
    /// The call.
    pub(crate) call: &'a Call,
    /// Whose account: twelve digits. The client knows the credentials for it.
    pub(crate) account: &'a str,
    /// Where it goes and is signed for.
    pub(crate) region: &'a str,
    /// REST: `GET`, `POST`; else `POST`.
    pub(crate) method: &'a str,
    /// REST: path and query, percent-encoded; else `/`.
    pub(crate) path: String,
    /// Parameters: form fields, or the JSON body. Lists of a form are numbered by the client.
    pub(crate) params: Map<String, Value>,
    /// How the answer reads.
    pub(crate) shape: &'a Shape,
}

/// A call that gave no answer of use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct ApiError {
    /// What it means for the facet: `Denied`, `Throttled`, `Failed`, `Unsupported`.
    pub(crate) status: FacetStatus,
    /// The service's error code: `AccessDenied`; empty where no service answered.
    pub(crate) code: String,
    /// A sentence without request ids, times or credentials, the same for the same cause.
    pub(crate) message: String,
    /// Whether nobody answered in time or at all: after a few of those the engine stops asking (see `breaker`).
    pub(crate) silent: bool,
}

/// What makes calls.
pub(crate) trait Api: Sync {
    /// Makes the call, with retries. One page.
    ///
    /// # Errors
    /// [`ApiError`].
    fn call(&self, request: &Request<'_>) -> Result<Value, ApiError>;

    /// The same, for answers that are files: their bytes as they come, at most 64 MiB.
    ///
    /// # Errors
    /// [`ApiError`].
    fn bytes(&self, request: &Request<'_>) -> Result<Vec<u8>, ApiError> {
        Err(ApiError {
            status: FacetStatus::Failed,
            code: String::new(),
            message: format!("{} gives no bytes here", request.call.permission),
            silent: false,
        })
    }
}

/// What an answer that is no success says, in a sentence.
pub(crate) fn error_text(status: u16, body: &str) -> String {
    let (code, message) = error::parse(body, None);
    error::of(status, &code, &message, None).message
}

/// Whether another try may be answered: asked too often, or a fault of the service.
pub(crate) fn may_pass(status: u16, body: &str) -> bool {
    let (code, message) = error::parse(body, None);
    status >= 500 || error::of(status, &code, &message, None).status == FacetStatus::Throttled
}

/// Who the present credentials are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    /// Twelve digits.
    pub(crate) account: String,
    /// The caller.
    pub(crate) arn: String,
    /// `aws`, `aws-cn`, `aws-us-gov` …: from the ARN.
    pub(crate) partition: String,
}
