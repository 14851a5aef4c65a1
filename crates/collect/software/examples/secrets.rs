//! Prints the secrets of a directory as JSON lines, redacted: for benchmarks and for judging detectors.
use std::{error::Error, io::Write, path::PathBuf};

use casemate_collect_software::{DirectoryOptions, assemble, walk};

fn main() -> Result<(), Box<dyn Error>> {
    let root = std::env::args_os().nth(1).map(PathBuf::from).ok_or("usage: secrets DIRECTORY")?;
    let options = DirectoryOptions { secrets: true, one_file_system: true, ..DirectoryOptions::default() };
    let mut all = Vec::new();
    walk(&root, options, &|_| (), &mut |entry, facts| all.push((entry.path.clone(), None, facts)))?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for secret in &assemble(all).secrets {
        serde_json::to_writer(&mut out, secret)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}
