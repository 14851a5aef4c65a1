//! Vulnerabilities: the advisory database, matching, what matters, groups and fixes, SBOM and VEX. Start at
//! [`judge`] and [`Database`].
//!
//! `source/` has one file a published format (a row of `source::FORMATS`), `db/` keeps what they say, `matching` asks it
//! for each package, `rank/` says what matters (SSVC, CVSS, risk), `group` and `fix` what closes it, `sbom/` and `vex/`
//! read and write the community's documents.
//!
//! **Invariant:** no database is "not assessed", never "no vulnerabilities"; a package whose ecosystem the database does
//! not hold, or whose version cannot be ordered, is said to be so. **Invariant:** knows no collector: it reads the facets
//! `package`, `software`, `loaded` and `listeners` of a snapshot. **Invariant:** no clock; callers pass `now`.
mod db;
mod ecosystem;
mod fix;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzz;
mod group;
mod judge;
mod matching;
mod model;
mod policy;
mod purl;
mod range;
mod rank;
mod sbom;
mod source;
mod vex;

pub use db::{
    Database, DatabaseError, DatabaseStatus, SourceStatus, Trust, UpdateOptions, UpdateReport, export, import,
    keys_make, update,
};
pub use ecosystem::ecosystems;
pub use fix::{Expected, FixPlan, FixStep, fix_plan};
pub use group::{Group, Member, groups};
pub use judge::{Coverage, JudgeContext, Judgement, NotAssessed, judge};
pub use matching::{Match, match_package};
pub use model::{
    Advisory, Affected, CvssVector, Event, Exploited, FixState, Range, RangeType, Record, Ssvc, VulnerabilityRecord,
};
pub use policy::{Environment, Policy, PolicyError, Threshold};
pub use purl::purl_of;
pub use sbom::{SbomError, SbomFormat, sbom_read, sbom_write};
pub use source::{SourceSetting, normalise, sources_default, sources_in};
pub use vex::{VexError, VexStatement, VexStatus, vex_read, vex_write};
