//! Carries out the tables: which calls are needed, in which scopes, and what becomes of their answers.
mod call;
mod moving;
mod past;
mod plan;
mod since;
#[cfg(test)]
mod tests;
mod unit;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use casemate_estate::{
    Edge, EdgeKind, Facet, FacetStatus, Kind, Listing, Observation, Resource, ResourceId, Snapshot, Timestamp,
};
use serde_json::{Value, json};

use crate::{
    Account, Accounts, Aws, AwsError, Options, Regions, Reuse, Wanted,
    api::{Api, ApiError, Client},
    service::SERVICES,
    table::{Call, Reach, Service},
    template, trail,
};
use call::{Caller, Scope, reason};
use past::Past;
use plan::{ACCOUNT, ACCOUNT_REGION, COVERAGE, Part, plan};
use unit::{Output, Unit};

pub(crate) use call::Memo;
pub(crate) use past::{Belief, names_of};
pub(crate) use plan::owner;
pub use plan::{operations, permissions, shapes};

/// Told from any thread how far an account is: services read, services to be read in all regions, and what is read now.
pub type Progress<'a> = dyn Fn(usize, usize, &str) + Sync + 'a;

/// Services that are read at once within one account.
const THREADS: usize = 8;
/// The role that AWS Organizations makes in accounts that it creates.
const ROLE: &str = "OrganizationAccountAccessRole";
/// The service that only the organisation's own accounts answer whole: asked with the present credentials.
const ORGANIZATIONS: &str = "organizations";

const REGIONS: Call = Call::new("DescribeRegions", "ec2:DescribeRegions")
    .at("Regions")
    .shape("Regions@regionInfo:[{RegionName OptInStatus}]");
const ACCOUNTS: Call = Call::new("ListAccounts", "organizations:ListAccounts")
    .token("NextToken")
    .at("Accounts")
    .shape("Accounts:[{Id Arn Name Status State}]");

/// What is asked once for all accounts, with the present credentials.
#[derive(Debug, Default)]
pub(crate) struct Organization {
    memo: Memo,
    /// The account of the present credentials.
    present: String,
}

/// Finds out who we are and which accounts there are.
pub(crate) fn connect(options: Options) -> Result<Aws, AwsError> {
    let client = Client::new(&options)?;
    let identity = client.identity()?;
    let organization = Organization { present: identity.account.clone(), ..Organization::default() };
    let mut aws = Aws {
        options,
        client,
        partition: identity.partition,
        accounts: Vec::new(),
        organization,
        notes: Mutex::default(),
    };
    let account = |id: &str, name: &str| Account { name: name.to_owned(), ..account_of_items(&aws.partition, id) };
    let mut accounts = match &aws.options.accounts {
        Accounts::Present => vec![account(&identity.account, "")],
        Accounts::These(ids) => ids.iter().map(|id| account(id, "")).collect(),
        Accounts::Organization => {
            let answer = organization_accounts(&aws)?;
            template::walk(&answer, "Accounts[]")
                .into_iter()
                .filter(|one| {
                    let status = one.get("State").or_else(|| one.get("Status")).and_then(Value::as_str);
                    status.is_none_or(|status| status == "ACTIVE")
                })
                .filter_map(|one| {
                    let name = one.get("Name").and_then(Value::as_str).unwrap_or_default();
                    Some(account(one.get("Id")?.as_str()?, name))
                })
                .collect()
        }
    };
    accounts.sort();
    accounts.dedup_by(|a, b| a.id == b.id);
    aws.accounts = accounts;
    Ok(aws)
}

/// An account of which nothing but its id is known.
pub(crate) fn account_of_items(partition: &str, id: &str) -> Account {
    Account {
        id: id.to_owned(),
        name: String::new(),
        arn: format!("arn:{partition}:iam::{id}:root"),
        last_started: None,
        last_full: None,
    }
}

fn service(name: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|service| service.name == name).copied()
}

/// The region at which what is global is asked and signed for.
pub(crate) fn home_region(partition: &str) -> &'static str {
    match partition {
        "aws-cn" => "cn-north-1",
        "aws-us-gov" => "us-gov-west-1",
        "aws-iso" => "us-iso-east-1",
        "aws-iso-b" => "us-isob-east-1",
        "aws-iso-e" => "eu-isoe-west-1",
        "aws-iso-f" => "us-isof-south-1",
        "aws-eusc" => "eusc-de-east-1",
        _ => "us-east-1",
    }
}

fn organization_accounts(aws: &Aws) -> Result<Value, AwsError> {
    let fail = |reason: String| AwsError::Call {
        doing: "list the accounts of the organisation".into(),
        reason,
        hint: "use credentials of the management account or of a delegated administrator that may \
               organizations:ListAccounts, or name the accounts: --accounts ID,ID"
            .into(),
    };
    let Some(service) = service(ORGANIZATIONS) else { return Err(fail("the service has no table".into())) };
    let scope = aws.scope(&aws.organization.present, home_region(&aws.partition));
    let stop = AtomicBool::new(false);
    let caller = Caller::new(&aws.client, &stop);
    let facets = serde_json::Map::new();
    let subject = scope.subject(&facets);
    caller.make(&scope, service, &ACCOUNTS, &subject, serde_json::Map::new()).map_err(|error| fail(error.to_string()))
}

impl Aws {
    fn scope(&self, account: &str, region: &str) -> Scope {
        Scope {
            partition: self.partition.clone(),
            account: account.to_owned(),
            caller: account.to_owned(),
            region: region.to_owned(),
        }
    }
}

impl Scope {
    /// The scope itself as a subject, for calls that belong to no resource.
    fn subject<'s>(&'s self, facets: &'s serde_json::Map<String, Value>) -> crate::table::Subject<'s> {
        crate::table::Subject {
            partition: &self.partition,
            account: &self.account,
            region: &self.region,
            id: "",
            name: "",
            item: &Value::Null,
            parent: &Value::Null,
            parent_id: "",
            parent_name: "",
            facets,
        }
    }
}

/// Reads one account.
pub(crate) fn collect(
    aws: &Aws,
    account: &Account,
    previous: Option<&Snapshot>,
    clock: &(dyn Fn() -> Timestamp + Sync),
    progress: &Progress<'_>,
    cancel: &AtomicBool,
) -> Option<Snapshot> {
    let run = Run {
        api: &aws.client,
        partition: &aws.partition,
        present: &aws.organization.present,
        shared: &aws.organization.memo,
        regions: &aws.options.regions,
        wanted: &aws.options.wanted,
        sample: None,
        clock,
        progress,
        cancel,
    };
    let refused = enter(aws, account).err();
    if aws.options.reuse != Reuse::SinceTrail || refused.is_some() {
        return run.account(account, previous, belief(aws, account, clock), refused);
    }
    let (api, now) = (&aws.client, clock());
    let since = since::since_trail(api, &aws.partition, &aws.options.regions, account, previous, now, cancel);
    aws.notes.lock().unwrap_or_else(PoisonError::into_inner).extend(since.told);
    let mut snapshot = run.account(account, previous, since.belief, None)?;
    let finished = snapshot.finished;
    trail::mark(&mut snapshot, previous, &since.events, finished);
    Some(snapshot)
}

/// Becomes the role in an account that is not that of the credentials.
fn enter(aws: &Aws, account: &Account) -> Result<(), ApiError> {
    if account.id == aws.organization.present {
        return Ok(());
    }
    let role = aws.options.role.as_deref().unwrap_or(ROLE);
    aws.client.enter(&aws.partition, &account.id, role, aws.options.external_id.as_deref())
}

/// What of the last snapshot may be believed without asking CloudTrail.
fn belief(aws: &Aws, account: &Account, clock: &(dyn Fn() -> Timestamp + Sync)) -> Belief {
    match aws.options.reuse {
        Reuse::Nothing | Reuse::SinceTrail => Belief::Nothing,
        Reuse::Younger(age) => {
            let age = jiff::SignedDuration::try_from(age).unwrap_or(jiff::SignedDuration::ZERO);
            match clock().checked_sub(age) {
                // The last scan that read all proves all of it.
                Ok(time) if account.last_full.is_some_and(|full| full >= time) => Belief::Since(Timestamp::MIN),
                Ok(time) => Belief::Since(time),
                Err(_) => Belief::Nothing,
            }
        }
    }
}

/// All that the reading of an account needs; apart from [`Aws`], so that tests and benches bring their own answers.
pub(crate) struct Run<'a> {
    pub(crate) api: &'a dyn Api,
    pub(crate) partition: &'a str,
    /// The account of the present credentials.
    pub(crate) present: &'a str,
    /// Answers that all accounts share.
    pub(crate) shared: &'a Memo,
    pub(crate) regions: &'a Regions,
    pub(crate) wanted: &'a Wanted,
    pub(crate) sample: Option<usize>,
    pub(crate) clock: &'a (dyn Fn() -> Timestamp + Sync),
    pub(crate) progress: &'a Progress<'a>,
    pub(crate) cancel: &'a AtomicBool,
}

/// A scope's own resource, its facets, and how the lists of its resources went.
type ScopeFacts = (ResourceId, BTreeMap<String, Facet>, BTreeMap<String, Value>);

/// One service in one scope, with what it gave.
struct Work<'p> {
    part: &'p Part,
    scope: Scope,
    scope_name: String,
    scope_id: ResourceId,
    kinds: bool,
}

impl Run<'_> {
    pub(crate) fn account(
        &self,
        account: &Account,
        previous: Option<&Snapshot>,
        belief: Belief,
        refused: Option<ApiError>,
    ) -> Option<Snapshot> {
        let started = (self.clock)();
        let past = Past::new(previous, belief);
        let caller = Caller::new(self.api, self.cancel);
        let parts = plan(self.wanted);
        let root = ResourceId::new(account.arn.clone()).ok()?;
        if let Some(error) = refused {
            return Some(self.closed(account, &root, &parts, &error, previous, started));
        }
        let home = home_region(self.partition);
        let scope = |region: &str| Scope {
            partition: self.partition.to_owned(),
            account: account.id.clone(),
            caller: account.id.clone(),
            region: region.to_owned(),
        };
        let (regions, regions_listing) = self.region_list(&caller, &scope(home), &account.id);
        let mut works = Vec::new();
        for part in &parts {
            if part.service.reach == Reach::Global {
                let mut scope = scope(home);
                let mut kinds = true;
                if part.service.name == ORGANIZATIONS {
                    self.present.clone_into(&mut scope.caller);
                    kinds = account.id == self.present;
                }
                works.push(Work { part, scope, scope_name: account.id.clone(), scope_id: root.clone(), kinds });
                continue;
            }
            for region in &regions {
                let name = format!("{}/{region}", account.id);
                let Ok(scope_id) = ResourceId::new(name.clone()) else { continue };
                works.push(Work { part, scope: scope(region), scope_name: name, scope_id, kinds: true });
            }
        }
        let outputs = self.work(&caller, &past, &works);
        if caller.is_cancelled() {
            return None;
        }
        let mut snapshot = Snapshot {
            target: account.arn.clone(),
            started,
            finished: started,
            observations: Vec::new(),
            edges: Vec::new(),
            listings: Vec::new(),
        };
        let mut scopes: BTreeMap<String, ScopeFacts> = BTreeMap::new();
        scopes.insert(account.id.clone(), (root.clone(), BTreeMap::new(), BTreeMap::new()));
        for region in &regions {
            let name = format!("{}/{region}", account.id);
            let Ok(id) = ResourceId::new(name.clone()) else { continue };
            scopes.insert(name, (id, BTreeMap::new(), BTreeMap::new()));
        }
        for (work, output) in works.iter().zip(outputs) {
            if let Some((_, facets, coverage)) = scopes.get_mut(&work.scope_name) {
                facets.extend(output.scope_facets);
                for listing in &output.listings {
                    coverage.insert(listing.kind.to_string(), coverage_of(listing));
                }
            }
            snapshot.observations.extend(output.observations);
            snapshot.edges.extend(output.edges);
            snapshot.listings.extend(output.listings);
        }
        let now = (self.clock)();
        if let Some((_, _, coverage)) = scopes.get_mut(&account.id) {
            coverage.insert(ACCOUNT_REGION.to_owned(), coverage_of(&regions_listing));
            if past.is_by_age() {
                coverage.insert(since::BY_AGE.to_owned(), since::by_age());
            }
        }
        for (name, (id, mut facets, coverage)) in scopes {
            let region = name.split_once('/').map(|(_, region)| region.to_owned());
            facets.insert(COVERAGE.to_owned(), Facet::collected(json!(coverage), now));
            if region.is_some() {
                snapshot.edges.push(Edge {
                    from: root.clone(),
                    kind: EdgeKind::Contains,
                    to: id.clone(),
                    evidence: Value::Null,
                });
            }
            let kind = if region.is_some() { ACCOUNT_REGION } else { ACCOUNT };
            let own = if account.name.is_empty() { account.id.clone() } else { account.name.clone() };
            let name = region.unwrap_or(own);
            snapshot.observations.push(Observation {
                // Both lie in the account, and so does the listing that may end a region.
                resource: Resource { id, kind: Kind::new(kind), name, scope: account.id.clone() },
                facets,
            });
        }
        // Chosen regions say nothing of the others.
        if regions_listing.status != FacetStatus::Unsupported {
            snapshot.listings.push(regions_listing);
        }
        tidy(&mut snapshot);
        snapshot.finished = (self.clock)();
        Some(snapshot)
    }

    /// The regions that are read. Chosen ones end no other.
    fn region_list(&self, caller: &Caller<'_>, scope: &Scope, account: &str) -> (BTreeSet<String>, Listing) {
        let mut listing = Listing {
            scope: account.to_owned(),
            kind: Kind::new(ACCOUNT_REGION),
            status: FacetStatus::Collected,
            reason: None,
        };
        match self.regions {
            Regions::These(regions) => {
                listing.status = FacetStatus::Unsupported;
                listing.reason = Some("the regions were chosen".into());
                (regions.iter().cloned().collect(), listing)
            }
            Regions::Enabled => {
                let facets = serde_json::Map::new();
                let answer = match service("ec2") {
                    Some(ec2) => caller.make(scope, ec2, &REGIONS, &scope.subject(&facets), serde_json::Map::new()),
                    None => Err(call::failed("EC2 has no table")),
                };
                match answer {
                    Ok(answer) => {
                        let names = template::walk(&answer, "Regions[].RegionName");
                        let mut names: BTreeSet<String> = names.into_iter().filter_map(template::text).collect();
                        if self.sample.is_some() {
                            names.retain(|name| name == &scope.region);
                        }
                        (names, listing)
                    }
                    Err(error) => {
                        listing.status = error.status;
                        listing.reason = Some(format!("{}; name the regions: --regions R,R", reason(&REGIONS, &error)));
                        (BTreeSet::new(), listing)
                    }
                }
            }
        }
    }

    /// Runs all units, several at once, in an order that starts the longest first.
    fn work(&self, caller: &Caller<'_>, past: &Past<'_>, works: &[Work<'_>]) -> Vec<Output> {
        let next = AtomicUsize::new(0);
        let done = AtomicUsize::new(0);
        let own = Memo::default();
        // Answers are kept for one scope only.
        let memos: HashMap<(&str, &str), Memo> = works
            .iter()
            .map(|work| ((work.scope_name.as_str(), work.part.service.endpoint), Memo::default()))
            .collect();
        let outputs: Mutex<Vec<(usize, Output)>> = Mutex::new(Vec::with_capacity(works.len()));
        let run = || {
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(work) = works.get(index) else { return };
                if caller.is_cancelled() {
                    return;
                }
                let shared = work.part.service.name == ORGANIZATIONS;
                let memo = memos.get(&(work.scope_name.as_str(), work.part.service.endpoint)).unwrap_or(&own);
                let unit = Unit {
                    caller,
                    part: work.part,
                    scope: &work.scope,
                    scope_name: &work.scope_name,
                    scope_id: &work.scope_id,
                    memo: if shared { self.shared } else { memo },
                    past,
                    clock: self.clock,
                    kinds: work.kinds,
                    sample: self.sample,
                };
                let output = unit.run();
                outputs.lock().unwrap_or_else(PoisonError::into_inner).push((index, output));
                let so_far = done.fetch_add(1, Ordering::Relaxed) + 1;
                (self.progress)(so_far, works.len(), work.part.service.endpoint);
            }
        };
        thread::scope(|scope| {
            for _ in 1..THREADS {
                drop(thread::Builder::new().spawn_scoped(scope, run));
            }
            run();
        });
        let mut outputs = outputs.into_inner().unwrap_or_else(PoisonError::into_inner);
        outputs.sort_by_key(|(index, _)| *index);
        outputs.into_iter().map(|(_, output)| output).collect()
    }

    /// An account that cannot be entered: everything in it is unknown, nothing in it has ended.
    fn closed(
        &self,
        account: &Account,
        root: &ResourceId,
        parts: &[Part],
        error: &ApiError,
        previous: Option<&Snapshot>,
        started: Timestamp,
    ) -> Snapshot {
        let now = (self.clock)();
        let why = format!("cannot enter account {}: {}", account.id, error.message);
        let missing = || Facet::missing(error.status, why.clone(), now);
        let own = parts.iter().filter(|part| part.service.reach == Reach::Global).flat_map(|part| &part.scope_facets);
        let mut facets: BTreeMap<String, Facet> = own.map(|facet| (facet.name.to_owned(), missing())).collect();
        facets.insert(COVERAGE.to_owned(), missing());
        let name = if account.name.is_empty() { account.id.clone() } else { account.name.clone() };
        let resource = Resource { id: root.clone(), kind: Kind::new(ACCOUNT), name, scope: account.id.clone() };
        let mut observations = vec![Observation { resource, facets }];
        for one in previous.into_iter().flat_map(|snapshot| &snapshot.observations) {
            if one.resource.id != *root {
                let facets = one.facets.keys().map(|name| (name.clone(), missing())).collect();
                observations.push(Observation { resource: one.resource.clone(), facets });
            }
        }
        let kinds = parts.iter().flat_map(|part| &part.kinds);
        let listings = kinds.map(|(kind, _)| Listing {
            scope: account.id.clone(),
            kind: Kind::new(kind.kind),
            status: error.status,
            reason: Some(why.clone()),
        });
        // One is enough to say so: a hundred would say it a hundred times.
        let listings = listings.take(1).collect();
        let edges = previous.map(|snapshot| snapshot.edges.clone()).unwrap_or_default();
        let mut snapshot =
            Snapshot { target: account.arn.clone(), started, finished: now, observations, edges, listings };
        tidy(&mut snapshot);
        snapshot
    }
}

fn coverage_of(listing: &Listing) -> Value {
    match &listing.reason {
        None => json!({"status": listing.status.as_str()}),
        Some(reason) => json!({"status": listing.status.as_str(), "reason": reason}),
    }
}

/// Sorts, and keeps each once: the same resource may be named in two scopes.
fn tidy(snapshot: &mut Snapshot) {
    snapshot.observations.sort_by(|a, b| a.resource.id.cmp(&b.resource.id));
    snapshot.observations.dedup_by(|b, a| {
        let same = a.resource.id == b.resource.id;
        if same {
            for (name, facet) in std::mem::take(&mut b.facets) {
                a.facets.entry(name).or_insert(facet);
            }
        }
        same
    });
    let key = |edge: &Edge| (edge.from.clone(), edge.kind, edge.to.clone());
    snapshot.edges.sort_by_key(key);
    snapshot.edges.dedup_by_key(|edge| key(edge));
    snapshot.listings.sort_by(|a, b| (&a.scope, &a.kind).cmp(&(&b.scope, &b.kind)));
}

/// See [`Aws::permissions_try`].
pub(crate) fn permissions_try(aws: &Aws, account: &Account, cancel: &AtomicBool) -> Vec<(String, Option<bool>)> {
    let before = aws.client.stats();
    let region = match &aws.options.regions {
        Regions::These(regions) => Regions::These(regions.iter().take(1).cloned().collect()),
        Regions::Enabled => Regions::Enabled,
    };
    let run = Run {
        api: &aws.client,
        partition: &aws.partition,
        present: &aws.organization.present,
        shared: &aws.organization.memo,
        regions: &region,
        wanted: &aws.options.wanted,
        sample: Some(1),
        clock: &Timestamp::now,
        progress: &|_, _, _| {},
        cancel,
    };
    let refused = enter(aws, account).err();
    drop(run.account(account, None, Belief::Nothing, refused));
    let after = aws.client.stats();
    permissions(&aws.options.wanted)
        .into_iter()
        .map(|action| {
            let count = |stats: &crate::Stats| stats.calls.get(&action).copied().unwrap_or_default();
            let (old, new) = (count(&before), count(&after));
            let tried = if new.sent == old.sent { None } else { Some(new.denied == old.denied) };
            (action, tried)
        })
        .collect()
}
