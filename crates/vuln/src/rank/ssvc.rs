//! CISA's decision tree of the Stakeholder-Specific Vulnerability Categorization
//! (<https://www.cisa.gov/ssvc>; the table as CERT/CC publishes it, "CISA Coordinator 2.0.3").

/// A decision, least urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Decision {
    Track,
    TrackStar,
    Attend,
    Act,
}

use Decision::{Act, Attend, Track, TrackStar};

impl Decision {
    /// All, least urgent first.
    pub(crate) const ALL: [Self; 4] = [Track, TrackStar, Attend, Act];

    /// The word in outputs and policies.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Track => "track",
            TrackStar => "track*",
            Attend => "attend",
            Act => "act",
        }
    }

    /// The decision of this word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.as_str() == word)
    }
}

/// Values of exploitation, least first.
pub(crate) const EXPLOITATION: [&str; 3] = ["none", "poc", "active"];
/// Values of automatable.
pub(crate) const AUTOMATABLE: [&str; 2] = ["no", "yes"];
/// Values of technical impact.
pub(crate) const IMPACT: [&str; 2] = ["partial", "total"];
/// Values of mission prevalence and public well-being, joined.
pub(crate) const MISSION: [&str; 3] = ["low", "medium", "high"];

/// Exploitation × automatable × technical impact, with the decision for low, medium and high mission and well-being.
const TREE: [(&str, &str, &str, [Decision; 3]); 12] = [
    ("none", "no", "partial", [Track, Track, Track]),
    ("none", "no", "total", [Track, Track, TrackStar]),
    ("none", "yes", "partial", [Track, Track, Attend]),
    ("none", "yes", "total", [Track, Track, Attend]),
    ("poc", "no", "partial", [Track, Track, TrackStar]),
    ("poc", "no", "total", [Track, TrackStar, Attend]),
    ("poc", "yes", "partial", [Track, Track, Attend]),
    ("poc", "yes", "total", [Track, TrackStar, Attend]),
    ("active", "no", "partial", [Track, Track, Attend]),
    ("active", "no", "total", [Track, Attend, Act]),
    ("active", "yes", "partial", [Attend, Attend, Act]),
    ("active", "yes", "total", [Attend, Act, Act]),
];

/// The four decision points; one that nobody assessed is none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Points<'a> {
    pub(crate) exploitation: Option<&'a str>,
    pub(crate) automatable: Option<&'a str>,
    pub(crate) impact: Option<&'a str>,
    pub(crate) mission: Option<&'a str>,
}

/// The decision where it is the same whatever the unknown points are; none where it depends on them.
pub(crate) fn decide(points: Points<'_>) -> Option<Decision> {
    let holds = |known: Option<&str>, value: &str| known.is_none_or(|known| known == value);
    let mut decisions = TREE
        .iter()
        .filter(|(exploitation, automatable, impact, _)| {
            holds(points.exploitation, exploitation)
                && holds(points.automatable, automatable)
                && holds(points.impact, impact)
        })
        .flat_map(|(.., row)| MISSION.iter().zip(row))
        .filter(|(mission, _)| holds(points.mission, mission))
        .map(|(_, decision)| *decision);
    let first = decisions.next()?;
    decisions.all(|decision| decision == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points<'a>(exploitation: &'a str, automatable: &'a str, impact: &'a str, mission: &'a str) -> Points<'a> {
        let some = |word: &'a str| Some(word).filter(|word| *word != "?");
        Points {
            exploitation: some(exploitation),
            automatable: some(automatable),
            impact: some(impact),
            mission: some(mission),
        }
    }

    #[test]
    fn every_row_of_the_published_table_holds() {
        // Exploitation, automatable, technical impact, mission and well-being, decision: rows 0 to 35.
        let published = "none no partial low track|none no partial medium track|none no partial high track\
            |none no total low track|none no total medium track|none no total high track*\
            |none yes partial low track|none yes partial medium track|none yes partial high attend\
            |none yes total low track|none yes total medium track|none yes total high attend\
            |poc no partial low track|poc no partial medium track|poc no partial high track*\
            |poc no total low track|poc no total medium track*|poc no total high attend\
            |poc yes partial low track|poc yes partial medium track|poc yes partial high attend\
            |poc yes total low track|poc yes total medium track*|poc yes total high attend\
            |active no partial low track|active no partial medium track|active no partial high attend\
            |active no total low track|active no total medium attend|active no total high act\
            |active yes partial low attend|active yes partial medium attend|active yes partial high act\
            |active yes total low attend|active yes total medium act|active yes total high act";
        let rows: Vec<Vec<&str>> = published.split('|').map(|row| row.split_whitespace().collect()).collect();
        assert_eq!(rows.len(), 36);
        for row in rows {
            let got = decide(points(row[0], row[1], row[2], row[3])).map(Decision::as_str);
            assert_eq!(got, Some(row[4]), "{row:?}");
        }
    }

    #[test]
    fn what_nobody_assessed_gives_a_decision_only_where_it_does_not_matter() {
        for (points, want, why) in [
            (points("?", "yes", "total", "high"), None, "attend or act"),
            (points("none", "?", "?", "medium"), Some(Track), "every way leads to track"),
            (points("active", "yes", "?", "high"), Some(Act), "every way leads to act"),
            (points("active", "?", "?", "medium"), None, "known to be exploited, the rest unknown"),
            (points("odd", "yes", "total", "high"), None, "a word that the tree does not have"),
            (Points::default(), None, "nothing is known"),
        ] {
            assert_eq!(decide(points), want, "{why}");
        }
    }

    #[test]
    fn more_of_any_point_is_never_less_urgent() {
        let all = |e: usize, a: usize, i: usize, m: usize| {
            decide(points(EXPLOITATION[e], AUTOMATABLE[a], IMPACT[i], MISSION[m])).unwrap()
        };
        for (e, a, i, m) in (0..36).map(|n| (n / 12, n / 6 % 2, n / 3 % 2, n % 3)) {
            assert!(e == 2 || all(e + 1, a, i, m) >= all(e, a, i, m));
            assert!(a == 1 || all(e, 1, i, m) >= all(e, a, i, m));
            assert!(i == 1 || all(e, a, 1, m) >= all(e, a, i, m));
            assert!(m == 2 || all(e, a, i, m + 1) >= all(e, a, i, m));
        }
    }
}
