use casemate_estate::Severity;

use crate::CheckMeta;

/// What raises the risk of a failure beyond its severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RiskContext {
    /// The host of the resource listens on an address that is not loopback.
    pub exposed: bool,
}

/// A risk with what made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Risk {
    /// 0 to 100.
    pub score: u8,
    /// One phrase for each part, the severity first: `high severity: 65`.
    pub reasons: Vec<String>,
}

/// Areas whose weaknesses are met through the network.
const REACHED: [&str; 5] = ["network", "authentication", "services", "access", "containers"];
/// ATT&CK techniques by which an attacker comes in from outside (tactic TA0001), and password guessing, which leads to
/// the same.
const ENTRY: [&str; 10] = ["T1078", "T1091", "T1133", "T1189", "T1190", "T1195", "T1199", "T1200", "T1566", "T1110"];

/// The risk of a failure of this check with this severity. The formula stands in `docs/risk.md`: what is added never
/// lifts a failure above one of the next severity.
#[must_use]
pub fn risk(meta: &CheckMeta, severity: Severity, context: RiskContext) -> Risk {
    let base: u8 = match severity {
        Severity::Low => 20,
        Severity::Medium => 40,
        Severity::High => 65,
        Severity::Critical => 85,
    };
    let mut score = base;
    let mut reasons = vec![format!("{severity} severity: {base}")];
    if context.exposed && REACHED.contains(&meta.area.as_str()) {
        score = score.saturating_add(8);
        reasons.push(format!("the host can be reached from other machines, and this is about {}: +8", meta.area));
    }
    let entry = meta.attack.iter().find(|t| ENTRY.contains(&t.split('.').next().unwrap_or_default()));
    if let Some(technique) = entry {
        score = score.saturating_add(5);
        reasons.push(format!("it helps an attacker to get in ({technique}): +5"));
    }
    Risk { score: score.min(100), reasons }
}
