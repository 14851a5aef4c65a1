//! Java projects as sources: `pom.xml` (Maven, "POM Reference") and `gradle.lockfile` (Gradle, "Locking dependency
//! versions").
use std::collections::HashMap;

use casemate_estate::PackageType;
use quick_xml::events::Event;

use super::{
    Reader,
    java::Coordinates,
    library::{LOCK_MAX, Libraries, shown},
    text,
};
use crate::{Body, Entry, Facts, Want, entry::Candidate};

pub(crate) const POM: Reader = Reader { name: "pom.xml", wants: pom_wants, read: pom_read };
pub(crate) const GRADLE: Reader = Reader { name: "gradle.lockfile", wants: gradle_wants, read: gradle_read };

const POM_MAX: u64 = 16 << 20;
/// Levels of elements; a POM has some eight.
const DEPTH_MAX: usize = 64;
/// Properties that name properties.
const RESOLVE_MAX: usize = 8;

fn pom_wants(file: &Candidate<'_>) -> Option<Want> {
    // Beside `pom.properties`, which say more.
    (file.base == "pom.xml" && !file.dir.contains("/META-INF/maven/")).then_some(Want::Whole(POM_MAX))
}

#[derive(Debug, Default)]
struct Dependency {
    group: String,
    artifact: String,
    version: String,
    scope: String,
}

#[derive(Debug, Default)]
struct Pom {
    properties: HashMap<String, String>,
    /// `project.groupId` and so on, and those of the parent.
    fields: HashMap<String, String>,
    dependencies: Vec<Dependency>,
    managed: Vec<Dependency>,
    /// Bytes up to which it is XML, where it is not all.
    broken: Option<u64>,
}

impl Pom {
    fn of(text: &str) -> Self {
        let mut pom = Self::default();
        let mut xml = quick_xml::Reader::from_str(text);
        let mut path: Vec<String> = Vec::new();
        let mut now = Dependency::default();
        loop {
            match xml.read_event() {
                Ok(Event::Start(element)) => {
                    if path.len() >= DEPTH_MAX {
                        pom.broken = Some(xml.buffer_position());
                        break;
                    }
                    path.push(String::from_utf8_lossy(element.local_name().as_ref()).into_owned());
                }
                Ok(Event::Text(text)) => {
                    if let Ok(text) = text.decode() {
                        pom.field(&path, text.trim(), &mut now);
                    }
                }
                Ok(Event::End(_)) => {
                    let names: Vec<&str> = path.iter().map(String::as_str).collect();
                    match names.as_slice() {
                        ["project", "dependencies", "dependency"] => pom.dependencies.push(std::mem::take(&mut now)),
                        ["project", "dependencyManagement", "dependencies", "dependency"] => {
                            pom.managed.push(std::mem::take(&mut now));
                        }
                        _ => {}
                    }
                    path.pop();
                }
                Ok(Event::Eof) => {
                    if !path.is_empty() {
                        pom.broken = Some(xml.buffer_position());
                    }
                    break;
                }
                Ok(_) => {}
                Err(_) => {
                    pom.broken = Some(xml.error_position());
                    break;
                }
            }
        }
        pom
    }

    fn field(&mut self, path: &[String], text: &str, now: &mut Dependency) {
        if text.is_empty() {
            return;
        }
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        match names.as_slice() {
            ["project", name @ ("groupId" | "artifactId" | "version")] => {
                self.fields.insert(format!("project.{name}"), text.to_owned());
            }
            ["project", "parent", name @ ("groupId" | "artifactId" | "version")] => {
                self.fields.insert(format!("project.parent.{name}"), text.to_owned());
            }
            ["project", "properties", name] => drop(self.properties.insert((*name).to_owned(), text.to_owned())),
            ["project", "dependencies", "dependency", name]
            | ["project", "dependencyManagement", "dependencies", "dependency", name] => match *name {
                "groupId" => text.clone_into(&mut now.group),
                "artifactId" => text.clone_into(&mut now.artifact),
                "version" => text.clone_into(&mut now.version),
                "scope" => text.clone_into(&mut now.scope),
                _ => {}
            },
            _ => {}
        }
    }

    fn property(&self, name: &str) -> Option<&str> {
        if let Some(value) = self.properties.get(name) {
            return Some(value);
        }
        let name = name.strip_prefix("pom.").map_or_else(|| name.to_owned(), |rest| format!("project.{rest}"));
        let parent = || name.strip_prefix("project.").map(|rest| format!("project.parent.{rest}"));
        let field = self.fields.get(&name).or_else(|| self.fields.get(&parent()?));
        field.map(String::as_str)
    }

    /// `text` with its `${…}` replaced; none where one is not known here.
    fn resolved(&self, text: &str) -> Option<String> {
        let mut now = text.to_owned();
        for _ in 0..RESOLVE_MAX {
            let Some((before, rest)) = now.split_once("${") else { return Some(now) };
            let (name, after) = rest.split_once('}')?;
            let next = format!("{before}{}{after}", self.property(name)?);
            if next.len() > 1_024 {
                return None;
            }
            now = next;
        }
        None
    }
}

/// The group, artifact and version of a project itself.
pub(super) fn coordinates(text: &str) -> Option<Coordinates> {
    let pom = Pom::of(text);
    let field = |name: &str| pom.resolved(pom.property(&format!("project.{name}"))?);
    Some((field("groupId")?, field("artifactId")?, field("version").unwrap_or_default()))
}

/// What it depends on by itself. A version that a parent elsewhere manages is not known from here: the package has none.
fn pom_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, POM_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let pom = Pom::of(&text);
    let mut found = Libraries::new(entry, PackageType::Maven);
    if let Some(at) = pom.broken {
        found.problem(format!("it is no XML, or ends, at byte {at}: packages may be missing"), true);
    }
    let managed: HashMap<(Option<String>, Option<String>), &Dependency> = pom
        .managed
        .iter()
        .map(|managed| ((pom.resolved(&managed.group), pom.resolved(&managed.artifact)), managed))
        .collect();
    for dependency in &pom.dependencies {
        let (group, artifact) = (pom.resolved(&dependency.group), pom.resolved(&dependency.artifact));
        let managed = managed.get(&(group.clone(), artifact.clone()));
        let or_managed = |own: &str, of: fn(&Dependency) -> &str| -> String {
            if own.is_empty() { managed.map_or("", |managed| of(managed)).to_owned() } else { own.to_owned() }
        };
        let version = or_managed(&dependency.version, |managed| &managed.version);
        let scope = or_managed(&dependency.scope, |managed| &managed.scope);
        let version = pom.resolved(&version).unwrap_or_default();
        // `[1.0]` is exactly that; other ranges say no version.
        let exact = version.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&version);
        let exact = if exact.contains(['[', '(', ',']) { "" } else { exact };
        match (group, artifact) {
            (Some(group), Some(artifact)) => {
                found.add_in(Some(&group), &artifact, exact, matches!(scope.as_str(), "test" | "provided"));
            }
            _ => found.problem(
                format!("dependency `{}` has a name that a parent defines", shown(&dependency.artifact)),
                true,
            ),
        }
    }
    found.done()
}

fn gradle_wants(file: &Candidate<'_>) -> Option<Want> {
    (file.base == "gradle.lockfile").then_some(Want::Whole(LOCK_MAX))
}

/// `GROUP:ARTIFACT:VERSION=CONFIGURATION,…`.
fn gradle_read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = match text(entry, body, LOCK_MAX) {
        Ok(text) => text,
        Err(facts) => return facts,
    };
    let mut found = Libraries::new(entry, PackageType::Maven);
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') || line.starts_with("empty=") {
            continue;
        }
        let (coordinates, configurations) = line.split_once('=').unwrap_or((line, ""));
        let parts: Vec<&str> = coordinates.split(':').collect();
        let [group, artifact, version] = parts.as_slice() else {
            found.problem(format!("line {}: `{}` is no group, artifact and version", at + 1, shown(line)), true);
            continue;
        };
        // What only tests and the build's own tools use.
        let dev = !configurations.is_empty()
            && configurations.split(',').all(|name| {
                let name = name.to_ascii_lowercase();
                name.contains("test") || name.contains("annotationprocessor") || name.starts_with("checkstyle")
            });
        found.add_in(Some(group), artifact, version, dev);
    }
    found.done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::{library::listed, testing::facts};

    #[test]
    fn a_pom_resolves_what_it_says_itself() {
        let text = r#"<?xml version="1.0"?><project xmlns="http://maven.apache.org/POM/4.0.0">
            <parent><groupId>org.p</groupId><artifactId>p</artifactId><version>9</version></parent>
            <artifactId>app</artifactId>
            <properties><a.version>1.${minor}</a.version><minor>2</minor><loop>${loop}</loop></properties>
            <dependencyManagement><dependencies>
              <dependency><groupId>org.m</groupId><artifactId>m</artifactId><version>3</version><scope>test</scope></dependency>
            </dependencies></dependencyManagement>
            <dependencies>
              <dependency><groupId>org.a</groupId><artifactId>a</artifactId><version>${a.version}</version>
                <exclusions><exclusion><groupId>x</groupId><artifactId>y</artifactId></exclusion></exclusions></dependency>
              <dependency><groupId>org.m</groupId><artifactId>m</artifactId></dependency>
              <dependency><groupId>${project.groupId}</groupId><artifactId>sib</artifactId><version>${project.version}</version></dependency>
              <dependency><groupId>org.u</groupId><artifactId>u</artifactId></dependency>
              <dependency><groupId>org.l</groupId><artifactId>l</artifactId><version>${loop}</version></dependency>
              <dependency><groupId>org.r</groupId><artifactId>r</artifactId><version>[1.5]</version></dependency>
            </dependencies>
            <build><plugins><plugin><dependencies><dependency><groupId>no</groupId><artifactId>no</artifactId></dependency></dependencies></plugin></plugins></build>
            </project>"#;
        let facts = facts("/src/pom.xml", text.as_bytes());
        assert_eq!(
            listed(&facts),
            [
                "maven/org.a/a@1.2",
                "maven/org.l/l@",
                "maven/org.m/m@3 dev",
                "maven/org.p/sib@9",
                "maven/org.r/r@1.5",
                "maven/org.u/u@"
            ]
        );
        assert_eq!(facts.problems.len(), 2, "two without a version");
        assert_eq!(coordinates(text), Some(("org.p".into(), "app".into(), "9".into())));
    }

    #[test]
    fn a_lock_file_of_gradle() {
        let text = "# comment\norg.a:a:1.0=compileClasspath,runtimeClasspath\norg.t:t:2=testCompileClasspath\nempty=annotationProcessor\nodd\n";
        let facts = facts("/src/gradle.lockfile", text.as_bytes());
        assert_eq!(listed(&facts), ["maven/org.a/a@1.0", "maven/org.t/t@2 dev"]);
        assert_eq!(facts.problems.len(), 1);
    }

    #[test]
    fn a_broken_pom_keeps_what_came_before() {
        for text in [
            "<project><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId><version>1</version></dependency><dep",
            "<project><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId><version>1</version></dependency></dependencies></wrong>",
            &format!(
                "<project><dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId><version>1</version></dependency></dependencies>{}",
                "<x>".repeat(100_000)
            ),
        ] {
            let facts = facts("/src/pom.xml", text.as_bytes());
            assert_eq!((facts.packages.len(), facts.problems.len()), (1, 1), "{}", &text[..60]);
            assert!(facts.problems[0].incomplete);
        }
    }
}
