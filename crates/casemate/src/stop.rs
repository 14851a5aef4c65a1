//! Ctrl-C: the first asks to stop, the second ends at once.
use std::sync::{
    OnceLock,
    atomic::{AtomicBool, Ordering},
};

/// Whether somebody asked to stop. The first call begins to listen.
pub(crate) fn flag() -> &'static AtomicBool {
    static ASKED: AtomicBool = AtomicBool::new(false);
    static LISTENS: OnceLock<()> = OnceLock::new();
    LISTENS.get_or_init(|| {
        // Where no handler can be set, Ctrl-C ends the program as ever.
        drop(ctrlc::set_handler(|| {
            if ASKED.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        }));
    });
    &ASKED
}
