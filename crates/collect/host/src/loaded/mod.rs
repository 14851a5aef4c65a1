//! Which packages are in memory, and who has them there. Start at [`collect`].
//!
//! `maps` reads what a process has mapped, `place` says whether that is the file that stands at the same path on the host,
//! `attribute` which package it belongs to, `package_log` which version a deleted copy had, `tellable` of which packages
//! absence says anything.
//!
//! **Invariant:** a file of another mount namespace (a container's) is never taken for the host's. **Invariant:** no process
//! id, command line or environment is kept.
mod attribute;
pub(crate) mod maps;
pub(crate) mod package_log;
mod place;
mod tellable;

use std::collections::{BTreeMap, BTreeSet};

use casemate_estate::{Loaded, LoadedPackage, LoadingProcess, StaleCopy};

use self::{attribute::Attribution, place::Places, tellable::Interpreters};
use crate::{
    def::Missing,
    facet::listeners,
    host::Host,
    process::{Process, is_archive},
    root::ReadError,
};

/// Files that are named of each package.
const FILES_MAX: usize = 8;
/// Executables that are named of each package: those that others can reach first, then those that listen.
const PROCESSES_MAX: usize = 32;
/// Bytes of the maps of one process; one with 65,530 mappings (the kernel's limit) has about 8 MB.
const MAPS_MAX: u64 = 32 << 20;

/// One package while processes are looked at.
#[derive(Default)]
struct Found {
    files: BTreeSet<String>,
    /// Executables that hold a deleted copy, with the process that shows its age.
    stale: BTreeMap<String, u32>,
    processes: BTreeMap<(String, String, Option<String>), Who>,
}

#[derive(Default)]
struct Who {
    pids: BTreeSet<u32>,
    listens: BTreeSet<String>,
    exposed: bool,
}

/// Looks into all processes. The kernel, which no process maps, is in a field of its own. The scanner itself is left out: it is no part of the host.
pub(crate) fn collect(host: &Host) -> Result<Loaded, Missing> {
    let software = host.software();
    let processes = host.processes();
    processes.descriptors_seen()?;
    let sockets: BTreeMap<u64, (String, bool)> =
        listeners::bound(host)?.into_iter().map(|socket| (socket.inode, (socket.text(), socket.exposed()))).collect();
    let mut attribution = Attribution::new(host, &software.assembled);
    let mut places = Places::new(host);
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let mut unseen = BTreeSet::new();
    let mut interpreters = Interpreters::default();
    for process in processes.list.iter().filter(|process| process.memory && process.pid != std::process::id()) {
        let Some(mut mapped) = mapped(host, process) else {
            unseen.extend(process.command.clone());
            continue;
        };
        let mut own = Interpreters::default();
        mapped.iter().for_each(|file| own.add(&file.name.path));
        if !own.run("java") {
            // A backup or a scanner that reads an archive runs nothing of it.
            mapped.retain(|file| !is_archive(&file.name.path));
        }
        interpreters.extend(own);
        let who = Present { process, sockets: &sockets };
        for (key, file, stale) in packages_of(process, &mapped, &mut places, &mut attribution) {
            who.add(found.entry(key).or_default(), file, stale);
        }
    }
    let complete = processes.all_seen && unseen.is_empty();
    let stale: BTreeSet<&str> =
        found.iter().filter(|(_, found)| !found.stale.is_empty()).map(|(key, _)| key.as_str()).collect();
    let log = package_log::read(host, &stale);
    let packages: Vec<LoadedPackage> =
        found.into_iter().map(|(key, found)| found.into_loaded(host, key, &log)).collect();
    let untellable = tellable::not(host, &software.assembled, &packages, &interpreters);
    Ok(Loaded { complete, packages, untellable, kernel: software.kernel.clone(), unseen: unseen.into_iter().collect() })
}

/// What the process has mapped, runs and has open; none where it may not be looked into. Nothing where it has ended.
fn mapped(host: &Host, process: &Process) -> Option<Vec<maps::Mapped>> {
    let bytes = match host.root.read(&format!("/proc/{}/maps", process.pid), MAPS_MAX) {
        Ok(bytes) => bytes.unwrap_or_default(),
        Err(ReadError::Denied { .. } | ReadError::TooLarge { .. }) => return None,
        Err(_) if host.root.exists(&format!("/proc/{}/maps", process.pid)) == Ok(false) => Vec::new(),
        Err(_) => return None,
    };
    let mut files = maps::files(&String::from_utf8_lossy(&bytes));
    let open = process.executable.iter().chain(&process.archives);
    files.extend(open.map(|name| maps::Mapped { name: name.clone(), inode: None }));
    files.sort();
    files.dedup();
    Some(files)
}

/// The packages whose files a process has: key, file, and whether the copy is deleted.
fn packages_of(
    process: &Process,
    mapped: &[maps::Mapped],
    places: &mut Places<'_>,
    attribution: &mut Attribution<'_>,
) -> Vec<(String, String, bool)> {
    let mut out = Vec::new();
    for file in mapped {
        let path = &file.name.path;
        if file.name.deleted {
            // The copy may have any age: a newer package may hold other files than it had.
            for key in attribution.deleted(path) {
                if places.same_root(process.pid) {
                    out.push((key, path.clone(), true));
                }
            }
        } else {
            let keys = attribution.of(path);
            if !keys.is_empty() && places.is_here(process.pid, file) {
                out.extend(keys.into_iter().map(|key| (key, path.clone(), false)));
            }
        }
    }
    out
}

/// A process that is looked at.
struct Present<'a> {
    process: &'a Process,
    sockets: &'a BTreeMap<u64, (String, bool)>,
}

impl Present<'_> {
    fn add(&self, found: &mut Found, file: String, stale: bool) {
        let process = self.process;
        let executable = process.executable.as_ref().map(|executable| executable.path.clone());
        let executable = executable.unwrap_or_default();
        if stale {
            // Of several processes the oldest: its copy is the oldest too. Ids are given out in rising order, mostly.
            found.stale.entry(executable.clone()).or_insert(process.pid);
        }
        found.files.insert(file);
        let user = process.user.clone().unwrap_or_default();
        let who = found.processes.entry((executable, user, process.unit.clone())).or_default();
        if who.pids.insert(process.pid) {
            for (text, exposed) in process.sockets.iter().filter_map(|inode| self.sockets.get(inode)) {
                who.listens.insert(text.clone());
                who.exposed |= exposed;
            }
        }
    }
}

impl Found {
    fn into_loaded(self, host: &Host, package: String, log: &package_log::Log) -> LoadedPackage {
        let stale = (!self.stale.is_empty()).then(|| StaleCopy {
            version: self
                .stale
                .values()
                .filter_map(|pid| package_log::started(host, *pid))
                .min()
                .and_then(|started| log.version_before(&package, started)),
            executables: self.stale.into_keys().collect(),
        });
        let processes = self.processes.into_iter().map(|((executable, user, unit), who)| LoadingProcess {
            executable,
            user,
            unit,
            count: u32::try_from(who.pids.len()).unwrap_or(u32::MAX),
            listens: who.listens.into_iter().collect(),
            exposed: who.exposed,
        });
        let mut processes: Vec<LoadingProcess> = processes.collect();
        processes.sort_by_key(|process| (!process.exposed, process.listens.is_empty()));
        processes.truncate(PROCESSES_MAX);
        processes.sort();
        LoadedPackage { package, files: self.files.into_iter().take(FILES_MAX).collect(), stale, processes }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        io::{BufRead, BufReader},
        path::Path,
        process::{Child, Command, Stdio},
    };

    use casemate_collect_software::Assembled;
    use casemate_estate::{Package, PackageType};

    use super::*;
    use crate::{root::Root, software::Software};

    /// A process that ends with the test.
    struct Running(Child);

    impl Drop for Running {
        fn drop(&mut self) {
            self.0.kill().unwrap();
            self.0.wait().unwrap();
        }
    }

    impl Running {
        /// Runs a shell that is a copy of this machine's, once it has said that it runs.
        fn start(program: &Path) -> Self {
            Self::start_reading(program, Path::new("/dev/null"))
        }

        /// As [`Running::start`], with this file open.
        fn start_reading(program: &Path, file: &Path) -> Self {
            let mut command = Command::new(program);
            command
                .args(["-c", "exec 3<\"$1\"; echo here; read line", "shell"])
                .arg(file)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped());
            let mut child = command.spawn().unwrap();
            let mut line = String::new();
            BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
            assert_eq!(line, "here\n");
            Self(child)
        }
    }

    fn package(kind: PackageType, name: &str, version: &str, path: &str) -> Package {
        Package {
            kind,
            namespace: None,
            name: name.into(),
            version: version.into(),
            arch: None,
            source: None,
            module: None,
            vendor: None,
            dev: false,
            locations: BTreeSet::from([casemate_estate::Location { path: path.into(), layer: None }]),
        }
    }

    /// What is loaded where `program` belongs to the package `shell`.
    fn loaded(program: &str) -> Loaded {
        let mut assembled = Assembled::default();
        for (kind, name) in [(PackageType::Deb, "shell"), (PackageType::Deb, "other"), (PackageType::Golang, "built")] {
            assembled.inventory.packages.push(package(kind, name, "1", program));
        }
        assembled.owners.insert(program.into(), "deb/shell".into());
        assembled.owners.insert("/bin/no/such".into(), "deb/other".into());
        let software = Software { assembled, kernel: None };
        collect(&Host::with_software(Root::live().unwrap(), software)).unwrap()
    }

    #[test]
    fn a_program_is_loaded_while_it_runs_and_stale_once_it_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let program = dir.path().canonicalize().unwrap().join("shell");
        // busybox tells by its name what it is to do: a link to it would run as something else.
        fs::copy("/bin/sh", &program).unwrap();
        let path = program.to_str().unwrap();
        let of = |loaded: &Loaded, key: &str| loaded.packages.iter().find(|p| p.package == key).cloned();

        assert_eq!(of(&loaded(path), "deb/shell"), None, "nobody runs it yet");
        let running = Running::start(&program);
        let now = loaded(path);
        let shell = of(&now, "deb/shell").unwrap();
        assert_eq!((shell.files.as_slice(), &shell.stale), (&[path.to_owned()][..], &None));
        let process = &shell.processes[0];
        assert_eq!((process.executable.as_str(), process.count, process.exposed), (path, 1, false));
        assert!(of(&now, "golang/built@1").is_some(), "and so are the modules that are in it");
        assert!(now.untellable.contains(&"deb/other".to_owned()), "a package without a program");

        fs::copy("/bin/sh", dir.path().join("new")).unwrap();
        fs::rename(dir.path().join("new"), &program).unwrap();
        let shell = of(&loaded(path), "deb/shell").unwrap();
        let stale = StaleCopy { version: None, executables: vec![path.to_owned()] };
        assert_eq!(shell.stale, Some(stale), "the upgrade of a package renames the new file over the old one");
        assert_eq!(of(&loaded(path), "golang/built@1"), None, "which modules the old program had, nothing says");

        drop(running);
        assert_eq!(of(&loaded(path), "deb/shell"), None, "it has ended");
    }

    #[test]
    fn an_archive_is_loaded_by_a_java_machine_and_only_read_by_others() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path().canonicalize().unwrap();
        let archive = dir.join("a.jar");
        fs::write(&archive, "PK").unwrap();
        let path = archive.to_str().unwrap().to_owned();
        for (program, want, why) in [("backup", false, "it reads the file"), ("java", true, "it runs what is in it")] {
            let program = dir.join(program);
            fs::copy("/bin/sh", &program).unwrap();
            let running = Running::start_reading(&program, &archive);
            let mut assembled = Assembled::default();
            assembled.inventory.packages.push(package(PackageType::Maven, "a", "1", &path));
            let host = Host::with_software(Root::live().unwrap(), Software { assembled, kernel: None });
            let loaded = collect(&host).unwrap();
            assert_eq!(loaded.packages.iter().any(|package| package.package == "maven/a@1"), want, "{why}");
            drop(running);
        }
    }

    #[test]
    fn what_a_process_listens_on_is_told() {
        let script = "import socket\ns = socket.socket()\ns.bind(('127.0.0.1', 0))\ns.listen()\n\
                      print(s.getsockname()[1], flush=True)\ninput()\n";
        let mut command = Command::new("python3");
        command.args(["-c", script]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let Ok(child) = command.spawn() else { return };
        let mut running = Running(child);
        let mut port = String::new();
        BufReader::new(running.0.stdout.as_mut().unwrap()).read_line(&mut port).unwrap();
        let executable = fs::read_link(format!("/proc/{}/exe", running.0.id())).unwrap();
        let now = loaded(executable.to_str().unwrap());
        let python = now.packages.iter().find(|package| package.package == "deb/shell").unwrap();
        let listens: Vec<&String> = python.processes.iter().flat_map(|process| &process.listens).collect();
        assert!(listens.contains(&&format!("tcp 127.0.0.1:{}", port.trim())), "{listens:?}");
    }
}
