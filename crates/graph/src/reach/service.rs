//! Functions with a URL of their own, and APIs that call functions.
use serde_json::{Value, json};

use super::{World, caveats, compute::short, stranger};
use crate::{
    csr::{Builder, Caveat, Fact, INTERNET, Relation},
    inventory::{Read, facet, list, text},
    permission::Question,
};

/// Functions: their roles, and those that anybody can call by a URL.
pub(super) fn functions(world: &World<'_>, builder: &mut Builder) {
    for one in world.inventory.of_kind("aws.lambda.function") {
        let (id, name) = (one.resource.id.as_str(), one.resource.name.as_str());
        builder.node(id, "aws.lambda.function", name);
        if let Some(role) = facet(one, "configuration").value().and_then(|value| text(value, "/Role")) {
            let sentence = format!("function {name} works with the rights of role {}", short(role));
            let mut fact = Fact::new(sentence, json!({"role": role}));
            fact.breaks.push(format!("give function {name} a role with fewer rights"));
            builder.node(role, "aws.iam.role", short(role));
            builder.edge(id, Relation::RunsAs, role, fact);
        }
        let (url, mut unread) = match facet(one, "url") {
            Read::Value(url) => (url, Vec::new()),
            Read::None => continue,
            Read::Unread(why) => (&Value::Null, vec![Caveat::unread(why)]),
        };
        if unread.is_empty() && text(url, "/AuthType") != Some("NONE") {
            continue;
        }
        let context = stranger().with("lambda:FunctionUrlAuthType", ["NONE"]);
        let answer = world.permissions.ask(&Question {
            principal: "*",
            action: "lambda:InvokeFunctionUrl",
            resource: id,
            context: &context,
        });
        let Some(more) = caveats(&answer) else { continue };
        // Neither the URL nor the policy was read: nothing speaks for a way in but that nothing speaks against it.
        unread.extend(more);
        let sentence = format!("anybody on the internet can call function {name} by its URL, without signing in");
        let mut fact = Fact::new(sentence, json!({"url": url, "policy": answer.to_value()}));
        fact.caveats = unread;
        fact.ports.push("tcp/443".into());
        fact.breaks.push(format!("set the URL of {name} to AuthType AWS_IAM, or delete it"));
        fact.breaks.push(format!("take `*` out of the policy of {name} for lambda:InvokeFunctionUrl"));
        builder.edge(INTERNET, Relation::Reaches, id, fact);
    }
}

/// REST APIs that are deployed and have methods without authorization, with the functions that those call.
pub(super) fn apis(world: &World<'_>, builder: &mut Builder) {
    for one in world.inventory.of_kind("aws.apigateway.rest_api") {
        let (id, name) = (one.resource.id.as_str(), one.resource.name.as_str());
        builder.node(id, "aws.apigateway.rest_api", name);
        let stages = format!("{id}/stages/");
        let stage = world
            .inventory
            .of_kind("aws.apigateway.stage")
            .iter()
            .find(|stage| stage.resource.id.as_str().starts_with(&stages));
        let Some(stage) = stage else { continue };
        let mut doubts = Vec::new();
        match facet(one, "configuration") {
            Read::Value(api) => {
                if list(api, "/endpointConfiguration/types").iter().any(|kind| kind.as_str() == Some("PRIVATE")) {
                    continue;
                }
                if api.get("disableExecuteApiEndpoint").and_then(Value::as_bool) == Some(true) {
                    doubts
                        .push(Caveat::when(format!("API {name} has a domain of its own; its standard address is off")));
                }
                if let Some(policy) = api.get("policy").filter(|policy| policy.is_object()) {
                    match lets_strangers_in(policy) {
                        Some(more) => doubts.extend(more),
                        None => continue,
                    }
                }
            }
            Read::None => {}
            Read::Unread(why) => doubts.push(Caveat::unread(why)),
        }
        let methods = match facet(one, "methods") {
            Read::Value(methods) => list(methods, "/items"),
            Read::None => continue,
            Read::Unread(why) => {
                let mut fact = Fact::new(format!("the internet may reach methods of API {name}"), Value::Null);
                fact.caveats.push(Caveat::unread(why));
                builder.edge(INTERNET, Relation::Reaches, id, fact);
                continue;
            }
        };
        let open: Vec<&Value> = methods.iter().filter(|method| is_open(method)).collect();
        if open.is_empty() {
            continue;
        }
        let shown: Vec<String> = open
            .iter()
            .map(|method| {
                let at = |name| method.get(name).and_then(Value::as_str).unwrap_or("?");
                format!("{} {}", at("httpMethod"), at("path"))
            })
            .collect();
        let sentence =
            format!("anybody on the internet can call {} of API {name}, without signing in", shown.join(", "));
        let mut fact = Fact::new(sentence, json!({"methods": shown, "stage": stage.resource.id}));
        fact.hops.push(stage.resource.id.to_string());
        fact.ports.push("tcp/443".into());
        fact.caveats = doubts;
        fact.breaks.push(format!("ask for authorization on {} of API {name}", shown.join(", ")));
        builder.edge(INTERNET, Relation::Reaches, id, fact);
        for method in open {
            if let Some(target) = text(method, "/target") {
                calls(world, builder, (id, name), method, target);
            }
        }
    }
}

/// No authorization, and no key either.
fn is_open(method: &Value) -> bool {
    text(method, "/authorizationType") == Some("NONE")
        && method.get("apiKeyRequired").and_then(Value::as_bool) != Some(true)
}

/// The edge from an API to the function that one of its methods calls.
fn calls(world: &World<'_>, builder: &mut Builder, api: (&str, &str), method: &Value, target: &str) {
    let (id, name) = api;
    let sentence = format!("API {name} calls function {}", short(target));
    let mut fact = Fact::new(sentence, json!({"integration": method.get("integrationUri")}));
    fact.breaks.push(format!("take the right to call {} from API {name}", short(target)));
    // With credentials of its own the integration's role calls; else the function's policy must let the service in.
    if text(method, "/credentials").is_none() {
        let answer = world.permissions.ask(&Question {
            principal: "apigateway.amazonaws.com",
            action: "lambda:InvokeFunction",
            resource: target,
            // The service names the method as the source: the API's own ARN, which the policy is made for.
            context: &crate::permission::Context::default(),
        });
        match caveats(&answer) {
            Some(more) => fact.caveats.extend(more.into_iter().filter(|one| !one.text.contains("aws:sourcearn"))),
            None => fact
                .caveats
                .push(Caveat::when(format!("API Gateway may call {}: its policy does not say so now", short(target)))),
        }
    }
    builder.node(target, "aws.lambda.function", short(target));
    builder.edge(id, Relation::RoutesTo, target, fact);
}

/// Whether an API's own policy (normalised) lets strangers call it, and on what that depends; none where it does not.
/// API Gateway without authorization needs an Allow there and no Deny (API Gateway Developer Guide, "API Gateway
/// authorization flow: resource policy only").
fn lets_strangers_in(policy: &Value) -> Option<Vec<Caveat>> {
    if policy.get("valid").and_then(Value::as_bool) == Some(false) {
        return Some(vec![Caveat::unread("the policy of the API cannot be understood")]);
    }
    let (mut best, mut doubts): (Option<Vec<Caveat>>, Vec<Caveat>) = (None, Vec::new());
    for statement in list(policy, "/statements") {
        if !is_for_everybody(statement) {
            continue;
        }
        let denies = text(statement, "/effect") == Some("Deny");
        let mut open = Vec::new();
        let mut fits = true;
        for condition in list(statement, "/condition") {
            match stranger_fits(condition) {
                Some(true) => {}
                Some(false) => fits = false,
                None => open.push(Caveat::when(format!("the policy of the API: {condition}"))),
            }
        }
        match (denies, fits) {
            (_, false) => {}
            // A refusal that speaks of some methods or paths alone is not told apart: the API would be reached elsewhere.
            (true, true) if open.is_empty() && is_for_all(statement) => return None,
            (true, true) => doubts.push(Caveat::when("a refusal in the policy of the API does not fit")),
            (false, true) => {
                if best.as_ref().is_none_or(|best| open.len() < best.len()) {
                    best = Some(open);
                }
            }
        }
    }
    best.map(|mut best| {
        best.extend(doubts);
        best
    })
}

fn is_for_everybody(statement: &Value) -> bool {
    ["/principal/*", "/principal/AWS"]
        .iter()
        .any(|at| list(statement, at).iter().any(|name| name.as_str() == Some("*")))
        || statement.get("not_principal").is_some()
}

fn is_for_all(statement: &Value) -> bool {
    list(statement, "/resource").iter().filter_map(Value::as_str).any(|resource| {
        let path = resource.split_once("execute-api").map_or(resource, |(_, rest)| rest);
        path.chars().all(|c| "*/:".contains(c))
            || path.ends_with(":*")
            || path.ends_with("/*") && path.matches('/').count() <= 2
    })
}

/// Whether a stranger's request fits a condition on where it comes from; none where that cannot be said.
fn stranger_fits(condition: &Value) -> Option<bool> {
    let key = text(condition, "/key")?;
    let values: Vec<&str> = list(condition, "/values").iter().filter_map(Value::as_str).collect();
    let operator = text(condition, "/operator")?;
    match (operator, key) {
        ("ipaddress" | "notipaddress", "aws:sourceip") => {
            let family = super::Family::V4;
            let share = super::ranges::Ranges::of(family, values.iter().copied()).share(family);
            Some((share >= 900) == (operator == "ipaddress"))
        }
        (
            "stringequals" | "stringlike" | "arnequals" | "arnlike",
            "aws:sourcevpc" | "aws:sourcevpce" | "aws:vpcsourceip",
        ) => Some(false),
        ("stringnotequals" | "stringnotlike", "aws:sourcevpc" | "aws:sourcevpce") => Some(true),
        ("bool", "aws:securetransport") => Some(values.contains(&"true")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_of_an_api_keeps_strangers_out_or_not() {
        let all = json!({"*": ["*"]});
        let one = |effect: &str, condition: Value| {
            json!({"effect": effect, "principal": all, "action": ["execute-api:invoke"],
                   "resource": ["arn:aws:execute-api:eu-west-1:1:x/*"], "condition": condition})
        };
        let ip = |operator: &str, cidr: &str| json!([{"operator": operator, "key": "aws:sourceip", "values": [cidr]}]);
        for (statements, want, why) in [
            (vec![one("Allow", json!([]))], Some(0), "all may"),
            (vec![], None, "nothing allows"),
            (vec![one("Allow", ip("ipaddress", "198.51.100.0/24"))], None, "some addresses alone"),
            (vec![one("Allow", ip("ipaddress", "0.0.0.0/0"))], Some(0), "every address"),
            (
                vec![one("Allow", json!([])), one("Deny", ip("notipaddress", "198.51.100.0/24"))],
                None,
                "others are refused",
            ),
            (
                vec![one("Allow", json!([])), one("Deny", ip("ipaddress", "198.51.100.0/24"))],
                Some(0),
                "some are refused",
            ),
            (
                vec![one("Allow", json!([{"operator": "stringlike", "key": "aws:useragent", "values": ["x"]}]))],
                Some(1),
                "depends",
            ),
        ] {
            let got = lets_strangers_in(&json!({"valid": true, "statements": statements}));
            assert_eq!(got.map(|caveats| caveats.len()), want, "{why}");
        }
    }
}
