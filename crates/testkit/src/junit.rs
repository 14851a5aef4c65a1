use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The Python package whose source archive carries Jenkins' schema for JUnit XML (MIT), and the schema's place in it.
const PACKAGE: &str = "pytest==8.3.4";
const ARCHIVE: &str = "pytest-8.3.4.tar.gz";
const SCHEMA: &str = "pytest-8.3.4/testing/example_scripts/junit-10.xsd";

/// Whether `file` is well-formed XML, as `xmllint` says; with its complaints where it is not. None without `xmllint`.
#[must_use]
pub fn xml_lint(file: &Path, schema: Option<&Path>) -> Option<Result<(), String>> {
    let mut command = Command::new("xmllint");
    command.args(["--noout", "--nonet"]);
    if let Some(schema) = schema {
        command.arg("--schema").arg(schema);
    }
    match command.arg(file).stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => Some(Ok(())),
        Ok(output) => Some(Err(String::from_utf8_lossy(&output.stderr).into_owned())),
        Err(error) => {
            eprintln!("skipped: xmllint cannot be run ({error}); Debian has it in libxml2-utils");
            None
        }
    }
}

/// The schema that Jenkins' xUnit plugin validates with (`junit-10.xsd`), or none, with a printed reason.
///
/// No release of JUnit has a schema of its own. This one is fetched once with `pip` and kept below `~/.cache`, for
/// nothing of others is copied into the repository.
#[must_use]
pub fn junit_schema() -> Option<PathBuf> {
    let home = std::env::var_os("HOME")?;
    let cache = Path::new(&home).join(".cache/casemate-testkit");
    let kept = cache.join("junit-10.xsd");
    if kept.exists() {
        return Some(kept);
    }
    let scratch = tempfile::tempdir().unwrap();
    let run = |command: &mut Command| match command.current_dir(scratch.path()).stdin(Stdio::null()).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
        Err(error) => Err(error.to_string()),
    };
    let pip = ["-m", "pip", "download", "--quiet", "--timeout", "10", "--no-deps", "--no-binary", ":all:", PACKAGE];
    let fetched = run(Command::new("python3").args(pip))
        .and_then(|()| run(Command::new("tar").args(["-xzf", ARCHIVE, SCHEMA])))
        .and_then(|()| std::fs::create_dir_all(&cache).map_err(|error| error.to_string()))
        // Beside its place first: another test may look at the same time.
        .and_then(|()| {
            let beside = cache.join(format!("junit-10.xsd.{}", std::process::id()));
            std::fs::copy(scratch.path().join(SCHEMA), &beside)
                .and_then(|_| std::fs::rename(&beside, &kept))
                .map_err(|error| error.to_string())
        });
    match fetched {
        Ok(()) => Some(kept),
        Err(error) => {
            let last = error.lines().last().unwrap_or_default();
            eprintln!("skipped: Jenkins' schema for JUnit XML cannot be had from PyPI: {last}");
            None
        }
    }
}
