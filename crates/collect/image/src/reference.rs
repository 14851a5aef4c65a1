use std::path::{Path, PathBuf};

use crate::{Digest, ImageError};

/// Longest reference that is looked at.
const LENGTH_MAX: usize = 4096;

/// A name as registries and engines know it: `registry.example/team/app:1.2@sha256:…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// `docker.io`, `localhost:5000`.
    pub(crate) domain: String,
    /// `library/debian`.
    pub(crate) path: String,
    /// `latest` where neither tag nor digest is given.
    pub(crate) tag: Option<String>,
    pub(crate) digest: Option<Digest>,
    /// The domain was written, not assumed.
    pub(crate) explicit: bool,
}

/// What a reference says of where the image lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reference {
    /// A layout in a directory or archive.
    Oci {
        path: PathBuf,
        pick: Pick,
    },
    /// What `docker save` writes.
    DockerArchive {
        path: PathBuf,
        pick: Pick,
    },
    Registry(Name),
    Podman(Stored),
    Docker(Stored),
    Containerd(Stored),
    /// A path that exists: what it is its content says.
    Path(PathBuf),
    /// A name without a prefix: local engines, then the registry.
    Anywhere(Name),
}

/// Which image of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pick {
    /// The only one.
    Only,
    Tag(String),
    Digest(Digest),
}

/// An image in an engine's store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    /// `[/some/store]` before the name: the store's directory rather than the engine's usual one.
    pub(crate) root: Option<PathBuf>,
    /// A name, or an image id (at least 12 hexadecimal digits).
    pub(crate) name: String,
}

const HINT: &str = "write oci:DIR[:TAG], oci-archive:FILE[:TAG], docker-archive:FILE[:NAME], docker://HOST/NAME[:TAG], \
                    podman:NAME, docker-daemon:NAME, containerd:[NAMESPACE/]NAME, a path or a plain image name";

impl Reference {
    /// Parses; looks only at which paths exist.
    ///
    /// # Errors
    /// [`ImageError::Reference`].
    pub(crate) fn parse(text: &str, exists: &dyn Fn(&Path) -> bool) -> Result<Self, ImageError> {
        let fail = |why: String| ImageError::Reference {
            reference: text.chars().take(200).flat_map(char::escape_debug).collect(),
            why,
            hint: HINT.into(),
        };
        if text.len() > LENGTH_MAX {
            return Err(fail(format!("longer than {LENGTH_MAX} bytes")));
        }
        if text.is_empty() || text.chars().any(char::is_control) {
            return Err(fail("empty, or with control characters".into()));
        }
        let (prefix, rest) = text.split_once(':').unwrap_or(("", text));
        let found = match prefix {
            "oci" | "oci-archive" => file(rest, exists).map(|(path, pick)| Self::Oci { path, pick }),
            "docker-archive" => file(rest, exists).map(|(path, pick)| Self::DockerArchive { path, pick }),
            "docker" => match rest.strip_prefix("//") {
                Some(name) => Name::parse(name).map(Self::Registry),
                // An image called docker, with a tag.
                None => Name::parse(text).map(Self::Anywhere),
            },
            "podman" | "containers-storage" => stored(rest).map(Self::Podman),
            "docker-daemon" => stored(rest).map(Self::Docker),
            "containerd" => stored(rest).map(Self::Containerd),
            _ if exists(Path::new(text)) => Ok(Self::Path(text.into())),
            _ if text.starts_with(['/', '.', '~']) => Err("there is no such file or directory".into()),
            _ => Name::parse(text).map(Self::Anywhere),
        };
        found.map_err(fail)
    }
}

/// `FILE[:TAG]` or `FILE[@DIGEST]`. A path may hold colons: the longest that exists is taken.
fn file(rest: &str, exists: &dyn Fn(&Path) -> bool) -> Result<(PathBuf, Pick), String> {
    if rest.is_empty() {
        return Err("it names no file".into());
    }
    if exists(Path::new(rest)) {
        return Ok((rest.into(), Pick::Only));
    }
    if let Some((path, digest)) = rest.rsplit_once('@')
        && let Some(digest) = Digest::parse(digest)
    {
        return Ok((path.into(), Pick::Digest(digest)));
    }
    let mut cut = rest.rmatch_indices(':').map(|(at, _)| (rest.get(..at), rest.get(at + 1..)));
    let split = cut.find_map(|(path, tag)| Some((path?, tag?)).filter(|(path, _)| exists(Path::new(path))));
    match split.or_else(|| rest.split_once(':')) {
        None => Ok((rest.into(), Pick::Only)),
        Some(("", _)) => Err("it names no file".into()),
        Some((path, "")) => Ok((path.into(), Pick::Only)),
        Some((path, tag)) => Ok((path.into(), Pick::Tag(tag.into()))),
    }
}

fn stored(rest: &str) -> Result<Stored, String> {
    let (root, name) = match rest.strip_prefix('[') {
        None => (None, rest),
        Some(inner) => {
            let (root, name) = inner.split_once(']').ok_or("the `[` of its store has no `]`")?;
            // skopeo's form: `[DRIVER@ROOT+RUNROOT]`.
            let root = root.split_once('@').map_or(root, |(_, root)| root);
            let root = root.split_once('+').map_or(root, |(root, _)| root);
            (Some(PathBuf::from(root)), name)
        }
    };
    if name.is_empty() {
        return Err("it names no image".into());
    }
    Ok(Stored { root, name: name.into() })
}

impl Name {
    /// Parses as `docker pull` does: a first part without a dot, a colon and upper-case letters that is not `localhost`
    /// is no host (distribution/reference).
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (rest, digest) = match text.rsplit_once('@') {
            None => (text, None),
            Some((rest, digest)) => {
                let digest = Digest::parse(digest).ok_or("what follows the `@` is no digest of sha256 or sha512")?;
                (rest, Some(digest))
            }
        };
        // A colon after the last slash begins a tag; one before it a port.
        let slash = rest.rfind('/').map_or(0, |at| at + 1);
        let colon = rest.get(slash..).and_then(|last| last.find(':')).map(|at| slash + at);
        let (name, tag) = match colon {
            None => (rest, None),
            Some(at) => (rest.get(..at).unwrap_or_default(), rest.get(at + 1..)),
        };
        let is_host = |first: &str| {
            first.contains(['.', ':']) || first == "localhost" || first.chars().any(|c| c.is_ascii_uppercase())
        };
        let (domain, path, explicit) = match name.split_once('/') {
            Some((first, path)) if is_host(first) => (first.to_owned(), path.to_owned(), true),
            Some(_) => ("docker.io".into(), name.to_owned(), false),
            None => ("docker.io".into(), format!("library/{name}"), false),
        };
        let domain = if domain == "index.docker.io" { "docker.io".into() } else { domain };
        // `docker.io/debian` is what `debian` is.
        let path = if domain == "docker.io" && !path.contains('/') { format!("library/{path}") } else { path };
        domain_check(&domain)?;
        if path.len() > 255 {
            return Err("its name is longer than 255 characters".into());
        }
        if let Some(part) = path.split('/').find(|part| !part_is_valid(part)) {
            return Err(format!(
                "`{part}` is no part of a name: lower-case letters, digits, and `.`, `_`, `-` between them"
            ));
        }
        if let Some(tag) = tag
            && !tag_is_valid(tag)
        {
            return Err(format!("`{tag}` is no tag: at most 128 letters, digits, `_`, `.`, `-`"));
        }
        let tag = match (tag, &digest) {
            (Some(tag), _) => Some(tag.to_owned()),
            (None, Some(_)) => None,
            (None, None) => Some("latest".into()),
        };
        Ok(Self { domain, path, tag, digest, explicit })
    }

    /// `docker.io/library/debian:12@sha256:…`.
    pub(crate) fn full(&self) -> String {
        let tag = self.tag.as_ref().map(|tag| format!(":{tag}")).unwrap_or_default();
        let digest = self.digest.as_ref().map(|digest| format!("@{digest}")).unwrap_or_default();
        format!("{}/{}{tag}{digest}", self.domain, self.path)
    }

    /// Whether `other`, as an engine's store writes it, is this name with this tag, or this name with this digest.
    pub(crate) fn is(&self, other: &str) -> bool {
        let Ok(other) = Self::parse(other) else { return false };
        let same = self.domain == other.domain && self.path == other.path;
        // Podman calls what it built itself `localhost/NAME`.
        let built =
            !self.explicit && other.domain == "localhost" && self.path.trim_start_matches("library/") == other.path;
        let picked = match &self.digest {
            Some(digest) => other.digest.as_ref() == Some(digest),
            None => self.tag == other.tag,
        };
        (same || built) && picked
    }
}

fn domain_check(domain: &str) -> Result<(), String> {
    let port = if domain.starts_with('[') {
        domain.split_once(']').map(|(_, rest)| rest.strip_prefix(':'))
    } else {
        Some(domain.split_once(':').map(|(_, port)| port))
    };
    let good = domain.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'))
        && !domain.starts_with(['.', '-', ':'])
        && matches!(port, Some(None)) | matches!(port, Some(Some(port)) if port.parse::<u16>().is_ok());
    if good { Ok(()) } else { Err(format!("`{domain}` is no host")) }
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`.
fn part_is_valid(part: &str) -> bool {
    let alnum = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    !part.is_empty()
        && part.starts_with(alnum)
        && part.ends_with(alnum)
        && part
            .split(alnum)
            .all(|between| matches!(between, "" | "." | "_" | "__") || between.bytes().all(|b| b == b'-'))
}

fn tag_is_valid(tag: &str) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    tag.len() <= 128 && tag.starts_with(word) && tag.chars().all(|c| word(c) || c == '.' || c == '-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEX: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn parse(text: &str) -> Result<Reference, ImageError> {
        Reference::parse(text, &|path| ["/a", "/a:b", "dir"].iter().any(|have| path == Path::new(have)))
    }

    #[test]
    fn a_name_is_what_docker_makes_of_it() {
        let at = format!("@sha256:{HEX}");
        for (text, want, why) in [
            ("debian", "docker.io/library/debian:latest", "an official image"),
            ("debian:12", "docker.io/library/debian:12", "with a tag"),
            ("docker.io/debian", "docker.io/library/debian:latest", "in full"),
            ("index.docker.io/a/b", "docker.io/a/b:latest", "the old host"),
            ("a/b:t", "docker.io/a/b:t", "two parts"),
            ("localhost/b", "localhost/b:latest", "localhost is a host"),
            ("localhost:5000/b/c:t", "localhost:5000/b/c:t", "a port is no tag"),
            ("h.example/a_b/c__d/e--f.g:T_1.x-y", "h.example/a_b/c__d/e--f.g:T_1.x-y", "all separators"),
            ("[::1]:5000/a", "[::1]:5000/a:latest", "an IPv6 address"),
            ("MyHost/a", "MyHost/a:latest", "upper case makes a host"),
            (&format!("a{at}"), &format!("docker.io/library/a{at}"), "a digest needs no tag"),
            (&format!("a:1{at}"), &format!("docker.io/library/a:1{at}"), "both"),
        ] {
            assert_eq!(Name::parse(text).map(|name| name.full()).as_deref(), Ok(want), "{text}: {why}");
        }
        for (text, why) in [
            ("", "nothing"),
            ("A", "upper case"),
            ("a/B", "upper case"),
            ("a//b", "an empty part"),
            ("../etc/passwd", "a path"),
            ("a/../b", "a path"),
            ("a___b", "three underscores"),
            ("a:", "an empty tag"),
            ("a:-x", "a tag begins with a word"),
            ("a@sha256:12", "no digest"),
            ("h:x/a", "no port"),
            ("h:99999/a", "no port"),
            ("a?b", "a query"),
            ("u@h.example/a", "a user"),
            ("-h.example/a", "a host does not begin with a hyphen"),
        ] {
            assert!(Name::parse(text).is_err(), "{text}: {why}: {:?}", Name::parse(text));
        }
        let long = format!("a/{}", "b".repeat(300));
        assert!(Name::parse(&long).is_err());
    }

    #[test]
    fn a_store_writes_names_in_its_own_way() {
        for (name, stored, want, why) in [
            ("debian:12", "docker.io/library/debian:12", true, "in full"),
            ("app", "localhost/app:latest", true, "built here"),
            ("docker.io/library/app", "localhost/app:latest", false, "asked for by its host"),
            ("debian:12", "docker.io/library/debian:13", false, "another tag"),
            ("debian", "debian:latest", true, "docker writes it short"),
        ] {
            assert_eq!(Name::parse(name).unwrap().is(stored), want, "{name} {stored}: {why}");
        }
    }

    #[test]
    fn a_reference_says_where_to_look() {
        let tag = |tag: &str| Pick::Tag(tag.into());
        let stored = |root: Option<&str>, name: &str| Stored { root: root.map(Into::into), name: name.into() };
        for (text, want, why) in [
            ("oci:/a", Reference::Oci { path: "/a".into(), pick: Pick::Only }, "a directory"),
            ("oci:/a:t", Reference::Oci { path: "/a".into(), pick: tag("t") }, "with a tag"),
            ("oci:/a:b", Reference::Oci { path: "/a:b".into(), pick: Pick::Only }, "a path with a colon"),
            ("oci:/a:b:c", Reference::Oci { path: "/a:b".into(), pick: tag("c") }, "and a tag"),
            ("oci:/n:c:d", Reference::Oci { path: "/n".into(), pick: tag("c:d") }, "none exists: the error is of /n"),
            (
                &format!("oci-archive:/a@sha256:{HEX}"),
                Reference::Oci {
                    path: "/a".into(),
                    pick: Pick::Digest(Digest::parse(&format!("sha256:{HEX}")).unwrap()),
                },
                "a digest",
            ),
            (
                "docker-archive:/a:h.example/x:1",
                Reference::DockerArchive { path: "/a".into(), pick: tag("h.example/x:1") },
                "a name is a tag",
            ),
            ("podman:a", Reference::Podman(stored(None, "a")), "podman"),
            ("podman:[/s]a", Reference::Podman(stored(Some("/s"), "a")), "its store"),
            ("containers-storage:[vfs@/s+/r]a", Reference::Podman(stored(Some("/s"), "a")), "as skopeo writes it"),
            ("containerd:k8s.io/a", Reference::Containerd(stored(None, "k8s.io/a")), "containerd"),
            ("dir", Reference::Path("dir".into()), "it exists"),
            ("docker:24", Reference::Anywhere(Name::parse("docker:24").unwrap()), "an image called docker"),
        ] {
            assert_eq!(parse(text).unwrap(), want, "{text}: {why}");
        }
        for (text, want) in [
            ("", "empty"),
            ("a\nb", "control characters"),
            ("oci:", "names no file"),
            ("podman:", "names no image"),
            ("podman:[/s", "has no `]`"),
            ("./nowhere", "no such file"),
            ("docker://", "no part of a name"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert!(error.contains(want), "{text}: {error}");
        }
        assert!(parse(&"a".repeat(5000)).unwrap_err().to_string().contains("longer than 4096 bytes"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn a_full_name_reads_as_itself(text in "[a-z0-9./:@_-]{1,40}") {
            if let Ok(name) = Name::parse(&text) {
                let again = Name::parse(&name.full()).unwrap();
                prop_assert_eq!(again.full(), name.full());
            }
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC*") {
            if let Err(error) = parse(&text) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}
