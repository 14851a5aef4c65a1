//! Runs the cases of a content directory: `check_test CONTENT_DIR SHAPES.json [FILTER] [--mutate]`.
//! With `-` in the place of the shapes, fields are not checked.
#![expect(clippy::print_stdout, reason = "an example prints")]
use std::{error::Error, path::PathBuf, process::ExitCode};

use casemate_assess::{Content, ContentSource, LoadOptions, Shapes};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mutate = args.iter().any(|a| a == "--mutate");
    args.retain(|a| a != "--mutate");
    let [dir, shapes, rest @ ..] = args.as_slice() else {
        return Err("usage: check_test CONTENT_DIR SHAPES.json|- [FILTER] [--mutate]".into());
    };
    let filter = rest.first().map(String::as_str);
    let shapes = match shapes.as_str() {
        "-" => Shapes::new(),
        path => Shapes::from_json(serde_json::from_str(&std::fs::read_to_string(path)?)?)?,
    };
    let options = LoadOptions { cases: true, trust_embedded: false };
    let content = Content::load(&[ContentSource::Directory(PathBuf::from(dir))], &shapes, &options);
    // A filter is an id or a part of one; errors are filtered by the path that goes with it.
    let part = filter.map(|f| f.replace('.', "/"));
    let errors: Vec<_> =
        content.errors().iter().filter(|e| part.as_ref().is_none_or(|p| e.file.contains(p.as_str()))).collect();
    for error in &errors {
        println!("error: {error}");
    }
    let report = content.test(filter);
    for f in &report.failures {
        println!("FAILED {}: {}\n  in {}\n  want {}, got {}: {}", f.check, f.note, f.file, f.want, f.got, f.reason);
    }
    let mut bad = !errors.is_empty() || !report.failures.is_empty();
    println!(
        "{} checks, {} cases ({} automatic), {} failed, {} errors of content",
        report.checks,
        report.cases,
        report.automatic,
        report.failures.len(),
        errors.len()
    );
    if mutate {
        let report = content.mutate(filter);
        for s in &report.survivors {
            println!("SURVIVED {}: {}", s.check, s.mutation);
        }
        println!("mutants: {} killed of {}", report.killed, report.total);
        bad |= !report.survivors.is_empty();
    }
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
