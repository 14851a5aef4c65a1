//! Edges that rights make: who can become whom, who can start code with whose rights, who can rewrite its own policy, who
//! can read which data. Each is a question to [`Permissions`](crate::permission::Permissions), whose answer is the evidence.
use std::collections::{BTreeMap, BTreeSet};

use casemate_estate::Observation;
use serde_json::{Value, json};

use crate::{
    csr::{Builder, Caveat, Fact, INTERNET, Known, Relation, Trait},
    inventory::{Read, account_of, arn_field, facet, list, text},
    permission::{Answer, Context, Layer, Question},
    reach::{World, caveats, stranger},
    value::has_all,
};

/// Providers in which everybody can have an account and projects of their own.
const PUBLIC_PROVIDERS: [&str; 13] = [
    "token.actions.githubusercontent.com",
    "gitlab.com",
    "app.terraform.io",
    "oidc.circleci.com",
    "agent.buildkite.com",
    "api.bitbucket.org",
    "accounts.google.com",
    "oauth2.googleapis.com",
    "vstoken.dev.azure.com",
    "oidc.vercel.com",
    "token.spacelift.io",
    "oidc.codefresh.io",
    "api.pulumi.com",
];
/// Claims of a provider's token that say whose it is, as IAM's keys end.
const SUBJECTS: [&str; 12] = [
    "sub",
    "repository",
    "repository_id",
    "repository_owner",
    "repository_owner_id",
    "job_workflow_ref",
    "project_path",
    "project_id",
    "namespace_path",
    "namespace_id",
    "organization_id",
    "enterprise",
];
/// Kinds of data with the actions that read them, the plainest first, and what stands behind the id in their resource.
const READS: [(&str, &[&str], &str); 3] = [
    ("aws.secretsmanager.secret", &["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"], ""),
    ("aws.s3.bucket", &["s3:GetObject", "s3:GetObjectVersion"], "/*"),
    (
        "aws.dynamodb.table",
        &["dynamodb:GetItem", "dynamodb:Scan", "dynamodb:Query", "dynamodb:BatchGetItem", "dynamodb:PartiQLSelect"],
        "",
    ),
];
const TRUST_ACTION: &str = "sts:assumerole";
const WEB_IDENTITY: &str = "sts:assumerolewithwebidentity";

/// Adds all of them.
pub(crate) fn add(world: &World<'_>, builder: &mut Builder) {
    let people = People::of(world);
    let ours = Accounts::of(world);
    for role in world.inventory.of_kind("aws.iam.role") {
        assumed(world, builder, &people, &ours, role);
        federated(builder, role);
        passed(world, builder, &people, role);
    }
    for user in world.inventory.of_kind("aws.iam.user") {
        rewritten(world, builder, user);
    }
    read(world, builder);
}

/// Users and roles, by account.
struct People<'a> {
    by_account: BTreeMap<&'a str, Vec<&'a Observation>>,
}

impl<'a> People<'a> {
    fn of(world: &World<'a>) -> Self {
        let mut by_account: BTreeMap<&str, Vec<&Observation>> = BTreeMap::new();
        for kind in ["aws.iam.user", "aws.iam.role"] {
            for one in world.inventory.of_kind(kind) {
                by_account.entry(account_of(one.resource.id.as_str()).unwrap_or_default()).or_default().push(one);
            }
        }
        Self { by_account }
    }

    fn of_account(&self, account: &str) -> &[&'a Observation] {
        self.by_account.get(account).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The accounts that are ours.
struct Accounts<'a> {
    ours: BTreeSet<&'a str>,
    /// Why there may be more of them.
    unread: Option<String>,
}

impl<'a> Accounts<'a> {
    fn of(world: &World<'a>) -> Self {
        let mut ours = BTreeSet::new();
        let (mut unread, mut read) = (None, false);
        for account in world.inventory.of_kind("aws.account") {
            ours.extend(account_of(account.resource.id.as_str()));
            match facet(account, "organization_accounts") {
                Read::Value(value) => {
                    read = true;
                    ours.extend(list(value, "/items").iter().filter_map(|one| text(one, "/Id")));
                }
                Read::None => read = true,
                Read::Unread(why) => unread = Some(why),
            }
        }
        for one in world.inventory.of_kind("aws.organizations.account") {
            ours.extend(one.resource.id.as_str().rsplit('/').next());
        }
        Self { ours, unread: if read { None } else { unread } }
    }
}

/// Whether an Allow of a document speaks of the action (in lower case): cheap, so that who has nothing to do with it is
/// not asked about.
fn speaks_of(document: &Value, action: &str) -> bool {
    list(document, "/statements").iter().any(|statement| {
        text(statement, "/effect") == Some("Allow")
            && (statement.get("not_action").is_some()
                || list(statement, "/action").iter().filter_map(Value::as_str).any(|pattern| fits(pattern, action)))
    })
}

/// `*` and `?` of IAM.
fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t, mut star, mut mark) = (0, 0, None, 0);
    while t < text.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some(p);
                mark = t;
                p += 1;
            }
            Some(c) if *c == '?' || text.get(t) == Some(c) => {
                p += 1;
                t += 1;
            }
            _ => match star {
                Some(at) => {
                    p = at + 1;
                    mark += 1;
                    t = mark;
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(p).all(|c| *c == '*')
}

/// Whether a principal's policies may allow the action at all; what was not read may.
fn may(person: &Observation, action: &str) -> bool {
    match facet(person, "identity_policies") {
        Read::Value(policies) => {
            list(policies, "/items").iter().filter_map(|item| item.get("document")).any(|document| {
                document.get("valid").and_then(Value::as_bool) == Some(false) || speaks_of(document, action)
            })
        }
        Read::None => false,
        Read::Unread(_) => true,
    }
}

/// What is known of a principal's requests. One who has no second factor cannot have used it.
fn context(person: &Observation) -> Context {
    let context = Context::default().with("aws:SecureTransport", ["true"]);
    if person.resource.kind.as_str() != "aws.iam.user" {
        return context;
    }
    match facet(person, "mfa_devices") {
        Read::Value(devices) if list(devices, "/items").is_empty() => {
            context.with("aws:MultiFactorAuthPresent", ["false"]).without("aws:MultiFactorAuthAge")
        }
        _ => context,
    }
}

/// The statements of an answer in one sentence's part.
fn by(answer: &Answer) -> String {
    let names: BTreeSet<&str> = answer.cited.iter().filter(|one| one.allows).map(|one| &*one.document).collect();
    let names: Vec<&str> = names.into_iter().map(last).collect();
    if names.is_empty() { String::new() } else { format!(" (by {})", names.join(", ")) }
}

/// `user` or `role`.
fn word(person: &Observation) -> &str {
    if person.resource.kind.as_str() == "aws.iam.user" { "user" } else { "role" }
}

fn last(arn: &str) -> &str {
    if arn.starts_with("arn:") { arn.rsplit(['/', ':']).next().unwrap_or(arn) } else { arn }
}

/// Who can assume the role: principals of ours that its trust policy names, and others.
fn assumed(world: &World<'_>, builder: &mut Builder, people: &People<'_>, ours: &Accounts<'_>, role: &Observation) {
    let id = role.resource.id.as_str();
    let Some(document) = facet(role, "trust").value().and_then(|trust| trust.get("document")) else { return };
    let mut inside: BTreeMap<&str, &Observation> = BTreeMap::new();
    let mut outside: BTreeSet<String> = BTreeSet::new();
    for statement in list(document, "/statements") {
        if text(statement, "/effect") != Some("Allow") || !speaks_of(&json!({"statements": [statement]}), TRUST_ACTION)
        {
            continue;
        }
        let mut all = statement.get("not_principal").is_some();
        let names = list(statement, "/principal/AWS").iter().chain(list(statement, "/principal/*"));
        for name in names.filter_map(Value::as_str) {
            let account = account_of(name).or_else(|| Some(name).filter(|name| is_account(name)));
            match account {
                _ if name == "*" => all = true,
                Some(account) if !ours.ours.contains(account) => {
                    let arn = if is_account(name) {
                        format!("arn:{}:iam::{name}:root", arn_field(id, 1))
                    } else {
                        name.to_owned()
                    };
                    outside.insert(arn);
                }
                Some(account) if is_account(name) || name.ends_with(":root") => {
                    let some = people.of_account(account).iter().filter(|one| may(one, TRUST_ACTION));
                    inside.extend(some.map(|one| (one.resource.id.as_str(), *one)));
                }
                _ => inside.extend(world.inventory.get(name).map(|one| (one.resource.id.as_str(), one))),
            }
        }
        if all {
            outside.insert(INTERNET.to_owned());
            let some = people.by_account.values().flatten().filter(|one| may(one, TRUST_ACTION));
            inside.extend(some.map(|one| (one.resource.id.as_str(), *one)));
        }
    }
    for (from, person) in inside {
        // Who is an administrator already gains nothing.
        if from == id || builder.has(from, Trait::Admin) == Known::Yes {
            continue;
        }
        let context = context(person);
        let answer = world.permissions.ask(&Question {
            principal: from,
            action: "sts:AssumeRole",
            resource: id,
            context: &context,
        });
        if let Some(caveats) = caveats(&answer) {
            let (who, whom) = (&person.resource.name, &role.resource.name);
            let mut fact =
                Fact::new(format!("{} {who} can assume role {whom}{}", word(person), by(&answer)), answer.to_value());
            fact.caveats = caveats;
            fact.breaks.push(format!("take {who} out of the trust policy of role {whom}"));
            fact.breaks.push(format!("take sts:AssumeRole on {whom} from {who}"));
            builder.edge(from, Relation::CanAssume, id, fact);
        }
    }
    for from in outside {
        let everybody = from == INTERNET;
        // An account that is nobody's stands for all of them.
        let principal = if everybody { "000000000000" } else { from.as_str() };
        let context = stranger();
        let context = if everybody { context } else { known_outsider(context, &from) };
        let answer =
            world.permissions.ask(&Question { principal, action: "sts:AssumeRole", resource: id, context: &context });
        let Some(mut caveats) = caveats(&answer) else { continue };
        if !everybody && let Some(why) = &ours.unread {
            let account = account_of(&from).unwrap_or_default();
            caveats.push(Caveat::unread(format!("whether account {account} is one of the organisation: {why}")));
        }
        let whom = &role.resource.name;
        let who = if everybody {
            "anybody with an account of AWS".to_owned()
        } else {
            format!("{from}, which is not of this organisation,")
        };
        let mut fact = Fact::new(format!("{who} can assume role {whom} without an external id"), answer.to_value());
        fact.caveats = caveats;
        fact.breaks
            .push(format!("ask for an sts:ExternalId in the trust policy of role {whom}, or take the outsider out"));
        if !everybody {
            builder.node(&from, "external", &from);
        }
        builder.mark(&from, Trait::Outside, Known::Yes);
        builder.edge(&from, Relation::CanAssume, id, fact);
    }
}

/// What is known of an outsider who is named.
fn known_outsider(context: Context, arn: &str) -> Context {
    let context = match account_of(arn) {
        Some(account) => context.with("aws:PrincipalAccount", [account]),
        None => context,
    };
    if arn.ends_with(":root") { context } else { context.with("aws:PrincipalArn", [arn]) }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Roles that an identity provider's users can assume whoever they are there.
fn federated(builder: &mut Builder, role: &Observation) {
    let id = role.resource.id.as_str();
    let Some(document) = facet(role, "trust").value().and_then(|trust| trust.get("document")) else { return };
    for statement in list(document, "/statements") {
        if text(statement, "/effect") != Some("Allow") || !speaks_of(&json!({"statements": [statement]}), WEB_IDENTITY)
        {
            continue;
        }
        let conditions = list(statement, "/condition");
        for provider in list(statement, "/principal/Federated").iter().filter_map(Value::as_str) {
            let Some((_, url)) = provider.split_once(":oidc-provider/") else { continue };
            let host = url.split('/').next().unwrap_or(url);
            // A cluster's provider vouches for the cluster's own workloads alone.
            if host.starts_with("oidc.eks.") || conditions.iter().any(pins_subject) {
                continue;
            }
            let others = conditions.iter().filter(|condition| {
                let key = text(condition, "/key").unwrap_or_default();
                !SUBJECTS.iter().chain(&["aud"]).any(|claim| key.ends_with(&format!(":{claim}")))
            });
            let whom = &role.resource.name;
            let sentence = format!("whoever {host} vouches for can assume role {whom}: no condition pins the subject");
            let mut fact = Fact::new(sentence, json!({"statement": statement}));
            fact.caveats.extend(others.map(|condition| Caveat::when(format!("the request fits {condition}"))));
            let known = PUBLIC_PROVIDERS.iter().any(|public| host == *public || host.ends_with(&format!(".{public}")));
            if !known {
                fact.caveats.push(Caveat::when(format!("strangers can get a token of {host}")));
            }
            fact.breaks.push(format!(
                "pin the subject ({host}:sub) to one repository and branch in the trust policy of {whom}"
            ));
            builder.node(provider, "aws.iam.oidc_provider", host);
            builder.mark(provider, Trait::PublicProvider, Known::Yes);
            builder.edge(provider, Relation::CanAssume, id, fact);
        }
    }
}

/// Whether a condition keeps all but certain subjects out. Patterns pin nothing where they leave open whose project it
/// is: `*`, `repo:*`, `repo:*/infra:*`.
fn pins_subject(condition: &Value) -> bool {
    let key = text(condition, "/key").unwrap_or_default();
    let operator = text(condition, "/operator").unwrap_or_default();
    let plain = operator.rsplit(':').next().unwrap_or_default();
    let claim = SUBJECTS.iter().find(|claim| key.ends_with(&format!(":{claim}")));
    let values = list(condition, "/values");
    if claim.is_none() || operator.starts_with("forallvalues") || values.is_empty() {
        return false;
    }
    match plain {
        "stringequals" | "stringequalsignorecase" => true,
        "stringlike" => values.iter().filter_map(Value::as_str).all(|value| {
            let rest = value.split_once(':').map_or(value, |(_, rest)| rest);
            let open = |text: &str| text.starts_with(['*', '?']) || text.is_empty();
            let whose = if value.contains(':') { rest } else { value };
            !open(value) && !open(whose)
        }),
        _ => false,
    }
}

/// Who can hand the role to a new function and call it (`iam:PassRole`, `lambda:CreateFunction`, `lambda:InvokeFunction`).
fn passed(world: &World<'_>, builder: &mut Builder, people: &People<'_>, role: &Observation) {
    let id = role.resource.id.as_str();
    if builder.has(id, Trait::Admin) == Known::No {
        return;
    }
    let service = "lambda.amazonaws.com";
    let trust = world.permissions.ask(&Question {
        principal: service,
        action: "sts:AssumeRole",
        resource: id,
        context: Context::EMPTY,
    });
    let Some(trusted) = caveats(&trust) else { return };
    let account = account_of(id).unwrap_or_default();
    for person in people.of_account(account) {
        let from = person.resource.id.as_str();
        if from == id || builder.has(from, Trait::Admin) == Known::Yes || !may(person, "iam:passrole") {
            continue;
        }
        let context = context(person).with("iam:PassedToService", [service]);
        let functions = format!("arn:{}:lambda:*:{account}:function:*", arn_field(id, 1));
        let (mut all, mut evidence, mut possible) = (trusted.clone(), Vec::new(), true);
        for (action, resource) in [
            ("iam:PassRole", id),
            ("lambda:CreateFunction", functions.as_str()),
            ("lambda:InvokeFunction", functions.as_str()),
        ] {
            let answer = world.permissions.ask(&Question { principal: from, action, resource, context: &context });
            match caveats(&answer) {
                Some(more) => all.extend(more),
                None => {
                    possible = false;
                    break;
                }
            }
            evidence.push(json!({"action": action, "answer": answer.to_value()}));
        }
        if !possible {
            continue;
        }
        let (who, whom) = (&person.resource.name, &role.resource.name);
        let sentence = format!(
            "{} {who} can pass role {whom} to a new function and call it, and so act with its rights",
            word(person)
        );
        let mut fact = Fact::new(sentence, json!(evidence));
        fact.caveats = all;
        fact.breaks.push(format!("take iam:PassRole on {whom} from {who}, or bind it to the services that need it"));
        fact.breaks.push(format!("take lambda:CreateFunction from {who}"));
        builder.edge(from, Relation::PassesRole, id, fact);
    }
}

/// Which of the policies that a user has, by itself or by a group, it can rewrite.
fn rewritten(world: &World<'_>, builder: &mut Builder, user: &Observation) {
    let from = user.resource.id.as_str();
    if builder.has(from, Trait::Admin) == Known::Yes || !may(user, "iam:createpolicyversion") {
        return;
    }
    // New rights end at the boundary.
    let boundary = facet(user, "boundary");
    let mut doubts = Vec::new();
    match &boundary {
        Read::Value(value)
            if value.get("present").and_then(Value::as_bool) == Some(true)
                && !value.get("document").is_some_and(|document| has_all(document, "Allow")) =>
        {
            return;
        }
        Read::Unread(why) => doubts.push(Caveat::unread(why.clone())),
        _ => {}
    }
    let Some(policies) = facet(user, "identity_policies").value() else { return };
    let context = context(user);
    for item in list(policies, "/items") {
        let Some(policy) = text(item, "/arn").filter(|arn| account_of(arn).is_some()) else { continue };
        let answer = world.permissions.ask(&Question {
            principal: from,
            action: "iam:CreatePolicyVersion",
            resource: policy,
            context: &context,
        });
        let Some(more) = caveats(&answer) else { continue };
        let (who, what) = (&user.resource.name, last(policy));
        let sentence = format!(
            "user {who} can write a new version of policy {what}, which {who} has: any right it likes{}",
            by(&answer)
        );
        let mut fact = Fact::new(sentence, answer.to_value());
        fact.hops.extend(text(item, "/group").map(str::to_owned));
        fact.caveats = doubts.iter().cloned().chain(more).collect();
        fact.breaks.push(format!("take iam:CreatePolicyVersion on {what} from {who}"));
        fact.breaks.push(format!("give {who} a permissions boundary"));
        builder.node(policy, "aws.iam.policy", what);
        builder.edge(from, Relation::RewritesPolicy, policy, fact);
    }
}

/// What roles that somebody gets to can read of the data that is marked sensitive.
fn read(world: &World<'_>, builder: &mut Builder) {
    let mut roles = builder.ends(Relation::RunsAs);
    roles.extend(builder.ends(Relation::CanAssume));
    let data = builder.marked(Trait::Sensitive);
    let context = Context::default().with("aws:SecureTransport", ["true"]);
    for role in &roles {
        let person = world.inventory.get(role);
        for (id, kind, _) in &data {
            let Some((_, actions, rest)) = READS.iter().find(|(of, ..)| of == kind) else { continue };
            let resource = format!("{id}{rest}");
            let best = actions
                .iter()
                .filter_map(|action| {
                    let question = Question { principal: role, action, resource: &resource, context: &context };
                    let answer = world.permissions.ask(&question);
                    // What everybody may is told of the data itself, once, and no rights of the role's.
                    if is_for_everybody(world, id, &answer) {
                        return None;
                    }
                    Some((*action, caveats(&answer)?, answer))
                })
                .min_by_key(|(_, caveats, _)| caveats.len());
            let Some((action, caveats, answer)) = best else { continue };
            let who = person.map_or(role.as_str(), |person| person.resource.name.as_str());
            let what = world.inventory.get(id).map_or(id.as_str(), |one| one.resource.name.as_str());
            let sentence = format!("role {who} can read {what}: {action}{}", by(&answer));
            let mut fact = Fact::new(sentence, json!({"action": action, "answer": answer.to_value()}));
            fact.caveats = caveats;
            fact.breaks.push(format!("take {action} on {what} from role {who}"));
            fact.breaks.push(format!("refuse role {who} in the policy of {what}"));
            builder.edge(role, Relation::CanRead, id, fact);
        }
    }
}

/// Whether all statements that allow it are of the resource's own policy and let everybody in.
fn is_for_everybody(world: &World<'_>, id: &str, answer: &Answer) -> bool {
    let mut allowing = answer.cited.iter().filter(|one| one.allows && one.layer != Layer::ServiceControl).peekable();
    let policy = world.inventory.get(id).and_then(|one| facet(one, "policy").value());
    let document = policy.and_then(|policy| policy.get("Policy").or_else(|| policy.get("ResourcePolicy")));
    allowing.peek().is_some()
        && allowing.all(|one| {
            let statement = document.and_then(|document| list(document, "/statements").get(one.index as usize));
            one.layer == Layer::Resource && &*one.holder == id && statement.is_some_and(is_everybody)
        })
}

/// Whether a statement names everybody.
fn is_everybody(statement: &Value) -> bool {
    let star = |pointer| list(statement, pointer).iter().any(|name: &Value| name.as_str() == Some("*"));
    star("/principal/*") || star("/principal/AWS")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_pinned_or_not() {
        let one = |operator: &str, claim: &str, value: &str| json!({"operator": operator, "key": format!("token.example:{claim}"), "values": [value]});
        for (condition, want, why) in [
            (one("stringequals", "sub", "repo:acme/infra:ref:refs/heads/main"), true, "one subject"),
            (one("stringlike", "sub", "repo:acme/*"), true, "one owner"),
            (one("stringlike", "sub", "*"), false, "everybody"),
            (one("stringlike", "sub", "repo:*"), false, "every repository"),
            (one("stringlike", "sub", "repo:*/infra:*"), false, "whoever calls a repository so"),
            (one("stringequals", "aud", "sts.amazonaws.com"), false, "the audience is the same for all"),
            (one("stringnotequals", "sub", "repo:acme/x"), false, "all but one"),
            (one("forallvalues:stringequals", "sub", "x"), false, "true where there is none"),
            (one("stringequals", "repository_owner", "acme"), true, "one owner by another claim"),
        ] {
            assert_eq!(pins_subject(&condition), want, "{why}");
        }
    }

    #[test]
    fn patterns_fit_as_in_iam() {
        for (pattern, text, want) in [
            ("*", "", true),
            ("iam:pass*", "iam:passrole", true),
            ("iam:?assrole", "iam:passrole", true),
            ("iam:*version", "iam:createpolicyversion", true),
            ("iam:pass", "iam:passrole", false),
            ("a*b*c", "aXbYc", true),
            ("a*b*c", "aXbY", false),
        ] {
            assert_eq!(fits(pattern, text), want, "{pattern} {text}");
        }
    }
}
