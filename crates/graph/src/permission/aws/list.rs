//! Lists: who can, and what somebody can.
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    super::{Answer, Context, Effect, Grant, Holder, Question},
    document::Attached,
    estate::Estate,
    evaluate, pattern,
    principal::{Entry, Named},
    request::Request,
    truth::Truth,
};

/// Pairs of action and resource of one principal that are looked at.
const PAIRS_MAX: usize = 100_000;

fn ask(estate: &Estate, principal: &str, action: &str, resource: &str) -> Answer {
    let question = Question { principal, action, resource, context: Context::EMPTY };
    evaluate::answer(&Request::new(estate, &question))
}

/// All principals of the estate, and those that the resource's policy names.
pub(super) fn who_can(estate: &Estate, action: &str, resource: &str) -> Vec<Holder> {
    let mut names: BTreeSet<Arc<str>> = estate.principals.iter().map(|p| Arc::clone(&p.arn)).collect();
    if let Some(policy) = estate.resource_of(resource).and_then(|r| r.policy.as_ref()) {
        for principals in policy.document.statements.iter().filter(|s| s.allows).filter_map(|s| s.principals.as_ref()) {
            names.extend(principals.entries().iter().filter_map(|entry| match entry {
                Entry::Anyone => Some("*".into()),
                Entry::Account(id) if estate.accounts.contains_key(id) => None,
                Entry::Account(id) | Entry::Arn(id) | Entry::Service(id) | Entry::Federated(id) => Some((&**id).into()),
                Entry::Unique(_) | Entry::Other(_) => None,
            }));
        }
    }
    let holders = names.into_iter().map(|principal| {
        let answer = ask(estate, &principal, action, resource);
        Holder { principal, answer }
    });
    holders.filter(|h| h.answer.is_possible()).collect()
}

/// The narrower of a statement's pattern and the one that is asked for; none where they have nothing in common.
fn narrower<'p>(pattern: &'p str, asked: Option<&'p str>) -> Option<&'p str> {
    let Some(asked) = asked else { return Some(pattern) };
    if pattern::fits(pattern, asked, true) == Truth::Yes {
        return Some(asked);
    }
    match pattern::fits(asked, pattern, true) {
        Truth::No => None,
        _ => Some(pattern),
    }
}

/// Grants of a principal's own policies, and of resources that name it.
pub(super) fn what_can(estate: &Estate, principal: &str, action: Option<&str>) -> Vec<Grant> {
    let asked = action.map(str::to_lowercase);
    let asked = asked.as_deref();
    let question = Question { principal, action: "*", resource: "*", context: Context::EMPTY };
    let request = Request::new(estate, &question);
    let mut pairs: BTreeSet<(String, String)> = BTreeSet::new();
    if let Some(found) = request.principal {
        for attached in &found.identity {
            own(&request, attached, asked, &mut pairs);
        }
    }
    for resource in &estate.resources {
        let Some(policy) = &resource.policy else { continue };
        for statement in policy.document.statements.iter().filter(|s| s.allows) {
            let Some(principals) = &statement.principals else { continue };
            let found = principals.fit(&request.who, true);
            // What a resource leaves to its account, the account's own policies tell.
            let is_left = found.named == Named::Account
                && request.principal.is_some()
                && request.who.account() == Some(&resource.account);
            if found.truth == Truth::No || is_left || pairs.len() >= PAIRS_MAX {
                continue;
            }
            let patterns = statement.actions.patterns().map(|p| p.map(str::to_owned).collect::<Vec<_>>());
            for pattern in patterns.unwrap_or_else(|| vec!["*".to_owned()]) {
                if let Some(action) = narrower(&pattern, asked) {
                    for named in statement.resources.as_ref().and_then(|r| r.plain()).unwrap_or_default() {
                        let is_of = named.starts_with(&*resource.arn) && named != "*";
                        let named = if is_of { named } else { &resource.arn };
                        pairs.insert((action.to_owned(), named.to_owned()));
                    }
                    if statement.resources.is_none() {
                        pairs.insert((action.to_owned(), resource.arn.to_string()));
                    }
                }
            }
        }
    }
    let mut grants: BTreeMap<(Arc<str>, Arc<str>), Answer> = BTreeMap::new();
    for (action, resource) in pairs {
        let answer = ask(estate, principal, &action, &resource);
        if answer.effect != Effect::Denied {
            grants.insert((action.into(), resource.into()), answer);
        }
    }
    grants.into_iter().map(|((action, resource), answer)| Grant { action, resource, answer }).collect()
}

fn own(request: &Request<'_>, attached: &Attached, asked: Option<&str>, pairs: &mut BTreeSet<(String, String)>) {
    for statement in attached.document.statements.iter().filter(|s| s.allows) {
        let actions = statement.actions.patterns().map(|p| p.map(str::to_owned).collect::<Vec<_>>());
        let resources = statement.resources.as_ref().and_then(|r| r.expanded(&|key| request.variable(key)));
        let resources = resources.unwrap_or_else(|| vec!["*".to_owned()]);
        for pattern in actions.unwrap_or_else(|| vec!["*".to_owned()]) {
            let Some(action) = narrower(&pattern, asked) else { continue };
            for resource in &resources {
                if pairs.len() >= PAIRS_MAX {
                    return;
                }
                pairs.insert((action.to_owned(), resource.clone()));
            }
        }
    }
}
