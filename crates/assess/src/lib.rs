//! Turns resources and their facets into verdicts. Start at [`Content::load`], then [`Assessor::assess`].
//!
//! **Invariant:** knows no collector, makes no call, writes nothing; callers pass `now`.
//! **Invariant:** a check that cannot be evaluated is [`State::Unknown`](casemate_estate::State), never a pass.
//! **Invariant:** content that cannot be used is a [`ContentError`] with its place, never dropped in silence.
mod analysis;
mod assessor;
mod baseline;
mod case;
mod check;
mod content;
mod error;
mod eval;
mod framework;
mod guard;
mod harness;
mod meta;
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
