//! Reads the patterns of metric filters for JSON events, as CloudTrail writes them (CloudWatch Logs User Guide, "Filter
//! pattern syntax": JSON log events): `{ ($.eventName = A) || ($.eventName = B && $.errorCode NOT EXISTS) }`.
use serde_json::{Value, json};

/// Bytes of a pattern; AWS takes 1,024.
const BYTES_MAX: usize = 16 << 10;
/// Deepest nesting of parentheses.
const DEPTH_MAX: usize = 32;
/// Most alternatives of the whole, and most terms of one.
const ALTERNATIVES_MAX: usize = 1_000;
const TERMS_MAX: usize = 200;

/// What a pattern matches, as alternatives of terms that must all hold: `[[{field, op, values}]]`. `field` is without
/// `$.`; `op` is `=` (one of the values), `!=` `<` `<=` `>` `>=` (of one value), `=~` and `!~` for regular expressions, or
/// `exists` `missing` `null` `true` `false`, which have no values. None where the pattern is of another form, wrong, or
/// too large.
pub(super) fn read(pattern: &str) -> Option<Vec<Vec<Value>>> {
    if pattern.len() > BYTES_MAX {
        return None;
    }
    let pattern = pattern.trim();
    if pattern.is_empty() {
        // An empty pattern matches every event.
        return Some(vec![Vec::new()]);
    }
    let inner = pattern.strip_prefix('{')?.strip_suffix('}')?;
    let mut reader = Reader { rest: inner };
    let found = reader.any(0)?;
    reader.rest.trim_start().is_empty().then_some(found)
}

struct Reader<'p> {
    rest: &'p str,
}

type Alternatives = Vec<Vec<Value>>;

impl<'p> Reader<'p> {
    fn take(&mut self, start: &str) -> bool {
        let trimmed = self.rest.trim_start();
        match trimmed.strip_prefix(start) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// A word in any case, whole.
    fn word(&mut self, word: &str) -> bool {
        let trimmed = self.rest.trim_start();
        let Some((head, rest)) = trimmed.split_at_checked(word.len()) else { return false };
        let whole = !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        if head.eq_ignore_ascii_case(word) && whole {
            self.rest = rest;
            return true;
        }
        false
    }

    fn any(&mut self, depth: usize) -> Option<Alternatives> {
        let mut out = self.all(depth)?;
        while self.take("||") {
            for more in self.all(depth)? {
                // Names in a row, the commonest pattern, are one term of several values.
                if !out.last_mut().is_some_and(|last| joined(last, &more)) {
                    out.push(more);
                }
            }
            if out.len() > ALTERNATIVES_MAX {
                return None;
            }
        }
        Some(out)
    }

    fn all(&mut self, depth: usize) -> Option<Alternatives> {
        let mut out = self.unit(depth)?;
        while self.take("&&") {
            let more = self.unit(depth)?;
            if out.len().checked_mul(more.len())? > ALTERNATIVES_MAX {
                return None;
            }
            out = out
                .iter()
                .flat_map(|left| more.iter().map(|right| left.iter().chain(right).cloned().collect::<Vec<_>>()))
                .collect();
            if out.iter().any(|terms| terms.len() > TERMS_MAX) {
                return None;
            }
        }
        Some(out)
    }

    fn unit(&mut self, depth: usize) -> Option<Alternatives> {
        if !self.take("(") {
            return Some(vec![vec![self.term()?]]);
        }
        if depth >= DEPTH_MAX {
            return None;
        }
        let inner = self.any(depth + 1)?;
        self.take(")").then_some(inner)
    }

    fn term(&mut self) -> Option<Value> {
        let field = self.field()?;
        for (first, second, op) in [
            ("NOT", "EXISTS", "missing"),
            ("EXISTS", "", "exists"),
            ("IS", "NULL", "null"),
            ("IS", "TRUE", "true"),
            ("IS", "FALSE", "false"),
        ] {
            let before = self.rest;
            if self.word(first) && (second.is_empty() || self.word(second)) {
                return Some(json!({"field": field, "op": op}));
            }
            self.rest = before;
        }
        // The longer ones first.
        let op = ["!=", "<=", ">=", "==", "=", "<", ">"].into_iter().find(|op| self.take(op))?;
        let op = if op == "==" { "=" } else { op };
        let (value, expression) = self.value()?;
        let op = match (op, expression) {
            ("=", true) => "=~",
            ("!=", true) => "!~",
            (_, true) => return None,
            (op, false) => op,
        };
        Some(json!({"field": field, "op": op, "values": [value]}))
    }

    /// A selector without its `$.`: `userIdentity.type`, `resources[0].ARN`.
    fn field(&mut self) -> Option<&'p str> {
        let rest = self.rest.trim_start().strip_prefix('$')?;
        let end = rest.find(|c: char| c.is_whitespace() || "=!<>()&|".contains(c)).unwrap_or(rest.len());
        let (field, rest) = rest.split_at_checked(end)?;
        self.rest = rest;
        let field = field.strip_prefix('.').unwrap_or(field);
        (!field.is_empty()).then_some(field)
    }

    /// A value, and whether it is a regular expression (`%…%`).
    fn value(&mut self) -> Option<(String, bool)> {
        let rest = self.rest.trim_start();
        if let Some(text) = rest.strip_prefix('"') {
            let mut out = String::new();
            let mut chars = text.char_indices();
            while let Some((at, c)) = chars.next() {
                match c {
                    '"' => {
                        self.rest = text.get(at + 1..)?;
                        return Some((out, false));
                    }
                    '\\' => out.push(chars.next()?.1),
                    c => out.push(c),
                }
            }
            return None;
        }
        if let Some(text) = rest.strip_prefix('%') {
            let (expression, rest) = text.split_once('%')?;
            self.rest = rest;
            return Some((expression.to_owned(), true));
        }
        let end = rest.find(|c: char| c.is_whitespace() || "()&|".contains(c)).unwrap_or(rest.len());
        let (value, rest) = rest.split_at_checked(end)?;
        self.rest = rest;
        (!value.is_empty()).then(|| (value.to_owned(), false))
    }
}

/// Adds the values of an alternative to another, where both are one term that says what a field is.
fn joined(last: &mut [Value], more: &[Value]) -> bool {
    let ([last], [more]) = (last, more) else { return false };
    let same = |name: &str| last.get(name) == more.get(name);
    if !same("field") || !same("op") || last.get("op").is_none_or(|op| op != "=") {
        return false;
    }
    let (Some(Value::Array(values)), Some(Value::Array(added))) = (last.get_mut("values"), more.get("values")) else {
        return false;
    };
    values.extend(added.iter().cloned());
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(pattern: &str) -> Option<String> {
        let text = |term: &Value| {
            let part = |name: &str| term[name].as_str().unwrap_or_default().to_owned();
            let values: Vec<&str> = term["values"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            format!("{}{}{}", part("field"), part("op"), values.join(","))
        };
        Some(
            read(pattern)?
                .iter()
                .map(|all| all.iter().map(text).collect::<Vec<_>>().join(" "))
                .collect::<Vec<_>>()
                .join(" / "),
        )
    }

    #[test]
    fn every_way_to_write_a_pattern() {
        for (pattern, want, why) in [
            ("", Some(""), "everything"),
            ("{$.a=b}", Some("a=b"), "no space"),
            (" { ( $.a = \"b c\" ) } ", Some("a=b c"), "spaces and quotes"),
            ("{ ($.a = 1) || $.a = 2 && $.b != 3 }", Some("a=1 / a=2 b!=3"), "and binds closer"),
            ("{ ($.s = x) && (($.e = A) || ($.e = B)) }", Some("s=x e=A,B"), "factored out"),
            (
                "{ $.e=A||($.e = B) || ($.e = C && $.s = x) || $.e = D || $.f = E }",
                Some("e=A,B / e=C s=x / e=D / f=E"),
                "names in a row",
            ),
            ("{ $.e != A || $.e != B }", Some("e!=A / e!=B"), "either of two is not one of none"),
            ("{ ($.a = 1 || $.b = 2) && ($.c = 3 || $.c = 4) }", Some("a=1 c=3,4 / b=2 c=3,4"), "multiplied out"),
            ("{ $.u.type = Root && $.u.by NOT EXISTS }", Some("u.type=Root u.bymissing"), "a word for an operator"),
            ("{ $.a IS TRUE || $.b is null || $.c EXISTS }", Some("atrue / bnull / cexists"), "words in any case"),
            ("{ $.a = %Delete.*(User|Role)% }", Some("a=~Delete.*(User|Role)"), "a regular expression"),
            ("{ $.a >= 5 && $.l[0].b = *x* }", Some("a>=5 l[0].b=*x*"), "numbers, lists, wildcards"),
            ("{ $.a = \"x\\\"y\" }", Some("a=x\"y"), "a quote in quotes"),
            ("{ $.a = b", None, "not closed"),
            ("{ ($.a = b }", None, "not closed inside"),
            ("{ $.a = }", None, "no value"),
            ("{ $.a b }", None, "no operator"),
            ("{ $.a = b c }", None, "something behind it"),
            ("{ }", None, "nothing inside"),
            ("ERROR", None, "a word is of another form"),
            ("[ip, user]", None, "so are columns"),
        ] {
            assert_eq!(flat(pattern).as_deref(), want, "{pattern}: {why}");
        }
    }

    #[test]
    fn hostile_patterns_end() {
        let deep = format!("{{{}$.a = b{}}}", "(".repeat(5_000), ")".repeat(5_000));
        assert!(read(&deep).is_none(), "too deep");
        let wide = (0..30).map(|i| format!("($.a = {i} || $.b = {i})")).collect::<Vec<_>>().join(" && ");
        assert!(read(&format!("{{{wide}}}")).is_none(), "2^30 alternatives");
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_an_answer(text in "[{}()$.a=!<>&|\" %*A-Zé]{0,80}") {
            let _ = read(&text);
        }

        #[test]
        fn spaces_do_not_matter(names in proptest::collection::vec("[A-Z][a-z]{1,6}", 1..8), gap in " {0,3}") {
            let join = |gap: &str| format!("{{{gap}{}{gap}}}", names.iter().map(|n| format!("($.eventName{gap}={gap}{n})")).collect::<Vec<_>>().join(&format!("{gap}||{gap}")));
            proptest::prop_assert_eq!(read(&join(&gap)), read(&join(" ")));
            let values = read(&join("")).map(|all| all.iter().flatten().filter_map(|t| t["values"].as_array()).map(Vec::len).sum());
            proptest::prop_assert_eq!(values, Some(names.len()));
        }
    }
}
