//! The published order (IAM User Guide, "Policy evaluation for requests within a single account", "Cross-account policy
//! evaluation logic", "Permissions boundaries"; AWS KMS Developer Guide, "Key policies"): a denial anywhere decides; then
//! the organisation, the boundary and the session must each allow what identity or resource policies grant.
use super::{
    super::{Answer, Cited, Effect, Hinge, Layer},
    document::{Attached, Statement},
    estate::POLICIES,
    principal::{Entry, Match, Named, Who},
    request::Request,
    truth::Truth,
};

/// Hinges that an answer names.
const HINGES_MAX: usize = 64;

/// A statement that speaks of the request.
struct Hit<'a> {
    layer: Layer,
    attached: &'a Attached,
    index: u32,
    statement: &'a Statement,
    truth: Truth,
    named: Named,
}

/// What one layer says.
#[derive(Clone, Copy)]
struct Says {
    allow: Truth,
    deny: Truth,
}

impl Says {
    const NOTHING: Self = Self { allow: Truth::No, deny: Truth::No };

    fn or(self, other: Self) -> Self {
        Self { allow: self.allow.max(other.allow), deny: self.deny.max(other.deny) }
    }
}

struct Evaluation<'a, 'r> {
    request: &'r Request<'a>,
    hits: Vec<Hit<'r>>,
    unread: Vec<Hinge>,
}

/// The answer to a question.
pub(super) fn answer(request: &Request<'_>) -> Answer {
    let mut evaluation = Evaluation { request, hits: Vec::new(), unread: Vec::new() };
    let (allow, deny) = evaluation.decide();
    evaluation.answer(allow, deny)
}

impl<'r> Evaluation<'_, 'r> {
    fn decide(&mut self) -> (Truth, Truth) {
        let request = self.request;
        let (who, owner) = (request.who, request.account);
        let identity = self.identity();
        let boundary = self.boundary();
        let session = self.session();
        let control = self.control();
        let deny = identity.deny.max(boundary.deny).max(session.deny).max(control.deny);
        let limit = boundary.allow.min(session.allow);
        let own = identity.allow.min(limit);

        let resource = self.resource();
        let deny = deny.max(resource.deny).max(self.resource_control());
        let is_same = who.account().is_some() && who.account() == owner;
        let allow = match who {
            // Nobody but the resource speaks for them.
            Who::Service(_) | Who::Federated(_) | Who::Anonymous => resource.itself,
            _ if is_same => {
                let granted = resource.itself.max(resource.role.min(limit));
                // What a key's or a role's policy does not hand to its account, the account cannot give.
                granted.max(if resource.is_needed { own.min(resource.account) } else { own })
            }
            _ => {
                let granted = resource.itself.max(resource.role).max(resource.account);
                own.min(granted)
            }
        };
        (allow.min(control.allow), deny)
    }

    /// Reads a document; gives what its statements say.
    fn read(&mut self, layer: Layer, attached: &'r Attached) -> Says {
        let request = self.request;
        if let Some(problem) = &attached.document.problem {
            self.unread.push(Hinge::Unread {
                resource: attached.holder.clone(),
                facet: attached.name.clone(),
                reason: format!("the policy could not be understood: {problem}").into(),
            });
            return Says { allow: Truth::Maybe, deny: Truth::Maybe };
        }
        let mut says = Says::NOTHING;
        for (index, statement) in attached.document.about(request.service()) {
            let Match { truth, named } = self.fit(layer, statement);
            if truth == Truth::No {
                continue;
            }
            if statement.allows {
                says.allow = says.allow.max(truth);
            } else {
                says.deny = says.deny.max(truth);
            }
            self.hits.push(Hit { layer, attached, index, statement, truth, named });
        }
        says
    }

    fn fit(&self, layer: Layer, statement: &Statement) -> Match {
        let request = self.request;
        let no = Match { truth: Truth::No, named: Named::Itself };
        let mut truth = statement.actions.fit(&request.action, request.is_action_wild);
        if truth == Truth::No {
            return no;
        }
        let known = |key: &str| request.variable(key);
        truth = truth.min(match &statement.resources {
            Some(resources) => resources.fit(request.resource, request.is_resource_wild, &known, &mut Vec::new()),
            None if layer == Layer::Resource => Truth::Yes,
            None => Truth::Maybe,
        });
        if truth == Truth::No {
            return no;
        }
        let is_resource = matches!(layer, Layer::Resource | Layer::ResourceControl);
        let named = match &statement.principals {
            Some(principals) if is_resource => {
                let found = principals.fit(&request.who, statement.allows);
                truth = truth.min(found.truth);
                found.named
            }
            None if layer == Layer::Resource => return no,
            _ => Named::Itself,
        };
        for condition in &statement.conditions {
            if truth == Truth::No {
                return no;
            }
            truth = truth.min(condition.holds(&request.key(&condition.key), &known));
        }
        Match { truth, named }
    }

    /// What the principal's own policies say. Whoever is of an account that was not scanned, and an account's root user,
    /// may do all that others let them.
    fn identity(&mut self) -> Says {
        let request = self.request;
        let all = Says { allow: Truth::Yes, deny: Truth::No };
        let Some(principal) = request.principal else {
            return match request.who {
                Who::Iam { arn, account, .. } if request.estate.accounts.contains_key(account) => {
                    self.unread.push(Hinge::Unread {
                        resource: arn.into(),
                        facet: "identity_policies".into(),
                        reason: "the estate does not have this principal".into(),
                    });
                    Says { allow: Truth::Maybe, deny: Truth::Maybe }
                }
                // The root user cannot assume a role.
                Who::Account { account }
                    if request.estate.accounts.contains_key(account)
                        && request.action.starts_with("sts:assumerole") =>
                {
                    Says::NOTHING
                }
                Who::Iam { .. } | Who::Account { .. } => all,
                _ => Says::NOTHING,
            };
        };
        if let Some(hinge) = &principal.identity_unread {
            self.unread.push(hinge.clone());
            return Says { allow: Truth::Maybe, deny: Truth::Maybe };
        }
        principal.identity.iter().fold(Says::NOTHING, |says, one| says.or(self.read(Layer::Identity, one)))
    }

    fn boundary(&mut self) -> Says {
        let request = self.request;
        let Some(principal) = request.principal else { return Says { allow: Truth::Yes, deny: Truth::No } };
        match (&principal.boundary, &principal.boundary_unread) {
            (_, Some(hinge)) => {
                self.unread.push(hinge.clone());
                Says { allow: Truth::Maybe, deny: Truth::Maybe }
            }
            (Some(boundary), None) => self.read(Layer::Boundary, boundary),
            (None, None) => Says { allow: Truth::Yes, deny: Truth::No },
        }
    }

    fn session(&mut self) -> Says {
        let policies = self.request.context.session();
        if policies.is_empty() {
            return Says { allow: Truth::Yes, deny: Truth::No };
        }
        policies.iter().fold(Says::NOTHING, |says, one| says.or(self.read(Layer::Session, one.attached())))
    }

    /// Service control policies of the principal's account: every level must allow.
    fn control(&mut self) -> Says {
        let request = self.request;
        let free = Says { allow: Truth::Yes, deny: Truth::No };
        let Some(account) = request.who.account().and_then(|id| request.estate.accounts.get(id)) else { return free };
        // Roles that services link to themselves are not bound.
        if matches!(request.who, Who::Iam { arn, .. } if arn.contains(":role/aws-service-role/")) {
            return free;
        }
        let mut says = free;
        for level in &account.guard.levels {
            let here = level.iter().fold(Says::NOTHING, |says, one| says.or(self.read(Layer::ServiceControl, one)));
            says = Says { allow: says.allow.min(here.allow), deny: says.deny.max(here.deny) };
        }
        for one in &account.guard.doubtful {
            let here = self.read(Layer::ServiceControl, one);
            says.deny = says.deny.max(here.deny.min(Truth::Maybe));
        }
        if let Some(hinge) = &account.guard.unread {
            self.unread.push(hinge.clone());
            says.deny = says.deny.max(Truth::Maybe);
        }
        says
    }

    /// Resource control policies of the resource's account: one that allows all hangs everywhere, so only denials count.
    fn resource_control(&mut self) -> Truth {
        let request = self.request;
        let Some(account) = request.account.and_then(|id| request.estate.accounts.get(id)) else { return Truth::No };
        let is_bound = request.service().is_none_or(|service| RESOURCE_CONTROLLED.contains(&service));
        if !is_bound {
            return Truth::No;
        }
        let mut deny = Truth::No;
        for one in &account.guard.resource {
            deny = deny.max(self.read(Layer::ResourceControl, one).deny);
        }
        for one in &account.guard.resource_doubtful {
            deny = deny.max(self.read(Layer::ResourceControl, one).deny.min(Truth::Maybe));
        }
        if let Some(hinge) = &account.guard.resource_unread {
            self.unread.push(hinge.clone());
            deny = deny.max(Truth::Maybe);
        }
        deny
    }

    /// What the resource's own policy says.
    fn resource(&mut self) -> OfResource {
        let request = self.request;
        let mut out = OfResource { is_needed: is_key_or_role(request), ..OfResource::default() };
        let Some(target) = request.target else { return self.elsewhere(out) };
        out.is_needed = target.is_policy_needed;
        if let Some(hinge) = &target.policy_unread {
            self.unread.push(hinge.clone());
            return OfResource::unknown(out.is_needed);
        }
        if let Some(policy) = &target.policy {
            if policy.document.problem.is_some() {
                self.read(Layer::Resource, policy);
                return OfResource::unknown(out.is_needed);
            }
            let from = self.hits.len();
            out.deny = self.read(Layer::Resource, policy).deny;
            for hit in self.hits.get(from..).unwrap_or_default().iter().filter(|h| h.statement.allows) {
                let place = match hit.named {
                    Named::Itself => &mut out.itself,
                    Named::Role => &mut out.role,
                    Named::Account => &mut out.account,
                };
                *place = (*place).max(hit.truth);
            }
            out.block(request, target.is_public_blocked, policy);
        }
        self.grants(target, &mut out);
        out
    }

    /// Grants of a key.
    fn grants(&mut self, target: &super::estate::Resource, out: &mut OfResource) {
        let Who::Iam { arn, session, .. } = self.request.who else { return };
        let is_granted = |name: &str| name == arn || Some(name) == session;
        for grant in target.grants.iter().filter(|g| is_granted(&g.to)) {
            let fits = grant.actions.iter().map(|a| super::pattern::fits(&self.request.action, a, false)).max();
            let wild = self.request.is_action_wild;
            let truth = match fits {
                Some(Truth::Yes) if !grant.has_constraints && !wild => Truth::Yes,
                Some(Truth::Yes) => Truth::Maybe,
                _ => continue,
            };
            out.itself = out.itself.max(truth);
            if truth == Truth::Maybe {
                self.unread.push(Hinge::Unread {
                    resource: target.arn.clone(),
                    facet: "grants".into(),
                    reason: "a grant lets this under constraints".into(),
                });
            }
        }
        if let Some(hinge) = &target.grants_unread
            && out.itself != Truth::Yes
        {
            self.unread.push(hinge.clone());
            out.itself = out.itself.max(Truth::Maybe);
        }
    }

    /// What is not of the estate, or has no policy.
    fn elsewhere(&mut self, mut out: OfResource) -> OfResource {
        let request = self.request;
        let service = request.service();
        let may_have = POLICIES.iter().find(|(_, _, known)| Some(*known) == service);
        let is_same = request.who.account().is_some() && request.who.account() == request.account;
        let hinge = |resource: &str, facet: &str, reason: &str| Hinge::Unread {
            resource: resource.into(),
            facet: facet.into(),
            reason: reason.into(),
        };
        match may_have {
            Some((_, facet, known)) if request.is_resource_wild && is_same && !out.is_needed => {
                let narrowed = request.estate.narrowed.get(known);
                if let Some(one) = request.account.and_then(|account| narrowed?.get(account)) {
                    self.unread.push(hinge(
                        one,
                        facet,
                        "it is one of several resources, and its policy may forbid this",
                    ));
                    out.deny = Truth::Maybe;
                }
                out
            }
            Some((_, facet, known)) if *known != "sts" || out.is_needed => {
                self.unread.push(hinge(request.resource, facet, "the estate does not have this resource"));
                OfResource::unknown(out.is_needed)
            }
            _ if is_same || service == Some("sts") || has_no_policies(service, request.resource) => out,
            _ => {
                let reason = "policies of this sort of resource are not read";
                self.unread.push(hinge(request.resource, "policy", reason));
                OfResource { deny: Truth::No, ..OfResource::unknown(false) }
            }
        }
    }

    fn answer(self, allow: Truth, deny: Truth) -> Answer {
        let cite = |filter: &dyn Fn(&&Hit<'_>) -> bool| -> Vec<Cited> {
            self.hits.iter().filter(filter).map(Hit::cited).collect()
        };
        if deny == Truth::Yes {
            let cited = cite(&|h| !h.statement.allows && h.truth == Truth::Yes && h.layer != Layer::ResourceControl)
                .into_iter()
                .chain(cite(&|h| !h.statement.allows && h.truth == Truth::Yes && h.layer == Layer::ResourceControl));
            return Answer { effect: Effect::Denied, cited: cited.collect(), hinges: Vec::new() };
        }
        match allow.min(deny.not()) {
            Truth::No => Answer { effect: Effect::Denied, cited: Vec::new(), hinges: Vec::new() },
            Truth::Yes => {
                let cited = cite(&|h| h.statement.allows && h.truth == Truth::Yes);
                Answer { effect: Effect::Allowed, cited, hinges: Vec::new() }
            }
            Truth::Maybe => {
                // A statement that may allow does not matter where one like it surely does. Each level of the
                // organisation stands for itself.
                let is_sure = |hit: &Hit<'_>| {
                    hit.layer != Layer::ServiceControl
                        && self.hits.iter().any(|h| {
                            let is_alike = h.layer == hit.layer && h.named == hit.named;
                            is_alike && h.statement.allows && h.truth == Truth::Yes
                        })
                };
                let counts = |h: &&Hit<'_>| !h.statement.allows || h.truth == Truth::Yes || !is_sure(h);
                let mut hinges: Vec<Hinge> = Vec::new();
                for hit in self.hits.iter().filter(counts).filter(|h| h.truth == Truth::Maybe) {
                    self.hinges(hit, &mut hinges);
                }
                for hinge in &self.unread {
                    if !hinges.contains(hinge) {
                        hinges.push(hinge.clone());
                    }
                }
                hinges.truncate(HINGES_MAX);
                Answer { effect: Effect::Depends, cited: cite(&counts), hinges }
            }
        }
    }

    /// What a statement hangs on.
    fn hinges(&self, hit: &Hit<'_>, out: &mut Vec<Hinge>) {
        let request = self.request;
        let known = |key: &str| request.variable(key);
        let from = out.len();
        for condition in &hit.statement.conditions {
            if condition.holds(&request.key(&condition.key), &known) == Truth::Maybe {
                out.push(Hinge::Condition {
                    cited: hit.cited(),
                    operator: condition.operator.clone(),
                    key: condition.key.clone(),
                    values: condition.shown.clone(),
                });
            }
        }
        if let Some(resources) = &hit.statement.resources {
            let mut unknown = Vec::new();
            if resources.fit(request.resource, request.is_resource_wild, &known, &mut unknown) == Truth::Maybe {
                out.extend(unknown.into_iter().map(|key| Hinge::Variable { cited: hit.cited(), key: key.into() }));
            }
        }
        if out.len() == from {
            out.push(Hinge::Part { cited: hit.cited() });
        }
    }
}

/// Services whose resources resource control policies bind.
const RESOURCE_CONTROLLED: &[&str] = &[
    "s3",
    "sts",
    "kms",
    "sqs",
    "secretsmanager",
    "ecr",
    "aoss",
    "dynamodb",
    "cognito-identity",
    "cognito-idp",
    "logs",
];

impl Hit<'_> {
    fn cited(&self) -> Cited {
        Cited {
            layer: self.layer,
            holder: self.attached.holder.clone(),
            document: self.attached.name.clone(),
            index: self.index,
            sid: self.statement.sid.clone(),
            allows: self.statement.allows,
        }
    }
}

/// Whether things of this sort have neither policies of their own nor can be shared, so that no other account reaches them
/// but through a role (IAM User Guide, "AWS services that work with IAM"; AWS RAM User Guide, "Shareable resources").
fn has_no_policies(service: Option<&str>, resource: &str) -> bool {
    const SERVICES: &[&str] = &[
        "iam",
        "ecs",
        "eks",
        "cloudformation",
        "autoscaling",
        "elasticloadbalancing",
        "cloudfront",
        "config",
        "guardduty",
        "elasticache",
        "datapipeline",
        "batch",
        "states",
        "athena",
        "elasticmapreduce",
        "elasticbeanstalk",
    ];
    const OF_EC2: &[&str] = &["instance", "volume", "key-pair", "launch-template", "network-interface"];
    match service {
        Some("ec2") => {
            let kind = resource.split(':').nth(5).and_then(|rest| rest.split('/').next());
            kind.is_some_and(|kind| OF_EC2.contains(&kind))
        }
        Some(service) => SERVICES.contains(&service),
        None => false,
    }
}

/// What the resource's policy grants, by the way in which it names who asks, and what it denies.
struct OfResource {
    itself: Truth,
    role: Truth,
    account: Truth,
    deny: Truth,
    is_needed: bool,
}

impl Default for OfResource {
    fn default() -> Self {
        Self { itself: Truth::No, role: Truth::No, account: Truth::No, deny: Truth::No, is_needed: false }
    }
}

impl OfResource {
    fn unknown(is_needed: bool) -> Self {
        Self { itself: Truth::Maybe, role: Truth::Maybe, account: Truth::Maybe, deny: Truth::Maybe, is_needed }
    }

    /// S3's block of public access: where it restricts public buckets and the policy is public, it lets in the account's
    /// own and services alone (Amazon S3 User Guide, "Blocking public access", `RestrictPublicBuckets`).
    fn block(&mut self, request: &Request<'_>, is_blocked: Truth, policy: &Attached) {
        let is_own = request.who.account().is_some() && request.who.account() == request.account;
        if is_blocked == Truth::No || is_own || matches!(request.who, Who::Service(_)) {
            return;
        }
        let is_public = policy.document.statements.iter().any(is_public);
        if is_public {
            let most = is_blocked.not();
            self.itself = self.itself.min(most);
            self.role = self.role.min(most);
            self.account = self.account.min(most);
        }
    }
}

/// Whether S3 takes a statement for public: it lets anybody in, and no condition on a fixed value keeps the rest out.
fn is_public(statement: &Statement) -> bool {
    const NARROWING: &[&str] = &[
        "aws:principalorgid",
        "aws:principalarn",
        "aws:principalaccount",
        "aws:sourceip",
        "aws:sourcearn",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:sourceowner",
        "aws:sourceaccount",
        "aws:sourceorgid",
        "aws:principalorgpaths",
        "aws:userid",
        "s3:dataaccesspointarn",
        "s3:dataaccesspointaccount",
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
        "aws:vpcsourceip",
    ];
    let names_all =
        statement.principals.as_ref().is_some_and(|p| p.entries().contains(&Entry::Anyone) || p.entries().is_empty());
    statement.allows && names_all && !statement.conditions.iter().any(|c| NARROWING.contains(&&*c.key))
}

/// Whether the question is for a key or a role that the estate may not have, whose own policy decides all.
fn is_key_or_role(request: &Request<'_>) -> bool {
    /// Actions of KMS that know no key.
    const KEYLESS: &[&str] = &[
        "kms:createkey",
        "kms:listkeys",
        "kms:listaliases",
        "kms:generaterandom",
        "kms:createcustomkeystore",
        "kms:describecustomkeystores",
        "kms:connectcustomkeystore",
        "kms:disconnectcustomkeystore",
        "kms:deletecustomkeystore",
        "kms:updatecustomkeystore",
    ];
    match request.service() {
        Some("kms") => !KEYLESS.contains(&&*request.action) && !request.resource.contains(":alias/"),
        Some("sts") => request.action.starts_with("sts:assumerole"),
        _ => false,
    }
}
