//! Which policies speak for whom: made from the one call that gives all principals and policies. What cannot be found
//! there is an error, never an empty list.
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{policy::normalise, table::Subject, template};

/// The lists of the two calls: principals with customer policies, and AWS's own policies.
struct Lists<'a> {
    details: &'a Value,
    aws: &'a Value,
}

impl<'a> Lists<'a> {
    fn new(lists: &[&'a Value]) -> Result<Self, String> {
        match lists {
            [details, aws] => Ok(Self { details, aws }),
            _ => Err("the lists of principals are not there".into()),
        }
    }

    /// The document of a managed policy that is in force.
    fn document(&self, arn: &str) -> Result<Value, String> {
        let missing =
            || format!("iam:GetAccountAuthorizationDetails: policy `{arn}` is attached and not in the answer");
        // `arn:PARTITION:iam::aws:policy/…`: AWS's own.
        let own = arn.split(':').nth(4) == Some("aws");
        let list = if own { self.aws } else { self.details };
        let policy = find(list, "Policies[]", "Arn", arn).ok_or_else(missing)?;
        let version = in_force(policy).ok_or_else(missing)?;
        let document = version.get("Document").ok_or_else(missing)?;
        Ok(if own { normalise(document) } else { document.clone() })
    }

    /// Adds a holder's own policies, those of a group named by `group`.
    fn add(&self, holder: &Value, inline: &str, group: Option<&str>, out: &mut Vec<Value>) -> Result<(), String> {
        let mut push = |mut entry: Map<String, Value>| {
            if let Some(group) = group {
                entry.insert("group".into(), group.into());
            }
            out.push(Value::Object(entry));
        };
        for one in template::walk(holder, &format!("{inline}[]")) {
            let document = one.get("PolicyDocument").ok_or("an inline policy has no document")?;
            push(Map::from_iter([
                ("name".to_owned(), name_of(one)),
                ("from".to_owned(), "inline".into()),
                ("document".to_owned(), document.clone()),
            ]));
        }
        for one in template::walk(holder, "AttachedManagedPolicies[]") {
            let arn = one.get("PolicyArn").and_then(Value::as_str).ok_or("an attached policy has no ARN")?;
            push(Map::from_iter([
                ("name".to_owned(), name_of(one)),
                ("from".to_owned(), "attached".into()),
                ("arn".to_owned(), arn.into()),
                ("document".to_owned(), self.document(arn)?),
            ]));
        }
        Ok(())
    }
}

fn name_of(policy: &Value) -> Value {
    policy.get("PolicyName").cloned().unwrap_or_default()
}

fn find<'v>(list: &'v Value, path: &str, field: &str, text: &str) -> Option<&'v Value> {
    template::walk(list, path).into_iter().find(|one| one.get(field).and_then(Value::as_str) == Some(text))
}

/// The version of a policy that is in force.
fn in_force(policy: &Value) -> Option<&Value> {
    let named = policy.get("DefaultVersionId").and_then(Value::as_str)?;
    find(policy, "PolicyVersionList[]", "VersionId", named)
}

/// `identity_policies` of a user: its own and those of its groups.
pub(super) fn of_user(subject: &Subject<'_>, lists: &[&Value]) -> Result<Value, String> {
    let lists = Lists::new(lists)?;
    let mut out = Vec::new();
    lists.add(subject.item, "UserPolicyList", None, &mut out)?;
    for (_, group) in groups_of(subject.item, lists.details)? {
        let arn = group.get("Arn").and_then(Value::as_str).ok_or("a group has no ARN")?;
        lists.add(group, "GroupPolicyList", Some(arn), &mut out)?;
    }
    Ok(json!({"items": out}))
}

pub(super) fn of_group(subject: &Subject<'_>, lists: &[&Value]) -> Result<Value, String> {
    let mut out = Vec::new();
    Lists::new(lists)?.add(subject.item, "GroupPolicyList", None, &mut out)?;
    Ok(json!({"items": out}))
}

pub(super) fn of_role(subject: &Subject<'_>, lists: &[&Value]) -> Result<Value, String> {
    let mut out = Vec::new();
    Lists::new(lists)?.add(subject.item, "RolePolicyList", None, &mut out)?;
    Ok(json!({"items": out}))
}

/// The permissions boundary: `present` false where none is set.
pub(super) fn boundary(subject: &Subject<'_>, lists: &[&Value]) -> Result<Value, String> {
    let lists = Lists::new(lists)?;
    match template::at(subject.item, "PermissionsBoundary.PermissionsBoundaryArn").and_then(Value::as_str) {
        None => Ok(json!({"present": false})),
        Some(arn) => Ok(json!({"present": true, "arn": arn, "document": lists.document(arn)?})),
    }
}

/// The groups of a user by name.
fn groups_of<'v>(user: &'v Value, details: &'v Value) -> Result<Vec<(&'v str, &'v Value)>, String> {
    template::walk(user, "GroupList[]")
        .into_iter()
        .filter_map(Value::as_str)
        .map(|name| match find(details, "GroupDetailList[]", "GroupName", name) {
            Some(group) => Ok((name, group)),
            None => Err(format!("iam:GetAccountAuthorizationDetails: group `{name}` is not in the answer")),
        })
        .collect()
}

pub(super) fn groups(subject: &Subject<'_>, lists: &[&Value]) -> Result<Value, String> {
    let details = lists.first().ok_or("the list of groups is not there")?;
    let items: Vec<Value> = groups_of(subject.item, details)?
        .into_iter()
        .map(|(name, group)| json!({"GroupName": name, "Arn": group.get("Arn")}))
        .collect();
    Ok(json!({"items": items}))
}

pub(super) fn members(subject: &Subject<'_>, lists: &[&Value]) -> Result<Value, String> {
    let details = lists.first().ok_or("the list of users is not there")?;
    let items: Vec<Value> = template::walk(details, "UserDetailList[]")
        .into_iter()
        .filter(|user| template::walk(user, "GroupList[]").into_iter().any(|name| name.as_str() == Some(subject.name)))
        .map(|user| json!({"UserName": user.get("UserName"), "Arn": user.get("Arn")}))
        .collect();
    Ok(json!({"items": items}))
}

pub(super) fn trust(subject: &Subject<'_>, _lists: &[&Value]) -> Result<Value, String> {
    let document = subject.item.get("AssumeRolePolicyDocument").ok_or("the role has no trust policy in the answer")?;
    Ok(json!({"document": document}))
}

pub(super) fn last_used(subject: &Subject<'_>, lists: &[&Value]) -> Result<Value, String> {
    let roles = lists.first().ok_or("the list of roles is not there")?;
    let role = find(roles, "RoleDetailList[]", "Arn", subject.id).ok_or("the role is not in the answer")?;
    let mut out = Map::new();
    // The day alone: the time changes with every use.
    if let Some(date) = template::at(role, "RoleLastUsed.LastUsedDate").and_then(Value::as_str) {
        out.insert("date".into(), date.get(..10).unwrap_or(date).into());
    }
    if let Some(region) = template::at(role, "RoleLastUsed.Region").and_then(Value::as_str) {
        out.insert("region".into(), region.into());
    }
    Ok(Value::Object(out))
}

pub(super) fn default_version(subject: &Subject<'_>, _lists: &[&Value]) -> Result<Value, String> {
    let version = in_force(subject.item).ok_or("the version in force is not in the answer")?;
    let document = version.get("Document").ok_or("the version in force has no document")?;
    Ok(json!({"version": version.get("VersionId"), "document": document}))
}

/// Who has a policy attached, and whom it bounds.
pub(super) fn attached(subject: &Subject<'_>, lists: &[&Value]) -> Result<Value, String> {
    let details = lists.first().ok_or("the list of principals is not there")?;
    let mut attached = Vec::new();
    let mut bounded = Vec::new();
    for path in ["UserDetailList[]", "GroupDetailList[]", "RoleDetailList[]"] {
        for one in template::walk(details, path) {
            let Some(arn) = one.get("Arn") else { continue };
            let is = |value: &&Value| value.as_str() == Some(subject.id);
            if template::walk(one, "AttachedManagedPolicies[].PolicyArn").iter().any(is) {
                attached.push(arn.clone());
            }
            if template::walk(one, "PermissionsBoundary.PermissionsBoundaryArn").iter().any(is) {
                bounded.push(arn.clone());
            }
        }
    }
    Ok(json!({"items": attached, "boundary_of": bounded}))
}

/// AWS's own policies that are attached, each with its holders.
pub(super) fn aws_policies(_subject: &Subject<'_>, lists: &[&Value]) -> Result<Value, String> {
    let details = lists.first().ok_or("the list of principals is not there")?;
    let mut found: BTreeMap<&str, (Value, Vec<Value>)> = BTreeMap::new();
    for path in ["UserDetailList[]", "GroupDetailList[]", "RoleDetailList[]"] {
        for holder in template::walk(details, path) {
            for policy in template::walk(holder, "AttachedManagedPolicies[]") {
                let Some(arn) = policy.get("PolicyArn").and_then(Value::as_str) else { continue };
                if arn.split(':').nth(4) == Some("aws") {
                    let entry = found.entry(arn).or_insert_with(|| (name_of(policy), Vec::new()));
                    entry.1.extend(holder.get("Arn").cloned());
                }
            }
        }
    }
    let items: Vec<Value> = found
        .into_iter()
        .map(|(arn, (name, holders))| json!({"arn": arn, "name": name, "attached": holders}))
        .collect();
    Ok(json!({"items": items}))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject<'a>(item: &'a Value, facets: &'a Map<String, Value>, id: &'a str, name: &'a str) -> Subject<'a> {
        Subject {
            partition: "aws",
            account: "111111111111",
            region: "us-east-1",
            id,
            name,
            item,
            parent: &Value::Null,
            parent_id: "",
            parent_name: "",
            facets,
        }
    }

    fn details() -> Value {
        json!({
            "UserDetailList": [
                {"UserName": "ann", "Arn": "arn:ann", "GroupList": ["ops"],
                 "UserPolicyList": [{"PolicyName": "own", "PolicyDocument": {"valid": true, "statements": ["i"]}}],
                 "AttachedManagedPolicies": [{"PolicyName": "p", "PolicyArn": "arn:aws:iam::111111111111:policy/p"}]},
                {"UserName": "bob", "Arn": "arn:bob", "PermissionsBoundary": {"PermissionsBoundaryArn": "arn:aws:iam::111111111111:policy/p"}},
            ],
            "GroupDetailList": [{"GroupName": "ops", "Arn": "arn:ops", "AttachedManagedPolicies": [
                {"PolicyName": "ReadOnlyAccess", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}]}],
            "RoleDetailList": [],
            "Policies": [{"Arn": "arn:aws:iam::111111111111:policy/p", "DefaultVersionId": "v2", "PolicyVersionList": [
                {"VersionId": "v1", "Document": {"valid": true, "statements": ["old"]}},
                {"VersionId": "v2", "Document": {"valid": true, "statements": ["new"]}}]}],
        })
    }

    fn aws() -> Value {
        json!({"Policies": [{"Arn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "DefaultVersionId": "v1", "PolicyVersionList": [
            {"VersionId": "v1", "Document": "%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%7D%5D%7D"}]}]})
    }

    #[test]
    fn every_policy_of_a_user_is_there_with_its_road() {
        let (details, aws, none) = (details(), aws(), Map::new());
        let got = of_user(&subject(&details["UserDetailList"][0], &none, "arn:ann", "ann"), &[&details, &aws]).unwrap();
        assert_eq!(
            got,
            json!({"items": [
                {"name": "own", "from": "inline", "document": {"valid": true, "statements": ["i"]}},
                {"name": "p", "from": "attached", "arn": "arn:aws:iam::111111111111:policy/p",
                 "document": {"valid": true, "statements": ["new"]}},
                {"name": "ReadOnlyAccess", "from": "attached", "arn": "arn:aws:iam::aws:policy/ReadOnlyAccess",
                 "group": "arn:ops", "document": {"valid": true, "statements": [{"effect": "Allow"}]}},
            ]})
        );
        let bob = subject(&details["UserDetailList"][1], &none, "arn:bob", "bob");
        assert_eq!(of_user(&bob, &[&details, &aws]).unwrap(), json!({"items": []}));
        assert_eq!(boundary(&bob, &[&details, &aws]).unwrap()["document"]["statements"], json!(["new"]));
        let policy = subject(&details["Policies"][0], &none, "arn:aws:iam::111111111111:policy/p", "p");
        assert_eq!(attached(&policy, &[&details]).unwrap(), json!({"items": ["arn:ann"], "boundary_of": ["arn:bob"]}));
        assert_eq!(default_version(&policy, &[]).unwrap()["version"], "v2");
        assert_eq!(
            aws_policies(&policy, &[&details]).unwrap(),
            json!({"items": [
                {"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "name": "ReadOnlyAccess", "attached": ["arn:ops"]}
            ]})
        );
        let group = subject(&details["GroupDetailList"][0], &none, "arn:ops", "ops");
        assert_eq!(members(&group, &[&details]).unwrap(), json!({"items": [{"UserName": "ann", "Arn": "arn:ann"}]}));
    }

    #[test]
    fn what_is_not_in_the_answer_is_an_error() {
        let (details, none) = (details(), Map::new());
        let empty = json!({"Policies": []});
        let ann = subject(&details["UserDetailList"][0], &none, "arn:ann", "ann");
        assert!(of_user(&ann, &[&details, &empty]).unwrap_err().contains("ReadOnlyAccess"));
        assert!(of_user(&ann, &[&empty, &aws()]).unwrap_err().contains("policy/p"));
        let bob = subject(&details["UserDetailList"][1], &none, "arn:bob", "bob");
        assert!(boundary(&bob, &[&empty, &empty]).is_err());
        assert!(groups(&ann, &[&empty]).unwrap_err().contains("ops"));
        let other = json!({"DefaultVersionId": "v3", "PolicyVersionList": [{"VersionId": "v1", "Document": {}}]});
        assert!(default_version(&subject(&other, &none, "", ""), &[]).is_err());
        assert!(trust(&subject(&other, &none, "", ""), &[]).is_err());
    }
}
