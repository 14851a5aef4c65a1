//! Sends over HTTP: signs each try, retries what may help, counts.
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use casemate_estate::FacetStatus;
use casemate_http::HttpError;
use serde_json::Value;

use super::{
    Api, ApiError, Identity, Request, bucket,
    endpoint::Endpoints,
    error,
    gate::{Bounds, Gate, backoff},
    protocol, sign,
};
use crate::{
    AwsError, CallCount, Options, Stats,
    credential::{Provider, Wire},
};

/// Bytes of an answer.
const ANSWER_MAX: u64 = 64 << 20;
/// Most tries of one call, and of one that nobody answers.
const TRIES: u32 = 5;
const TRIES_SILENT: u32 = 2;
/// How often one address may say of an operation that it does not know it before it is asked no more, in any region: the
/// same program would give the same answer.
const STRANGE_MAX: u32 = 2;
/// Longest one try may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// Longest wait that a server may ask for.
const RETRY_AFTER_MAX: u64 = 20;

/// Knows the credentials of every account, signs, retries, counts. One for the whole run.
#[derive(Debug)]
pub(crate) struct Client {
    wire: Wire,
    present: Arc<Provider>,
    entered: Mutex<BTreeMap<String, Result<Arc<Provider>, ApiError>>>,
    gates: Mutex<HashMap<(&'static str, String), Arc<Gate>>>,
    bounds: Bounds,
    calls: Mutex<BTreeMap<String, CallCount>>,
    micros: AtomicU64,
    waited: AtomicU64,
    salt: AtomicU64,
    /// Regions of buckets that were asked for in another.
    homes: Mutex<HashMap<String, String>>,
    strange: Strange,
    /// Operations that were answered once: a fault of theirs may pass.
    answered: Mutex<HashSet<(&'static str, &'static str)>>,
}

/// Operations that the one address of all regions (an emulator, a gateway) does not know, by endpoint and name: how
/// often it said so, and the last error.
type Strange = Mutex<HashMap<(&'static str, &'static str), (u32, ApiError)>>;

/// One answer.
struct Answer {
    status: u16,
    header_code: Option<String>,
    retry_after: Option<u64>,
    /// How far this machine's clock is ahead, in seconds.
    skew: Option<i64>,
    /// S3: where the bucket is.
    bucket_region: Option<String>,
    body: Vec<u8>,
}

impl Client {
    /// Prepares the client from the options: HTTP, credentials, endpoints. Makes no call yet.
    ///
    /// # Errors
    /// [`AwsError`] where configuration files are malformed or no source has credentials.
    pub(crate) fn new(options: &Options) -> Result<Self, AwsError> {
        Self::with(&|name: &str| std::env::var(name).ok().filter(|value| !value.is_empty()), options)
    }

    /// The same with another environment.
    fn with(var: &dyn Fn(&str) -> Option<String>, options: &Options) -> Result<Self, AwsError> {
        let found = crate::credential::find(var, options.profile.as_deref())?;
        let http = casemate_http::Client::new(&casemate_http::ClientOptions {
            ca_file: options.ca_file.clone().or_else(|| var("AWS_CA_BUNDLE").map(Into::into)),
            timeout: Some(PATIENCE),
            // An endpoint that somebody names in the clear is theirs to choose: emulators, proxies.
            allow_plain: true,
        })
        .map_err(|error| AwsError::Configuration(error.to_string()))?;
        let endpoints = Endpoints::new(var, &found.profile);
        Ok(Self {
            wire: Wire { http, sts: endpoints.sts(&found.region), region: found.region, endpoints },
            present: Arc::new(found.provider),
            entered: Mutex::default(),
            gates: Mutex::default(),
            bounds: Bounds::new(options.concurrency, options.calls_max, options.deadline),
            calls: Mutex::default(),
            micros: AtomicU64::new(0),
            waited: AtomicU64::new(0),
            salt: AtomicU64::new(u64::from(std::process::id())),
            homes: Mutex::default(),
            strange: Mutex::default(),
            answered: Mutex::default(),
        })
    }

    /// Who the present credentials are, by `sts:GetCallerIdentity`: account and caller's ARN.
    ///
    /// # Errors
    /// [`AwsError::Credentials`] where they do not work.
    pub(crate) fn identity(&self) -> Result<Identity, AwsError> {
        let fail = |reason: String, hint: &str| AwsError::Credentials {
            source_name: self.present.name().to_owned(),
            reason,
            hint: hint.to_owned(),
        };
        self.count("sts:GetCallerIdentity", |count| count.sent += 1);
        let body = self
            .present
            .get(&self.wire)
            .and_then(|credentials| self.wire.sts(&credentials, &[("Action", "GetCallerIdentity")]))
            .map_err(|reason| fail(reason, "look at the keys, at this machine's clock and at AWS_ENDPOINT_URL"))?;
        let arn = crate::credential::tag(&body, "Arn").unwrap_or_default();
        let account = crate::credential::tag(&body, "Account").unwrap_or_default();
        if account.len() != 12 || !account.bytes().all(|b| b.is_ascii_digit()) {
            return Err(fail(
                "the answer to sts:GetCallerIdentity names no account".into(),
                "see that AWS_ENDPOINT_URL is the address of AWS or of an emulator of it",
            ));
        }
        let partition = arn.split(':').nth(1).filter(|part| !part.is_empty()).unwrap_or("aws").to_owned();
        Ok(Identity { account, arn, partition })
    }

    /// Makes the credentials of `account` those of the role of this name there, assumed by the present ones and renewed
    /// before they end. Assumes it at once.
    ///
    /// # Errors
    /// [`ApiError`] where it cannot be assumed; every call for the account then gives the same error.
    pub(crate) fn enter(
        &self,
        partition: &str,
        account: &str,
        role: &str,
        external_id: Option<&str>,
    ) -> Result<(), ApiError> {
        let arn = if role.starts_with("arn:") {
            role.to_owned()
        } else {
            format!("arn:{partition}:iam::{account}:role/{}", role.trim_start_matches('/'))
        };
        let provider = Arc::new(Provider::role(Arc::clone(&self.present), &arn, external_id));
        self.count("sts:AssumeRole", |count| count.sent += 1);
        let result = match provider.get(&self.wire) {
            Ok(_) => Ok(provider),
            Err(reason) => {
                let status = if reason.contains("AccessDenied") { FacetStatus::Denied } else { FacetStatus::Failed };
                let code = if status == FacetStatus::Denied { "AccessDenied" } else { "" };
                let message = format!("cannot assume `{arn}`: {reason}");
                Err(ApiError { status, code: code.into(), message, silent: false })
            }
        };
        let outcome = result.as_ref().map(drop).map_err(Clone::clone);
        self.entered.lock().unwrap_or_else(PoisonError::into_inner).insert(account.to_owned(), result);
        outcome
    }

    /// What was called so far, by action.
    pub(crate) fn stats(&self) -> Stats {
        let seconds = |micros: &AtomicU64| Duration::from_micros(micros.load(Ordering::Relaxed)).as_secs_f64();
        Stats {
            calls: self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            seconds: seconds(&self.micros),
            waited: seconds(&self.waited),
        }
    }

    fn count(&self, action: &str, change: impl FnOnce(&mut CallCount)) {
        change(self.calls.lock().unwrap_or_else(PoisonError::into_inner).entry(action.to_owned()).or_default());
    }

    fn gate(&self, endpoint: &'static str, region: &str) -> Arc<Gate> {
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(gates.entry((endpoint, region.to_owned())).or_insert_with(|| Arc::new(Gate::new())))
    }

    fn provider(&self, account: &str) -> Result<Arc<Provider>, ApiError> {
        match self.entered.lock().unwrap_or_else(PoisonError::into_inner).get(account) {
            Some(entered) => entered.clone(),
            None => Ok(Arc::clone(&self.present)),
        }
    }

    fn pause(&self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.waited.fetch_add(micros, Ordering::Relaxed);
        self.bounds.pause(time);
    }

    /// One call with its tries; the body of a success.
    fn send(&self, request: &Request<'_>) -> Result<Vec<u8>, ApiError> {
        let ours =
            |message: String| ApiError { status: FacetStatus::Failed, code: String::new(), message, silent: false };
        let action = request.call.permission;
        let operation = (request.service.endpoint, request.call.name);
        if let Some((count, error)) = self.strange.lock().unwrap_or_else(PoisonError::into_inner).get(&operation)
            && *count >= STRANGE_MAX
        {
            // Word for word what it would answer, so that a rescan differs in nothing.
            return Err(error.clone());
        }
        let provider = self.provider(request.account)?;
        let bucket = bucket::bucket(request);
        let known =
            bucket.and_then(|name| self.homes.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned());
        let mut region = known.unwrap_or_else(|| request.region.to_owned());
        let mut moved = false;
        let gate = self.gate(request.service.endpoint, request.region);
        let mut tried = 0;
        loop {
            self.bounds.spend().map_err(|why| ours(why.to_owned()))?;
            let turn = gate.turn();
            if !turn.is_zero() {
                self.pause(turn);
            }
            let credentials = provider.get(&self.wire).map_err(|why| ours(format!("no credentials: {why}")))?;
            let place =
                self.bounds.enter().ok_or_else(|| ours("the scan's deadline has passed (--deadline)".into()))?;
            self.count(action, |count| {
                count.sent += 1;
                count.retried += u64::from(tried > 0);
            });
            let start = Instant::now();
            let answer = self.once(request, &region, &credentials);
            self.micros.fetch_add(u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
            drop(place);
            tried += 1;
            let (error, wait, again, silent) = match answer {
                Ok(answer) if answer.status < 300 => {
                    gate.went_well();
                    self.answered.lock().unwrap_or_else(PoisonError::into_inner).insert(operation);
                    return Ok(answer.body);
                }
                Ok(answer) => {
                    let text = String::from_utf8_lossy(&answer.body);
                    if let Some(name) = bucket
                        && !moved
                        && let Some(home) = bucket::home(answer.status, answer.bucket_region.as_deref(), &text)
                        && home != region
                    {
                        self.homes.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), home.clone());
                        (region, moved) = (home, true);
                        continue;
                    }
                    let (code, message) = error::parse(&text, answer.header_code.as_deref());
                    let error = error::of(answer.status, &code, &message, answer.skew);
                    if error.status == FacetStatus::Throttled {
                        gate.throttled();
                    }
                    // A service's own 500 may pass; an unknown page from elsewhere will not.
                    let may_pass = error.status == FacetStatus::Throttled
                        || matches!(answer.status, 502..=504)
                        || (answer.status == 500
                            && (!code.is_empty()
                                || self.answered.lock().unwrap_or_else(PoisonError::into_inner).contains(&operation)));
                    (error, answer.retry_after, may_pass && tried < TRIES, false)
                }
                Err(failure) => {
                    let error = ApiError { silent: true, ..ours(failure.message) };
                    (error, None, failure.may_help && tried < TRIES_SILENT, true)
                }
            };
            if !again || !gate.may_retry(silent) {
                if error.code.is_empty() && !silent && self.wire.endpoints.is_one(request.service) {
                    let mut strange = self.strange.lock().unwrap_or_else(PoisonError::into_inner);
                    let (count, last) = strange.entry(operation).or_insert_with(|| (0, error.clone()));
                    *count = if last.message == error.message { *count + 1 } else { 1 };
                    *last = error.clone();
                }
                // What the table takes as an answer is none of these.
                let call = request.call;
                let is_answer = [call.none, call.unused, call.gone].iter().any(|codes| error::has_code(&error, codes));
                self.count(action, |count| match error.status {
                    _ if is_answer => {}
                    FacetStatus::Denied => count.denied += 1,
                    FacetStatus::Throttled => count.throttled += 1,
                    _ => count.failed += 1,
                });
                return Err(error);
            }
            let salt = self.salt.fetch_add(1, Ordering::Relaxed);
            self.pause(wait.map_or_else(|| backoff(tried, salt), |s| Duration::from_secs(s.min(RETRY_AFTER_MAX))));
        }
    }

    fn once(
        &self,
        request: &Request<'_>,
        region: &str,
        credentials: &aws_credential_types::Credentials,
    ) -> Result<Answer, Failure> {
        let fatal = |message: String| Failure { message, may_help: false };
        let base = self.wire.endpoints.of(request.service, request.account, region);
        let (body, headers) = protocol::write(request);
        let slash = if request.path.starts_with('/') { "" } else { "/" };
        let mut http = casemate_http::Request {
            method: match request.method {
                "GET" => "GET",
                "HEAD" => "HEAD",
                _ => "POST",
            },
            url: format!("{base}{slash}{}", request.path),
            headers,
            body,
        };
        sign::signed(&mut http, credentials, request.service.name, region, SystemTime::now())
            .map_err(|why| fatal(format!("cannot sign the request: {why}")))?;
        let answer = self.wire.http.send_once(&http).map_err(|error| Failure::of(&error))?;
        let status = answer.status;
        let header_code = answer.header("x-amzn-errortype").map(str::to_owned);
        let retry_after = answer.header("retry-after").and_then(|text| text.trim().parse().ok());
        let skew = answer.header("date").and_then(skew);
        let bucket_region = answer.header("x-amz-bucket-region").map(str::to_owned);
        let body = answer.bytes(ANSWER_MAX).map_err(|error| Failure {
            may_help: matches!(error, casemate_http::BodyError::Read { .. }),
            message: stable(&error.to_string()),
        })?;
        Ok(Answer { status, header_code, retry_after, skew, bucket_region, body })
    }
}

/// Nobody answered whole.
struct Failure {
    message: String,
    may_help: bool,
}

impl Failure {
    fn of(error: &HttpError) -> Self {
        Self { message: format!("no answer: {}", stable(&error.reason)), may_help: !super::error::is_refused(error) }
    }
}

/// An error's words without numbers that differ from run to run.
fn stable(reason: &str) -> String {
    match reason.find(" after ") {
        Some(at) => reason.get(..at).unwrap_or(reason).to_owned(),
        None => reason.to_owned(),
    }
}

/// How far this machine's clock is ahead of the server's, in seconds.
fn skew(date: &str) -> Option<i64> {
    let there = jiff::fmt::rfc2822::parse(date).ok()?.timestamp();
    Some(jiff::Timestamp::now().as_second() - there.as_second())
}

impl Api for Client {
    fn call(&self, request: &Request<'_>) -> Result<Value, ApiError> {
        let body = self.send(request)?;
        let text = std::str::from_utf8(&body).map_err(|_| "the answer is no text".to_owned());
        text.and_then(|text| protocol::read(request, text)).map_err(|message| {
            self.count(request.call.permission, |count| count.failed += 1);
            ApiError { status: FacetStatus::Failed, code: String::new(), message, silent: false }
        })
    }

    fn bytes(&self, request: &Request<'_>) -> Result<Vec<u8>, ApiError> {
        self.send(request)
    }
}

#[cfg(test)]
#[path = "client_tests.rs"]
mod tests;
