use std::collections::BTreeMap;

use casemate_estate::Snapshot;
use casemate_graph::permission::{Answer, Context, Effect, Permissions, Question};
use casemate_store::Store;
use serde_json::{Value, json};

use crate::{
    cli::{AccessCommand, AccessOptions, Global},
    error::CommandError,
    exit::Exit,
    output::{
        list::{self, List},
        style::plain,
        text::Text,
    },
    place, target,
};

/// Statements and conditions that a cell of the table shows.
const SHOWN_MAX: usize = 3;

/// `casemate access`: who can do what, from what the last scans read.
pub(crate) fn run(global: &Global, command: &AccessCommand) -> Result<Exit, CommandError> {
    let store = place::open_for_reading(global)?;
    let snapshots = snapshots(&*store)?;
    let permissions = Permissions::of(&snapshots);
    match command {
        AccessCommand::WhoCan { action, resource, options } => {
            check_action(action)?;
            who_can(&permissions, action, resource, options)
        }
        AccessCommand::WhatCan { principal, action, options } => {
            what_can(&permissions, principal, action.as_deref(), options)
        }
        AccessCommand::Can { principal, action, resource, context, options } => {
            check_action(action)?;
            let context = context_of(context)?;
            let question = Question { principal, action, resource, context: &context };
            can(&permissions, &question, options)
        }
    }?;
    Ok(Exit::Done)
}

/// The accounts of the store, each as it was read last.
fn snapshots(store: &dyn Store) -> Result<Vec<Snapshot>, CommandError> {
    let mut out = Vec::new();
    for scan in target::latest(store, None, None)?.iter().filter(|scan| scan.target.starts_with("arn:")) {
        out.extend(store.snapshot_latest(&scan.target)?);
    }
    if out.is_empty() {
        return Err(CommandError::Usage(
            "cannot say who can do what: no account of AWS was scanned\nhint: casemate scan aws".into(),
        ));
    }
    Ok(out)
}

fn check_action(action: &str) -> Result<(), CommandError> {
    if action == "*" || action.split_once(':').is_some_and(|(service, name)| !service.is_empty() && !name.is_empty()) {
        return Ok(());
    }
    Err(CommandError::Usage(format!(
        "cannot read `{action}` as an action\nhint: write the service and the name, as in s3:GetObject"
    )))
}

fn context_of(pairs: &[String]) -> Result<Context, CommandError> {
    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for pair in pairs {
        let (key, value) = pair.split_once('=').filter(|(key, _)| !key.is_empty()).ok_or_else(|| {
            CommandError::Usage(format!(
                "cannot read `--context {pair}`: it has no `=`\nhint: write KEY=VALUE, as in aws:SourceIp=192.0.2.1"
            ))
        })?;
        values.entry(key).or_default().push(value);
    }
    Ok(values.into_iter().fold(Context::default(), |context, (key, values)| {
        let values: Vec<&str> = values.into_iter().filter(|v| !v.is_empty()).collect();
        if values.is_empty() { context.without(key) } else { context.with(key, values) }
    }))
}

/// The first few, and how many more.
fn few(items: impl ExactSizeIterator<Item = String>) -> String {
    let more = items.len().saturating_sub(SHOWN_MAX);
    let mut shown: Vec<String> = items.take(SHOWN_MAX).collect();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    shown.join("; ")
}

/// What decides, and what it hangs on.
fn why(answer: &Answer) -> String {
    let cited = few(answer.cited.iter().map(ToString::to_string));
    if answer.hinges.is_empty() {
        return cited;
    }
    let hinges = few(answer.hinges.iter().map(ToString::to_string));
    if cited.is_empty() { format!("if {hinges}") } else { format!("{cited}; if {hinges}") }
}

fn counts(options: &AccessOptions, answer: &Answer) -> bool {
    !options.certain || answer.effect == Effect::Allowed
}

fn with(mut object: Value, answer: &Answer) -> Value {
    if let (Value::Object(into), Value::Object(from)) = (&mut object, answer.to_value()) {
        into.extend(from);
    }
    object
}

fn who_can(
    permissions: &Permissions,
    action: &str,
    resource: &str,
    options: &AccessOptions,
) -> Result<(), CommandError> {
    let holders = permissions.who_can(action, resource);
    let rows = holders.iter().filter(|h| counts(options, &h.answer)).map(|holder| {
        let cells = vec![holder.answer.effect.as_str().to_owned(), holder.principal.to_string(), why(&holder.answer)];
        let object = json!({
            "type": "access", "principal": &*holder.principal, "action": action, "resource": resource,
        });
        (cells, with(object, &holder.answer))
    });
    let list = List {
        columns: vec!["EFFECT", "PRINCIPAL", "WHY"],
        rows: rows.collect(),
        empty: "nobody of the scanned accounts, and nobody whom the resource's policy names",
        notes: Vec::new(),
    };
    list::write(&list, &options.output)
}

fn what_can(
    permissions: &Permissions,
    principal: &str,
    action: Option<&str>,
    options: &AccessOptions,
) -> Result<(), CommandError> {
    let grants = permissions.what_can(principal, action);
    let rows = grants.iter().filter(|g| counts(options, &g.answer)).map(|grant| {
        let cells = vec![
            grant.answer.effect.as_str().to_owned(),
            grant.action.to_string(),
            grant.resource.to_string(),
            why(&grant.answer),
        ];
        let object = json!({
            "type": "access", "principal": principal, "action": &*grant.action, "resource": &*grant.resource,
        });
        (cells, with(object, &grant.answer))
    });
    let list = List {
        columns: vec!["EFFECT", "ACTION", "RESOURCE", "WHY"],
        rows: rows.collect(),
        empty: "nothing: no policy of the scanned accounts allows anything",
        notes: Vec::new(),
    };
    list::write(&list, &options.output)
}

fn can(permissions: &Permissions, question: &Question<'_>, options: &AccessOptions) -> Result<(), CommandError> {
    let answer = permissions.ask(question);
    let mut text = Text::default();
    text.line(answer.effect.as_str());
    for cited in &answer.cited {
        text.line(format!("  {}", plain(&cited.to_string())));
    }
    if answer.cited.is_empty() && answer.effect == Effect::Denied {
        text.line("  no combination of statements allows it");
    }
    for hinge in &answer.hinges {
        text.line(format!("  depends on {}", plain(&hinge.to_string())));
    }
    let object = json!({
        "type": "access",
        "principal": question.principal,
        "action": question.action,
        "resource": question.resource,
    });
    list::write_one(text.as_str(), &with(object, &answer), &options.output)
}
