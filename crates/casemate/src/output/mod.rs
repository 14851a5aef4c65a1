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
        let failed = |error| CommandError::write(path, error);
        let old = match std::fs::metadata(path) {
            Ok(meta) => Some(meta),
            // What is not there is made; a link that leads nowhere or in a circle is the user's to mend.
            Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => None,
            Err(error) => return Err(failed(error)),
        };
        if old.as_ref().is_some_and(std::fs::Metadata::is_dir) {
            return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        // `/dev/stdout` and its like may lead to a regular file; putting another into its place would leave the reader
        // with the old one, and as root would put a file into the place of `/dev/stdout` itself.
        let is_open_file = || ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc"].iter().any(|p| path.starts_with(p));
        if old.as_ref().is_some_and(|meta| !meta.is_file() || is_open_file()) {
            let file = File::options().write(true).open(path).map_err(failed)?;
            return Ok(Self::Special { writer: BufWriter::new(file), path: path.to_owned() });
        }
        // A link keeps leading to the file: that file is replaced, not the link.
        let path = if old.is_some() { std::fs::canonicalize(path).map_err(failed)? } else { path.to_owned() };
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".part-{}", std::process::id()));
        let temporary = path.with_file_name(name);
        // Made anew or not at all: in a directory that others write to, a link of that name would lead elsewhere. One
        // of a process that was killed is in nobody's use, for the number in its name is this process's now.
        let make = || File::options().write(true).create_new(true).open(&temporary);
        let file = make()
            .or_else(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => std::fs::remove_file(&temporary).and_then(|()| make()),
                _ => Err(error),
            })
            .map_err(failed)?;
        if let Some(old) = old {
            // Whoever may read the file today may read it tomorrow, and nobody else.
            file.set_permissions(old.permissions()).map_err(failed)?;
        }
        Ok(Self::File { writer: BufWriter::new(file), temporary, path })
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

/// A remark on standard error with `--verbose`.
pub(crate) fn detail(global: &Global, text: &str) {
    if global.verbose {
        note(global, text);
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

#[cfg(test)]
mod tests {
    use std::{
        fs,
        os::unix::fs::{PermissionsExt, symlink},
    };

    use super::*;

    fn write(path: &Path, text: &str) -> Result<(), CommandError> {
        let mut sink = Sink::open(Some(path))?;
        let result = sink.write_all(text.as_bytes());
        sink.finish(result)
    }

    #[test]
    fn a_file_is_replaced_where_it_stands() {
        let dir = tempfile::tempdir().unwrap();
        let (real, link, loose, looped) =
            (dir.path().join("real"), dir.path().join("link"), dir.path().join("loose"), dir.path().join("looped"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).unwrap();
        symlink("real", &link).unwrap();
        symlink("nowhere", &loose).unwrap();
        symlink("looped", &looped).unwrap();

        write(&link, "new").unwrap();
        assert!(link.is_symlink(), "a link stays a link");
        assert_eq!(fs::read_to_string(&real).unwrap(), "new", "and leads to the new text");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o600, "closed to others as before");
        for (path, why) in [(&loose, "a link that leads nowhere"), (&looped, "a link to itself")] {
            assert!(write(path, "new").is_err() && path.is_symlink(), "{why}");
        }
        assert!(write(dir.path(), "new").is_err(), "a directory");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 4, "no part file stays behind");
    }

    #[test]
    fn an_open_file_is_written_in_place() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("open");
        let open = fs::File::create(&path).unwrap();
        let name = PathBuf::from(format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(&open)));
        write(&name, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert!(name.is_symlink(), "as root, `/dev/stdout` was once replaced by the report");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_part_file_does_not_follow_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let (report, victim) = (dir.path().join("report"), dir.path().join("victim"));
        fs::write(&victim, "precious").unwrap();
        symlink("victim", dir.path().join(format!("report.part-{}", std::process::id()))).unwrap();
        write(&report, "new").unwrap();
        assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
        assert_eq!(fs::read_to_string(&report).unwrap(), "new");
        assert!(!report.is_symlink());
    }
}
