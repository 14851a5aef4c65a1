//! How often and how many at once: bounded concurrency, a budget, a deadline, and the patience with a service that
//! throttles or fails.
use std::{
    sync::{
        Condvar, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// What tries after the first may cost together, and what one costs (AWS SDKs' standard retry mode).
const TOKENS: u32 = 500;
const TOKENS_RETRY: u32 = 5;
const TOKENS_TIMEOUT: u32 = 10;
/// Calls a second of a service that throttles: the least, and the rate from which it is not held back any more.
const RATE_MIN: f64 = 2.0;
const RATE_FREE: f64 = 200.0;
/// What is left of the rate after a throttled call, and what each good one adds (additive increase, multiplicative
/// decrease, as AWS's adaptive retry mode has it).
const RATE_LESS: f64 = 0.7;
const RATE_MORE: f64 = 0.5;
/// Calls that are throttled together count once.
const BURST: Duration = Duration::from_millis(250);

/// The run's bounds.
#[derive(Debug)]
pub(super) struct Bounds {
    free: Mutex<usize>,
    freed: Condvar,
    left: Option<AtomicU64>,
    deadline: Option<Instant>,
}

/// A place among those that may call at once.
pub(super) struct Place<'a>(&'a Bounds);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

impl Bounds {
    pub(super) fn new(concurrency: usize, calls: Option<u64>, deadline: Option<Duration>) -> Self {
        Self {
            free: Mutex::new(if concurrency == 0 { 16 } else { concurrency }),
            freed: Condvar::new(),
            left: calls.map(AtomicU64::new),
            deadline: deadline.and_then(|time| Instant::now().checked_add(time)),
        }
    }

    /// Takes one call of the budget.
    pub(super) fn spend(&self) -> Result<(), &'static str> {
        if self.is_late() {
            return Err("the scan's deadline has passed (--deadline)");
        }
        match &self.left {
            None => Ok(()),
            Some(left) => left
                .try_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1))
                .map(drop)
                .map_err(|_| "the scan's budget of calls is spent (--max-calls)"),
        }
    }

    fn is_late(&self) -> bool {
        self.deadline.is_some_and(|end| Instant::now() >= end)
    }

    /// Waits for a place; none where the deadline comes first.
    pub(super) fn enter(&self) -> Option<Place<'_>> {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if self.is_late() {
                return None;
            }
            if *free > 0 {
                *free -= 1;
                return Some(Place(self));
            }
            let longest = Duration::from_millis(500);
            free = self.freed.wait_timeout(free, longest).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Waits so long, or until the deadline.
    pub(super) fn pause(&self, time: Duration) {
        let left = self.deadline.map_or(time, |end| end.saturating_duration_since(Instant::now()));
        std::thread::sleep(time.min(left));
    }
}

/// The patience with one service in one region.
#[derive(Debug)]
pub(super) struct Gate(Mutex<Patience>);

#[derive(Debug)]
struct Patience {
    tokens: u32,
    /// Calls a second; none while the service has not throttled.
    rate: Option<f64>,
    /// When the next call may go.
    next: Instant,
    /// When the rate was lowered last.
    lowered: Option<Instant>,
    /// Since when calls are counted, how many went since, and their rate before.
    since: Instant,
    sent: u32,
    before: f64,
}

impl Patience {
    /// Calls a second of late.
    fn measured(&self, now: Instant) -> f64 {
        let span = now.duration_since(self.since).as_secs_f64().max(0.1);
        (f64::from(self.sent) / span).max(self.before)
    }
}

impl Gate {
    pub(super) fn new() -> Self {
        let now = Instant::now();
        Self(Mutex::new(Patience {
            tokens: TOKENS,
            rate: None,
            next: now,
            lowered: None,
            since: now,
            sent: 0,
            before: 0.0,
        }))
    }

    /// How long to wait before the next call may go.
    pub(super) fn turn(&self) -> Duration {
        let mut patience = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let span = now.duration_since(patience.since);
        if span >= Duration::from_secs(1) {
            patience.before = f64::from(patience.sent) / span.as_secs_f64();
            (patience.since, patience.sent) = (now, 0);
        }
        patience.sent = patience.sent.saturating_add(1);
        let Some(rate) = patience.rate else { return Duration::ZERO };
        let at = patience.next.max(now);
        patience.next = at + Duration::from_secs_f64(1.0 / rate.max(RATE_MIN));
        at - now
    }

    /// A call was throttled: slower from now on.
    pub(super) fn throttled(&self) {
        let mut patience = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if patience.lowered.is_some_and(|at| now.duration_since(at) < BURST) {
            return;
        }
        let measured = patience.measured(now);
        let rate = patience.rate.map_or(measured, |rate| rate.min(measured));
        patience.rate = Some((rate * RATE_LESS).max(RATE_MIN));
        patience.lowered = Some(now);
    }

    /// A call went well: a little faster, and patience comes back.
    pub(super) fn went_well(&self) {
        let mut patience = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        patience.tokens = (patience.tokens + 1).min(TOKENS);
        patience.rate = patience.rate.map(|rate| rate + RATE_MORE).filter(|rate| *rate < RATE_FREE);
    }

    /// Whether one more try may be made.
    pub(super) fn may_retry(&self, timeout: bool) -> bool {
        let mut patience = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let cost = if timeout { TOKENS_TIMEOUT } else { TOKENS_RETRY };
        match patience.tokens.checked_sub(cost) {
            Some(left) => {
                patience.tokens = left;
                true
            }
            None => false,
        }
    }
}

/// Full jitter: between nothing and 100 ms doubled with each try, at most 5 s. `salt` makes callers differ.
pub(super) fn backoff(tried: u32, salt: u64) -> Duration {
    let most = 100_u64.saturating_mul(1 << tried.min(6)).min(5_000);
    // A mixing step of SplitMix64: even enough to keep callers apart.
    let mixed = (salt ^ u64::from(tried)).wrapping_add(0x9E37_79B9_7F4A_7C15).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    Duration::from_millis(most / 4 + (mixed >> 33) % (most - most / 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_spent_once() {
        let bounds = Bounds::new(1, Some(2), None);
        assert!(bounds.spend().is_ok() && bounds.spend().is_ok());
        assert!(bounds.spend().unwrap_err().contains("--max-calls"));
        let late = Bounds::new(1, None, Some(Duration::ZERO));
        assert!(late.spend().unwrap_err().contains("--deadline"));
        assert!(late.enter().is_none());
    }

    #[test]
    fn patience_ends_and_comes_back() {
        let gate = Gate::new();
        let tries = (0..1000).filter(|_| gate.may_retry(false)).count();
        assert_eq!(tries, 100);
        for _ in 0..5 {
            gate.went_well();
        }
        assert!(gate.may_retry(false) && !gate.may_retry(false));
    }

    #[test]
    fn throttling_slows_and_success_quickens() {
        let gate = Gate::new();
        let rate = || gate.0.lock().unwrap().rate;
        assert_eq!(gate.turn(), Duration::ZERO);
        gate.throttled();
        let first = rate().unwrap();
        gate.throttled();
        assert_eq!(rate(), Some(first), "those of one burst count once");
        gate.turn();
        assert!(gate.turn() > Duration::ZERO);
        for _ in 0..100 {
            gate.0.lock().unwrap().lowered = None;
            gate.throttled();
        }
        assert_eq!(rate(), Some(RATE_MIN));
        for _ in 0..1000 {
            gate.went_well();
        }
        assert_eq!(rate(), None);
    }

    proptest::proptest! {
        #[test]
        fn waits_are_bounded(tried in 0_u32..1000, salt: u64) {
            let wait = backoff(tried, salt);
            assert!(wait >= Duration::from_millis(25) && wait <= Duration::from_secs(5));
        }
    }
}
