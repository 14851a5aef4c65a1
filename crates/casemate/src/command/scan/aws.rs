//! `casemate scan aws`: each account is read, judged and kept by itself; one report is made over all.
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use casemate_assess::Assessor;
use casemate_collect_aws::{Account, Accounts, Aws, Options, Regions, Reuse, Stats, Wanted};
use casemate_estate::{Snapshot, Timestamp};
use casemate_store::{Page, ResourceFilter, Store};
use serde_json::{Value, json};

use super::{Judge, Outcome};
use crate::{
    cli::AwsArgs,
    error::CommandError,
    output::{detail, note},
    place,
    progress::Progress,
    report::Gap,
};

/// Accounts that are read at once.
const ACCOUNTS: usize = 3;
/// Actions of which `-v` tells the counts.
const ACTIONS: usize = 20;

/// The place of an account in the list, and what was read of it; none where the scan was stopped.
type Read = (usize, Result<Option<Snapshot>, CommandError>);

/// Reads, judges and keeps the accounts.
pub(super) fn run(judge: &Judge<'_>, args: &AwsArgs, outcome: &mut Outcome) -> Result<Box<dyn Store>, CommandError> {
    let global = judge.global;
    let mut options = options(args)?;
    options.wanted = wanted(judge.assessor, judge.options.check.is_empty());
    if judge.options.check.is_empty() {
        accepted(global, &mut options.wanted)?;
    }
    // A scan that asks nothing would read as one that found nothing.
    if options.wanted == Wanted::These(BTreeMap::new()) {
        return Err(CommandError::Usage(format!(
            "baseline `{}` has no check of AWS\nhint: lay a folder with such checks and a baseline over the built-in ones: \
             --content DIR --baseline ID",
            judge.options.baseline
        )));
    }
    if !args.config_snapshot.is_empty() {
        return super::config_snapshot::run(judge, &args.config_snapshot, &options.wanted, outcome);
    }
    let aws = Aws::connect(options)?;
    detail(global, &place::describe(global));
    let store = Mutex::new(place::open_for_scan(global)?);
    let accounts = aws.accounts();
    let cancel = crate::stop::flag();
    let bar = Progress::start(global, "reading");
    let next = AtomicUsize::new(0);
    let far: Mutex<BTreeMap<usize, (usize, usize)>> = Mutex::new(BTreeMap::new());
    let (send, receive) = mpsc::sync_channel::<Read>(1);
    let read = |send: mpsc::SyncSender<Read>| {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(account) = accounts.get(index) else { return };
            // Only now: what was known of all accounts at once would fill the memory.
            let known = known(account, &**store.lock().unwrap_or_else(PoisonError::into_inner), args.since_trail);
            let (account, previous) = match known {
                Ok(known) => known,
                Err(error) => {
                    drop(send.send((index, Err(error))));
                    return;
                }
            };
            let snapshot = aws.collect(
                &account,
                previous.as_ref(),
                &Timestamp::now,
                &|done, total, what| {
                    let mut far = far.lock().unwrap_or_else(PoisonError::into_inner);
                    far.insert(index, (done, total));
                    let (done, total) = far.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
                    bar.at(done, total, &format!("{} {what}", account.id));
                },
                cancel,
            );
            if send.send((index, Ok(snapshot))).is_err() {
                return;
            }
        }
    };
    let mut unfinished = Vec::new();
    let mut failed = None;
    thread::scope(|scope| {
        for _ in 0..ACCOUNTS.min(accounts.len()) {
            let send = send.clone();
            scope.spawn(|| read(send));
        }
        drop(send);
        for (index, snapshot) in receive {
            let Some(account) = accounts.get(index) else { continue };
            let mut snapshot = match snapshot {
                Ok(Some(snapshot)) => snapshot,
                Ok(None) => {
                    unfinished.push(account.id.clone());
                    continue;
                }
                Err(error) => {
                    cancel.store(true, Ordering::Relaxed);
                    // What failed first says why; what comes after it may be its consequence.
                    failed.get_or_insert(error);
                    continue;
                }
            };
            detail(global, &format!("read {} resources of account {}", snapshot.observations.len(), account.id));
            let mut store = store.lock().unwrap_or_else(PoisonError::into_inner);
            match judge.keep(&mut **store, &mut snapshot, false, &mut outcome.problems) {
                Ok(kept) => outcome.kept.push(kept),
                Err(error) => {
                    cancel.store(true, Ordering::Relaxed);
                    failed.get_or_insert(error);
                }
            }
        }
    });
    bar.end();
    if let Some(error) = failed {
        return Err(error);
    }
    outcome.kept.sort_by(|a, b| a.target.cmp(&b.target));
    unfinished.sort();
    for account in &unfinished {
        note(global, &format!("account {account} was not finished: what is known of it is left as it was"));
        outcome.gaps.push(Gap {
            resource: account.clone(),
            facet: "account".into(),
            status: "failed".into(),
            reason: "the scan was stopped before it was read whole".into(),
            incomplete: true,
        });
    }
    for text in aws.notes() {
        note(global, &text);
    }
    name(&aws, outcome);
    let stats = aws.stats();
    tell(judge, &stats);
    outcome.calls = Some(counts(&stats));
    Ok(store.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// What people call what was scanned.
fn name(aws: &Aws, outcome: &mut Outcome) {
    let shown = |account: &Account| {
        if account.name.is_empty() { account.id.clone() } else { format!("{} ({})", account.name, account.id) }
    };
    outcome.name = match aws.accounts() {
        [one] => format!("AWS account {}", shown(one)),
        many => format!("{} AWS accounts", many.len()),
    };
    if aws.accounts().len() > 1 {
        outcome.targets = aws.accounts().iter().map(|account| (account.arn.clone(), shown(account))).collect();
    }
}

/// The account with when it was scanned, and what is known of it: what may be believed, or is needed to say that it is
/// unknown.
fn known(account: &Account, store: &dyn Store, since_trail: bool) -> Result<(Account, Option<Snapshot>), CommandError> {
    let mut account = account.clone();
    let scans = store.scan_list(Some(&account.arn), Page::first(200))?;
    account.last_started = scans.iter().map(|scan| scan.started).max();
    let full = scans.iter().filter(|scan| scan.counts.facets_believed == 0 && scan.counts.resources > 0);
    account.last_full = full.map(|scan| scan.started).max();
    let mut previous = store.snapshot_latest(&account.arn)?;
    if let (true, Some(snapshot), Some(last)) = (since_trail, &mut previous, scans.iter().map(|scan| scan.at).max()) {
        forget(snapshot, store, last)?;
    }
    Ok((account, previous))
}

/// Takes the facets of resources that the last scan did not see: it looked elsewhere, so what they say is older than
/// that scan, and nothing that is known since then may be put to it.
fn forget(snapshot: &mut Snapshot, store: &dyn Store, last: Timestamp) -> Result<(), CommandError> {
    let filter = ResourceFilter { target: Some(snapshot.target.clone()), ..ResourceFilter::default() };
    let records = store.resource_list(&filter, Page::ALL)?;
    let unseen: BTreeSet<_> =
        records.into_iter().filter(|record| record.last_seen < last).map(|record| record.resource.id).collect();
    for one in snapshot.observations.iter_mut().filter(|one| unseen.contains(&one.resource.id)) {
        one.facets.clear();
    }
    Ok(())
}

/// The facets that the checks in force need, and for a `whole` baseline those of the graph: what nobody asks for is not
/// read.
pub(crate) fn wanted(assessor: &Assessor, whole: bool) -> Wanted {
    let mut kinds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in assessor.checks() {
        let meta = &entry.check.meta;
        if !meta.kind.as_str().starts_with("aws.") {
            continue;
        }
        let facets = kinds.entry(meta.kind.to_string()).or_default();
        facets.extend(meta.needs.iter().chain(&meta.needs_if_supported).cloned());
        for related in &meta.related {
            kinds.entry(related.kind.to_string()).or_default().extend(related.facets.iter().cloned());
        }
    }
    // Attack paths are about who may do what: a baseline that judges no role has no use for them.
    if whole && kinds.contains_key("aws.iam.role") {
        for (kind, facets) in casemate_graph::FACETS.iter().chain(casemate_graph::PERMISSION_FACETS) {
            kinds.entry((*kind).to_owned()).or_default().extend(facets.iter().map(|facet| (*facet).to_owned()));
        }
    }
    Wanted::These(kinds)
}

/// Facets whose state somebody accepted are read too, whatever the checks need.
fn accepted(global: &crate::cli::Global, wanted: &mut Wanted) -> Result<(), CommandError> {
    let Wanted::These(kinds) = wanted else { return Ok(()) };
    // Where there is no store yet nothing is accepted; what else is wrong with it is said when the scan opens it.
    let Ok(store) = place::open_for_reading(global) else { return Ok(()) };
    for one in store.acceptance_list(None)? {
        if one.resource.kind.as_str().starts_with("aws.") {
            kinds.entry(one.resource.kind.to_string()).or_default().insert(one.facet);
        }
    }
    Ok(())
}

/// What the command line says, checked.
pub(crate) fn options(args: &AwsArgs) -> Result<Options, CommandError> {
    let usage = |text: String| Err(CommandError::Usage(text));
    if args.role.is_some() && args.accounts.is_empty() {
        return usage(
            "`--role` is for other accounts than the present one\nhint: add `--accounts organization` or their ids; to \
             read one account by a role, give a profile with `role_arn`"
                .into(),
        );
    }
    let accounts = match args.accounts.as_slice() {
        [] => Accounts::Present,
        [one] if one == "organization" || one == "organisation" => Accounts::Organization,
        ids => {
            if let Some(wrong) = ids.iter().find(|id| id.len() != 12 || !id.bytes().all(|b| b.is_ascii_digit())) {
                return usage(format!(
                    "`--accounts {wrong}` is no account id\nhint: twelve digits each, joined by commas, or `organization`"
                ));
            }
            Accounts::These(ids.to_vec())
        }
    };
    let regions = match args.regions.as_slice() {
        [] => Regions::Enabled,
        [one] if one == "all" => Regions::Enabled,
        names => {
            let fits = |name: &str| {
                let mut parts = name.split('-');
                parts.clone().count() >= 3
                    && parts
                        .next_back()
                        .is_some_and(|last| !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit()))
                    && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            };
            if let Some(wrong) = names.iter().find(|name| !fits(name)) {
                return usage(format!(
                    "`--regions {wrong}` is no region\nhint: names such as eu-west-1, joined by commas, or `all`"
                ));
            }
            Regions::These(names.to_vec())
        }
    };
    Ok(Options {
        accounts,
        role: args.role.clone(),
        external_id: args.external_id.clone(),
        regions,
        profile: args.profile.clone(),
        wanted: Wanted::default(),
        concurrency: usize::from(args.concurrency),
        calls_max: args.max_calls,
        deadline: args.deadline,
        reuse: match args.max_age {
            _ if args.since_trail => Reuse::SinceTrail,
            Some(age) => Reuse::Younger(age),
            None => Reuse::Nothing,
        },
        ca_file: None,
    })
}

/// With `-v`: what was called most.
fn tell(judge: &Judge<'_>, stats: &Stats) {
    let mut most: Vec<_> = stats.calls.iter().collect();
    most.sort_by(|a, b| (b.1.sent, a.0).cmp(&(a.1.sent, b.0)));
    let sum = |of: fn(&casemate_collect_aws::CallCount) -> u64| stats.calls.values().map(of).sum::<u64>();
    detail(
        judge.global,
        &format!(
            "{} calls of {} actions: {} sent again, {} refused, {} throttled, {} failed; {:.1} s in calls, {:.1} s waiting for their turn",
            stats.sent(),
            most.len(),
            sum(|c| c.retried),
            sum(|c| c.denied),
            sum(|c| c.throttled),
            sum(|c| c.failed),
            stats.seconds,
            stats.waited,
        ),
    );
    for (action, count) in most.into_iter().take(ACTIONS) {
        detail(judge.global, &format!("{:>7} {action}", count.sent));
    }
}

fn counts(stats: &Stats) -> Value {
    let sum = |of: fn(&casemate_collect_aws::CallCount) -> u64| stats.calls.values().map(of).sum::<u64>();
    json!({
        "sent": sum(|c| c.sent), "retried": sum(|c| c.retried), "denied": sum(|c| c.denied),
        "throttled": sum(|c| c.throttled), "failed": sum(|c| c.failed),
        "seconds": (stats.seconds * 1000.0).round() / 1000.0,
        "waited": (stats.waited * 1000.0).round() / 1000.0,
    })
}
