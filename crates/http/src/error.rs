use std::error::Error;

use crate::address;

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
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl HttpError {
    pub(crate) fn new(method: &'static str, url: &str, reason: impl Into<String>, hint: &'static str) -> Self {
        Self { method, url: address::shown(url), reason: reason.into(), hint, source: None }
    }

    /// From reqwest's error, whose address is taken off.
    pub(crate) fn of(method: &'static str, url: &str, error: reqwest::Error) -> Self {
        let error = error.without_url();
        let reason = chain(&error);
        let hint = hint(&error, &reason);
        Self { method, url: address::shown(url), reason, hint, source: Some(Box::new(error)) }
    }
}

/// The innermost causes of an error in one sentence: `connection refused`, rather than four layers of `error sending`.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut parts = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        if parts.last() != Some(&text) {
            parts.push(text);
        }
        cause = inner.source();
    }
    // The outer two say only that a request was sent.
    let from = parts.len().saturating_sub(2);
    parts.split_off(from).join(": ")
}

const HINTS: &[(&str, &str)] = &[
    ("UnknownIssuer", "give the certificate authority that signed the server's certificate, as a PEM file"),
    ("unknown issuer", "give the certificate authority that signed the server's certificate, as a PEM file"),
    ("certificate", "look at the server's certificate: its names, its dates and who signed it"),
    ("InvalidContentType", "the port may not speak TLS: compare the address's scheme with the server's"),
    ("corrupt message", "the port may not speak TLS: compare the address's scheme with the server's"),
    ("dns error", "look at the name in the address, and at this machine's resolver"),
    ("failed to lookup", "look at the name in the address, and at this machine's resolver"),
    ("refused", "see that the server runs and listens on this port"),
];

fn hint(error: &reqwest::Error, reason: &str) -> &'static str {
    if error.is_timeout() {
        return "see that the server can be reached from here, or allow it more time";
    }
    let known = HINTS.iter().find(|(word, _)| reason.contains(word));
    known.map_or("see that the server can be reached from here, through the proxy if there is one", |(_, hint)| hint)
}
