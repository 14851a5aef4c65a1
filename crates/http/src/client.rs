use std::{error::Error, io, sync::OnceLock, thread, time::Duration};

use reqwest::{
    Certificate, Method, Url,
    blocking::{Client as Inner, Response as Answer},
    header::{HeaderMap, HeaderName, HeaderValue},
    redirect::Policy,
};

use crate::{ClientOptions, HttpError, Request, Response, address, body::Body};

/// Redirects that are followed.
const REDIRECTS: usize = 5;
/// Times that a request is sent again.
const RETRIES: u32 = 3;
/// Longest wait before it is.
const WAIT_MAX: Duration = Duration::from_secs(30);
/// First wait where the server says none; doubled each time.
const WAIT: Duration = Duration::from_millis(250);
/// Bytes of a file of certificate authorities.
const CA_MAX: u64 = 16 << 20;
/// Headers that open doors, and so stay with the origin they were meant for.
const CREDENTIALS: &[&str] = &["authorization", "cookie", "proxy-authorization", "x-registry-auth"];

const HINT_PLAIN: &str = "use https, or allow plain http for this server if the network between is yours";

/// A client with its pool of connections. Cheap to share by reference between threads.
#[derive(Debug)]
pub struct Client {
    authorities: Vec<Certificate>,
    timeout: Duration,
    allow_plain: bool,
    /// Through the environment's proxy, and straight to loopback. Made when first needed: each has a thread.
    outer: OnceLock<Result<Inner, String>>,
    local: OnceLock<Result<Inner, String>>,
}

impl Client {
    /// Prepares TLS and the pool.
    ///
    /// # Errors
    /// [`HttpError`] where `ca_file` cannot be read.
    pub fn new(options: &ClientOptions) -> Result<Self, HttpError> {
        // Fails only where a provider is installed already, which serves as well.
        drop(rustls::crypto::ring::default_provider().install_default());
        let authorities = match &options.ca_file {
            None => Vec::new(),
            Some(path) => authorities_read(path)?,
        };
        Ok(Self {
            authorities,
            timeout: options.timeout.unwrap_or(Duration::from_secs(30)),
            allow_plain: options.allow_plain,
            outer: OnceLock::new(),
            local: OnceLock::new(),
        })
    }

    /// Sends; follows at most five redirects; tries again up to three times on 429, 502, 503, 504 and broken
    /// connections, and waits as `Retry-After` says, at most 30 s.
    ///
    /// # Errors
    /// [`HttpError`] where no answer came.
    pub fn send(&self, request: &Request) -> Result<Response, HttpError> {
        let fail = |reason: &str, hint| HttpError::new(request.method, &request.url, reason, hint);
        let mut url = Url::parse(&request.url)
            .map_err(|error| fail(&format!("no valid address: {error}"), "give an absolute https address"))?;
        let mut method = Method::from_bytes(request.method.as_bytes())
            .map_err(|_| fail("no valid method", "this is a fault of the program: report it"))?;
        let mut headers = headers_of(request)?;
        let mut body = request.body.clone();
        for _ in 0..=REDIRECTS {
            self.plain_check(request, &url)?;
            let answer = self.attempt(request.method, &method, &url, &headers, &body)?;
            let Some(next) = redirect_of(&url, &answer) else { return Ok(response(answer)) };
            let mut next =
                next.map_err(|reason| HttpError::new(request.method, url.as_str(), reason, REDIRECT_HINT))?;
            if url.scheme() == "https" && next.scheme() != "https" && !self.allow_plain {
                return Err(fail("it redirects from https to plain http", HINT_PLAIN));
            }
            if address::is_loopback(&next) && !address::is_loopback(&url) {
                return Err(fail("it redirects to this machine's own loopback", REDIRECT_HINT));
            }
            if !address::same_origin(&url, &next) {
                for name in CREDENTIALS {
                    headers.remove(*name);
                }
            }
            // A server does not choose whose name we use.
            address::user_remove(&mut next);
            // RFC 9110, 15.4: 303 turns any method but HEAD into GET; 301 and 302 do so to POST by custom.
            let status = answer.status().as_u16();
            if (status == 303 && method != Method::HEAD) || (matches!(status, 301 | 302) && method == Method::POST) {
                method = Method::GET;
                body.clear();
                headers.remove("content-type");
            }
            url = next;
        }
        Err(fail(&format!("more than {REDIRECTS} redirects"), REDIRECT_HINT))
    }

    /// Sends once: no redirect is followed, nothing is tried again. For callers whose requests are signed, and so good for
    /// one address and a short time, and who retry by rules of their own.
    ///
    /// # Errors
    /// [`HttpError`] where no answer came.
    pub fn send_once(&self, request: &Request) -> Result<Response, HttpError> {
        let fail = |reason: String, hint| HttpError::new(request.method, &request.url, reason, hint);
        let url = Url::parse(&request.url)
            .map_err(|error| fail(format!("no valid address: {error}"), "give an absolute https address"))?;
        let method = Method::from_bytes(request.method.as_bytes())
            .map_err(|_| fail("no valid method".into(), "this is a fault of the program: report it"))?;
        self.plain_check(request, &url)?;
        let inner = self
            .inner(&url)
            .map_err(|reason| fail(reason.to_owned(), "look at SSL_CERT_FILE, SSL_CERT_DIR and the proxy variables"))?;
        let mut builder = inner.request(method, url).headers(headers_of(request)?);
        if !request.body.is_empty() {
            builder = builder.body(request.body.clone());
        }
        builder.send().map(response).map_err(|error| HttpError::of(request.method, &request.url, error))
    }

    fn plain_check(&self, request: &Request, url: &Url) -> Result<(), HttpError> {
        let why = match url.scheme() {
            "https" => return Ok(()),
            "http" if self.allow_plain || address::is_loopback(url) => return Ok(()),
            "http" => "plain http is allowed to loopback only".to_owned(),
            other => format!("scheme `{other}` is neither https nor http"),
        };
        Err(HttpError::new(request.method, url.as_str(), why, HINT_PLAIN))
    }

    /// Sends to one address, again where that may help.
    fn attempt(
        &self,
        shown: &'static str,
        method: &Method,
        url: &Url,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Answer, HttpError> {
        let inner = self.inner(url).map_err(|reason| {
            HttpError::new(shown, url.as_str(), reason, "look at SSL_CERT_FILE, SSL_CERT_DIR and the proxy variables")
        })?;
        let mut tried = 0;
        loop {
            let mut builder = inner.request(method.clone(), url.clone()).headers(headers.clone());
            if !body.is_empty() {
                builder = builder.body(body.to_vec());
            }
            let wait = WAIT.saturating_mul(1 << tried);
            match builder.send() {
                Ok(answer) if tried < RETRIES && matches!(answer.status().as_u16(), 429 | 502 | 503 | 504) => {
                    thread::sleep(retry_after(&answer).unwrap_or(wait).min(WAIT_MAX));
                }
                Ok(answer) => return Ok(answer),
                Err(error) if tried < RETRIES && may_help(&error) => thread::sleep(wait),
                Err(error) => return Err(HttpError::of(shown, url.as_str(), error)),
            }
            tried += 1;
        }
    }

    fn inner(&self, url: &Url) -> Result<&Inner, &str> {
        let local = address::is_loopback(url);
        let cell = if local { &self.local } else { &self.outer };
        cell.get_or_init(|| self.build(local)).as_ref().map_err(String::as_str)
    }

    fn build(&self, local: bool) -> Result<Inner, String> {
        let builder = || {
            let builder = Inner::builder()
                .user_agent(concat!("casemate/", env!("CARGO_PKG_VERSION")))
                .redirect(Policy::none())
                .retry(reqwest::retry::never())
                .referer(false)
                .timeout(self.timeout)
                .connect_timeout(self.timeout);
            if local { builder.no_proxy() } else { builder }
        };
        let whole = builder().tls_certs_merge(self.authorities.clone()).build();
        match whole {
            Ok(client) => Ok(client),
            // A machine without any authority may still speak plain http to its loopback; https then fails by name.
            Err(_) if local => builder().tls_certs_only([]).build().map_err(|error| crate::error::chain(&error)),
            Err(error) => Err(crate::error::chain(&error)),
        }
    }
}

const REDIRECT_HINT: &str = "look at where the server sends its clients";

fn authorities_read(path: &std::path::Path) -> Result<Vec<Certificate>, HttpError> {
    let hint = "give a PEM file with at least one certificate that this user may read";
    let error = |reason: String, source: Option<Box<dyn Error + Send + Sync>>| HttpError {
        method: "read",
        url: path.display().to_string(),
        reason,
        hint,
        source,
    };
    let file = std::fs::File::open(path).map_err(|cause| error(cause.to_string(), Some(Box::new(cause))))?;
    let bytes = crate::read_bounded(file, CA_MAX).map_err(|cause| error(cause.to_string(), Some(Box::new(cause))))?;
    let found = Certificate::from_pem_bundle(&bytes)
        .map_err(|cause| error(crate::error::chain(&cause), Some(Box::new(cause))))?;
    if found.is_empty() { Err(error("it holds no certificate".into(), None)) } else { Ok(found) }
}

fn headers_of(request: &Request) -> Result<HeaderMap, HttpError> {
    let mut out = HeaderMap::new();
    for (name, value) in &request.headers {
        let key = HeaderName::from_bytes(name.as_bytes());
        let (Ok(key), Ok(mut value)) = (key, HeaderValue::from_str(value)) else {
            let reason = format!("header `{}` has bytes that no header may have", name.escape_debug());
            return Err(HttpError::new(
                request.method,
                &request.url,
                reason,
                "look at the credentials that were given",
            ));
        };
        value.set_sensitive(CREDENTIALS.contains(&key.as_str()));
        out.append(key, value);
    }
    Ok(out)
}

/// Where the answer sends us; an error where it sends us nowhere that is an address.
fn redirect_of(url: &Url, answer: &Answer) -> Option<Result<Url, String>> {
    if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = answer.headers().get("location")?;
    Some(location_resolve(url, location.as_bytes()))
}

/// Resolves a `Location` against the address that gave it.
pub(crate) fn location_resolve(url: &Url, location: &[u8]) -> Result<Url, String> {
    let text = std::str::from_utf8(location).map_err(|_| "its redirect is no address".to_owned())?;
    let next = url.join(text).map_err(|error| format!("its redirect is no address: {error}"))?;
    if next.host().is_none() { Err("its redirect names no host".into()) } else { Ok(next) }
}

/// `Retry-After` in seconds; a date counts as not said.
fn retry_after(answer: &Answer) -> Option<Duration> {
    let seconds = answer.headers().get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// A connection that broke may hold the next time. What timed out has had its time; what TLS refuses it refuses again,
/// and a port that nobody listens on stays so for longer than we would wait.
fn may_help(error: &reqwest::Error) -> bool {
    if error.is_timeout() || error.is_builder() {
        return false;
    }
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        let io = inner.downcast_ref::<io::Error>();
        if inner.is::<rustls::Error>() || io.is_some_and(|io| io.kind() == io::ErrorKind::ConnectionRefused) {
            return false;
        }
        // An I/O error that wraps another error gives that one's source as its own, and so would hide it.
        cause = match io.and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => inner.source(),
        };
    }
    error.is_connect() || error.is_request()
}

fn response(answer: Answer) -> Response {
    let headers = answer.headers().iter();
    // A value that is not text is of no use to any caller.
    let headers = headers.filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
    Response { status: answer.status().as_u16(), headers: headers.collect(), body: Box::new(Body(answer)) }
}
