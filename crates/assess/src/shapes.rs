use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    ContentError,
    yaml::{Node, Yaml},
};

/// Deepest nest of `$ref`, `anyOf`, `oneOf` and `allOf` that is followed.
const DEPTH_MAX: usize = 16;

/// The JSON Schema of each facet of each kind, made from the collectors' own types.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shapes {
    kinds: BTreeMap<String, BTreeMap<String, Value>>,
}

impl Shapes {
    /// No shapes at all.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces the schema of a facet.
    pub fn insert(&mut self, kind: impl Into<String>, facet: impl Into<String>, schema: Value) {
        self.kinds.entry(kind.into()).or_default().insert(facet.into(), schema);
    }

    /// Reads `{KIND: {FACET: SCHEMA}}`.
    ///
    /// # Errors
    /// A sentence, where the value has another shape.
    pub fn from_json(value: Value) -> Result<Self, String> {
        serde_json::from_value(value)
            .map(|kinds| Self { kinds })
            .map_err(|e| format!("shapes are not an object of kinds of facets: {e}"))
    }

    pub(crate) fn get(&self, kind: &str, facet: &str) -> Option<&Value> {
        self.kinds.get(kind)?.get(facet)
    }

    pub(crate) fn kind(&self, kind: &str) -> Option<&BTreeMap<String, Value>> {
        self.kinds.get(kind)
    }

    pub(crate) fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }
}

/// The schema of anything.
static ANYTHING: Value = Value::Bool(true);

/// A place in a schema, with the document that its references mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape<'s> {
    root: &'s Value,
    node: &'s Value,
}

/// What a step into a shape found.
#[derive(Debug, Clone)]
pub(crate) enum Step<'s> {
    /// Anything may be there.
    Any,
    /// One of these.
    Of(Vec<Shape<'s>>),
    /// Nothing of that name; the text says what is there instead.
    Missing(String),
}

impl<'s> Shape<'s> {
    pub(crate) fn new(root: &'s Value) -> Self {
        Self { root, node: root }
    }

    /// Names this shape, so that equal ones are found again.
    pub(crate) fn address(&self) -> usize {
        std::ptr::from_ref(self.node) as usize
    }

    fn at(&self, node: &'s Value) -> Self {
        Self { root: self.root, node }
    }

    /// The shapes it may be, without references and unions.
    fn flat(self, depth: usize, out: &mut Vec<Shape<'s>>) {
        if depth > DEPTH_MAX {
            // Too deep to follow: nothing is known, so everything is allowed.
            out.push(self.at(&ANYTHING));
            return;
        }
        let Value::Object(fields) = self.node else {
            out.push(self);
            return;
        };
        if let Some(target) = fields.get("$ref").and_then(Value::as_str) {
            match target.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer)) {
                Some(node) => self.at(node).flat(depth + 1, out),
                None => out.push(self.at(&ANYTHING)),
            }
            return;
        }
        let mut found = false;
        for key in ["anyOf", "oneOf", "allOf"] {
            for node in fields.get(key).and_then(Value::as_array).into_iter().flatten() {
                found = true;
                self.at(node).flat(depth + 1, out);
            }
        }
        if !found || fields.contains_key("properties") {
            out.push(self);
        }
    }

    fn is_any(&self) -> bool {
        match self.node {
            Value::Bool(allowed) => *allowed,
            Value::Object(fields) => {
                !["type", "properties", "additionalProperties", "items", "prefixItems", "enum", "const"]
                    .iter()
                    .any(|key| fields.contains_key(*key))
            }
            _ => true,
        }
    }

    fn has_type(&self, name: &str) -> bool {
        match self.node.get("type") {
            Some(Value::String(one)) => one == name,
            Some(Value::Array(many)) => many.iter().any(|t| t == name),
            _ => match name {
                "object" => self.node.get("properties").is_some() || self.node.get("additionalProperties").is_some(),
                "array" => self.node.get("items").is_some() || self.node.get("prefixItems").is_some(),
                _ => false,
            },
        }
    }

    fn describe(&self) -> String {
        if self.is_any() {
            return "anything".into();
        }
        if let Some(value) = self.node.get("const") {
            return value.to_string();
        }
        if let Some(values) = self.node.get("enum").and_then(Value::as_array) {
            let values: Vec<String> = values.iter().map(Value::to_string).collect();
            return values.join(" or ");
        }
        let words: Vec<&str> = [
            ("object", "an object"),
            ("array", "an array"),
            ("string", "a text"),
            ("integer", "a whole number"),
            ("number", "a number"),
            ("boolean", "true or false"),
            ("null", "null"),
        ]
        .into_iter()
        .filter(|(name, _)| self.has_type(name))
        .map(|(_, word)| word)
        .collect();
        words.join(" or ")
    }
}

fn flatten<'s>(shapes: &[Shape<'s>]) -> Vec<Shape<'s>> {
    let mut out = Vec::new();
    for shape in shapes {
        shape.flat(0, &mut out);
    }
    out
}

/// What any of these is, for errors.
pub(crate) fn describe(shapes: &[Shape<'_>]) -> String {
    let mut words: Vec<String> = flatten(shapes).iter().map(Shape::describe).collect();
    words.sort();
    words.dedup();
    words.join(" or ")
}

/// Whether nothing in it has parts.
pub(crate) fn is_scalar(shapes: &[Shape<'_>]) -> bool {
    flatten(shapes).iter().all(|s| !s.is_any() && !s.has_type("object") && !s.has_type("array"))
}

/// The field of this name.
pub(crate) fn field<'s>(shapes: &[Shape<'s>], name: &str) -> Step<'s> {
    let mut found = Vec::new();
    let mut names = Vec::new();
    let flat = flatten(shapes);
    for shape in &flat {
        if shape.is_any() {
            return Step::Any;
        }
        if !shape.has_type("object") {
            continue;
        }
        let properties = shape.node.get("properties").and_then(Value::as_object);
        if let Some(node) = properties.and_then(|p| p.get(name)) {
            found.push(shape.at(node));
            continue;
        }
        if shape.node.get("patternProperties").is_some() {
            return Step::Any;
        }
        match shape.node.get("additionalProperties") {
            Some(Value::Bool(true)) => return Step::Any,
            Some(node @ Value::Object(_)) => found.push(shape.at(node)),
            None if properties.is_none() => return Step::Any,
            _ => names.extend(properties.into_iter().flatten().map(|(k, _)| k.as_str())),
        }
    }
    if !found.is_empty() {
        return Step::Of(found);
    }
    names.sort_unstable();
    names.dedup();
    Step::Missing(if names.is_empty() {
        format!("it is {}", describe(shapes))
    } else {
        format!("there are {}", names.join(", "))
    })
}

/// What is found under a key that is not known before.
pub(crate) fn elements<'s>(shapes: &[Shape<'s>]) -> Step<'s> {
    let mut found = Vec::new();
    let flat = flatten(shapes);
    for shape in &flat {
        if shape.is_any() {
            return Step::Any;
        }
        if shape.has_type("array") {
            let mut known = false;
            if let Some(node @ Value::Object(_)) = shape.node.get("items") {
                found.push(shape.at(node));
                known = true;
            }
            for node in shape.node.get("prefixItems").and_then(Value::as_array).into_iter().flatten() {
                found.push(shape.at(node));
                known = true;
            }
            if !known {
                return Step::Any;
            }
        }
        if shape.has_type("object") {
            let properties = shape.node.get("properties").and_then(Value::as_object);
            found.extend(properties.into_iter().flatten().map(|(_, node)| shape.at(node)));
            match shape.node.get("additionalProperties") {
                Some(Value::Bool(true)) => return Step::Any,
                Some(node @ Value::Object(_)) => found.push(shape.at(node)),
                None if properties.is_none() => return Step::Any,
                _ => {}
            }
        }
    }
    if found.is_empty() { Step::Missing(format!("it is {}", describe(shapes))) } else { Step::Of(found) }
}

/// Whether the fields that a value gives exist in its schema and have the right type; fields may be left out.
pub(crate) fn validate(file: &str, path: &str, node: &Node, schema: &Value) -> Vec<ContentError> {
    let mut errors = Vec::new();
    check(file, path, node, &[Shape::new(schema)], &mut errors);
    errors
}

fn check(file: &str, path: &str, node: &Node, shapes: &[Shape<'_>], errors: &mut Vec<ContentError>) {
    let flat = flatten(shapes);
    if flat.iter().any(Shape::is_any) {
        return;
    }
    let mut fail = |node: &Node, path: &str, message: String| {
        errors.push(ContentError::line(file, node.line, message).column(node.column).field(path));
    };
    match &node.value {
        Yaml::List(items) => {
            if !flat.iter().any(|s| s.has_type("array")) {
                return fail(node, path, format!("is a list; the facet's shape says {}", describe(shapes)));
            }
            let arrays: Vec<Shape<'_>> = flat.into_iter().filter(|s| s.has_type("array")).collect();
            if let Step::Of(inner) = elements(&arrays) {
                for (index, item) in items.iter().enumerate() {
                    check(file, &format!("{path}[{index}]"), item, &inner, errors);
                }
            }
        }
        Yaml::Map(fields) => {
            let objects: Vec<Shape<'_>> = flat.into_iter().filter(|s| s.has_type("object")).collect();
            // `{}` is what the runner itself makes of an empty facet.
            if objects.is_empty() {
                return fail(node, path, format!("is a map; the facet's shape says {}", describe(shapes)));
            }
            for (key, value) in fields {
                match field(&objects, &key.name) {
                    Step::Any => {}
                    Step::Of(inner) => check(file, &format!("{path}.{}", key.name), value, &inner, errors),
                    Step::Missing(instead) => errors.push(
                        ContentError::line(file, key.line, format!("is no field of the facet; {instead}"))
                            .column(key.column)
                            .field(format!("{path}.{}", key.name)),
                    ),
                }
            }
        }
        Yaml::Null | Yaml::Bool(_) | Yaml::Number(_) | Yaml::String(_) => {
            let value = node.to_json();
            if !flat.iter().any(|s| accepts(s, &value)) {
                fail(node, path, format!("is {value}; the facet's shape says {}", describe(shapes)));
            }
        }
    }
}

fn accepts(shape: &Shape<'_>, value: &Value) -> bool {
    if let Some(one) = shape.node.get("const") {
        return one == value;
    }
    if let Some(many) = shape.node.get("enum").and_then(Value::as_array) {
        return many.contains(value);
    }
    match value {
        Value::Null => shape.has_type("null"),
        Value::Bool(_) => shape.has_type("boolean"),
        Value::Number(n) => shape.has_type("number") || (shape.has_type("integer") && !n.is_f64()),
        Value::String(_) => shape.has_type("string"),
        Value::Array(_) | Value::Object(_) => false,
    }
}
