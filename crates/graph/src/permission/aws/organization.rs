//! Policies of the organisation: what they leave an account (AWS Organizations User Guide, "SCP evaluation" and "RCP
//! evaluation").
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use casemate_estate::{Observation, ResourceId};
use serde_json::Value;

use super::{
    super::Hinge,
    document::Attached,
    estate::{Documents, facet},
};

/// What limits an account from above.
#[derive(Debug, Clone, Default)]
pub(super) struct Guard {
    /// The organisation's id.
    pub(super) organization: Option<Box<str>>,
    /// Service control policies: each level must allow. Empty where none bounds it.
    pub(super) levels: Vec<Vec<Attached>>,
    /// Those of units of which nobody knows whether they hold the account: their denials may strike.
    pub(super) doubtful: Vec<Attached>,
    /// Resource control policies that hold for its resources: what they deny is denied.
    pub(super) resource: Vec<Attached>,
    pub(super) resource_doubtful: Vec<Attached>,
    /// What could not be read.
    pub(super) unread: Option<Hinge>,
    pub(super) resource_unread: Option<Hinge>,
}

#[derive(Debug, Default)]
struct Organization {
    /// Id of the root, and whether each type of policy is switched on.
    roots: Vec<(String, BTreeSet<String>)>,
    control: Vec<Hanging>,
    resource: Vec<Hanging>,
    control_unread: Option<Hinge>,
    resource_unread: Option<Hinge>,
    /// Account to the ids of all that holds it, where the whole chain is known.
    chains: BTreeMap<String, Vec<String>>,
    /// Account to its parent.
    parents: BTreeMap<String, String>,
}

#[derive(Debug)]
struct Hanging {
    policy: Attached,
    targets: Vec<String>,
}

/// By management account.
#[derive(Debug, Default)]
pub(super) struct Organizations(BTreeMap<String, Organization>);

/// Reads what the management accounts tell.
pub(super) fn read<'s>(all: impl Iterator<Item = &'s Observation>, documents: &mut Documents) -> Organizations {
    let mut out = Organizations::default();
    for one in all {
        let kind = one.resource.kind.as_str();
        let Some(kind) = kind.strip_prefix("aws.organizations.") else { continue };
        let id = one.resource.id.as_str();
        let Some(management) = id.split(':').nth(4) else { continue };
        let organization = out.0.entry(management.to_owned()).or_default();
        let name = id.rsplit('/').next().unwrap_or_default().to_owned();
        match kind {
            "root" => {
                let types = facet(one, "configuration", "").ok().and_then(|c| c.get("PolicyTypes")?.as_array());
                let is_on = |t: &&Value| t.get("Status").and_then(Value::as_str) == Some("ENABLED");
                let on = types.into_iter().flatten().filter(is_on);
                let on = on.filter_map(|t| t.get("Type")?.as_str().map(str::to_owned)).collect();
                organization.roots.push((name, on));
            }
            "account" => {
                let configuration = one.facets.get("configuration").and_then(|f| f.value.as_deref());
                let path = configuration.and_then(|c| c.get("Paths")?.as_array()?.first()?.as_str());
                if let Some(path) = path {
                    // `o-…/r-…/ou-…/ACCOUNT/`
                    let chain = path.split('/').filter(|p| p.starts_with("r-") || p.starts_with("ou-"));
                    organization.chains.insert(name.clone(), chain.map(str::to_owned).collect());
                }
                let parents = one.facets.get("parents").and_then(|f| f.value.as_deref());
                let parent = parents.and_then(|p| p.get("items")?.as_array()?.first()?.get("Id")?.as_str());
                if let Some(parent) = parent {
                    organization.parents.insert(name, parent.to_owned());
                }
            }
            "service_control_policy" | "resource_control_policy" => {
                let matters = "it may forbid this";
                let hanging = hanging(one, matters, documents);
                let is_control = kind == "service_control_policy";
                match (hanging, is_control) {
                    (Ok(hanging), true) => organization.control.push(hanging),
                    (Ok(hanging), false) => organization.resource.push(hanging),
                    (Err(hinge), true) => organization.control_unread = Some(hinge),
                    (Err(hinge), false) => organization.resource_unread = Some(hinge),
                }
            }
            _ => {}
        }
    }
    out
}

fn hanging(one: &Observation, matters: &str, documents: &mut Documents) -> Result<Hanging, Hinge> {
    let content = facet(one, "content", matters)?;
    let content = content.get("Content").unwrap_or(content);
    let targets = facet(one, "targets", matters)?.get("items").and_then(Value::as_array);
    let targets = targets.into_iter().flatten().filter_map(|t| t.get("TargetId")?.as_str().map(str::to_owned));
    let holder: Arc<str> = one.resource.id.as_str().into();
    Ok(Hanging { policy: documents.attach(&holder, &one.resource.name, content), targets: targets.collect() })
}

impl Organizations {
    /// What bounds the account that `one` (`aws.account`) is.
    pub(super) fn guard(&self, one: &Observation, account: &str) -> Guard {
        let value = match facet(one, "organization", "policies of an organisation may forbid this") {
            Ok(value) => value,
            Err(hinge) => {
                let resource_unread = Some(hinge.clone());
                return Guard { unread: Some(hinge), resource_unread, ..Guard::default() };
            }
        };
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let mut guard = Guard { organization: text("Id").map(Into::into), ..Guard::default() };
        let Some(management) = text("MasterAccountId") else { return guard };
        // Neither kind of policy binds the management account.
        if management == account {
            return guard;
        }
        let unread = |what: &str| Hinge::Unread {
            resource: organization_arn(value, &one.resource.id),
            facet: what.into(),
            reason: "the organisation's policies were not read; they may forbid this".into(),
        };
        let Some(organization) = self.0.get(management).filter(|o| !o.roots.is_empty()) else {
            guard.unread = Some(unread("service_control_policies"));
            guard.resource_unread = Some(unread("resource_control_policies"));
            return guard;
        };
        let is_on = |kind: &str| organization.roots.iter().any(|(_, on)| on.contains(kind));
        let chain = organization.chain(account);
        if is_on("SERVICE_CONTROL_POLICY") {
            guard.unread.clone_from(&organization.control_unread);
            // Every level has a policy at least: where none was listed, the list was not read.
            if organization.control.is_empty() {
                guard.unread = Some(unread("service_control_policies"));
            }
            let (levels, doubtful) = organization.levels(&organization.control, &chain);
            // A level without a policy of ours was not read whole; it is taken as one that allows.
            guard.levels = levels.into_iter().filter(|level| !level.is_empty()).collect();
            guard.doubtful = doubtful;
        }
        if is_on("RESOURCE_CONTROL_POLICY") {
            guard.resource_unread.clone_from(&organization.resource_unread);
            let (levels, doubtful) = organization.levels(&organization.resource, &chain);
            guard.resource = levels.into_iter().flatten().collect();
            guard.resource_doubtful = doubtful;
        }
        guard
    }
}

fn organization_arn(value: &Value, or: &ResourceId) -> Arc<str> {
    value.get("Arn").and_then(Value::as_str).unwrap_or(or.as_str()).into()
}

/// The ids above an account with its own, and whether they are all.
struct Chain {
    ids: Vec<String>,
    is_whole: bool,
}

impl Organization {
    fn chain(&self, account: &str) -> Chain {
        if let Some(above) = self.chains.get(account).filter(|c| !c.is_empty()) {
            let ids = above.iter().cloned().chain([account.to_owned()]).collect();
            return Chain { ids, is_whole: true };
        }
        let mut ids: Vec<String> = self.roots.iter().map(|(id, _)| id.clone()).collect();
        let parent = self.parents.get(account);
        // Units within units are not listed.
        let is_whole = parent.is_some_and(|p| ids.contains(p));
        ids.extend(parent.filter(|p| !p.starts_with("r-")).cloned());
        ids.push(account.to_owned());
        Chain { ids, is_whole }
    }

    fn levels(&self, policies: &[Hanging], chain: &Chain) -> (Vec<Vec<Attached>>, Vec<Attached>) {
        let at = |id: &String| {
            let here = policies.iter().filter(|p| p.targets.contains(id));
            here.map(|p| p.policy.clone()).collect::<Vec<_>>()
        };
        let levels = chain.ids.iter().map(at).collect();
        let is_elsewhere = |p: &&Hanging| p.targets.iter().any(|t| t.starts_with("ou-") && !chain.ids.contains(t));
        let doubtful = if chain.is_whole {
            Vec::new()
        } else {
            policies.iter().filter(is_elsewhere).map(|p| p.policy.clone()).collect()
        };
        (levels, doubtful)
    }
}
