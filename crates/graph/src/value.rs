//! What is said of nodes: who is as good as an administrator, who signs in with a password alone, and which data somebody
//! marked as sensitive.
use std::collections::BTreeMap;

use casemate_estate::Observation;
use serde_json::Value;

use crate::{
    csr::{Builder, Known, Trait},
    inventory::{Inventory, Read, account_of, arn_field, facet, list, text},
};

/// Tags that say how data is classed, without case, hyphens, underscores and colons.
const TAG_KEYS: [&str; 7] = [
    "dataclass",
    "dataclassification",
    "classification",
    "datasensitivity",
    "sensitivity",
    "confidentiality",
    "datatype",
];
/// Values by which they call it sensitive, written likewise.
const TAG_VALUES: [&str; 14] = [
    "sensitive",
    "highlysensitive",
    "confidential",
    "highlyconfidential",
    "strictlyconfidential",
    "restricted",
    "secret",
    "topsecret",
    "private",
    "pii",
    "phi",
    "pci",
    "personal",
    "customer",
];
/// Kinds that hold data, with the facet of the list that carries their tags; none: tags are in the region's list alone.
const DATA: [(&str, Option<(&str, &str)>); 8] = [
    ("aws.s3.bucket", None),
    ("aws.dynamodb.table", None),
    ("aws.secretsmanager.secret", Some(("secret", "/Tags"))),
    ("aws.ec2.snapshot", Some(("configuration", "/Tags"))),
    ("aws.rds.snapshot", Some(("configuration", "/TagList"))),
    ("aws.rds.cluster_snapshot", Some(("configuration", "/TagList"))),
    ("aws.rds.instance", Some(("configuration", "/TagList"))),
    ("aws.rds.cluster", Some(("configuration", "/TagList"))),
];

/// Marks all nodes; makes those of data, users, roles and customer policies.
pub(crate) fn mark(inventory: &Inventory<'_>, builder: &mut Builder) {
    let tags = Tags::of(inventory);
    for (kind, own) in DATA {
        for one in inventory.of_kind(kind) {
            builder.node(one.resource.id.as_str(), kind, &one.resource.name);
            builder.mark(one.resource.id.as_str(), Trait::Sensitive, tags.sensitive(one, own));
        }
    }
    for kind in ["aws.iam.user", "aws.iam.role"] {
        for one in inventory.of_kind(kind) {
            let id = one.resource.id.as_str();
            builder.node(id, kind, &one.resource.name);
            builder.mark(id, Trait::Admin, admin(one));
            if kind == "aws.iam.user" {
                builder.mark(id, Trait::PasswordOnly, password_only(one));
            }
        }
    }
}

/// Tags by resource, as the regions' lists have them.
struct Tags<'a> {
    known: BTreeMap<&'a str, Vec<(&'a str, &'a str)>>,
    /// Accounts and regions (`ACCOUNT/REGION`) whose list was read.
    read: BTreeMap<&'a str, ()>,
}

impl<'a> Tags<'a> {
    fn of(inventory: &Inventory<'a>) -> Self {
        let mut out = Self { known: BTreeMap::new(), read: BTreeMap::new() };
        for region in inventory.of_kind("aws.account_region") {
            let Read::Value(value) = facet(region, "resource_tags") else { continue };
            out.read.insert(region.resource.id.as_str(), ());
            for item in list(value, "/items") {
                if let Some(arn) = text(item, "/ResourceARN") {
                    out.known.entry(arn).or_default().extend(pairs(list(item, "/Tags")));
                }
            }
        }
        out
    }

    fn sensitive(&self, one: &'a Observation, own: Option<(&str, &str)>) -> Known {
        let id = one.resource.id.as_str();
        if self.known.get(id).is_some_and(|tags| tags.iter().any(|(key, value)| says_sensitive(key, value))) {
            return Known::Yes;
        }
        let mut unread = false;
        match own.map(|(name, pointer)| (facet(one, name), pointer)) {
            Some((Read::Value(value), pointer)) => {
                if pairs(list(value, pointer)).any(|(key, value)| says_sensitive(key, value)) {
                    return Known::Yes;
                }
            }
            Some((Read::Unread(_), _)) => unread = true,
            Some((Read::None, _)) => {}
            // The bucket's own tags, where a scan asked for them; else its account's lists, whose regions we need not know.
            None => {
                let own = facet(one, "tags").value().and_then(|value| value.get("Tags")).and_then(Value::as_object);
                match own {
                    Some(own) => {
                        let mut own = own.iter().filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)));
                        if own.any(|(key, value)| says_sensitive(key, value)) {
                            return Known::Yes;
                        }
                    }
                    None => unread = !self.is_read(one),
                }
            }
        }
        if unread { Known::Unread } else { Known::No }
    }

    /// Whether the list that would hold the resource's tags was read.
    fn is_read(&self, one: &Observation) -> bool {
        let id = one.resource.id.as_str();
        if facet(one, "tags").value().is_some() {
            return true;
        }
        let region = arn_field(id, 3);
        if let Some(account) = account_of(id)
            && !region.is_empty()
        {
            return self.read.contains_key(format!("{account}/{region}").as_str());
        }
        let account = one.resource.scope.split('/').next().unwrap_or_default();
        let region = facet(one, "bucket").value().and_then(|bucket| text(bucket, "/BucketRegion"));
        match region {
            Some(region) => self.read.contains_key(format!("{account}/{region}").as_str()),
            None => {
                let start = format!("{account}/");
                self.read.keys().any(|place| place.starts_with(&start))
            }
        }
    }
}

fn pairs(tags: &[Value]) -> impl Iterator<Item = (&str, &str)> {
    tags.iter().filter_map(|tag| Some((text(tag, "/Key")?, text(tag, "/Value")?)))
}

fn says_sensitive(key: &str, value: &str) -> bool {
    let plain =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    TAG_KEYS.contains(&plain(key).as_str()) && TAG_VALUES.contains(&plain(value).as_str())
}

/// Whether a principal may do everything: a statement of its policies allows every action on every resource without
/// condition, none denies the same, and its boundary, where there is one, allows it too.
fn admin(one: &Observation) -> Known {
    let policies = match facet(one, "identity_policies") {
        Read::Value(policies) => policies,
        Read::None => return Known::No,
        Read::Unread(_) => return Known::Unread,
    };
    let documents = || list(policies, "/items").iter().filter_map(|item| item.get("document"));
    if documents().any(|document| document.get("valid").and_then(Value::as_bool) == Some(false)) {
        return Known::Unread;
    }
    if !documents().any(|document| has_all(document, "Allow")) || documents().any(|document| has_all(document, "Deny"))
    {
        return Known::No;
    }
    match facet(one, "boundary") {
        Read::Value(boundary) if boundary.get("present").and_then(Value::as_bool) == Some(true) => {
            match boundary.get("document") {
                Some(document) if has_all(document, "Allow") && !has_all(document, "Deny") => Known::Yes,
                _ => Known::No,
            }
        }
        Read::Value(_) | Read::None => Known::Yes,
        Read::Unread(_) => Known::Unread,
    }
}

/// A statement of this effect for every action on every resource, without condition.
pub(crate) fn has_all(document: &Value, effect: &str) -> bool {
    let is_star = |pointer: &str, statement: &Value| {
        list(statement, pointer).iter().filter_map(Value::as_str).any(|text| matches!(text, "*" | "*:*"))
    };
    list(document, "/statements").iter().any(|statement| {
        text(statement, "/effect") == Some(effect)
            && is_star("/action", statement)
            && is_star("/resource", statement)
            && list(statement, "/condition").is_empty()
    })
}

/// A user with a password and without a second factor.
fn password_only(user: &Observation) -> Known {
    let password = match facet(user, "login_profile") {
        Read::Value(profile) if profile.get("present").and_then(Value::as_bool) == Some(false) => return Known::No,
        Read::Value(_) => Known::Yes,
        Read::None => return Known::No,
        Read::Unread(_) => Known::Unread,
    };
    match facet(user, "mfa_devices") {
        Read::Value(devices) if !list(devices, "/items").is_empty() => Known::No,
        Read::Value(_) | Read::None => password,
        Read::Unread(_) => Known::Unread,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_say_sensitive_in_many_spellings() {
        for (key, value, want) in [
            ("data-class", "sensitive", true),
            ("DataClassification", "Confidential", true),
            ("data_class", "public", false),
            ("team", "sensitive", false),
            ("app:data-class", "sensitive", false),
        ] {
            assert_eq!(says_sensitive(key, value), want, "{key}={value}");
        }
    }
}
