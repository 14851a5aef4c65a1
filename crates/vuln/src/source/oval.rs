//! OVAL (<https://oval-community-guidelines.readthedocs.io/>) of rpm distributions, as Red Hat publishes version 2.
//!
//! A definition's criteria name tests; a test joins an object (a package's name) with a state (the version below which it is
//! vulnerable). Tests stand after definitions, so definitions are kept until the end of the file.
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    io::{BufRead, BufReader},
};

use quick_xml::{Reader, events::BytesStart, events::Event as Xml};

use super::{
    Head, Output, SourceError,
    bound::TagGuard,
    date::date,
    debian::below,
    id::cve_in,
    redhat::{ecosystem_of_cpe, ecosystem_of_platform, evr, module},
};
use crate::model::{Advisory, Affected, CvssVector, Event, FixState, Record, VulnerabilityRecord};

/// Definitions, tests, objects and states of a file, together.
const ITEMS_MAX: usize = 4_000_000;
const DEPTH_MAX: usize = 64;
/// Bytes of one text.
const TEXT_MAX: usize = 64 << 10;

pub(crate) fn detect(head: &Head<'_>) -> bool {
    head.text().trim_start().starts_with('<') && head.text().contains("<oval_definitions")
}

#[derive(Default)]
struct Definition {
    class: String,
    title: String,
    references: Vec<String>,
    cves: Vec<(String, Option<String>)>,
    severity: String,
    issued: Option<String>,
    ecosystems: BTreeSet<String>,
    platforms: BTreeSet<String>,
    criteria: Vec<Criterion>,
    /// State of a resolution and the components it is about.
    resolutions: Vec<(String, Vec<String>)>,
}

/// A test that is asked, under the module that its criteria want.
struct Criterion {
    test: String,
    comment: String,
    module: Option<String>,
}

#[derive(Default)]
struct State {
    evr: Option<String>,
    arches: Vec<String>,
}

#[derive(Default)]
struct Document {
    definitions: Vec<Definition>,
    tests: HashMap<String, (String, String)>,
    objects: HashMap<String, String>,
    states: HashMap<String, State>,
}

/// Where the reader stands.
#[derive(Default)]
struct Place {
    definition: Option<Definition>,
    /// Modules that open criteria want, innermost last.
    modules: Vec<Option<String>>,
    test: Option<(String, String, String)>,
    object: Option<String>,
    state: Option<(String, State)>,
    text: String,
    cvss: Option<String>,
}

pub(crate) fn read(input: &mut dyn BufRead, output: &mut Output<'_>) -> Result<(), SourceError> {
    let mut reader = Reader::from_reader(BufReader::with_capacity(64 << 10, TagGuard::new(input)));
    let (mut document, mut place) = (Document::default(), Place::default());
    let (mut buffer, mut depth) = (Vec::new(), 0_usize);
    loop {
        buffer.clear();
        let at = reader.buffer_position();
        let wrong = |reason: &dyn std::fmt::Display| SourceError::at(format!("byte {at}"), reason);
        match reader.read_event_into(&mut buffer).map_err(|error| wrong(&error))? {
            Xml::Start(element) => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return Err(wrong(&"nested too deeply"));
                }
                document.start(&mut place, &element);
            }
            Xml::Empty(element) => {
                document.start(&mut place, &element);
                document.end(&mut place, element.local_name().as_ref());
            }
            Xml::End(element) => {
                depth = depth.saturating_sub(1);
                document.end(&mut place, element.local_name().as_ref());
            }
            Xml::Text(text) => text_add(&mut place.text, &String::from_utf8_lossy(&text)),
            Xml::CData(text) => text_add(&mut place.text, &String::from_utf8_lossy(&text)),
            // Entities of XML; others are not followed, they could stand for anything.
            Xml::GeneralRef(name) => text_add(
                &mut place.text,
                match &*name {
                    b"amp" => "&",
                    b"lt" => "<",
                    b"gt" => ">",
                    b"quot" => "\"",
                    b"apos" => "'",
                    _ => " ",
                },
            ),
            Xml::Eof if depth > 0 => return Err(wrong(&"ends inside an element")),
            Xml::Eof => break,
            _ => {}
        }
        let items = document.definitions.len() + document.tests.len() + document.objects.len() + document.states.len();
        if items > ITEMS_MAX {
            return Err(wrong(&format!("more than {ITEMS_MAX} definitions, tests, objects and states")));
        }
    }
    document.emit(output)
}

fn text_add(text: &mut String, more: &str) {
    if text.len() + more.len() <= TEXT_MAX {
        text.push_str(more);
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name.as_bytes())?;
    Some(found.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok()?.chars().take(1000).collect())
}

impl Document {
    fn start(&mut self, place: &mut Place, element: &BytesStart<'_>) {
        place.text.clear();
        let get = |name: &str| attribute(element, name);
        let id = || get("id").unwrap_or_default();
        match element.local_name().as_ref() {
            b"definition" => {
                let class = get("class").unwrap_or_default();
                place.definition = Some(Definition { class, ..Definition::default() });
            }
            b"criteria" => place.modules.push(place.modules.last().cloned().flatten()),
            b"criterion" if get("negate").as_deref() != Some("true") => {
                let comment = get("comment").unwrap_or_default();
                let wanted = comment.strip_prefix("Module ").and_then(|rest| rest.strip_suffix(" is enabled"));
                match wanted.and_then(module) {
                    // It stands beside the criteria that it is a condition of, which come after it.
                    Some(wanted) => {
                        if let Some(last) = place.modules.last_mut() {
                            *last = Some(wanted);
                        }
                    }
                    None => {
                        let module = place.modules.last().cloned().flatten();
                        if let (Some(definition), Some(test)) = (&mut place.definition, get("test_ref")) {
                            definition.criteria.push(Criterion { test, comment, module });
                        }
                    }
                }
            }
            b"reference" => {
                let id = get("ref_id").or_else(|| get("id"));
                if let (Some(definition), Some(id)) = (&mut place.definition, id) {
                    definition.references.push(id);
                }
            }
            b"cve" => place.cvss = get("cvss3"),
            b"issued" => {
                if let Some(definition) = &mut place.definition {
                    definition.issued = get("date");
                }
            }
            b"resolution" => {
                if let Some(definition) = &mut place.definition {
                    definition.resolutions.push((get("state").unwrap_or_default(), Vec::new()));
                }
            }
            b"rpminfo_test" => place.test = Some((id(), String::new(), String::new())),
            b"object" | b"state" => {
                let (object, state) = (get("object_ref"), get("state_ref"));
                if let Some(test) = &mut place.test {
                    test.1 = object.unwrap_or(std::mem::take(&mut test.1));
                    test.2 = state.unwrap_or(std::mem::take(&mut test.2));
                }
            }
            b"rpminfo_object" => place.object = Some(id()),
            b"rpminfo_state" => place.state = Some((id(), State::default())),
            _ => {}
        }
    }

    fn end(&mut self, place: &mut Place, name: &[u8]) {
        let text = std::mem::take(&mut place.text).trim().to_owned();
        match (name, &mut place.definition) {
            (b"criteria", _) => drop(place.modules.pop()),
            (b"title", Some(definition)) => definition.title = text,
            (b"severity", Some(definition)) => definition.severity = text,
            (b"cpe", Some(definition)) => definition.ecosystems.extend(ecosystem_of_cpe(&text)),
            (b"platform", Some(definition)) => definition.platforms.extend(ecosystem_of_platform(&text)),
            (b"cve", Some(definition)) => definition.cves.push((text, place.cvss.take())),
            (b"component", Some(definition)) => {
                if let Some((_, components)) = definition.resolutions.last_mut() {
                    components.push(text);
                }
            }
            (b"definition", _) => self.definitions.extend(place.definition.take()),
            (b"rpminfo_test", _) => {
                if let Some((id, object, state)) = place.test.take() {
                    self.tests.insert(id, (object, state));
                }
            }
            (b"name", None) => {
                if let Some(id) = place.object.take() {
                    self.objects.insert(id, text);
                }
            }
            (b"evr", None) => {
                if let Some((_, state)) = &mut place.state {
                    state.evr = Some(evr(&text));
                }
            }
            (b"arch", None) => {
                if let Some((_, state)) = &mut place.state {
                    let arches = text.trim_matches(['(', ')', '^', '$']).split('|');
                    state.arches = arches.map(str::to_owned).filter(|arch| arch != "noarch").collect();
                }
            }
            (b"rpminfo_state", _) => {
                if let Some((id, state)) = place.state.take() {
                    self.states.insert(id, state);
                }
            }
            _ => {}
        }
    }

    fn emit(self, output: &mut Output<'_>) -> Result<(), SourceError> {
        for definition in &self.definitions {
            let ids = || definition.references.iter().chain(definition.cves.iter().map(|(id, _)| id));
            let cves: BTreeSet<String> = ids().filter_map(|id| cve_in(id)).collect();
            let Some(id) = definition.references.iter().find(|id| cve_in(id).is_none()).or(ids().next()) else {
                output.problem(&definition.title, "names no advisory and no CVE");
                continue;
            };
            for (cve, cvss) in &definition.cves {
                let (Some(cve), Some((score, vector))) =
                    (cve_in(cve), cvss.as_deref().and_then(|cvss| cvss.split_once('/')))
                else {
                    continue;
                };
                output.record(Record::Vulnerability(VulnerabilityRecord {
                    cve,
                    cvss: vec![CvssVector {
                        vector: vector.to_owned(),
                        source: "redhat".into(),
                        score: score.parse().ok().filter(|score| (0.0..=10.0).contains(score)),
                    }],
                    ..VulnerabilityRecord::default()
                }))?;
            }
            let affected = self.affected(definition);
            if affected.is_empty() {
                continue;
            }
            output.record(Record::Advisory(Advisory {
                id: id.clone(),
                cves: cves.into_iter().collect(),
                summary: definition.title.clone(),
                published: definition.issued.as_deref().and_then(date),
                affected,
                ..Advisory::default()
            }))?;
        }
        Ok(())
    }

    fn affected(&self, definition: &Definition) -> Vec<Affected> {
        let ecosystems = if definition.ecosystems.is_empty() { &definition.platforms } else { &definition.ecosystems };
        let urgency = Some(definition.severity.to_ascii_lowercase()).filter(|severity| !severity.is_empty());
        let mut rows: Vec<Affected> = Vec::new();
        let mut seen = HashSet::new();
        for criterion in &definition.criteria {
            let Some((object, state)) = self.tests.get(&criterion.test) else { continue };
            let Some(name) = self.objects.get(object) else { continue };
            let state = self.states.get(state);
            let version = state.and_then(|state| state.evr.clone());
            let patch = definition.class == "patch";
            // Which release it is and who signed it are conditions; what is not compared is told of only by definitions of
            // vulnerabilities without a fix.
            let condition = criterion.comment.contains("is signed with") || name.contains("-release");
            if condition || (version.is_none() && (patch || !criterion.comment.ends_with("is installed"))) {
                continue;
            }
            let state_of = || {
                let own = definition.resolutions.iter().find(|(_, components)| components.contains(name));
                match own.or(definition.resolutions.first()).map(|(state, _)| state.to_ascii_lowercase()) {
                    Some(state) if state.contains("will not fix") => FixState::Ignored,
                    Some(state) if state.contains("support") => FixState::EndOfLife,
                    Some(state) if state.contains("deferred") => FixState::Postponed,
                    Some(state) if state.contains("investigation") => FixState::UnderInvestigation,
                    _ => FixState::Affected,
                }
            };
            for ecosystem in ecosystems {
                let row = Affected {
                    ecosystem: ecosystem.clone(),
                    package: name.clone(),
                    state: if version.is_some() { FixState::Affected } else { state_of() },
                    ranges: vec![below(version.clone().map(Event::Fixed))],
                    urgency: urgency.clone(),
                    module: criterion.module.clone(),
                    arches: state.map(|state| state.arches.clone()).unwrap_or_default(),
                    ..Affected::default()
                };
                if seen.insert(format!("{row:?}")) {
                    rows.push(row);
                }
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use crate::source::testing::{lines, read_all, read_as};

    const SAMPLE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5" xmlns:red-def="http://oval.mitre.org/XMLSchema/oval-definitions-5#linux">
 <definitions>
  <definition class="patch" id="oval:com.redhat.rhsa:def:20240001" version="1">
   <metadata><title>RHSA-2024:0001: nodejs:18 security &amp; bug fix (Important)</title>
    <affected family="unix"><platform>Red Hat Enterprise Linux 8</platform></affected>
    <reference ref_id="RHSA-2024:0001" source="RHSA"/><reference ref_id="CVE-2024-0001" source="CVE"/>
    <advisory from="secalert@redhat.com"><severity>Important</severity><issued date="2024-01-02"/>
     <cve cvss3="7.5/CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H" cwe="CWE-400">CVE-2024-0001</cve>
     <affected_cpe_list><cpe>cpe:/a:redhat:enterprise_linux:8</cpe><cpe>cpe:/a:redhat:enterprise_linux:8::appstream</cpe></affected_cpe_list></advisory></metadata>
   <criteria operator="OR"><criterion comment="Red Hat Enterprise Linux must be installed" test_ref="t0"/>
    <criteria operator="AND"><criterion comment="Red Hat Enterprise Linux 8 is installed" test_ref="t0"/>
     <criterion comment="Module nodejs:18 is enabled" test_ref="t1"/>
     <criteria operator="OR"><criteria operator="AND">
      <criterion comment="nodejs is earlier than 1:18.1-3.module+el8" test_ref="t2"/>
      <criterion comment="nodejs is signed with Red Hat redhatrelease2 key" test_ref="t3"/></criteria></criteria></criteria></criteria>
  </definition>
  <definition class="vulnerability" id="oval:com.redhat.unaffected:def:1" version="1">
   <metadata><title>zlib: x</title><affected family="unix"><platform>Red Hat Enterprise Linux 8</platform></affected>
    <reference ref_id="CVE-2024-0002" source="CVE"/>
    <advisory><severity>Low</severity><affected><resolution state="Will not fix"><component>zlib</component></resolution></affected></advisory></metadata>
   <criteria operator="AND"><criterion comment="zlib is installed" test_ref="t4"/></criteria>
  </definition>
 </definitions>
 <tests>
  <red-def:rpminfo_test id="t0"><red-def:object object_ref="o0"/></red-def:rpminfo_test>
  <red-def:rpminfo_test id="t2"><red-def:object object_ref="o2"/><red-def:state state_ref="s2"/></red-def:rpminfo_test>
  <red-def:rpminfo_test id="t3"><red-def:object object_ref="o2"/><red-def:state state_ref="s3"/></red-def:rpminfo_test>
  <red-def:rpminfo_test id="t4"><red-def:object object_ref="o4"/></red-def:rpminfo_test>
 </tests>
 <objects>
  <red-def:rpminfo_object id="o0"><red-def:name>redhat-release</red-def:name></red-def:rpminfo_object>
  <red-def:rpminfo_object id="o2"><red-def:name>nodejs</red-def:name></red-def:rpminfo_object>
  <red-def:rpminfo_object id="o4"><red-def:name>zlib</red-def:name></red-def:rpminfo_object>
 </objects>
 <states>
  <red-def:rpminfo_state id="s2"><red-def:arch datatype="string" operation="pattern match">aarch64|x86_64</red-def:arch><red-def:evr datatype="evr_string" operation="less than">1:18.1-3.module+el8</red-def:evr></red-def:rpminfo_state>
  <red-def:rpminfo_state id="s3"><red-def:signature_keyid operation="equals">1</red-def:signature_keyid></red-def:rpminfo_state>
 </states>
</oval_definitions>
"#;

    #[test]
    fn criteria_become_ranges() {
        let (format, records, problems) = read_all("rhel-8.oval.xml", SAMPLE.as_bytes());
        assert_eq!((format, problems), ("oval", vec![]));
        let lines: Vec<String> = lines(&records).into_iter().filter(|line| !line.starts_with("Vuln")).collect();
        assert_eq!(
            lines,
            [
                "RHSA-2024:0001 CVE-2024-0001 Red Hat:8 nodejs Affected Ecosystem[>=0 <1:18.1-3.module+el8] urgency=important module=nodejs:18 arches=aarch64,x86_64",
                "CVE-2024-0002 CVE-2024-0002 Red Hat:8 zlib Ignored Ecosystem[>=0] urgency=low",
            ]
        );
    }

    #[test]
    fn damage_has_a_place() {
        let format = crate::source::format_named("oval").unwrap();
        let (_, _, result) = read_as(format, "x", &SAMPLE.as_bytes()[..2000]);
        assert!(result.unwrap_err().to_string().starts_with("byte "));
        let deep = format!("<oval_definitions>{}", "<criteria>".repeat(10_000));
        let (_, _, result) = read_as(format, "x", deep.as_bytes());
        assert!(result.unwrap_err().to_string().contains("nested too deeply"));
        let long = format!("<oval_definitions><a>{}", "x".repeat(3 << 20));
        let (_, _, result) = read_as(format, "x", long.as_bytes());
        assert!(result.unwrap_err().to_string().contains("longer than"));
    }
}
