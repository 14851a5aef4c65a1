#![allow(dead_code, clippy::all, clippy::pedantic, reason = "replaced by client.rs as soon as that is committed")]
//! A plain client, until the whole one stands: environment credentials, one endpoint for all.
use std::{
    collections::BTreeMap,
    sync::Mutex,
    time::{Duration, SystemTime},
};

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{
        PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings,
        UriPathNormalizationMode, sign,
    },
    sign::v4,
};
use casemate_estate::FacetStatus;
use serde_json::{Map, Value};

use super::{Api, ApiError, Identity, Request};
use crate::{
    CallCount,
    shape::{from_json, from_xml},
    table::Protocol,
    template::percent,
};

pub(crate) struct Client {
    http: casemate_http::Client,
    endpoint: Option<String>,
    present: Credentials,
    others: Mutex<BTreeMap<String, Credentials>>,
    calls: Mutex<BTreeMap<String, CallCount>>,
}
impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Client")
    }
}

fn failed(status: FacetStatus, code: &str, message: String) -> ApiError {
    ApiError { status, code: code.into(), message, silent: false }
}

impl Client {
    pub(crate) fn new(_options: &crate::Options) -> Result<Self, crate::AwsError> {
        let var = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
        let (Some(key), Some(secret)) = (var("AWS_ACCESS_KEY_ID"), var("AWS_SECRET_ACCESS_KEY")) else {
            return Err(crate::AwsError::NoCredentials {
                tried: "environment".into(),
                hint: "set AWS_ACCESS_KEY_ID".into(),
            });
        };
        let http = casemate_http::Client::new(&casemate_http::ClientOptions {
            timeout: Some(Duration::from_secs(15)),
            ..Default::default()
        })
        .map_err(|e| crate::AwsError::Configuration(e.to_string()))?;
        Ok(Self {
            http,
            endpoint: var("AWS_ENDPOINT_URL"),
            present: Credentials::new(key, secret, var("AWS_SESSION_TOKEN"), None, "env"),
            others: Mutex::default(),
            calls: Mutex::default(),
        })
    }
    fn sts(&self, form: &str) -> Result<String, String> {
        let url = self.endpoint.clone().unwrap_or_else(|| "https://sts.us-east-1.amazonaws.com".into()) + "/";
        let (status, _, body) = self.http(
            &self.present,
            "sts",
            "us-east-1",
            "POST",
            &url,
            vec![("content-type".into(), "application/x-www-form-urlencoded; charset=utf-8".into())],
            form.as_bytes().to_vec(),
        )?;
        if status != 200 {
            return Err(body);
        }
        Ok(body)
    }
    pub(crate) fn identity(&self) -> Result<Identity, crate::AwsError> {
        let body = self.sts("Action=GetCallerIdentity&Version=2011-06-15").map_err(crate::AwsError::Configuration)?;
        let tag = |name: &str| {
            body.split_once(&format!("<{name}>"))
                .and_then(|(_, r)| r.split_once('<'))
                .map(|(t, _)| t.to_owned())
                .unwrap_or_default()
        };
        let arn = tag("Arn");
        Ok(Identity { account: tag("Account"), partition: arn.split(':').nth(1).unwrap_or("aws").to_owned(), arn })
    }
    pub(crate) fn enter(&self, account: &str, role: &str, _external_id: Option<&str>) -> Result<(), ApiError> {
        let body = self
            .sts(&format!(
                "Action=AssumeRole&Version=2011-06-15&RoleSessionName=casemate&RoleArn={}",
                percent(&format!("arn:aws:iam::{account}:role/{role}"))
            ))
            .map_err(|m| failed(FacetStatus::Denied, "AccessDenied", m.chars().take(300).collect()))?;
        let tag = |name: &str| {
            body.split_once(&format!("<{name}>"))
                .and_then(|(_, r)| r.split_once('<'))
                .map(|(t, _)| t.to_owned())
                .unwrap_or_default()
        };
        let made =
            Credentials::new(tag("AccessKeyId"), tag("SecretAccessKey"), Some(tag("SessionToken")), None, "role");
        self.others.lock().unwrap_or_else(|e| e.into_inner()).insert(account.into(), made);
        Ok(())
    }
    pub(crate) fn stats(&self) -> crate::Stats {
        crate::Stats { calls: self.calls.lock().unwrap_or_else(|e| e.into_inner()).clone(), ..Default::default() }
    }
    #[allow(clippy::too_many_arguments, reason = "x")]
    fn http(
        &self,
        credentials: &Credentials,
        service: &str,
        region: &str,
        method: &'static str,
        url: &str,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    ) -> Result<(u16, Vec<(String, String)>, String), String> {
        let identity = credentials.clone().into();
        let mut settings = SigningSettings::default();
        settings.signature_location = SignatureLocation::Headers;
        if service == "s3" {
            settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
            settings.percent_encoding_mode = PercentEncodingMode::Single;
            settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        }
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(region)
            .name(service)
            .time(SystemTime::now())
            .settings(settings)
            .build()
            .map_err(|e| e.to_string())?
            .into();
        let signable = SignableRequest::new(
            method,
            url,
            headers.iter().map(|(a, b)| (a.as_str(), b.as_str())),
            SignableBody::Bytes(&body),
        )
        .map_err(|e| e.to_string())?;
        let (instructions, _) = sign(signable, &params).map_err(|e| e.to_string())?.into_parts();
        let mut request = casemate_http::Request { method, url: url.to_owned(), headers, body };
        for (name, value) in instructions.headers() {
            request.headers.push((name.to_owned(), value.to_owned()));
        }
        let answer = self.http.send(&request).map_err(|e| e.to_string())?;
        let status = answer.status;
        let headers = answer.headers.clone();
        let body = answer.bytes(64 << 20).map_err(|e| e.to_string())?;
        Ok((status, headers, String::from_utf8_lossy(&body).into_owned()))
    }
}

fn flatten(prefix: &str, value: &Value, ec2: bool, out: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                let name = if ec2 { format!("{prefix}.{}", i + 1) } else { format!("{prefix}.member.{}", i + 1) };
                flatten(&name, item, ec2, out);
            }
        }
        Value::Object(map) => {
            for (k, v) in map {
                flatten(&format!("{prefix}.{k}"), v, ec2, out);
            }
        }
        Value::Null => {}
        Value::String(s) => out.push((prefix.into(), s.clone())),
        other => out.push((prefix.into(), other.to_string())),
    }
}

impl Api for Client {
    fn call(&self, request: &Request<'_>) -> Result<Value, ApiError> {
        let credentials = self
            .others
            .lock()
            .unwrap_or_else(|e| e.into_inner())
            .get(request.account)
            .cloned()
            .unwrap_or_else(|| self.present.clone());
        let service = request.service;
        let base = self
            .endpoint
            .clone()
            .unwrap_or_else(|| format!("https://{}.{}.amazonaws.com", service.endpoint, request.region));
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut body = Vec::new();
        let mut path = request.path.clone();
        let method: &'static str = match request.method {
            "GET" => "GET",
            "HEAD" => "HEAD",
            _ => "POST",
        };
        match service.protocol {
            Protocol::Query { version } | Protocol::Ec2 { version } => {
                let ec2 = matches!(service.protocol, Protocol::Ec2 { .. });
                let mut form = vec![
                    ("Action".to_owned(), request.call.name.to_owned()),
                    ("Version".to_owned(), version.to_owned()),
                ];
                for (k, v) in &request.params {
                    flatten(k, v, ec2, &mut form);
                }
                body = form
                    .iter()
                    .map(|(k, v)| format!("{}={}", percent(k), percent(v)))
                    .collect::<Vec<_>>()
                    .join("&")
                    .into_bytes();
                headers.push(("content-type".into(), "application/x-www-form-urlencoded; charset=utf-8".into()));
            }
            Protocol::Json { target, version } => {
                headers.push(("content-type".into(), format!("application/x-amz-json-{version}")));
                headers.push(("x-amz-target".into(), format!("{target}.{}", request.call.name)));
                body = serde_json::to_vec(&request.params).unwrap_or_default();
            }
            Protocol::RestJson | Protocol::RestXml => {
                if method == "POST" {
                    headers.push(("content-type".into(), "application/json".into()));
                    body = serde_json::to_vec(&request.params).unwrap_or_default();
                }
                headers.push(("accept".into(), "application/json".into()));
                if service.endpoint.starts_with("s3-control") {
                    headers.push(("x-amz-account-id".into(), request.account.to_owned()));
                }
                if !path.starts_with('/') {
                    path.insert(0, '/');
                }
            }
        }
        let url = format!("{base}{path}");
        let mut tries = 0;
        let (status, headers, text) = loop {
            tries += 1;
            self.calls
                .lock()
                .unwrap_or_else(|e| e.into_inner())
                .entry(request.call.permission.to_owned())
                .or_default()
                .sent += 1;
            match self.http(&credentials, service.name, request.region, method, &url, headers.clone(), body.clone()) {
                Ok(got) => break got,
                Err(e) => return Err(ApiError { silent: true, ..failed(FacetStatus::Failed, "", e) }),
            }
        };
        let _ = tries;
        let xml = matches!(service.protocol, Protocol::Query { .. } | Protocol::Ec2 { .. } | Protocol::RestXml);
        if status < 300 {
            if xml {
                if text.trim_start().starts_with('{') {
                    return Ok(from_json(serde_json::json!({"Policy": text}), request.shape));
                }
                return from_xml(&text, request.shape, matches!(service.protocol, Protocol::Ec2 { .. }))
                    .map_err(|e| failed(FacetStatus::Failed, "", e.0));
            }
            let value: Value = if text.trim().is_empty() {
                Value::Object(Map::new())
            } else {
                serde_json::from_str(&text).map_err(|e| failed(FacetStatus::Failed, "", format!("no JSON: {e}")))?
            };
            return Ok(from_json(value, request.shape));
        }
        let tag = |name: &str| {
            text.split_once(&format!("<{name}>")).and_then(|(_, r)| r.split_once('<')).map(|(t, _)| t.to_owned())
        };
        let json: Value = serde_json::from_str(&text).unwrap_or_default();
        let code = tag("Code")
            .or_else(|| headers.iter().find(|(k, _)| k == "x-amzn-errortype").map(|(_, v)| v.clone()))
            .or_else(|| json.get("__type").or_else(|| json.get("code")).and_then(Value::as_str).map(str::to_owned))
            .unwrap_or_default();
        let code = code.split(':').next().unwrap_or_default().rsplit('#').next().unwrap_or_default().to_owned();
        let message = tag("Message")
            .or_else(|| json.get("message").or_else(|| json.get("Message")).and_then(Value::as_str).map(str::to_owned))
            .unwrap_or_default();
        let kind = if code.contains("AccessDenied")
            || code.contains("Unauthorized")
            || code.contains("NotAuthorized")
            || status == 403
        {
            FacetStatus::Denied
        } else if code.contains("Throttl")
            || code.contains("TooManyRequests")
            || code.contains("SlowDown")
            || code.contains("LimitExceeded")
            || status == 429
        {
            FacetStatus::Throttled
        } else {
            FacetStatus::Failed
        };
        Err(failed(kind, &code, format!("{code}: {} (status {status})", message.chars().take(300).collect::<String>())))
    }
}
