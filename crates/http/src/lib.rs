//! The one HTTP client: TLS by rustls with ring, time limits, bounded bodies, retries. Start at [`Client`].
//!
//! **Invariant:** a body is read through a limit or streamed by the caller; nothing is taken whole without one.
//! **Invariant:** credentials appear in no error and no log, and do not follow a redirect to another host.
use std::{io::Read, path::PathBuf, time::Duration};

/// How to connect.
#[derive(Debug, Clone, Default)]
pub struct ClientOptions {
    /// Certificate authorities beside the system's, PEM.
    pub ca_file: Option<PathBuf>,
    /// For connecting and for each read; 30 s where none.
    pub timeout: Option<Duration>,
    /// Send requests to `http://` addresses; without it only loopback is spoken to in the clear.
    pub allow_plain: bool,
}

/// What to ask.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// `GET`, `HEAD`, `POST`.
    pub method: &'static str,
    /// Absolute address.
    pub url: String,
    /// Header names and values; `Authorization` is never shown.
    pub headers: Vec<(String, String)>,
    /// Body of a POST.
    pub body: Vec<u8>,
}

/// What came back; any status.
pub struct Response {
    /// 200, 304, 401 …
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, to be streamed.
    pub body: Box<dyn Read + Send>,
}

/// A request that got no answer.
#[derive(Debug, thiserror::Error)]
#[error("cannot {method} `{url}`: {reason}\nhint: {hint}")]
pub struct HttpError {
    /// What was tried.
    pub method: &'static str,
    /// On what, without its user information and query.
    pub url: String,
    /// Why not.
    pub reason: String,
    /// What to do.
    pub hint: &'static str,
    /// Cause.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// A client with its pool of connections. Cheap to share by reference between threads.
#[derive(Debug)]
pub struct Client {}

impl Client {
    /// Prepares TLS and the pool.
    ///
    /// # Errors
    /// [`HttpError`] where `ca_file` cannot be read.
    pub fn new(options: &ClientOptions) -> Result<Self, HttpError> {
        let _ = options;
        Ok(Self {})
    }

    /// Sends; follows at most five redirects; tries again up to three times on 429, 502, 503, 504 and broken
    /// connections, and waits as `Retry-After` says, at most 30 s.
    ///
    /// # Errors
    /// [`HttpError`] where no answer came.
    pub fn send(&self, request: &Request) -> Result<Response, HttpError> {
        Err(HttpError {
            method: request.method,
            url: request.url.clone(),
            reason: "not written yet".into(),
            hint: "",
            source: None,
        })
    }
}
