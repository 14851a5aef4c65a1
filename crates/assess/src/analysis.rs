//! What a Rego module refers to: facets that are not declared, fields that no facet has, functions that do not exist.
//! The analysis follows values through variables, rules, comprehensions and function calls; where it loses sight of a
//! value it accepts everything.
use std::collections::{BTreeMap, BTreeSet};

use regorus::Engine;

use crate::{
    CheckMeta, ContentError, Shapes,
    meta::MetaPlaces,
    shapes::{self, Shape, Step},
    syntax::{self, Assign, Body, Expr, Head, Literal, Query, Rule, Span, Tree},
};

/// Deepest chain of function calls that is followed.
const CALLS_MAX: usize = 12;
/// Most different sets of argument shapes with which one function is looked at.
const VARIANTS_MAX: usize = 40;

/// A module whose syntax tree was read.
#[derive(Debug, Clone)]
pub(crate) struct Module {
    file: String,
    text: String,
    tree: Tree,
}

impl Module {
    /// Reads the tree of the only module of an engine.
    pub(crate) fn read(engine: &Engine, file: &str, text: &str) -> Result<Self, ContentError> {
        let tree = syntax::read(engine, file)?;
        Ok(Self { file: file.to_owned(), text: text.to_owned(), tree })
    }

    fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    fn import(&self, alias: &str) -> Option<Vec<&str>> {
        self.tree.imports.iter().find_map(|import| {
            let path = import.refr.path()?;
            let name = match import.alias {
                Some(span) => self.slice(span),
                None => path.last().copied()?,
            };
            (name == alias).then_some(path)
        })
    }
}

/// Whether a check reads only what it declares, and only fields that exist.
pub(crate) fn verify(
    module: &Module,
    meta: &CheckMeta,
    places: &MetaPlaces,
    libraries: &BTreeMap<String, Module>,
    shapes: &Shapes,
) -> Vec<ContentError> {
    let mut analyst = Analyst {
        meta,
        libraries,
        shapes,
        package: format!("casemate.{}", meta.id),
        own: module,
        used: BTreeSet::new(),
        errors: BTreeSet::new(),
        rules: BTreeMap::new(),
        calls: BTreeMap::new(),
        depth: 0,
    };
    analyst.kind(places);
    analyst.heads();
    let chains = chains(module, &analyst.package, libraries);
    if !chains.is_empty() {
        analyst.errors.extend(chains);
        return analyst.errors.into_iter().collect();
    }
    analyst.module();
    for facet in meta.needs.iter().chain(&meta.needs_if_supported) {
        if !analyst.used.contains(facet) {
            let line = places.needs.get(facet).copied().unwrap_or(1);
            analyst.errors.insert(
                ContentError::line(&module.file, line, format!("`{facet}` is never read; a check needs what it reads"))
                    .field("custom.needs"),
            );
        }
    }
    analyst.errors.into_iter().collect()
}

/// Deepest chain of rules and functions, one using the next. The engine goes down its stack with each.
const CHAIN_MAX: usize = 64;

/// Rules and functions that use themselves, or chains of them that are too long: the engine would overflow its stack.
/// `package` is that of the check; its rules and those of the libraries that they use are looked at.
fn chains(module: &Module, package: &str, libraries: &BTreeMap<String, Module>) -> Vec<ContentError> {
    let mut search = Chains { module, package, libraries, depths: BTreeMap::new(), errors: Vec::new() };
    for rule in &module.tree.rules {
        if let Some((name, _)) = rule.name() {
            search.depth(package, name, 0);
        }
    }
    search.errors
}

/// The same for the rules of all libraries, whether a check uses them or not.
pub(crate) fn library_chains(libraries: &BTreeMap<String, Module>) -> Vec<ContentError> {
    let mut errors = Vec::new();
    for (package, module) in libraries {
        errors.extend(chains(module, package, libraries));
    }
    errors
}

struct Chains<'a> {
    module: &'a Module,
    package: &'a str,
    libraries: &'a BTreeMap<String, Module>,
    /// Package and name to the length of the longest chain below; none while it is being looked at.
    depths: BTreeMap<(String, String), Option<usize>>,
    errors: Vec<ContentError>,
}

impl<'a> Chains<'a> {
    fn depth(&mut self, package: &str, name: &str, above: usize) -> usize {
        let key = (package.to_owned(), name.to_owned());
        let module = if package == self.package { Some(self.module) } else { self.libraries.get(package) };
        let Some(module) = module else { return 0 };
        let line = module.tree.rules.iter().filter_map(Rule::name).find(|(n, _)| *n == name).map_or(1, |(_, s)| s.line);
        match self.depths.get(&key) {
            Some(Some(depth)) => return *depth,
            Some(None) => {
                let message = format!("`{name}` uses itself; Rego has no recursion");
                self.errors.push(ContentError::line(&module.file, line, message));
                return 0;
            }
            None => {}
        }
        if above > CHAIN_MAX {
            let message = format!("`{name}` stands at the end of a chain of more than {CHAIN_MAX} rules");
            self.errors.push(ContentError::line(&module.file, line, message));
            return 0;
        }
        self.depths.insert(key.clone(), None);
        let mut deepest = 0;
        for (package, name) in uses(module, package, name, self.libraries) {
            deepest = deepest.max(1 + self.depth(&package, &name, above + 1));
        }
        if above + deepest > CHAIN_MAX && above == 0 {
            let message = format!("`{name}` begins a chain of more than {CHAIN_MAX} rules");
            self.errors.push(ContentError::line(&module.file, line, message));
        }
        self.depths.insert(key, Some(deepest));
        deepest
    }
}

/// The rules that the definitions of a rule name.
fn uses(
    module: &Module,
    package: &str,
    name: &str,
    libraries: &BTreeMap<String, Module>,
) -> BTreeSet<(String, String)> {
    let names: BTreeSet<&str> = module.tree.rules.iter().filter_map(|r| r.name().map(|(n, _)| n)).collect();
    let mut out = BTreeSet::new();
    for rule in module.tree.rules.iter().filter(|r| r.name().is_some_and(|(n, _)| n == name)) {
        // A local variable may have the name of a rule; it is declared by `:=`, `some`, `every` or as an argument.
        let locals = locals(module, rule);
        syntax::walk_rule(rule, &mut |expr| {
            let Some(path) = expr.path() else { return };
            let Some((root, rest)) = path.split_first() else { return };
            if locals.contains(*root) {
                return;
            }
            if names.contains(root) {
                out.insert((package.to_owned(), (*root).to_owned()));
                return;
            }
            let mut full = module.import(root).unwrap_or_else(|| vec![root]);
            full.extend(rest);
            if let ["data", rest @ ..] = full.as_slice() {
                for at in 1..rest.len() {
                    let (Some(head), Some(name)) = (rest.get(..at), rest.get(at)) else { continue };
                    let head = head.join(".");
                    if libraries.contains_key(&head) || head == package {
                        out.insert((head, (*name).to_owned()));
                    }
                }
            }
        });
    }
    out
}

/// The names that a rule declares for itself.
fn locals(module: &Module, rule: &Rule) -> BTreeSet<String> {
    let mut scope = Scope { frames: vec![BTreeMap::new()] };
    if let Rule::Spec { head: Head::Func { args, .. }, .. } = rule {
        args.iter().for_each(|a| declare_pattern(a, &mut scope));
    }
    syntax::walk_rule_literals(rule, &mut |literal| match literal {
        Literal::Every { key, value, .. } => {
            for span in key.iter().chain([value]) {
                scope.declare(module.slice(*span));
            }
        }
        Literal::Expr { expr: Expr::AssignExpr { op, .. } } if op != "ColEq" => {}
        other => declare_literal(module, other, &mut scope),
    });
    scope.frames.into_iter().flatten().map(|(name, _)| name).collect()
}

/// What is known of a value.
#[derive(Debug, Clone)]
enum Ty<'a> {
    /// Nothing.
    Any,
    /// `input`.
    Input,
    /// `input.facets`.
    Facets,
    /// A path below `data` that is no value yet.
    Data(Vec<String>),
    /// `data.params`.
    Params,
    /// `data.estate`.
    Estate,
    /// `data.estate.related`.
    Related,
    /// One entry of it.
    RelatedItem,
    /// Its facets.
    RelatedFacets,
    /// A value of one of these shapes.
    Of(Vec<Shape<'a>>),
    /// A list or set of such values.
    List(Box<Ty<'a>>),
    /// An object with such values.
    Map(Box<Ty<'a>>),
}

impl<'a> Ty<'a> {
    fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Of(mut a), Self::Of(b)) => {
                for shape in b {
                    if !a.iter().any(|s| s.address() == shape.address()) {
                        a.push(shape);
                    }
                }
                Self::Of(a)
            }
            (Self::List(a), Self::List(b)) => Self::List(Box::new(a.join(*b))),
            (Self::Map(a), Self::Map(b)) => Self::Map(Box::new(a.join(*b))),
            (a, b) if a.key() == b.key() => a,
            _ => Self::Any,
        }
    }

    /// Equal for types that are the same.
    fn key(&self) -> String {
        match self {
            Self::Of(shapes) => {
                let addresses: BTreeSet<usize> = shapes.iter().map(Shape::address).collect();
                format!("{addresses:x?}")
            }
            Self::List(inner) => format!("[{}]", inner.key()),
            Self::Map(inner) => format!("{{{}}}", inner.key()),
            Self::Data(path) => path.join("."),
            Self::Any => "any".into(),
            Self::Input => "input".into(),
            Self::Facets => "facets".into(),
            Self::Params => "params".into(),
            Self::Estate => "estate".into(),
            Self::Related => "related".into(),
            Self::RelatedItem => "item".into(),
            Self::RelatedFacets => "related facets".into(),
        }
    }
}

/// The variables of a body, inner ones last.
#[derive(Default, Clone)]
struct Scope<'a> {
    frames: Vec<BTreeMap<String, Ty<'a>>>,
}

impl<'a> Scope<'a> {
    fn get(&self, name: &str) -> Option<&Ty<'a>> {
        self.frames.iter().rev().find_map(|f| f.get(name))
    }

    fn declare(&mut self, name: &str) {
        if let Some(frame) = self.frames.last_mut()
            && name != "_"
        {
            frame.entry(name.to_owned()).or_insert(Ty::Any);
        }
    }

    fn bind(&mut self, name: &str, ty: Ty<'a>) {
        for frame in self.frames.iter_mut().rev() {
            if let Some(slot) = frame.get_mut(name) {
                if matches!(slot, Ty::Any) {
                    *slot = ty;
                }
                return;
            }
        }
    }
}

struct Analyst<'a> {
    meta: &'a CheckMeta,
    libraries: &'a BTreeMap<String, Module>,
    shapes: &'a Shapes,
    package: String,
    own: &'a Module,
    used: BTreeSet<String>,
    errors: BTreeSet<ContentError>,
    /// Package and rule to its type; none while it is being looked at.
    rules: BTreeMap<(String, String), Option<Ty<'a>>>,
    calls: BTreeMap<(String, String, String), Option<Ty<'a>>>,
    depth: usize,
}

/// Where the analysis stands: a module with its package.
#[derive(Clone, Copy)]
struct Here<'a> {
    module: &'a Module,
    /// None for the check itself.
    library: Option<&'a str>,
}

impl<'a> Analyst<'a> {
    fn error(&mut self, here: Here<'a>, span: Span, message: impl Into<String>) {
        self.errors.insert(ContentError::line(&here.module.file, span.line, message).column(span.col));
    }

    /// Whether the kind and the facets it declares exist.
    fn kind(&mut self, places: &MetaPlaces) {
        if self.shapes.is_empty() {
            return;
        }
        let file = &self.own.file;
        let Some(facets) = self.shapes.kind(self.meta.kind.as_str()) else {
            let known: Vec<&str> = self.shapes.kinds().collect();
            let message = format!("no collector reads `{}`; there are {}", self.meta.kind, known.join(", "));
            self.errors.insert(ContentError::line(file, places.kind, message).field("custom.kind"));
            return;
        };
        for facet in self.meta.needs.iter().chain(&self.meta.needs_if_supported) {
            if !facets.contains_key(facet) {
                let known: Vec<&str> = facets.keys().map(String::as_str).collect();
                let line = places.needs.get(facet).copied().unwrap_or(1);
                let message = format!("`{}` has no facet `{facet}`; there are {}", self.meta.kind, known.join(", "));
                self.errors.insert(ContentError::line(file, line, message).field("custom.needs"));
            }
        }
        for related in &self.meta.related {
            let known = self.shapes.kind(related.kind.as_str());
            if known.is_none() {
                let message = format!("no collector reads `{}`", related.kind);
                self.errors.insert(ContentError::file(file, message).field("custom.related.kind"));
            }
            for facet in &related.facets {
                if known.is_some_and(|k| !k.contains_key(facet)) {
                    let message = format!("`{}` has no facet `{facet}`", related.kind);
                    self.errors.insert(ContentError::file(file, message).field("custom.related.facets"));
                }
            }
        }
    }

    /// Whether the rules that the engine reads have the form it reads.
    fn heads(&mut self) {
        let here = Here { module: self.own, library: None };
        for rule in &self.own.tree.rules {
            let Some((name, span)) = rule.name() else { continue };
            match (name, rule) {
                ("deny", Rule::Spec { head: Head::Set { key: Some(_), .. }, .. }) => {}
                ("deny", _) => {
                    self.error(here, span, "`deny` must be a set: write `deny contains {\"message\": …} if { … }`");
                }
                ("compliant", Rule::Default { value: Expr::Bool { value: true, .. }, .. }) => {
                    self.error(here, span, "`default compliant := true` would pass what is not proven");
                }
                ("compliant" | "applies", Rule::Spec { head: Head::Set { .. } | Head::Func { .. }, .. }) => {
                    self.error(here, span, format!("`{name}` must be true or false: write `{name} if {{ … }}`"));
                }
                ("input" | "data", _) => self.error(here, span, format!("`{name}` cannot be a rule")),
                _ => {}
            }
        }
        for import in &self.own.tree.imports {
            let path = import.refr.path().unwrap_or_default();
            let span = import.refr.span();
            match path.as_slice() {
                ["rego", "v1"] | ["input", ..] | ["data", "params" | "estate", ..] => {}
                ["future", "keywords", ..] => {}
                ["data", "casemate", "lib", rest @ ..] if !rest.is_empty() => {
                    let package = format!("casemate.lib.{}", rest.join("."));
                    // An import may also name one function of a module.
                    let parent = package.rsplit_once('.').map(|(p, _)| p.to_owned()).unwrap_or_default();
                    if !self.libraries.contains_key(&package) && !self.libraries.contains_key(&parent) {
                        let known: Vec<&str> = self.libraries.keys().map(String::as_str).collect();
                        let message = format!("no library is called `{package}`; there are {}", known.join(", "));
                        self.error(here, span, message);
                    }
                }
                _ => self.error(
                    here,
                    span,
                    format!("`{}` cannot be imported; a check sees `data.casemate.lib.*`", path.join(".")),
                ),
            }
        }
    }

    /// Looks at every rule of the check.
    fn module(&mut self) {
        let here = Here { module: self.own, library: None };
        let mut functions = BTreeSet::new();
        for rule in &self.own.tree.rules {
            let Some((name, _)) = rule.name() else { continue };
            match rule {
                Rule::Spec { head: Head::Func { .. }, .. } => {
                    functions.insert(name);
                }
                _ => {
                    self.rule(here, name);
                }
            }
        }
        // A function that no rule calls is looked at with unknown arguments.
        for name in functions {
            if !self.calls.keys().any(|(package, function, _)| package.is_empty() && function == name) {
                self.call(here, name, &[]);
            }
        }
    }

    /// The type of a rule that is no function.
    fn rule(&mut self, here: Here<'a>, name: &str) -> Ty<'a> {
        let key = (here.library.unwrap_or_default().to_owned(), name.to_owned());
        match self.rules.get(&key) {
            Some(Some(ty)) => return ty.clone(),
            Some(None) => return Ty::Any,
            None => {}
        }
        self.rules.insert(key.clone(), None);
        let mut result: Option<Ty<'a>> = None;
        for rule in &here.module.tree.rules {
            if rule.name().is_none_or(|(n, _)| n != name) {
                continue;
            }
            let ty = match rule {
                Rule::Default { value, .. } => {
                    let mut scope = Scope { frames: vec![BTreeMap::new()] };
                    self.expr(here, value, &mut scope)
                }
                Rule::Spec { head: Head::Compr { refr, assign }, bodies, .. } => {
                    let ty = self.bodies(here, assign.as_ref(), bodies, &[], &[]);
                    if matches!(refr, Expr::Var { .. }) { ty } else { Ty::Map(Box::new(ty)) }
                }
                Rule::Spec { head: Head::Set { key, .. }, bodies, .. } => {
                    let mut inner = Ty::Any;
                    if let Some(key) = key {
                        inner = self.body(here, bodies.first().map(|b| &b.query), Some(key), &[], &[]);
                    }
                    for body in bodies.iter().skip(1) {
                        self.body(here, Some(&body.query), None, &[], &[]);
                    }
                    Ty::List(Box::new(inner))
                }
                Rule::Spec { head: Head::Func { .. }, .. } => continue,
            };
            result = Some(match result {
                None => ty,
                Some(before) => before.join(ty),
            });
        }
        let ty = result.unwrap_or(Ty::Any);
        self.rules.insert(key, Some(ty.clone()));
        ty
    }

    /// What a function gives for such arguments.
    fn call(&mut self, here: Here<'a>, name: &str, args: &[Ty<'a>]) -> Ty<'a> {
        // A scalar argument is not followed: helpers often take several types and ask which it is.
        let args: Vec<Ty<'a>> = args
            .iter()
            .map(|ty| match ty {
                Ty::Of(shapes) if shapes::is_scalar(shapes) => Ty::Any,
                other => other.clone(),
            })
            .collect();
        let package = here.library.unwrap_or_default().to_owned();
        let variants = self.calls.keys().filter(|(p, f, _)| *p == package && f == name).count();
        let args = if variants >= VARIANTS_MAX || self.depth >= CALLS_MAX { Vec::new() } else { args };
        let signature: Vec<String> = args.iter().map(Ty::key).collect();
        let key = (package, name.to_owned(), signature.join(","));
        match self.calls.get(&key) {
            Some(Some(ty)) => return ty.clone(),
            Some(None) => return Ty::Any,
            None => {}
        }
        self.calls.insert(key.clone(), None);
        self.depth += 1;
        let mut result: Option<Ty<'a>> = None;
        for rule in &here.module.tree.rules {
            let Rule::Spec { head: Head::Func { args: patterns, assign, .. }, bodies, .. } = rule else { continue };
            if rule.name().is_none_or(|(n, _)| n != name) {
                continue;
            }
            let ty = self.bodies(here, assign.as_ref(), bodies, patterns, &args);
            result = Some(match result {
                None => ty,
                Some(before) => before.join(ty),
            });
        }
        self.depth -= 1;
        let ty = result.unwrap_or(Ty::Any);
        self.calls.insert(key, Some(ty.clone()));
        ty
    }

    fn bodies(
        &mut self,
        here: Here<'a>,
        assign: Option<&'a Assign>,
        bodies: &'a [Body],
        patterns: &'a [Expr],
        args: &[Ty<'a>],
    ) -> Ty<'a> {
        if bodies.is_empty() {
            return self.body(here, None, assign.map(|a| &a.value), patterns, args);
        }
        let mut result: Option<Ty<'a>> = None;
        for (index, body) in bodies.iter().enumerate() {
            let value = body.assign.as_ref().or(if index == 0 { assign } else { None });
            let ty = self.body(here, Some(&body.query), value.map(|a| &a.value), patterns, args);
            result = Some(match result {
                None => ty,
                Some(before) => before.join(ty),
            });
        }
        result.unwrap_or(Ty::Any)
    }

    /// Looks at a body and the value that comes from it.
    fn body(
        &mut self,
        here: Here<'a>,
        query: Option<&'a Query>,
        value: Option<&'a Expr>,
        patterns: &'a [Expr],
        args: &[Ty<'a>],
    ) -> Ty<'a> {
        let mut scope = Scope { frames: vec![BTreeMap::new()] };
        for (index, pattern) in patterns.iter().enumerate() {
            declare_pattern(pattern, &mut scope);
            bind_pattern(pattern, args.get(index).cloned().unwrap_or(Ty::Any), &mut scope);
        }
        scope.frames.push(BTreeMap::new());
        if let Some(query) = query {
            self.query(here, query, &mut scope);
        }
        value.map_or(Ty::Any, |value| self.expr(here, value, &mut scope))
    }

    /// Looks at the statements of a query in the innermost frame of the scope.
    fn query(&mut self, here: Here<'a>, query: &'a Query, scope: &mut Scope<'a>) {
        for stmt in &query.stmts {
            declare_literal(here.module, &stmt.literal, scope);
        }
        // Statements may stand in any order, so a second round sees what the first one learnt.
        for _ in 0..2 {
            for stmt in &query.stmts {
                if !stmt.with_mods.is_empty() {
                    self.error(here, stmt.span, "`with` cannot be used: a check judges what it was given");
                }
                match &stmt.literal {
                    Literal::SomeVars { .. } => {}
                    Literal::SomeIn { key, value, collection } => {
                        let ty = self.expr(here, collection, scope);
                        let inner = self.elements(here, collection.span(), &ty);
                        if let Some(key) = key {
                            self.expr(here, key, scope);
                        }
                        bind_pattern(value, inner, scope);
                    }
                    Literal::Expr { expr } | Literal::NotExpr { expr } => {
                        self.expr(here, expr, scope);
                    }
                    Literal::Every { key, value, domain, query } => {
                        let ty = self.expr(here, domain, scope);
                        let inner = self.elements(here, domain.span(), &ty);
                        scope.frames.push(BTreeMap::new());
                        if let Some(key) = key {
                            scope.declare(here.module.slice(*key));
                        }
                        let name = here.module.slice(*value);
                        scope.declare(name);
                        scope.bind(name, inner);
                        scope.frames.push(BTreeMap::new());
                        self.query(here, query, scope);
                        scope.frames.pop();
                        scope.frames.pop();
                    }
                }
            }
        }
    }

    fn comprehension(
        &mut self,
        here: Here<'a>,
        query: &'a Query,
        terms: [Option<&'a Expr>; 2],
        scope: &mut Scope<'a>,
    ) -> Ty<'a> {
        scope.frames.push(BTreeMap::new());
        self.query(here, query, scope);
        let mut last = Ty::Any;
        for term in terms.into_iter().flatten() {
            last = self.expr(here, term, scope);
        }
        scope.frames.pop();
        last
    }

    /// Looks at an expression and tells what is known of its value.
    fn expr(&mut self, here: Here<'a>, expr: &'a Expr, scope: &mut Scope<'a>) -> Ty<'a> {
        match expr {
            Expr::String { .. }
            | Expr::RawString { .. }
            | Expr::Number { .. }
            | Expr::Bool { .. }
            | Expr::Null { .. } => Ty::Any,
            Expr::Var { value, .. } => self.variable(here, value, scope),
            Expr::Array { items, .. } | Expr::Set { items, .. } => {
                let mut result: Option<Ty<'a>> = None;
                for item in items {
                    let ty = self.expr(here, item, scope);
                    result = Some(match result {
                        None => ty,
                        Some(before) => before.join(ty),
                    });
                }
                Ty::List(Box::new(result.unwrap_or(Ty::Any)))
            }
            Expr::Object { fields, .. } => {
                for (_, key, value) in fields {
                    self.expr(here, key, scope);
                    self.expr(here, value, scope);
                }
                Ty::Any
            }
            Expr::ArrayCompr { term, query, .. } | Expr::SetCompr { term, query, .. } => {
                Ty::List(Box::new(self.comprehension(here, query, [Some(term), None], scope)))
            }
            Expr::ObjectCompr { key, value, query, .. } => {
                Ty::Map(Box::new(self.comprehension(here, query, [Some(key), Some(value)], scope)))
            }
            Expr::Call { span, fcn, params } => self.function(here, *span, fcn, params, scope),
            Expr::UnaryExpr { expr, .. } => {
                self.expr(here, expr, scope);
                Ty::Any
            }
            Expr::RefDot { refr, field, .. } => {
                let ty = self.expr(here, refr, scope);
                self.field(here, field.0, &ty, &field.1)
            }
            Expr::RefBrack { refr, index, .. } => {
                let ty = self.expr(here, refr, scope);
                match index.text() {
                    Some(name) => self.field(here, index.span(), &ty, name),
                    None => {
                        self.expr(here, index, scope);
                        self.elements(here, index.span(), &ty)
                    }
                }
            }
            Expr::BinExpr { lhs, rhs, .. } => {
                let left = self.expr(here, lhs, scope);
                left.join(self.expr(here, rhs, scope))
            }
            Expr::ArithExpr { lhs, rhs, .. } => {
                let left = self.expr(here, lhs, scope);
                self.expr(here, rhs, scope);
                // The difference of two sets holds what the first one holds.
                if matches!(left, Ty::List(_)) { left } else { Ty::Any }
            }
            Expr::BoolExpr { lhs, rhs, .. } => {
                self.expr(here, lhs, scope);
                self.expr(here, rhs, scope);
                Ty::Any
            }
            Expr::AssignExpr { lhs, rhs, .. } => {
                let left = self.expr(here, lhs, scope);
                let right = self.expr(here, rhs, scope);
                bind_pattern(lhs, right.clone(), scope);
                if matches!(**rhs, Expr::Var { .. }) {
                    bind_pattern(rhs, left, scope);
                }
                Ty::Any
            }
            Expr::Membership { key, value, collection, .. } => {
                if let Some(key) = key {
                    self.expr(here, key, scope);
                }
                self.expr(here, value, scope);
                let ty = self.expr(here, collection, scope);
                self.elements(here, collection.span(), &ty);
                Ty::Any
            }
        }
    }

    fn variable(&mut self, here: Here<'a>, name: &str, scope: &Scope<'a>) -> Ty<'a> {
        if let Some(ty) = scope.get(name) {
            return ty.clone();
        }
        match name {
            "input" => return Ty::Input,
            "data" => return Ty::Data(Vec::new()),
            _ => {}
        }
        if let Some(path) = here.module.import(name) {
            return self.path(here, &path);
        }
        if here.module.tree.rules.iter().any(|r| r.name().is_some_and(|(n, _)| n == name)) {
            return self.rule(here, name);
        }
        Ty::Any
    }

    fn path(&mut self, here: Here<'a>, path: &[&str]) -> Ty<'a> {
        let Some((root, rest)) = path.split_first() else { return Ty::Any };
        let mut ty = match *root {
            "input" => Ty::Input,
            "data" => Ty::Data(Vec::new()),
            _ => return Ty::Any,
        };
        for name in rest {
            let span = Span { line: 1, col: 1, start: 0, end: 0 };
            ty = self.field(here, span, &ty, name);
        }
        ty
    }

    fn field(&mut self, here: Here<'a>, span: Span, ty: &Ty<'a>, name: &str) -> Ty<'a> {
        match ty {
            Ty::Any | Ty::List(_) => Ty::Any,
            Ty::Map(inner) => (**inner).clone(),
            Ty::Input => match name {
                "facets" => Ty::Facets,
                "resource" => Ty::Any,
                "today" | "today_days" => {
                    if self.meta.clock.is_none() {
                        self.error(here, span, format!("`input.{name}` needs `clock: day` in METADATA"));
                    }
                    Ty::Any
                }
                _ => {
                    let message = format!("`input` has no `{name}`; there are resource, facets, today, today_days");
                    self.error(here, span, message);
                    Ty::Any
                }
            },
            Ty::Facets => self.facet(here, span, name),
            Ty::Data(path) => self.data(here, span, path, name),
            Ty::Params => {
                if !self.meta.params.contains_key(name) {
                    let known: Vec<&str> = self.meta.params.keys().map(String::as_str).collect();
                    let known = if known.is_empty() { "none".into() } else { known.join(", ") };
                    self.error(here, span, format!("`{name}` is no parameter of the check; there are {known}"));
                }
                Ty::Any
            }
            Ty::Estate => {
                if name != "related" {
                    self.error(here, span, format!("`data.estate` has no `{name}`; there is related"));
                } else if self.meta.related.is_empty() {
                    self.error(here, span, "`data.estate.related` needs `related` in METADATA");
                }
                Ty::Related
            }
            Ty::Related => Ty::RelatedItem,
            Ty::RelatedItem => match name {
                "facets" => Ty::RelatedFacets,
                "edge" | "resource" | "statuses" => Ty::Any,
                _ => {
                    let message =
                        format!("a related resource has no `{name}`; there are edge, resource, facets, statuses");
                    self.error(here, span, message);
                    Ty::Any
                }
            },
            Ty::RelatedFacets => {
                let mut found = Vec::new();
                let mut named = false;
                for related in self.meta.related.iter().filter(|r| r.facets.iter().any(|f| f == name)) {
                    named = true;
                    found.extend(self.shapes.get(related.kind.as_str(), name).map(Shape::new));
                }
                if !named {
                    self.error(here, span, format!("`{name}` stands under no `related.facets` in METADATA"));
                }
                if found.is_empty() { Ty::Any } else { Ty::Of(found) }
            }
            Ty::Of(shapes) => match shapes::field(shapes, name) {
                Step::Any => Ty::Any,
                Step::Of(found) => Ty::Of(found),
                Step::Missing(instead) => {
                    self.error(here, span, format!("there is no field `{name}` here; {instead}"));
                    Ty::Any
                }
            },
        }
    }

    fn facet(&mut self, here: Here<'a>, span: Span, name: &str) -> Ty<'a> {
        let declared = self.meta.needs.iter().chain(&self.meta.needs_if_supported).any(|f| f == name);
        if declared {
            self.used.insert(name.to_owned());
            return match self.shapes.get(self.meta.kind.as_str(), name) {
                Some(schema) => Ty::Of(vec![Shape::new(schema)]),
                None => Ty::Any,
            };
        }
        let exists = self.shapes.kind(self.meta.kind.as_str()).is_none_or(|k| k.contains_key(name));
        let message = if exists {
            format!("facet `{name}` is read but stands neither in `needs` nor in `needs_if_supported`")
        } else {
            format!("`{}` has no facet `{name}`", self.meta.kind)
        };
        self.error(here, span, message);
        Ty::Any
    }

    fn data(&mut self, here: Here<'a>, span: Span, path: &[String], name: &str) -> Ty<'a> {
        if path.is_empty() {
            match name {
                "params" => return Ty::Params,
                "estate" => return Ty::Estate,
                "casemate" => return Ty::Data(vec![name.to_owned()]),
                _ => {
                    let message =
                        format!("`data.{name}` does not exist; there are data.params, data.estate, data.casemate.lib");
                    self.error(here, span, message);
                    return Ty::Any;
                }
            }
        }
        let package = path.join(".");
        if package == self.package {
            return Ty::Any;
        }
        let libraries = self.libraries;
        if let Some((library, module)) = libraries.get_key_value(&package)
            && module.tree.rules.iter().any(|r| r.name().is_some_and(|(n, _)| n == name))
        {
            return self.rule(Here { module, library: Some(library) }, name);
        }
        let longer = format!("{package}.{name}");
        let known = |p: &str| p == longer || p.strip_prefix(&longer).is_some_and(|rest| rest.starts_with('.'));
        if libraries.keys().any(|p| known(p)) || known(&self.package) {
            let mut path = path.to_vec();
            path.push(name.to_owned());
            return Ty::Data(path);
        }
        let message = if libraries.contains_key(&package) {
            format!("library `{package}` has no `{name}`")
        } else {
            format!("`data.{longer}` does not exist; a check sees data.casemate.lib.* only")
        };
        self.error(here, span, message);
        Ty::Any
    }

    fn elements(&mut self, here: Here<'a>, span: Span, ty: &Ty<'a>) -> Ty<'a> {
        match ty {
            Ty::Any | Ty::Params | Ty::Estate | Ty::RelatedItem => Ty::Any,
            Ty::List(inner) | Ty::Map(inner) => (**inner).clone(),
            Ty::Related => Ty::RelatedItem,
            Ty::Input | Ty::Facets | Ty::RelatedFacets | Ty::Data(_) => {
                self.error(here, span, "facets, `input` and `data` must be read by name, so that needs can be known");
                Ty::Any
            }
            Ty::Of(shapes) => match shapes::elements(shapes) {
                Step::Any => Ty::Any,
                Step::Of(found) => Ty::Of(found),
                Step::Missing(instead) => {
                    self.error(here, span, format!("nothing can be looked up or iterated here; {instead}"));
                    Ty::Any
                }
            },
        }
    }

    fn function(
        &mut self,
        here: Here<'a>,
        span: Span,
        fcn: &'a Expr,
        params: &'a [Expr],
        scope: &mut Scope<'a>,
    ) -> Ty<'a> {
        let args: Vec<Ty<'a>> = params.iter().map(|p| self.expr(here, p, scope)).collect();
        let Some(path) = fcn.path() else { return Ty::Any };
        let is_function = |module: &Module, name: &str| {
            module.tree.rules.iter().any(|r| {
                matches!(r, Rule::Spec { head: Head::Func { .. }, .. } | Rule::Default { .. })
                    && r.name().is_some_and(|(n, _)| n == name)
            })
        };
        if let [name] = path.as_slice()
            && is_function(here.module, name)
        {
            return self.call(here, name, &args);
        }
        let full: Vec<&str> =
            match path.split_first().and_then(|(first, rest)| Some((here.module.import(first)?, rest))) {
                Some((mut import, rest)) => {
                    import.extend(rest);
                    import
                }
                None => path.clone(),
            };
        if let ["data", package @ .., name] = full.as_slice() {
            let package = package.join(".");
            let libraries = self.libraries;
            match libraries.get_key_value(&package) {
                Some((library, module)) if is_function(module, name) => {
                    return self.call(Here { module, library: Some(library) }, name, &args);
                }
                Some(_) => self.error(here, span, format!("library `{package}` has no function `{name}`")),
                // A library that does not parse has its own error.
                None => self.error(here, span, format!("no library is called `{package}`")),
            }
            return Ty::Any;
        }
        let name = path.join(".");
        if !BUILTINS.contains(&name.as_str()) {
            let message = match name.as_str() {
                "print" | "trace" => format!("`{name}` cannot be used in a check"),
                "rand.intn" | "time.now_ns" | "uuid.rfc4122" | "opa.runtime" | "http.send" => {
                    format!("`{name}` cannot be used: a verdict comes from the inputs alone")
                }
                _ => format!("there is no function `{name}`"),
            };
            self.error(here, span, message);
            return Ty::Any;
        }
        self.builtin(here, &name, params, args)
    }

    fn builtin(&mut self, here: Here<'a>, name: &str, params: &'a [Expr], args: Vec<Ty<'a>>) -> Ty<'a> {
        let mut args = args.into_iter();
        let first = args.next().unwrap_or(Ty::Any);
        match name {
            // The default would hide a mistyped name, so the name is looked at as in a reference.
            "object.get" => {
                let Some(key) = params.get(1) else { return Ty::Any };
                let mut ty = first;
                let steps: Vec<&Expr> = match key {
                    Expr::Array { items, .. } => items.iter().collect(),
                    one => vec![one],
                };
                for step in steps {
                    ty = match step.text() {
                        Some(text) => self.field(here, step.span(), &ty, text),
                        None => self.elements(here, step.span(), &ty),
                    };
                }
                ty
            }
            "sort" | "array.reverse" | "array.slice" => first,
            "array.concat" => first.join(args.next().unwrap_or(Ty::Any)),
            _ => Ty::Any,
        }
    }
}

fn declare_pattern<'a>(pattern: &Expr, scope: &mut Scope<'a>) {
    match pattern {
        Expr::Var { value, .. } => scope.declare(value),
        Expr::Array { items, .. } => items.iter().for_each(|i| declare_pattern(i, scope)),
        Expr::Object { fields, .. } => fields.iter().for_each(|(_, _, v)| declare_pattern(v, scope)),
        _ => {}
    }
}

fn declare_literal<'a>(module: &Module, literal: &Literal, scope: &mut Scope<'a>) {
    match literal {
        Literal::SomeVars { vars } => vars.iter().for_each(|v| scope.declare(module.slice(*v))),
        Literal::SomeIn { key, value, .. } => {
            if let Some(key) = key {
                declare_pattern(key, scope);
            }
            declare_pattern(value, scope);
        }
        Literal::Expr { expr: Expr::AssignExpr { op, lhs, .. } } if op == "ColEq" => declare_pattern(lhs, scope),
        Literal::Expr { expr: Expr::AssignExpr { lhs, rhs, .. } } => {
            declare_free(module, lhs, scope);
            if matches!(**rhs, Expr::Var { .. }) {
                declare_free(module, rhs, scope);
            }
        }
        _ => {}
    }
}

/// Declares the names of a pattern that mean nothing else.
fn declare_free<'a>(module: &Module, pattern: &Expr, scope: &mut Scope<'a>) {
    match pattern {
        Expr::Var { value, .. } => {
            let taken = scope.get(value).is_some()
                || matches!(value.as_str(), "input" | "data")
                || module.import(value).is_some()
                || module.tree.rules.iter().any(|r| r.name().is_some_and(|(n, _)| n == value));
            if !taken {
                scope.declare(value);
            }
        }
        Expr::Array { items, .. } => items.iter().for_each(|i| declare_free(module, i, scope)),
        Expr::Object { fields, .. } => fields.iter().for_each(|(_, _, v)| declare_free(module, v, scope)),
        _ => {}
    }
}

fn bind_pattern<'a>(pattern: &Expr, ty: Ty<'a>, scope: &mut Scope<'a>) {
    match pattern {
        Expr::Var { value, .. } => scope.bind(value, ty),
        Expr::Array { items, .. } => {
            let inner = match ty {
                Ty::List(inner) => *inner,
                Ty::Of(shapes) => match shapes::elements(&shapes) {
                    Step::Of(found) => Ty::Of(found),
                    _ => Ty::Any,
                },
                _ => Ty::Any,
            };
            // A list literal mixes what it holds, so nothing is known of one place of a pair.
            if items.len() == 1 {
                items.iter().for_each(|i| bind_pattern(i, inner.clone(), scope));
            }
        }
        Expr::Object { fields, .. } => {
            for (_, key, value) in fields {
                let inner = match (&ty, key.text()) {
                    (Ty::Of(shapes), Some(name)) => match shapes::field(shapes, name) {
                        Step::Of(found) => Ty::Of(found),
                        _ => Ty::Any,
                    },
                    _ => Ty::Any,
                };
                bind_pattern(value, inner, scope);
            }
        }
        _ => {}
    }
}

/// The functions that a check may call.
pub(crate) const BUILTINS: &[&str] = &[
    "count",
    "max",
    "min",
    "product",
    "sort",
    "sum",
    "array.concat",
    "array.reverse",
    "array.slice",
    "bits.and",
    "bits.lsh",
    "bits.negate",
    "bits.or",
    "bits.rsh",
    "bits.xor",
    "to_number",
    "json.is_valid",
    "json.marshal",
    "json.unmarshal",
    "glob.match",
    "glob.quote_meta",
    "walk",
    "net.cidr_is_valid",
    "net.cidr_contains",
    "abs",
    "ceil",
    "floor",
    "numbers.range",
    "numbers.range_step",
    "round",
    "json.filter",
    "json.remove",
    "object.filter",
    "object.get",
    "object.keys",
    "object.remove",
    "object.subset",
    "object.union",
    "object.union_n",
    "regex.find_all_string_submatch_n",
    "regex.find_n",
    "regex.globs_match",
    "regex.is_valid",
    "regex.match",
    "regex.replace",
    "regex.split",
    "regex.template_match",
    "intersection",
    "union",
    "concat",
    "contains",
    "endswith",
    "format_int",
    "indexof",
    "indexof_n",
    "lower",
    "replace",
    "split",
    "sprintf",
    "startswith",
    "strings.any_prefix_match",
    "strings.any_suffix_match",
    "strings.count",
    "strings.replace_n",
    "strings.reverse",
    "substring",
    "trim",
    "trim_left",
    "trim_prefix",
    "trim_right",
    "trim_space",
    "trim_suffix",
    "upper",
    "is_array",
    "is_boolean",
    "is_null",
    "is_number",
    "is_object",
    "is_set",
    "is_string",
    "type_name",
    "units.parse",
    "units.parse_bytes",
];
