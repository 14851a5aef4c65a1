//! All detectors, one row each. Where two fit the same text the earlier counts: those that know a format come before those
//! that know a name.
mod cloud;
mod credential;
mod key;
mod service;

use super::detector::Detector;

/// All of them.
pub(super) const DETECTORS: &[&[Detector]] = &[key::ROWS, cloud::ROWS, service::ROWS, credential::ROWS];

/// All of them, in order.
pub(super) fn detectors() -> impl Iterator<Item = &'static Detector> {
    DETECTORS.iter().flat_map(|rows| rows.iter())
}
