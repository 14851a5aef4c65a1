use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, OnceLock, PoisonError},
};

use super::{Field, Shape};

/// A shape of the tables that cannot be read: a fault of the program, found by the test that reads them all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("shape `{shape}`: {problem} at byte {at}")]
pub(crate) struct ShapeError {
    pub(crate) shape: String,
    pub(crate) problem: &'static str,
    pub(crate) at: usize,
}

/// Deepest nest of a shape.
const DEPTH_MAX: usize = 24;

/// Reads the notation. What was read once is kept, for the tables are asked again with every call.
pub(crate) fn shape(text: &'static str) -> Result<&'static Shape, ShapeError> {
    static READ: OnceLock<Mutex<HashMap<&'static str, &'static Shape>>> = OnceLock::new();
    let read = READ.get_or_init(Mutex::default);
    if let Some(found) = read.lock().unwrap_or_else(PoisonError::into_inner).get(text) {
        return Ok(found);
    }
    // As many as there are texts in the tables, each once: they live as long as the tables do.
    let shape: &'static Shape = Box::leak(Box::new(read_text(text)?));
    read.lock().unwrap_or_else(PoisonError::into_inner).insert(text, shape);
    Ok(shape)
}

/// The fields of an answer; no fields at all mean that nothing is known of it.
fn read_text(text: &str) -> Result<Shape, ShapeError> {
    let mut reader = Reader { text, at: 0 };
    reader.space();
    if text.trim().is_empty() {
        return Ok(Shape::Any);
    }
    let fields = reader.fields(0)?;
    if reader.at < text.len() { Err(reader.error("something is left over")) } else { Ok(Shape::Object(fields)) }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn error(&self, problem: &'static str) -> ShapeError {
        ShapeError { shape: self.text.to_owned(), problem, at: self.at }
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn take(&mut self, mark: char) -> bool {
        let found = self.rest().starts_with(mark);
        if found {
            self.at += mark.len_utf8();
        }
        found
    }

    fn word(&mut self) -> &str {
        let start = self.at;
        let length = self.rest().find(|c: char| !(c.is_ascii_alphanumeric() || "_-./".contains(c)));
        self.at += length.unwrap_or(self.rest().len());
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn fields(&mut self, depth: usize) -> Result<BTreeMap<String, Field>, ShapeError> {
        let mut fields = BTreeMap::new();
        loop {
            self.space();
            if self.rest().is_empty() || self.rest().starts_with('}') {
                return Ok(fields);
            }
            let name = self.word().to_owned();
            if name.is_empty() {
                return Err(self.error("expected a name"));
            }
            let wire = if self.take('@') { Some(self.word().to_owned()) } else { None };
            if wire.as_ref().is_some_and(String::is_empty) {
                return Err(self.error("expected the name in the answer"));
            }
            let shape = if self.take(':') { self.one(depth + 1)? } else { Shape::Text };
            if fields.insert(name, Field { wire, shape }).is_some() {
                return Err(self.error("the field stands there twice"));
            }
        }
    }

    fn one(&mut self, depth: usize) -> Result<Shape, ShapeError> {
        if depth > DEPTH_MAX {
            return Err(self.error("it is nested too deep"));
        }
        let flat = self.take('*');
        if self.take('[') {
            let item = Box::new(self.one(depth + 1)?);
            self.space();
            return if self.take(']') { Ok(Shape::List { item, flat }) } else { Err(self.error("expected `]`")) };
        }
        if self.take('<') {
            let item = Box::new(self.one(depth + 1)?);
            self.space();
            return if self.take('>') { Ok(Shape::Map { item, flat }) } else { Err(self.error("expected `>`")) };
        }
        if flat {
            return Err(self.error("expected `[` or `<` behind `*`"));
        }
        if self.take('{') {
            let fields = self.fields(depth + 1)?;
            return if self.take('}') { Ok(Shape::Object(fields)) } else { Err(self.error("expected `}`")) };
        }
        let shape = match self.word() {
            "text" => Shape::Text,
            "bool" => Shape::Bool,
            "int" => Shape::Int,
            "num" => Shape::Num,
            "time" => Shape::Time,
            "policy" => Shape::Policy,
            "json" => Shape::Json,
            "literal" => Shape::Literal,
            "present" => Shape::Present,
            "script" => Shape::Script,
            "drop" => Shape::Drop,
            "any" => Shape::Any,
            _ => return Err(self.error("expected a type")),
        };
        Ok(shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_read_or_say_where_not() {
        for (text, want) in [
            ("A B:int C@c:[{D:bool}] E:*[text] F:<any> G:{H:drop}", Ok(())),
            ("", Ok(())),
            ("A:", Err(2)),
            ("A:wrong", Err(7)),
            ("A:[text", Err(7)),
            ("A:{B", Err(4)),
            ("A A", Err(3)),
            ("A:*text", Err(3)),
            ("}", Err(0)),
            ("A@ B", Err(2)),
        ] {
            assert_eq!(read_text(text).map(|_| ()).map_err(|e| e.at), want, "{text}");
        }
        let deep: &'static str = Box::leak(format!("A:{}", "[".repeat(100)).into_boxed_str());
        assert_eq!(shape(deep).unwrap_err().problem, "it is nested too deep");
    }
}
