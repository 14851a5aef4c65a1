//! Where keys come from: environment, shared files and profiles, assume-role chains, web identity, IMDSv2, container
//! endpoints, process. Start at [`find`]; the order is that of AWS's own tools.
//!
//! **Invariant:** no key, token or code is in an error, a log or a `Debug` form.
mod profile;
mod source;
mod wire;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use aws_credential_types::Credentials;

use crate::AwsError;
use profile::Files;
pub(crate) use profile::Profile;
use source::Source;
pub(crate) use wire::Wire;

/// How long before their end credentials are renewed.
const RENEW: Duration = Duration::from_secs(300);
/// Profiles that may stand behind one another.
const CHAIN_MAX: usize = 10;
const SESSION: &str = "casemate";
const METADATA: &str = "http://169.254.169.254";
const CONTAINER: &str = "http://169.254.170.2";

/// Credentials that are renewed before they end; shared by threads.
#[derive(Debug)]
pub(crate) struct Provider {
    name: String,
    source: Source,
    kept: Mutex<Option<Credentials>>,
}

impl Provider {
    fn new(name: impl Into<String>, source: Source) -> Self {
        Self { name: name.into(), source, kept: Mutex::new(None) }
    }

    /// A role that `base` assumes.
    pub(crate) fn role(base: Arc<Self>, arn: &str, external_id: Option<&str>) -> Self {
        let source = Source::Role {
            base,
            arn: arn.to_owned(),
            external_id: external_id.map(str::to_owned),
            session: SESSION.to_owned(),
            seconds: None,
            mfa: None,
        };
        Self::new(format!("role {arn}"), source)
    }

    /// `environment`, `profile NAME` …
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The credentials, fetched where there are none or they end soon. One thread fetches, others wait for it.
    ///
    /// # Errors
    /// A sentence.
    pub(crate) fn get(&self, wire: &Wire) -> Result<Credentials, String> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let now = SystemTime::now();
        let good = |credentials: &Credentials| {
            credentials.expiry().is_none_or(|end| end.checked_sub(RENEW).is_some_and(|end| end > now))
        };
        if let Some(credentials) = kept.as_ref().filter(|credentials| good(credentials)) {
            return Ok(credentials.clone());
        }
        match self.source.fetch(wire) {
            Ok(credentials) => Ok(kept.insert(credentials).clone()),
            // They are good for some minutes yet.
            Err(error) => match kept.as_ref().filter(|old| old.expiry().is_some_and(|end| end > now)) {
                Some(credentials) => Ok(credentials.clone()),
                None => Err(error),
            },
        }
    }
}

/// What was found.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) provider: Provider,
    /// The profile in use, for its endpoints; empty where there is none.
    pub(crate) profile: Profile,
    /// The region for calls that belong to none.
    pub(crate) region: String,
}

/// Finds the source of credentials. Nothing is fetched yet.
///
/// # Errors
/// [`AwsError::NoCredentials`] with all that was tried, [`AwsError::Configuration`] for malformed files.
pub(crate) fn find(var: &dyn Fn(&str) -> Option<String>, wanted: Option<&str>) -> Result<Found, AwsError> {
    let files = Files::read(var)?;
    let named = wanted.map(str::to_owned).or_else(|| var("AWS_PROFILE"));
    let name = named.clone().unwrap_or_else(|| "default".into());
    let profile = match files.profile(&name) {
        Some(profile) => profile,
        None if named.is_none() => Profile::default(),
        None => {
            let known = files.names().join(", ");
            let known = if known.is_empty() { "none".to_owned() } else { known };
            return Err(AwsError::Configuration(format!(
                "no profile `{name}` in ~/.aws/config and ~/.aws/credentials\nhint: there are: {known}"
            )));
        }
    };
    let region = var("AWS_REGION").or_else(|| var("AWS_DEFAULT_REGION")).or_else(|| profile.get("region"));
    let region = region.unwrap_or_else(|| "us-east-1".into());
    let mut tried = Vec::new();
    // A profile that was named on the command line is meant, whatever the environment holds.
    if wanted.is_none() {
        match environment(var) {
            Ok(provider) => return Ok(Found { provider, profile, region }),
            Err(why) => tried.push(format!("environment ({why})")),
        }
        if let Some(provider) = web_identity(var) {
            return Ok(Found { provider, profile, region });
        }
        tried.push("web identity (AWS_WEB_IDENTITY_TOKEN_FILE is not set)".to_owned());
    }
    if profile.name.is_empty() {
        tried.push("profile `default` (there is none)".to_owned());
    } else {
        match of_profile(var, &files, &profile, &mut Vec::new())? {
            Ok(provider) => return Ok(Found { provider, profile, region }),
            Err(why) => tried.push(format!("profile `{}` ({why})", profile.name)),
        }
    }
    if named.is_none() {
        match container(var)? {
            Some(provider) => return Ok(Found { provider, profile, region }),
            None => tried.push("container (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is not set)".to_owned()),
        }
        match imds(var) {
            // Only an instance answers there; the name of its maker costs nothing to read.
            Some(provider) if is_instance() || var("AWS_EC2_METADATA_SERVICE_ENDPOINT").is_some() => {
                return Ok(Found { provider, profile, region });
            }
            Some(_) => tried.push("instance metadata (this is no EC2 instance)".to_owned()),
            None => tried.push("instance metadata (AWS_EC2_METADATA_DISABLED)".to_owned()),
        }
    }
    Err(AwsError::NoCredentials {
        tried: tried.join(", "),
        hint: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile of ~/.aws/config with --profile; for single \
               sign-on: eval \"$(aws configure export-credentials --format env)\""
            .into(),
    })
}

fn environment(var: &dyn Fn(&str) -> Option<String>) -> Result<Provider, &'static str> {
    match (var("AWS_ACCESS_KEY_ID"), var("AWS_SECRET_ACCESS_KEY")) {
        (Some(key), Some(secret)) => {
            let given = Credentials::new(key.trim(), secret.trim(), var("AWS_SESSION_TOKEN"), None, "environment");
            Ok(Provider::new("environment", Source::Given(given)))
        }
        (None, None) => Err("AWS_ACCESS_KEY_ID is not set"),
        (None, Some(_)) => Err("AWS_SECRET_ACCESS_KEY is set, AWS_ACCESS_KEY_ID is not"),
        (Some(_), None) => Err("AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not"),
    }
}

fn web_identity(var: &dyn Fn(&str) -> Option<String>) -> Option<Provider> {
    let token = PathBuf::from(var("AWS_WEB_IDENTITY_TOKEN_FILE")?);
    let arn = var("AWS_ROLE_ARN")?;
    let session = var("AWS_ROLE_SESSION_NAME").unwrap_or_else(|| SESSION.into());
    Some(Provider::new("web identity", Source::WebIdentity { token, arn, session }))
}

/// The container's agent; a full address must be one that only this machine or TLS can give (AWS SDKs and Tools
/// Reference, "Container credential provider").
fn container(var: &dyn Fn(&str) -> Option<String>) -> Result<Option<Provider>, AwsError> {
    let url = match (var("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"), var("AWS_CONTAINER_CREDENTIALS_FULL_URI")) {
        (Some(path), _) => format!("{CONTAINER}{path}"),
        (None, Some(url)) => {
            let host = url.split_once("://").map_or("", |(_, rest)| rest).split(['/', ':']).next().unwrap_or_default();
            let near = ["127.0.0.1", "localhost", "169.254.170.2", "169.254.170.23"].contains(&host)
                || url.contains("://[::1]");
            if !near && !url.starts_with("https://") {
                return Err(AwsError::Configuration(format!(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither https nor this machine: host `{host}`\nhint: only \
                     loopback, 169.254.170.2 and 169.254.170.23 may be asked in the clear"
                )));
            }
            url
        }
        (None, None) => return Ok(None),
    };
    Ok(Some(Provider::new(
        "container",
        Source::Container {
            url,
            token: var("AWS_CONTAINER_AUTHORIZATION_TOKEN"),
            token_file: var("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").map(PathBuf::from),
        },
    )))
}

fn imds(var: &dyn Fn(&str) -> Option<String>) -> Option<Provider> {
    if var("AWS_EC2_METADATA_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return None;
    }
    let endpoint = var("AWS_EC2_METADATA_SERVICE_ENDPOINT").unwrap_or_else(|| METADATA.into());
    Some(Provider::new("instance metadata", Source::Imds { endpoint: endpoint.trim_end_matches('/').to_owned() }))
}

/// Whether the firmware says that this is a machine of EC2's: elsewhere the address of its metadata hangs.
fn is_instance() -> bool {
    ["/sys/devices/virtual/dmi/id/sys_vendor", "/sys/devices/virtual/dmi/id/bios_vendor"]
        .iter()
        .any(|path| std::fs::read_to_string(path).is_ok_and(|vendor| vendor.contains("Amazon")))
}

/// The source that a profile names. The inner error says why it has none.
fn of_profile(
    var: &dyn Fn(&str) -> Option<String>,
    files: &Files,
    profile: &Profile,
    seen: &mut Vec<String>,
) -> Result<Result<Provider, String>, AwsError> {
    let wrong =
        |why: String| AwsError::Configuration(format!("profile `{}`: {why}\nhint: mend ~/.aws/config", profile.name));
    let name = format!("profile {}", profile.name);
    let statics = || -> Option<Provider> {
        let given = Credentials::new(
            profile.get("aws_access_key_id")?,
            profile.get("aws_secret_access_key")?,
            profile.get("aws_session_token"),
            None,
            "profile",
        );
        Some(Provider::new(name.clone(), Source::Given(given)))
    };
    // A profile may be its own source: then its keys are meant.
    if seen.contains(&profile.name) {
        return match statics() {
            Some(provider) if seen.last() == Some(&profile.name) => Ok(Ok(provider)),
            _ => Err(wrong(format!("its source_profile leads back to itself: {}", seen.join(" -> ")))),
        };
    }
    if seen.len() >= CHAIN_MAX {
        return Err(wrong(format!("more than {CHAIN_MAX} profiles stand behind it")));
    }
    seen.push(profile.name.clone());
    let session = profile.get("role_session_name").unwrap_or_else(|| SESSION.into());
    if let Some(arn) = profile.get("role_arn") {
        if let Some(token) = profile.get("web_identity_token_file") {
            return Ok(Ok(Provider::new(name, Source::WebIdentity { token: token.into(), arn, session })));
        }
        let base = match (profile.get("source_profile"), profile.get("credential_source")) {
            (Some(source), _) => {
                let next =
                    files.profile(&source).ok_or_else(|| wrong(format!("there is no source_profile `{source}`")))?;
                match of_profile(var, files, &next, seen)? {
                    Ok(provider) => provider,
                    Err(why) => return Ok(Err(why)),
                }
            }
            (None, Some(source)) => {
                let found = match source.as_str() {
                    "Environment" => environment(var).ok(),
                    "Ec2InstanceMetadata" => imds(var),
                    "EcsContainer" => container(var)?,
                    _ => {
                        return Err(wrong(format!(
                            "credential_source `{source}` is none of Environment, Ec2InstanceMetadata, EcsContainer"
                        )));
                    }
                };
                match found {
                    Some(provider) => provider,
                    None => return Ok(Err(format!("credential_source {source} has none"))),
                }
            }
            (None, None) => return Err(wrong("role_arn stands without source_profile or credential_source".into())),
        };
        let source = Source::Role {
            base: Arc::new(base),
            arn,
            external_id: profile.get("external_id"),
            session,
            seconds: profile.get("duration_seconds"),
            mfa: profile.get("mfa_serial"),
        };
        return Ok(Ok(Provider::new(name, source)));
    }
    if let Some(provider) = statics() {
        return Ok(Ok(provider));
    }
    if let Some(line) = profile.get("credential_process") {
        return Ok(Ok(Provider::new(name, Source::Process(line))));
    }
    if profile.get("sso_session").or_else(|| profile.get("sso_start_url")).is_some() {
        return Ok(Err("it signs on at a browser: aws sso login, then aws configure export-credentials".into()));
    }
    Ok(Err("it names no credentials".into()))
}

/// The text of the first element of this name.
pub(crate) fn tag(body: &str, name: &str) -> Option<String> {
    let (_, rest) = body.split_once(&format!("<{name}>"))?;
    let text = rest.split_once('<')?.0;
    Some(quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn with(vars: &[(&str, &str)], config: &str, wanted: Option<&str>) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config"), config).unwrap();
        let mut vars: HashMap<String, String> = vars.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        vars.insert("AWS_CONFIG_FILE".into(), folder.path().join("config").display().to_string());
        vars.insert("AWS_SHARED_CREDENTIALS_FILE".into(), folder.path().join("none").display().to_string());
        let found = find(&|name| vars.get(name).cloned(), wanted);
        found.map(|found| found.provider.name).map_err(|error| error.to_string())
    }

    #[test]
    fn sources_are_taken_in_order() {
        let keys = [("AWS_ACCESS_KEY_ID", "A"), ("AWS_SECRET_ACCESS_KEY", "hunter2")];
        let config = "[default]\naws_access_key_id=A\naws_secret_access_key=s\n[profile r]\nrole_arn=x\nsource_profile=default\n\
                      [profile loop]\nrole_arn=x\nsource_profile=loop2\n[profile loop2]\nrole_arn=x\nsource_profile=loop\n\
                      [profile self]\nrole_arn=x\nsource_profile=self\naws_access_key_id=A\naws_secret_access_key=s\n\
                      [profile p]\ncredential_process=/bin/x\n[profile sso]\nsso_session=y\n[profile bare]\nrole_arn=x\n";
        for (vars, wanted, want) in [
            (&keys[..], None, Ok("environment")),
            (&keys[..], Some("r"), Ok("profile r")),
            (&[], None, Ok("profile default")),
            (&[("AWS_PROFILE", "p")], None, Ok("profile p")),
            (&[("AWS_WEB_IDENTITY_TOKEN_FILE", "/t"), ("AWS_ROLE_ARN", "r")], None, Ok("web identity")),
            (&[], Some("self"), Ok("profile self")),
            (&[], Some("loop"), Err("leads back to itself")),
            (&[], Some("none"), Err("no profile `none`")),
            (&[], Some("sso"), Err("browser")),
            (&[], Some("bare"), Err("without source_profile")),
        ] {
            let got = with(vars, config, wanted);
            match want {
                Ok(name) => assert_eq!(got.as_deref(), Ok(name)),
                Err(part) => assert!(got.as_ref().is_err_and(|error| error.contains(part)), "{wanted:?}: {got:?}"),
            }
        }
    }

    #[test]
    fn half_a_key_is_said_and_no_key_shown() {
        let got =
            with(&[("AWS_SECRET_ACCESS_KEY", "hunter2"), ("AWS_EC2_METADATA_DISABLED", "true")], "", None).unwrap_err();
        assert!(got.contains("AWS_ACCESS_KEY_ID is not") && !got.contains("hunter2"), "{got}");
        let provider =
            Provider::new("x", Source::Given(Credentials::new("A", "hunter2", Some("tok".into()), None, "x")));
        let shown = format!("{provider:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("tok\""), "{shown}");
    }

    #[test]
    fn a_container_in_the_clear_must_be_near() {
        let far = [("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://evil.example/x")];
        assert!(with(&far, "", None).unwrap_err().contains("neither https"));
        let near = [("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:1/x")];
        assert_eq!(with(&near, "", None).as_deref(), Ok("container"));
    }
}
