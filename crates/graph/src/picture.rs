//! Paths as pictures: graphs in the languages of Graphviz and Mermaid, and SVG drawn here: each node in the column of its
//! furthest step, so that arrows lead from left to right.
use std::collections::BTreeMap;

use crate::{csr::Certainty, path::Path};

/// Size of a node and the room between nodes, in pixels.
const BOX: (usize, usize) = (190, 44);
const GAP: (usize, usize) = (70, 22);
/// Letters of a name that fit into a box.
const LETTERS: usize = 24;

/// Nodes and edges of all paths together, each once.
struct Drawing<'a> {
    /// Id to place, name and kind, in the order of first sight.
    nodes: Vec<(&'a str, &'a str, &'a str)>,
    places: BTreeMap<&'a str, usize>,
    /// From, to, label, surest certainty.
    edges: Vec<(usize, usize, &'static str, Certainty)>,
    /// Column of each node.
    columns: Vec<usize>,
}

impl<'a> Drawing<'a> {
    fn of(paths: &'a [Path]) -> Self {
        let mut out = Self { nodes: Vec::new(), places: BTreeMap::new(), edges: Vec::new(), columns: Vec::new() };
        let mut edges: BTreeMap<(usize, usize, &'static str), Certainty> = BTreeMap::new();
        for path in paths {
            let places: Vec<usize> = path
                .steps
                .iter()
                .zip(&path.names)
                .zip(&path.kinds)
                .enumerate()
                .map(|(column, ((id, name), kind))| {
                    let next = out.nodes.len();
                    let place = *out.places.entry(id).or_insert(next);
                    if place == next {
                        out.nodes.push((id, name, kind));
                        out.columns.push(column);
                    }
                    if let Some(known) = out.columns.get_mut(place) {
                        *known = (*known).max(column);
                    }
                    place
                })
                .collect();
            for (pair, hop) in places.windows(2).zip(&path.hops) {
                let [from, to] = pair else { continue };
                let known = edges.entry((*from, *to, hop.relation.as_str())).or_insert(hop.certainty);
                *known = (*known).min(hop.certainty);
            }
        }
        out.edges = edges.into_iter().map(|((from, to, label), certainty)| (from, to, label, certainty)).collect();
        out
    }
}

/// The language of Graphviz.
#[must_use]
pub fn dot(paths: &[Path]) -> String {
    let drawing = Drawing::of(paths);
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut out = String::from("digraph paths {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    for (id, name, kind) in &drawing.nodes {
        let label = quoted(&format!("{name}\n{kind}")).replace('\n', "\\n");
        line(format!("  {} [label={label}];", quoted(id)));
    }
    for (from, to, label, certainty) in &drawing.edges {
        let (Some(from), Some(to)) = (drawing.nodes.get(*from), drawing.nodes.get(*to)) else { continue };
        let style = if *certainty == Certainty::Certain { "solid" } else { "dashed" };
        line(format!("  {} -> {} [label={}, style={style}];", quoted(from.0), quoted(to.0), quoted(label)));
    }
    line("}".into());
    out
}

/// The language of Mermaid.
#[must_use]
pub fn mermaid(paths: &[Path]) -> String {
    let drawing = Drawing::of(paths);
    // Its quotes know no escape but entities.
    let plain = |text: &str| text.replace('#', "#35;").replace('"', "#quot;").replace(['\n', '\r'], " ");
    let mut out = String::from("flowchart LR\n");
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    for (at, (_, name, kind)) in drawing.nodes.iter().enumerate() {
        line(format!("  n{at}[\"{}<br/>{}\"]", plain(name), plain(kind)));
    }
    for (from, to, label, certainty) in &drawing.edges {
        let arrow = if *certainty == Certainty::Certain { "-->" } else { "-.->" };
        line(format!("  n{from} {arrow}|{label}| n{to}"));
    }
    out
}

/// A picture of its own.
#[must_use]
pub fn svg(paths: &[Path]) -> String {
    let drawing = Drawing::of(paths);
    let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
    let spots: Vec<(usize, usize)> = drawing
        .columns
        .iter()
        .map(|column| {
            let row = rows.entry(*column).or_default();
            *row += 1;
            (20 + column * (BOX.0 + GAP.0), 20 + (*row - 1) * (BOX.1 + GAP.1))
        })
        .collect();
    let width = spots.iter().map(|spot| spot.0).max().unwrap_or(0) + BOX.0 + 20;
    let height = spots.iter().map(|spot| spot.1).max().unwrap_or(0) + BOX.1 + 20;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n<title>{} attack paths</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
         <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" \
         orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"#444444\"/></marker></defs>\n",
        paths.len()
    );
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    for (from, to, label, certainty) in &drawing.edges {
        let (Some(a), Some(b)) = (spots.get(*from), spots.get(*to)) else { continue };
        let (x1, y1, x2, y2) = (a.0 + BOX.0, a.1 + BOX.1 / 2, b.0, b.1 + BOX.1 / 2);
        let dash = if *certainty == Certainty::Certain { "" } else { " stroke-dasharray=\"5 4\"" };
        let half = GAP.0 / 2;
        // An arrow that leads back, where two paths meet in opposite directions, starts and ends in the middle.
        let (c1, c2) = (x1 + half, x2.saturating_sub(half));
        line(format!(
            "<path d=\"M{x1} {y1}C{c1} {y1} {c2} {y2} {x2} {y2}\" fill=\"none\" stroke=\"#444444\"{dash} \
             marker-end=\"url(#tip)\"><title>{label}, {}</title></path>",
            certainty.as_str()
        ));
    }
    for ((id, name, kind), (x, y)) in drawing.nodes.iter().zip(&spots) {
        let fill = match *kind {
            "internet" | "external" => "#fde8e8",
            kind if kind.starts_with("aws.iam") => "#e8f0fd",
            _ => "#f3f4f6",
        };
        let (middle, first, second) = (x + BOX.0 / 2, y + 18, y + 34);
        line(format!(
            "<g><title>{}</title><rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" rx=\"6\" fill=\"{fill}\" \
             stroke=\"#888888\"/><text x=\"{middle}\" y=\"{first}\" text-anchor=\"middle\" fill=\"#111111\">{}</text>\
             <text x=\"{middle}\" y=\"{second}\" text-anchor=\"middle\" fill=\"#555555\">{}</text></g>",
            escaped(id),
            BOX.0,
            BOX.1,
            escaped(&cut(name)),
            escaped(&cut(kind)),
        ));
    }
    line("</svg>".into());
    out
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LETTERS {
        text.to_owned()
    } else {
        text.chars().take(LETTERS - 1).chain(['…']).collect()
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML has no place for these.
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{csr::Relation, path::Hop, pattern::Severity};

    fn path(names: &[&str]) -> Path {
        let steps: Vec<String> = names.iter().map(|name| format!("id:{name}")).collect();
        let hops = steps
            .windows(2)
            .map(|pair| Hop {
                from: pair[0].clone(),
                relation: Relation::Reaches,
                to: pair[1].clone(),
                certainty: Certainty::Conditional,
                fact: crate::Fact::new("x", serde_json::Value::Null),
            })
            .collect();
        Path {
            id: "p-1".into(),
            pattern: "x".into(),
            title: "x".into(),
            severity: Severity::High,
            certainty: Certainty::Conditional,
            risk: 1,
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            kinds: names.iter().map(|_| "k".to_owned()).collect(),
            steps,
            hops,
            caveats: Vec::new(),
            story: Vec::new(),
            attack: Vec::new(),
            breaks: Vec::new(),
        }
    }

    #[test]
    fn names_cannot_break_out() {
        let evil = "<script>\"]\\;\n#";
        let paths = [path(&["internet", evil, "c"]), path(&["internet", "c"])];
        let svg = svg(&paths);
        assert!(!svg.contains("<script>") && svg.contains("&lt;script&gt;"), "{svg}");
        assert_eq!(svg.matches("<rect x=").count(), 3, "each node once");
        assert_eq!(svg.matches("marker-end").count(), 3, "each edge once");
        let dot = dot(&paths);
        assert!(dot.contains("\\\"]\\\\;\\n#") && dot.contains("style=dashed"), "{dot}");
        let mermaid = mermaid(&paths);
        assert!(mermaid.contains("#quot;]") && mermaid.contains("-.->"), "{mermaid}");
        assert!(!mermaid.contains("\"]\\;"), "{mermaid}");
    }
}
