use std::io::Write;

use casemate_graph::{Found, Path, Permissions};
use casemate_store::Store;
use serde_json::Value;

use crate::{
    cli::{Global, ListOutput, PathFormat, PathsArgs},
    content,
    error::CommandError,
    exit::Exit,
    output::{Sink, json, list, note, style::plain, text::Text},
    place, target,
};

/// `casemate paths`: the chains from an entry to something of value.
pub(crate) fn run(global: &Global, args: &PathsArgs) -> Result<Exit, CommandError> {
    let (mut found, complete) = search(global)?;
    if let Some(pattern) = &args.pattern {
        let (patterns, _) = content::patterns(global);
        if !patterns.iter().any(|known| known.id == *pattern) {
            let known: Vec<String> = patterns.into_iter().map(|known| known.id).collect();
            return Err(CommandError::Usage(format!(
                "there is no pattern `{pattern}`\nhint: there are {}",
                known.join(", ")
            )));
        }
        found.paths.retain(|path| path.pattern == *pattern);
    }
    if let Some(part) = &args.through {
        found.paths.retain(|path| path.steps.iter().any(|step| step.contains(part)));
    }
    let mut sink = Sink::open(args.out.as_deref())?;
    let result = match args.format {
        PathFormat::Table => sink.write_all(table(&found).as_bytes()),
        PathFormat::Json => {
            let all: Vec<Value> = found.paths.iter().map(Path::to_value).collect();
            json::put_pretty(&mut sink, &Value::Array(all)).and_then(|()| sink.write_all(b"\n"))
        }
        PathFormat::Jsonl => found
            .paths
            .iter()
            .try_for_each(|path| json::put(&mut sink, &path.to_value()).and_then(|()| sink.write_all(b"\n"))),
        PathFormat::Dot => sink.write_all(casemate_graph::dot(&found.paths).as_bytes()),
        PathFormat::Mermaid => sink.write_all(casemate_graph::mermaid(&found.paths).as_bytes()),
        PathFormat::Svg => sink.write_all(casemate_graph::svg(&found.paths).as_bytes()),
    };
    sink.finish(result)?;
    Ok(if complete { Exit::Done } else { Exit::Incomplete })
}

/// All paths, and whether every pattern was used and all that was found is shown.
fn search(global: &Global) -> Result<(Found, bool), CommandError> {
    let store = place::open_for_reading(global)?;
    let (patterns, errors) = content::patterns(global);
    for error in &errors {
        note(global, error);
    }
    let snapshots = snapshots(&*store)?;
    let permissions = Permissions::of(&snapshots);
    let graph = casemate_graph::graph(&snapshots, &permissions);
    let found = casemate_graph::find(&graph, &patterns);
    for pattern in &found.cut {
        note(global, &format!("more paths of pattern {pattern} were found than are kept: the rest is not shown"));
    }
    let complete = errors.is_empty() && found.cut.is_empty();
    Ok((found, complete))
}

/// What is known of every account.
fn snapshots(store: &dyn Store) -> Result<Vec<casemate_estate::Snapshot>, CommandError> {
    let mut out = Vec::new();
    for scan in target::latest(store, None, None)? {
        // Paths over hosts and images have no edges yet, and an estate of many is large.
        if scan.target.starts_with("arn:") {
            out.extend(store.snapshot_latest(&scan.target)?);
        }
    }
    Ok(out)
}

fn table(found: &Found) -> String {
    let mut text = Text::default();
    if found.paths.is_empty() {
        text.line("no attack paths: none of the patterns fits what was read of accounts of AWS");
    }
    for path in &found.paths {
        text.line(format!(
            "{:>3}  {:<8}  {:<11}  {}  {}",
            path.risk,
            path.severity.as_str(),
            path.certainty.as_str(),
            path.id,
            plain(&path.title)
        ));
        text.line(format!("     {}", plain(&path.names.join(" → "))));
    }
    if !found.paths.is_empty() {
        text.line(format!("\n{} paths; casemate explain ID tells the story of one", found.paths.len()));
    }
    text.as_str().to_owned()
}

/// `casemate explain p-…`: the story of a path, what it depends on and what breaks it.
pub(crate) fn explain(global: &Global, id: &str, output: &ListOutput) -> Result<Exit, CommandError> {
    let (found, complete) = search(global)?;
    let fit: Vec<&Path> = found.paths.iter().filter(|path| path.id.starts_with(id)).collect();
    let path = match fit.as_slice() {
        [path] => *path,
        [] => {
            return Err(CommandError::Usage(format!(
                "there is no attack path `{id}` in what was read last\nhint: casemate paths lists them"
            )));
        }
        _ => {
            return Err(CommandError::Usage(format!(
                "{} attack paths begin with `{id}`\nhint: write more of the id",
                fit.len()
            )));
        }
    };
    list::write_one(&story(path), &path.to_value(), output)?;
    Ok(if complete { Exit::Done } else { Exit::Incomplete })
}

fn story(path: &Path) -> String {
    let mut text = Text::default();
    text.line(plain(&path.title));
    text.line(format!(
        "{}  {}  severity {}  risk {}  {}",
        path.id,
        path.pattern,
        path.severity.as_str(),
        path.risk,
        path.certainty.as_str()
    ));
    text.line("");
    for (at, sentence) in path.story.iter().enumerate() {
        text.line(format!("{:>2}. {}", at + 1, plain(sentence)));
    }
    if !path.caveats.is_empty() {
        text.line("\nIt depends on this:");
        for caveat in &path.caveats {
            let word = if caveat.certainty == casemate_graph::Certainty::Unknown { "not read" } else { "holds when" };
            text.line(format!("  {word}: {}", plain(&caveat.text)));
        }
    }
    text.line("\nEach of these breaks it:");
    for one in &path.breaks {
        text.line(format!("  - {}", plain(one)));
    }
    text.line("\nProof:");
    for hop in &path.hops {
        text.line(format!("  {} {} {}", plain(&hop.from), hop.relation.as_str(), plain(&hop.to)));
        for between in &hop.fact.hops {
            text.line(format!("      by {}", plain(between)));
        }
        if !hop.fact.ports.is_empty() {
            text.line(format!("      ports {}", plain(&hop.fact.ports.join(", "))));
        }
        if !hop.fact.evidence.is_null() {
            text.line(format!("      {}", plain(&hop.fact.evidence.to_string())));
        }
    }
    if !path.attack.is_empty() {
        text.line(format!("\nATT&CK: {}", path.attack.join(", ")));
    }
    text.as_str().to_owned()
}
