//! Makes calls: pages joined, answers that several kinds share kept, actions that nobody answers left alone.
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use casemate_estate::FacetStatus;
use serde_json::{Map, Value};

use crate::{
    api::{Api, ApiError, Request},
    shape::shape,
    table::{Call, Page, Protocol, Service, Subject},
    template,
};

/// Most pages of one answer.
const PAGES_MAX: usize = 20_000;
/// Calls of one action in one scope that nobody answered, one after the other, before it is left alone.
const SILENT_MAX: u32 = 3;
/// The same for calls that were throttled to the end.
const THROTTLED_MAX: u32 = 5;

/// How often an action got no answer, by scope and action, and the last error.
type Silences = Mutex<HashMap<(String, &'static str), (u32, ApiError)>>;

/// What all scopes of a run share.
pub(crate) struct Caller<'a> {
    api: &'a dyn Api,
    cancel: &'a AtomicBool,
    silences: Silences,
}

/// The scope in which calls are made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) partition: String,
    /// Whose resources.
    pub(crate) account: String,
    /// Whose credentials: another account's for what only the organisation's management account may ask.
    pub(crate) caller: String,
    pub(crate) region: String,
}

/// Answers that were had already, by call and parameters.
pub(crate) type Memo = Mutex<HashMap<String, Arc<Result<Value, ApiError>>>>;

/// An error of our own making.
pub(crate) fn failed(message: impl Into<String>) -> ApiError {
    ApiError { status: FacetStatus::Failed, code: String::new(), message: message.into(), silent: false }
}

impl<'a> Caller<'a> {
    pub(crate) fn new(api: &'a dyn Api, cancel: &'a AtomicBool) -> Self {
        Self { api, cancel, silences: Mutex::default() }
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// The call's whole answer, made once a scope.
    pub(crate) fn once(
        &self,
        memo: &Memo,
        scope: &Scope,
        service: &'static Service,
        call: &'static Call,
        subject: &Subject<'_>,
    ) -> Arc<Result<Value, ApiError>> {
        let params = template::params(call.params, subject).map(Value::Object).unwrap_or_default();
        let path = template::fill(call.path, subject, template::percent).unwrap_or_default();
        // Two kinds may read different fields of one answer: the shape belongs to the key.
        let key = format!("{} {} {path} {params} {:p}", service.endpoint, call.name, call.shape.as_ptr());
        let found = memo.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(found) = found {
            return found;
        }
        let made = Arc::new(self.make(scope, service, call, subject, Map::new()));
        memo.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&made));
        made
    }

    /// Makes the call for the subject, all its pages. `more`: parameters beside those of the table.
    pub(crate) fn make(
        &self,
        scope: &Scope,
        service: &'static Service,
        call: &'static Call,
        subject: &Subject<'_>,
        more: Map<String, Value>,
    ) -> Result<Value, ApiError> {
        let undefined =
            || failed(format!("cannot call {}: a field that it needs is not in the answer before it", call.permission));
        let mut params = template::params(call.params, subject).ok_or_else(undefined)?;
        params.extend(more);
        let line = template::fill(call.path, subject, template::percent).ok_or_else(undefined)?;
        let (method, path) = match line.split_once(' ') {
            Some((method, path)) => (method.to_owned(), path.to_owned()),
            None => ("POST".to_owned(), "/".to_owned()),
        };
        let shape = shape(call.shape).map_err(|error| failed(error.to_string()))?;
        let place = format!("{}/{}", scope.account, subject.region);
        let mut merged: Option<Value> = None;
        let mut request = Request {
            service,
            call,
            account: &scope.caller,
            region: if call.region.is_empty() || scope.partition != "aws" { subject.region } else { call.region },
            method: &method,
            path: path.clone(),
            params,
            shape,
        };
        let mut token_before: Option<String> = None;
        for _ in 0..PAGES_MAX {
            let mut answer = self.one(&place, &request)?;
            let token = match call.page {
                Page::One => None,
                Page::Token { get, .. } => {
                    template::at(&answer, get).and_then(template::text).filter(|t| !t.is_empty())
                }
            };
            // The token is not part of what is kept: it changes by itself.
            if let (Page::Token { get, .. }, Some(map)) = (call.page, answer.as_object_mut()) {
                map.remove(get);
            }
            match merged.as_mut() {
                None => merged = Some(answer),
                Some(before) => merge(before, answer),
            }
            let (Some(token), Page::Token { send, .. }) = (token, call.page) else {
                return Ok(merged.unwrap_or_default());
            };
            if token_before.as_ref() == Some(&token) {
                return Err(failed(format!("{} gives the same page without end", call.permission)));
            }
            if method == "GET" {
                let joint = if path.contains('?') { '&' } else { '?' };
                request.path = format!("{path}{joint}{send}={}", template::percent(&token));
            } else {
                request.params.insert(send.to_owned(), Value::String(token.clone()));
            }
            token_before = Some(token);
        }
        Err(failed(format!("{} has more than {PAGES_MAX} pages", call.permission)))
    }

    /// One page, unless the action is left alone.
    fn one(&self, place: &str, request: &Request<'_>) -> Result<Value, ApiError> {
        if self.is_cancelled() {
            return Err(failed("the scan was stopped"));
        }
        let key = (place.to_owned(), request.call.permission);
        if let Some((count, error)) = self.silences.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            let most = if error.status == FacetStatus::Throttled { THROTTLED_MAX } else { SILENT_MAX };
            if *count >= most {
                let mut error = error.clone();
                error.message.push_str("; not asked again, since it went so before");
                return Err(error);
            }
        }
        let answer = self.api.call(request);
        let mut silences = self.silences.lock().unwrap_or_else(PoisonError::into_inner);
        match &answer {
            Err(error) if error.silent || error.status == FacetStatus::Throttled => {
                let entry = silences.entry(key).or_insert_with(|| (0, error.clone()));
                *entry = (entry.0 + 1, error.clone());
            }
            _ => {
                silences.remove(&key);
            }
        }
        answer
    }
}

/// Joins a later page to the earlier ones: lists grow, objects unite, the rest is the later page's.
fn merge(before: &mut Value, page: Value) {
    match (before, page) {
        (Value::Array(items), Value::Array(more)) => items.extend(more),
        (Value::Object(map), Value::Object(more)) => {
            for (name, value) in more {
                match map.get_mut(&name) {
                    Some(here) => merge(here, value),
                    None => {
                        map.insert(name, value);
                    }
                }
            }
        }
        (before, page) => *before = page,
    }
}

/// What a gap says: the action, on what, why and what to do.
pub(crate) fn reason(call: &Call, error: &ApiError) -> String {
    let hint = match error.status {
        FacetStatus::Denied => format!("\nhint: allow `{}` for the scanning role", call.permission),
        FacetStatus::Throttled => "\nhint: scan again, or with a lower --concurrency".to_owned(),
        _ => String::new(),
    };
    format!("{}: {}{hint}", call.permission, error.message)
}

/// The region at which a service is asked in this scope.
pub(crate) fn is_rest(service: &Service) -> bool {
    matches!(service.protocol, Protocol::RestJson | Protocol::RestXml)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pages_are_joined() {
        let mut before = json!({"L": [1], "M": {"A": [1]}, "T": "a"});
        merge(&mut before, json!({"L": [2], "M": {"A": [2], "B": 1}, "T": "b"}));
        assert_eq!(before, json!({"L": [1, 2], "M": {"A": [1, 2], "B": 1}, "T": "b"}));
    }
}
