//! One number from 0 to 100, with the parts that make it (`docs/risk.md`).
use casemate_estate::Severity;
use serde_json::{Value, json};

use super::{exposure::Exposure, ssvc::Decision};

/// Whether the vulnerable code is in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum InMemory {
    No,
    Unknown,
    Yes,
}

impl InMemory {
    /// `true`, `false`, or `"unknown"`.
    pub(crate) fn value(self) -> Value {
        match self {
            Self::No => json!(false),
            Self::Unknown => json!("unknown"),
            Self::Yes => json!(true),
        }
    }
}

/// How far the sockets of the processes that have it in memory reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    None,
    Loopback,
    Network,
}

/// What the risk is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Inputs {
    pub(crate) severity: Severity,
    /// Environmental where there is one, else base.
    pub(crate) score: Option<f64>,
    pub(crate) kev: bool,
    /// SSVC's word.
    pub(crate) active: bool,
    /// SSVC's word: code that exploits it is public.
    pub(crate) poc: bool,
    pub(crate) epss: Option<f64>,
    pub(crate) decision: Option<Decision>,
    pub(crate) loaded: InMemory,
    pub(crate) reach: Reach,
    pub(crate) exposure: Option<Exposure>,
    pub(crate) fix: bool,
    /// The fix is installed; only a restart is missing.
    pub(crate) stale: bool,
}

/// Points of each part. They add up to 100 at most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) severity: u8,
    pub(crate) exploitation: u8,
    pub(crate) ssvc: u8,
    pub(crate) loaded: u8,
    pub(crate) reach: u8,
    pub(crate) exposure: u8,
    pub(crate) fix: u8,
    pub(crate) stale: u8,
}

impl Parts {
    /// The parts of `inputs`.
    pub(crate) fn of(inputs: &Inputs) -> Self {
        let epss = match inputs.epss {
            // A square root: the step from 0.01 to 0.1 says more than that from 0.91 to 1.
            Some(epss) => points(24.0 * epss.clamp(0.0, 1.0).sqrt()),
            None => 2,
        };
        Self {
            severity: points(2.5 * in_band(inputs.severity, inputs.score)),
            exploitation: match (inputs.kev || inputs.active, inputs.poc) {
                (true, _) => 30,
                (false, true) => epss.max(10),
                (false, false) => epss,
            },
            ssvc: match inputs.decision {
                Some(Decision::Track) => 0,
                None => 1,
                Some(Decision::TrackStar) => 2,
                Some(Decision::Attend) => 3,
                Some(Decision::Act) => 5,
            },
            loaded: match inputs.loaded {
                InMemory::No => 0,
                InMemory::Unknown => 8,
                InMemory::Yes => 20,
            },
            reach: match inputs.reach {
                Reach::None => 0,
                Reach::Loopback => 3,
                Reach::Network => 10,
            },
            exposure: match inputs.exposure {
                Some(Exposure::Isolated) => 0,
                Some(Exposure::Internal) => 2,
                None => 3,
                Some(Exposure::Adjacent) => 4,
                Some(Exposure::Internet) => 6,
            },
            fix: if inputs.fix { 2 } else { 0 },
            stale: if inputs.stale { 2 } else { 0 },
        }
    }

    /// The risk.
    pub(crate) fn sum(self) -> u8 {
        [self.severity, self.exploitation, self.ssvc, self.loaded, self.reach, self.exposure, self.fix, self.stale]
            .iter()
            .fold(0_u8, |sum, part| sum.saturating_add(*part))
            .min(100)
    }

    /// The parts by name.
    pub(crate) fn value(self) -> Value {
        json!({
            "severity": self.severity,
            "exploitation": self.exploitation,
            "ssvc": self.ssvc,
            "loaded": self.loaded,
            "reach": self.reach,
            "exposure": self.exposure,
            "fix": self.fix,
            "stale": self.stale,
        })
    }
}

/// The score within the bounds of the severity in force, which a distribution may have set; its middle where there is none.
fn in_band(severity: Severity, score: Option<f64>) -> f64 {
    let (low, high, middle) = match severity {
        Severity::Low => (0.1, 3.9, 2.0),
        Severity::Medium => (4.0, 6.9, 5.5),
        Severity::High => (7.0, 8.9, 8.0),
        Severity::Critical => (9.0, 10.0, 9.5),
    };
    score.map_or(middle, |score| score.clamp(low, high))
}

fn points(value: f64) -> u8 {
    // The callers' values are between 0 and 25.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what a u8 holds")]
    let points = value.round().clamp(0.0, 100.0) as u8;
    points
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn risk(inputs: &Inputs) -> u8 {
        Parts::of(inputs).sum()
    }

    const PLAIN: Inputs = Inputs {
        severity: Severity::High,
        score: Some(7.8),
        kev: false,
        active: false,
        poc: false,
        epss: Some(0.001),
        decision: Some(Decision::Track),
        loaded: InMemory::No,
        reach: Reach::None,
        exposure: Some(Exposure::Adjacent),
        fix: true,
        stale: false,
    };

    #[test]
    fn what_is_loaded_reachable_and_exploited_stands_clearly_above_the_rest() {
        let critical = Inputs { severity: Severity::Critical, score: Some(9.8), ..PLAIN };
        let reached = Inputs { loaded: InMemory::Yes, reach: Reach::Network, ..PLAIN };
        let exploited =
            |inputs: Inputs| Inputs { kev: true, epss: Some(0.9), decision: Some(Decision::Attend), ..inputs };
        for (inputs, low, high, why) in [
            (exploited(reached), 85, 100, "loaded, reachable, exploited"),
            (
                exploited(Inputs { severity: Severity::Medium, score: Some(5.0), ..reached }),
                80,
                100,
                "even a medium one",
            ),
            (Inputs { kev: true, decision: None, ..critical }, 55, 70, "exploited, on the disk only"),
            (reached, 50, 65, "loaded and reachable, nobody exploits it"),
            (critical, 20, 40, "critical, on the disk only, nobody exploits it"),
            (PLAIN, 15, 35, "the mass"),
            (Inputs { severity: Severity::Low, score: Some(2.0), fix: false, ..PLAIN }, 0, 15, "and what is least"),
        ] {
            let risk = risk(&inputs);
            assert!((low..=high).contains(&risk), "{why}: {risk}");
        }
    }

    #[test]
    fn the_greatest_is_a_hundred() {
        let most = Inputs {
            severity: Severity::Critical,
            score: Some(10.0),
            kev: true,
            active: true,
            poc: true,
            epss: Some(1.0),
            decision: Some(Decision::Act),
            loaded: InMemory::Yes,
            reach: Reach::Network,
            exposure: Some(Exposure::Internet),
            fix: true,
            stale: true,
        };
        let Parts { severity, exploitation, ssvc, loaded, reach, exposure, fix, stale } = Parts::of(&most);
        assert_eq!(
            [severity, exploitation, ssvc, loaded, reach, exposure, fix, stale].map(u32::from).iter().sum::<u32>(),
            100
        );
    }

    fn inputs() -> impl Strategy<Value = Inputs> {
        let flags = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
        let decision = prop::sample::select(vec![
            None,
            Some(Decision::Track),
            Some(Decision::TrackStar),
            Some(Decision::Attend),
            Some(Decision::Act),
        ]);
        let exposure = prop::option::of(prop::sample::select(Exposure::ALL.to_vec()));
        (
            prop::sample::select(Severity::ALL.to_vec()),
            prop::option::of(0.0..=10.0_f64),
            flags,
            prop::option::of(0.0..=1.0_f64),
            decision,
            prop::sample::select(vec![InMemory::No, InMemory::Unknown, InMemory::Yes]),
            prop::sample::select(vec![Reach::None, Reach::Loopback, Reach::Network]),
            exposure,
        )
            .prop_map(
                |(severity, score, (kev, active, poc, fix, stale), epss, decision, loaded, reach, exposure)| Inputs {
                    severity,
                    score,
                    kev,
                    active,
                    poc,
                    epss,
                    decision,
                    loaded,
                    reach,
                    exposure,
                    fix,
                    stale,
                },
            )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn more_of_anything_never_lowers_it(a in inputs(), b in inputs()) {
            let at = |change: &dyn Fn(&mut Inputs)| { let mut inputs = a; change(&mut inputs); risk(&inputs) };
            let base = risk(&a);
            prop_assert!(base <= 100);
            // One input at a time, from the lesser of two values to the greater.
            let (less, more) = if a.severity <= b.severity { (a.severity, b.severity) } else { (b.severity, a.severity) };
            prop_assert!(at(&|i| i.severity = less) <= at(&|i| i.severity = more));
            if let (Some(x), Some(y)) = (a.score, b.score) {
                prop_assert!(at(&|i| i.score = Some(x.min(y))) <= at(&|i| i.score = Some(x.max(y))));
            }
            if let (Some(x), Some(y)) = (a.epss, b.epss) {
                prop_assert!(at(&|i| i.epss = Some(x.min(y))) <= at(&|i| i.epss = Some(x.max(y))));
            }
            prop_assert!(at(&|i| i.epss = Some(0.0)) <= at(&|i| i.epss = None));
            prop_assert!(at(&|i| i.epss = None) <= at(&|i| i.epss = Some(1.0)));
            for flag in [
                (|i, v| i.kev = v) as fn(&mut Inputs, bool), |i, v| i.active = v, |i, v| i.poc = v, |i, v| i.fix = v,
                |i, v| i.stale = v,
            ] {
                prop_assert!(at(&|i| flag(i, false)) <= at(&|i| flag(i, true)));
            }
            let (less, more) = if a.reach <= b.reach { (a.reach, b.reach) } else { (b.reach, a.reach) };
            prop_assert!(at(&|i| i.reach = less) <= at(&|i| i.reach = more));
            if let (Some(x), Some(y)) = (a.exposure, b.exposure) {
                prop_assert!(at(&|i| i.exposure = Some(x.min(y))) <= at(&|i| i.exposure = Some(x.max(y))));
            }
            prop_assert!(at(&|i| i.exposure = Some(Exposure::Isolated)) <= at(&|i| i.exposure = None));
            prop_assert!(at(&|i| i.exposure = None) <= at(&|i| i.exposure = Some(Exposure::Internet)));
            if let (Some(x), Some(y)) = (a.decision, b.decision) {
                prop_assert!(at(&|i| i.decision = Some(x.min(y))) <= at(&|i| i.decision = Some(x.max(y))));
            }
            prop_assert!(at(&|i| i.decision = Some(Decision::Track)) <= at(&|i| i.decision = None));
            prop_assert!(at(&|i| i.decision = None) <= at(&|i| i.decision = Some(Decision::Act)));
            // Not in memory stands below unknown, and unknown below in memory.
            prop_assert!(at(&|i| i.loaded = InMemory::No) < at(&|i| i.loaded = InMemory::Unknown));
            prop_assert!(at(&|i| i.loaded = InMemory::Unknown) < at(&|i| i.loaded = InMemory::Yes));
        }
    }
}
