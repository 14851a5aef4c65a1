//! The shared files, `~/.aws/config` and `~/.aws/credentials` (AWS SDKs and Tools Reference, "Shared config and
//! credentials files").
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::AwsError;

/// Bytes of a file.
const FILE_MAX: u64 = 4 << 20;

/// Sections by name, of both files: `profile NAME`, `services NAME`, `sso-session NAME`; keys in lower case. A key of a
/// nested block is `key.nested`.
#[derive(Debug, Default)]
pub(crate) struct Files {
    sections: BTreeMap<String, BTreeMap<String, String>>,
}

/// One profile with the sections that it names.
#[derive(Default, Clone)]
pub(crate) struct Profile {
    pub(crate) name: String,
    values: BTreeMap<String, String>,
    services: BTreeMap<String, String>,
}

impl std::fmt::Debug for Profile {
    // Values may be keys.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profile").field("name", &self.name).field("keys", &self.values.keys()).finish()
    }
}

impl Profile {
    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<String> {
        self.values.get(key).filter(|value| !value.is_empty()).cloned()
    }

    /// The endpoint of a service, by its id in lower case, from the profile's `services` section.
    pub(crate) fn service_endpoint(&self, id: &str) -> Option<String> {
        self.services.get(&format!("{id}.endpoint_url")).cloned()
    }
}

impl Files {
    /// Reads both files, those that are there.
    ///
    /// # Errors
    /// [`AwsError::Configuration`] with file and line, where one cannot be read.
    pub(crate) fn read(var: &dyn Fn(&str) -> Option<String>) -> Result<Self, AwsError> {
        let home = var("HOME").map(PathBuf::from);
        let place = |name: &str, default: &str| {
            var(name).map(PathBuf::from).or_else(|| home.as_ref().map(|home| home.join(".aws").join(default)))
        };
        let mut files = Self::default();
        if let Some(path) = place("AWS_CONFIG_FILE", "config") {
            files.take(&path, false)?;
        }
        // Keys of the second file win, as in AWS's own tools.
        if let Some(path) = place("AWS_SHARED_CREDENTIALS_FILE", "credentials") {
            files.take(&path, true)?;
        }
        Ok(files)
    }

    fn take(&mut self, path: &Path, credentials: bool) -> Result<(), AwsError> {
        let fail = |why: String| {
            AwsError::Configuration(format!("cannot read `{}`: {why}\nhint: mend or remove the file", path.display()))
        };
        let file = match std::fs::File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(fail(error.to_string())),
        };
        let bytes = casemate_http::read_bounded(file, FILE_MAX).map_err(|error| fail(error.to_string()))?;
        let text = String::from_utf8(bytes).map_err(|_| fail("it is no text".into()))?;
        self.parse(&text, credentials).map_err(|(line, why)| fail(format!("line {line}: {why}")))
    }

    /// Takes the sections of one file; of `credentials` each is a profile.
    pub(super) fn parse(&mut self, text: &str, credentials: bool) -> Result<(), (usize, &'static str)> {
        let mut section: Option<String> = None;
        let mut outer: Option<String> = None;
        for (index, raw) in text.lines().enumerate() {
            let number = index + 1;
            let line = raw.trim();
            if line.is_empty() || line.starts_with('#') || line.starts_with(';') {
                continue;
            }
            if let Some(rest) = line.strip_prefix('[') {
                let Some((name, _)) = rest.split_once(']') else { return Err((number, "a section has no `]`")) };
                let words: Vec<&str> = name.split_whitespace().collect();
                section = Some(match words.as_slice() {
                    [one] if credentials || *one == "default" => format!("profile {one}"),
                    [kind, name] => format!("{kind} {name}"),
                    [] => return Err((number, "a section has no name")),
                    // AWS's tools take no heed of such either.
                    other => format!("unknown {}", other.join(" ")),
                });
                outer = None;
                continue;
            }
            let Some((key, value)) = line.split_once('=') else { return Err((number, "expected `key = value`")) };
            let Some(section) = &section else { return Err((number, "a key stands before any section")) };
            let key = key.trim().to_ascii_lowercase();
            // A comment behind a value begins with white space.
            let value = value.split(" #").next().unwrap_or_default().split(" ;").next().unwrap_or_default().trim();
            let nested = raw.starts_with([' ', '\t']);
            let key = match &outer {
                Some(outer) if nested => format!("{outer}.{key}"),
                _ => {
                    outer = value.is_empty().then(|| key.clone());
                    key
                }
            };
            self.sections.entry(section.clone()).or_default().insert(key, value.to_owned());
        }
        Ok(())
    }

    /// A profile by name.
    pub(crate) fn profile(&self, name: &str) -> Option<Profile> {
        let values = self.sections.get(&format!("profile {name}"))?.clone();
        let services = values.get("services").and_then(|named| self.sections.get(&format!("services {named}")));
        Some(Profile { name: name.to_owned(), services: services.cloned().unwrap_or_default(), values })
    }

    /// The names of all profiles.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.sections.keys().filter_map(|name| name.strip_prefix("profile ")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_make_a_profile() {
        let mut files = Files::default();
        let config = "[default]\nregion = eu-west-1 # near\n[profile dev]\nrole_arn=arn:aws:iam::1:role/x\n\
                      source_profile = default\nservices = local\ns3 =\n  addressing_style = path\n[services local]\n\
                      sqs =\n  endpoint_url = http://127.0.0.1:1\n";
        files.parse(config, false).unwrap();
        files.parse("[default]\naws_access_key_id = A\n", true).unwrap();
        let default = files.profile("default").unwrap();
        assert_eq!(default.get("region").as_deref(), Some("eu-west-1"));
        assert_eq!(default.get("aws_access_key_id").as_deref(), Some("A"));
        let dev = files.profile("dev").unwrap();
        assert_eq!(dev.get("s3.addressing_style").as_deref(), Some("path"));
        assert_eq!(dev.service_endpoint("sqs").as_deref(), Some("http://127.0.0.1:1"));
        assert_eq!(files.names(), ["default", "dev"]);
        assert!(files.profile("none").is_none());
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        for (text, line) in [("[a\n", 1), ("[a]\n\nnothing\n", 3), ("k = v\n", 1), ("[]\n", 1)] {
            assert_eq!(Files::default().parse(text, true).unwrap_err().0, line, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[\\[\\]a-z=# \n;]{0,200}") {
            if let Err((line, _)) = Files::default().parse(&text, false) {
                assert!(line >= 1 && line <= text.lines().count(), "line {line} of {text:?}");
            }
        }
    }
}
