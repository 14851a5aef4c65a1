//! CVSS 2.0, 3.0, 3.1 and 4.0: base scores, and scores in the target's environment (<https://www.first.org/cvss/>).
use cvss::Cvss;

use super::exposure::Exposure;
use crate::CvssVector;

/// What the operator says of a target: how much each loss matters, and from where it is reached.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Setting {
    /// `L`, `M`, `H`: confidentiality, integrity, availability.
    pub(crate) requirements: [Option<char>; 3],
    /// Only what the operator says. That nothing listens does not keep a client from fetching what harms it.
    pub(crate) exposure: Option<Exposure>,
}

/// The vector that stands for a vulnerability.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scored {
    /// `2.0`, `3.0`, `3.1`, `4.0`.
    pub(crate) version: &'static str,
    /// As published.
    pub(crate) vector: String,
    /// The base score, computed: some publishers give the temporal score beside their vector.
    pub(crate) score: f64,
    /// In the target's environment: the vector with what was added, and its score.
    pub(crate) environmental: Option<(String, f64)>,
    /// Who scored it.
    pub(crate) source: String,
}

/// Metrics of the base group, by version; what else a vector has is left out of the base score.
const BASE: &[(&str, &[&str])] = &[
    ("4.0", &["AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA"]),
    ("3.1", &["AV", "AC", "PR", "UI", "S", "C", "I", "A"]),
    ("3.0", &["AV", "AC", "PR", "UI", "S", "C", "I", "A"]),
    ("2.0", &["AV", "AC", "Au", "C", "I", "A"]),
];

/// Whose vector counts first where several of one version are there; the rest follow, highest score first.
const SOURCES: [&str; 5] = ["nvd", "cisa-adp", "cna", "ghsa", "redhat"];

/// A vector without what is not of its base group: version and text, without prefix.
fn base_of(vector: &str) -> Option<(&'static str, String)> {
    // Old feeds write version 2 in brackets.
    let vector = vector.trim().trim_start_matches('(').trim_end_matches(')');
    let (version, rest) = match vector.strip_prefix("CVSS:") {
        Some(rest) => rest.split_once('/')?,
        None => ("2.0", vector.strip_prefix("CVSS2#").unwrap_or(vector)),
    };
    let (version, metrics) = BASE.iter().find(|(known, _)| *known == version)?;
    let parts: Vec<&str> =
        rest.split('/').filter(|part| part.split_once(':').is_some_and(|(name, _)| metrics.contains(&name))).collect();
    // Every metric of the base group, once.
    (parts.len() == metrics.len()
        && metrics.iter().all(|name| parts.iter().any(|part| part.split_once(':').is_some_and(|(n, _)| n == *name))))
    .then(|| (*version, parts.join("/")))
}

/// Version and base score of a vector; none where it is not one.
pub(crate) fn base(vector: &str) -> Option<(&'static str, f64)> {
    let (version, base) = base_of(vector)?;
    let score = match version {
        "2.0" => base.parse::<cvss::v2::Vector>().ok()?.score().value(),
        _ => format!("CVSS:{version}/{base}").parse::<Cvss>().ok()?.score(),
    };
    (0.0..=10.0).contains(&score).then_some((version, tenth(score)))
}

/// The vector with the environment's metrics, and its score; none for version 2, and where the environment changes
/// nothing. Exposure only ever takes the attacker farther away: N becomes A where the target is not in the internet, and L
/// where no network reaches it.
pub(crate) fn environmental(vector: &str, setting: Setting) -> Option<(String, f64)> {
    let (version, base) = base_of(vector)?;
    if version == "2.0" {
        return None;
    }
    let mut added = String::new();
    for (name, requirement) in ["CR", "IR", "AR"].into_iter().zip(setting.requirements) {
        if let Some(requirement) = requirement {
            added.push_str(&format!("/{name}:{requirement}"));
        }
    }
    let attack = base.split('/').find_map(|part| part.strip_prefix("AV:"))?;
    let modified = match (setting.exposure, attack) {
        (Some(Exposure::Isolated), "N" | "A") => Some('L'),
        (Some(Exposure::Internal | Exposure::Adjacent), "N") => Some('A'),
        _ => None,
    };
    if let Some(modified) = modified {
        added.push_str(&format!("/MAV:{modified}"));
    }
    if added.is_empty() {
        return None;
    }
    let vector = format!("CVSS:{version}/{base}{added}");
    let score = match vector.parse::<Cvss>().ok()? {
        Cvss::CvssV30(vector) | Cvss::CvssV31(vector) => vector.environmental_score().value(),
        other => other.score(),
    };
    (0.0..=10.0).contains(&score).then(|| (vector, tenth(score)))
}

fn tenth(score: f64) -> f64 {
    (score * 10.0).round() / 10.0
}

/// The vector that stands for them all: of the newest version, then by source, then the highest.
pub(crate) fn best<'a>(vectors: impl IntoIterator<Item = &'a CvssVector>, setting: Setting) -> Option<Scored> {
    let place = |source: &str| SOURCES.iter().position(|known| *known == source).unwrap_or(SOURCES.len());
    let (version, score, vector) = vectors
        .into_iter()
        .filter_map(|vector| {
            let (version, computed) = base(&vector.vector)?;
            Some((version, computed, vector))
        })
        .max_by(|(a_version, a_score, a), (b_version, b_score, b)| {
            // Versions are one digit, a point and one digit, so text order is their order.
            (a_version, place(&b.source)).cmp(&(b_version, place(&a.source))).then(a_score.total_cmp(b_score))
        })?;
    Some(Scored {
        version,
        vector: vector.vector.clone(),
        score,
        environmental: environmental(&vector.vector, setting),
        source: vector.source.clone(),
    })
}

/// Scores are within their scale whatever the text; for fuzzers.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn fuzz(text: &str) -> usize {
    let setting = Setting { requirements: [Some('H'), Some('L'), None], exposure: Some(Exposure::Isolated) };
    let scores =
        base(text).map(|(_, score)| score).into_iter().chain(environmental(text, setting).map(|(_, score)| score));
    scores.map(|score| usize::from((0.0..=10.0).contains(&score))).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn scores_are_those_of_the_specifications() {
        for (vector, want, why) in [
            ("AV:N/AC:L/Au:N/C:N/I:N/A:C", Some(("2.0", 7.8)), "CVE-2002-0392 in the guide of version 2"),
            ("(AV:N/AC:L/Au:N/C:C/I:C/A:C)", Some(("2.0", 10.0)), "brackets of old feeds"),
            ("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", Some(("3.0", 6.1)), "CVE-2013-1937, examples of 3.0"),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", Some(("3.1", 9.8)), ""),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", Some(("3.1", 0.0)), "no impact"),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/MAV:P", Some(("3.1", 9.8)), "the base alone"),
            (
                "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
                Some(("4.0", 9.3)),
                "examples of version 4",
            ),
            ("CVSS:3.1/AV:N/AC:L", None, "metrics are missing"),
            ("CVSS:3.1/AV:N/AV:N/PR:N/UI:N/S:U/C:H/I:H/A:H", None, "one twice, one missing"),
            ("CVSS:9.9/AV:N", None, "a version that is not known"),
            ("", None, "nothing"),
        ] {
            assert_eq!(base(vector), want, "{vector}: {why}");
        }
    }

    #[test]
    fn the_environment_raises_and_lowers() {
        let vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
        let score =
            |requirements, exposure| environmental(vector, Setting { requirements, exposure }).map(|(_, score)| score);
        assert_eq!(score([None; 3], None), None, "nothing is said");
        assert_eq!(score([None; 3], Some(Exposure::Internet)), None, "nothing changes");
        assert_eq!(score([None; 3], Some(Exposure::Adjacent)), Some(8.8));
        assert_eq!(score([None; 3], Some(Exposure::Isolated)), Some(8.4));
        assert_eq!(score([Some('L'); 3], None), Some(8.0), "it matters little there");
        assert_eq!(score([Some('H'); 3], None), Some(9.8));
        let local = "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
        assert_eq!(
            environmental(local, Setting { exposure: Some(Exposure::Adjacent), ..Setting::default() }),
            None,
            "exposure takes nobody nearer"
        );
    }

    #[test]
    fn the_newest_version_and_the_first_source_stand_for_all() {
        let vector =
            |vector: &str, source: &str| CvssVector { vector: vector.into(), source: source.into(), score: None };
        let old = vector("AV:N/AC:L/Au:N/C:C/I:C/A:C", "nvd");
        let nvd = vector("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", "nvd");
        let cna = vector("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "cna");
        let broken = vector("CVSS:4.0/nonsense", "nvd");
        let best = best([&old, &cna, &nvd, &broken], Setting::default()).unwrap();
        assert_eq!((best.version, best.source.as_str(), best.score), ("3.1", "nvd", 7.5));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn any_text_is_a_score_or_none(text in "(CVSS:[0-9.]{0,4}/)?([A-Za-z]{0,3}:[A-Z]?/?){0,14}.{0,8}") {
            if let Some((_, score)) = base(&text) {
                prop_assert!((0.0..=10.0).contains(&score));
            }
            let setting = Setting { requirements: [Some('H'); 3], exposure: Some(Exposure::Isolated) };
            if let Some((_, score)) = environmental(&text, setting) {
                prop_assert!((0.0..=10.0).contains(&score));
            }
        }
    }

    /// Every scored vector of the corpus, against the score that its publisher gives.
    #[test]
    fn scores_agree_with_those_published() {
        let Some(corpus) = casemate_testkit::corpus("vuln-exploited") else {
            println!("skipped: the corpus vuln-exploited is not here");
            return;
        };
        let text = std::fs::read_to_string(corpus.join("vulnrichment.jsonl")).unwrap();
        let mut counts: std::collections::BTreeMap<String, [u32; 4]> = std::collections::BTreeMap::new();
        let mut shown = Vec::new();
        for line in text.lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            for scored in row["cvss"].as_array().into_iter().flatten() {
                let (Some(vector), Some(score)) = (scored["vector"].as_str(), scored["score"].as_f64()) else {
                    continue;
                };
                let count = counts.entry(scored["version"].as_str().unwrap_or("?").to_owned()).or_default();
                // With its temporal (threat) metrics: what some publishers give as the score.
                let whole = match vector.parse::<Cvss>() {
                    Ok(Cvss::CvssV30(vector) | Cvss::CvssV31(vector)) => Some(vector.environmental_score().value()),
                    Ok(other) => Some(other.score()),
                    Err(_) => None,
                };
                let near = |ours: f64| (ours - score).abs() < 0.05;
                match base(vector) {
                    Some((_, ours)) if near(ours) => count[0] += 1,
                    Some(_) if whole.is_some_and(near) => count[1] += 1,
                    Some((_, ours)) => {
                        count[2] += 1;
                        shown.push(format!("{} {vector}: {ours} against {score}", row["cve"]));
                    }
                    None => {
                        count[3] += 1;
                        shown.push(format!("{} {vector}: unreadable", row["cve"]));
                    }
                }
            }
        }
        for (version, [base, whole, differ, unreadable]) in &counts {
            println!(
                "CVSS {version}: {base} agree, {whole} published with temporal metrics agree, {differ} differ, \
                 {unreadable} unreadable"
            );
        }
        for line in shown.iter().take(40) {
            println!("  {line}");
        }
        let [agree, other] = counts.values().fold([0, 0], |[a, o], [w, x, y, z]| [a + w + x, o + y + z]);
        assert!(agree > 30_000 && other * 1000 < agree, "{agree} agree, {other} do not");
    }
}
