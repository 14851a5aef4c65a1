//! Which package a mapped file belongs to.
use std::collections::HashMap;

use casemate_collect_software::Assembled;
use casemate_estate::PackageType;

use crate::{host::Host, process::is_archive};

/// Bytes of a `RECORD`; that of the largest packages has some megabytes.
const RECORD_MAX: u64 = 32 << 20;

/// Answers for paths of the host.
///
/// A package of a distribution by what its database says it owns. Go and Rust modules by the program that proves them, Java
/// packages by the archive, .NET packages by the library of their name beside the application's `deps.json`, Node packages
/// by their directory, Python's by the `RECORD` beside their metadata (PEP 376, PEP 627).
pub(super) struct Attribution<'a> {
    host: &'a Host,
    assembled: &'a Assembled,
    /// Programs, archives and .NET libraries to keys.
    files: HashMap<String, Vec<String>>,
    /// Directories of Node packages to keys.
    directories: HashMap<&'a str, Vec<String>>,
    /// Directories of Python packages to those in them.
    sites: HashMap<&'a str, Vec<Distributed<'a>>>,
    /// Files of Python packages to keys, read when first asked for.
    records: HashMap<&'a str, HashMap<String, Vec<String>>>,
}

/// A Python package.
struct Distributed<'a> {
    key: String,
    /// Its `NAME-VERSION.dist-info`.
    info: &'a str,
}

impl<'a> Attribution<'a> {
    pub(super) fn new(host: &'a Host, assembled: &'a Assembled) -> Self {
        let mut out = Self {
            host,
            assembled,
            files: HashMap::new(),
            directories: HashMap::new(),
            sites: HashMap::new(),
            records: HashMap::new(),
        };
        for package in &assembled.inventory.packages {
            let key = || package.key();
            for location in &package.locations {
                let path = location.path.split('!').next().unwrap_or(&location.path);
                let Some((dir, base)) = path.rsplit_once('/') else { continue };
                match package.kind {
                    PackageType::Golang | PackageType::Cargo => {
                        out.files.entry(path.to_owned()).or_default().push(key());
                    }
                    PackageType::Maven if is_archive(base) => {
                        out.files.entry(path.to_owned()).or_default().push(key());
                    }
                    PackageType::Nuget if base.ends_with(".deps.json") => {
                        out.files.entry(format!("{dir}/{}.dll", package.name)).or_default().push(key());
                    }
                    PackageType::Npm if base == "package.json" => {
                        out.directories.entry(dir).or_default().push(key());
                    }
                    PackageType::Pypi if dir.ends_with(".dist-info") => {
                        let Some((site, _)) = dir.rsplit_once('/') else { continue };
                        out.sites.entry(site).or_default().push(Distributed { key: key(), info: dir });
                    }
                    _ => {}
                }
            }
        }
        out
    }

    /// Keys of the packages that the file belongs to.
    pub(super) fn of(&mut self, path: &str) -> Vec<String> {
        let mut keys: Vec<String> = self.assembled.owner(path).map(str::to_owned).into_iter().collect();
        keys.extend(self.files.get(path).into_iter().flatten().cloned());
        // From the file upwards: the innermost package has it.
        let mut above = path.rsplit_once('/').map(|(dir, _)| dir);
        while let Some(dir) = above.filter(|dir| !dir.is_empty()) {
            if let Some(found) = self.directories.get(dir) {
                keys.extend(found.iter().cloned());
                break;
            }
            if let Some((site, _)) = self.sites.get_key_value(dir) {
                let site = *site;
                keys.extend(self.python(site, path));
                break;
            }
            above = dir.rsplit_once('/').map(|(dir, _)| dir);
        }
        keys
    }

    fn python(&mut self, site: &'a str, path: &str) -> Vec<String> {
        let (host, packages) = (self.host, self.sites.get(site));
        let records = self.records.entry(site).or_insert_with(|| {
            let mut files: HashMap<String, Vec<String>> = HashMap::new();
            for package in packages.into_iter().flatten() {
                // Without a record its libraries belong to nobody: unknown, not unloaded.
                let record = host.root.read(&format!("{}/RECORD", package.info), RECORD_MAX).ok().flatten();
                for file in recorded(&String::from_utf8_lossy(&record.unwrap_or_default())) {
                    files.entry(format!("{site}/{file}")).or_default().push(package.key.clone());
                }
            }
            files
        });
        records.get(path).cloned().unwrap_or_default()
    }

    /// Keys of the packages of a distribution that a file which is gone belonged to: by its name, the name that package
    /// managers give it for a moment, or the name of the same library without its minor version.
    pub(super) fn deleted(&self, path: &str) -> Vec<String> {
        let path = settled(path);
        let owner = self.assembled.owner(path).or_else(|| self.assembled.owner(soname(path)?));
        owner.map(str::to_owned).into_iter().collect()
    }
}

/// Native libraries of a `RECORD`: lines `path,hash,size`.
fn recorded(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter_map(|line| match line.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => line.split(',').next(),
        })
        .filter(|path| path.rsplit('/').next().unwrap_or(path).contains(".so") && !path.starts_with("../"))
}

/// Without what dpkg (`.dpkg-tmp`) and rpm (`;5f3e1a2b`) append while they replace a file.
fn settled(path: &str) -> &str {
    let plain = [".dpkg-tmp", ".dpkg-new", ".dpkg-old"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
    match plain.rsplit_once(';') {
        Some((head, tail)) if tail.len() == 8 && tail.bytes().all(|b| b.is_ascii_hexdigit()) => head,
        _ => plain,
    }
}

/// `/x/libsystemd.so.0` of `/x/libsystemd.so.0.35.0`: the link that keeps its name over upgrades.
fn soname(path: &str) -> Option<&str> {
    let at = path.rfind(".so.")? + ".so.".len();
    let rest = path.get(at..)?;
    let major = rest.split('.').next()?;
    (major.len() < rest.len()).then(|| path.get(..at + major.len()))?
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use casemate_estate::{Location, Package};
    use proptest::prelude::*;

    use super::*;
    use crate::root::Root;

    fn package(kind: PackageType, name: &str, path: &str) -> Package {
        Package {
            kind,
            namespace: None,
            name: name.into(),
            version: "1".into(),
            arch: None,
            source: None,
            module: None,
            vendor: None,
            dev: false,
            locations: BTreeSet::from([Location { path: path.into(), layer: None }]),
        }
    }

    #[test]
    fn a_file_belongs_to_its_owner_or_to_what_lies_there() {
        let dir = tempfile::tempdir().unwrap();
        let info = dir.path().join("py/Pillow-1.dist-info");
        std::fs::create_dir_all(&info).unwrap();
        let record =
            "PIL/_imaging.cpython-311.so,sha256=x,1\nPIL/Image.py,,\n\"pillow.libs/a,b.so.1\",,\n../../bin/x.so,,\n";
        std::fs::write(info.join("RECORD"), record).unwrap();
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        let mut assembled = Assembled::default();
        assembled.inventory.packages = vec![
            package(PackageType::Golang, "a", "/usr/bin/tool"),
            package(PackageType::Maven, "inner", "/app/a.war!/WEB-INF/lib/b.jar"),
            package(PackageType::Maven, "built", "/app/pom.xml"),
            package(PackageType::Npm, "bcrypt", "/app/node_modules/bcrypt/package.json"),
            package(PackageType::Npm, "app", "/app/package.json"),
            package(PackageType::Pypi, "Pillow", "/py/Pillow-1.dist-info/METADATA"),
            package(PackageType::Nuget, "Newtonsoft.Json", "/net/app.deps.json"),
        ];
        for (path, key) in [("/usr/bin/tool", "rpm/tool"), ("/usr/lib/libz.so.1", "deb/zlib1g:amd64")] {
            assembled.owners.insert(path.into(), key.into());
        }
        let mut attribution = Attribution::new(&host, &assembled);
        for (path, want, why) in [
            ("/usr/bin/tool", &["rpm/tool", "golang/a@1"][..], "its owner, and the modules in it"),
            ("/app/a.war", &["maven/inner@1", "npm/app@1"], "an archive and what is in it, and the directory it is in"),
            ("/app/node_modules/bcrypt/build/x.node", &["npm/bcrypt@1"], "the innermost directory"),
            ("/py/PIL/_imaging.cpython-311.so", &["pypi/Pillow@1"], "a record"),
            ("/py/pillow.libs/a,b.so.1", &["pypi/Pillow@1"], "a quoted line of a record"),
            ("/py/other/x.so", &[], "no record names it"),
            ("/net/Newtonsoft.Json.dll", &["nuget/Newtonsoft.Json@1"], "by the name of the library"),
            ("/srv/x", &[], "nobody's"),
        ] {
            assert_eq!(attribution.of(path), want, "{why}");
        }
        for (path, want, why) in [
            ("/usr/lib/libz.so.1", &["deb/zlib1g:amd64"][..], "replaced by one of the same name"),
            ("/usr/lib/libz.so.1.2.13", &["deb/zlib1g:amd64"], "replaced by another version"),
            ("/usr/lib/libz.so.1.dpkg-tmp", &["deb/zlib1g:amd64"], "dpkg's name"),
            ("/usr/lib/libz.so.1;65a1b2c3", &["deb/zlib1g:amd64"], "rpm's name"),
            ("/usr/lib/libz.so.2.0", &[], "another library"),
            ("/py/PIL/_imaging.cpython-311.so", &[], "whose version cannot be told"),
        ] {
            assert_eq!(attribution.deleted(path), want, "{why}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,80}", words in "(\\.so\\.|/|;|[0-9a-f]{8}|\"|,|é|\n){0,20}") {
            for text in [&text, &words] {
                settled(text);
                soname(text);
                recorded(text).count();
            }
        }
    }
}
