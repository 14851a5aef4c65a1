//! Builds the advisory database from a directory and measures it: build, refresh, opening, look-ups. Prints JSON.
//! `advisories DIRECTORY [DATABASE]`.
#![expect(clippy::print_stdout, reason = "it prints its measurements")]
use std::{collections::BTreeMap, path::Path, time::Instant};

use casemate_estate::Timestamp;
use casemate_vuln::{Database, Trust, UpdateOptions, sources_in, update};

type Failure = Box<dyn std::error::Error>;
/// Ecosystem and name.
type Package = (String, String);

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().ok_or("usage: advisories DIRECTORY [DATABASE]")?;
    let scratch = tempfile::tempdir()?;
    let path = arguments.next().map_or_else(|| scratch.path().join("advisories.db"), Into::into);
    let now = Timestamp::now();
    let start = Instant::now();
    let sources = sources_in(Path::new(&directory))?;
    let find = start.elapsed();
    let run = |full: bool| -> Result<_, Failure> {
        let start = Instant::now();
        let options = UpdateOptions { full, ..UpdateOptions::default() };
        let report = update(&path, &sources, &options, now, &|_, _, _| {})?;
        Ok((start.elapsed(), report))
    };
    let (build, built) = run(true)?;
    let (refresh, refreshed) = run(false)?;
    let start = Instant::now();
    let database = Database::open(&path, &Trust::default())?;
    let open = start.elapsed();
    let (packages, cves) = names(&path)?;
    let mut times = Vec::new();
    let mut rows = 0;
    // Twice: the first round warms the pages, as a scan of a few hundred packages soon does.
    for _ in 0..2 {
        times.clear();
        rows = 0;
        for (ecosystem, package) in &packages {
            let start = Instant::now();
            rows += database.lookup(ecosystem, package)?.len();
            times.push((start.elapsed(), format!("{ecosystem} {package}")));
        }
    }
    times.sort();
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).or(times.last());
    let micros = |share: f64| at(share).map_or(0.0, |(time, _)| time.as_secs_f64() * 1e6);
    let mean = times.iter().map(|(time, _)| time.as_secs_f64()).sum::<f64>() / times.len().max(1) as f64 * 1e6;
    let start = Instant::now();
    for cve in &cves {
        database.vulnerability(cve)?;
    }
    let cve_mean = start.elapsed().as_secs_f64() / cves.len().max(1) as f64 * 1e6;
    let sources: BTreeMap<_, _> = built
        .sources
        .iter()
        .map(|source| {
            let counts =
                [source.documents, source.advisories, source.affected, source.vulnerabilities, source.problem_count];
            (&source.name, counts)
        })
        .collect();
    println!(
        "{}",
        serde_json::json!({
            "find_s": find.as_secs_f64(),
            "build_s": build.as_secs_f64(),
            "refresh_s": refresh.as_secs_f64(),
            "refresh_unchanged": refreshed.unchanged,
            "refresh_changed": refreshed.changed,
            "bytes": refreshed.bytes,
            "open_ms": open.as_secs_f64() * 1e3,
            "packages": packages.len(),
            "rows": rows,
            "lookup_us": {"median": micros(0.5), "p95": micros(0.95), "p99": micros(0.99), "mean": mean,
                "slowest": times.last().map(|(time, name)| format!("{name}: {} us", time.as_micros()))},
            "cve_us": {"mean": cve_mean, "cves": cves.len()},
            "sources": sources,
            "problems": built.sources.iter().flat_map(|source| source.problems.iter().take(5)).collect::<Vec<_>>(),
        })
    );
    Ok(())
}

/// All packages and CVEs of the database, read beside the library.
fn names(path: &Path) -> Result<(Vec<Package>, Vec<String>), Failure> {
    let uri = format!("file://{}?immutable=1", path.display());
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_URI;
    let connection = rusqlite::Connection::open_with_flags(uri, flags)?;
    let mut statement = connection.prepare("SELECT ecosystem, name FROM package ORDER BY id")?;
    let packages = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut statement = connection.prepare("SELECT DISTINCT cve FROM vulnerability WHERE typeof(cve) = 'integer'")?;
    let number = |number: i64| format!("CVE-{:04}-{:04}", number / 1_000_000_000_000, number % 1_000_000_000_000);
    let cves = statement.query_map([], |row| row.get(0).map(number))?.collect::<Result<_, _>>()?;
    Ok((packages, cves))
}
