//! What the targets share. Each binary is one crate's table.
use std::{path::Path, process::exit, sync::OnceLock};

use casemate_estate::fuzz::{Target, dispatch};

mod growth;

fn target_name() -> Option<&'static str> {
    static NAME: OnceLock<Option<String>> = OnceLock::new();
    NAME.get_or_init(|| std::env::var("FUZZ_TARGET").ok()).as_deref()
}

/// What a binary does before it fuzzes, and instead of it where it is told to: `FUZZ_SEEDS=DIR` writes the seeds of each
/// target to `DIR/TARGET/` and prints the names; `FUZZ_GROWTH=1` measures how time grows with the input.
///
/// # Panics
/// Where the seeds cannot be written.
pub fn begin(table: &[Target]) {
    if let Some(dir) = std::env::var_os("FUZZ_SEEDS") {
        for target in table {
            let dir = Path::new(&dir).join(target.name);
            std::fs::create_dir_all(&dir).expect("cannot make the directory of seeds");
            for (number, seed) in target.seeds.iter().enumerate() {
                std::fs::write(dir.join(format!("seed-{number}")), seed).expect("cannot write a seed");
            }
            println!("{}", target.name);
        }
        exit(0);
    }
    if std::env::var_os("FUZZ_GROWTH").is_some() {
        exit(i32::from(!growth::measure(table, target_name())));
    }
}

/// Runs one input through the target that `FUZZ_TARGET` names, or that its first byte picks.
pub fn run(table: &[Target], data: &[u8]) {
    dispatch(table, target_name(), data);
}
