use std::{
    fmt,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use casemate_estate::Finding;
use regorus::{Engine, Value as Rego};
use serde_json::Value;

use crate::{
    CheckMeta,
    analysis::BUILTINS,
    eval::{self, Limits},
    guard, nesting,
    syntax::{self, Expr, Head, Literal, Query, Rule},
};

/// Longest expression, in bytes.
const LENGTH_MAX: usize = 4096;
/// Bytes that one evaluation may build.
const MEMORY: u64 = 16 << 20;
/// What stands before the expression; its last line break puts the expression on a line of its own.
const BEFORE: &str = "package casemate.suppression\nfinding := input.finding\nresource := input.resource\nvulnerability := input.vulnerability\nmatches if {\n";
/// Lines of [`BEFORE`].
const BEFORE_LINES: u32 = 5;
const FINDING: [&str; 7] = ["id", "check", "severity", "risk", "state", "reason", "area"];
const RESOURCE: [&str; 4] = ["id", "kind", "name", "scope"];
/// Fields of a vulnerability and whether each is text. One that is not known is left out, so that a condition on it does
/// not hold: Rego orders null before every number, and `vulnerability.epss < 0.1` would hide what was never scored.
const VULNERABILITY: [(&str, Form); 12] = [
    ("cve", Form::Text),
    ("package", Form::Text),
    ("type", Form::Text),
    ("version", Form::Text),
    ("fixed", Form::Text),
    ("fix_state", Form::Text),
    ("kev", Form::Other),
    ("epss", Form::Number),
    ("ssvc", Form::Text),
    ("cvss", Form::Number),
    ("loaded", Form::Other),
    ("exposure", Form::Text),
];

/// What a field holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Number,
    /// A truth value, or one that may be text as well.
    Other,
}
/// Functions that answer true or false.
const BOOLEAN: [&str; 22] = [
    "contains",
    "endswith",
    "startswith",
    "strings.any_prefix_match",
    "strings.any_suffix_match",
    "regex.match",
    "regex.is_valid",
    "regex.globs_match",
    "regex.template_match",
    "glob.match",
    "net.cidr_is_valid",
    "net.cidr_contains",
    "is_array",
    "is_boolean",
    "is_null",
    "is_number",
    "is_object",
    "is_set",
    "is_string",
    "json.is_valid",
    "object.subset",
    "walk",
];

/// A compiled suppression expression: the body of a Rego rule, whose conditions must all hold, separated by `;` or line
/// breaks: `startswith(finding.check, "host.sysctl."); finding.risk < 30`.
///
/// It reads `finding` (`id`, `check`, `severity`, `risk`, `state`, `reason`, `area`), `resource` (`id`, `kind`,
/// `name`, `scope`) and, for vulnerabilities, `vulnerability` (`cve`, `package`, `version`, `kev`, `epss` …), also as
/// `input.finding` and so on. At most 4,096 bytes; each condition is true or false.
pub struct SuppressionRule {
    expression: String,
    engine: Mutex<Engine>,
}

impl fmt::Debug for SuppressionRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SuppressionRule").field("expression", &self.expression).finish_non_exhaustive()
    }
}

/// An expression that cannot be compiled or evaluated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SuppressionError {
    /// It is not an expression of the language.
    #[error("cannot read the expression at line {line}, column {column}: {message}")]
    Syntax {
        /// Line, from 1.
        line: u32,
        /// Column, from 1.
        column: u32,
        /// What is wrong.
        message: String,
    },
    /// It failed on a finding; it hides nothing there.
    #[error("cannot evaluate the expression on finding `{finding}`: {message}")]
    Evaluation {
        /// The finding's id.
        finding: String,
        /// What is wrong.
        message: String,
    },
    /// It gave something other than true or false.
    #[error("the expression gives {got} on finding `{finding}`, not true or false")]
    NotBoolean {
        /// The finding's id.
        finding: String,
        /// The type it gave.
        got: String,
    },
}

impl SuppressionRule {
    /// Compiles an expression.
    ///
    /// # Errors
    /// [`SuppressionError::Syntax`] with the place.
    pub fn compile(expression: &str) -> Result<Self, SuppressionError> {
        if expression.trim().is_empty() {
            return Err(syntax(1, 1, "the expression is empty"));
        }
        if expression.len() > LENGTH_MAX {
            return Err(syntax(1, 1, "the expression is longer than 4,096 bytes"));
        }
        nesting::check(expression).map_err(|(line, column)| syntax(line, column, "brackets nest too deeply"))?;
        let mut engine = eval::engine(Limits { time: Duration::from_millis(100), memory: MEMORY });
        engine
            .add_policy("expression".into(), format!("{BEFORE}{expression}\n}}\n"))
            .map_err(|e| from_engine(expression, &e.to_string()))?;
        let tree = syntax::read(&engine, "expression").map_err(|e| syntax(1, 1, &e.message))?;
        let body = match tree.rules.as_slice() {
            [_, _, _, Rule::Spec { head: Head::Compr { assign: None, .. }, bodies, .. }] if tree.imports.is_empty() => {
                match bodies.as_slice() {
                    [body] if body.assign.is_none() => &body.query,
                    _ => return Err(syntax(1, 1, "expected conditions only, without `else`")),
                }
            }
            _ => return Err(syntax(1, 1, "expected conditions only; a `}` closes more than was opened")),
        };
        statements(body)?;
        // A query that reads no rule: only its preparation matters.
        engine.eval_query("true".into(), false).map_err(|e| from_engine(expression, &e.to_string()))?;
        Ok(Self { expression: expression.to_owned(), engine: Mutex::new(engine) })
    }

    /// The expression as written.
    #[must_use]
    pub fn expression(&self) -> &str {
        &self.expression
    }

    /// Whether it hides the finding. `meta` is the METADATA of the finding's check, where it is still loaded.
    ///
    /// # Errors
    /// [`SuppressionError::Evaluation`] or [`SuppressionError::NotBoolean`]; the finding is then not hidden.
    pub fn matches(&self, finding: &Finding, meta: Option<&CheckMeta>) -> Result<bool, SuppressionError> {
        let vulnerability = vulnerability(finding);
        let area = match (meta, &vulnerability) {
            (Some(meta), _) => meta.area.as_str(),
            (None, Some(_)) => "vulnerabilities",
            (None, None) => "",
        };
        let mut fields = vec![
            (
                "finding",
                eval::object([
                    ("id", Rego::from(finding.id.as_str())),
                    ("check", Rego::from(finding.key.check.as_str())),
                    ("severity", Rego::from(finding.severity.as_str())),
                    ("risk", Rego::from(i64::from(finding.risk))),
                    ("state", Rego::from(finding.verdict.state.as_str())),
                    ("reason", Rego::from(finding.verdict.reason.as_str())),
                    ("area", Rego::from(area)),
                ]),
            ),
            (
                "resource",
                eval::object([
                    ("id", Rego::from(finding.key.resource.as_str())),
                    ("kind", Rego::from(finding.kind.as_str())),
                    ("name", Rego::from(finding.name.as_str())),
                    ("scope", Rego::from(finding.scope.as_str())),
                ]),
            ),
        ];
        if let Some(vulnerability) = vulnerability {
            fields.push(("vulnerability", vulnerability));
        }
        let input = eval::object(fields);
        let mut engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        engine.set_input(input);
        guard::start(MEMORY);
        match engine.eval_rule("data.casemate.suppression.matches".into()) {
            Ok(Rego::Bool(hidden)) => Ok(hidden),
            Ok(Rego::Undefined) => Ok(false),
            Ok(other) => {
                Err(SuppressionError::NotBoolean { finding: finding.id.clone(), got: eval::type_of(&other).to_owned() })
            }
            Err(error) => {
                let (_, message) = eval::engine_error(&error.to_string());
                Err(SuppressionError::Evaluation { finding: finding.id.clone(), message })
            }
        }
    }
}

/// What is known of the vulnerability that a finding is about: the first evidence of a check `vuln.…`.
fn vulnerability(finding: &Finding) -> Option<Rego> {
    if !finding.key.check.as_str().starts_with("vuln.") {
        return None;
    }
    let body = finding.verdict.evidence.first()?.as_object()?;
    let fields = VULNERABILITY.iter().filter_map(|(name, _)| {
        let value = match *name {
            "package" | "version" => body.get("package")?.get(if *name == "package" { "name" } else { name })?,
            "type" => body.get("package")?.get("type")?,
            "cvss" => body.get("cvss")?.get("score")?,
            _ => body.get(*name)?,
        };
        match value {
            Value::Null => None,
            Value::Bool(b) => Some((*name, Rego::from(*b))),
            Value::Number(n) => Some((*name, Rego::from(n.as_f64()?))),
            Value::String(text) => Some((*name, Rego::from(text.as_str()))),
            _ => None,
        }
    });
    Some(eval::object(fields))
}

fn syntax(line: u32, column: u32, message: &str) -> SuppressionError {
    SuppressionError::Syntax { line, column, message: message.to_owned() }
}

fn from_engine(expression: &str, text: &str) -> SuppressionError {
    let (place, message) = eval::engine_error(text);
    let (line, column) = place.map_or((1, 1), |p| (p.line.saturating_sub(BEFORE_LINES).max(1), p.column));
    // What is missing at the end is noticed at the bracket that we put after it.
    let last = expression.lines().last().unwrap_or_default();
    let lines = u32::try_from(expression.lines().count()).unwrap_or(u32::MAX);
    if line > lines {
        return syntax(lines, u32::try_from(last.chars().count() + 1).unwrap_or(u32::MAX), &message);
    }
    syntax(line, column, &message)
}

fn at(expr: &Expr, message: &str) -> SuppressionError {
    let span = expr.span();
    syntax(span.line.saturating_sub(BEFORE_LINES).max(1), span.col, message)
}

/// Whether each condition is true or false by its form, and reads only what there is.
fn statements(query: &Query) -> Result<(), SuppressionError> {
    for stmt in &query.stmts {
        if !stmt.with_mods.is_empty() {
            return Err(syntax(
                stmt.span.line.saturating_sub(BEFORE_LINES).max(1),
                stmt.span.col,
                "`with` cannot be used",
            ));
        }
        match &stmt.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn { key, value, collection } => {
                for expr in key.iter().chain([value, collection]) {
                    references(expr)?;
                }
            }
            Literal::Expr { expr } | Literal::NotExpr { expr } => {
                references(expr)?;
                boolean(expr)?;
            }
            Literal::Every { domain, query, .. } => {
                references(domain)?;
                statements(query)?;
            }
        }
    }
    Ok(())
}

fn boolean(expr: &Expr) -> Result<(), SuppressionError> {
    match expr {
        Expr::Bool { .. } | Expr::BoolExpr { .. } | Expr::Membership { .. } | Expr::AssignExpr { .. } => Ok(()),
        Expr::Call { fcn, .. } => {
            let name = fcn.path().unwrap_or_default().join(".");
            if BOOLEAN.contains(&name.as_str()) {
                Ok(())
            } else {
                Err(at(expr, &format!("`{name}` does not give true or false; compare it with something")))
            }
        }
        _ => Err(at(expr, "this is not true or false; compare it with something")),
    }
}

fn references(expr: &Expr) -> Result<(), SuppressionError> {
    if let Some(path) = expr.path() {
        let path = path.strip_prefix(&["input"]).unwrap_or(&path);
        match path {
            ["finding", field, ..] if !FINDING.contains(field) => {
                return Err(at(expr, &format!("`finding` has no `{field}`; there are {}", FINDING.join(", "))));
            }
            ["resource", field, ..] if !RESOURCE.contains(field) => {
                return Err(at(expr, &format!("`resource` has no `{field}`; there are {}", RESOURCE.join(", "))));
            }
            ["vulnerability", field, ..] if !VULNERABILITY.iter().any(|(name, _)| name == field) => {
                let names: Vec<_> = VULNERABILITY.iter().map(|(name, _)| *name).collect();
                return Err(at(expr, &format!("`vulnerability` has no `{field}`; there are {}", names.join(", "))));
            }
            ["data", ..] => return Err(at(expr, "`data` cannot be read here")),
            _ => {}
        }
        return Ok(());
    }
    match expr {
        Expr::Call { fcn, params, .. } => {
            let name = fcn.path().unwrap_or_default().join(".");
            if !BUILTINS.contains(&name.as_str()) {
                return Err(at(expr, &format!("there is no function `{name}`")));
            }
            params.iter().try_for_each(references)
        }
        Expr::Array { items, .. } | Expr::Set { items, .. } => items.iter().try_for_each(references),
        Expr::Object { fields, .. } => {
            fields.iter().try_for_each(|(_, k, v)| references(k).and_then(|()| references(v)))
        }
        Expr::UnaryExpr { expr, .. } => references(expr),
        Expr::RefDot { refr, .. } => references(refr),
        Expr::RefBrack { refr, index, .. } => references(refr).and_then(|()| references(index)),
        Expr::BoolExpr { op, lhs, rhs, .. } => {
            references(lhs)?;
            references(rhs)?;
            compared(op, lhs, rhs)?;
            compared(op, rhs, lhs)
        }
        Expr::BinExpr { lhs, rhs, .. } | Expr::ArithExpr { lhs, rhs, .. } | Expr::AssignExpr { lhs, rhs, .. } => {
            references(lhs).and_then(|()| references(rhs))
        }
        Expr::Membership { key, value, collection, .. } => {
            if let Some(key) = key {
                references(key)?;
            }
            references(value)?;
            references(collection)
        }
        Expr::ArrayCompr { .. } | Expr::SetCompr { .. } | Expr::ObjectCompr { .. } => {
            Err(at(expr, "comprehensions cannot be used here"))
        }
        _ => Ok(()),
    }
}

/// Refuses a comparison that Rego takes and nobody means: it orders every number before every text, so that
/// `finding.risk < "30"` holds for all, and texts by their letters, so that `critical` is less than `high`.
fn compared(op: &str, field: &Expr, other: &Expr) -> Result<(), SuppressionError> {
    let Some(path) = field.path() else { return Ok(()) };
    let (of, name, form) = match path.strip_prefix(&["input"]).unwrap_or(&path) {
        ["finding", "risk"] => ("finding", "risk", Form::Number),
        ["finding", name] => ("finding", *name, Form::Text),
        ["resource", name] => ("resource", *name, Form::Text),
        ["vulnerability", name] => match VULNERABILITY.iter().find(|(known, _)| known == name) {
            Some((name, form)) => ("vulnerability", *name, *form),
            None => return Ok(()),
        },
        _ => return Ok(()),
    };
    match other {
        Expr::String { .. } | Expr::RawString { .. } if form == Form::Number => {
            Err(at(other, &format!("`{of}.{name}` is a number; write it without quotes")))
        }
        Expr::Number { .. } if form == Form::Text => Err(at(other, &format!("`{name}` is text; put quotes around it"))),
        _ if form != Form::Number && matches!(op, "Lt" | "Le" | "Ge" | "Gt") => Err(at(
            field,
            &format!("`{name}` is text, which has no order; name what you mean: `{name} in {{\"a\", \"b\"}}`"),
        )),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use casemate_estate::{
        CheckId, ContentHash, FindingKey, Kind, Life, ResourceId, Severity, State, Timestamp, Verdict,
    };
    use proptest::prelude::*;

    use super::*;

    fn finding() -> Finding {
        let key =
            FindingKey { check: CheckId("host.sysctl.kptr".into()), resource: ResourceId::new("host://m").unwrap() };
        Finding {
            id: key.id(),
            key,
            kind: Kind::new("host"),
            name: "web-1".into(),
            scope: "web-1".into(),
            severity: Severity::Low,
            risk: 20,
            verdict: Verdict { state: State::Fail, reason: "too low".into(), evidence: Vec::new() },
            life: Life::advance(None, State::Fail, Timestamp::UNIX_EPOCH),
            inputs: ContentHash([0; 32]),
            exemption: None,
            suppression: None,
        }
    }

    #[test]
    fn an_expression_hides_what_it_names() {
        for (expression, want, why) in [
            (r#"finding.check == "host.sysctl.kptr""#, true, "the check"),
            (r#"startswith(finding.check, "host.sysctl."); finding.risk < 30"#, true, "two conditions"),
            ("finding.risk < 30\nresource.name == \"db-1\"", false, "all conditions must hold"),
            (r#"finding.severity in {"low", "medium"}"#, true, "membership"),
            (r#"not startswith(resource.name, "db-")"#, true, "negation"),
            (r#"input.finding.state == "fail""#, true, "the long form"),
            (r#"finding.area == "kernel""#, false, "the check is not loaded, so its area is not known"),
            ("finding.risk >= 20", true, "a number has an order"),
            (r#"concat("-", [resource.name, resource.scope]) == "web-1-web-1""#, true, "what builds a text may do so"),
            ("true # all", true, "a comment does not swallow the bracket"),
        ] {
            let rule = SuppressionRule::compile(expression).unwrap();
            assert_eq!(rule.matches(&finding(), None), Ok(want), "{expression}: {why}");
        }
    }

    #[test]
    fn a_wrong_expression_has_a_place() {
        for (expression, line, part, why) in [
            ("", 1, "empty", "nothing"),
            ("finding.risk <", 1, "", "unfinished"),
            ("true\nfinding.risk", 2, "not true or false", "a number"),
            ("lower(finding.check)", 1, "`lower`", "a text"),
            ("finding.chek == 1", 1, "`chek`", "a mistyped field"),
            ("true } other if { true", 1, "expected conditions", "a second rule"),
            ("nosuch(finding.id) == 1", 1, "`nosuch`", "an unknown function"),
            ("data.x == 1", 1, "`data`", "no data"),
            (r#"finding.risk < "30""#, 1, "is a number", "every number is less than every text: it would hide all"),
            (r#""30" > input.finding.risk"#, 1, "is a number", "from the other side, in the long form"),
            ("finding.check == 30", 1, "is text", "it would hide nothing"),
            (r#"finding.severity < "high""#, 1, "no order", "`critical` comes before `high` by its letters"),
        ] {
            match SuppressionRule::compile(expression) {
                Err(SuppressionError::Syntax { line: at, message, .. }) => {
                    assert_eq!(at, line, "{expression}: {why}");
                    assert!(message.contains(part), "{expression}: {why}: {message}");
                }
                other => panic!("{expression}: {why}: {other:?}"),
            }
        }
    }

    #[test]
    fn an_error_on_a_finding_hides_nothing() {
        let rule = SuppressionRule::compile("to_number(resource.name) == 1").unwrap();
        assert!(matches!(rule.matches(&finding(), None), Err(SuppressionError::Evaluation { .. })));
    }

    proptest! {
        #[test]
        fn compiling_never_panics(text in "\\PC{0,120}|[a-z .(){}\\[\\]\"=<>;!#\n:|&]{0,80}") {
            drop(SuppressionRule::compile(&text));
        }
    }

    #[test]
    fn what_is_not_known_of_a_vulnerability_meets_no_condition() {
        let mut finding = finding();
        finding.key.check = CheckId("vuln.CVE-2024-1".into());
        finding.verdict.evidence = vec![json!({
            "cve": "CVE-2024-1", "package": {"name": "openssl", "type": "deb", "version": "3.0"}, "kev": false,
            "epss": null, "loaded": "unknown", "cvss": {"score": 5.5},
        })];
        for (expression, want, why) in [
            ("vulnerability.package == \"openssl\"", true, "a field that is there"),
            ("vulnerability.epss < 0.5", false, "what was never scored is not unlikely"),
            ("vulnerability.kev == false; vulnerability.cvss < 6", true, "several"),
            ("vulnerability.loaded == false", false, "unknown is not unloaded"),
            ("finding.area == \"vulnerabilities\"", true, "the area"),
        ] {
            assert_eq!(SuppressionRule::compile(expression).unwrap().matches(&finding, None).unwrap(), want, "{why}");
        }
        for (expression, part) in [
            ("vulnerability.x == 1", "has no `x`"),
            ("vulnerability.epss < \"0.5\"", "is a number"),
            ("vulnerability.version < \"2\"", "no order"),
        ] {
            let error = SuppressionRule::compile(expression).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
        finding.key.check = CheckId("host.a.b".into());
        assert!(
            !SuppressionRule::compile("vulnerability.cve == \"CVE-2024-1\"").unwrap().matches(&finding, None).unwrap(),
            "another check's evidence is none of a vulnerability"
        );
    }
}
