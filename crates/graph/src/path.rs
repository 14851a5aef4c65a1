//! The finder: every way through the graph that fits a pattern, each once, no longer than it must be.
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    csr::{Caveat, Certainty, Edge, Fact, Graph, Known, Node, Relation},
    pattern::{NodeFilter, Pattern, Severity, Step},
};

/// Most paths of one pattern; more are cut, and that is said.
const PATHS_MAX: usize = 10_000;

/// One edge of a path.
#[derive(Debug, Clone, Serialize)]
pub struct Hop {
    /// From this node.
    pub from: String,
    /// Over such an edge.
    pub relation: Relation,
    /// To this node.
    pub to: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// What proves it.
    #[serde(flatten)]
    pub fact: Fact,
}

/// A chain from an entry to something of value.
#[derive(Debug, Clone, Serialize)]
pub struct Path {
    /// `p-` and 12 hexadecimal digits, made from pattern and steps: the same path has the same id in every scan.
    pub id: String,
    /// The pattern's id.
    pub pattern: String,
    /// The pattern's title.
    pub title: String,
    /// The pattern's severity.
    pub severity: Severity,
    /// The weakest of its edges.
    pub certainty: Certainty,
    /// 0 to 100: see [`risk`].
    pub risk: u8,
    /// Ids, [`crate::INTERNET`] first where it starts there.
    pub steps: Vec<String>,
    /// What people call them.
    pub names: Vec<String>,
    /// Their kinds.
    pub kinds: Vec<String>,
    /// The edges between them.
    pub hops: Vec<Hop>,
    /// What it depends on, or what could not be read.
    pub caveats: Vec<Caveat>,
    /// Sentences, in the order of the steps; the last says what it means.
    pub story: Vec<String>,
    /// Techniques of ATT&CK.
    pub attack: Vec<String>,
    /// Each alone breaks it.
    pub breaks: Vec<String>,
}

impl Path {
    /// The object of JSON output, with `type`.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let mut value = json!(self);
        if let Some(map) = value.as_object_mut() {
            map.insert("type".into(), "path".into());
        }
        value
    }
}

/// What a search found.
#[derive(Debug, Default)]
pub struct Found {
    /// Highest risk first.
    pub paths: Vec<Path>,
    /// Patterns of which more paths were found than are kept.
    pub cut: Vec<String>,
}

/// Risk of a path: 90, 75, 50 or 25 by severity (critical to low), 15 less where it is conditional or unknown.
#[must_use]
pub fn risk(severity: Severity, certainty: Certainty) -> u8 {
    let base: u8 = match severity {
        Severity::Critical => 90,
        Severity::High => 75,
        Severity::Medium => 50,
        Severity::Low => 25,
    };
    if certainty == Certainty::Certain { base } else { base - 15 }
}

/// Finds every path of every pattern.
#[must_use]
pub fn find(graph: &Graph, patterns: &[Pattern]) -> Found {
    let mut found = Found::default();
    for pattern in patterns {
        let mut ways = Vec::new();
        for (at, node) in graph.nodes().iter().enumerate() {
            let Ok(at) = u32::try_from(at) else { break };
            if let Some(caveats) = fits(node, &pattern.start) {
                let way = Way { nodes: vec![at], edges: Vec::new(), caveats };
                walk(graph, &pattern.steps, way, &mut ways);
            }
        }
        if ways.len() > PATHS_MAX {
            ways.truncate(PATHS_MAX);
            found.cut.push(pattern.id.clone());
        }
        let mut seen = BTreeSet::new();
        let ways = ways.into_iter().filter(|way| seen.insert(way.nodes.clone()));
        found.paths.extend(ways.filter_map(|way| told(graph, pattern, &way)));
    }
    found
        .paths
        .sort_by(|a, b| (b.risk, &a.pattern, a.certainty, &a.steps).cmp(&(a.risk, &b.pattern, b.certainty, &b.steps)));
    found
}

/// A path while it is being made.
#[derive(Debug, Clone)]
struct Way {
    nodes: Vec<u32>,
    edges: Vec<Edge>,
    caveats: Vec<Caveat>,
}

impl Way {
    /// One edge further; none where it would come back to where it was.
    fn on(&self, edge: Edge, caveats: Vec<Caveat>) -> Option<Self> {
        if self.nodes.contains(&edge.to) {
            return None;
        }
        let mut next = self.clone();
        next.nodes.push(edge.to);
        next.edges.push(edge);
        next.caveats.extend(caveats);
        Some(next)
    }
}

fn walk(graph: &Graph, steps: &[Step], way: Way, out: &mut Vec<Way>) {
    if out.len() > PATHS_MAX {
        return;
    }
    let Some((step, rest)) = steps.split_first() else {
        out.push(way);
        return;
    };
    let Some(&here) = way.nodes.last() else { return };
    if step.times.is_some() {
        for next in repeated(graph, step, &way) {
            walk(graph, rest, next, out);
        }
        return;
    }
    for edge in graph.from(here).iter().filter(|edge| edge.relation == step.edge) {
        let Some(caveats) = graph.node(edge.to).and_then(|node| fits(node, &step.to)) else { continue };
        if let Some(next) = way.on(*edge, caveats) {
            walk(graph, rest, next, out);
        }
    }
}

/// The shortest way to each node that a repeated step can end at, breadth first; of ways of one length the surest.
fn repeated(graph: &Graph, step: &Step, way: &Way) -> Vec<Way> {
    let (least, most) = step.times.map_or((1, 1), |times| (times.least, times.most));
    let mut ends: BTreeMap<u32, Way> = BTreeMap::new();
    let mut seen: BTreeSet<u32> = way.nodes.iter().copied().collect();
    let mut front = VecDeque::from([way.clone()]);
    for length in 1..=most {
        let mut next: BTreeMap<u32, Way> = BTreeMap::new();
        while let Some(way) = front.pop_front() {
            let Some(&here) = way.nodes.last() else { continue };
            for edge in graph.from(here).iter().filter(|edge| edge.relation == step.edge && !seen.contains(&edge.to)) {
                let Some(node) = graph.node(edge.to) else { continue };
                if length >= least
                    && let Some(caveats) = fits(node, &step.to)
                    && let Some(end) = way.on(*edge, caveats)
                    && ends
                        .get(&edge.to)
                        .is_none_or(|known| known.nodes.len() == end.nodes.len() && end.is_surer(known))
                {
                    ends.insert(edge.to, end);
                }
                if let Some(caveats) = fits(node, &step.through)
                    && let Some(on) = way.on(*edge, caveats)
                    && next.get(&edge.to).is_none_or(|known| on.is_surer(known))
                {
                    next.insert(edge.to, on);
                }
            }
        }
        seen.extend(next.keys().copied());
        front = next.into_values().collect();
        if front.is_empty() {
            break;
        }
    }
    ends.into_values().collect()
}

impl Way {
    fn is_surer(&self, other: &Self) -> bool {
        let weight = |way: &Self| {
            let edges = way.edges.iter().map(|edge| edge.certainty).max();
            (edges, way.caveats.len())
        };
        weight(self) < weight(other)
    }
}

/// What a node's traits leave open where it fits; none where it does not.
fn fits(node: &Node, filter: &NodeFilter) -> Option<Vec<Caveat>> {
    if !filter.kind.is_empty() && !filter.kind.contains(&node.kind) {
        return None;
    }
    // What could not be read is no reason to leave a path out.
    if filter.is_not.iter().any(|one| node.has(*one) == Known::Yes) {
        return None;
    }
    let mut caveats = Vec::new();
    for one in &filter.is {
        match node.has(*one) {
            Known::Yes => {}
            Known::No => return None,
            Known::Unread => {
                let word = json!(one).as_str().unwrap_or_default().replace('_', " ");
                caveats.push(Caveat::unread(format!("whether {} is `{word}`", node.name)));
            }
        }
    }
    Some(caveats)
}

/// The path with its words.
fn told(graph: &Graph, pattern: &Pattern, way: &Way) -> Option<Path> {
    let nodes: Vec<&Node> = way.nodes.iter().filter_map(|at| graph.node(*at)).collect();
    let (start, end) = (nodes.first()?, nodes.last()?);
    let named = |text: &str| text.replace("{start}", &start.name).replace("{end}", &end.name);
    let mut hops = Vec::new();
    let mut caveats: BTreeSet<Caveat> = way.caveats.iter().cloned().collect();
    let mut story = Vec::new();
    let mut breaks: Vec<String> = pattern.breaks.iter().map(|text| named(text)).collect();
    for (pair, edge) in nodes.windows(2).zip(&way.edges) {
        let ([from, to], Some(fact)) = (pair, graph.fact(edge)) else { return None };
        story.push(sentence(&fact.sentence));
        caveats.extend(fact.caveats.iter().cloned());
        breaks.extend(fact.breaks.iter().cloned());
        hops.push(Hop {
            from: from.id.clone(),
            relation: edge.relation,
            to: to.id.clone(),
            certainty: edge.certainty,
            fact: fact.clone(),
        });
    }
    story.push(sentence(&named(&pattern.impact)));
    let certainty = caveats.iter().map(|caveat| caveat.certainty).max().unwrap_or(Certainty::Certain);
    let steps: Vec<String> = nodes.iter().map(|node| node.id.clone()).collect();
    let parts = std::iter::once(pattern.id.as_bytes()).chain(steps.iter().map(String::as_bytes));
    let hash = casemate_estate::ContentHash::of_parts(parts).to_hex();
    let mut seen = BTreeSet::new();
    breaks.retain(|one| seen.insert(one.clone()));
    Some(Path {
        id: format!("p-{}", hash.get(..12).unwrap_or(&hash)),
        pattern: pattern.id.clone(),
        title: pattern.title.clone(),
        severity: pattern.severity,
        certainty,
        risk: risk(pattern.severity, certainty),
        names: nodes.iter().map(|node| node.name.clone()).collect(),
        kinds: nodes.iter().map(|node| node.kind.clone()).collect(),
        steps,
        hops,
        caveats: caveats.into_iter().collect(),
        story,
        attack: pattern.attack.clone(),
        breaks,
    })
}

/// With a capital and a stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let head: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{head}{}.", chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csr::{Builder, Trait};

    const PATTERN: &str = "id: chain\ntitle: T\nseverity: high\nstart: {kind: [user]}\nsteps:\n  - {edge: can_assume, times: {least: 1, most: 4}, through: {is_not: [admin]}, to: {is: [admin]}}\nimpact: '{start} is {end}'\n";

    fn graph(edges: &[(&str, &str, bool)], admins: &[&str], unread: &[&str]) -> Graph {
        let mut builder = Builder::default();
        for (from, to, sure) in edges {
            for id in [from, to] {
                builder.node(id, if id.starts_with('u') { "user" } else { "role" }, id);
            }
            let mut fact = Fact::new(format!("{from} to {to}"), Value::Null);
            if !sure {
                fact.caveats.push(Caveat::when("c"));
            }
            builder.edge(from, Relation::CanAssume, to, fact);
        }
        admins.iter().for_each(|id| builder.mark(id, Trait::Admin, Known::Yes));
        unread.iter().for_each(|id| builder.mark(id, Trait::Admin, Known::Unread));
        builder.pack()
    }

    #[test]
    fn ways_are_found_once_and_no_longer_than_they_must_be() {
        type Case<'a> = (&'a [(&'a str, &'a str, bool)], &'a [&'a str], &'a [&'a str], &'a [&'a str], &'a str);
        let cases: &[Case<'_>] = &[
            (&[("u", "a", true), ("a", "b", true), ("b", "c", true)], &["c"], &[], &["u a b c certain"], "a chain"),
            (&[("u", "a", true), ("a", "c", true), ("u", "c", true)], &["c"], &[], &["u c certain"], "the short way"),
            (&[("u", "a", true), ("a", "u", true)], &[], &[], &[], "a circle ends"),
            (&[("u", "a", true), ("a", "b", true)], &["a", "b"], &[], &["u a certain"], "who is admin has arrived"),
            (&[("u", "a", false), ("a", "b", true)], &["b"], &[], &["u a b conditional"], "a condition is kept"),
            (&[("u", "a", true)], &[], &["a"], &["u a unknown"], "what could not be read is no refusal"),
            (
                &[("u", "a", false), ("u", "b", true), ("a", "c", true), ("b", "c", true)],
                &["c"],
                &[],
                &["u b c certain"],
                "of two ways the surer",
            ),
        ];
        let (patterns, errors) = crate::pattern::load([("p", PATTERN)]);
        assert_eq!(errors, []);
        for (edges, admins, unread, want, why) in cases {
            let found = find(&graph(edges, admins, unread), &patterns);
            let got: Vec<String> = found
                .paths
                .iter()
                .map(|path| format!("{} {}", path.steps.join(" "), path.certainty.as_str()))
                .collect();
            assert_eq!(&got, want, "{why}");
        }
    }

    #[test]
    fn a_path_tells_its_story() {
        let (patterns, _) = crate::pattern::load([("p", PATTERN)]);
        let found = find(&graph(&[("u", "a", true)], &["a"], &[]), &patterns);
        let [path] = found.paths.as_slice() else { panic!("one path") };
        assert_eq!(path.story, ["U to a.", "U is a."]);
        assert_eq!(path.risk, 75);
        assert_eq!(path.to_value()["type"], "path");
    }
}
