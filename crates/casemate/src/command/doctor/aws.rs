//! `casemate doctor aws`: the IAM policy that the loaded checks need, and which of it the present credentials have.
use std::collections::BTreeMap;

use casemate_assess::{Assessor, LoadOptions, Options};
use casemate_collect_aws::{Accounts, Aws, operations};
use serde_json::{Value, json};

use crate::{
    cli::{DoctorAwsArgs, Global, ListFormat},
    command::scan::aws,
    content,
    error::CommandError,
    exit::Exit,
    output::list::{self, List},
    progress::Progress,
};

/// Characters of a managed policy, white space not counted (IAM quotas).
const POLICY_MAX: usize = 6_144;
/// What connecting needs whatever is read. Nobody can be refused the first.
const CONNECT: &str = "sts:GetCallerIdentity";

/// Prints the policy, or what of it is missing.
pub(super) fn run(global: &Global, args: &DoctorAwsArgs) -> Result<Exit, CommandError> {
    let content = content::load(global, &LoadOptions { cases: false, trust_embedded: true });
    let assessor = Assessor::new(&content, &args.baseline, Options::default())?;
    let mut options = aws::options(&args.aws)?;
    options.wanted = aws::wanted(&assessor, true);
    let mut operations = operations(&options.wanted);
    let mut add = |service: &str, operation: &str| {
        operations.entry(format!("{service}:{operation}")).or_default().insert(operation.to_owned());
    };
    if options.accounts == Accounts::Organization {
        add("organizations", "ListAccounts");
    }
    if options.accounts != Accounts::Present {
        add("sts", "AssumeRole");
    }
    let actions: Vec<String> = operations.keys().cloned().collect();
    let policies = policies(&actions);
    if args.policy {
        let text: String = policies.iter().map(|policy| format!("{policy}\n")).collect();
        list::write_one(&text, &json!(policies), &args.output)?;
        return Ok(Exit::Done);
    }
    let connected = Aws::connect(options)?;
    let bar = Progress::start(global, "trying");
    let Some(account) = connected.accounts().first() else {
        return Err(CommandError::Usage("there is no account to try permissions in".into()));
    };
    let tried: BTreeMap<String, Option<bool>> =
        connected.permissions_try(account, crate::stop::flag()).into_iter().collect();
    bar.end();
    let mut denied = 0_usize;
    let mut untried = 0_usize;
    let rows = actions
        .iter()
        .map(|action| {
            let known = if action == CONNECT { Some(true) } else { tried.get(action).copied().flatten() };
            let (word, hint) = match known {
                Some(true) => ("allowed", ""),
                Some(false) => {
                    denied += 1;
                    ("denied", "allow it for the scanning role")
                }
                None => {
                    untried += 1;
                    ("not tried", "there was nothing to try it on")
                }
            };
            let object = json!({"type": "permission", "action": action, "status": word, "account": account.id, "calls": operations.get(action)});
            (vec![word.to_owned(), action.clone(), hint.to_owned()], object)
        })
        .collect();
    let mut notes = vec![format!(
        "account {}: {} actions: {} allowed, {denied} denied, {untried} not tried; checks of baseline {}",
        account.id,
        actions.len(),
        actions.len() - denied - untried,
        args.baseline
    )];
    if args.output.format == ListFormat::Table {
        let many =
            if policies.len() > 1 { format!(" (in {} parts, for their size)", policies.len()) } else { String::new() };
        notes.push(format!("the policy that allows them{many}, ready for aws iam create-policy --policy-document:"));
        notes.extend(policies.iter().map(Value::to_string));
    }
    let list = List { columns: vec!["STATUS", "ACTION", "WHAT TO DO"], rows, empty: "no check needs AWS", notes };
    list::write(&list, &args.output)?;
    Ok(if denied > 0 { Exit::Incomplete } else { Exit::Done })
}

/// Policies that allow the actions and nothing else, a statement a service; as many as the size of one demands.
fn policies(actions: &[String]) -> Vec<Value> {
    let mut services: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for action in actions {
        services.entry(action.split(':').next().unwrap_or_default()).or_default().push(action);
    }
    let document = |statements: &[Value]| json!({"Version": "2012-10-17", "Statement": statements});
    let mut done = Vec::new();
    let mut open: Vec<Value> = Vec::new();
    for (service, actions) in services {
        let sid: String = service.chars().filter(char::is_ascii_alphanumeric).collect();
        let statement = json!({"Sid": format!("Casemate{sid}"), "Effect": "Allow", "Action": actions, "Resource": "*"});
        open.push(statement);
        if document(&open).to_string().len() > POLICY_MAX
            && let Some(last) = open.pop()
        {
            done.push(document(&open));
            open = vec![last];
        }
    }
    if !open.is_empty() {
        done.push(document(&open));
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_allow_exactly_the_actions_and_fit() {
        let actions: Vec<String> =
            (0..40).flat_map(|s| (0..12).map(move |a| format!("service{s}:DescribeSomethingLong{a}"))).collect();
        let made = policies(&actions);
        assert!(made.len() > 1);
        let mut allowed = Vec::new();
        for policy in &made {
            assert!(policy.to_string().len() <= POLICY_MAX);
            for statement in policy["Statement"].as_array().unwrap() {
                assert_eq!((&statement["Effect"], &statement["Resource"]), (&json!("Allow"), &json!("*")));
                allowed.extend(statement["Action"].as_array().unwrap().iter().map(|a| a.as_str().unwrap().to_owned()));
            }
        }
        allowed.sort();
        let mut want = actions;
        want.sort();
        assert_eq!(allowed, want);
    }
}
