//! CycloneDX (ECMA-424), <https://cyclonedx.org/docs/1.6/json/>.
use std::collections::BTreeSet;

use casemate_estate::{Distribution, Inventory, Location, Package, PackageType, Source, Timestamp};
use serde_json::{Map, Value, json};

use super::{COMPONENTS_MAX, Reading, SbomError, reference, uuid};
use crate::purl::{package_of, purl_of};

/// Levels of components inside components.
const DEPTH_MAX: usize = 32;

/// Writes version 1.6.
pub(super) fn write(id: &str, name: &str, inventory: &Inventory, now: Timestamp) -> Result<Value, SbomError> {
    let mut used = BTreeSet::from(["target".to_owned(), "distribution".to_owned()]);
    let mut components = Vec::new();
    let mut references = Vec::new();
    if let Some(distribution) = &inventory.distribution {
        components.push(system(distribution));
        references.push("distribution".to_owned());
    }
    for package in &inventory.packages {
        let purl = purl_of(package, inventory.distribution.as_ref())
            .ok_or_else(|| SbomError::new(id, format!("package `{}` has no valid purl", package.key())))?;
        let reference = reference(&purl, &mut used);
        components.push(component(package, &purl, &reference));
        references.push(reference);
    }
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": format!("urn:uuid:{}", uuid(id, inventory, now)),
        "version": 1,
        "metadata": {
            "timestamp": now.strftime("%FT%TZ").to_string(),
            "tools": {"components": [{
                "type": "application",
                "name": "casemate",
                "version": env!("CARGO_PKG_VERSION"),
            }]},
            "component": {
                "type": if id.starts_with("image://") { "container" } else { "application" },
                "bom-ref": "target",
                "name": name,
                "properties": [{"name": "casemate:target", "value": id}],
            },
        },
        "components": components,
        "dependencies": [{"ref": "target", "dependsOn": references}],
    }))
}

fn system(distribution: &Distribution) -> Value {
    let mut properties = vec![property("casemate:distribution:id", &distribution.id)];
    if let Some(codename) = &distribution.codename {
        properties.push(property("casemate:distribution:codename", codename));
    }
    for like in &distribution.like {
        properties.push(property("casemate:distribution:like", like));
    }
    let mut object = json!({
        "type": "operating-system",
        "bom-ref": "distribution",
        "name": if distribution.id.is_empty() { "linux" } else { &distribution.id },
        "properties": properties,
    });
    if let Some(map) = object.as_object_mut() {
        if !distribution.version.is_empty() {
            map.insert("version".into(), json!(distribution.version));
        }
        if let Some(pretty) = &distribution.pretty {
            map.insert("description".into(), json!(pretty));
        }
    }
    object
}

fn property(name: &str, value: &str) -> Value {
    json!({"name": name, "value": value})
}

fn component(package: &Package, purl: &str, reference: &str) -> Value {
    let mut map = Map::from_iter([
        ("type".to_owned(), json!("library")),
        ("bom-ref".to_owned(), json!(reference)),
        ("name".to_owned(), json!(package.name)),
        ("purl".to_owned(), json!(purl)),
        ("scope".to_owned(), json!(if package.dev { "excluded" } else { "required" })),
    ]);
    if let Some(namespace) = &package.namespace {
        map.insert("group".into(), json!(namespace));
    }
    if !package.version.is_empty() {
        map.insert("version".into(), json!(package.version));
    }
    let mut properties = vec![property("casemate:type", package.kind.as_str())];
    for (name, value) in [
        ("casemate:source:name", package.source.as_ref().map(|source| source.name.as_str())),
        ("casemate:source:version", package.source.as_ref().map(|source| source.version.as_str())),
        ("casemate:arch", package.arch.as_deref()),
        ("casemate:module", package.module.as_deref()),
        ("casemate:vendor", package.vendor.as_deref()),
    ] {
        properties.extend(value.map(|value| property(name, value)));
    }
    map.insert("properties".into(), Value::Array(properties));
    let occurrences: Vec<Value> = package
        .locations
        .iter()
        .map(|location| match &location.layer {
            Some(layer) => json!({"location": location.path, "additionalContext": format!("layer {layer}")}),
            None => json!({"location": location.path}),
        })
        .collect();
    if !occurrences.is_empty() {
        map.insert("evidence".into(), json!({"occurrences": occurrences}));
    }
    Value::Object(map)
}

/// Reads any version's components.
pub(super) fn read(file: &str, document: &Value) -> Result<Reading, SbomError> {
    let mut reading = Reading::default();
    let described = document.pointer("/metadata/component");
    let text = |value: Option<&Value>, name: &str| {
        value.and_then(|v| v.get(name)).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    reading.name = match (property_of(described, "casemate:target"), text(described, "name")) {
        (Some(target), _) => target,
        (None, name) if !name.is_empty() => {
            let version = text(described, "version");
            if version.is_empty() { name } else { format!("{name}@{version}") }
        }
        _ => text(Some(document), "serialNumber"),
    };
    if reading.name.is_empty() {
        file.clone_into(&mut reading.name);
    }
    let mut left = COMPONENTS_MAX;
    match document.get("components") {
        None | Some(Value::Null) => {}
        Some(Value::Array(list)) => components(file, list, "components", 0, &mut left, &mut reading)?,
        Some(_) => return Err(SbomError::new(file, "`components` is no list")),
    }
    Ok(reading)
}

fn property_of(component: Option<&Value>, name: &str) -> Option<String> {
    properties(component, name).next().map(str::to_owned)
}

fn properties<'a>(component: Option<&'a Value>, name: &'a str) -> impl Iterator<Item = &'a str> {
    component
        .and_then(|component| component.get("properties"))
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter(move |property| property.get("name").and_then(Value::as_str) == Some(name))
        .filter_map(|property| property.get("value").and_then(Value::as_str))
}

fn components(
    file: &str,
    list: &[Value],
    place: &str,
    depth: usize,
    left: &mut usize,
    reading: &mut Reading,
) -> Result<(), SbomError> {
    if depth > DEPTH_MAX {
        return Err(SbomError::new(file, format!("`{place}` nests deeper than {DEPTH_MAX} levels")));
    }
    for (i, component) in list.iter().enumerate() {
        let place = format!("{place}[{i}]");
        *left = left
            .checked_sub(1)
            .ok_or_else(|| SbomError::new(file, format!("it has more than {COMPONENTS_MAX} components")))?;
        component_read(file, component, &place, reading);
        if let Some(inner) = component.get("components").and_then(Value::as_array) {
            components(file, inner, &format!("{place}.components"), depth + 1, left, reading)?;
        }
    }
    Ok(())
}

fn component_read(file: &str, component: &Value, place: &str, reading: &mut Reading) {
    let text = |name: &str| component.get(name).and_then(Value::as_str).unwrap_or_default();
    let kind = text("type");
    if kind == "operating-system" {
        reading.distribution = Some(Distribution {
            id: property_of(Some(component), "casemate:distribution:id").unwrap_or_else(|| text("name").to_owned()),
            like: properties(Some(component), "casemate:distribution:like").map(str::to_owned).collect(),
            version: text("version").to_owned(),
            codename: property_of(Some(component), "casemate:distribution:codename"),
            pretty: Some(text("description")).filter(|text| !text.is_empty()).map(str::to_owned),
        });
        return;
    }
    // Files, data and machine models are no packages; a lock file as a component (Trivy's) has neither purl nor version.
    if !matches!(kind, "library" | "application" | "framework" | "platform" | "container" | "firmware" | "")
        || (kind == "application" && text("purl").is_empty() && text("version").is_empty())
    {
        return;
    }
    let mut package = if text("purl").is_empty() {
        if text("name").is_empty() {
            reading.problem_add(format!("{file}: {place}"), "a component has neither name nor purl".into(), true);
            return;
        }
        generic(text("name"), text("version"))
    } else {
        match package_of(text("purl")) {
            Ok((package, distribution)) => {
                if let Some(distribution) = distribution {
                    reading.said_add(distribution);
                }
                package
            }
            Err(reason) => {
                reading.problem_add(format!("{file}: {place}.purl"), reason, true);
                generic(text("name"), text("version"))
            }
        }
    };
    if package.version.is_empty() {
        text("version").clone_into(&mut package.version);
    }
    let own = |name: &str| property_of(Some(component), name);
    if let Some(kind) = own("casemate:type").and_then(|word| PackageType::parse(&word)) {
        package.kind = kind;
        // A purl takes an rpm's version apart and turns names into small letters; beside it they stand as they are.
        if !text("version").is_empty() {
            text("version").clone_into(&mut package.version);
        }
        text("name").clone_into(&mut package.name);
        package.namespace = Some(text("group")).filter(|group| !group.is_empty()).map(str::to_owned);
        package.arch = own("casemate:arch");
    }
    match (own("casemate:source:name"), own("casemate:source:version")) {
        (Some(name), Some(version)) => package.source = Some(Source { name, version }),
        _ => {
            // Trivy writes the source's version in parts.
            let part = |name: &str| own(&format!("aquasecurity:trivy:Src{name}")).filter(|text| !text.is_empty());
            if let (Some(name), Some(version)) = (part("Name"), part("Version")) {
                let release = part("Release").map(|release| format!("-{release}")).unwrap_or_default();
                let epoch = part("Epoch").filter(|e| e != "0").map(|epoch| format!("{epoch}:")).unwrap_or_default();
                package.source = Some(Source { name, version: format!("{epoch}{version}{release}") });
            }
        }
    }
    package.module = own("casemate:module").or(package.module);
    package.vendor = own("casemate:vendor").or(package.vendor);
    package.dev = text("scope") == "excluded";
    package.locations = locations(component);
    if package.locations.is_empty() {
        package.locations.insert(Location { path: place.to_owned(), layer: None });
    }
    reading.package_add(package);
}

fn generic(name: &str, version: &str) -> Package {
    Package {
        kind: PackageType::Generic,
        namespace: None,
        name: name.to_owned(),
        version: version.to_owned(),
        arch: None,
        source: None,
        module: None,
        vendor: None,
        dev: false,
        locations: BTreeSet::new(),
    }
}

fn locations(component: &Value) -> BTreeSet<Location> {
    let occurrences = component.pointer("/evidence/occurrences").and_then(Value::as_array);
    let own = occurrences.into_iter().flatten().filter_map(|occurrence| {
        let path = occurrence.get("location")?.as_str()?.to_owned();
        let layer = occurrence.get("additionalContext").and_then(Value::as_str).and_then(|t| t.strip_prefix("layer "));
        Some(Location { path, layer: layer.map(str::to_owned) })
    });
    // Syft numbers its places: `syft:location:0:path`.
    let syft = component.get("properties").and_then(Value::as_array).into_iter().flatten().filter_map(|property| {
        let name = property.get("name")?.as_str()?;
        let is_place = name.starts_with("syft:location:") && name.ends_with(":path");
        is_place.then(|| property.get("value")?.as_str().map(|path| Location { path: path.to_owned(), layer: None }))?
    });
    own.chain(syft).collect()
}
