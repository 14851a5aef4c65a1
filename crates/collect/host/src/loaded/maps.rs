//! What a process has mapped: `/proc/PID/maps` (proc_pid_maps(5)).
use crate::process::{FileName, is_archive};

/// A file in the memory of a process, as its own root names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Mapped {
    /// Its name.
    pub(crate) name: FileName,
    /// Which file that is; none where it is known by name only.
    pub(crate) inode: Option<Inode>,
}

/// A file of a file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Inode {
    /// Major and minor number of the device.
    pub(crate) device: (u32, u32),
    /// Number on it.
    pub(crate) number: u64,
}

/// The programs, libraries and archives among the mapped files; each once.
pub(crate) fn files(text: &str) -> Vec<Mapped> {
    let mut out: Vec<Mapped> = Vec::new();
    for file in text.lines().filter_map(line) {
        // The parts of a file follow one another.
        if out.last() != Some(&file) {
            out.push(file);
        }
    }
    out.sort();
    out.dedup();
    out
}

/// `7efe51fea000-7efe52140000 r-xp 00026000 fe:00 326279    /usr/lib/libc.so.6`.
fn line(line: &str) -> Option<Mapped> {
    let at = line.find('/')?;
    let (columns, path) = line.split_at_checked(at)?;
    let mut columns = columns.split_ascii_whitespace();
    let (_, rights, _, device, number) =
        (columns.next()?, columns.next()?, columns.next()?, columns.next()?, columns.next()?);
    // `[heap/x]` and the like: a name that does not start with a slash.
    if columns.next().is_some() {
        return None;
    }
    let (major, minor) = device.split_once(':')?;
    let device = (u32::from_str_radix(major, 16).ok()?, u32::from_str_radix(minor, 16).ok()?);
    let number = number.parse().ok().filter(|number| *number != 0)?;
    let name = FileName::of(path);
    let program = rights.contains('x') || is_code(&name.path);
    program.then(|| Mapped {
        // The one character that the kernel escapes here.
        name: FileName { path: name.path.replace("\\012", "\n"), ..name },
        inode: Some(Inode { device, number }),
    })
}

/// Whether a file is code by its name, whatever the rights of the mapping: of a library first a part is mapped to be read.
fn is_code(path: &str) -> bool {
    let base = path.rsplit('/').next().unwrap_or(path);
    base.contains(".so") || base.ends_with(".dll") || base.ends_with(".node") || is_archive(base)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn programs_and_libraries_are_found() {
        let head = "7efe51fea000-7efe52140000";
        for (line, want, why) in [
            ("r-xp 00026000 fe:00 326279    /usr/bin/x", Some(("/usr/bin/x", false)), "a program"),
            (
                "r--p 00000000 fe:00 326279    /usr/lib/libc.so.6",
                Some(("/usr/lib/libc.so.6", false)),
                "a library's head",
            ),
            ("r-xp 00026000 fe:00 1  /usr/lib/a.so (deleted)", Some(("/usr/lib/a.so", true)), "an old copy"),
            ("r--s 00000000 fe:00 9  /app/a b.jar", Some(("/app/a b.jar", false)), "an archive with a blank"),
            ("r-xp 0 fe:00 9  /a\\012b", Some(("/a\nb", false)), "a line feed"),
            ("r--p 0 fe:00 9  /usr/lib/locale/C.utf8/LC_CTYPE", None, "data"),
            ("r-xp 0 00:00 0  [vdso]", None, "no file"),
            ("r-xp 0 00:00 0  [anon:a/b]", None, "a name that is none"),
            ("rw-s 0 00:05 0  /dev/zero (deleted)", None, "memory that is shared"),
            ("r-xp 0 fe:zz 9  /x", None, "no device"),
            ("r-xp 0 fe:00", None, "cut off"),
        ] {
            let got = files(&format!("{head} {line}\n"));
            let got = got.first().map(|file| (file.name.path.as_str(), file.name.deleted));
            assert_eq!(got, want, "{why}");
        }
        let twice = format!("{head} r-xp 0 fe:00 9 /x\n{head} r-xp 1 fe:00 9 /x\n{head} r-xp 0 fe:01 9 /x\n");
        assert_eq!(files(&twice).len(), 2, "each file once; the same name on another device is another file");
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,200}", words in "(r-xp|fe:00|0| |/|é|\\.so|\n){0,40}") {
            files(&text);
            files(&words);
        }
    }
}
