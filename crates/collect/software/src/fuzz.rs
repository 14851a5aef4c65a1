//! Every reader of files, as a table for fuzzers. Not part of the public interface: only with the feature `fuzzing`.
//!
//! Two sorts of rows: the bytes are a file at a path, or they are changes to a small sound database or program: groups of
//! three bytes, the place (two of them, little-endian, modulo its size) and the new byte.
use std::{fmt, io::Cursor};

use casemate_estate::fuzz::Target;

use crate::{
    Entry, EntryKind,
    package::{java, program, rpm},
    read,
};

/// About how many bytes a result keeps.
fn size(result: &impl fmt::Debug) -> usize {
    struct Count(usize);
    impl fmt::Write for Count {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0 += text.len();
            Ok(())
        }
    }
    let mut count = Count(0);
    // Counting does not fail; a type that refuses to be shown counts as what it showed.
    match fmt::write(&mut count, format_args!("{result:?}")) {
        Ok(()) | Err(fmt::Error) => count.0,
    }
}

/// Reads the bytes as a file at `path` that anybody may run.
fn file(path: &str, bytes: &[u8]) -> usize {
    let entry =
        Entry { path: path.to_owned(), kind: EntryKind::File, mode: 0o755, uid: 0, gid: 0, size: bytes.len() as u64 };
    size(&read(&entry, Some(&mut Cursor::new(bytes)), true))
}

/// Changes `sound` as the bytes say.
fn changed(mut sound: Vec<u8>, bytes: &[u8]) -> Vec<u8> {
    let length = sound.len().max(1);
    for change in bytes.chunks_exact(3).take(4_096) {
        if let [low, high, value] = change
            && let Some(byte) = sound.get_mut(usize::from(u16::from_le_bytes([*low, *high])) % length)
        {
            *byte = *value;
        }
    }
    sound
}

/// Three packages, of which one has a long header.
fn headers() -> Vec<Vec<u8>> {
    let long = "v".repeat(2_400);
    ["a", "b", long.as_str()].iter().map(|name| rpm::sample::filed(name).blob()).collect()
}

/// A file at a path.
macro_rules! file {
    ($name:literal, $path:literal, [$($seed:expr),* $(,)?]) => {
        Target { name: $name, run: |bytes| file($path, bytes), seeds: &[$($seed),*] }
    };
}

/// Changes to what is sound.
macro_rules! changes {
    ($name:literal, $path:literal, $sound:expr) => {
        Target {
            name: $name,
            run: |bytes| file($path, &changed($sound, bytes)),
            seeds: &["\u{0}\u{0}\u{1}", "\u{19}\u{2}\u{7}x\u{1}\u{7f}"],
        }
    };
}

/// Readers of this crate.
pub const TARGETS: &[Target] = &[
    file!("os_release", "/etc/os-release", ["ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME='a b'\nID_LIKE=\"a b\"\n"]),
    file!("redhat_release", "/etc/redhat-release", ["CentOS release 6.10 (Final)\n"]),
    file!(
        "dpkg_status",
        "/var/lib/dpkg/status",
        [
            "Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nSource: y (1:2-3)\nVersion: 3.0.15-1~deb12u1\n\n\
             Package: x\nStatus: deinstall ok config-files\nDescription: a\n b\n"
        ]
    ),
    file!("dpkg_list", "/var/lib/dpkg/info/libc6:amd64.list", ["/.\n/lib\n/lib/x\n/lib/x/libc.so.6\n/usr/bin/ld.so\n"]),
    file!("dpkg_sums", "/var/lib/dpkg/status.d/x.md5sums", ["d41d8cd98f00b204e9800998ecf8427e  usr/lib/libx.so.1\n"]),
    file!(
        "apk",
        "/lib/apk/db/installed",
        ["C:Q1x=\nP:libcrypto3\nV:3.1.4-r5\nA:x86_64\no:openssl\nF:lib\nR:libcrypto.so.3\n\nP:x\n"]
    ),
    file!("rpm_sqlite", "/var/lib/rpm/rpmdb.sqlite", ["SQLite format 3\0\u{2}\0"]),
    changes!("rpm_sqlite_changed", "/var/lib/rpm/rpmdb.sqlite", rpm::sample::sqlite(&headers())),
    file!("rpm_ndb", "/var/lib/rpm/Packages.db", ["RpmP\0\0\0\0\0\0\0\0\u{1}\0\0\0"]),
    changes!("rpm_ndb_changed", "/var/lib/rpm/Packages.db", rpm::sample::ndb(&headers())),
    file!("rpm_bdb", "/var/lib/rpm/Packages", ["\0\0\0\0\0\0\0\0\0\0\0\0\u{61}\u{15}\u{6}\0"]),
    changes!("rpm_bdb_changed", "/var/lib/rpm/Packages", rpm::sample::bdb(&headers(), false)),
    Target {
        name: "rpm_header",
        run: |bytes| file("/var/lib/rpm/Packages.db", &rpm::sample::ndb(&[bytes.to_vec()])),
        seeds: &["\0\0\0\u{1}\0\0\0\u{2}\0\0\u{3}\u{68}\0\0\0\u{6}\0\0\0\0\0\0\0\u{1}x\0"],
    },
    file!("program", "/usr/bin/x", ["\u{7f}ELF\u{2}\u{1}\u{1}", "MZ"]),
    changes!(
        "program_changed",
        "/usr/bin/x",
        program::sample::elf(
            ".go.buildinfo",
            &program::sample::inline("go1.21.5", "mod\ta\tv1\n"),
            0x1000,
            true,
            false
        )
    ),
    Target {
        name: "go_buildinfo",
        run: |bytes| {
            let info = [&b"\xff Go buildinf:"[..], bytes].concat();
            file("/usr/bin/x", &program::sample::elf(".go.buildinfo", &info, 0x1000, true, false))
        },
        seeds: &["\u{8}\u{2}\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\u{6}go1.21\0"],
    },
    Target {
        name: "rust_audit",
        run: |bytes| file("/usr/bin/x", &program::sample::elf(".dep-v0", bytes, 0x1000, true, false)),
        seeds: &["x\u{1}"],
    },
    file!("kernel", "/boot/vmlinuz-6.1", ["MZ"]),
    file!(
        "python_metadata",
        "/v/Flask-2.0.dist-info/METADATA",
        ["Metadata-Version: 2.1\nName: Flask\nVersion: 2.0.1\n\nName: other\n"]
    ),
    file!(
        "conda",
        "/c/conda-meta/zlib-1-0.json",
        ["{\"name\": \"zlib\", \"version\": \"1.2\", \"files\": [\"a\", {}]}"]
    ),
    file!(
        "requirements",
        "/app/requirements.txt",
        ["a[b] == 1.0 ; x < '3' \\\n --hash=sha256:00\n-r other.txt\nb>=2 # c\n"]
    ),
    file!(
        "pipfile_lock",
        "/app/Pipfile.lock",
        ["{\"default\": {\"a\": {\"version\": \"==1\"}}, \"develop\": {\"b\": 1}}"]
    ),
    file!(
        "poetry_lock",
        "/app/poetry.lock",
        ["[[package]]\nname = \"a\"\nversion = \"1\"\ngroups = [\"dev\"]\n[package.source]\ntype = \"directory\"\n"]
    ),
    file!(
        "uv_lock",
        "/app/uv.lock",
        ["[[package]]\nname = \"app\"\nsource = { editable = \".\" }\ndependencies = [{ name = \"a\" }]\n\
             [[package]]\nname = \"a\"\nversion = \"1\"\ndependencies = [{ name = \"a\" }]\n"]
    ),
    file!("node_package", "/app/node_modules/@s/a/package.json", ["{\"name\": \"@s/a\", \"version\": \"1.0.0\"}"]),
    file!(
        "package_lock",
        "/app/package-lock.json",
        [
            "{\"packages\": {\"\": {}, \"node_modules/a\": {\"version\": \"1.0.0\", \"dev\": true}}}",
            "{\"dependencies\": {\"a\": {\"version\": \"npm:b@1\", \"dependencies\": {\"c\": {\"version\": \"1\"}}}}}"
        ]
    ),
    file!(
        "yarn_lock",
        "/app/yarn.lock",
        [
            "\"@a/b@^1\", \"@a/b@^2\":\n  version \"1.0\"\n  dependencies:\n    c \"1\"\n",
            "__metadata:\n  version: 6\n\n\"a@npm:^1\":\n  version: 1.0\n  resolution: \"a@npm:1.0\"\n  linkType: hard\n"
        ]
    ),
    file!(
        "pnpm_lock",
        "/app/pnpm-lock.yaml",
        [
            "packages:\n  /@s/a/1.0.0_b@2.0.0:\n    dev: true\n",
            "importers:\n  .:\n    dependencies:\n      a: {version: 1.0.0}\npackages:\n  a@1.0.0: {}\nsnapshots:\n  a@1.0.0: {}\n"
        ]
    ),
    file!("bun_lock", "/app/bun.lock", ["{\"packages\": {\"a\": [\"a@1.0.0\", {}, ], }, /* x */ } // y\n"]),
    file!(
        "go_mod",
        "/src/go.mod",
        ["module a\ngo 1.20\nrequire (\n\ta.b/c v1.0.0 // indirect\n)\nreplace a.b/c => d.e/f v1.0.1\n"]
    ),
    file!(
        "cargo_lock",
        "/app/Cargo.lock",
        ["version = 4\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+https://h\"\n"]
    ),
    file!(
        "composer_lock",
        "/app/composer.lock",
        [
            "{\"packages\": [{\"name\": \"a/b\", \"version\": \"v1\", \"dist\": {\"type\": \"path\"}}], \"packages-dev\": [1]}"
        ]
    ),
    file!("composer_installed", "/app/vendor/composer/installed.json", ["[{\"name\": \"a/b\", \"version\": \"v1\"}]"]),
    file!(
        "gemspec",
        "/g/specifications/rack-2.2.3.gemspec",
        ["# stub: rack 2.2.3 ruby lib\n", "  s.name = \"a\".freeze\n"]
    ),
    file!(
        "gemfile_lock",
        "/app/Gemfile.lock",
        ["GEM\n  specs:\n    rack (2.2.3-x86)\n      a\nPATH\n  specs:\n    b (1)\n"]
    ),
    file!("deps_json", "/app/a.deps.json", ["{\"libraries\": {\"A/1.0.0\": {\"type\": \"package\"}}}"]),
    file!(
        "packages_lock",
        "/app/packages.lock.json",
        ["{\"dependencies\": {\"net6.0\": {\"A\": {\"type\": \"Direct\", \"resolved\": \"1.0.0\"}}}}"]
    ),
    file!("packages_config", "/app/packages.config", ["<packages><package id=\"A\" version=\"1\"/></packages>"]),
    file!(
        "pom",
        "/src/pom.xml",
        ["<project><properties><v>${w}</v><w>1</w></properties><dependencies><dependency><groupId>g</groupId>\
             <artifactId>a</artifactId><version>${v}</version></dependency></dependencies></project>"]
    ),
    file!("pom_properties", "/a/META-INF/maven/g/a/pom.properties", ["groupId=g\nartifactId=a\nversion=1\n"]),
    file!("gradle_lock", "/src/gradle.lockfile", ["a:b:1=compileClasspath\nempty=\n"]),
    file!("jar", "/l/a-1.0.jar", ["PK\u{3}\u{4}", "PK\u{5}\u{6}\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"]),
    changes!("jar_changed", "/l/a.war", java::sample::war()),
    file!(
        "secrets",
        "/srv/.env",
        [
            "AWS_SECRET_ACCESS_KEY=x AccountKey= sig= eyJhIjoxfQ.eyJhIjoxfQ.x PrivateKey = x",
            "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n-----END OPENSSH PRIVATE KEY-----",
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQAA\n-----END PGP PRIVATE KEY BLOCK-----",
            "postgres://a:b@c password=x token: y \"auth\": \"YTpi\" pypi-AgE glsa_ ghp_ AGE-SECRET-KEY-1"
        ]
    ),
    file!("netrc", "/root/.netrc", ["machine a login b password c\n"]),
    file!("pgpass", "/root/.pgpass", ["a:1:b:c:d\n"]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn fuzz_smoke() {
        // Half of the table each, so that two processors help.
        let (first, second) = TARGETS.split_at(TARGETS.len() / 2);
        let rounds = casemate_estate::fuzz::rounds(300);
        std::thread::scope(|scope| {
            scope.spawn(|| casemate_estate::fuzz::smoke(first, rounds, 1024));
            casemate_estate::fuzz::smoke(second, rounds, 1024);
        });
    }

    #[test]
    fn names_are_unique_and_seeds_are_there() {
        let names: BTreeSet<&str> = TARGETS.iter().map(|target| target.name).collect();
        assert_eq!(names.len(), TARGETS.len(), "a name picks one target");
        assert!(TARGETS.iter().all(|target| !target.seeds.is_empty()));
    }

    #[test]
    fn what_is_sound_before_it_is_changed_reads_whole() {
        for (path, bytes) in [
            ("/var/lib/rpm/rpmdb.sqlite", rpm::sample::sqlite(&headers())),
            ("/var/lib/rpm/Packages.db", rpm::sample::ndb(&headers())),
            ("/var/lib/rpm/Packages", rpm::sample::bdb(&headers(), false)),
        ] {
            let facts = crate::package::testing::facts(path, &bytes);
            assert_eq!((facts.packages.len(), facts.problems.len()), (3, 0), "{path}: {:?}", facts.problems);
        }
    }
}
