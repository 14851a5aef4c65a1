//! Small estates in the collector's form, for tests and measurements.
use std::collections::BTreeMap;

use casemate_estate::{Facet, FacetStatus, Kind, Observation, Resource, ResourceId, Snapshot, Timestamp};
use serde_json::{Map, Value, json};

pub(crate) const A: &str = "111111111111";
pub(crate) const B: &str = "222222222222";

/// An estate that grows.
#[derive(Default)]
pub(crate) struct Estate(Vec<Observation>);

impl Estate {
    /// Two accounts without an organisation.
    pub(crate) fn new() -> Self {
        Self::default().alone(A).alone(B)
    }

    pub(crate) fn add(mut self, id: &str, kind: &str, scope: &str, facets: &[(&str, Value)]) -> Self {
        let facets = facets
            .iter()
            .map(|(name, value)| ((*name).to_owned(), Facet::collected(value.clone(), Timestamp::UNIX_EPOCH)));
        self.0.push(Observation {
            resource: Resource {
                id: ResourceId::new(id).unwrap(),
                kind: Kind::new(kind),
                name: id.rsplit(['/', ':']).next().unwrap_or_default().to_owned(),
                scope: scope.to_owned(),
            },
            facets: facets.collect(),
        });
        self
    }

    /// An account of no organisation.
    pub(crate) fn alone(self, account: &str) -> Self {
        let facets =
            [("organization", json!({"present": false})), ("s3_public_access_block", json!({"present": false}))];
        self.add(&format!("arn:aws:iam::{account}:root"), "aws.account", account, &facets)
    }

    /// A user or role with its policies as AWS writes them; `configuration` may be null.
    pub(crate) fn principal(
        self,
        arn: &str,
        policies: &[Value],
        boundary: Option<&Value>,
        trust: Option<&Value>,
        configuration: Value,
    ) -> Self {
        let items: Vec<Value> = policies
            .iter()
            .enumerate()
            .map(|(i, p)| json!({"name": format!("p{i}"), "from": "inline", "document": normalise(p)}))
            .collect();
        let boundary = match boundary {
            Some(p) => json!({"present": true, "arn": "boundary", "document": normalise(p)}),
            None => json!({"present": false}),
        };
        let mut facets = vec![
            ("identity_policies", json!({"items": items})),
            ("boundary", boundary),
            ("configuration", configuration),
        ];
        if let Some(trust) = trust {
            facets.push(("trust", json!({"document": normalise(trust)})));
        }
        let kind = if arn.contains(":role/") { "aws.iam.role" } else { "aws.iam.user" };
        let account = arn.split(':').nth(4).unwrap_or_default().to_owned();
        self.add(arn, kind, &account, &facets)
    }

    pub(crate) fn user(self, arn: &str, policies: &[Value]) -> Self {
        self.principal(arn, policies, None, None, json!({"UserId": "AIDAEXAMPLEEXAMPLE", "Tags": []}))
    }

    pub(crate) fn role(self, arn: &str, policies: &[Value], trust: &Value) -> Self {
        self.principal(arn, policies, None, Some(trust), json!({"RoleId": "AROAEXAMPLEEXAMPLE", "Tags": []}))
    }

    pub(crate) fn bucket(self, name: &str, account: &str, policy: Option<&Value>) -> Self {
        let policy = policy.map_or_else(|| json!({"present": false}), |p| json!({"Policy": normalise(p)}));
        let facets = [("policy", policy), ("public_access_block", json!({"present": false}))];
        self.add(&format!("arn:aws:s3:::{name}"), "aws.s3.bucket", account, &facets)
    }

    pub(crate) fn without(mut self, id: &str, facet: &str) -> Self {
        for one in self.0.iter_mut().filter(|o| o.resource.id.as_str() == id) {
            let denied = Facet::missing(FacetStatus::Denied, "iam:Something: denied", Timestamp::UNIX_EPOCH);
            one.facets.insert(facet.to_owned(), denied);
        }
        self
    }

    pub(crate) fn snapshot(self) -> Snapshot {
        Snapshot {
            target: "test".into(),
            started: Timestamp::UNIX_EPOCH,
            finished: Timestamp::UNIX_EPOCH,
            observations: self.0,
            edges: Vec::new(),
            listings: Vec::new(),
        }
    }
}

/// A policy as AWS writes it, in the form of the collector.
pub(crate) fn normalise(policy: &Value) -> Value {
    let texts = |value: &Value| match value {
        Value::Array(list) => Value::Array(list.iter().map(|v| json!(text(v))).collect()),
        other => json!([text(other)]),
    };
    let mut out = Map::new();
    out.insert("valid".into(), json!(true));
    if let Some(version) = policy.get("Version") {
        out.insert("version".into(), version.clone());
    }
    let statements = match policy.get("Statement") {
        Some(Value::Array(list)) => list.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    let statements = statements.iter().map(|one| {
        let mut out: BTreeMap<&str, Value> = BTreeMap::new();
        for (from, to) in [("Effect", "effect"), ("Sid", "sid")] {
            if let Some(value) = one.get(from) {
                out.insert(to, value.clone());
            }
        }
        for (from, to) in [("Principal", "principal"), ("NotPrincipal", "not_principal")] {
            match one.get(from) {
                Some(Value::Object(kinds)) => {
                    let kinds: Map<String, Value> = kinds.iter().map(|(k, v)| (k.clone(), texts(v))).collect();
                    out.insert(to, kinds.into());
                }
                Some(_) => drop(out.insert(to, json!({"*": ["*"]}))),
                None => {}
            }
        }
        for (from, to) in [("Action", "action"), ("NotAction", "not_action")] {
            if let Some(value) = one.get(from) {
                let list = texts(value);
                let list = list.as_array().into_iter().flatten().map(|t| json!(text(t).to_lowercase()));
                out.insert(to, list.collect());
            }
        }
        for (from, to) in [("Resource", "resource"), ("NotResource", "not_resource")] {
            if let Some(value) = one.get(from) {
                out.insert(to, texts(value));
            }
        }
        if let Some(Value::Object(operators)) = one.get("Condition") {
            let mut list = Vec::new();
            for (operator, keys) in operators {
                for (key, values) in keys.as_object().into_iter().flatten() {
                    list.push(json!({
                        "operator": operator.to_lowercase(), "key": key.to_lowercase(), "values": texts(values),
                    }));
                }
            }
            out.insert("condition", list.into());
        }
        json!(out)
    });
    out.insert("statements".into(), statements.collect());
    Value::Object(out)
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
