//! Progress on standard error, only when it is a terminal.
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::{cli::Global, output::stderr_is_terminal};

/// A bar of one stage of work.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Begins a stage; `name` says what is being done.
    pub(crate) fn start(global: &Global, name: &'static str) -> Self {
        let bar = ProgressBar::new(0);
        bar.set_draw_target(if stderr_is_terminal() && !global.quiet {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        });
        if let Ok(style) = ProgressStyle::with_template("{prefix:>10} {bar:32} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        bar.set_prefix(name);
        Self(bar)
    }

    /// Tells how far it is.
    pub(crate) fn at(&self, done: usize, total: usize, what: &str) {
        self.0.set_length(total as u64);
        self.0.set_position(done as u64);
        self.0.set_message(what.to_owned());
    }

    /// Tells how many bytes are done; `total` is 0 where it is not known.
    pub(crate) fn bytes(&self, done: u64, total: u64, what: &str) {
        self.0.set_length(total.max(done) >> 20);
        self.0.set_position(done >> 20);
        self.0.set_message(format!("MiB {what}"));
    }

    /// Takes the bar away.
    pub(crate) fn end(self) {
        self.0.finish_and_clear();
    }
}
