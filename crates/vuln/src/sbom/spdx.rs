//! SPDX 2.3 (ISO/IEC 5962), <https://spdx.github.io/spdx-spec/v2.3/>.
use std::collections::BTreeSet;

use casemate_estate::{Distribution, Inventory, Location, Package, PackageType, Source, Timestamp};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{COMPONENTS_MAX, Reading, SbomError, uuid};
use crate::purl::{package_of, purl_of};

/// What a comment of ours begins with; the rest is JSON that holds what SPDX has no field for.
const MARK: &str = "casemate: ";

/// Writes version 2.3.
pub(super) fn write(id: &str, name: &str, inventory: &Inventory, now: Timestamp) -> Result<Value, SbomError> {
    let mut used = BTreeSet::new();
    let mut packages = vec![json!({
        "SPDXID": "SPDXRef-Target",
        "name": name,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": false,
        "primaryPackagePurpose": if id.starts_with("image://") { "CONTAINER" } else { "APPLICATION" },
        "comment": format!("{MARK}{}", json!({"target": id})),
    })];
    let mut relationships = vec![relation("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Target")];
    if let Some(distribution) = &inventory.distribution {
        let mut system = json!({
            "SPDXID": "SPDXRef-Distribution",
            "name": if distribution.id.is_empty() { "linux" } else { &distribution.id },
            "downloadLocation": "NOASSERTION",
            "filesAnalyzed": false,
            "primaryPackagePurpose": "OPERATING-SYSTEM",
            "comment": format!("{MARK}{}", json!({"distribution": distribution})),
        });
        if let (Some(map), false) = (system.as_object_mut(), distribution.version.is_empty()) {
            map.insert("versionInfo".into(), json!(distribution.version));
        }
        packages.push(system);
        relationships.push(relation("SPDXRef-Target", "CONTAINS", "SPDXRef-Distribution"));
    }
    for package in &inventory.packages {
        let purl = purl_of(package, inventory.distribution.as_ref())
            .ok_or_else(|| SbomError::new(id, format!("package `{}` has no valid purl", package.key())))?;
        let spdx_id = spdx_id(&format!("{} {}", package.key(), package.version), &mut used);
        relationships.push(relation("SPDXRef-Target", "CONTAINS", &spdx_id));
        packages.push(package_value(package, &purl, &spdx_id));
    }
    let uuid = uuid(id, inventory, now);
    Ok(json!({
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": name,
        "documentNamespace": format!("urn:uuid:{uuid}"),
        "creationInfo": {
            "created": now.strftime("%FT%TZ").to_string(),
            "creators": [format!("Tool: casemate-{}", env!("CARGO_PKG_VERSION"))],
        },
        "packages": packages,
        "relationships": relationships,
    }))
}

fn relation(from: &str, kind: &str, to: &str) -> Value {
    json!({"spdxElementId": from, "relationshipType": kind, "relatedSpdxElement": to})
}

/// Letters, digits, `.` and `-` alone may stand in an id.
fn spdx_id(text: &str, used: &mut BTreeSet<String>) -> String {
    let digest: String = Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let words: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).take(80).collect();
    let mut out = format!("SPDXRef-Package-{words}-{digest}");
    while !used.insert(out.clone()) {
        out.push('-');
    }
    out
}

fn package_value(package: &Package, purl: &str, spdx_id: &str) -> Value {
    let mut own = Map::from_iter([
        ("type".to_owned(), json!(package.kind)),
        ("name".to_owned(), json!(package.name)),
        ("locations".to_owned(), json!(package.locations)),
    ]);
    if package.dev {
        own.insert("dev".into(), json!(true));
    }
    for (name, value) in [
        ("source", package.source.as_ref().map(|source| json!(source))),
        ("module", package.module.as_ref().map(|module| json!(module))),
        ("vendor", package.vendor.as_ref().map(|vendor| json!(vendor))),
        ("arch", package.arch.as_ref().map(|arch| json!(arch))),
    ] {
        if let Some(value) = value {
            own.insert(name.into(), value);
        }
    }
    let mut map = Map::from_iter([
        ("SPDXID".to_owned(), json!(spdx_id)),
        ("name".to_owned(), json!(package.full_name())),
        ("downloadLocation".to_owned(), json!("NOASSERTION")),
        ("filesAnalyzed".to_owned(), json!(false)),
        ("comment".to_owned(), json!(format!("{MARK}{}", Value::Object(own)))),
        (
            "externalRefs".to_owned(),
            json!([{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}]),
        ),
    ]);
    if !package.version.is_empty() {
        map.insert("versionInfo".into(), json!(package.version));
    }
    if let Some(source) = &package.source {
        map.insert("sourceInfo".into(), json!(format!("built package from: {} {}", source.name, source.version)));
    }
    Value::Object(map)
}

/// One package of a document, whichever form it was in.
#[derive(Debug, Default, Clone)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) purl: String,
    pub(super) purpose: String,
    pub(super) source_info: String,
    pub(super) comment: String,
}

/// Reads 2.2 and 2.3.
pub(super) fn read(file: &str, document: &Value) -> Result<Reading, SbomError> {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let version = text(document, "spdxVersion");
    if !version.starts_with("SPDX-2.") {
        return Err(SbomError::new(file, format!("its version is `{version}`, and 2.2 and 2.3 are read")));
    }
    let list = match document.get("packages") {
        None | Some(Value::Null) => &[][..],
        Some(Value::Array(list)) => list,
        Some(_) => return Err(SbomError::new(file, "`packages` is no list")),
    };
    let mut described: BTreeSet<String> = document
        .get("documentDescribes")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|id| id.as_str().map(str::to_owned))
        .collect();
    for relationship in document.get("relationships").and_then(Value::as_array).into_iter().flatten() {
        if text(relationship, "relationshipType") == "DESCRIBES" {
            described.insert(text(relationship, "relatedSpdxElement"));
        }
    }
    let rows = list.iter().map(|package| {
        let references = package.get("externalRefs").and_then(Value::as_array).into_iter().flatten();
        let mut purls = references.filter(|reference| text(reference, "referenceType") == "purl");
        Row {
            id: text(package, "SPDXID"),
            name: text(package, "name"),
            version: text(package, "versionInfo"),
            purl: purls.next().map(|reference| text(reference, "referenceLocator")).unwrap_or_default(),
            purpose: text(package, "primaryPackagePurpose"),
            source_info: text(package, "sourceInfo"),
            comment: text(package, "comment"),
        }
    });
    rows_read(file, &text(document, "name"), &described, rows)
}

/// Joins the packages of a document.
pub(super) fn rows_read(
    file: &str,
    name: &str,
    described: &BTreeSet<String>,
    rows: impl Iterator<Item = Row>,
) -> Result<Reading, SbomError> {
    let mut reading = Reading { name: name.to_owned(), ..Reading::default() };
    if reading.name.is_empty() {
        file.clone_into(&mut reading.name);
    }
    for (i, row) in rows.enumerate() {
        if i >= COMPONENTS_MAX {
            return Err(SbomError::new(file, format!("it has more than {COMPONENTS_MAX} packages")));
        }
        let place = format!("packages[{i}]");
        let own = row.comment.strip_prefix(MARK).and_then(|text| serde_json::from_str::<Value>(text).ok());
        let own = own.unwrap_or_default();
        if let Some(target) = own.get("target").and_then(Value::as_str) {
            target.clone_into(&mut reading.name);
            continue;
        }
        if row.purpose == "OPERATING-SYSTEM" || own.get("distribution").is_some() {
            let said = own.get("distribution").cloned().and_then(|v| serde_json::from_value::<Distribution>(v).ok());
            reading.distribution =
                Some(said.unwrap_or(Distribution { id: row.name, version: row.version, ..Distribution::default() }));
            continue;
        }
        // What the document is about is no package of it; a document about one package alone is.
        if row.purl.is_empty() && described.contains(&row.id) {
            continue;
        }
        row_read(file, &place, &row, &own, &mut reading);
    }
    Ok(reading)
}

fn row_read(file: &str, place: &str, row: &Row, own: &Value, reading: &mut Reading) {
    let generic = || Package {
        kind: PackageType::Generic,
        namespace: None,
        name: row.name.clone(),
        version: row.version.clone(),
        arch: None,
        source: None,
        module: None,
        vendor: None,
        dev: false,
        locations: BTreeSet::new(),
    };
    let mut package = if row.purl.is_empty() {
        if row.name.is_empty() {
            reading.problem_add(format!("{file}: {place}"), "a package has neither name nor purl".into(), true);
            return;
        }
        generic()
    } else {
        match package_of(&row.purl) {
            Ok((package, distribution)) => {
                if let Some(distribution) = distribution {
                    reading.said_add(distribution);
                }
                package
            }
            Err(reason) => {
                reading.problem_add(format!("{file}: {place}.externalRefs"), reason, true);
                generic()
            }
        }
    };
    let part = |name: &str| own.get(name).cloned();
    if let Some(kind) = part("type").and_then(|v| serde_json::from_value(v).ok()) {
        package.kind = kind;
        row.version.clone_into(&mut package.version);
        if let Some(name) = part("name").as_ref().and_then(Value::as_str) {
            name.clone_into(&mut package.name);
        }
    } else if package.version.is_empty() {
        row.version.clone_into(&mut package.version);
    }
    if let Some(source) = part("source").and_then(|v| serde_json::from_value::<Source>(v).ok()) {
        package.source = Some(source);
    } else if let Some((name, version)) =
        row.source_info.strip_prefix("built package from: ").and_then(|text| text.split_once(' '))
    {
        package.source = Some(Source { name: name.to_owned(), version: version.to_owned() });
    }
    let word = |name: &str| own.get(name).and_then(Value::as_str).map(str::to_owned);
    package.module = word("module").or(package.module);
    package.vendor = word("vendor").or(package.vendor);
    package.arch = word("arch").or(package.arch);
    package.dev = own.get("dev").and_then(Value::as_bool).unwrap_or(false);
    package.locations =
        part("locations").and_then(|v| serde_json::from_value::<BTreeSet<Location>>(v).ok()).unwrap_or_default();
    if package.locations.is_empty() {
        package.locations.insert(Location { path: place.to_owned(), layer: None });
    }
    reading.package_add(package);
}
