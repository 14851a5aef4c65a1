use std::{
    cell::Cell,
    collections::HashMap,
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read, Seek},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicUsize, Ordering},
        mpsc::SyncSender,
    },
};

use casemate_estate::Timestamp;
use rusqlite::types::Value;

use crate::{
    db::{
        codec::{advisory_encode, affected_encode, vulnerability_encode},
        lookup::cve_key,
        schema::DOCUMENT_SHIFT,
        sign::{short_hash, short_hash_of},
    },
    model::{Record, VulnerabilityRecord},
    source::{
        Format, Output, Reader, SourceError, WHOLE_MAX,
        archive::{self, Container},
        document_read, format_detect,
    },
};

/// Bytes of the beginning by which a format is known.
pub(crate) const HEAD: usize = 256 << 10;
/// Rows and bytes of a batch.
const BATCH_ROWS: usize = 256;
const BATCH_BYTES: usize = 1 << 20;

/// A file to be read.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) source: i64,
    /// The format, or the family, that the source is said to have.
    pub(super) wanted: Option<String>,
    /// The format of this very file where it looks like none.
    pub(super) forced: Option<&'static str>,
    pub(super) path: PathBuf,
    /// Its name within the source.
    pub(super) key: String,
    pub(super) size: u64,
}

/// Documents of before: source and key to number and hash.
pub(super) type Known = HashMap<i64, HashMap<String, (i64, [u8; 16])>>;

/// A row for the database.
pub(super) enum Row {
    Advisory { id: i64, data: Vec<u8>, affected: Vec<(String, String, Vec<u8>)> },
    Vulnerability { cve: Value, document: i64, n: i64, data: Vec<u8> },
}

/// How the reading of a document ended.
pub(super) struct Outcome {
    pub(super) id: i64,
    pub(super) source: i64,
    pub(super) key: String,
    pub(super) hash: [u8; 16],
    /// Its format; `archive` for what only holds others.
    pub(super) format: &'static str,
    pub(super) fixed_only: bool,
    pub(super) until: Option<Timestamp>,
    pub(super) advisories: u64,
    pub(super) affected: u64,
    pub(super) vulnerabilities: u64,
    pub(super) problems: Vec<String>,
    pub(super) problem_count: u64,
    /// It could not be read to its end; nothing of it counts.
    pub(super) failed: bool,
}

/// What workers tell the writer.
pub(super) enum Message {
    Rows(Vec<Row>),
    Done(Box<Outcome>, Vec<Row>),
    /// The document of before is as it was.
    Unchanged(i64),
    /// All documents of before whose key begins so stay: their archive is unchanged, or could not be read.
    KeepBelow {
        source: i64,
        prefix: String,
    },
    Problem {
        source: i64,
        text: String,
    },
    /// The file was looked at; whether it holds anything for its source.
    FileDone {
        path: PathBuf,
        taken: bool,
    },
}

/// The writer is gone.
struct Stopped;

type Sent = Result<(), Stopped>;

/// What all workers share.
pub(super) struct Pool {
    jobs: Vec<Job>,
    next: AtomicUsize,
    known: Arc<Known>,
    full: bool,
    document: AtomicI64,
    now: Timestamp,
}

impl Pool {
    pub(super) fn new(mut jobs: Vec<Job>, known: Arc<Known>, full: bool, document: i64, now: Timestamp) -> Self {
        // The largest first, so that none of them is left to one worker at the end.
        jobs.sort_by_key(|job| std::cmp::Reverse(job.size));
        Self { jobs, next: AtomicUsize::new(0), known, full, document: AtomicI64::new(document), now }
    }

    pub(super) fn total(&self) -> u64 {
        self.jobs.len() as u64
    }

    /// Reads files until there are none left, or nobody takes what they hold.
    pub(super) fn work(&self, sender: &SyncSender<Message>) {
        loop {
            let Some(job) = self.jobs.get(self.next.fetch_add(1, Ordering::Relaxed)) else { return };
            let worker = Worker { pool: self, sender, job, taken: Cell::new(true) };
            let read = match worker.file() {
                Ok(sent) => sent,
                Err(error) => {
                    let text = format!("{}: {error}", job.path.display());
                    let (source, key) = (job.source, job.key.clone());
                    // What cannot be read now keeps what it had.
                    let kept = worker
                        .keep(&key)
                        .and_then(|()| worker.send(Message::KeepBelow { source, prefix: format!("{key}!") }));
                    kept.and_then(|()| worker.send(Message::Problem { source, text }))
                }
            };
            if read
                .and_then(|()| worker.send(Message::FileDone { path: job.path.clone(), taken: worker.taken.get() }))
                .is_err()
            {
                return;
            }
        }
    }
}

struct Worker<'a> {
    pool: &'a Pool,
    sender: &'a SyncSender<Message>,
    job: &'a Job,
    /// Whether the file holds anything for its source.
    taken: Cell<bool>,
}

impl Worker<'_> {
    fn send(&self, message: Message) -> Sent {
        self.sender.send(message).map_err(|_| Stopped)
    }

    fn known(&self, key: &str) -> Option<(i64, [u8; 16])> {
        self.pool.known.get(&self.job.source)?.get(key).copied()
    }

    /// Keeps the document of before, whatever became of it.
    fn keep(&self, key: &str) -> Sent {
        match self.known(key) {
            Some((id, _)) => self.send(Message::Unchanged(id)),
            None => Ok(()),
        }
    }

    /// Whether the document is as it was; it is kept then.
    fn unchanged(&self, key: &str, hash: &[u8; 16]) -> Result<bool, Stopped> {
        match self.known(key) {
            Some((id, before)) if before == *hash && !self.pool.full => {
                self.send(Message::Unchanged(id))?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// The format of the job's only document: what it looks like, else what it is said to be.
    fn format(&self, name: &str, head: &[u8]) -> Option<&'static Format> {
        let said = || self.job.forced.and_then(crate::source::format_named);
        format_detect(name, head, self.job.wanted.as_deref()).or_else(said)
    }

    fn file(&self) -> io::Result<Sent> {
        let mut file = File::open(&self.job.path)?;
        let head = head_read(&mut file)?;
        let whole = head.len() < HEAD;
        let mut hash = || -> io::Result<[u8; 16]> {
            if whole {
                return Ok(short_hash(&head));
            }
            file.rewind()?;
            short_hash_of(&mut file)
        };
        let key = self.job.key.as_str();
        let Some(container) = archive::container(&head) else {
            let format = self.format(key, &head);
            let Some(format) = format else { return self.foreign(key, &head, &mut file) };
            let hash = hash()?;
            match self.unchanged(key, &hash) {
                Ok(false) => {}
                Ok(true) => return Ok(Ok(())),
                Err(stopped) => return Ok(Err(stopped)),
            }
            if whole {
                return Ok(self.parse(format, key, hash, &mut Cursor::new(&head)));
            }
            file.rewind()?;
            return Ok(self.parse(format, key, hash, &mut BufReader::with_capacity(HEAD, file)));
        };
        let hash = hash()?;
        let prefix = format!("{key}!");
        match self.unchanged(key, &hash) {
            Ok(false) => {}
            Ok(true) => return Ok(self.send(Message::KeepBelow { source: self.job.source, prefix })),
            Err(stopped) => return Ok(Err(stopped)),
        }
        file.rewind()?;
        self.container(container, file, key, hash)
    }

    /// Documents in an archive, or the one that is compressed.
    fn container(&self, container: Container, file: File, key: &str, hash: [u8; 16]) -> io::Result<Sent> {
        let stopped = Cell::new(false);
        let mut alone = false;
        let result = archive::each(container, file, self.job.size, &mut |name, input| {
            let sent = match name {
                Some(name) => self.entry(&format!("{key}!{name}"), input),
                // One compressed document is known by the hash of its compressed form.
                None => {
                    alone = true;
                    self.compressed(key, hash, input)
                }
            };
            match sent {
                Ok(Ok(())) => Ok(()),
                Ok(Err(Stopped)) => {
                    stopped.set(true);
                    Err(io::Error::other("stopped"))
                }
                Err(error) => Err(error),
            }
        });
        if stopped.get() {
            return Ok(Err(Stopped));
        }
        result?;
        if alone {
            return Ok(Ok(()));
        }
        Ok(self.send(Message::Done(Box::new(self.outcome(key, hash, "archive", false)), Vec::new())))
    }

    fn compressed(&self, key: &str, hash: [u8; 16], input: &mut dyn Read) -> io::Result<Sent> {
        let head = head_read(input)?;
        let name = key.trim_end_matches(".gz").trim_end_matches(".zst");
        let format = self.format(name, &head);
        match format {
            Some(format) => {
                let whole = Cursor::new(head).chain(input);
                Ok(self.parse(format, key, hash, &mut BufReader::with_capacity(HEAD, whole)))
            }
            None => {
                self.taken.set(false);
                Ok(Ok(()))
            }
        }
    }

    fn entry(&self, key: &str, input: &mut dyn Read) -> io::Result<Sent> {
        let head = head_read(input)?;
        let Some(format) = format_detect(key, &head, self.job.wanted.as_deref()) else {
            return self.foreign(key, &head, input);
        };
        if head.len() < HEAD {
            let hash = short_hash(&head);
            return Ok(match self.unchanged(key, &hash) {
                Ok(true) => Ok(()),
                Ok(false) => self.parse(format, key, hash, &mut Cursor::new(head)),
                Err(stopped) => Err(stopped),
            });
        }
        if matches!(format.read, Reader::Stream(_)) {
            // It could be compared only after it was read; its archive changed, so it is read.
            let whole = Cursor::new(head).chain(input);
            return Ok(self.parse(format, key, [0; 16], &mut BufReader::with_capacity(HEAD, whole)));
        }
        let mut bytes = head;
        input.take(WHOLE_MAX + 1 - bytes.len() as u64).read_to_end(&mut bytes)?;
        let hash = short_hash(&bytes);
        Ok(match self.unchanged(key, &hash) {
            Ok(true) => Ok(()),
            Ok(false) => self.parse(format, key, hash, &mut Cursor::new(bytes)),
            Err(stopped) => Err(stopped),
        })
    }

    /// A file of no known format is left out. One that says it is JSON and is not may be an advisory that was damaged.
    fn foreign(&self, key: &str, head: &[u8], rest: &mut dyn Read) -> io::Result<Sent> {
        // An entry of an archive that others share is no file of its own.
        let alone = key == self.job.key;
        self.taken.set(self.taken.get() && !alone);
        if !key.ends_with(".json") {
            return Ok(Ok(()));
        }
        let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let result: Result<serde::de::IgnoredAny, _> = if head.len() < HEAD {
            serde_json::from_slice(start)
        } else {
            // Most of a large foreign file is not looked at.
            serde_json::from_reader(BufReader::new(start.chain(rest.take(WHOLE_MAX))))
        };
        let Err(error) = result else { return Ok(Ok(())) };
        self.taken.set(true);
        let text = format!("{key}: {}", SourceError::json(&error));
        let kept = self.keep(key);
        Ok(kept.and_then(|()| self.send(Message::Problem { source: self.job.source, text })))
    }

    fn outcome(&self, key: &str, hash: [u8; 16], format: &'static str, fixed_only: bool) -> Outcome {
        Outcome {
            id: self.pool.document.fetch_add(1, Ordering::Relaxed),
            source: self.job.source,
            key: key.to_owned(),
            hash,
            format,
            fixed_only,
            until: None,
            advisories: 0,
            affected: 0,
            vulnerabilities: 0,
            problems: Vec::new(),
            problem_count: 0,
            failed: false,
        }
    }

    fn parse(&self, format: &'static Format, key: &str, hash: [u8; 16], input: &mut dyn BufRead) -> Sent {
        let mut outcome = self.outcome(key, hash, format.name, format.fixed_only);
        let document = outcome.id;
        let (mut advisories, mut affected, mut vulnerabilities) = (0, 0, 0);
        let (mut batch, mut bytes) = (Vec::new(), 0);
        let mut emit = |record: Record| -> Result<(), SourceError> {
            match record {
                // Nothing leads to an advisory without packages (commits alone, or not reviewed yet), but what it says of its
                // CVE holds for every package.
                Record::Advisory(advisory) if advisory.affected.is_empty() => {
                    advisories += 1;
                    if let ([cve], false, false) = (&advisory.cves[..], advisory.withdrawn, advisory.cvss.is_empty()) {
                        let record = VulnerabilityRecord { cvss: advisory.cvss, ..VulnerabilityRecord::default() };
                        let (data, n) = (vulnerability_encode(&record), vulnerabilities);
                        batch.push(Row::Vulnerability { cve: cve_key(cve), document, n, data });
                        vulnerabilities += 1;
                    }
                }
                Record::Advisory(advisory) => {
                    let id = (document << DOCUMENT_SHIFT) + advisories;
                    advisories += 1;
                    affected += advisory.affected.len() as u64;
                    let data = advisory_encode(&advisory);
                    bytes += data.len();
                    let packages: Vec<_> = advisory
                        .affected
                        .into_iter()
                        .map(|affected| {
                            let data = affected_encode(&affected);
                            bytes += data.len() + affected.package.len() + affected.ecosystem.len();
                            (affected.ecosystem, affected.package, data)
                        })
                        .collect();
                    batch.push(Row::Advisory { id, data, affected: packages });
                }
                Record::Vulnerability(record) => {
                    let data = vulnerability_encode(&record);
                    bytes += data.len();
                    let n = vulnerabilities;
                    batch.push(Row::Vulnerability { cve: cve_key(&record.cve), document, n, data });
                    vulnerabilities += 1;
                }
            }
            if batch.len() >= BATCH_ROWS || bytes >= BATCH_BYTES {
                bytes = 0;
                self.send(Message::Rows(std::mem::take(&mut batch))).map_err(|_| SourceError::Stopped)?;
            }
            Ok(())
        };
        let mut output = Output::new(key, self.pool.now, &mut emit);
        let result = document_read(format, input, &mut output);
        outcome.until = output.until;
        outcome.problems = std::mem::take(&mut output.problems);
        outcome.problem_count = output.problem_count;
        match result {
            Ok(()) => {}
            Err(SourceError::Stopped) => return Err(Stopped),
            Err(error) => {
                outcome.failed = true;
                outcome.problem_count += 1;
                outcome.problems.insert(0, format!("{key}: {error}"));
            }
        }
        outcome.advisories = advisories.unsigned_abs();
        outcome.affected = affected;
        outcome.vulnerabilities = vulnerabilities.unsigned_abs();
        self.send(Message::Done(Box::new(outcome), batch))
    }
}

/// The first bytes; fewer than [`HEAD`] where that is all.
fn head_read(input: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    input.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}
