use casemate_assess::{LoadOptions, RiskContext, risk};
use casemate_estate::{State, Timestamp};
use casemate_store::{FindingFilter, Page, Store};
use serde_json::{Value, json};

use crate::{
    cli::{ExplainArgs, Global},
    content,
    error::CommandError,
    exit::Exit,
    output::{list, style::plain, text::Text},
    place,
    report::{Item, Joiner},
    vulnerability,
};

/// `casemate explain ID`: everything about a finding, or about a check.
pub(crate) fn run(global: &Global, args: &ExplainArgs, now: Timestamp) -> Result<Exit, CommandError> {
    let content = content::load(global, &LoadOptions { cases: false, trust_embedded: true });
    if content.check(&args.id).is_some() {
        return super::check::explain(&content, &args.id, "casemate-default", &args.output);
    }
    if args.id.starts_with("p-") {
        return super::paths::explain(global, &args.id, &args.output);
    }
    if !is_finding_id(&args.id) {
        return Err(CommandError::Usage(format!(
            "there is neither a check, a finding nor an attack path `{}`\nhint: casemate check list, casemate findings and casemate paths show them",
            args.id
        )));
    }
    let store = place::open_for_reading(global)?;
    let finding = store.finding_get(&args.id, now)?;
    let events = store.finding_events(&finding.id)?;
    let mut items = [Joiner::new(&content).item(finding)];
    advise(&*store, &mut items, now)?;
    let [item] = items;
    let f = &item.finding;
    let reasons = content.check(f.key.check.as_str()).filter(|_| f.verdict.state == State::Fail).and_then(|check| {
        // The score was made with one of these two contexts; the one that gives it tells why.
        [false, true]
            .into_iter()
            .map(|exposed| risk(&check.meta, f.severity, RiskContext { exposed }))
            .find(|risk| risk.score == f.risk)
            .map(|risk| risk.reasons)
    });
    let mut text = Text::default();
    let mut line = |words: &str| text.line(words);
    line(&plain(&item.texts.title));
    line(&format!("{}  {}  {}", f.id, f.key.check, plain(f.key.resource.as_str())));
    line(&format!("state {}  severity {}  risk {}  {}", f.verdict.state, f.severity, f.risk, f.life.status.as_str()));
    line("");
    if !item.texts.description.is_empty() {
        line(&plain(&item.texts.description));
        line("");
    }
    if !f.verdict.reason.is_empty() {
        line(&format!("why       {}", plain(&f.verdict.reason)));
    }
    match vulnerability::body(f) {
        Some(body) => {
            for (label, words) in vulnerability::facts(body) {
                line(&format!("{label:<9} {}", plain(&words)));
            }
        }
        None => {
            for evidence in &f.verdict.evidence {
                line(&format!("evidence  {}", plain(&evidence.to_string())));
            }
        }
    }
    for reason in reasons.iter().flatten() {
        line(&format!("risk      {}", plain(reason)));
    }
    line(&format!("to do     {}", plain(&item.texts.remediation)));
    if let Some(command) = &item.texts.command {
        line(&format!("command   {}", plain(command)));
    }
    for (framework, controls) in &item.texts.frameworks {
        line(&format!("maps to   {framework} {}", controls.join(", ")));
    }
    if !item.texts.attack.is_empty() {
        line(&format!("ATT&CK    {}", item.texts.attack.join(", ")));
    }
    if let Some(id) = &f.exemption {
        line(&format!("exempted  {id}"));
    }
    if let Some(id) = &f.suppression {
        line(&format!("hidden    {id}"));
    }
    line("");
    for event in &events {
        line(&format!("{:.0}  {} ({})  {}", event.at, event.state, event.status.as_str(), plain(&event.reason)));
    }
    let mut object = json!({
        "type": "finding",
        "id": f.id,
        "check": f.key.check,
        "title": item.texts.title,
        "description": item.texts.description,
        "resource": {"id": f.key.resource, "kind": f.kind, "name": f.name, "scope": f.scope},
        "state": f.verdict.state,
        "severity": f.severity,
        "risk": f.risk,
        "risk_reasons": reasons,
        "reason": f.verdict.reason,
        "evidence": f.verdict.evidence,
        "remediation": {"text": item.texts.remediation, "command": item.texts.command},
        "frameworks": item.texts.frameworks,
        "attack": item.texts.attack,
        "life": f.life,
        "exemption": f.exemption,
        "suppression": f.suppression,
    });
    if let Value::Object(map) = &mut object {
        map.insert("events".into(), json!(events));
    }
    list::write_one(text.as_str(), &object, &args.output)?;
    Ok(Exit::Done)
}

/// Gives a vulnerability the action that closes it, which depends on the others of its target.
fn advise(store: &dyn Store, items: &mut [Item; 1], now: Timestamp) -> Result<(), CommandError> {
    let [item] = &*items;
    if !vulnerability::is_vulnerability(&item.finding) {
        return Ok(());
    }
    let filter = FindingFilter {
        check: Some(format!("{}*", vulnerability::CHECK_PREFIX)),
        scope: Some(item.finding.scope.clone()),
        include_exempted: true,
        ..FindingFilter::failing(now)
    };
    let all = store.finding_list(&filter, Page::ALL)?;
    vulnerability::Summary::of(all.iter(), Vec::new()).advise(items);
    Ok(())
}

/// Whether a text may be a finding's id or its start: `f-` and hexadecimal digits, of which `f-` may be left out.
fn is_finding_id(text: &str) -> bool {
    let digits = text.strip_prefix("f-").unwrap_or(text);
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_check_is_not_looked_for_among_findings() {
        for (text, want) in [("f-0a", true), ("0a", true), ("f-", false), ("", false), ("host.sshd.x", false)] {
            assert_eq!(is_finding_id(text), want, "{text}");
        }
    }
}
