/// Bytes of a path that a system call takes (Linux, `PATH_MAX`), and of one of its names.
const PATH_MAX: usize = 4096;
const NAME_MAX: usize = 255;

/// A path of an archive, as it lies in the image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clean {
    /// With a leading `/`, without `.` and `..`; `/` is the root.
    pub(crate) path: String,
    /// It climbed above the root, and was kept in it.
    pub(crate) escapes: bool,
}

/// Makes a path absolute and takes `.` and `..` out, by its words alone: links are not followed. Bytes that are not UTF-8
/// are written as `\xff`, so that two names stay two.
pub(crate) fn clean(raw: &[u8]) -> Clean {
    let text = text(raw);
    let mut path = String::with_capacity(text.len() + 1);
    let mut escapes = false;
    for part in text.split('/') {
        match part {
            "" | "." => {}
            ".." => match path.rfind('/') {
                Some(at) => path.truncate(at),
                None => escapes = true,
            },
            name => {
                path.push('/');
                path.push_str(name);
            }
        }
    }
    if path.is_empty() {
        path.push('/');
    }
    Clean { path, escapes }
}

fn text(raw: &[u8]) -> std::borrow::Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(raw) {
        return text.into();
    }
    let mut out = String::new();
    for chunk in raw.utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02x}"));
        }
    }
    out.into()
}

/// The directories above a clean path, from the nearest on, without the root.
pub(crate) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').filter_map(|(at, _)| path.get(..at)).filter(|parent| !parent.is_empty())
}

/// Whether no system could hold it.
pub(crate) fn is_too_long(path: &str) -> bool {
    // A byte that was replaced became four.
    path.len() > PATH_MAX * 4 || path.split('/').any(|name| name.len() > NAME_MAX * 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_in_the_image() {
        for (raw, want, escapes) in [
            (&b"./usr/bin/"[..], "/usr/bin", false),
            (b"/etc/passwd", "/etc/passwd", false),
            (b"a/../b", "/b", false),
            (b"../etc/passwd", "/etc/passwd", true),
            (b"a/../../b", "/b", true),
            (b"/..", "/", true),
            (b".", "/", false),
            (b"", "/", false),
            (b"a//b/./c", "/a/b/c", false),
            (b"a/\xff", "/a/\\xff", false),
        ] {
            let got = clean(raw);
            assert_eq!((got.path.as_str(), got.escapes), (want, escapes), "{}", String::from_utf8_lossy(raw));
        }
    }
}
