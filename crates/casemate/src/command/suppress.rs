use std::fmt;

use casemate_assess::{Content, LoadOptions, SuppressionRule};
use casemate_estate::Timestamp;
use casemate_store::{FindingFilter, NewSuppression, Page, Store};
use serde_json::json;

use super::{
    exempt::{end, login_name},
    scan::Suppressions,
};
use crate::{
    cli::{Global, SuppressCommand},
    content,
    error::CommandError,
    exit::Exit,
    output::{
        list::{self, List},
        note,
    },
    place,
    when::{self, Age},
};

/// `casemate suppress add|list|remove`.
pub(crate) fn run(global: &Global, command: &SuppressCommand, now: Timestamp) -> Result<Exit, CommandError> {
    match command {
        SuppressCommand::Add { expression, reason, author, expires } => {
            // Compiled before it is kept, so that a rule with a mistake is refused where its author sees it.
            let rule = SuppressionRule::compile(expression).map_err(|error| {
                CommandError::Usage(format!(
                    "cannot add the suppression: {error}\nhint: write Rego conditions, separated by `;`: finding.check == \"host.sshd.x\"; resource.name == \"web\""
                ))
            })?;
            let expires =
                expires.as_deref().map(|text| when::parse("--expires", text, now, Age::Future)).transpose()?;
            let new = NewSuppression {
                expression: expression.clone(),
                reason: reason.clone(),
                author: author.clone().unwrap_or_else(login_name),
                expires,
            };
            let content = content::load(global, &LoadOptions { cases: false, trust_embedded: true });
            let mut store = place::open_for_writing(global)?;
            let suppression = store.suppression_add(&new, now)?;
            let hidden = refresh(&mut *store, &content, now)?;
            let effect = Effect::of(&rule, &*store, &content, now)?;
            note(global, &format!("{} {effect}; all suppressions together hide {hidden}", suppression.id));
            if let Some(text) = place::clock_note(suppression.created, now) {
                note(global, &text);
            }
        }
        SuppressCommand::List { output } => {
            let rows = place::open_for_reading(global)?
                .suppression_list()?
                .into_iter()
                .map(|s| {
                    let cells = vec![
                        s.id.clone(),
                        s.expression.clone(),
                        end(s.expires, now),
                        s.author.clone(),
                        s.reason.clone(),
                    ];
                    (cells, json!(s))
                })
                .collect();
            let columns = vec!["ID", "EXPRESSION", "EXPIRES", "AUTHOR", "REASON"];
            list::write(&List { columns, rows, empty: "no suppressions", notes: Vec::new() }, output)?;
        }
        SuppressCommand::Remove { id } => {
            let content = content::load(global, &LoadOptions { cases: false, trust_embedded: true });
            let mut store = place::open_for_writing(global)?;
            let suppression = store.suppression_remove(id, now)?;
            let hidden = refresh(&mut *store, &content, now)?;
            note(global, &format!("{} is removed; suppressions hide {hidden} findings now", suppression.id));
        }
    }
    Ok(Exit::Done)
}

/// What one suppression does, whether others hide the same or not. Its author sees at once that it hides nothing, or all.
struct Effect {
    findings: usize,
    hidden: usize,
    /// How many it could not be decided for, and why for the first.
    undecided: usize,
    reason: Option<String>,
}

impl Effect {
    fn of(rule: &SuppressionRule, store: &dyn Store, content: &Content, now: Timestamp) -> Result<Self, CommandError> {
        let filter = FindingFilter { include_exempted: true, include_suppressed: true, ..FindingFilter::new(now) };
        let findings = store.finding_list(&filter, Page::ALL)?;
        let mut effect = Self { findings: findings.len(), hidden: 0, undecided: 0, reason: None };
        for finding in &findings {
            let meta = content.check(finding.key.check.as_str()).map(|check| &check.meta);
            match rule.matches(finding, meta) {
                Ok(hides) => effect.hidden += usize::from(hides),
                Err(error) => {
                    effect.undecided += 1;
                    effect.reason.get_or_insert_with(|| error.to_string());
                }
            }
        }
        Ok(effect)
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "hides {} of {} findings", self.hidden, self.findings)?;
        if let Some(reason) = &self.reason {
            write!(f, " and leaves {} in view that it cannot be decided for ({reason})", self.undecided)?;
        }
        Ok(())
    }
}

fn refresh(store: &mut dyn Store, content: &Content, now: Timestamp) -> Result<u64, CommandError> {
    let mut problems = Vec::new();
    let rules = Suppressions::load(store, content, now, &mut problems)?;
    Ok(store.suppression_refresh(now, &|finding| rules.hides(finding))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_effect_names_what_it_cannot_decide() {
        let effect = |undecided, reason: Option<&str>| {
            Effect { findings: 9, hidden: 2, undecided, reason: reason.map(str::to_owned) }.to_string()
        };
        assert_eq!(effect(0, None), "hides 2 of 9 findings");
        assert_eq!(
            effect(3, Some("why")),
            "hides 2 of 9 findings and leaves 3 in view that it cannot be decided for (why)"
        );
    }
}
