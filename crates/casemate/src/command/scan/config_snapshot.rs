//! `casemate scan aws --config-snapshot FILE`: judges what AWS Config recorded, without a call to AWS.
use std::{fs::File, path::PathBuf};

use casemate_collect_aws::{Wanted, config_snapshots};
use casemate_store::Store;

use super::{Judge, Outcome};
use crate::{
    error::CommandError,
    output::{detail, note},
    place,
};

/// Reads the files, judges and keeps each account that they speak of.
pub(super) fn run(
    judge: &Judge<'_>,
    files: &[PathBuf],
    wanted: &Wanted,
    outcome: &mut Outcome,
) -> Result<Box<dyn Store>, CommandError> {
    let global = judge.global;
    let mut open = Vec::new();
    for path in files {
        let file = File::open(path).map_err(|error| {
            CommandError::Usage(format!("cannot open `{}`: {error}\nhint: name a file of AWS Config", path.display()))
        })?;
        open.push((path.display().to_string(), file));
    }
    let accounts = config_snapshots(open, wanted, crate::stop::flag())?;
    detail(global, &place::describe(global));
    let mut store = place::open_for_scan(global)?;
    // All before any: a run that stops in the middle would leave the accounts at different times.
    for (account, snapshot) in &accounts {
        let last = store.scan_latest(Some(&account.arn))?;
        if let Some(last) = last.filter(|last| last.finished > snapshot.finished) {
            return Err(CommandError::Usage(format!(
                "the newest item of account {} is of {:.0}, and the store knows the account as it was at {:.0}\nhint: keep \
                 what is older in a store of its own: --store PATH",
                account.id, snapshot.finished, last.finished
            )));
        }
    }
    outcome.name = match accounts.as_slice() {
        [(one, _)] => format!("AWS account {} as AWS Config recorded it", one.id),
        many => format!("{} AWS accounts as AWS Config recorded them", many.len()),
    };
    if accounts.len() > 1 {
        outcome.targets = accounts.iter().map(|(account, _)| (account.arn.clone(), account.id.clone())).collect();
    }
    for (account, mut snapshot) in accounts {
        let (count, time) = (snapshot.observations.len(), snapshot.finished);
        note(global, &format!("account {}: {count} resources as AWS Config knew them at {time:.0}", account.id));
        let kept = judge.keep(&mut *store, &mut snapshot, false, &mut outcome.problems)?;
        outcome.kept.push(kept);
    }
    Ok(store)
}
