use casemate_assess::{Content, LoadOptions, SuppressionRule};
use casemate_estate::Timestamp;
use casemate_store::{NewSuppression, Store};
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
            if let Err(error) = SuppressionRule::compile(expression) {
                return Err(CommandError::Usage(format!(
                    "cannot read the expression: {error}\nhint: write Rego conditions, separated by `;`: finding.check == \"host.sshd.x\"; resource.name == \"web\""
                )));
            }
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
            note(global, &format!("{} is in force; suppressions hide {hidden} findings now", suppression.id));
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

fn refresh(store: &mut dyn Store, content: &Content, now: Timestamp) -> Result<u64, CommandError> {
    let mut problems = Vec::new();
    let rules = Suppressions::load(store, content, now, &mut problems)?;
    Ok(store.suppression_refresh(now, &|finding| rules.hides(finding))?)
}
