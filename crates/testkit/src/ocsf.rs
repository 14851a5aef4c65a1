//! Events against OCSF in its source form: a dictionary, objects and event classes that extend one another.
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};

/// A release of the schema.
#[derive(Debug)]
pub struct Ocsf {
    directory: PathBuf,
    version: String,
    dictionary: Map<String, Value>,
    types: Map<String, Value>,
    categories: Map<String, Value>,
    /// Objects' files by name, for none is named after its place alone.
    objects: BTreeMap<String, Value>,
}

/// An attribute as a class or object has it: its own words over its parents' over the dictionary's.
#[derive(Debug, Clone, Default)]
struct Attribute {
    fields: Map<String, Value>,
    /// The profile that must be applied to the event for the attribute to be there.
    profile: Option<String>,
}

impl Ocsf {
    /// Reads the schema of a directory that holds `dictionary.json`.
    ///
    /// # Panics
    /// Where a file is missing or is not JSON.
    #[must_use]
    pub fn load(directory: &Path) -> Self {
        let dictionary = read(&directory.join("dictionary.json"));
        let attributes = |value: &Value| value["attributes"].as_object().cloned().unwrap_or_default();
        let mut objects = BTreeMap::new();
        for entry in std::fs::read_dir(directory.join("objects")).unwrap() {
            let object = read(&entry.unwrap().path());
            if let Some(name) = object["name"].as_str() {
                let name = name.to_owned();
                objects.insert(name, object);
            }
        }
        Self {
            directory: directory.to_owned(),
            version: read(&directory.join("version.json"))["version"].as_str().unwrap().to_owned(),
            dictionary: attributes(&dictionary),
            types: attributes(&dictionary["types"]),
            categories: attributes(&read(&directory.join("categories.json"))),
            objects,
        }
    }

    /// Everything that is wrong with an event of the class in `file` (`events/findings/compliance_finding.json`), each
    /// with its place. Empty: it is valid.
    #[must_use]
    pub fn problems(&self, file: &str, event: &Value) -> Vec<String> {
        let class = read(&self.directory.join(file));
        let mut problems = Vec::new();
        let profiles: BTreeSet<String> = event["metadata"]["profiles"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|profile| profile.as_str().map(str::to_owned))
            .collect();
        self.object("", &class, event, &profiles, &mut problems);
        self.classification(&class, event, &mut problems);
        problems
    }

    /// What follows from the class alone: its numbers and their captions.
    fn classification(&self, class: &Value, event: &Value, problems: &mut Vec<String>) {
        let category = self.field_of_chain(class, "category");
        let category = category.as_ref().and_then(Value::as_str).and_then(|name| self.categories.get(name));
        let category_uid = category.and_then(|c| c["uid"].as_u64()).unwrap_or_default();
        let class_uid = category_uid * 1000 + class["uid"].as_u64().unwrap_or_default();
        let type_uid = class_uid * 100 + event["activity_id"].as_u64().unwrap_or_default();
        let caption = class["caption"].as_str().unwrap_or_default();
        let activity = event["activity_name"].as_str().unwrap_or_default();
        for (name, want) in [
            ("category_uid", Value::from(category_uid)),
            ("category_name", category.map(|c| c["caption"].clone()).unwrap_or_default()),
            ("class_uid", Value::from(class_uid)),
            ("class_name", Value::from(caption)),
            ("type_uid", Value::from(type_uid)),
            ("type_name", Value::from(format!("{caption}: {activity}"))),
        ] {
            let got = &event[name];
            if *got != want && !got.is_null() {
                problems.push(format!("{name}: is {got}, the class makes it {want}"));
            }
        }
        if event["metadata"]["version"] != self.version.as_str() {
            problems.push(format!("metadata.version: the schema is {}", self.version));
        }
    }

    /// A field of a class or of the nearest parent that has it.
    fn field_of_chain(&self, class: &Value, field: &str) -> Option<Value> {
        self.chain(class).into_iter().rev().find_map(|link| link.get(field).cloned())
    }

    /// The parents of a class or object, the first one first, then itself.
    fn chain(&self, class: &Value) -> Vec<Value> {
        let mut chain = vec![class.clone()];
        // An event class and an object may have the same name; each extends its own sort.
        let is_object = class["name"].as_str().and_then(|name| self.objects.get(name)) == Some(class);
        while let Some(parent) = chain.last().and_then(|link| link["extends"].as_str().map(str::to_owned)) {
            let found = self.objects.get(&parent).filter(|_| is_object).cloned().unwrap_or_else(|| {
                let places = [format!("events/{parent}.json"), format!("events/findings/{parent}.json")];
                let place = places.iter().map(|p| self.directory.join(p)).find(|p| p.exists());
                read(&place.unwrap_or_else(|| panic!("`{parent}` is nowhere in the schema")))
            });
            chain.push(found);
        }
        chain.reverse();
        chain
    }

    /// All attributes of a class or object.
    fn attributes(&self, class: &Value) -> BTreeMap<String, Attribute> {
        let mut out: BTreeMap<String, Attribute> = BTreeMap::new();
        let mut add = |name: &str, own: &Value, profile: Option<&str>| {
            let attribute = out.entry(name.to_owned()).or_insert_with(|| Attribute {
                fields: self.dictionary.get(name).and_then(Value::as_object).cloned().unwrap_or_default(),
                profile: profile.map(str::to_owned),
            });
            let own = own.as_object().cloned().unwrap_or_default();
            match own.get("profile") {
                Some(Value::String(profile)) => attribute.profile = Some(profile.clone()),
                Some(Value::Null) => attribute.profile = None,
                // What a class names itself, without a profile, is no longer the profile's alone.
                _ if profile.is_none() => attribute.profile = None,
                _ => {}
            }
            for (field, value) in own {
                match (field.as_str(), attribute.fields.get_mut(&field), value) {
                    // A class adds values to those of the dictionary and of its parents.
                    ("enum", Some(Value::Object(known)), Value::Object(more)) => known.extend(more),
                    (_, _, value) => drop(attribute.fields.insert(field, value)),
                }
            }
        };
        for link in self.chain(class) {
            let attributes = link["attributes"].as_object().cloned().unwrap_or_default();
            for include in attributes.get("$include").and_then(Value::as_array).into_iter().flatten() {
                let profile = read(&self.directory.join(include.as_str().unwrap()));
                let name = profile["name"].as_str();
                for (attribute, own) in profile["attributes"].as_object().into_iter().flatten() {
                    add(attribute, own, name);
                }
            }
            for (attribute, own) in attributes.iter().filter(|(name, _)| *name != "$include") {
                add(attribute, own, None);
            }
        }
        out
    }

    fn object(
        &self,
        place: &str,
        class: &Value,
        value: &Value,
        profiles: &BTreeSet<String>,
        problems: &mut Vec<String>,
    ) {
        let Some(fields) = value.as_object() else {
            problems.push(format!("{place}: is no object"));
            return;
        };
        let at = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
        let known = self.attributes(class);
        for (name, attribute) in &known {
            let applied = attribute.profile.as_ref().is_none_or(|profile| profiles.contains(profile));
            let required = attribute.fields.get("requirement").and_then(Value::as_str) == Some("required");
            if applied && required && !fields.contains_key(name) {
                problems.push(format!("{}: is required", at(name)));
            }
        }
        for (name, field) in fields {
            let Some(attribute) = known.get(name) else {
                problems.push(format!("{}: is no attribute of `{}`", at(name), class["name"]));
                continue;
            };
            if let Some(profile) = attribute.profile.as_ref().filter(|profile| !profiles.contains(*profile)) {
                problems.push(format!("{}: belongs to profile `{profile}`, which is not applied", at(name)));
            }
            if attribute.fields.contains_key("@deprecated") {
                problems.push(format!("{}: is deprecated", at(name)));
            }
            let kind = attribute.fields.get("type").and_then(Value::as_str).unwrap_or_default();
            if attribute.fields.get("is_array").and_then(Value::as_bool).unwrap_or(false) {
                let Some(list) = field.as_array() else {
                    problems.push(format!("{}: is no array", at(name)));
                    continue;
                };
                for (i, one) in list.iter().enumerate() {
                    self.value(&format!("{}[{i}]", at(name)), kind, one, profiles, problems);
                }
            } else {
                self.value(&at(name), kind, field, profiles, problems);
            }
            enumeration(&at(name), attribute, field, fields, problems);
        }
        let constraints = self.field_of_chain(class, "constraints").unwrap_or_default();
        for (rule, fits) in
            [("at_least_one", (|n| n >= 1) as fn(usize) -> bool), ("just_one", (|n| n == 1) as fn(usize) -> bool)]
        {
            let Some(names) = constraints[rule].as_array() else { continue };
            let count = names.iter().filter_map(Value::as_str).filter(|name| fields.contains_key(*name)).count();
            if !fits(count) {
                problems.push(format!("{place}: has {count} of {names:?}, wanted {rule}"));
            }
        }
    }

    fn value(&self, place: &str, kind: &str, value: &Value, profiles: &BTreeSet<String>, problems: &mut Vec<String>) {
        if let Some(object) = self.objects.get(kind) {
            // `object` itself holds whatever its source has.
            if kind == "object" {
                if !value.is_object() {
                    problems.push(format!("{place}: is no object"));
                }
            } else {
                self.object(place, object, value, profiles, problems);
            }
            return;
        }
        let mut kind = kind.to_owned();
        loop {
            let Some(definition) = self.types.get(&kind) else {
                problems.push(format!("{place}: the schema has no type `{kind}`"));
                return;
            };
            if let Some(pattern) = definition["regex"].as_str() {
                let schema = serde_json::json!({ "pattern": pattern });
                // The patterns are JSON Schema's sort of regular expression.
                if jsonschema::validator_for(&schema).is_ok_and(|schema| !schema.is_valid(value)) {
                    problems.push(format!("{place}: {value} does not look like {kind}"));
                }
            }
            if let (Some(max), Some(text)) = (definition["max_len"].as_u64(), value.as_str())
                && text.chars().count() as u64 > max
            {
                problems.push(format!("{place}: is longer than {max}"));
            }
            if let (Some(low), Some(high)) = (definition["range"][0].as_i64(), definition["range"][1].as_i64())
                && value.as_i64().is_none_or(|number| !(low..=high).contains(&number))
            {
                problems.push(format!("{place}: is outside {low} to {high}"));
            }
            match definition["type"].as_str() {
                Some(base) => kind = base.to_owned(),
                None => break,
            }
        }
        let fits = match kind.as_str() {
            "string_t" => value.is_string(),
            "integer_t" => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
            "long_t" => value.is_i64() || value.is_u64(),
            "float_t" => value.is_number(),
            "boolean_t" => value.is_boolean(),
            "json_t" => true,
            other => panic!("type `{other}` is new to this validator"),
        };
        if !fits {
            problems.push(format!("{place}: {value} is no {kind}"));
        }
    }
}

/// The value is one of those allowed, and the text beside it is that value's caption (unless it is 99, `Other`).
fn enumeration(
    place: &str,
    attribute: &Attribute,
    value: &Value,
    fields: &Map<String, Value>,
    problems: &mut Vec<String>,
) {
    // The class itself gives these two their one value.
    if matches!(place, "category_uid" | "class_uid") {
        return;
    }
    let Some(allowed) = attribute.fields.get("enum").and_then(Value::as_object) else { return };
    for one in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
        let key = one.as_str().map_or_else(|| one.to_string(), str::to_owned);
        let Some(meaning) = allowed.get(&key) else {
            problems.push(format!("{place}: {one} is none of {:?}", allowed.keys().collect::<Vec<_>>()));
            continue;
        };
        let sibling = attribute.fields.get("sibling").and_then(Value::as_str).and_then(|name| fields.get(name));
        if let Some(text) = sibling.filter(|_| key != "99" && !value.is_array())
            && *text != meaning["caption"]
        {
            problems.push(format!("{place}: {key} is {}, but the text beside it says {text}", meaning["caption"]));
        }
    }
}

fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
