//! Everything that people and programs read. Only this module prints.
pub(crate) mod csv;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod junit;
pub(crate) mod list;
pub(crate) mod ocsf;
pub(crate) mod sarif;
pub(crate) mod style;
pub(crate) mod table;
pub(crate) mod text;

use std::{
    fs::File,
    io::{self, BufWriter, IsTerminal, Write},
    path::{Path, PathBuf},
};

use crate::{
    cli::{Format, Global},
    error::CommandError,
    report::Report,
};

/// Writes a report in one of the formats to a file or standard output.
pub(crate) fn write_report(
    report: &Report,
    format: Format,
    out: Option<&Path>,
    limit: usize,
) -> Result<(), CommandError> {
    let mut sink = Sink::open(out)?;
    let paint = style::Paint::detect(out.is_none());
    let result = match format {
        Format::Table => table::write(report, limit, paint, &mut sink),
        Format::Json => json::write_document(report, &mut sink),
        Format::Jsonl => json::write_lines(report, &mut sink),
        Format::Csv => csv::write(report, &mut sink),
        Format::Sarif => sarif::write(report, &mut sink),
        Format::Ocsf => ocsf::write(report, &mut sink),
        Format::Junit => junit::write(report, &mut sink)?,
        Format::Html => sink.write_all(html::render(report)?.as_bytes()),
    };
    sink.finish(result)
}

/// A file that appears whole or not at all, or standard output.
pub(crate) enum Sink {
    /// Standard output.
    Stdout(BufWriter<io::Stdout>),
    /// A regular file: written beside its final name, then renamed over it.
    File { writer: BufWriter<File>, temporary: PathBuf, path: PathBuf },
    /// A pipe, terminal or device that the user named; it is written in place.
    Special { writer: BufWriter<File>, path: PathBuf },
}

impl Sink {
    /// Opens `out`, or standard output where it is none or `-`.
    pub(crate) fn open(out: Option<&Path>) -> Result<Self, CommandError> {
        let Some(path) = out.filter(|path| path.as_os_str() != "-") else {
            return Ok(Self::Stdout(BufWriter::new(io::stdout())));
        };
        if path.is_dir() {
            return Err(CommandError::write(path, io::Error::from(io::ErrorKind::IsADirectory)));
        }
        if std::fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
            let file = File::options().write(true).open(path).map_err(|error| CommandError::write(path, error))?;
            return Ok(Self::Special { writer: BufWriter::new(file), path: path.to_owned() });
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".part-{}", std::process::id()));
        let temporary = path.with_file_name(name);
        let file = File::create(&temporary).map_err(|error| CommandError::write(path, error))?;
        Ok(Self::File { writer: BufWriter::new(file), temporary, path: path.to_owned() })
    }

    /// Flushes and puts the file in its place. A reader that closed the pipe is no error: it had enough.
    pub(crate) fn finish(mut self, result: io::Result<()>) -> Result<(), CommandError> {
        let result = result.and_then(|()| self.flush());
        match (self, result) {
            (Self::Stdout(_), Err(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            (Self::Stdout(_) | Self::Special { .. }, Ok(())) => Ok(()),
            (Self::Stdout(_), Err(source)) => Err(CommandError::Write {
                what: "standard output".into(),
                source,
                hint: "see that its reader takes it, or name a file with `--out`",
            }),
            (Self::Special { path, .. }, Err(error)) => Err(CommandError::write(&path, error)),
            (Self::File { writer, temporary, path }, result) => {
                let result =
                    result.and_then(|()| writer.get_ref().sync_all()).and_then(|()| std::fs::rename(&temporary, &path));
                if result.is_err() {
                    // The error itself is what matters; a part file that cannot be removed is named by it.
                    drop(std::fs::remove_file(&temporary));
                }
                result.map_err(|error| CommandError::write(&path, error))
            }
        }
    }
}

impl Write for Sink {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(writer) => writer.write(buf),
            Self::File { writer, .. } | Self::Special { writer, .. } => writer.write(buf),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(writer) => writer.flush(),
            Self::File { writer, .. } | Self::Special { writer, .. } => writer.flush(),
        }
    }
}

/// A line on standard error. One that cannot be written is lost: nobody listens, and that is no reason to stop, where
/// `eprintln!` would panic.
fn say(line: &str) {
    drop(writeln!(io::stderr(), "{line}"));
}

/// A remark on standard error, unless `--quiet`.
pub(crate) fn note(global: &Global, text: &str) {
    if !global.quiet {
        say(&format!("casemate: {}", style::plain(text)));
    }
}

/// An error on standard error, always; causes follow on lines of their own.
pub(crate) fn complain(error: &dyn std::error::Error) {
    let paint = style::Paint::for_stderr();
    let text = error.to_string();
    let mut lines = text.lines();
    say(&format!("{} {}", paint.bad("error:"), style::plain(lines.next().unwrap_or_default())));
    let mut cause = error.source();
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            say(&format!("  cause: {}", style::plain(inner_text.lines().next().unwrap_or_default())));
        }
        cause = inner.source();
    }
    for line in lines {
        say(&format!("  {}", style::plain(line)));
    }
}

/// Whether progress may be drawn.
pub(crate) fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}
