//! Turns resources and their facets into verdicts. Start at [`Content::load`], then [`Assessor::assess`].
//!
//! **Invariant:** knows no collector, makes no call, writes nothing; callers pass `now`.
//! **Invariant:** a check that cannot be evaluated is [`State::Unknown`](casemate_estate::State), never a pass.
//! **Invariant:** content that cannot be used is a [`ContentError`] with its place, never dropped in silence.
//!
//! # What an author of checks meets
//! - A function that cannot do its work (`to_number("x")`) is an error of the evaluation, also below `not`: the verdict
//!   is `unknown: evaluation failed at FILE:LINE:COLUMN`. A field that is not there is undefined, as always in Rego.
//! - `input` holds `resource`, the facets that `needs` and `needs_if_supported` name, and with `clock: day` also
//!   `today` and `today_days`. `data` holds `params`, `estate.related` and the modules below `casemate.lib`.
//! - No `with`, `print`, chance, clock or network: a verdict comes from its inputs alone. No recursion.
//! - One rule may take 2 s; what `concat`, `sprintf`, `replace`, `numbers.range` and the like build for one verdict
//!   is bounded at 64 MiB. More is `unknown: exceeded limits`. Other values are bounded by the time alone.
mod analysis;
mod assessor;
mod baseline;
mod case;
mod check;
mod content;
mod error;
mod eval;
mod framework;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzz;
mod guard;
mod harness;
mod meta;
mod nesting;
mod risk;
mod shapes;
mod source;
mod suppression;
mod syntax;
mod yaml;

pub use assessor::{Assessment, Assessor, BaselineCheck, Options, Origin, Remembered};
pub use baseline::{Baseline, Setting};
pub use check::{Check, Explanation, ParamValue};
pub use content::{Content, ContentSource, LoadOptions};
pub use error::{AssessError, ContentError};
pub use framework::{Control, ControlCoverage, ControlStatus, Coverage, Framework, Level};
pub use harness::{CaseFailure, MutationReport, Survivor, TestReport};
pub use meta::{CheckMeta, Clock, Param, ParamType, Related, RelatedDirection, Remediation};
pub use risk::{Risk, RiskContext, risk};
pub use shapes::Shapes;
pub use suppression::{SuppressionError, SuppressionRule};
