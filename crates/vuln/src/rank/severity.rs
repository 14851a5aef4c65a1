//! How bad a vulnerability is: the distribution's own word, else the rating of its score.
use casemate_estate::Severity;

/// The severity, and where it is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rated {
    pub(crate) severity: Severity,
    /// `distribution`, `cvss`, or `unknown`, for which medium stands.
    pub(crate) from: &'static str,
}

/// Words of Debian, Ubuntu, Red Hat, SUSE and GHSA. What Debian calls unimportant and Ubuntu negligible is no security
/// matter there.
const WORDS: &[(&str, Severity)] = &[
    ("critical", Severity::Critical),
    ("high", Severity::High),
    ("important", Severity::High),
    ("medium", Severity::Medium),
    ("moderate", Severity::Medium),
    ("low", Severity::Low),
    ("minor", Severity::Low),
    ("negligible", Severity::Low),
    ("unimportant", Severity::Low),
];

/// Rates by the distribution's word for a system package, else by the score (the rating scale of CVSS 3 and 4, which is
/// applied to version 2 too), else by the word, else medium.
pub(crate) fn rate(urgency: Option<&str>, score: Option<f64>, system: bool) -> Rated {
    let word = urgency.and_then(|word| {
        let word = word.trim().trim_end_matches('*').to_lowercase();
        WORDS.iter().find(|(known, _)| *known == word).map(|(_, severity)| *severity)
    });
    let score = score.map(|score| match score {
        9.0.. => Severity::Critical,
        7.0.. => Severity::High,
        4.0.. => Severity::Medium,
        _ => Severity::Low,
    });
    match (word, score) {
        (Some(severity), _) if system => Rated { severity, from: "distribution" },
        (_, Some(severity)) => Rated { severity, from: "cvss" },
        (Some(severity), None) => Rated { severity, from: "advisory" },
        (None, None) => Rated { severity: Severity::Medium, from: "unknown" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distribution_is_nearer_than_the_score_and_nothing_is_medium() {
        for (urgency, score, system, want, why) in [
            (Some("unimportant"), Some(9.8), true, (Severity::Low, "distribution"), "Debian looked at it"),
            (Some("Important"), None, true, (Severity::High, "distribution"), "Red Hat's word"),
            (Some("low**"), Some(5.0), true, (Severity::Low, "distribution"), "old marks of the tracker"),
            (Some("not yet assigned"), Some(7.0), true, (Severity::High, "cvss"), "no word at all"),
            (
                Some("MODERATE"),
                Some(9.8),
                false,
                (Severity::Critical, "cvss"),
                "a database's word is made of the score",
            ),
            (Some("MODERATE"), None, false, (Severity::Medium, "advisory"), "but better than none"),
            (None, Some(0.0), false, (Severity::Low, "cvss"), "none is low"),
            (None, Some(6.9), false, (Severity::Medium, "cvss"), "the upper end"),
            (None, None, true, (Severity::Medium, "unknown"), "and it is said"),
        ] {
            let got = rate(urgency, score, system);
            assert_eq!((got.severity, got.from), want, "{urgency:?} {score:?}: {why}");
        }
    }
}
