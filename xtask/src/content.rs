//! Checks are tested like code: every case, the cases that the engine adds, and a mutant of each rule.
use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::{Chore, metadata::Metadata};

/// Runs all cases and mutants; `docs/checks.md` must be true, or is renewed with `--write`.
pub(crate) fn run(args: &[String]) -> Chore {
    let metadata = Metadata::load()?;
    let root = PathBuf::from(&metadata.workspace_root);
    let program = build(&metadata)?;
    let status = Command::new(&program)
        .args(["check", "test", "--mutate"])
        .status()
        .map_err(|error| format!("cannot run {}: {error}", program.display()))?;
    if !status.success() {
        return Err("checks are not sound: see above".into());
    }
    let text = page(&program)?;
    let path = root.join("docs/checks.md");
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    if old == text {
        return Ok(());
    }
    if args.iter().any(|arg| arg == "--write") {
        return std::fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()));
    }
    Err(format!("{} is not what the checks say: run `cargo xtask content --write`", path.display()))
}

/// Builds the program and gives its path.
pub(crate) fn build(metadata: &Metadata) -> Result<PathBuf, String> {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--locked", "--package", "casemate"])
        .status()
        .map_err(|error| format!("cannot run cargo build: {error}"))?;
    if status.success() {
        Ok(Path::new(&metadata.target_directory).join("debug/casemate"))
    } else {
        Err("the build failed".into())
    }
}

fn ask(program: &Path, args: &[&str]) -> Result<Vec<Value>, String> {
    let output = Command::new(program).args(args).output().map_err(|error| format!("cannot run casemate: {error}"))?;
    if !output.status.success() {
        return Err(format!("casemate {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr)));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("cannot read its answer: {error}"))
}

/// The catalogue of checks, made from the checks.
fn page(program: &Path) -> Result<String, String> {
    let checks = ask(program, &["check", "list", "--format", "json"])?;
    let frameworks = ask(program, &["check", "list", "--frameworks", "--format", "json"])?;
    let baselines = ask(program, &["check", "list", "--baselines", "--format", "json"])?;
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut out = String::from("# Checks\n\nMade by `cargo xtask content --write` from `content/`; do not edit.\n\n");
    let mut line = |words: String| {
        out.push_str(words.trim_end());
        out.push('\n');
    };
    line(format!("{} checks, {} baselines, {} frameworks.\n", checks.len(), baselines.len(), frameworks.len()));
    line("| framework | controls with a check | controls |\n| --- | --- | --- |".into());
    for framework in &frameworks {
        let number = |key: &str| framework.get(key).and_then(Value::as_u64).unwrap_or(0);
        line(format!(
            "| {} ({}) | {} | {} |",
            text(framework, "id"),
            text(framework, "title"),
            number("covered"),
            number("controls")
        ));
    }
    line("\n| baseline | checks |\n| --- | --- |".into());
    for baseline in &baselines {
        let count = baseline.get("checks").and_then(Value::as_array).map_or(0, Vec::len);
        line(format!("| {} | {count} |", text(baseline, "id")));
    }
    line("\n| check | severity | what it proves | maps to |\n| --- | --- | --- | --- |".into());
    for check in &checks {
        let mut maps = String::new();
        for (framework, controls) in check.get("frameworks").and_then(Value::as_object).into_iter().flatten() {
            if framework == "ssg" {
                continue;
            }
            let ids: Vec<&str> = controls.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            // Writing to a string does not fail.
            write!(maps, "{framework} {}; ", ids.join(" ")).map_err(|error| error.to_string())?;
        }
        line(format!(
            "| `{}` | {} | {} | {} |",
            text(check, "id"),
            text(check, "severity"),
            text(check, "title").replace('|', "\\|"),
            maps.trim_end_matches("; ")
        ));
    }
    Ok(out)
}
