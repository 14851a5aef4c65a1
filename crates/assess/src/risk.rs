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

/// The risk of a failure of this check with this severity. The formula stands in `docs/risk.md`.
#[must_use]
pub fn risk(meta: &CheckMeta, severity: Severity, context: RiskContext) -> Risk {
    let _ = (meta, severity, context);
    Risk { score: 0, reasons: Vec::new() }
}
