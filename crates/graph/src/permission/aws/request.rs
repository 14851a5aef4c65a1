//! A question made ready, with what is known of the request (IAM User Guide, "AWS global condition context keys").
use std::borrow::Cow;

use super::{
    super::{Context, Question},
    condition::Key,
    estate::{Estate, Principal, Resource, is_account},
    pattern,
    principal::{Who, session_parts},
    truth::Truth,
    variable,
};

#[derive(Debug)]
pub(super) struct Request<'a> {
    pub(super) estate: &'a Estate,
    pub(super) who: Who<'a>,
    /// Of the estate.
    pub(super) principal: Option<&'a Principal>,
    pub(super) action: Cow<'a, str>,
    pub(super) is_action_wild: bool,
    pub(super) resource: &'a str,
    pub(super) is_resource_wild: bool,
    /// The resource of the estate whose own policy speaks of it.
    pub(super) target: Option<&'a Resource>,
    /// Whose the resource is, where that is known.
    pub(super) account: Option<&'a str>,
    pub(super) context: &'a Context,
}

impl<'a> Request<'a> {
    pub(super) fn new(estate: &'a Estate, question: &Question<'a>) -> Self {
        let (who, principal) = who(estate, question.principal);
        let is_upper = question.action.bytes().any(|b| b.is_ascii_uppercase());
        let action =
            if is_upper { question.action.to_ascii_lowercase().into() } else { Cow::Borrowed(question.action) };
        let mut out = Self {
            estate,
            who,
            principal,
            is_action_wild: pattern::is_wild(&action),
            action,
            resource: question.resource,
            is_resource_wild: pattern::is_wild(question.resource),
            target: None,
            account: None,
            context: question.context,
        };
        let found = estate.resource_of(question.resource);
        let named = question.resource.split(':').nth(4).unwrap_or_default();
        // What has no account in its ARN is of the one that asks, but for buckets, which have one name in the world.
        let is_bucket = question.resource.split(':').nth(2) == Some("s3");
        out.account = match found {
            Some(resource) => Some(&resource.account),
            None if is_account(named) => Some(named),
            None if is_bucket => None,
            None => out.who.account(),
        };
        out.target = found.filter(|r| out.is_about(r.service));
        out
    }

    /// Whether a policy that speaks of actions of `service` has a say.
    fn is_about(&self, service: &str) -> bool {
        match self.service() {
            Some(asked) => asked == service,
            None => true,
        }
    }

    /// The service of the action; none where it has wildcards.
    pub(super) fn service(&self) -> Option<&str> {
        let service = self.action.split(':').next().unwrap_or_default();
        (!pattern::is_wild(service)).then_some(service)
    }

    /// What a policy variable stands for.
    pub(super) fn variable(&self, key: &str) -> variable::Value {
        match self.key(key) {
            Key::One(value) => variable::Value::One(value.into_owned()),
            Key::Many([value]) => variable::Value::One(value.clone()),
            Key::Absent => variable::Value::Absent,
            _ => variable::Value::Unknown,
        }
    }

    /// What is known of a condition key, in lower case.
    pub(super) fn key(&self, key: &str) -> Key<'_> {
        match self.context.get(key) {
            Some(Some([one])) => return Key::One(one.into()),
            Some(Some(values)) => return Key::Many(values),
            Some(None) => return Key::Absent,
            None => {}
        }
        if let Some(name) = key.strip_prefix("aws:principaltag/") {
            return self.principal_tag(name);
        }
        if let Some((_, name)) = key.split_once(":resourcetag/") {
            return match self.target.and_then(|t| t.tags.as_ref()) {
                Some(tags) => tags.get(name).map_or(Key::Absent, |value| Key::One(value.into())),
                None => Key::Unknown,
            };
        }
        let is_person = matches!(self.who, Who::Iam { .. } | Who::Account { .. });
        match key {
            // Nobody who can choose sends a request in the clear.
            "aws:securetransport" => Key::One("true".into()),
            "aws:viaawsservice" => Key::One("false".into()),
            "aws:principalisawsservice" => Key::One(if self.is_service() { "true" } else { "false" }.into()),
            "aws:principalservicename" => match self.who {
                Who::Service(name) => Key::One(name.into()),
                _ => Key::Absent,
            },
            // Only services that act for somebody say for whom.
            "aws:sourcearn" | "aws:sourceaccount" | "aws:sourceorgid" | "aws:sourceorgpaths" | "aws:sourceowner"
                if is_person || self.who == Who::Anonymous =>
            {
                Key::Absent
            }
            "aws:calledvia" | "aws:calledviafirst" | "aws:calledvialast" if is_person => Key::Absent,
            "aws:resourceaccount" | "s3:resourceaccount" => self.account.map_or(Key::Unknown, |a| Key::One(a.into())),
            "aws:resourceorgid" => self.account.map_or(Key::Unknown, |a| self.organization(a)),
            "aws:requestedregion" => match self.resource.split(':').nth(3) {
                Some(region) if !region.is_empty() && !pattern::is_wild(region) => Key::One(region.into()),
                _ => Key::Unknown,
            },
            _ => self.of_principal(key),
        }
    }

    fn of_principal(&self, key: &str) -> Key<'_> {
        match self.who {
            Who::Anonymous | Who::Service(_) => match key {
                "aws:principaltype" if self.who == Who::Anonymous => Key::One("Anonymous".into()),
                "aws:userid" if self.who == Who::Anonymous => Key::One("anonymous".into()),
                "aws:principalarn"
                | "aws:principalaccount"
                | "aws:principalorgid"
                | "aws:principalorgpaths"
                | "aws:username"
                | "aws:multifactorauthpresent"
                | "aws:multifactorauthage"
                | "kms:calleraccount" => Key::Absent,
                _ => Key::Unknown,
            },
            Who::Federated(_) => Key::Unknown,
            Who::Iam { account, .. } | Who::Account { account } => match key {
                "aws:principalaccount" | "kms:calleraccount" => Key::One(account.into()),
                "aws:principalorgid" => self.organization(account),
                _ => match self.who {
                    Who::Iam { arn, is_role, unique, .. } => self.of_iam(key, arn, is_role, unique),
                    _ => Key::Unknown,
                },
            },
        }
    }

    fn of_iam(&self, key: &str, arn: &'a str, is_role: bool, unique: Option<&'a str>) -> Key<'_> {
        let lacks_mfa = self.principal.is_some_and(|p| p.lacks_mfa);
        match key {
            "aws:principalarn" => Key::One(arn.into()),
            "aws:principaltype" => Key::One(if is_role { "AssumedRole" } else { "User" }.into()),
            "aws:username" if is_role => Key::Absent,
            "aws:username" => Key::One(arn.rsplit(['/', ':']).next().unwrap_or_default().into()),
            "aws:userid" if !is_role => unique.map_or(Key::Unknown, |id| Key::One(id.into())),
            "aws:multifactorauthpresent" if lacks_mfa => Key::AbsentOr("false"),
            "aws:multifactorauthage" if lacks_mfa => Key::Absent,
            _ => Key::Unknown,
        }
    }

    fn principal_tag(&self, name: &str) -> Key<'_> {
        let Some(principal) = self.principal else {
            return if self.who == Who::Anonymous { Key::Absent } else { Key::Unknown };
        };
        // Whoever assumes a role may give the session tags of its own, where the trust lets that.
        if principal.is_role && self.may_tag(principal) {
            return Key::Unknown;
        }
        match &principal.tags {
            Some(tags) => tags.get(name).map_or(Key::Absent, |value| Key::One(value.into())),
            None => Key::Unknown,
        }
    }

    fn may_tag(&self, role: &Principal) -> bool {
        match self.estate.resource_of(&role.arn).and_then(|r| r.policy.as_ref()) {
            Some(trust) => {
                let mut about = trust.document.about(Some("sts"));
                about.any(|(_, s)| s.allows && s.actions.fit("sts:tagsession", false) != Truth::No)
            }
            None => true,
        }
    }

    /// The organisation of an account.
    fn organization(&self, account: &str) -> Key<'_> {
        if let Some(id) = self.estate.members.get(account) {
            return Key::One((&**id).into());
        }
        match (self.estate.accounts.get(account), self.estate.listed.first()) {
            (Some(known), _) if known.guard.unread.is_none() => Key::Absent,
            (None, Some(other)) => Key::Not(other),
            _ => Key::Unknown,
        }
    }

    fn is_service(&self) -> bool {
        matches!(self.who, Who::Service(_))
    }
}

/// Who the words of a question mean.
fn who<'a>(estate: &'a Estate, text: &'a str) -> (Who<'a>, Option<&'a Principal>) {
    if text == "*" {
        return (Who::Anonymous, None);
    }
    if is_account(text) {
        return (Who::Account { account: text }, None);
    }
    let found = estate.principal_by_arn.get(text);
    let session = if found.is_none() { session_parts(text) } else { None };
    let role = session.and_then(|(account, name, _)| {
        let mut key = String::with_capacity(account.len() + name.len() + 1);
        key.push_str(account);
        key.push('/');
        key.push_str(name);
        estate.role_by_name.get(key.as_str())
    });
    let principal = found.or(role).and_then(|index| estate.principals.get(*index as usize));
    if let Some(p) = principal {
        let who = Who::Iam {
            arn: &p.arn,
            account: &p.account,
            is_role: p.is_role,
            session: session.map(|_| text),
            unique: p.unique.as_deref(),
            has_boundary: p.boundary.is_some(),
        };
        return (who, principal);
    }
    if !text.starts_with("arn:") {
        let is_service = text.contains(".amazonaws.com") || text.contains(".aws.internal");
        return (if is_service { Who::Service(text) } else { Who::Federated(text) }, None);
    }
    let mut parts = text.splitn(6, ':').skip(4);
    let (account, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    if rest == "root" {
        return (Who::Account { account }, None);
    }
    if rest.starts_with("oidc-provider/") || rest.starts_with("saml-provider/") {
        return (Who::Federated(text), None);
    }
    let is_role = rest.starts_with("role/") || session.is_some();
    (Who::Iam { arn: text, account, is_role, session: session.map(|_| text), unique: None, has_boundary: false }, None)
}
