use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The unpacked corpus of this name, or none (with a printed reason) where `../shared` does not lie beside the repository.
///
/// # Panics
/// Where the corpus is there and cannot be unpacked.
#[must_use]
pub fn corpus(name: &str) -> Option<PathBuf> {
    let unpack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/unpack");
    if !unpack.exists() {
        eprintln!("skipped: {} is absent, so there is no corpus `{name}`", unpack.display());
        return None;
    }
    let output = Command::new(unpack).arg(name).output().unwrap();
    assert!(output.status.success(), "cannot unpack {name}: {}", String::from_utf8_lossy(&output.stderr));
    Some(PathBuf::from(String::from_utf8(output.stdout).unwrap().trim()))
}
