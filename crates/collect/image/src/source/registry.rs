//! A registry over its v2 API (OCI distribution spec 1.1), with the token scheme of the Docker registry
//! (<https://distribution.github.io/distribution/spec/auth/token/>) and basic authentication (RFC 7617).
use std::{
    collections::BTreeMap,
    fs,
    io::Read,
    path::{Path, PathBuf},
    sync::Mutex,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use casemate_http::{Client, ClientOptions, Request, Response};
use serde::Deserialize;

use super::{Blobs, Found, What, blob_image_from, document_read};
use crate::{Digest, ImageError, Options, reference::Name};

const ACCEPT: &str = "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, \
                      application/vnd.docker.distribution.manifest.list.v2+json, \
                      application/vnd.docker.distribution.manifest.v2+json";
/// Bytes of an answer of a token server, of an error, and of a file of credentials.
const ANSWER_MAX: u64 = 1 << 20;

/// The image of this name in its registry.
pub(crate) fn registry(name: &Name, options: &Options) -> Result<Found, ImageError> {
    let http = ClientOptions { ca_file: options.ca_file.clone(), timeout: None, allow_plain: options.plain_http };
    // The only registry whose host is not its domain.
    let host = if name.domain == "docker.io" { "registry-1.docker.io".to_owned() } else { name.domain.clone() };
    let credentials = match &options.credentials {
        Some((user, password)) => Some(Credentials::Basic(user.clone(), password.clone())),
        None => stored_credentials(name)?,
    };
    let registry = Registry {
        client: Client::new(&http)?,
        scheme: Mutex::new(if options.plain_http || is_loopback(&host) { Scheme::Unsure } else { Scheme::Https }),
        host,
        path: name.path.clone(),
        credentials,
        authorization: Mutex::new(None),
    };
    let wanted = match (&name.digest, &name.tag) {
        (Some(digest), _) => digest.to_string(),
        (None, Some(tag)) => tag.clone(),
        (None, None) => "latest".into(),
    };
    let what = format!("manifest {wanted} of {}", name.path);
    let answer = registry.get(&format!("manifests/{wanted}"), Some(ACCEPT), &what)?;
    let said = answer.header("docker-content-digest").and_then(Digest::parse);
    let bytes = document_read(answer.body, &what, &registry.host, &options.limits)?;
    // By tag, the registry's word is all there is; by digest, it is proven.
    let digest = name.digest.clone().or(said).unwrap_or_else(|| Digest::of(&bytes));
    if !digest.matches(&bytes) {
        let why = format!("its bytes do not have the digest {digest}");
        return Err(ImageError::document(what, &registry.host, why));
    }
    blob_image_from(registry, (digest, bytes), name.full(), vec![name.full()], options)
}

#[derive(Clone)]
enum Credentials {
    Basic(String, String),
    /// What `docker login` got from a server that has its own sign-in.
    Identity(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scheme {
    Https,
    Http,
    /// Plain is allowed, and nobody knows yet whether it is needed.
    Unsure,
}

struct Registry {
    client: Client,
    scheme: Mutex<Scheme>,
    host: String,
    path: String,
    credentials: Option<Credentials>,
    /// The value that the registry took last.
    authorization: Mutex<Option<String>>,
}

impl Registry {
    fn get(&self, rest: &str, accept: Option<&str>, what: &str) -> Result<Response, ImageError> {
        let scheme = *self.scheme.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if scheme != Scheme::Unsure {
            return self.get_from(scheme, rest, accept, what);
        }
        // TLS is tried first, also where plain is allowed.
        let (found, answer) = match self.get_from(Scheme::Https, rest, accept, what) {
            Err(ImageError::Http(tls)) => match self.get_from(Scheme::Http, rest, accept, what) {
                // A server of TLS says so to who speaks plain: what was wrong with TLS is the reason then.
                Err(ImageError::Registry { why, .. }) if why.starts_with("status 400") => return Err(tls.into()),
                Err(ImageError::Http(_)) => return Err(tls.into()),
                other => (Scheme::Http, other),
            },
            other => (Scheme::Https, other),
        };
        if answer.is_ok() {
            *self.scheme.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = found;
        }
        answer
    }

    fn get_from(&self, scheme: Scheme, rest: &str, accept: Option<&str>, what: &str) -> Result<Response, ImageError> {
        let scheme = if scheme == Scheme::Http { "http" } else { "https" };
        let url = format!("{scheme}://{}/v2/{}/{rest}", self.host, self.path);
        let request = |authorization: Option<String>| {
            let mut request = Request::get(url.clone());
            if let Some(accept) = accept {
                request = request.header("Accept", accept);
            }
            match authorization {
                Some(value) => request.header("Authorization", value),
                None => request,
            }
        };
        let known = self.authorization.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        let first = self.client.send(&request(known))?;
        if first.status != 401 {
            return self.judge(first, what);
        }
        // A token may have run out as well: ask for a new one either way.
        let Some(authorization) = self.authorize(&first, what)? else { return self.judge(first, what) };
        let second = self.client.send(&request(Some(authorization.clone())))?;
        if second.status != 401 {
            *self.authorization.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(authorization);
        }
        self.judge(second, what)
    }

    /// Turns what is no success into an error with the registry's own words.
    fn judge(&self, answer: Response, what: &str) -> Result<Response, ImageError> {
        let status = answer.status;
        if status == 200 {
            return Ok(answer);
        }
        let words = answer.bytes(ANSWER_MAX).ok().and_then(|bytes| error_words(&bytes));
        let words = words.map(|words| format!(" ({words})")).unwrap_or_default();
        let signed = self.credentials.is_some();
        let hint = match status {
            401 | 403 if signed => "see that the user may pull this image, and that the password is right",
            401 | 403 => "sign in: give a user and a password, or `docker login` or `podman login` first",
            404 => "look at the name, and the tag or digest; some registries also say so without credentials",
            429 => "the registry allows no more for now: wait, or sign in",
            _ => "ask whoever runs the registry",
        };
        let (what, registry) = (what.to_owned(), self.host.clone());
        Err(ImageError::Registry { what, registry, why: format!("status {status}{words}"), hint })
    }

    /// The value of `Authorization` that the registry's challenge asks for; none where we have nothing to show.
    fn authorize(&self, answer: &Response, what: &str) -> Result<Option<String>, ImageError> {
        let all = answer.headers.iter().filter(|(name, _)| name == "www-authenticate");
        let challenges: Vec<Challenge> = all.flat_map(|(_, value)| challenge_parse(value)).collect();
        if let Some(bearer) = challenges.iter().find(|challenge| challenge.scheme == "bearer") {
            return self.token(bearer, what).map(Some);
        }
        if challenges.iter().any(|challenge| challenge.scheme == "basic") {
            return Ok(match &self.credentials {
                Some(Credentials::Basic(user, password)) => Some(basic(user, password)),
                _ => None,
            });
        }
        Ok(None)
    }

    fn token(&self, challenge: &Challenge, what: &str) -> Result<String, ImageError> {
        #[derive(Deserialize)]
        struct Answer {
            token: Option<String>,
            access_token: Option<String>,
        }
        let fail = |why: String| ImageError::Registry {
            what: format!("a token for {what}"),
            registry: self.host.clone(),
            why,
            hint: "see that the user may pull this image, and that the password is right",
        };
        let realm = challenge.get("realm").ok_or_else(|| fail("its challenge names no token server".into()))?;
        // What is asked for is what we need, not what the server proposes.
        let scope = format!("repository:{}:pull", self.path);
        let mut query = vec![("scope", scope.as_str())];
        if let Some(service) = challenge.get("service") {
            query.push(("service", service));
        }
        let request = match &self.credentials {
            Some(Credentials::Identity(token)) => {
                query.extend([("grant_type", "refresh_token"), ("client_id", "casemate"), ("refresh_token", token)]);
                Request {
                    method: "POST",
                    url: realm.to_owned(),
                    headers: vec![("Content-Type".into(), "application/x-www-form-urlencoded".into())],
                    body: form(&query).into_bytes(),
                }
            }
            other => {
                let joint = if realm.contains('?') { '&' } else { '?' };
                let request = Request::get(format!("{realm}{joint}{}", form(&query)));
                match other {
                    Some(Credentials::Basic(user, password)) => request.header("Authorization", basic(user, password)),
                    _ => request,
                }
            }
        };
        let answer = self.client.send(&request)?;
        if answer.status != 200 {
            return Err(fail(format!("the token server answered with status {}", answer.status)));
        }
        let bytes = answer.bytes(ANSWER_MAX).map_err(|error| fail(error.to_string()))?;
        // The cause of a parse error may quote the answer, which holds a token.
        let answer: Answer = serde_json::from_slice(&bytes)
            .map_err(|_| fail("the token server's answer is no JSON of a token".into()))?;
        let token = answer.token.or(answer.access_token).filter(|token| !token.is_empty());
        token.map(|token| format!("Bearer {token}")).ok_or_else(|| fail("the token server gave no token".into()))
    }
}

impl Blobs for Registry {
    fn blob_open(&self, digest: &Digest, what: What) -> Result<Box<dyn Read + Send>, ImageError> {
        let (place, accept, word) = match what {
            What::Manifest => ("manifests", Some(ACCEPT), "manifest"),
            What::Blob => ("blobs", None, "blob"),
        };
        let what = format!("{word} {digest} of {}", self.path);
        self.get(&format!("{place}/{digest}"), accept, &what).map(|answer| answer.body)
    }

    fn place(&self) -> &str {
        &self.host
    }
}

/// Whether the host, with its port, is this machine; what the client thinks of it decides in the end.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))
}

/// `a=b&c=d`, percent-encoded (RFC 3986, unreserved characters as they are).
fn form(pairs: &[(&str, &str)]) -> String {
    let encode = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
            out
        })
    };
    pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect::<Vec<_>>().join("&")
}

/// The registry's own code and message: `MANIFEST_UNKNOWN: manifest unknown`.
fn error_words(bytes: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Errors {
        errors: Vec<One>,
    }
    #[derive(Deserialize)]
    struct One {
        #[serde(default)]
        code: String,
        #[serde(default)]
        message: String,
    }
    let errors: Errors = serde_json::from_slice(bytes).ok()?;
    let first = errors.errors.into_iter().next()?;
    let text = format!("{}: {}", first.code, first.message);
    Some(text.chars().take(200).flat_map(char::escape_debug).collect())
}

/// What a server asks for in `WWW-Authenticate` (RFC 9110, 11.6.1).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Challenge {
    /// In lower case: `bearer`, `basic`.
    scheme: String,
    parameters: Vec<(String, String)>,
}

impl Challenge {
    fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str())
    }
}

/// All challenges of one header: `Bearer realm="https://a/token",service="b", Basic realm="c"`.
fn challenge_parse(header: &str) -> Vec<Challenge> {
    let mut out: Vec<Challenge> = Vec::new();
    let mut rest = header;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if word.is_empty() {
            return out;
        }
        let value = after.trim_start_matches([' ', '\t']).strip_prefix('=');
        match (value, out.last_mut()) {
            (Some(value), Some(challenge)) => {
                let (value, after) = value_parse(value.trim_start_matches([' ', '\t']));
                challenge.parameters.push((word.to_ascii_lowercase(), value));
                rest = after;
            }
            (Some(_), None) => return out,
            (None, _) => {
                out.push(Challenge { scheme: word.to_ascii_lowercase(), parameters: Vec::new() });
                rest = after;
            }
        }
    }
}

/// A token or a quoted string, and what follows it.
fn value_parse(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', '\t']).unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        return (value.to_owned(), rest);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, quoted.get(at + 1..).unwrap_or_default()),
            '\\' => value.extend(chars.next().map(|(_, c)| c)),
            c => value.push(c),
        }
    }
    (value, "")
}

/// For the table of fuzz targets.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn challenge_fuzz(bytes: &[u8]) -> usize {
    let challenges = challenge_parse(&String::from_utf8_lossy(bytes));
    challenges.iter().flat_map(|c| &c.parameters).map(|(name, value)| name.len() + value.len() + 48).sum()
}

/// The part of `containers-auth.json(5)` and Docker's `config.json` that holds credentials.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct AuthFile {
    auths: BTreeMap<String, Auth>,
    cred_helpers: BTreeMap<String, String>,
    creds_store: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Auth {
    auth: Option<String>,
    identitytoken: Option<String>,
}

/// Credentials that `podman login` or `docker login` left. Helper programs are not run: that is said where they would be
/// asked.
fn stored_credentials(name: &Name) -> Result<Option<Credentials>, ImageError> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let mut files = Vec::new();
    match variable("REGISTRY_AUTH_FILE") {
        Some(file) => files.push(file),
        None => {
            files.extend(variable("XDG_RUNTIME_DIR").map(|directory| directory.join("containers/auth.json")));
            files.extend(variable("HOME").map(|home| home.join(".config/containers/auth.json")));
            let docker = variable("DOCKER_CONFIG").or_else(|| variable("HOME").map(|home| home.join(".docker")));
            files.extend(docker.map(|docker| docker.join("config.json")));
        }
    }
    for file in files {
        if let Some(found) = credentials_read(&file, name)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn credentials_read(file: &Path, name: &Name) -> Result<Option<Credentials>, ImageError> {
    let shown = file.display().to_string();
    let bytes = match fs::File::open(file) {
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(ImageError::io(shown, error)),
        Ok(opened) => casemate_http::read_bounded(opened, ANSWER_MAX)
            .map_err(|error| ImageError::document("the file of credentials", &shown, error.to_string()))?,
    };
    // The cause may quote what it could not read, which may be a password.
    let parsed: AuthFile = serde_json::from_slice(&bytes)
        .map_err(|_| ImageError::document("the file of credentials", &shown, "it is no JSON of credentials"))?;
    credentials_pick(&parsed, name, &shown)
}

fn credentials_pick(file: &AuthFile, name: &Name, shown: &str) -> Result<Option<Credentials>, ImageError> {
    // From the image's own name to its registry (containers-auth.json(5)), then as Docker writes its own.
    let full = format!("{}/{}", name.domain, name.path);
    let mut keys: Vec<&str> =
        std::iter::once(full.as_str()).chain(full.rmatch_indices('/').filter_map(|(at, _)| full.get(..at))).collect();
    let urls = [format!("https://{}", name.domain), format!("http://{}", name.domain)];
    keys.extend(urls.iter().map(String::as_str));
    if name.domain == "docker.io" {
        keys.extend(["https://index.docker.io/v1/", "index.docker.io"]);
    }
    let plain = |key: &str| key.trim_end_matches('/').to_owned();
    let found = keys.iter().find_map(|key| {
        let mut all = file.auths.iter();
        all.find(|(have, auth)| plain(have) == plain(key) && (auth.auth.is_some() || auth.identitytoken.is_some()))
    });
    if let Some((_, auth)) = found {
        if let Some(token) = auth.identitytoken.clone().filter(|token| !token.is_empty()) {
            return Ok(Some(Credentials::Identity(token)));
        }
        let decoded = auth.auth.as_deref().and_then(|auth| STANDARD.decode(auth.trim()).ok());
        let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
        let pair = text.as_deref().and_then(|text| text.split_once(':'));
        return match pair {
            // Docker fills the field up with zero bytes.
            Some((user, password)) => {
                Ok(Some(Credentials::Basic(user.to_owned(), password.trim_end_matches('\0').to_owned())))
            }
            None => Err(ImageError::document(
                format!("the credentials of {}", name.domain),
                shown,
                "they are not base64 of USER:PASSWORD",
            )),
        };
    }
    let helper = keys.iter().find_map(|key| file.cred_helpers.get(*key));
    // Docker Desktop names a store for everything; without an entry of this registry it may well hold nothing for it.
    let listed = || file.creds_store.as_ref().filter(|_| keys.iter().any(|key| file.auths.contains_key(*key)));
    match helper.or_else(listed) {
        None => Ok(None),
        Some(helper) => Err(ImageError::Document {
            what: format!("the credentials of {}", name.domain),
            place: shown.to_owned(),
            why: format!("they are in the helper program `{}`, which is not run", helper.escape_debug()),
            hint: "give user and password themselves, or a file of credentials in $REGISTRY_AUTH_FILE",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_has_a_scheme_and_parameters() {
        for (header, want, why) in [
            (
                r#"Bearer realm="https://a/token?x=1,2",service="reg \"x\"",scope="repository:a:pull""#,
                r#"bearer[realm=https://a/token?x=1,2 service=reg "x" scope=repository:a:pull]"#,
                "quoted",
            ),
            (r#"Basic realm="r", Bearer realm=x , error=y"#, "basic[realm=r] bearer[realm=x error=y]", "two"),
            ("Negotiate", "negotiate[]", "no parameter"),
            (r#"Bearer realm="unended"#, "bearer[realm=unended]", "broken off"),
            ("realm=x", "", "no scheme"),
            ("", "", "nothing"),
            (",,,\"", "", "noise"),
        ] {
            let shown = challenge_parse(header).into_iter().map(|challenge| {
                let all: Vec<_> = challenge.parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
                format!("{}[{}]", challenge.scheme, all.join(" "))
            });
            assert_eq!(shown.collect::<Vec<_>>().join(" "), want, "{header}: {why}");
        }
    }

    #[test]
    fn credentials_are_of_the_longest_name() {
        let auth = |user: &str| STANDARD.encode(format!("{user}:p:w\0"));
        let file: AuthFile = serde_json::from_value(serde_json::json!({
            "auths": {
                "h.example:5000": {"auth": auth("host")},
                "h.example:5000/team": {"auth": auth("team")},
                "https://index.docker.io/v1/": {"auth": auth("docker")},
                "https://gcr.example": {"identitytoken": "t"},
                "bad.example": {"auth": "!"},
                "store.example": {},
            },
            "credHelpers": {"ecr.example": "ecr-login"},
            "credsStore": "desktop",
            "HttpHeaders": {"a": "b"},
        }))
        .unwrap();
        for (name, want) in [
            ("h.example:5000/a", Ok(Some("host:p:w"))),
            ("h.example:5000/team/a/b", Ok(Some("team:p:w"))),
            ("h.example:5000/teams", Ok(Some("host:p:w"))),
            ("h.example:5001/a", Ok(None)),
            ("debian", Ok(Some("docker:p:w"))),
            ("gcr.example/a", Ok(Some("t"))),
            ("bad.example/a", Err("not base64")),
            ("ecr.example/a", Err("helper program `ecr-login`")),
            ("store.example/a", Err("helper program `desktop`")),
        ] {
            let got = credentials_pick(&file, &Name::parse(name).unwrap(), "auth.json").map(|found| {
                found.map(|found| match found {
                    Credentials::Basic(user, password) => format!("{user}:{password}"),
                    Credentials::Identity(token) => token,
                })
            });
            match (got, want) {
                (Ok(got), Ok(want)) => assert_eq!(got.as_deref(), want, "{name}"),
                (Err(error), Err(want)) => assert!(error.to_string().contains(want), "{name}: {error}"),
                (got, want) => panic!("{name}: {got:?} instead of {want:?}"),
            }
        }
    }

    #[test]
    fn a_query_holds_nothing_but_what_it_may() {
        assert_eq!(
            form(&[("scope", "repository:a/b:pull"), ("x", "ä &=")]),
            "scope=repository%3Aa%2Fb%3Apull&x=%C3%A4%20%26%3D"
        );
    }
}
