//! OSV (<https://ossf.github.io/osv-schema/>) as JSON and YAML: every ecosystem, GHSA and Ubuntu included.
use casemate_estate::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::{Head, Output, SourceError, date::date, id::cve_in, json, name::base, output::sentence};
use crate::model::{Advisory, Affected, CvssVector, Event, FixState, Range, RangeType, Record};

pub(crate) fn json_detect(head: &Head<'_>) -> bool {
    let others = ["affected", "aliases", "details", "published", "schema_version", "withdrawn", "summary"];
    head.has("id") && head.has("modified") && others.iter().any(|key| head.has(key))
}

pub(crate) fn yaml_detect(head: &Head<'_>) -> bool {
    if head.is_json() || !matches!(head.extension(), "yaml" | "yml") {
        return false;
    }
    // A beginning such as `id: PYSEC-2022-1` is enough: a file that was cut after it is damaged, not foreign.
    let id = head.text().lines().find_map(|line| line.strip_prefix("id:")).unwrap_or_default();
    let (prefix, rest) = id.trim().split_once('-').unwrap_or_default();
    prefix.len() >= 2
        && prefix.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && rest.bytes().any(|byte| byte.is_ascii_digit())
}

#[derive(Deserialize)]
struct Document {
    id: String,
    modified: Option<String>,
    published: Option<String>,
    withdrawn: Option<String>,
    summary: Option<String>,
    details: Option<String>,
    #[serde(default)]
    aliases: Option<Vec<String>>,
    #[serde(default)]
    upstream: Option<Vec<String>>,
    #[serde(default)]
    related: Option<Vec<String>>,
    #[serde(default)]
    severity: Option<Vec<Severity>>,
    #[serde(default)]
    affected: Option<Vec<AffectedPackage>>,
    database_specific: Option<Specific>,
}

#[derive(Deserialize)]
struct Severity {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    score: String,
}

#[derive(Deserialize)]
struct AffectedPackage {
    package: Option<Package>,
    #[serde(default)]
    ranges: Option<Vec<VersionRange>>,
    #[serde(default)]
    versions: Option<Vec<String>>,
    #[serde(default)]
    severity: Option<Vec<Severity>>,
    ecosystem_specific: Option<Specific>,
    database_specific: Option<Specific>,
}

#[derive(Deserialize)]
struct Package {
    #[serde(default)]
    ecosystem: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct VersionRange {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    events: Vec<VersionEvent>,
    database_specific: Option<Specific>,
}

#[derive(Deserialize)]
struct VersionEvent {
    introduced: Option<String>,
    fixed: Option<String>,
    last_affected: Option<String>,
    limit: Option<String>,
}

/// What publishers add. Their types differ, so nothing is expected of them.
#[derive(Default, Deserialize)]
struct Specific {
    severity: Option<Value>,
    urgency: Option<Value>,
    informational: Option<Value>,
    last_known_affected_version_range: Option<Value>,
}

pub(crate) fn json_read(bytes: &[u8], output: &mut Output<'_>) -> Result<(), SourceError> {
    let document: Document = json::parse(bytes)?;
    emit(document, output)
}

pub(crate) fn yaml_read(bytes: &[u8], output: &mut Output<'_>) -> Result<(), SourceError> {
    let document: Document = serde_yaml_ng::from_slice(bytes).map_err(|error| {
        let place = error.location().map(|at| format!("line {} column {}", at.line(), at.column()));
        SourceError::at(place.unwrap_or_else(|| "document".into()), error)
    })?;
    emit(document, output)
}

fn emit(document: Document, output: &mut Output<'_>) -> Result<(), SourceError> {
    let id = document.id.trim().to_owned();
    let mut problems = Vec::new();
    let severities = document.severity.unwrap_or_default();
    let urgency = urgency_of(&severities).or_else(|| document.database_specific.as_ref().and_then(specific_urgency));
    let mut cvss = vectors(&severities, &id);
    let mut affected = Vec::new();
    for package in document.affected.unwrap_or_default() {
        for vector in vectors(package.severity.as_deref().unwrap_or_default(), &id) {
            if !cvss.contains(&vector) {
                cvss.push(vector);
            }
        }
        affected.extend(affected_package(package, urgency.as_deref(), &mut problems));
    }
    for problem in problems {
        output.problem(&id, problem);
    }
    let aliases = document.aliases.unwrap_or_default();
    let upstream = document.upstream.unwrap_or_default();
    let related = document.related.unwrap_or_default();
    let timestamp = |text: &Option<String>| -> Option<Timestamp> { text.as_deref().and_then(date) };
    let advisory = Advisory {
        cves: cves(&id, &aliases, &upstream, &related, &affected),
        aliases: aliases.into_iter().chain(upstream).collect(),
        summary: match document.summary {
            Some(summary) if !summary.trim().is_empty() => summary,
            _ => document.details.as_deref().map(sentence).unwrap_or_default(),
        },
        published: timestamp(&document.published),
        modified: timestamp(&document.modified),
        withdrawn: document.withdrawn.is_some_and(|withdrawn| !withdrawn.trim().is_empty()),
        cvss,
        affected,
        id,
    };
    output.record(Record::Advisory(advisory))
}

/// The CVEs of an advisory: its own id, its aliases, what it is derived from. Only a distribution's advisory without any is
/// taken to be about those that it calls related: elsewhere related ids are other vulnerabilities.
fn cves(id: &str, aliases: &[String], upstream: &[String], related: &[String], affected: &[Affected]) -> Vec<String> {
    let own: Vec<String> = std::iter::once(id)
        .chain(aliases.iter().map(String::as_str))
        .chain(upstream.iter().map(String::as_str))
        .filter_map(cve_in)
        .collect();
    if own.is_empty() && affected.iter().any(|affected| affected.ecosystem.contains(':')) {
        return related.iter().filter_map(|id| cve_in(id)).collect();
    }
    own
}

fn affected_package(package: AffectedPackage, urgency: Option<&str>, problems: &mut Vec<String>) -> Option<Affected> {
    // Without a package there are only commits, which no package can be compared with.
    let name = package.package?;
    let mut ranges = Vec::new();
    for range in package.ranges.unwrap_or_default() {
        let kind = match range.kind.as_str() {
            "SEMVER" => RangeType::Semver,
            "ECOSYSTEM" => RangeType::Ecosystem,
            "GIT" => RangeType::Git,
            other => {
                problems.push(format!("`{}` is no type of range", other.chars().take(40).collect::<String>()));
                continue;
            }
        };
        let mut events = Vec::new();
        for event in range.events {
            let before = events.len();
            events.extend(event.introduced.map(Event::Introduced));
            events.extend(event.fixed.map(Event::Fixed));
            events.extend(event.last_affected.map(Event::LastAffected));
            events.extend(event.limit.map(Event::Limit));
            if events.len() == before {
                problems.push(format!("an event of `{}` says nothing", name.name));
            }
        }
        let ends = events.iter().any(|event| !matches!(event, Event::Introduced(_)));
        if !ends && kind != RangeType::Git {
            let known = [&range.database_specific, &package.database_specific];
            events.extend(known.into_iter().flatten().find_map(last_known));
        }
        if !events.is_empty() {
            ranges.push(Range { kind, events });
        }
    }
    let own = urgency_of(package.severity.as_deref().unwrap_or_default());
    let specific = [&package.ecosystem_specific, &package.database_specific];
    let urgency = own
        .or_else(|| specific.into_iter().flatten().find_map(specific_urgency))
        .or_else(|| urgency.map(str::to_owned));
    let fixed = ranges.iter().flat_map(|range| &range.events).any(|event| matches!(event, Event::Fixed(_)));
    let distribution = matches!(base(&name.ecosystem), "Debian" | "Ubuntu");
    let state = if urgency.as_deref() == Some("end-of-life") && distribution && !fixed {
        FixState::EndOfLife
    } else {
        FixState::Affected
    };
    Some(Affected {
        ecosystem: name.ecosystem,
        package: name.name,
        ranges,
        versions: package.versions.unwrap_or_default(),
        state,
        urgency,
        ..Affected::default()
    })
}

/// GitHub's note where no fix is known: `<= 1.2.3` is the last affected version, `< 1.2.3` a bound without a fix.
fn last_known(specific: &Specific) -> Option<Event> {
    let text = specific.last_known_affected_version_range.as_ref()?.as_str()?.trim();
    if let Some(version) = text.strip_prefix("<=") {
        return Some(Event::LastAffected(version.trim().to_owned()));
    }
    text.strip_prefix('<').map(|version| Event::Limit(version.trim().to_owned()))
}

fn vectors(severities: &[Severity], id: &str) -> Vec<CvssVector> {
    let prefix = id.split('-').next().unwrap_or_default().to_ascii_lowercase();
    severities
        .iter()
        .filter(|severity| severity.kind.starts_with("CVSS_") && severity.score.len() <= 512)
        .map(|severity| CvssVector { vector: severity.score.trim().to_owned(), source: prefix.clone(), score: None })
        .collect()
}

/// A distribution's own word for the severity, where it is no vector.
fn urgency_of(severities: &[Severity]) -> Option<String> {
    let own = severities.iter().find(|severity| !severity.kind.starts_with("CVSS_"))?;
    word(&own.score)
}

fn specific_urgency(specific: &Specific) -> Option<String> {
    [&specific.urgency, &specific.informational, &specific.severity]
        .into_iter()
        .flatten()
        .find_map(|value| value.as_str().and_then(word))
}

fn word(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    (!text.is_empty() && text.len() <= 40 && text != "not yet assigned").then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::testing::{lines, read_all, read_as};

    fn document(rest: &str) -> String {
        format!(
            r#"{{"id":"GHSA-aaaa-bbbb-cccc","modified":"2024-01-02T03:04:05Z","published":"2024-01-01T00:00:00Z",{rest}}}"#
        )
    }

    #[test]
    fn each_part_of_the_schema() {
        let package = r#""package":{"ecosystem":"PyPI","name":"A.b"}"#;
        let all = r#"{"introduced":"0"},{"fixed":"1"},{"introduced":"2"},{"last_affected":"3"},{"limit":"4"}"#;
        for (rest, want, why) in [
            (
                format!(r#""aliases":["CVE-2024-0001","X-1"],"affected":[{{{package},"ranges":[{{"type":"ECOSYSTEM","events":[{all}]}}],"versions":["1.5"]}}]"#),
                vec!["CVE-2024-0001 PyPI a-b Affected Ecosystem[>=0 <1 >=2 <=3 |4] =1.5"],
                "every event, a list of versions, PEP 503",
            ),
            (
                format!(r#""affected":[{{{package},"ranges":[{{"type":"GIT","repo":"r","events":[{{"introduced":"0"}},{{"fixed":"abc"}}]}},{{"type":"SEMVER","events":[{{"introduced":"1.0.0","fixed":"1.0.1"}}]}}]}}]"#),
                vec![" PyPI a-b Affected Git[>=0 <abc] Semver[>=1.0.0 <1.0.1]"],
                "commits are kept; two events in one object",
            ),
            (
                format!(r#""database_specific":{{"severity":"HIGH"}},"affected":[{{{package},"ranges":[{{"type":"ECOSYSTEM","events":[{{"introduced":"0"}}]}}],"database_specific":{{"last_known_affected_version_range":"<= 2.1"}}}}]"#),
                vec![" PyPI a-b Affected Ecosystem[>=0 <=2.1] urgency=high"],
                "GitHub's last known version",
            ),
            (
                format!(r#""affected":[{{{package},"ranges":[{{"type":"ECOSYSTEM","events":[{{"introduced":"0"}}],"database_specific":{{"last_known_affected_version_range":"< 2.1"}}}}]}}]"#),
                vec![" PyPI a-b Affected Ecosystem[>=0 |2.1]"],
                "a bound that is no fix",
            ),
            (
                r#""related":["CVE-2024-0002"],"affected":[{"package":{"ecosystem":"Rocky Linux:9","name":"x"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"0:1-1"}]}]}]"#.to_owned(),
                vec!["CVE-2024-0002 Rocky Linux:9 x Affected Ecosystem[>=0 <0:1-1]"],
                "a distribution's related ids are what it is about",
            ),
            (
                format!(r#""related":["CVE-2024-0002"],"affected":[{{{package},"versions":["1"]}}]"#),
                vec![" PyPI a-b Affected =1"],
                "elsewhere they are others",
            ),
            (
                r#""upstream":["CVE-2024-0003"],"severity":[{"type":"Ubuntu","score":"medium"}],"affected":[{"package":{"ecosystem":"Ubuntu:22.04:LTS","name":"x"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]"#.to_owned(),
                vec!["CVE-2024-0003 Ubuntu:22.04:LTS x Affected Ecosystem[>=0] urgency=medium"],
                "upstream, and a word for the severity",
            ),
            (
                r#""upstream":["CVE-2024-0004"],"affected":[{"package":{"ecosystem":"Debian:10","name":"x"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}],"ecosystem_specific":{"urgency":"end-of-life"}}]"#.to_owned(),
                vec!["CVE-2024-0004 Debian:10 x EndOfLife Ecosystem[>=0] urgency=end-of-life"],
                "end of life",
            ),
            (r#""affected":[{"ranges":[{"type":"GIT","events":[{"introduced":"0"}]}]}]"#.to_owned(), vec![""], "no package"),
            (r#""affected":null,"aliases":null,"details":"x""#.to_owned(), vec![""], "nulls"),
        ] {
            let (format, records, problems) = read_all("x.json", document(&rest).as_bytes());
            assert_eq!((format, problems), ("osv", vec![]), "{why}");
            let want: Vec<String> = want.iter().map(|line| format!("GHSA-aaaa-bbbb-cccc {line}")).collect();
            assert_eq!(lines(&records), want, "{why}");
        }
    }

    #[test]
    fn words_beside_the_packages() {
        let text = document(
            r###""withdrawn":"2024-02-01T00:00:00Z","details":"# One. Two.","severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],"aliases":["CVE-2024-0001","GO-1","CVE-2024-0001"]"###,
        );
        let (_, records, _) = read_all("x.json", text.as_bytes());
        let [Record::Advisory(advisory)] = &records[..] else { panic!("{records:?}") };
        assert!(advisory.withdrawn);
        assert_eq!(advisory.summary, "One.");
        assert_eq!(advisory.cves, ["CVE-2024-0001"]);
        assert_eq!(advisory.aliases, ["GO-1"], "what is a CVE stands there already");
        assert_eq!(advisory.cvss[0].source, "ghsa");
        assert_eq!(advisory.modified.unwrap().to_string(), "2024-01-02T03:04:05Z");
    }

    #[test]
    fn yaml_keeps_versions_as_they_are_written() {
        let text = "id: PYSEC-2022-1\nmodified: 2022-07-05T22:30:15Z\naffected:\n- package: {name: a, ecosystem: PyPI}\n  ranges:\n  - type: ECOSYSTEM\n    events:\n    - introduced: 1.10\n    - fixed: 2.0\n  versions:\n  - 1.10\n  - '1e3'\n  - 3.10\n";
        let (format, records, problems) = read_all("PYSEC-2022-1.yaml", text.as_bytes());
        assert_eq!((format, problems), ("osv-yaml", vec![]));
        assert_eq!(lines(&records), ["PYSEC-2022-1  PyPI a Affected Ecosystem[>=1.10 <2.0] =1e3,3.10"]);
    }

    #[test]
    fn what_is_no_osv_is_not_guessed() {
        let osv = crate::source::format_named("osv").unwrap();
        for (text, why) in [
            (r#"{"id":"A-1","modified":"x","affected":[{"package":{"name":"a","ecosystem":"#, "cut"),
            (r#"{"id":1,"modified":"x"}"#, "an id that is a number"),
            (r#"{"id":"A-1","affected":[{"package":"a"}]}"#, "a package that is a text"),
            (r#"{"id":"A-1","id":"A-2"}"#, "a key twice"),
        ] {
            let (records, _, result) = read_as(osv, "x", text.as_bytes());
            assert!(records.is_empty() && result.unwrap_err().to_string().contains("line 1 column"), "{why}");
        }
        let nested = format!(r#"{{"id":"A-1","x":{}"#, "[".repeat(100_000));
        let (_, _, result) = read_as(osv, "x", nested.as_bytes());
        assert!(result.is_err(), "deep nesting");
        let text = document(
            r#""affected":[{"package":{"ecosystem":"npm","name":"a"},"ranges":[{"type":"NEW","events":[]}]}]"#,
        );
        let (_, problems, _) = read_as(osv, "x.json", text.as_bytes());
        assert_eq!(problems, ["x.json: GHSA-aaaa-bbbb-cccc: `NEW` is no type of range"]);
    }
}
