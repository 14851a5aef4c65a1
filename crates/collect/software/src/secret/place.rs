//! Which files are looked into for secrets, and which of them are what.
//!
//! - Text of at most 1 MiB. A NUL in its first 8 KiB makes a file binary, unless it is UTF-16.
//! - What a distribution or a package manager installed (`/usr/lib`, `/usr/share`, `site-packages`, `node_modules` …) is the
//!   same for everybody: there only files that by their names hold configuration or keys are read, and none below
//!   directories of tests and examples.
//! - Documentation, locales, sources of the kernel, the databases of package managers, objects of Git: never.
use crate::entry::Candidate;

/// Bytes of a file.
pub(super) const SIZE_MAX: u64 = 1 << 20;

/// Trees that hold nothing of the operator's.
const NEVER: &[&str] = &[
    "/bin/",
    "/sbin/",
    "/boot/",
    "/dev/",
    "/proc/",
    "/sys/",
    "/run/udev/",
    "/usr/bin/",
    "/usr/sbin/",
    "/usr/games/",
    "/usr/include/",
    "/usr/libexec/",
    "/lib/modules/",
    "/usr/lib/modules/",
    "/usr/share/doc/",
    "/usr/share/doc-base/",
    "/usr/share/man/",
    "/usr/share/info/",
    "/usr/share/locale/",
    "/usr/share/i18n/",
    "/usr/share/zoneinfo/",
    "/usr/share/icons/",
    "/usr/share/fonts/",
    "/usr/share/mime/",
    "/usr/share/licenses/",
    "/usr/share/common-licenses/",
    "/usr/src/linux",
    "/var/lib/dpkg/",
    "/var/lib/apt/",
    "/var/lib/rpm/",
    "/var/cache/",
    "/var/lib/containers/storage/overlay",
    "/var/lib/docker/overlay2/",
    "/snap/",
];

/// Parts of paths below which everything is as its package has it.
const INSTALLED: &[&str] = &[
    "/site-packages/",
    "/dist-packages/",
    "/node_modules/",
    "/gems/",
    "/registry/src/",
    "/pkg/mod/",
    "/vendor/bundle/",
    "/.m2/repository/",
    "/conda/pkgs/",
    "/rustlib/",
];
const SYSTEM: &[&str] =
    &["/usr/lib/", "/usr/lib64/", "/usr/lib32/", "/usr/share/", "/lib/", "/lib64/", "/lib32/", "/usr/local/go/"];
/// Parts of such paths whose keys are for tests.
const TESTS: &[&str] = &["/test", "/spec/", "/fixture", "/example", "/sample", "/demo", "/doc/", "/docs/"];

/// Ends of names of files that hold no text, or text that programs made.
const BINARY: &[&str] = &[
    "7z", "a", "apk", "avi", "bin", "bmp", "br", "bz2", "cache", "class", "css", "deb", "dll", "dylib", "ear", "eot",
    "exe", "gif", "gmo", "gz", "ico", "jar", "jpeg", "jpg", "ko", "lib", "lz4", "map", "mkv", "mo", "mov", "mp3",
    "mp4", "o", "ogg", "otf", "pdf", "png", "po", "pot", "pyc", "pyo", "rlib", "rmeta", "rpm", "so", "sqlite",
    "sqlite3", "svg", "tar", "tgz", "tif", "tiff", "ttf", "war", "wasm", "wav", "webm", "webp", "whl", "woff", "woff2",
    "xz", "zip", "zst",
];

/// Ends of names of files that people configure programs with.
const CONFIGURATION: &[&str] = &[
    "cfg",
    "cnf",
    "conf",
    "config",
    "env",
    "hcl",
    "ini",
    "json",
    "json5",
    "local",
    "plist",
    "properties",
    "tf",
    "tfstate",
    "tfvars",
    "toml",
    "yaml",
    "yml",
    "sh",
    "bash",
    "service",
    "ps1",
    "bat",
];
/// Ends of names of files that hold keys.
const KEYS: &[&str] = &["pem", "key", "ppk", "asc", "gpg", "p8", "age", "kubeconfig"];
/// Names of such files.
const NAMES: &[&str] = &[
    ".npmrc",
    ".yarnrc",
    ".pypirc",
    ".netrc",
    "_netrc",
    ".pgpass",
    ".my.cnf",
    ".git-credentials",
    ".dockercfg",
    ".dockerconfigjson",
    ".htpasswd",
    ".s3cfg",
    ".boto",
    ".envrc",
    ".bashrc",
    ".profile",
    ".bash_history",
    ".zsh_history",
    "credentials",
    "config",
    "environment",
    "passwd-s3fs",
    "Dockerfile",
    "id_rsa",
    "id_dsa",
    "id_ecdsa",
    "id_ed25519",
    "identity",
    "secring",
    "kubeconfig",
];
/// Ends of names of files that explain.
const EXPLAINING: &[&str] = &["md", "rst", "adoc", "html", "htm", "txt", "tex", "pod", "markdown", "1", "5", "7", "8"];

fn suffix(base: &str) -> &str {
    base.rsplit_once('.').map_or("", |(_, suffix)| suffix)
}

fn base(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn any_case(list: &[&str], word: &str) -> bool {
    !word.is_empty() && list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// By its name it holds configuration or keys.
fn named(base: &str) -> bool {
    any_case(CONFIGURATION, suffix(base))
        || any_case(KEYS, suffix(base))
        || NAMES.contains(&base)
        || base.starts_with(".env")
}

/// Whether the file may hold a secret of somebody's.
pub(super) fn is_of_interest(file: &Candidate<'_>) -> bool {
    if file.entry.size > SIZE_MAX || any_case(BINARY, suffix(file.base)) {
        return false;
    }
    let path = file.path;
    if NEVER.iter().any(|tree| path.starts_with(tree)) || path.contains("/.git/objects/") || file.base.contains(".min.")
    {
        return false;
    }
    let installed =
        SYSTEM.iter().any(|tree| path.starts_with(tree)) || INSTALLED.iter().any(|part| path.contains(part));
    !installed || (named(file.base) && !TESTS.iter().any(|part| path.contains(part)))
}

/// Whether a password in it is more than an example of one.
pub(super) fn is_telling(path: &str) -> bool {
    !any_case(EXPLAINING, suffix(base(path)))
}

pub(super) fn is_configuration(path: &str) -> bool {
    let base = base(path);
    let lock =
        base.ends_with("lock.json") || base.ends_with("lock.yaml") || base == "package.json" || base.ends_with(".lock");
    // Sources of a language keep their strings in other ways; what is set in them is rarely a secret of this machine.
    (any_case(CONFIGURATION, suffix(base)) || NAMES.contains(&base) || base.starts_with(".env")) && !lock
}

pub(super) fn is_docker(path: &str) -> bool {
    let base = base(path);
    base == ".dockercfg"
        || base == ".dockerconfigjson"
        || (suffix(base) == "json" && (base == "config.json" || base == "auth.json"))
}

pub(super) fn is_netrc(path: &str) -> bool {
    matches!(base(path), ".netrc" | "_netrc" | "netrc")
}

pub(super) fn is_pgpass(path: &str) -> bool {
    matches!(base(path), ".pgpass" | "pgpass" | "pgpass.conf")
}

pub(super) fn is_git_credentials(path: &str) -> bool {
    base(path) == ".git-credentials" || path.ends_with("/git/credentials")
}
