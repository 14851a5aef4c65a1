//! One self-contained page.
use crate::{error::CommandError, report::Report};

/// Renders the page.
pub(crate) fn render(report: &Report) -> Result<String, CommandError> {
    let _ = report;
    Err(CommandError::Render { format: "HTML", reason: "not written yet".into() })
}
