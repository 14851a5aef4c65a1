//! What of an estate speaks of permissions: principals, resources with policies, accounts and their organisation.
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use casemate_estate::{ContentHash, FacetStatus, Observation, Snapshot};
use serde_json::Value;

use super::{
    super::Hinge,
    document::{Attached, Document},
    organization::{self, Guard},
    truth::Truth,
};

pub(super) type Tags = BTreeMap<Box<str>, String>;

/// A user or a role.
#[derive(Debug)]
pub(super) struct Principal {
    pub(super) arn: Arc<str>,
    pub(super) account: Box<str>,
    pub(super) is_role: bool,
    /// `AIDA…` or `AROA…`.
    pub(super) unique: Option<Box<str>>,
    /// Keys in lower case, for they have no case in conditions.
    pub(super) tags: Option<Tags>,
    /// Whether it surely signs in without a second factor; never of roles.
    pub(super) lacks_mfa: bool,
    pub(super) identity: Vec<Attached>,
    pub(super) boundary: Option<Attached>,
    /// What of the above could not be read.
    pub(super) identity_unread: Option<Hinge>,
    pub(super) boundary_unread: Option<Hinge>,
}

/// A resource that may have a policy of its own.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) arn: Arc<str>,
    pub(super) account: Box<str>,
    /// Of the actions that its policy speaks of.
    pub(super) service: &'static str,
    /// Whether nobody may do anything that its policy does not let: keys, and roles.
    pub(super) is_policy_needed: bool,
    pub(super) tags: Option<Tags>,
    pub(super) policy: Option<Attached>,
    pub(super) policy_unread: Option<Hinge>,
    /// Whether S3's block keeps all but the account out where the policy is public.
    pub(super) is_public_blocked: Truth,
    /// Grants of a key: who, and for what.
    pub(super) grants: Vec<KeyGrant>,
    pub(super) grants_unread: Option<Hinge>,
}

#[derive(Debug)]
pub(super) struct KeyGrant {
    pub(super) to: Box<str>,
    /// `kms:decrypt`.
    pub(super) actions: Vec<Box<str>>,
    pub(super) has_constraints: bool,
}

#[derive(Debug, Default)]
pub(super) struct Account {
    pub(super) guard: Guard,
    is_public_blocked: Option<Truth>,
}

#[derive(Debug, Default)]
pub(super) struct Estate {
    pub(super) principals: Vec<Principal>,
    pub(super) principal_by_arn: HashMap<Arc<str>, u32>,
    /// `account/name` of a role: what the ARN of a session tells.
    pub(super) role_by_name: HashMap<Box<str>, u32>,
    pub(super) resources: Vec<Resource>,
    pub(super) resource_by_arn: HashMap<Arc<str>, u32>,
    pub(super) accounts: HashMap<Box<str>, Account>,
    /// By service and account: a resource whose policy denies something, or was not read.
    pub(super) narrowed: HashMap<&'static str, HashMap<Box<str>, Arc<str>>>,
    /// Accounts that are known to belong to an organisation, and the organisations whose accounts are all known.
    pub(super) members: HashMap<Box<str>, Box<str>>,
    pub(super) listed: Vec<Box<str>>,
}

/// Kinds with policies of their own: kind, facet, service of their actions.
pub(super) const POLICIES: &[(&str, &str, &str)] = &[
    ("aws.s3.bucket", "policy", "s3"),
    ("aws.sqs.queue", "attributes", "sqs"),
    ("aws.sns.topic", "attributes", "sns"),
    ("aws.lambda.function", "policy", "lambda"),
    ("aws.kms.key", "policy", "kms"),
    ("aws.secretsmanager.secret", "policy", "secretsmanager"),
    ("aws.ecr.repository", "policy", "ecr"),
    ("aws.dynamodb.table", "policy", "dynamodb"),
    ("aws.efs.file_system", "policy", "elasticfilesystem"),
    ("aws.backup.vault", "policy", "backup"),
    ("aws.opensearch.domain", "domain", "es"),
    ("aws.eventbridge.bus", "configuration", "events"),
    ("aws.iam.role", "trust", "sts"),
];

/// Facets that hold tags.
const TAGGED: &[&str] = &["tags", "configuration", "secret", "key"];

/// Documents that are the same are kept once.
#[derive(Default)]
pub(super) struct Documents(HashMap<ContentHash, Arc<Document>>);

impl Documents {
    pub(super) fn get(&mut self, value: &Value) -> Arc<Document> {
        let document = self.0.entry(ContentHash::of_value(value)).or_insert_with(|| Arc::new(Document::new(value)));
        Arc::clone(document)
    }

    pub(super) fn attach(&mut self, holder: &Arc<str>, name: &str, value: &Value) -> Attached {
        Attached { holder: Arc::clone(holder), name: name.into(), document: self.get(value) }
    }
}

/// The value of a facet, or why there is none.
pub(super) fn facet<'s>(of: &'s Observation, name: &str, matters: &str) -> Result<&'s Value, Hinge> {
    let unread = |why: &str| Hinge::Unread {
        resource: of.resource.id.as_str().into(),
        facet: name.into(),
        reason: format!("{why}; {matters}").into(),
    };
    match of.facets.get(name) {
        None => Err(unread("it was not read")),
        Some(facet) => match (&facet.value, facet.status) {
            (Some(value), FacetStatus::Collected) => Ok(value),
            (_, status) => Err(unread(facet.reason.as_deref().unwrap_or(status.as_str()))),
        },
    }
}

/// The policy document within a facet: the object that says whether it is valid.
fn document_in(value: &Value, depth: u8) -> Option<&Value> {
    let object = value.as_object()?;
    if object.contains_key("valid") && object.contains_key("statements") {
        return Some(value);
    }
    if depth == 0 { None } else { object.values().find_map(|inner| document_in(inner, depth - 1)) }
}

fn tags(of: &Observation) -> Option<Tags> {
    TAGGED.iter().find_map(|name| {
        let value = of.facets.get(*name)?.value.as_deref()?;
        let list = [value.get("Tags"), value.get("TagSet"), value.get("items").filter(|_| *name == "tags")];
        match list.into_iter().flatten().next() {
            Some(Value::Array(list)) => {
                let text =
                    |one: &Value, a: &str, b: &str| one.get(a).or_else(|| one.get(b))?.as_str().map(str::to_owned);
                let pairs = list.iter().filter_map(|one| {
                    let key = text(one, "Key", "TagKey")?.to_lowercase().into();
                    Some((key, text(one, "Value", "TagValue")?))
                });
                Some(pairs.collect())
            }
            Some(Value::Object(map)) => {
                let pairs = map.iter().filter_map(|(k, v)| Some((k.to_lowercase().into(), v.as_str()?.to_owned())));
                Some(pairs.collect())
            }
            // A facet of tags without any has none; of the others nobody knows.
            _ => (*name == "tags" || value.get("UserId").or_else(|| value.get("RoleId")).is_some()).then(Tags::new),
        }
    })
}

impl Estate {
    pub(super) fn of(snapshots: &[&Snapshot]) -> Self {
        let mut out = Self::default();
        let mut documents = Documents::default();
        let all = || snapshots.iter().flat_map(|s| &s.observations);
        let organizations = organization::read(all(), &mut documents);
        for one in all() {
            if one.resource.kind.as_str() == "aws.account" {
                let id = account_of(one);
                let is_public_blocked = block(one, "s3_public_access_block");
                let guard = organizations.guard(one, &id);
                out.member(one, &id, &guard);
                out.accounts.insert(id, Account { guard, is_public_blocked });
            }
        }
        for one in all() {
            let kind = one.resource.kind.as_str();
            if kind == "aws.iam.user" || kind == "aws.iam.role" {
                out.principal(one, kind == "aws.iam.role", &mut documents);
            }
            if let Some((_, facet, service)) = POLICIES.iter().find(|(known, ..)| *known == kind) {
                out.resource(one, facet, service, &mut documents);
            }
        }
        out
    }

    fn member(&mut self, one: &Observation, id: &str, guard: &Guard) {
        let Some(organization) = &guard.organization else { return };
        self.members.insert(id.into(), organization.clone());
        let Some(list) =
            one.facets.get("organization_accounts").and_then(|f| f.value.as_deref()?.get("items")?.as_array())
        else {
            return;
        };
        for account in list.iter().filter_map(|a| a.get("Id")?.as_str()) {
            self.members.insert(account.into(), organization.clone());
        }
        self.listed.push(organization.clone());
    }

    fn principal(&mut self, one: &Observation, is_role: bool, documents: &mut Documents) {
        let arn: Arc<str> = one.resource.id.as_str().into();
        let mut identity = Vec::new();
        let identity_unread = match facet(one, "identity_policies", "it may be let to do this or forbidden") {
            Err(hinge) => Some(hinge),
            Ok(value) => {
                for policy in value.get("items").and_then(Value::as_array).into_iter().flatten() {
                    let text = |key: &str| policy.get(key).and_then(Value::as_str);
                    let holder = text("group").map_or_else(|| Arc::clone(&arn), Into::into);
                    let name = text("arn").or_else(|| text("name")).unwrap_or("?");
                    let document = policy.get("document").unwrap_or(&Value::Null);
                    identity.push(documents.attach(&holder, name, document));
                }
                None
            }
        };
        let (boundary, boundary_unread) = match facet(one, "boundary", "a boundary may forbid this") {
            Err(hinge) => (None, Some(hinge)),
            Ok(value) if value.get("present").and_then(Value::as_bool) == Some(true) => {
                let name = value.get("arn").and_then(Value::as_str).unwrap_or("boundary");
                (Some(documents.attach(&arn, name, value.get("document").unwrap_or(&Value::Null))), None)
            }
            Ok(_) => (None, None),
        };
        let configuration = one.facets.get("configuration").and_then(|f| f.value.as_deref());
        let unique = configuration.and_then(|c| c.get("UserId").or_else(|| c.get("RoleId"))).and_then(Value::as_str);
        let devices = one.facets.get("mfa_devices").filter(|f| f.status == FacetStatus::Collected);
        let devices = devices.and_then(|f| f.value.as_deref()?.get("items")?.as_array());
        let account = account_of(one);
        let index = u32::try_from(self.principals.len()).unwrap_or(u32::MAX);
        self.principal_by_arn.insert(Arc::clone(&arn), index);
        if is_role {
            let name = arn.rsplit(['/', ':']).next().unwrap_or_default();
            self.role_by_name.insert(format!("{account}/{name}").into(), index);
        }
        self.principals.push(Principal {
            arn,
            account,
            is_role,
            unique: unique.map(Into::into),
            tags: tags(one),
            lacks_mfa: !is_role && devices.is_some_and(Vec::is_empty),
            identity,
            boundary,
            identity_unread,
            boundary_unread,
        });
    }

    fn resource(&mut self, one: &Observation, name: &str, service: &'static str, documents: &mut Documents) {
        let arn: Arc<str> = one.resource.id.as_str().into();
        let account = account_of(one);
        let (policy, policy_unread) = match facet(one, name, "its policy may let this or forbid it") {
            Err(hinge) => (None, Some(hinge)),
            Ok(value) => (document_in(value, 3).map(|document| documents.attach(&arn, name, document)), None),
        };
        let is_role = service == "sts";
        if policy_unread.is_some() || policy.as_ref().is_some_and(|p| p.document.denies) {
            let of_service = self.narrowed.entry(service).or_default();
            of_service.entry(account.clone()).or_insert_with(|| Arc::clone(&arn));
        }
        let mut grants = Vec::new();
        let mut grants_unread = None;
        if service == "kms" {
            match facet(one, "grants", "a grant may let this") {
                Err(hinge) => grants_unread = Some(hinge),
                Ok(value) => {
                    let list = value.get("items").or_else(|| value.get("Grants")).and_then(Value::as_array);
                    grants.extend(list.into_iter().flatten().filter_map(grant));
                }
            }
        }
        let of_account = self.accounts.get(&account).and_then(|a| a.is_public_blocked);
        let is_public_blocked = match (service, block(one, "public_access_block"), of_account) {
            ("s3", Some(Truth::Yes), _) | ("s3", _, Some(Truth::Yes)) => Truth::Yes,
            ("s3", Some(Truth::No), Some(Truth::No)) => Truth::No,
            ("s3", ..) => Truth::Maybe,
            _ => Truth::No,
        };
        let index = u32::try_from(self.resources.len()).unwrap_or(u32::MAX);
        self.resource_by_arn.insert(Arc::clone(&arn), index);
        self.resources.push(Resource {
            arn,
            account,
            service,
            is_policy_needed: is_role || service == "kms",
            tags: tags(one),
            policy,
            policy_unread,
            is_public_blocked,
            grants,
            grants_unread,
        });
    }

    /// The resource of the estate that the ARN names or is a part of: an object's bucket, a version's function.
    pub(super) fn resource_of(&self, arn: &str) -> Option<&Resource> {
        let mut name = arn;
        loop {
            if let Some(index) = self.resource_by_arn.get(name) {
                // A role has no parts; another's path may look like its name.
                return self.resources.get(*index as usize).filter(|r| r.service != "sts" || name.len() == arn.len());
            }
            let at = name.rfind(['/', ':'])?;
            name = name.get(..at)?;
            if name.bytes().filter(|b| *b == b':').count() < 5 {
                return None;
            }
        }
    }
}

fn grant(value: &Value) -> Option<KeyGrant> {
    let operations = value.get("Operations").and_then(Value::as_array);
    let actions = operations.into_iter().flatten().filter_map(Value::as_str);
    Some(KeyGrant {
        to: value.get("GranteePrincipal")?.as_str()?.into(),
        actions: actions.map(|name| format!("kms:{}", name.to_lowercase()).into()).collect(),
        has_constraints: value.get("Constraints").is_some_and(|c| !c.is_null()),
    })
}

/// Whether a block of public access restricts public buckets; none where it was not read.
fn block(one: &Observation, name: &str) -> Option<Truth> {
    let facet = one.facets.get(name).filter(|f| f.status == FacetStatus::Collected)?;
    let value = facet.value.as_deref()?;
    Some((value.get("RestrictPublicBuckets").and_then(Value::as_bool) == Some(true)).into())
}

/// The account that holds a resource: the ARN says it, or else its scope (`ACCOUNT` or `ACCOUNT/REGION`).
fn account_of(one: &Observation) -> Box<str> {
    let of_arn = one.resource.id.as_str().split(':').nth(4).filter(|account| is_account(account));
    of_arn.unwrap_or_else(|| one.resource.scope.split('/').next().unwrap_or_default()).into()
}

pub(super) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}
