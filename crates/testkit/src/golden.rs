use std::path::Path;

/// Compares `got` with the golden file at `path`; with `CASEMATE_BLESS` set, writes it instead (`cargo xtask bless`).
///
/// # Panics
/// Where they differ.
pub fn assert_golden(path: &Path, got: &str) {
    if std::env::var_os("CASEMATE_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, got).unwrap();
        return;
    }
    let want = std::fs::read_to_string(path).unwrap_or_default();
    if want == got {
        return;
    }
    let first = want
        .lines()
        .zip(got.lines())
        .position(|(w, g)| w != g)
        .unwrap_or(want.lines().count().min(got.lines().count()));
    panic!(
        "{} differs from line {}:\n  want {:?}\n  got  {:?}\nhint: `cargo xtask bless` where the new output is right",
        path.display(),
        first + 1,
        want.lines().nth(first),
        got.lines().nth(first)
    );
}
