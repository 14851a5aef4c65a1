//! The one HTTP client: TLS by rustls with ring, time limits, bounded bodies, retries. Start at [`Client`].
//!
//! Certificates are checked against the system's authorities (`SSL_CERT_FILE` and `SSL_CERT_DIR` replace them) and
//! those of [`ClientOptions::ca_file`]. Proxies come from `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`;
//! loopback is never asked through one.
//!
//! **Invariant:** a body is read through a limit or streamed by the caller; nothing is taken whole without one.
//! **Invariant:** credentials appear in no error and no log, and do not follow a redirect to another host.
mod address;
mod body;
mod client;
mod error;
#[cfg(test)]
mod tests;

use std::{io::Read, path::PathBuf, time::Duration};

pub use body::{BodyError, read_bounded};
pub use client::Client;
pub use error::HttpError;

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
#[derive(Clone, Default)]
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

impl std::fmt::Debug for Request {
    // Neither values of headers nor the body: both may hold credentials.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &address::shown(&self.url))
            .field("headers", &self.headers.iter().map(|(name, _)| name).collect::<Vec<_>>())
            .field("body", &self.body.len())
            .finish()
    }
}

impl Request {
    /// A GET of this address, without headers.
    #[must_use]
    pub fn get(url: impl Into<String>) -> Self {
        Self { method: "GET", url: url.into(), headers: Vec::new(), body: Vec::new() }
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

/// What came back; any status.
pub struct Response {
    /// 200, 304, 401 …
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, to be streamed. Its errors name neither user information nor query.
    pub body: Box<dyn Read + Send>,
}

impl Response {
    /// The first header of this name, which is in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str())
    }

    /// `Content-Length`, where it is given and a number.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.header("content-length")?.parse().ok()
    }

    /// The whole body, at most `limit` bytes.
    ///
    /// # Errors
    /// [`BodyError`] where it breaks off or is longer.
    pub fn bytes(self, limit: u64) -> Result<Vec<u8>, BodyError> {
        read_bounded(self.body, limit)
    }
}

impl std::fmt::Debug for Response {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Response").field("status", &self.status).finish_non_exhaustive()
    }
}
