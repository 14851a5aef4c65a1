use std::path::Path;

use casemate_estate::Timestamp;
use casemate_vuln::{
    DatabaseStatus, SourceSetting, SourceStatus, UpdateOptions, export, import, keys_make, sources_default, sources_in,
    update,
};
use serde_json::{Value, json};

use crate::{
    cli::{DbCommand, Global},
    error::CommandError,
    exit::Exit,
    output::{
        list::{self, List},
        note,
    },
    place,
    progress::Progress,
    vulnerability,
};

/// `casemate db`: build, refresh and carry the vulnerability database.
pub(crate) fn run(global: &Global, command: &DbCommand, now: Timestamp) -> Result<Exit, CommandError> {
    let path = place::database_path(global)?;
    match command {
        DbCommand::Update { from, sources, full, ca_file, output } => {
            let settings = match from.is_empty() {
                true => configured(sources.as_deref())?,
                false => named(from)?,
            };
            let bar = Progress::start(global, "database");
            let options = UpdateOptions { full: *full, ca_file: ca_file.clone(), trust: vulnerability::trust(global)? };
            let report = update(&path, &settings, &options, now, &|done, total, what| {
                bar.at(usize::try_from(done).unwrap_or(usize::MAX), usize::try_from(total).unwrap_or(usize::MAX), what);
            })?;
            bar.end();
            note(
                global,
                &format!(
                    "{}: {} documents new or changed, {} unchanged, {} gone; {:.1} MB",
                    path.display(),
                    report.changed,
                    report.unchanged,
                    report.removed,
                    megabytes(report.bytes)
                ),
            );
            let list = sources_list(&report.sources, now, Vec::new());
            list::write(&list, output)?;
            let problems: u64 = report.sources.iter().map(|source| source.problem_count).sum();
            if problems > 0 {
                for problem in report.sources.iter().flat_map(|source| &source.problems).take(20) {
                    note(global, problem);
                }
                note(global, &format!("incomplete: {problems} documents or sources could not be read (named above)"));
                return Ok(Exit::Incomplete);
            }
            Ok(Exit::Done)
        }
        DbCommand::Status { output } => {
            let database = vulnerability::open_database(global)?;
            status_write(database.status(), &path, now, output)?;
            Ok(Exit::Done)
        }
        DbCommand::Export { file } => {
            let status = export(&path, &vulnerability::trust(global)?, file)?;
            note(global, &format!("{}: signed by {}", file.display(), status.signed_by));
            Ok(Exit::Done)
        }
        DbCommand::Import { file } => {
            let status = import(&path, &vulnerability::trust(global)?, file)?;
            note(global, &format!("{}: built {:.0}, signed by {}", path.display(), status.built, status.signed_by));
            Ok(Exit::Done)
        }
        DbCommand::Key => {
            let key = keys_make(&path)?;
            let output = crate::cli::ListOutput { format: crate::cli::ListFormat::Table, out: None };
            list::write_one(&format!("{key}\n"), &Value::Null, &output)?;
            Ok(Exit::Done)
        }
    }
}

/// The sources of the operator's file, else the public ones.
fn configured(file: Option<&Path>) -> Result<Vec<SourceSetting>, CommandError> {
    match file.map(Path::to_owned).or_else(|| place::config_file("sources.yaml")) {
        Some(path) => {
            let text = vulnerability::text(&path, "list of sources")?;
            Ok(SourceSetting::parse(&path.display().to_string(), &text)?)
        }
        None => Ok(sources_default()),
    }
}

/// The sources that the command line names: all that lie below a directory, or one file or address.
fn named(from: &[String]) -> Result<Vec<SourceSetting>, CommandError> {
    let mut out = Vec::new();
    for text in from {
        let path = Path::new(text);
        if path.is_dir() {
            let found = sources_in(path)?;
            if found.is_empty() {
                return Err(CommandError::Usage(format!(
                    "no advisory source lies below `{text}`\nhint: docs/vulnerabilities.md lists the formats that are read"
                )));
            }
            out.extend(found);
        } else if path.is_file() || text.contains("://") {
            out.push(SourceSetting { name: text.clone(), format: None, url: text.clone() });
        } else {
            return Err(CommandError::Usage(format!(
                "there is no `{text}`\nhint: name a directory, a file or an https:// address"
            )));
        }
    }
    Ok(out)
}

fn status_write(
    status: &DatabaseStatus,
    path: &Path,
    now: Timestamp,
    output: &crate::cli::ListOutput,
) -> Result<(), CommandError> {
    let age = now.duration_since(status.built);
    let mut notes = vec![
        format!("{}: {:.1} MB, built {:.0} ({})", path.display(), megabytes(status.bytes), status.built, days(age)),
        format!("signed by {}", status.signed_by),
        format!(
            "{} ecosystems, {} rows of affected packages",
            status.ecosystems.len(),
            status.ecosystems.values().sum::<u64>()
        ),
    ];
    if !status.fixed_only.is_empty() {
        notes.push(format!("only what has a fix is known of {}", status.fixed_only.join(", ")));
    }
    if output.format == crate::cli::ListFormat::Table {
        return list::write(&sources_list(&status.sources, now, notes), output);
    }
    let mut object = json!(status);
    if let Value::Object(map) = &mut object {
        map.insert("type".into(), json!("database"));
        map.insert("path".into(), json!(path));
        map.insert("age_days".into(), json!(age.as_hours() / 24));
    }
    list::write_one("", &object, output)
}

fn sources_list(sources: &[SourceStatus], now: Timestamp, notes: Vec<String>) -> List {
    let rows = sources
        .iter()
        .map(|source| {
            let cells = vec![
                source.name.clone(),
                source.format.clone(),
                days(now.duration_since(source.updated)),
                source.data_until.map_or_else(|| "-".into(), |time| time.strftime("%F").to_string()),
                source.documents.to_string(),
                source.advisories.to_string(),
                source.affected.to_string(),
                source.vulnerabilities.to_string(),
                source.problem_count.to_string(),
            ];
            (cells, json!(source))
        })
        .collect();
    List {
        columns: vec![
            "SOURCE",
            "FORMAT",
            "READ",
            "DATA UNTIL",
            "DOCUMENTS",
            "ADVISORIES",
            "AFFECTED",
            "CVES",
            "PROBLEMS",
        ],
        rows,
        empty: "there is no source",
        notes,
    }
}

fn days(age: jiff::SignedDuration) -> String {
    match age.as_hours() / 24 {
        0 => "today".into(),
        1 => "1 day ago".into(),
        n => format!("{n} days ago"),
    }
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
