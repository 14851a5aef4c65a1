//! Prints the packages of a directory as JSON lines, then what could not be read to stderr: for benchmarks, which set
//! them beside other programs'.
#![expect(clippy::print_stderr, reason = "a program for people")]
use std::{error::Error, io::Write, path::PathBuf};

use casemate_collect_software::{DirectoryOptions, assemble, walk};

fn main() -> Result<(), Box<dyn Error>> {
    let root = std::env::args_os().nth(1).map(PathBuf::from).ok_or("usage: inventory DIRECTORY")?;
    let options = DirectoryOptions { one_file_system: true, ..DirectoryOptions::default() };
    let mut all = Vec::new();
    walk(&root, options, &|_| (), &mut |entry, facts| all.push((entry.path.clone(), None, facts)))?;
    let assembled = assemble(all);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for package in &assembled.inventory.packages {
        serde_json::to_writer(&mut out, package)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    for problem in &assembled.inventory.problems {
        eprintln!("{}: {}{}", problem.path, problem.reason, if problem.incomplete { " (incomplete)" } else { "" });
    }
    Ok(())
}
