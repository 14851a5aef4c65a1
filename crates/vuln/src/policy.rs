use serde::{Deserialize, Serialize};

use crate::rank::{
    cvss::Setting,
    exposure::Exposure,
    ssvc::{Decision, MISSION},
};

/// The operator's file: what targets are for, and from when a vulnerability there is an alert.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The first that matches a target holds for it.
    #[serde(default)]
    pub environments: Vec<Environment>,
}

/// What a group of targets is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// `production`.
    pub name: String,
    /// Targets by id or name, with `*` at the end; the scan's `--environment NAME` overrides it.
    #[serde(default)]
    pub targets: Vec<String>,
    /// SSVC mission prevalence and public well-being together: `low`, `medium`, `high`; `medium` where absent.
    #[serde(default)]
    pub mission: Option<String>,
    /// `internet`, `adjacent`, `internal`, `isolated`; what the target's listeners say where absent.
    #[serde(default)]
    pub exposure: Option<String>,
    /// CVSS security requirements: `low`, `medium`, `high`.
    #[serde(default)]
    pub confidentiality: Option<String>,
    /// As above.
    #[serde(default)]
    pub integrity: Option<String>,
    /// As above.
    #[serde(default)]
    pub availability: Option<String>,
    /// From when a vulnerability is an alert; [`Threshold::standard`] where absent.
    #[serde(default)]
    pub alert: Option<Threshold>,
}

/// From when a vulnerability is an alert: where any of these holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// Risk, 0 to 100, at least.
    #[serde(default)]
    pub risk: Option<u8>,
    /// SSVC decision at least: `track`, `track*`, `attend`, `act`.
    #[serde(default)]
    pub ssvc: Option<String>,
    /// EPSS at least.
    #[serde(default)]
    pub epss: Option<f64>,
    /// In KEV.
    #[serde(default)]
    pub kev: Option<bool>,
}

/// A policy file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot use policy `{file}`: {reason}\nhint: docs/vulnerabilities.md shows the file")]
pub struct PolicyError {
    /// Which.
    pub file: String,
    /// Why, with line and column.
    pub reason: String,
}

/// Bytes of a policy.
const LENGTH_MAX: usize = 1 << 20;

impl Policy {
    /// Reads a policy; `file` names it in errors.
    ///
    /// # Errors
    /// [`PolicyError`] with the place: malformed, larger than 1 MiB, a field or a word that is not known, two environments
    /// of one name.
    pub fn parse(file: &str, text: &str) -> Result<Self, PolicyError> {
        let error = |reason: String| PolicyError { file: file.to_owned(), reason };
        if text.len() > LENGTH_MAX {
            return Err(error(format!("it has {} bytes, more than {LENGTH_MAX}", text.len())));
        }
        let nothing = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
        if nothing {
            return Ok(Self::default());
        }
        let policy: Self = serde_yaml_ng::from_str(text).map_err(|cause| error(cause.to_string()))?;
        for (at, environment) in policy.environments.iter().enumerate() {
            let twice = policy.environments.iter().take(at).any(|other| other.name == environment.name);
            let flaw = if twice { Some(flaw("name", &environment.name, "is there twice")) } else { environment.flaw() };
            if let Some(Flaw { field, value, why }) = flaw {
                let name = field.rsplit('.').next().unwrap_or(field);
                // The parser knows where an environment begins, not where its fields stand: the last line that says this.
                let line = text.lines().enumerate().filter(|(_, line)| line.contains(name) && line.contains(&value));
                let line = line.last().map(|(line, _)| format!(" at line {}", line + 1)).unwrap_or_default();
                return Err(error(format!("environments[{at}].{field}: `{value}` {why}{line}")));
            }
        }
        Ok(policy)
    }

    /// The environment of a target, by its id or its name: the first that matches.
    #[must_use]
    pub fn environment(&self, id: &str, name: &str) -> Option<&Environment> {
        self.environments.iter().find(|environment| {
            environment.targets.iter().any(|pattern| match pattern.strip_suffix('*') {
                Some(start) => id.starts_with(start) || name.starts_with(start),
                None => pattern == id || pattern == name,
            })
        })
    }
}

/// A field that does not hold what it must.
struct Flaw {
    field: &'static str,
    value: String,
    why: String,
}

fn flaw(field: &'static str, value: &str, why: impl Into<String>) -> Flaw {
    Flaw { field, value: value.to_owned(), why: why.into() }
}

/// Some where the field has a word that is none of those known.
fn word(field: &'static str, value: Option<&String>, known: &[&str]) -> Option<Flaw> {
    let value = value.filter(|value| !known.contains(&value.as_str()))?;
    Some(flaw(field, value, format!("is none of {}", known.join(", "))))
}

impl Environment {
    fn flaw(&self) -> Option<Flaw> {
        if self.name.trim().is_empty() || self.name.chars().any(char::is_control) {
            return Some(flaw("name", &self.name, "is empty or has control characters"));
        }
        let pattern = |text: &&String| text.is_empty() || text.strip_suffix('*').unwrap_or(text).contains('*');
        if let Some(text) = self.targets.iter().find(pattern) {
            return Some(flaw("targets", text, "is no target: an id or a name, with `*` at the end only"));
        }
        word("mission", self.mission.as_ref(), &MISSION)
            .or_else(|| word("exposure", self.exposure.as_ref(), &Exposure::ALL.map(Exposure::as_str)))
            .or_else(|| word("confidentiality", self.confidentiality.as_ref(), &MISSION))
            .or_else(|| word("integrity", self.integrity.as_ref(), &MISSION))
            .or_else(|| word("availability", self.availability.as_ref(), &MISSION))
            .or_else(|| self.alert.as_ref().and_then(Threshold::flaw))
    }

    /// What it changes in CVSS.
    pub(crate) fn setting(&self) -> Setting {
        let letter = |level: &Option<String>| match level.as_deref() {
            Some("low") => Some('L'),
            Some("medium") => Some('M'),
            Some("high") => Some('H'),
            _ => None,
        };
        Setting {
            requirements: [&self.confidentiality, &self.integrity, &self.availability].map(letter),
            exposure: self.exposure.as_deref().and_then(Exposure::parse),
        }
    }
}

impl Threshold {
    fn flaw(&self) -> Option<Flaw> {
        if let Some(risk) = self.risk.filter(|risk| *risk > 100) {
            return Some(flaw("alert.risk", &risk.to_string(), "is no risk: 0 to 100"));
        }
        if let Some(epss) = self.epss.filter(|epss| !(0.0..=1.0).contains(epss)) {
            return Some(flaw("alert.epss", &epss.to_string(), "is no probability: 0 to 1"));
        }
        word("alert.ssvc", self.ssvc.as_ref(), &Decision::ALL.map(Decision::as_str))
    }

    /// What holds where the operator sets none: risk 70, which takes exploitation and a way in, or the decision to act.
    #[must_use]
    pub fn standard() -> Self {
        Self { risk: Some(70), ssvc: Some(Decision::Act.as_str().to_owned()), epss: None, kev: None }
    }

    /// Whether a vulnerability is an alert. What is not known reaches no threshold, and the risk counts it already.
    pub(crate) fn reached(&self, risk: u8, decision: Option<Decision>, epss: Option<f64>, kev: bool) -> bool {
        let wanted = self.ssvc.as_deref().and_then(Decision::parse);
        self.risk.is_some_and(|least| risk >= least)
            || wanted.is_some_and(|least| decision.is_some_and(|decision| decision >= least))
            || self.epss.is_some_and(|least| epss.is_some_and(|epss| epss >= least))
            || (self.kev == Some(true) && kev)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "\
environments:
  - name: production
    targets: ['host://a1*', web-*]
    mission: high
    exposure: internet
    confidentiality: high
    alert: {risk: 60, ssvc: attend, epss: 0.1, kev: true}
  - name: rest
    targets: ['*']
";

    #[test]
    fn the_first_environment_that_matches_holds() {
        let policy = Policy::parse("p", POLICY).unwrap();
        let of = |id, name| policy.environment(id, name).map(|environment| environment.name.as_str());
        assert_eq!(of("host://a1b2", "x"), Some("production"), "by id");
        assert_eq!(of("host://b", "web-1"), Some("production"), "by name");
        assert_eq!(of("host://b", "db-1"), Some("rest"), "the rest");
        assert_eq!(Policy::default().environment("host://a", "a"), None);
        assert_eq!(Policy::parse("p", "# nothing yet\n").unwrap(), Policy::default());
        let setting = policy.environments[0].setting();
        assert_eq!((setting.requirements, setting.exposure), ([Some('H'), None, None], Some(Exposure::Internet)));
    }

    #[test]
    fn a_mistake_is_named_with_its_place() {
        for (text, wants, why) in [
            ("environments:\n  - name: a\n    mission: huge\n", &["mission", "huge", "line 3"][..], "a word"),
            ("environments:\n  - name: a\n    exposure: world\n", &["exposure", "internet"], "what there is"),
            ("environments:\n  - name: a\n    colour: red\n", &["colour", "line 3"], "a field"),
            ("environments:\n  - targets: [a]\n", &["name"], "a field that must be there"),
            ("environments:\n  - name: ''\n", &["name", "empty"], "an empty name"),
            ("environments:\n  - name: a\n    targets: ['a*b']\n", &["a*b", "at the end"], "a pattern"),
            ("environments:\n  - name: a\n    alert: {risk: 101}\n", &["risk", "101"], "a number"),
            ("environments:\n  - name: a\n    alert: {epss: 10}\n", &["epss", "0 to 1"], "percent"),
            ("environments:\n  - name: a\n    alert: {ssvc: urgent}\n", &["ssvc", "track*"], "a decision"),
            ("environments:\n  - name: a\n  - name: a\n", &["environments[1]", "twice"], "two of one name"),
            ("environments: {a: 1}\n", &["line 1"], "another form"),
            ("- a\n", &["sequence"], "a list"),
            ("environments: [\n", &["line"], "no YAML"),
        ] {
            let error = Policy::parse("p.yaml", text).unwrap_err().to_string();
            for want in wants {
                assert!(error.contains(want), "{why}: `{want}` is not in: {error}");
            }
        }
        assert!(Policy::parse("p", &"#".repeat(LENGTH_MAX + 1)).is_err(), "bounded");
    }

    #[test]
    fn any_threshold_makes_an_alert() {
        let none = Threshold::default();
        let standard = Threshold::standard();
        let all = Threshold { risk: Some(60), ssvc: Some("attend".into()), epss: Some(0.1), kev: Some(true) };
        for (threshold, risk, decision, epss, kev, want, why) in [
            (&none, 100, Some(Decision::Act), Some(1.0), true, false, "an empty one is never reached"),
            (&standard, 70, None, None, false, true, "the risk"),
            (&standard, 69, Some(Decision::Attend), Some(1.0), true, false, "below it"),
            (&standard, 0, Some(Decision::Act), None, false, true, "the decision"),
            (&all, 0, Some(Decision::Attend), None, false, true, "at least attend"),
            (&all, 0, Some(Decision::TrackStar), None, false, false, "less"),
            (&all, 0, None, Some(0.1), false, true, "the probability"),
            (&all, 0, None, None, true, true, "exploited"),
            (&all, 0, None, None, false, false, "what is not known reaches nothing"),
        ] {
            assert_eq!(threshold.reached(risk, decision, epss, kev), want, "{why}");
        }
    }
}
