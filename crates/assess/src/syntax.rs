//! The syntax tree of a Rego module, as the engine writes it out.
use regorus::Engine;
use serde::Deserialize;
use serde_json::Value;

use crate::ContentError;

/// Deepest nest of the tree as JSON: three levels for each of the language.
const NESTING_MAX: usize = 600;

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Tree {
    #[serde(default)]
    pub(crate) imports: Vec<Import>,
    #[serde(default)]
    pub(crate) rules: Vec<Rule>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Span {
    pub(crate) line: u32,
    pub(crate) col: u32,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Import {
    pub(crate) refr: Expr,
    #[serde(default, rename = "as")]
    pub(crate) alias: Option<Span>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) enum Rule {
    Spec { head: Head, bodies: Vec<Body> },
    Default { refr: Expr, value: Expr },
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) enum Head {
    Compr { refr: Expr, assign: Option<Assign> },
    Set { refr: Expr, key: Option<Expr> },
    Func { refr: Expr, args: Vec<Expr>, assign: Option<Assign> },
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Assign {
    pub(crate) value: Expr,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Body {
    pub(crate) assign: Option<Assign>,
    pub(crate) query: Query,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Query {
    pub(crate) stmts: Vec<Stmt>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Stmt {
    pub(crate) span: Span,
    pub(crate) literal: Literal,
    #[serde(default)]
    pub(crate) with_mods: Vec<Value>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) enum Literal {
    SomeVars { vars: Vec<Span> },
    SomeIn { key: Option<Expr>, value: Expr, collection: Expr },
    Expr { expr: Expr },
    NotExpr { expr: Expr },
    Every { key: Option<Span>, value: Span, domain: Expr, query: Query },
}

#[derive(Debug, Clone, Deserialize)]
#[expect(clippy::enum_variant_names, reason = "the names are those that the engine writes")]
pub(crate) enum Expr {
    String { span: Span, value: String },
    RawString { span: Span, value: String },
    Number { span: Span },
    Bool { span: Span, value: bool },
    Null { span: Span },
    Var { span: Span, value: String },
    Array { span: Span, items: Vec<Expr> },
    Set { span: Span, items: Vec<Expr> },
    Object { span: Span, fields: Vec<(Span, Expr, Expr)> },
    ArrayCompr { span: Span, term: Box<Expr>, query: Query },
    SetCompr { span: Span, term: Box<Expr>, query: Query },
    ObjectCompr { span: Span, key: Box<Expr>, value: Box<Expr>, query: Query },
    Call { span: Span, fcn: Box<Expr>, params: Vec<Expr> },
    UnaryExpr { span: Span, expr: Box<Expr> },
    RefDot { span: Span, refr: Box<Expr>, field: (Span, String) },
    RefBrack { span: Span, refr: Box<Expr>, index: Box<Expr> },
    BinExpr { span: Span, lhs: Box<Expr>, rhs: Box<Expr> },
    BoolExpr { span: Span, op: String, lhs: Box<Expr>, rhs: Box<Expr> },
    ArithExpr { span: Span, lhs: Box<Expr>, rhs: Box<Expr> },
    AssignExpr { span: Span, op: String, lhs: Box<Expr>, rhs: Box<Expr> },
    Membership { span: Span, key: Option<Box<Expr>>, value: Box<Expr>, collection: Box<Expr> },
}

impl Expr {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::String { span, .. }
            | Self::RawString { span, .. }
            | Self::Number { span }
            | Self::Bool { span, .. }
            | Self::Null { span }
            | Self::Var { span, .. }
            | Self::Array { span, .. }
            | Self::Set { span, .. }
            | Self::Object { span, .. }
            | Self::ArrayCompr { span, .. }
            | Self::SetCompr { span, .. }
            | Self::ObjectCompr { span, .. }
            | Self::Call { span, .. }
            | Self::UnaryExpr { span, .. }
            | Self::RefDot { span, .. }
            | Self::RefBrack { span, .. }
            | Self::BinExpr { span, .. }
            | Self::BoolExpr { span, .. }
            | Self::ArithExpr { span, .. }
            | Self::AssignExpr { span, .. }
            | Self::Membership { span, .. } => *span,
        }
    }

    /// The text of a literal.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::String { value, .. } | Self::RawString { value, .. } => Some(value),
            _ => None,
        }
    }

    /// The first name of a reference, with its place.
    pub(crate) fn root(&self) -> Option<(&str, Span)> {
        match self {
            Self::Var { span, value } => Some((value, *span)),
            Self::RefDot { refr, .. } | Self::RefBrack { refr, .. } => refr.root(),
            _ => None,
        }
    }

    /// `["data", "casemate", "lib"]` of `data.casemate.lib`; none where a part is no fixed name.
    pub(crate) fn path(&self) -> Option<Vec<&str>> {
        match self {
            Self::Var { value, .. } => Some(vec![value]),
            Self::RefDot { refr, field, .. } => {
                let mut path = refr.path()?;
                path.push(&field.1);
                Some(path)
            }
            Self::RefBrack { refr, index, .. } => {
                let mut path = refr.path()?;
                path.push(index.text()?);
                Some(path)
            }
            _ => None,
        }
    }
}

impl Rule {
    /// The rule's name with its place.
    pub(crate) fn name(&self) -> Option<(&str, Span)> {
        match self {
            Self::Spec {
                head: Head::Compr { refr, .. } | Head::Set { refr, .. } | Head::Func { refr, .. }, ..
            }
            | Self::Default { refr, .. } => refr.root(),
        }
    }
}

/// Calls `visit` on an expression and on all that it holds.
pub(crate) fn walk<'a>(expr: &'a Expr, visit: &mut dyn FnMut(&'a Expr)) {
    visit(expr);
    match expr {
        Expr::String { .. }
        | Expr::RawString { .. }
        | Expr::Number { .. }
        | Expr::Bool { .. }
        | Expr::Null { .. }
        | Expr::Var { .. } => {}
        Expr::Array { items, .. } | Expr::Set { items, .. } => items.iter().for_each(|i| walk(i, visit)),
        Expr::Object { fields, .. } => {
            for (_, key, value) in fields {
                walk(key, visit);
                walk(value, visit);
            }
        }
        Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
            walk(term, visit);
            walk_query(query, visit);
        }
        Expr::ObjectCompr { key, value, query, .. } => {
            walk(key, visit);
            walk(value, visit);
            walk_query(query, visit);
        }
        Expr::Call { fcn, params, .. } => {
            walk(fcn, visit);
            params.iter().for_each(|p| walk(p, visit));
        }
        Expr::UnaryExpr { expr, .. } => walk(expr, visit),
        Expr::RefDot { refr, .. } => walk(refr, visit),
        Expr::RefBrack { refr, index, .. } => {
            walk(refr, visit);
            walk(index, visit);
        }
        Expr::BinExpr { lhs, rhs, .. }
        | Expr::BoolExpr { lhs, rhs, .. }
        | Expr::ArithExpr { lhs, rhs, .. }
        | Expr::AssignExpr { lhs, rhs, .. } => {
            walk(lhs, visit);
            walk(rhs, visit);
        }
        Expr::Membership { key, value, collection, .. } => {
            for part in key.iter().chain([value, collection]) {
                walk(part, visit);
            }
        }
    }
}

fn walk_query<'a>(query: &'a Query, visit: &mut dyn FnMut(&'a Expr)) {
    for stmt in &query.stmts {
        match &stmt.literal {
            Literal::SomeVars { .. } => {}
            Literal::SomeIn { key, value, collection } => {
                for part in key.iter().chain([value, collection]) {
                    walk(part, visit);
                }
            }
            Literal::Expr { expr } | Literal::NotExpr { expr } => walk(expr, visit),
            Literal::Every { domain, query, .. } => {
                walk(domain, visit);
                walk_query(query, visit);
            }
        }
    }
}

/// Calls `visit` on every literal of a rule, those of comprehensions too.
pub(crate) fn walk_rule_literals<'a>(rule: &'a Rule, visit: &mut dyn FnMut(&'a Literal)) {
    let mut queries: Vec<&'a Query> = Vec::new();
    if let Rule::Spec { bodies, .. } = rule {
        queries.extend(bodies.iter().map(|b| &b.query));
    }
    walk_rule(rule, &mut |expr| match expr {
        Expr::ArrayCompr { query, .. } | Expr::SetCompr { query, .. } | Expr::ObjectCompr { query, .. } => {
            queries.push(query);
        }
        _ => {}
    });
    while let Some(query) = queries.pop() {
        for stmt in &query.stmts {
            visit(&stmt.literal);
            if let Literal::Every { query, .. } = &stmt.literal {
                queries.push(query);
            }
        }
    }
}

/// Calls `visit` on every expression of a rule, its name apart.
pub(crate) fn walk_rule<'a>(rule: &'a Rule, visit: &mut dyn FnMut(&'a Expr)) {
    let (head, bodies) = match rule {
        Rule::Default { value, .. } => return walk(value, visit),
        Rule::Spec { head, bodies } => (head, bodies),
    };
    match head {
        Head::Compr { assign, .. } | Head::Func { assign, .. } => {
            if let Some(assign) = assign {
                walk(&assign.value, visit);
            }
        }
        Head::Set { key, .. } => {
            if let Some(key) = key {
                walk(key, visit);
            }
        }
    }
    for body in bodies {
        if let Some(assign) = &body.assign {
            walk(&assign.value, visit);
        }
        walk_query(&body.query, visit);
    }
}

#[derive(Deserialize)]
struct Policy {
    ast: Tree,
}

/// The tree of the only module of an engine.
pub(crate) fn read(engine: &Engine, file: &str) -> Result<Tree, ContentError> {
    let fail = |e: String| ContentError::file(file, format!("its syntax tree cannot be read: {e}"));
    let text = engine.get_ast_as_json().map_err(|e| fail(e.to_string()))?;
    if nesting(&text) > NESTING_MAX {
        return Err(fail("it is nested too deep".into()));
    }
    let mut reader = serde_json::Deserializer::from_str(&text);
    // The usual limit of 128 is too low for a syntax tree; ours stands above.
    reader.disable_recursion_limit();
    let policies = Vec::<Policy>::deserialize(&mut reader).map_err(|e| fail(e.to_string()))?;
    policies.into_iter().next().map(|p| p.ast).ok_or_else(|| fail("there is none".into()))
}

/// The deepest nest of brackets in a JSON text.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    let (mut quoted, mut escaped) = (false, false);
    for byte in text.bytes() {
        if quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
        } else {
            match byte {
                b'"' => quoted = true,
                b'{' | b'[' => {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    deepest
}
