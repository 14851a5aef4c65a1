use casemate_estate::{ExemptionKind, State, Timestamp};
use casemate_store::{FindingFilter, NewExemption, Page};
use serde_json::json;

use crate::{
    cli::{ExemptCommand, Global},
    error::CommandError,
    exit::Exit,
    output::{
        list::{self, List},
        note,
    },
    place,
    when::{self, Age},
};

/// `casemate exempt add|list|remove`.
pub(crate) fn run(global: &Global, command: &ExemptCommand, now: Timestamp) -> Result<Exit, CommandError> {
    match command {
        ExemptCommand::Add { check, resource, mitigated, reason, author, expires } => {
            let expires =
                expires.as_deref().map(|text| when::parse("--expires", text, now, Age::Future)).transpose()?;
            let new = NewExemption {
                kind: if *mitigated { ExemptionKind::Mitigated } else { ExemptionKind::Waiver },
                check: check.clone(),
                resource: resource.clone(),
                reason: reason.clone(),
                author: author.clone().unwrap_or_else(login_name),
                expires,
            };
            let mut store = place::open_for_writing(global)?;
            let exemption = store.exemption_add(&new, now)?;
            // Whoever mistyped a check or a resource sees it here, and not when the failure is still there.
            let filter = FindingFilter {
                states: vec![State::Fail],
                include_exempted: true,
                include_suppressed: true,
                ..FindingFilter::new(now)
            };
            let failures = store.finding_list(&filter, Page::ALL)?;
            let covered = failures.iter().filter(|failure| exemption.covers(&failure.key, exemption.created)).count();
            let n = match covered {
                0 => "no failure that is known now".to_owned(),
                n => format!("{n} of {} failures", failures.len()),
            };
            note(global, &format!("{} on {}: {} covers {n}", exemption.check, exemption.resource, exemption.id));
            if let Some(text) = place::clock_note(exemption.created, now) {
                note(global, &text);
            }
        }
        ExemptCommand::List { output } => {
            let rows = place::open_for_reading(global)?
                .exemption_list()?
                .into_iter()
                .map(|e| {
                    let cells = vec![
                        e.id.clone(),
                        e.kind.as_str().to_owned(),
                        e.check.clone(),
                        e.resource.clone(),
                        end(e.expires, now),
                        e.author.clone(),
                        e.reason.clone(),
                    ];
                    (cells, json!(e))
                })
                .collect();
            let columns = vec!["ID", "KIND", "CHECK", "RESOURCE", "EXPIRES", "AUTHOR", "REASON"];
            list::write(&List { columns, rows, empty: "no exemptions", notes: Vec::new() }, output)?;
        }
        ExemptCommand::Remove { id } => {
            let exemption = place::open_for_writing(global)?.exemption_remove(id, now)?;
            note(global, &format!("{} is removed; failures that it covered are open again", exemption.id));
        }
    }
    Ok(Exit::Done)
}

/// When a decision ends, in words.
pub(crate) fn end(expires: Option<Timestamp>, now: Timestamp) -> String {
    match expires {
        None => "never".into(),
        Some(end) if end <= now => format!("expired {end:.0}"),
        Some(end) => format!("{end:.0}"),
    }
}

/// Who decides, where the command line does not say: the name of the session.
pub(crate) fn login_name() -> String {
    ["SUDO_USER", "USER", "LOGNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_else(|| format!("uid {}", rustix::process::getuid().as_raw()))
}
