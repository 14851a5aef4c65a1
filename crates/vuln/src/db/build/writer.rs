use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use casemate_estate::Timestamp;
use casemate_http::{Client, ClientOptions};
use rusqlite::{Connection, OptionalExtension, params};

use super::{
    UpdateOptions, UpdateReport,
    fetch::{Fetched, Validators, fetch},
    worker::{Job, Known, Message, Outcome, Row},
};
use crate::{
    db::{
        DatabaseError, SourceStatus,
        schema::{DOCUMENT_SHIFT, READERS},
        status::Contents,
    },
    source::{SourceSetting, format_named, walk},
};

/// Problems of a source that are kept word for word.
const PROBLEMS_MAX: usize = 100;
/// CVEs below which annotations of the Debian tracker are a selection: the whole has more than 40,000.
const SELECTION_MAX: usize = 1000;

/// What becomes of a source in this update.
#[derive(Default)]
struct Run {
    /// It could not be read as a whole: it keeps what it had.
    failed: bool,
    /// Documents that are new or changed.
    changed: u64,
    /// Problems beside those that are kept with documents.
    problems: Vec<String>,
    problem_count: u64,
    validators: Option<Validators>,
}

impl Run {
    fn problem(&mut self, text: String) {
        self.problem_count += 1;
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(text);
        }
    }
}

/// Keeps what workers read.
pub(super) struct Writer<'a> {
    connection: &'a Connection,
    path: &'a Path,
    now: Timestamp,
    known: Arc<Known>,
    packages: HashMap<(String, String), i64>,
    runs: BTreeMap<i64, Run>,
    /// Documents of before that stay.
    kept: HashSet<i64>,
    /// Documents of before that a new one replaced.
    replaced: HashSet<i64>,
    /// New documents of which nothing counts.
    dropped: HashSet<i64>,
    /// Files that no source takes.
    pub(super) ignored: u64,
    first_problem: Option<String>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(connection: &'a Connection, path: &'a Path, now: Timestamp) -> Result<Self, DatabaseError> {
        let mut writer = Self {
            connection,
            path,
            now,
            known: Arc::default(),
            packages: HashMap::new(),
            runs: BTreeMap::new(),
            kept: HashSet::new(),
            replaced: HashSet::new(),
            dropped: HashSet::new(),
            ignored: 0,
            first_problem: None,
        };
        let mut known = Known::new();
        writer.each("SELECT source, key, id, hash FROM document", |row| {
            let hash = row.get::<_, [u8; 16]>(3).unwrap_or_default();
            known.entry(row.get(0)?).or_default().insert(row.get(1)?, (row.get(2)?, hash));
            Ok(())
        })?;
        let mut packages = HashMap::new();
        writer.each("SELECT ecosystem, name, id FROM package", |row| {
            packages.insert((row.get(0)?, row.get(1)?), row.get(2)?);
            Ok(())
        })?;
        writer.known = Arc::new(known);
        writer.packages = packages;
        Ok(writer)
    }

    fn sqlite(&self, error: rusqlite::Error) -> DatabaseError {
        DatabaseError::sqlite(self.path, error)
    }

    fn each(
        &self,
        sql: &str,
        mut take: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), DatabaseError> {
        let mut read = || {
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                take(row)?;
            }
            Ok(())
        };
        read().map_err(|error| self.sqlite(error))
    }

    fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), DatabaseError> {
        let done = self.connection.prepare_cached(sql).and_then(|mut statement| statement.execute(values));
        done.map(drop).map_err(|error| self.sqlite(error))
    }

    /// Documents of before.
    pub(super) fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known)
    }

    /// Whether what is there was read by readers like these.
    pub(super) fn same_readers(&self) -> Result<bool, DatabaseError> {
        let sql = "SELECT value FROM meta WHERE key = 'readers'";
        let found: Option<i64> =
            self.connection.query_row(sql, [], |row| row.get(0)).optional().map_err(|error| self.sqlite(error))?;
        Ok(found == Some(i64::from(READERS)))
    }

    /// A number above that of every document.
    pub(super) fn next_document(&self) -> Result<i64, DatabaseError> {
        let sql = "SELECT coalesce(max(id), 0) + 1 FROM document";
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(|error| self.sqlite(error))
    }

    /// The files of all sources. A source that cannot be reached keeps what it had.
    pub(super) fn jobs(
        &mut self,
        sources: &[SourceSetting],
        options: &UpdateOptions,
        scratch: &Path,
        progress: &(dyn Fn(u64, u64, &str) + Sync),
    ) -> Result<Vec<Job>, DatabaseError> {
        let mut client = None;
        let mut jobs = Vec::new();
        for setting in sources {
            let (id, before) = self.source_named(setting)?;
            let mut run = Run::default();
            let is_url = setting.url.starts_with("https://") || setting.url.starts_with("http://");
            let files = if is_url {
                progress(0, sources.len() as u64, &format!("fetching {}", setting.name));
                let before = if options.full { Validators::default() } else { before };
                match download(&mut client, options, setting, &before, scratch, id) {
                    Ok(Fetched::New { path, key, validators }) => {
                        run.validators = Some(validators);
                        let size = path.metadata().map_or(0, |metadata| metadata.len());
                        Ok((vec![walk::Found { path, key, size }], Vec::new()))
                    }
                    Ok(Fetched::Unchanged) => {
                        self.keep_all(id);
                        self.runs.insert(id, run);
                        continue;
                    }
                    Err(reason) => Err(reason),
                }
            } else {
                let path = PathBuf::from(setting.url.strip_prefix("file://").unwrap_or(&setting.url));
                walk::files_below(&path).map_err(|error| format!("`{}`: {error}", path.display()))
            };
            match files {
                Ok((files, problems)) => {
                    // What lies in a directory that cannot be read is not gone.
                    run.failed = !problems.is_empty();
                    for problem in problems {
                        run.problem(problem);
                    }
                    let alone = files.len() == 1 && !Path::new(&setting.url).is_dir();
                    let forced = setting.format.as_deref().and_then(format_named).filter(|_| alone);
                    jobs.extend(files.into_iter().map(|file| Job {
                        source: id,
                        wanted: setting.format.clone(),
                        forced: forced.map(|format| format.name),
                        path: file.path,
                        key: file.key,
                        size: file.size,
                    }));
                }
                Err(reason) => {
                    run.failed = true;
                    run.problem(reason);
                }
            }
            self.runs.insert(id, run);
        }
        Ok(jobs)
    }

    /// The number of a source, and what its server said last. One of the same name at another address is the same source.
    fn source_named(&self, setting: &SourceSetting) -> Result<(i64, Validators), DatabaseError> {
        let before: Option<(i64, String, Validators)> = self
            .connection
            .query_row("SELECT id, url, etag, modified FROM source WHERE name = ?1", [&setting.name], |row| {
                let validators = Validators { etag: row.get(2)?, modified: row.get(3)? };
                Ok((row.get(0)?, row.get(1)?, validators))
            })
            .optional()
            .map_err(|error| self.sqlite(error))?;
        if let Some((id, url, validators)) = before {
            self.execute("UPDATE source SET url = ?2 WHERE id = ?1", params![id, setting.url])?;
            return Ok((id, if url == setting.url { validators } else { Validators::default() }));
        }
        let sql = "INSERT INTO source (name, format, url, updated) VALUES (?1, ?2, ?3, 0)";
        self.execute(sql, params![setting.name, setting.format.as_deref().unwrap_or(""), setting.url])?;
        Ok((self.connection.last_insert_rowid(), Validators::default()))
    }

    fn keep_all(&mut self, source: i64) {
        let known = self.known();
        self.kept.extend(known.get(&source).into_iter().flatten().map(|(_, (id, _))| *id));
    }

    /// Takes what a worker says.
    pub(super) fn take(&mut self, message: Message) -> Result<(), DatabaseError> {
        match message {
            Message::Rows(rows) => self.rows(rows)?,
            Message::Done(outcome, rows) => {
                self.rows(rows)?;
                self.document(*outcome)?;
            }
            Message::Unchanged(id) => {
                self.kept.insert(id);
            }
            Message::KeepBelow { source, prefix } => {
                let known = self.known();
                let below = known.get(&source).into_iter().flatten().filter(|(key, _)| key.starts_with(&prefix));
                self.kept.extend(below.map(|(_, (id, _))| *id));
            }
            Message::Problem { source, text } => self.problem(source, text),
            Message::FileDone { .. } => {}
        }
        Ok(())
    }

    fn problem(&mut self, source: i64, text: String) {
        self.first_problem.get_or_insert_with(|| text.clone());
        self.runs.entry(source).or_default().problem(text);
    }

    fn package(&mut self, ecosystem: String, name: String) -> Result<i64, DatabaseError> {
        let key = (ecosystem, name);
        if let Some(id) = self.packages.get(&key) {
            return Ok(*id);
        }
        self.execute("INSERT INTO package (ecosystem, name) VALUES (?1, ?2)", params![key.0, key.1])?;
        let id = self.connection.last_insert_rowid();
        self.packages.insert(key, id);
        Ok(id)
    }

    fn rows(&mut self, rows: Vec<Row>) -> Result<(), DatabaseError> {
        for row in rows {
            match row {
                Row::Advisory { id, data, affected } => {
                    self.execute("INSERT INTO advisory (id, data) VALUES (?1, ?2)", params![id, data])?;
                    for (n, (ecosystem, package, data)) in (0_i64..).zip(affected) {
                        let package = self.package(ecosystem, package)?;
                        let sql = "INSERT INTO affected (package, advisory, n, data) VALUES (?1, ?2, ?3, ?4)";
                        self.execute(sql, params![package, id, n, data])?;
                    }
                }
                Row::Vulnerability { cve, document, n, data } => {
                    let sql = "INSERT INTO vulnerability (cve, document, n, data) VALUES (?1, ?2, ?3, ?4)";
                    self.execute(sql, params![cve, document, n, data])?;
                }
            }
        }
        Ok(())
    }

    fn document(&mut self, outcome: Outcome) -> Result<(), DatabaseError> {
        let before = self.known.get(&outcome.source).and_then(|known| known.get(&outcome.key)).map(|(id, _)| *id);
        if outcome.failed {
            self.dropped.insert(outcome.id);
            if let Some(before) = before {
                // The document keeps what it said before, under its old hash: it is read again next time.
                self.kept.insert(before);
                for problem in outcome.problems {
                    self.problem(outcome.source, problem);
                }
                return Ok(());
            }
        }
        if let Some(first) = outcome.problems.first() {
            self.first_problem.get_or_insert_with(|| first.clone());
        }
        if outcome.format != "archive" {
            self.runs.entry(outcome.source).or_default().changed += 1;
        }
        self.replaced.extend(before);
        let counts =
            if outcome.failed { [0; 3] } else { [outcome.advisories, outcome.affected, outcome.vulnerabilities] };
        let [advisories, affected, vulnerabilities] = counts.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        self.execute(
            "INSERT INTO document (id, source, key, hash, format, until, advisories, affected, vulnerabilities, problems,              fixed_only) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                outcome.id,
                outcome.source,
                outcome.key,
                outcome.hash,
                outcome.format,
                outcome.until.map(Timestamp::as_second),
                advisories,
                affected,
                vulnerabilities,
                i64::try_from(outcome.problem_count).unwrap_or(i64::MAX),
                outcome.fixed_only
            ],
        )?;
        for problem in outcome.problems {
            self.execute("INSERT INTO problem (document, text) VALUES (?1, ?2)", params![outcome.id, problem])?;
        }
        Ok(())
    }

    /// Removes what is gone, counts what is there. `full`: sources that were not named go too.
    pub(super) fn finish(mut self, full: bool) -> Result<UpdateReport, DatabaseError> {
        let mut gone: HashSet<i64> = self.replaced.clone();
        let mut removed = 0;
        let known = self.known();
        for (source, documents) in known.iter() {
            let ids = || documents.values().map(|(id, _)| *id);
            let Some(run) = self.runs.get_mut(source) else {
                if full {
                    removed += documents.len() as u64;
                    gone.extend(ids());
                }
                continue;
            };
            let present = run.changed > 0 || ids().any(|id| self.kept.contains(&id));
            if !present && !run.failed {
                run.failed = true;
                run.problem("no advisories were found there: what it had before is kept".into());
            }
            if !run.failed {
                let lost = ids().filter(|id| !self.kept.contains(id) && !self.replaced.contains(id));
                let before = gone.len();
                gone.extend(lost);
                removed += (gone.len() - before) as u64;
            }
        }
        for (source, run) in &mut self.runs {
            if !known.contains_key(source) && run.changed == 0 && !run.failed {
                run.failed = true;
                run.problem("no advisories were found there".into());
            }
        }
        self.delete(&gone)?;
        let changed = self.runs.values().map(|run| run.changed).sum();
        let unchanged = self.count_kept()?;
        self.sources_close(full)?;
        let sources = self.sources()?;
        let (ecosystems, fixed_only) = self.ecosystems()?;
        if sources.iter().all(|source| source.advisories + source.vulnerabilities == 0) {
            let problems = || sources.iter().flat_map(|source| &source.problems);
            let reason = self.first_problem.clone().or_else(|| problems().next().cloned());
            let reason = reason.unwrap_or_else(|| "no sources are named".into());
            return Err(DatabaseError::Empty { sources: self.runs.len(), reason });
        }
        let contents = Contents { built: self.now, sources, ecosystems, fixed_only };
        let text =
            serde_json::to_string(&contents).map_err(|error| DatabaseError::damaged(self.path, error.to_string()))?;
        let meta = "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)";
        self.execute(meta, params!["contents", text])?;
        self.execute(meta, params!["readers", READERS])?;
        let sources = contents.sources;
        Ok(UpdateReport { changed, unchanged, removed, ignored: self.ignored, sources, bytes: 0, notes: Vec::new() })
    }

    fn count_kept(&self) -> Result<u64, DatabaseError> {
        let mut archives = HashSet::new();
        self.each("SELECT id FROM document WHERE format = 'archive'", |row| {
            archives.insert(row.get::<_, i64>(0)?);
            Ok(())
        })?;
        Ok(self.kept.iter().filter(|id| !archives.contains(id) && !self.replaced.contains(id)).count() as u64)
    }

    /// Deletes documents and their rows in one pass over each table, whatever their number.
    fn delete(&self, gone: &HashSet<i64>) -> Result<(), DatabaseError> {
        if gone.is_empty() && self.dropped.is_empty() {
            return Ok(());
        }
        self.execute("CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY)", [])?;
        for id in gone.iter().chain(&self.dropped) {
            self.execute("INSERT OR IGNORE INTO temp.gone VALUES (?1)", [id])?;
        }
        for sql in [
            format!("DELETE FROM advisory WHERE id >> {DOCUMENT_SHIFT} IN (SELECT id FROM temp.gone)"),
            format!("DELETE FROM affected WHERE advisory >> {DOCUMENT_SHIFT} IN (SELECT id FROM temp.gone)"),
            "DELETE FROM vulnerability WHERE document IN (SELECT id FROM temp.gone)".to_owned(),
        ] {
            self.execute(&sql, [])?;
        }
        // A document that could not be read keeps its line, which names the problem.
        for id in &self.dropped {
            self.execute("DELETE FROM temp.gone WHERE id = ?1", [id])?;
        }
        for id in gone {
            self.execute("INSERT OR IGNORE INTO temp.gone VALUES (?1)", [id])?;
        }
        self.execute("DELETE FROM problem WHERE document IN (SELECT id FROM temp.gone)", [])?;
        self.execute("DELETE FROM document WHERE id IN (SELECT id FROM temp.gone)", [])?;
        self.execute("DELETE FROM package WHERE id NOT IN (SELECT package FROM affected)", [])
    }

    fn sources_close(&self, full: bool) -> Result<(), DatabaseError> {
        for (id, run) in self.runs.iter().filter(|(_, run)| !run.failed) {
            self.execute("UPDATE source SET updated = ?2 WHERE id = ?1", params![id, self.now.as_second()])?;
            if let Some(validators) = &run.validators {
                let sql = "UPDATE source SET etag = ?2, modified = ?3 WHERE id = ?1";
                self.execute(sql, params![id, validators.etag, validators.modified])?;
            }
        }
        if full {
            // Those that were not named hold nothing any more.
            let sql = "DELETE FROM source WHERE id NOT IN (SELECT source FROM document) AND id NOT IN (SELECT value FROM json_each(?1))";
            let named: Vec<i64> = self.runs.keys().copied().collect();
            self.execute(sql, [serde_json::to_string(&named).unwrap_or_default()])?;
        }
        Ok(())
    }

    fn sources(&self) -> Result<Vec<SourceStatus>, DatabaseError> {
        let mut sources = BTreeMap::new();
        self.each("SELECT id, name, url, updated FROM source", |row| {
            let status = SourceStatus {
                name: row.get(1)?,
                format: String::new(),
                url: row.get(2)?,
                updated: second(row.get(3)?).unwrap_or(Timestamp::UNIX_EPOCH),
                data_until: None,
                documents: 0,
                advisories: 0,
                affected: 0,
                vulnerabilities: 0,
                problems: Vec::new(),
                problem_count: 0,
                fixed_only: false,
            };
            sources.insert(row.get::<_, i64>(0)?, status);
            Ok(())
        })?;
        let sql = "SELECT source, format, max(until), count(*), sum(advisories), sum(affected), sum(vulnerabilities), \
                   sum(problems), min(fixed_only) FROM document WHERE format != 'archive' GROUP BY source, format ORDER BY 1, 2";
        self.each(sql, |row| {
            let Some(status) = sources.get_mut(&row.get::<_, i64>(0)?) else { return Ok(()) };
            let count = |at| row.get::<_, i64>(at).map(i64::unsigned_abs);
            let fixed_only: bool = row.get(8)?;
            let first = status.format.is_empty();
            if !first {
                status.format.push('+');
            }
            status.format.push_str(&row.get::<_, String>(1)?);
            status.data_until = status.data_until.max(row.get::<_, Option<i64>>(2)?.and_then(second));
            status.documents += count(3)?;
            status.advisories += count(4)?;
            status.affected += count(5)?;
            status.vulnerabilities += count(6)?;
            status.problem_count += count(7)?;
            status.fixed_only = fixed_only && (first || status.fixed_only);
            Ok(())
        })?;
        let sql = "SELECT d.source, p.text FROM problem p JOIN document d ON d.id = p.document ORDER BY d.source, d.key, p.rowid";
        self.each(sql, |row| {
            if let Some(status) = sources.get_mut(&row.get::<_, i64>(0)?)
                && status.problems.len() < PROBLEMS_MAX
            {
                status.problems.push(row.get(1)?);
            }
            Ok(())
        })?;
        for (id, run) in &self.runs {
            let Some(status) = sources.get_mut(id) else { continue };
            status.problem_count += run.problem_count;
            // What concerns the whole source stands first.
            let documents = std::mem::take(&mut status.problems);
            status.problems = run.problems.iter().cloned().chain(documents).take(PROBLEMS_MAX).collect();
        }
        let mut sources: Vec<SourceStatus> = sources.into_values().collect();
        sources.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(sources)
    }

    /// Rows of each ecosystem, and those ecosystems of which every source tells only what was fixed. A document that is a
    /// selection of a few CVEs counts for none: an ecosystem that only it speaks of is not assessed with it.
    fn ecosystems(&self) -> Result<(BTreeMap<String, u64>, Vec<String>), DatabaseError> {
        let mut rows: BTreeMap<String, u64> = BTreeMap::new();
        let mut whole = HashSet::new();
        let sql = format!(
            "SELECT p.ecosystem, d.fixed_only, count(*) FROM affected a JOIN package p ON p.id = a.package \
             JOIN document d ON d.id = a.advisory >> {DOCUMENT_SHIFT} \
             WHERE d.format != 'debian-annotations' OR d.advisories >= {SELECTION_MAX} GROUP BY 1, 2"
        );
        self.each(&sql, |row| {
            let ecosystem: String = row.get(0)?;
            if !row.get::<_, bool>(1)? {
                whole.insert(ecosystem.clone());
            }
            *rows.entry(ecosystem).or_default() += row.get::<_, i64>(2)?.unsigned_abs();
            Ok(())
        })?;
        let fixed_only = rows.keys().filter(|ecosystem| !whole.contains(*ecosystem)).cloned().collect();
        Ok((rows, fixed_only))
    }
}

fn second(second: i64) -> Option<Timestamp> {
    Timestamp::from_second(second).ok()
}

fn download(
    client: &mut Option<Client>,
    options: &UpdateOptions,
    setting: &SourceSetting,
    before: &Validators,
    scratch: &Path,
    number: i64,
) -> Result<Fetched, String> {
    if client.is_none() {
        let settings = ClientOptions { ca_file: options.ca_file.clone(), ..ClientOptions::default() };
        *client = Some(Client::new(&settings).map_err(|error| error.to_string())?);
    }
    let client = client.as_ref().ok_or("no client")?;
    fetch(client, &setting.url, before, &scratch.join(format!("{number}.download")))
}
