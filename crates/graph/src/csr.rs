//! The graph in memory: compressed sparse rows. Nodes are numbered in the order of their ids, so that the same estate
//! gives the same graph; the edges of a node lie together.
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The node from which strangers come.
pub const INTERNET: &str = "internet";

/// How sure an edge, and a path over it, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// All that it rests on was read.
    Certain,
    /// It holds where something holds that configuration cannot say.
    Conditional,
    /// Something that it rests on could not be read.
    Unknown,
}

impl Certainty {
    /// The word used in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Conditional => "conditional",
            Self::Unknown => "unknown",
        }
    }
}

/// What an edge depends on beside what was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Caveat {
    /// `Conditional` or `Unknown`.
    pub certainty: Certainty,
    /// A sentence without its stop: what must hold, or what could not be read and why.
    pub text: String,
}

impl Caveat {
    /// Something must hold.
    pub(crate) fn when(text: impl Into<String>) -> Self {
        Self { certainty: Certainty::Conditional, text: text.into() }
    }

    /// Something could not be read.
    pub(crate) fn unread(text: impl Into<String>) -> Self {
        Self { certainty: Certainty::Unknown, text: text.into() }
    }
}

/// The meaning of an edge, read from its first end to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// Traffic of the first gets to the second.
    Reaches,
    /// The first hands requests on to the second.
    RoutesTo,
    /// The first works with the rights of the second.
    RunsAs,
    /// The first can read the data of the second.
    CanRead,
    /// The first can become the second.
    CanAssume,
    /// The first can start code of its own with the rights of the second.
    PassesRole,
    /// The first can rewrite the policy that gives it its rights.
    RewritesPolicy,
}

impl Relation {
    /// The word used in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reaches => "reaches",
            Self::RoutesTo => "routes_to",
            Self::RunsAs => "runs_as",
            Self::CanRead => "can_read",
            Self::CanAssume => "can_assume",
            Self::PassesRole => "passes_role",
            Self::RewritesPolicy => "rewrites_policy",
        }
    }
}

/// What is said of a node, for patterns to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trait {
    /// May do everything, or as good as.
    Admin,
    /// Holds data that somebody marked as sensitive.
    Sensitive,
    /// A person who signs in with a password alone.
    PasswordOnly,
    /// Gives its role's credentials to whoever can make it fetch an address (IMDSv1).
    OpenMetadata,
    /// Belongs to an account outside the organisation, or to nobody at all.
    Outside,
    /// Vouches for strangers: an identity provider in which everybody can have an account.
    PublicProvider,
}

impl Trait {
    fn bit(self) -> u16 {
        1 << (self as u16)
    }
}

/// How much of a trait is known of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It has it.
    Yes,
    /// It does not have it.
    No,
    /// It could not be read.
    Unread,
}

/// A thing of the estate, the internet, or somebody outside.
#[derive(Debug, Clone)]
pub struct Node {
    /// The provider's id, or [`INTERNET`].
    pub id: String,
    /// Its kind; `internet` and `external` for what is not of the estate.
    pub kind: String,
    /// What people call it.
    pub name: String,
    yes: u16,
    unread: u16,
}

impl Node {
    /// What is known of the trait.
    #[must_use]
    pub fn has(&self, wanted: Trait) -> Known {
        match wanted.bit() {
            bit if self.yes & bit != 0 => Known::Yes,
            bit if self.unread & bit != 0 => Known::Unread,
            _ => Known::No,
        }
    }
}

/// What proves an edge, and what would take it away.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// One sentence for people, without its stop.
    pub sentence: String,
    /// Ids of what lies between the two ends: a security group, a route table, a target group.
    pub hops: Vec<String>,
    /// `tcp/22`, `tcp/5000-6000`, `all`; empty where ports mean nothing.
    pub ports: Vec<String>,
    /// What it depends on.
    pub caveats: Vec<Caveat>,
    /// Each of these alone takes the edge away.
    pub breaks: Vec<String>,
    /// The rules, routes and statements.
    pub evidence: Value,
}

impl Fact {
    /// A fact that rests on a sentence and evidence alone.
    pub(crate) fn new(sentence: impl Into<String>, evidence: Value) -> Self {
        Self {
            sentence: sentence.into(),
            hops: Vec::new(),
            ports: Vec::new(),
            caveats: Vec::new(),
            breaks: Vec::new(),
            evidence,
        }
    }

    /// How sure it is.
    #[must_use]
    pub fn certainty(&self) -> Certainty {
        self.caveats.iter().map(|caveat| caveat.certainty).max().unwrap_or(Certainty::Certain)
    }
}

/// An edge as it lies in its row.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// The node at its end.
    pub to: u32,
    /// What it means.
    pub relation: Relation,
    /// How sure it is.
    pub certainty: Certainty,
    fact: u32,
}

/// The graph.
#[derive(Debug, Default)]
pub struct Graph {
    nodes: Vec<Node>,
    index: BTreeMap<String, u32>,
    rows: Vec<u32>,
    edges: Vec<Edge>,
    facts: Vec<Fact>,
}

impl Graph {
    /// Nodes in the order of their ids.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The number of edges.
    #[must_use]
    pub fn edge_count(&self) -> usize {
        self.edges.len()
    }

    /// The node at this place.
    #[must_use]
    pub fn node(&self, at: u32) -> Option<&Node> {
        self.nodes.get(at as usize)
    }

    /// The place of a node.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<u32> {
        self.index.get(id).copied()
    }

    /// The edges that start at a node.
    #[must_use]
    pub fn from(&self, at: u32) -> &[Edge] {
        let (Some(&start), Some(&end)) = (self.rows.get(at as usize), self.rows.get(at as usize + 1)) else {
            return &[];
        };
        self.edges.get(start as usize..end as usize).unwrap_or_default()
    }

    /// What proves an edge.
    #[must_use]
    pub fn fact(&self, edge: &Edge) -> Option<&Fact> {
        self.facts.get(edge.fact as usize)
    }
}

/// Takes nodes and edges in any order.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    nodes: BTreeMap<String, Node>,
    edges: BTreeMap<(String, Relation, String), Fact>,
}

impl Builder {
    /// Makes the node where it is not there.
    pub(crate) fn node(&mut self, id: &str, kind: &str, name: &str) {
        self.nodes.entry(id.to_owned()).or_insert_with(|| Node {
            id: id.to_owned(),
            kind: kind.to_owned(),
            name: name.to_owned(),
            yes: 0,
            unread: 0,
        });
    }

    /// Says a trait of a node that is there.
    pub(crate) fn mark(&mut self, id: &str, mark: Trait, known: Known) {
        let Some(node) = self.nodes.get_mut(id) else { return };
        match known {
            Known::Yes => node.yes |= mark.bit(),
            Known::Unread => node.unread |= mark.bit(),
            Known::No => {}
        }
    }

    /// Adds an edge; of two that mean the same the surer stays.
    pub(crate) fn edge(&mut self, from: &str, relation: Relation, to: &str, fact: Fact) {
        let key = (from.to_owned(), relation, to.to_owned());
        if self.edges.get(&key).is_none_or(|known| fact.certainty() < known.certainty()) {
            self.edges.insert(key, fact);
        }
    }

    /// Nodes with a trait that is known or could not be read.
    pub(crate) fn marked(&self, mark: Trait) -> Vec<(String, String, Known)> {
        let with = self.nodes.values().map(|node| (node, node.has(mark))).filter(|(_, known)| *known != Known::No);
        with.map(|(node, known)| (node.id.clone(), node.kind.clone(), known)).collect()
    }

    /// What is known of a trait of a node.
    pub(crate) fn has(&self, id: &str, mark: Trait) -> Known {
        self.nodes.get(id).map_or(Known::No, |node| node.has(mark))
    }

    /// The ends of the edges of a relation.
    pub(crate) fn ends(&self, relation: Relation) -> BTreeSet<String> {
        self.edges.keys().filter(|(_, kind, _)| *kind == relation).map(|(_, _, to)| to.clone()).collect()
    }

    /// Packs all of it. Edges whose end is no node are left out.
    pub(crate) fn pack(self) -> Graph {
        let mut graph = Graph { rows: vec![0], ..Graph::default() };
        for (at, node) in self.nodes.into_values().enumerate() {
            graph.index.insert(node.id.clone(), u32::try_from(at).unwrap_or(u32::MAX));
            graph.nodes.push(node);
        }
        let mut edges = self.edges.into_iter().peekable();
        for node in &graph.nodes {
            // Edges are in the order of their first end as nodes are: what is before this node starts at no node.
            while edges.next_if(|((from, ..), _)| *from < node.id).is_some() {}
            while let Some(((_, relation, to), fact)) = edges.next_if(|((from, ..), _)| *from == node.id) {
                let Some(&to) = graph.index.get(&to) else { continue };
                let at = u32::try_from(graph.facts.len()).unwrap_or(u32::MAX);
                graph.edges.push(Edge { to, relation, certainty: fact.certainty(), fact: at });
                graph.facts.push(fact);
            }
            graph.rows.push(u32::try_from(graph.edges.len()).unwrap_or(u32::MAX));
        }
        graph
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn rows_hold_what_was_put_in() {
        let mut builder = Builder::default();
        for id in ["c", "a", "b"] {
            builder.node(id, "k", id);
        }
        let fact = |text: &str| Fact::new(text, json!(null));
        let mut unsure = fact("unsure");
        unsure.caveats.push(Caveat::unread("x"));
        builder.edge("a", Relation::Reaches, "c", unsure);
        builder.edge("a", Relation::Reaches, "c", fact("sure"));
        builder.edge("c", Relation::CanRead, "b", fact("read"));
        builder.edge("a", Relation::RunsAs, "nobody", fact("lost"));
        builder.edge("0", Relation::RunsAs, "a", fact("from nobody"));
        builder.mark("b", Trait::Sensitive, Known::Unread);
        let graph = builder.pack();
        let at = |id: &str| graph.find(id).unwrap();
        assert_eq!(graph.edge_count(), 2, "edges from or to no node are left out");
        let [edge] = graph.from(at("a")) else { panic!("one edge") };
        assert_eq!((edge.to, edge.certainty), (at("c"), Certainty::Certain), "the surer stays");
        assert_eq!(graph.fact(edge).unwrap().sentence, "sure");
        assert!(graph.from(at("b")).is_empty());
        assert_eq!(graph.node(at("b")).unwrap().has(Trait::Sensitive), Known::Unread);
        assert!(graph.from(99).is_empty(), "a place behind the end has no edges");
    }
}
