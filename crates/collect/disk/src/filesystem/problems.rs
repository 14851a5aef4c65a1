use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

/// Problems of one sort that are told one by one.
const TOLD_MAX: usize = 5;

/// Problems of one sort.
#[derive(Default)]
struct Told {
    count: u64,
    /// The first of them.
    reasons: Vec<String>,
    /// Files may be missing because of one.
    incomplete: bool,
}

/// What is wrong with a file system that did not keep it from being read, by sort.
#[derive(Default)]
pub(crate) struct Problems(Mutex<BTreeMap<&'static str, Told>>);

impl Problems {
    /// Notes what is wrong without stopping. `incomplete`: files may be missing because of it.
    pub(crate) fn tell(&self, sort: &'static str, reason: String, incomplete: bool) {
        let mut problems = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = problems.entry(sort).or_default();
        told.count += 1;
        told.incomplete |= incomplete;
        if told.reasons.len() < TOLD_MAX {
            told.reasons.push(reason);
        }
    }

    /// One reason for each sort, and whether files may be missing because of it.
    pub(crate) fn told(&self) -> Vec<(String, bool)> {
        let problems = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let told = |told: &Told| {
            let mut text = told.reasons.join("; ");
            let more = told.count.saturating_sub(told.reasons.len() as u64);
            if more > 0 {
                text.push_str(&format!("; and {more} more"));
            }
            (text, told.incomplete)
        };
        problems.values().map(told).collect()
    }
}
