//! CSAF 2.0 (<https://docs.oasis-open.org/csaf/csaf/v2.0/>) as Red Hat publishes it: advisories and VEX.
//!
//! A product of a status is a component of a platform, by way of `relationships`, and perhaps of a module in between. The
//! platform's CPE gives the ecosystem, the component's purl (or its name-version-release) the package.
use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use serde_json::Value;

use super::{
    Head, Output, SourceError,
    date::date,
    debian::below,
    id::cve_in,
    json,
    kev::cwes,
    redhat::{Rpm, ecosystem_of_cpe, evr, module, nevra},
};
use crate::model::{Advisory, Affected, CvssVector, Event, FixState, Record, VulnerabilityRecord};

/// Relationships between a product and its platform.
const DEPTH_MAX: usize = 8;

/// Only publishers whose products are packages; elsewhere CSAF speaks of appliances and services, and of examples.
pub(crate) fn detect(head: &Head<'_>) -> bool {
    head.has("document") && head.has_at(2, "csaf_version") && head.text().contains("redhat.com")
}

#[derive(Deserialize)]
struct Document {
    document: Meta,
    #[serde(default)]
    product_tree: ProductTree,
    #[serde(default)]
    vulnerabilities: Vec<Vulnerability>,
}

#[derive(Deserialize)]
struct Meta {
    #[serde(default)]
    title: String,
    tracking: Tracking,
    publisher: Option<Publisher>,
    aggregate_severity: Option<Severity>,
}

#[derive(Deserialize)]
struct Tracking {
    id: String,
    initial_release_date: Option<String>,
    current_release_date: Option<String>,
    #[serde(default)]
    status: String,
}

#[derive(Deserialize)]
struct Publisher {
    #[serde(default)]
    namespace: String,
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Severity {
    #[serde(default)]
    text: String,
}

#[derive(Default, Deserialize)]
struct ProductTree {
    #[serde(default)]
    branches: Vec<Branch>,
    #[serde(default)]
    full_product_names: Vec<Product>,
    #[serde(default)]
    relationships: Vec<Relationship>,
}

#[derive(Deserialize)]
struct Branch {
    #[serde(default)]
    branches: Vec<Branch>,
    product: Option<Product>,
}

#[derive(Deserialize)]
struct Product {
    product_id: String,
    product_identification_helper: Option<Helper>,
}

#[derive(Deserialize)]
struct Helper {
    cpe: Option<String>,
    purl: Option<String>,
    /// Version 2.1 has a list.
    #[serde(default)]
    purls: Vec<String>,
}

impl Helper {
    fn purl(&self) -> Option<&str> {
        self.purl.as_deref().or(self.purls.first().map(String::as_str))
    }
}

#[derive(Deserialize)]
struct Relationship {
    full_product_name: Product,
    product_reference: String,
    relates_to_product_reference: String,
}

#[derive(Deserialize)]
struct Vulnerability {
    cve: Option<String>,
    cwe: Option<Cwe>,
    #[serde(default)]
    ids: Vec<Id>,
    #[serde(default)]
    product_status: Status,
    #[serde(default)]
    remediations: Vec<Remediation>,
    #[serde(default)]
    scores: Vec<BTreeMap<String, Value>>,
    /// Scores of version 2.1.
    #[serde(default)]
    metrics: Vec<Metric>,
    #[serde(default)]
    threats: Vec<Threat>,
}

#[derive(Deserialize)]
struct Metric {
    #[serde(default)]
    content: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Cwe {
    #[serde(default)]
    id: String,
}

#[derive(Deserialize)]
struct Id {
    #[serde(default)]
    text: String,
}

#[derive(Default, Deserialize)]
struct Status {
    #[serde(default)]
    fixed: Vec<String>,
    #[serde(default)]
    first_fixed: Vec<String>,
    #[serde(default)]
    known_affected: Vec<String>,
    #[serde(default)]
    known_not_affected: Vec<String>,
    #[serde(default)]
    under_investigation: Vec<String>,
}

#[derive(Deserialize)]
struct Remediation {
    category: String,
    #[serde(default)]
    details: String,
    #[serde(default)]
    product_ids: Vec<String>,
}

#[derive(Deserialize)]
struct Threat {
    category: String,
    #[serde(default)]
    details: String,
}

/// Products by id, and what they are components of.
struct Products<'a> {
    helpers: HashMap<&'a str, &'a Helper>,
    parents: HashMap<&'a str, (&'a str, &'a str)>,
}

impl<'a> Products<'a> {
    fn new(tree: &'a ProductTree) -> Self {
        let mut helpers = HashMap::new();
        let mut add = |product: &'a Product| {
            if let Some(helper) = &product.product_identification_helper {
                helpers.insert(product.product_id.as_str(), helper);
            }
        };
        let mut open: Vec<&Branch> = tree.branches.iter().collect();
        while let Some(branch) = open.pop() {
            open.extend(&branch.branches);
            branch.product.iter().for_each(&mut add);
        }
        tree.full_product_names.iter().for_each(&mut add);
        let mut parents = HashMap::new();
        for relationship in &tree.relationships {
            add(&relationship.full_product_name);
            let pair = (relationship.product_reference.as_str(), relationship.relates_to_product_reference.as_str());
            parents.insert(relationship.full_product_name.product_id.as_str(), pair);
        }
        Self { helpers, parents }
    }

    /// The ecosystem and package that a product id stands for; none for what is neither.
    fn resolve(&self, id: &'a str) -> Option<(String, Rpm)> {
        let mut package: Option<Rpm> = None;
        let mut module_of = None;
        let mut at = id;
        for _ in 0..DEPTH_MAX {
            let Some((component, platform)) = self.parents.get(at).copied() else { break };
            match self.component(component)? {
                Component::Package(rpm) if package.is_none() => package = Some(rpm),
                Component::Module(name) => module_of = Some(name),
                Component::Package(_) => return None,
            }
            at = platform;
        }
        // `at` is the platform; or, for a product that is no component of any, the package itself.
        let helper = self.helpers.get(at).copied();
        if let Some(mut rpm) = package {
            // A platform may itself be a module that is a component by name only.
            let ecosystem = ecosystem_of_cpe(helper?.cpe.as_deref()?)?;
            rpm.module = rpm.module.or(module_of);
            return Some((ecosystem, rpm));
        }
        let (ecosystem, rpm) = language_package(helper?.purl()?)?;
        Some((ecosystem, rpm))
    }

    fn component(&self, id: &'a str) -> Option<Component> {
        let purl = self.helpers.get(id).and_then(|helper| helper.purl());
        // A component may be one of a relation too (a package of a module).
        if purl.is_none()
            && let Some((inner, outer)) = self.parents.get(id)
            && let Some(Component::Package(mut rpm)) = self.plain(inner)
        {
            if let Some(Component::Module(name)) = self.plain(outer) {
                rpm.module = rpm.module.or(Some(name));
            }
            return Some(Component::Package(rpm));
        }
        self.plain(id)
    }

    fn plain(&self, id: &str) -> Option<Component> {
        match self.helpers.get(id).and_then(|helper| helper.purl()) {
            Some(purl) => component_of_purl(purl, id),
            None => component_of_name(id),
        }
    }
}

#[derive(Debug)]
enum Component {
    Package(Rpm),
    Module(String),
}

fn component_of_purl(text: &str, id: &str) -> Option<Component> {
    let purl: packageurl::PackageUrl<'_> = text.parse().ok()?;
    let qualifier = |name: &str| purl.qualifiers().get(name).map(ToString::to_string);
    match purl.ty() {
        "rpmmod" => Some(Component::Module(format!("{}:{}", purl.name(), purl.version()?.split(':').next()?))),
        "rpm" => {
            let version = purl.version().map(|version| match qualifier("epoch") {
                Some(epoch) => evr(&format!("{epoch}:{version}")),
                None => evr(version),
            });
            // `nodejs:18/nodejs` names the module where the purl does not.
            let named = id.split_once('/').and_then(|(module_name, _)| module(module_name));
            Some(Component::Package(Rpm {
                name: purl.name().to_owned(),
                version,
                arch: qualifier("arch"),
                module: qualifier("rpmmod").as_deref().and_then(module).or(named),
            }))
        }
        _ => None,
    }
}

fn component_of_name(id: &str) -> Option<Component> {
    if let Some(rpm) = nevra(id) {
        return Some(Component::Package(rpm));
    }
    if let Some((module_name, name)) = id.split_once('/') {
        let module = Some(module(module_name)?);
        return Some(Component::Package(Rpm { name: name.to_owned(), module, ..Rpm::default() }));
    }
    if let Some(name) = module(id) {
        return Some(Component::Module(name));
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+');
    (!id.is_empty() && id.chars().all(plain)).then(|| Component::Package(Rpm { name: id.to_owned(), ..Rpm::default() }))
}

/// A package of a language, which needs no platform.
fn language_package(text: &str) -> Option<(String, Rpm)> {
    let purl: packageurl::PackageUrl<'_> = text.parse().ok()?;
    let (ecosystem, separator) = match purl.ty() {
        "pypi" => ("PyPI", "/"),
        "npm" => ("npm", "/"),
        "golang" => ("Go", "/"),
        "maven" => ("Maven", ":"),
        "gem" => ("RubyGems", "/"),
        "nuget" => ("NuGet", "/"),
        "composer" => ("Packagist", "/"),
        "cargo" => ("crates.io", "/"),
        _ => return None,
    };
    let name = match purl.namespace() {
        Some(namespace) => format!("{namespace}{separator}{}", purl.name()),
        None => purl.name().to_owned(),
    };
    Some((ecosystem.to_owned(), Rpm { name, version: purl.version().map(str::to_owned), ..Rpm::default() }))
}

/// What is said of a package: ordered, so that the same is written once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    Fixed(String),
    State(FixState, Option<String>),
}

type Key = (String, String, Option<String>, Said);

pub(crate) fn read(bytes: &[u8], output: &mut Output<'_>) -> Result<(), SourceError> {
    let document: Document = json::parse(bytes)?;
    let meta = &document.document;
    let products = Products::new(&document.product_tree);
    let scorer = match &meta.publisher {
        Some(publisher) if publisher.namespace.contains("redhat.com") => "redhat".to_owned(),
        Some(publisher) => publisher.name.to_ascii_lowercase().chars().take(40).collect(),
        None => "csaf".to_owned(),
    };
    // Vulnerabilities that are fixed by the same packages are one advisory.
    let mut groups: Vec<(Vec<Affected>, Vec<String>)> = Vec::new();
    let mut group_of: HashMap<String, usize> = HashMap::new();
    for vulnerability in &document.vulnerabilities {
        let cve = vulnerability.cve.as_deref().and_then(cve_in);
        let other = vulnerability.ids.first().map(|id| id.text.clone()).filter(|id| !id.is_empty());
        if let Some(cve) = &cve {
            output.record(Record::Vulnerability(VulnerabilityRecord {
                cve: cve.clone(),
                cvss: vectors(vulnerability, &scorer),
                cwe: cwes(vulnerability.cwe.iter().map(|cwe| cwe.id.clone()).collect()),
                ..VulnerabilityRecord::default()
            }))?;
        }
        let affected = affected(vulnerability, meta, &products);
        let ids = cve.or(other).into_iter();
        let at = *group_of.entry(format!("{affected:?}")).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, known)) => known.extend(ids),
            None => groups.push((affected, ids.collect())),
        }
    }
    let timestamp = |text: &Option<String>| text.as_deref().and_then(date);
    for (affected, ids) in groups {
        let (cves, aliases) = ids.into_iter().partition(|id| cve_in(id).is_some());
        output.record(Record::Advisory(Advisory {
            id: meta.tracking.id.clone(),
            cves,
            aliases,
            summary: meta.title.clone(),
            published: timestamp(&meta.tracking.initial_release_date),
            modified: timestamp(&meta.tracking.current_release_date),
            withdrawn: meta.tracking.status == "withdrawn",
            affected,
            ..Advisory::default()
        }))?;
    }
    Ok(())
}

fn affected(vulnerability: &Vulnerability, meta: &Meta, products: &Products<'_>) -> Vec<Affected> {
    let status = &vulnerability.product_status;
    let mut said: BTreeMap<Key, BTreeSet<String>> = BTreeMap::new();
    let mut say = |id: &str, what: Said| {
        let Some((ecosystem, rpm)) = products.resolve_owned(id) else { return };
        let what = match what {
            // A fix without its version says nothing that can be compared.
            Said::Fixed(_) => match rpm.version {
                Some(version) => Said::Fixed(version),
                None => return,
            },
            Said::State(state, _) => Said::State(state, rpm.version),
        };
        let arches = said.entry((ecosystem, rpm.name, rpm.module, what)).or_default();
        arches.extend(rpm.arch.filter(|arch| arch != "src" && arch != "noarch"));
    };
    for id in status.fixed.iter().chain(&status.first_fixed) {
        say(id, Said::Fixed(String::new()));
    }
    let planned = planned(&vulnerability.remediations);
    for id in &status.known_affected {
        say(id, Said::State(planned.get(id.as_str()).copied().unwrap_or_default(), None));
    }
    for id in &status.known_not_affected {
        say(id, Said::State(FixState::NotAffected, None));
    }
    for id in &status.under_investigation {
        say(id, Said::State(FixState::UnderInvestigation, None));
    }
    let impact = vulnerability.threats.iter().find(|threat| threat.category == "impact").map(|threat| &threat.details);
    let urgency = impact.or(meta.aggregate_severity.as_ref().map(|severity| &severity.text));
    let urgency = urgency.map(|text| text.to_ascii_lowercase()).filter(|text| !text.is_empty() && text.len() <= 40);
    let rows = said.into_iter().map(|((ecosystem, package, module, said), arches)| {
        let (state, ranges, versions) = match said {
            Said::Fixed(version) => (FixState::Affected, vec![below(Some(Event::Fixed(version)))], Vec::new()),
            Said::State(FixState::NotAffected, _) => (FixState::NotAffected, Vec::new(), Vec::new()),
            // A language's product is one version; a distribution's component is all of them.
            Said::State(state, Some(version)) if !ecosystem.contains(':') => (state, Vec::new(), vec![version]),
            Said::State(state, _) => (state, vec![below(None)], Vec::new()),
        };
        Affected {
            ecosystem,
            package,
            ranges,
            versions,
            state,
            urgency: urgency.clone(),
            module,
            arches: arches.into_iter().collect(),
        }
    });
    rows.collect()
}

impl Products<'_> {
    fn resolve_owned(&self, id: &str) -> Option<(String, Rpm)> {
        // The key with the lifetime of the document, where it is one of its products.
        let id = self
            .parents
            .get_key_value(id)
            .map(|(id, _)| *id)
            .or_else(|| self.helpers.get_key_value(id).map(|(id, _)| *id))?;
        self.resolve(id)
    }
}

/// What the publisher means to do about affected products, where it is not simply a fix to come.
fn planned(remediations: &[Remediation]) -> HashMap<&str, FixState> {
    let mut planned = HashMap::new();
    for remediation in remediations {
        let details = remediation.details.to_ascii_lowercase();
        let state = match remediation.category.as_str() {
            "no_fix_planned" if details.contains("support") => FixState::EndOfLife,
            "no_fix_planned" => FixState::Ignored,
            "none_available" if details.contains("deferred") => FixState::Postponed,
            "none_available" if details.contains("investigation") => FixState::UnderInvestigation,
            _ => continue,
        };
        planned.extend(remediation.product_ids.iter().map(|id| (id.as_str(), state)));
    }
    planned
}

fn vectors(vulnerability: &Vulnerability, source: &str) -> Vec<CvssVector> {
    let mut vectors = Vec::new();
    let scores = vulnerability.scores.iter().chain(vulnerability.metrics.iter().map(|metric| &metric.content));
    for (name, value) in scores.take(1000).flatten() {
        let vector = value.get("vectorString").and_then(Value::as_str).unwrap_or_default();
        if !name.starts_with("cvss_v") || vector.is_empty() || vector.len() > 512 {
            continue;
        }
        let score = value.get("baseScore").and_then(Value::as_f64);
        let vector = CvssVector { vector: vector.to_owned(), source: source.to_owned(), score };
        if !vectors.contains(&vector) {
            vectors.push(vector);
        }
    }
    vectors
}

#[cfg(test)]
mod tests {
    use crate::{
        model::Record,
        source::testing::{lines, read_all},
    };

    const TREE: &str = r#""product_tree":{"branches":[{"category":"vendor","name":"Red Hat","branches":[
        {"category":"product_name","name":"AppStream","product":{"name":"AppStream","product_id":"AppStream-9","product_identification_helper":{"cpe":"cpe:/a:redhat:enterprise_linux:9::appstream"}}},
        {"category":"product_name","name":"EUS","product":{"name":"EUS","product_id":"EUS-9.2","product_identification_helper":{"cpe":"cpe:/a:redhat:rhel_eus:9.2::appstream"}}},
        {"category":"product_version","name":"nodejs","product":{"name":"n","product_id":"nodejs-1:18.1-3.el9.x86_64","product_identification_helper":{"purl":"pkg:rpm/redhat/nodejs@18.1-3.el9?arch=x86_64&epoch=1"}}},
        {"category":"product_version","name":"nodejs","product":{"name":"n","product_id":"nodejs-1:18.1-3.el9.src","product_identification_helper":{"purl":"pkg:rpm/redhat/nodejs@18.1-3.el9?arch=src&epoch=1"}}},
        {"category":"product_version","name":"m","product":{"name":"m","product_id":"nodejs:18:9020:ad","product_identification_helper":{"purl":"pkg:rpmmod/redhat/nodejs@18:9020:ad"}}},
        {"category":"product_version","name":"zlib","product":{"name":"z","product_id":"zlib","product_identification_helper":{"purl":"pkg:rpm/redhat/zlib?arch=src"}}},
        {"category":"product_version","name":"i","product":{"name":"i","product_id":"image","product_identification_helper":{"purl":"pkg:oci/image"}}}]}],
      "relationships":[
        {"category":"default_component_of","full_product_name":{"name":"x","product_id":"AppStream-9:nodejs-1:18.1-3.el9.x86_64"},"product_reference":"nodejs-1:18.1-3.el9.x86_64","relates_to_product_reference":"AppStream-9"},
        {"category":"default_component_of","full_product_name":{"name":"x","product_id":"AppStream-9:nodejs-1:18.1-3.el9.src"},"product_reference":"nodejs-1:18.1-3.el9.src","relates_to_product_reference":"AppStream-9"},
        {"category":"default_component_of","full_product_name":{"name":"x","product_id":"EUS-9.2:nodejs:18:9020:ad"},"product_reference":"nodejs:18:9020:ad","relates_to_product_reference":"EUS-9.2"},
        {"category":"default_component_of","full_product_name":{"name":"x","product_id":"EUS-9.2:nodejs:18:9020:ad:nodejs-1:18.1-3.el9.x86_64"},"product_reference":"nodejs-1:18.1-3.el9.x86_64","relates_to_product_reference":"EUS-9.2:nodejs:18:9020:ad"},
        {"category":"default_component_of","full_product_name":{"name":"x","product_id":"AppStream-9:zlib"},"product_reference":"zlib","relates_to_product_reference":"AppStream-9"},
        {"category":"default_component_of","full_product_name":{"name":"x","product_id":"EUS-9.2:zlib"},"product_reference":"zlib","relates_to_product_reference":"EUS-9.2"},
        {"category":"default_component_of","full_product_name":{"name":"x","product_id":"AppStream-9:nodejs:16/nodejs"},"product_reference":"nodejs:16/nodejs","relates_to_product_reference":"AppStream-9"},
        {"category":"default_component_of","full_product_name":{"name":"x","product_id":"AppStream-9:image"},"product_reference":"image","relates_to_product_reference":"AppStream-9"},
        {"category":"default_component_of","full_product_name":{"name":"x","product_id":"loop"},"product_reference":"zlib","relates_to_product_reference":"loop"}]}"#;

    fn read(vulnerability: &str) -> (Vec<Record>, Vec<String>) {
        let text = format!(
            r#"{{"document":{{"category":"csaf_vex","csaf_version":"2.0","title":"t","publisher":{{"name":"Red Hat","namespace":"https://www.redhat.com"}},"aggregate_severity":{{"text":"Important"}},"tracking":{{"id":"RHSA-2024:0001","initial_release_date":"2024-01-02T00:00:00+00:00","status":"final"}}}},{TREE},"vulnerabilities":[{{"cve":"CVE-2024-0001",{vulnerability}}}]}}"#
        );
        let (format, records, problems) = read_all("rhsa.json", text.as_bytes());
        assert_eq!((format, problems), ("csaf", vec![]));
        let lines = lines(&records).into_iter().filter(|line| line.starts_with("RHSA")).collect();
        (records, lines)
    }

    #[test]
    fn each_status_is_a_state() {
        let id = "RHSA-2024:0001 CVE-2024-0001";
        for (status, want, why) in [
            (
                r#""product_status":{"fixed":["AppStream-9:nodejs-1:18.1-3.el9.x86_64","AppStream-9:nodejs-1:18.1-3.el9.src"]}"#,
                vec!["Red Hat:9 nodejs Affected Ecosystem[>=0 <1:18.1-3.el9] urgency=important arches=x86_64"],
                "fixed",
            ),
            (
                r#""product_status":{"fixed":["EUS-9.2:nodejs:18:9020:ad:nodejs-1:18.1-3.el9.x86_64"]}"#,
                vec![
                    "Red Hat:rhel_eus:9.2 nodejs Affected Ecosystem[>=0 <1:18.1-3.el9] urgency=important module=nodejs:18 arches=x86_64",
                ],
                "a module, in a stream of its own",
            ),
            (
                r#""product_status":{"known_affected":["AppStream-9:zlib","AppStream-9:nodejs:16/nodejs","AppStream-9:image"]},"threats":[{"category":"impact","details":"Low"}]"#,
                vec![
                    "Red Hat:9 nodejs Affected Ecosystem[>=0] urgency=low module=nodejs:16",
                    "Red Hat:9 zlib Affected Ecosystem[>=0] urgency=low",
                ],
                "no fix; a module by name; an image is no package",
            ),
            (
                r#""product_status":{"known_affected":["AppStream-9:zlib","EUS-9.2:zlib"]},"remediations":[{"category":"no_fix_planned","details":"Will not fix","product_ids":["AppStream-9:zlib"]},{"category":"no_fix_planned","details":"Out of support scope","product_ids":["EUS-9.2:zlib"]}]"#,
                vec![
                    "Red Hat:9 zlib Ignored Ecosystem[>=0] urgency=important",
                    "Red Hat:rhel_eus:9.2 zlib EndOfLife Ecosystem[>=0] urgency=important",
                ],
                "no fix is planned",
            ),
            (
                r#""product_status":{"known_affected":["AppStream-9:zlib"]},"remediations":[{"category":"none_available","details":"Fix deferred","product_ids":["AppStream-9:zlib"]}]"#,
                vec!["Red Hat:9 zlib Postponed Ecosystem[>=0] urgency=important"],
                "deferred",
            ),
            (
                r#""product_status":{"known_not_affected":["AppStream-9:zlib"],"under_investigation":["EUS-9.2:zlib"]}"#,
                vec![
                    "Red Hat:9 zlib NotAffected urgency=important",
                    "Red Hat:rhel_eus:9.2 zlib UnderInvestigation Ecosystem[>=0] urgency=important",
                ],
                "not affected, and not known yet",
            ),
            (r#""product_status":{"fixed":["loop","absent"]}"#, vec![""], "a cycle, and a product that is none"),
        ] {
            let want: Vec<String> = want.iter().map(|line| format!("{id} {line}").trim().to_owned()).collect();
            assert_eq!(read(status).1, want, "{why}");
        }
    }

    #[test]
    fn scores_belong_to_the_cve() {
        let (records, _) = read(
            r#""cwe":{"id":"CWE-79","name":"n"},"scores":[{"cvss_v3":{"vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.8},"products":[]}]"#,
        );
        let Some(Record::Vulnerability(record)) = records.first() else { panic!("{records:?}") };
        assert_eq!((record.cvss[0].source.as_str(), record.cvss[0].score), ("redhat", Some(9.8)));
        assert_eq!(record.cwe, ["CWE-79"]);
    }
}
