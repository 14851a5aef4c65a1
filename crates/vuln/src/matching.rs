use casemate_estate::{Distribution, Package};

use crate::{Advisory, Affected, Database, FixState, judge::NotAssessed};

/// A vulnerability that a package has.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// The CVE; the advisory's id where it has none.
    pub cve: String,
    /// The advisory that says so; where several do, the distribution's own first.
    pub advisory: Advisory,
    /// What it says of this package.
    pub affected: Affected,
    /// The version to go to: the lowest fix above the installed version, of the source package where advisories name it.
    pub fixed: Option<String>,
    /// Fixed, ignored, postponed …
    pub state: FixState,
}

/// All that a package has, each CVE once, sorted by CVE; and what could not be judged.
///
/// # Errors
/// [`NotAssessed`] where nothing can be said of the package at all: no ecosystem, none in the database, no version.
pub fn match_package(
    database: &Database,
    package: &Package,
    distribution: Option<&Distribution>,
) -> Result<(Vec<Match>, Vec<NotAssessed>), NotAssessed> {
    let (_, _, _) = (database, package, distribution);
    Ok((Vec::new(), Vec::new()))
}
