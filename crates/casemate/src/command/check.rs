use casemate_assess::{Assessor, Content, LoadOptions, Options, Origin};
use serde_json::json;

use crate::{
    cli::{CheckCommand, Global, ListOutput},
    content,
    error::CommandError,
    exit::Exit,
    output::{
        Sink,
        list::{self, List},
        note,
        style::plain,
        text::Text,
    },
};

/// `casemate check list|test|explain`.
pub(crate) fn run(global: &Global, command: &CheckCommand) -> Result<Exit, CommandError> {
    match command {
        CheckCommand::List { baseline, baselines, frameworks, output } => {
            let content = content::load(global, &LoadOptions { cases: false, trust_embedded: true });
            let list = match (baselines, frameworks) {
                (true, _) => baseline_list(&content),
                (_, true) => framework_list(&content),
                _ => check_list(&content, baseline.as_deref())?,
            };
            list::write(&list, output)?;
            complain_of(global, &content)
        }
        CheckCommand::Test { filter, mutate } => test(global, filter.as_deref(), *mutate),
        CheckCommand::Explain { id, baseline, output } => {
            let content = content::load(global, &LoadOptions { cases: false, trust_embedded: true });
            explain(&content, id, baseline, output)
        }
    }
}

/// Content errors make the answer incomplete.
fn complain_of(global: &Global, content: &Content) -> Result<Exit, CommandError> {
    for error in content.errors() {
        note(global, &error.to_string());
    }
    Ok(if content.errors().is_empty() { Exit::Done } else { Exit::Incomplete })
}

fn check_list(content: &Content, baseline: Option<&str>) -> Result<List, CommandError> {
    let row = |check: &casemate_assess::Check, severity: casemate_estate::Severity| {
        let meta = &check.meta;
        let cells = vec![
            severity.to_string(),
            meta.id.to_string(),
            meta.title.clone(),
            meta.frameworks
                .iter()
                .filter(|(id, _)| *id != "ssg")
                .map(|(id, c)| format!("{id} {}", c.join(" ")))
                .collect::<Vec<_>>()
                .join("; "),
        ];
        let object = json!({
            "type": "check",
            "id": meta.id,
            "title": meta.title,
            "description": meta.description,
            "kind": meta.kind,
            "area": meta.area,
            "severity": severity,
            "needs": meta.needs,
            "needs_if_supported": meta.needs_if_supported,
            "frameworks": meta.frameworks,
            "attack": meta.attack,
            "remediation": {"text": meta.remediation.text, "command": meta.remediation.command},
            "file": check.file,
        });
        (cells, object)
    };
    let rows: Vec<_> = match baseline {
        Some(id) => {
            Assessor::new(content, id, Options::default())?.checks().iter().map(|c| row(&c.check, c.severity)).collect()
        }
        None => content.checks().map(|check| row(check, check.meta.severity)).collect(),
    };
    let notes = vec![format!("{} checks", rows.len())];
    Ok(List { columns: vec!["SEVERITY", "CHECK", "TITLE", "MAPS TO"], rows, empty: "no checks", notes })
}

fn baseline_list(content: &Content) -> List {
    let rows = content
        .baselines()
        .map(|b| {
            let object = json!({"type": "baseline", "id": b.id, "title": b.title, "description": b.description, "checks": b.checks.keys().collect::<Vec<_>>(), "file": b.file});
            (vec![b.id.clone(), b.checks.len().to_string(), b.title.clone()], object)
        })
        .collect();
    List { columns: vec!["BASELINE", "CHECKS", "TITLE"], rows, empty: "no baselines", notes: Vec::new() }
}

fn framework_list(content: &Content) -> List {
    let rows = content
        .frameworks()
        .map(|framework| {
            let (total, covered) = content.coverage(&framework.id).map_or((0, 0), |coverage| {
                (coverage.controls.len(), coverage.controls.iter().filter(|c| !c.checks.is_empty()).count())
            });
            let object = json!({"type": "framework", "id": framework.id, "title": framework.title, "version": framework.version, "controls": total, "covered": covered});
            (vec![framework.id.clone(), format!("{covered}/{total}"), framework.version.clone(), framework.title.clone()], object)
        })
        .collect();
    List { columns: vec!["FRAMEWORK", "COVERED", "VERSION", "TITLE"], rows, empty: "no frameworks", notes: Vec::new() }
}

/// Runs all cases. Embedded content is judged as strictly as an operator's.
fn test(global: &Global, filter: Option<&str>, mutate: bool) -> Result<Exit, CommandError> {
    let content = content::load(global, &LoadOptions { cases: true, trust_embedded: false });
    let report = content.test(filter);
    let mut text = Text::default();
    for error in content.errors() {
        text.line(format!("error  {}", plain(&error.to_string())));
    }
    for failure in &report.failures {
        text.line(format!(
            "FAIL   {}: {}: want {}, got {}{}",
            failure.file,
            plain(&failure.note),
            failure.want,
            failure.got,
            if failure.reason.is_empty() { String::new() } else { format!(" ({})", plain(&failure.reason)) }
        ));
    }
    let mut survivors = 0;
    if mutate {
        let mutation = content.mutate(filter);
        survivors = mutation.survivors.len();
        for survivor in &mutation.survivors {
            text.line(format!("LIVES  {}: {}", survivor.check, plain(&survivor.mutation)));
        }
        text.line(format!("mutants: {} killed of {}", mutation.killed, mutation.total));
    }
    text.line(format!(
        "{} checks, {} cases, {} automatic cases, {} failures, {} errors",
        report.checks,
        report.cases,
        report.automatic,
        report.failures.len(),
        content.errors().len()
    ));
    let mut sink = Sink::open(None)?;
    let result = std::io::Write::write_all(&mut sink, text.as_str().as_bytes());
    sink.finish(result)?;
    if report.checks == 0 {
        return Err(CommandError::Content(format!(
            "no check was tested: none matches `{}`\nhint: casemate check list shows them",
            filter.unwrap_or("*")
        )));
    }
    if report.failures.is_empty() && content.errors().is_empty() && survivors == 0 {
        return Ok(Exit::Done);
    }
    Err(CommandError::Content(format!(
        "the checks are not sound: {} failures, {} errors, {survivors} surviving mutants\nhint: each is named above with its file",
        report.failures.len(),
        content.errors().len()
    )))
}

/// Everything of a check.
pub(crate) fn explain(content: &Content, id: &str, baseline: &str, output: &ListOutput) -> Result<Exit, CommandError> {
    let Some(explanation) = content.explain(id, Some(baseline)) else {
        return Err(CommandError::Usage(format!("there is no check `{id}`\nhint: casemate check list shows them")));
    };
    if content.baseline(baseline).is_none() {
        // The assessor's own words name those that there are.
        Assessor::new(content, baseline, Options::default())?;
    }
    let check = &explanation.check;
    let meta = &check.meta;
    let origin = |origin: &Origin| match origin {
        Origin::Check => "the check".to_owned(),
        Origin::Baseline(id) => format!("baseline {id}"),
    };
    let mut text = Text::default();
    // Content may come from anywhere: it commands no terminal.
    let mut line = |words: String| text.line(plain(&words));
    line(meta.title.clone());
    line(format!("{}  kind {}  area {}  file {}", meta.id, meta.kind, meta.area, check.file));
    line(format!("severity {} (from {})", explanation.severity.0, origin(&explanation.severity.1)));
    line(String::new());
    line(meta.description.clone());
    line(format!("needs     {}", meta.needs.join(", ")));
    if !meta.needs_if_supported.is_empty() {
        line(format!("          {} (where supported)", meta.needs_if_supported.join(", ")));
    }
    for param in &explanation.params {
        line(format!(
            "param     {} = {} (from {}): {}",
            param.name,
            param.value,
            origin(&param.origin),
            param.description
        ));
    }
    line(format!("to do     {}", meta.remediation.text));
    if let Some(command) = &meta.remediation.command {
        line(format!("command   {command}"));
    }
    for (framework, control, title) in &explanation.controls {
        line(format!("maps to   {framework} {control} {title}"));
    }
    if !meta.attack.is_empty() {
        line(format!("ATT&CK    {}", meta.attack.join(", ")));
    }
    line(format!("in        {}", explanation.baselines.join(", ")));
    line(String::new());
    for source in check.source.lines() {
        line(source.replace('\t', "    "));
    }
    let object = json!({
        "type": "check",
        "id": meta.id,
        "title": meta.title,
        "description": meta.description,
        "kind": meta.kind,
        "area": meta.area,
        "severity": explanation.severity.0,
        "severity_from": origin(&explanation.severity.1),
        "needs": meta.needs,
        "needs_if_supported": meta.needs_if_supported,
        "params": explanation.params.iter().map(|p| json!({"name": p.name, "value": p.value, "description": p.description, "from": origin(&p.origin)})).collect::<Vec<_>>(),
        "remediation": {"text": meta.remediation.text, "command": meta.remediation.command},
        "controls": explanation.controls.iter().map(|(f, c, t)| json!({"framework": f, "control": c, "title": t})).collect::<Vec<_>>(),
        "attack": meta.attack,
        "baselines": explanation.baselines,
        "file": check.file,
        "source": check.source.as_ref(),
    });
    list::write_one(text.as_str(), &object, output)?;
    Ok(Exit::Done)
}
