//! Disks of virtual machines, end to end: the built program against disks that `mkfs.ext4` and `qemu-img` make. No device,
//! mount or privilege is needed; where a tool is not here the test says that it skips.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on ends loudly, and one that skips says why"
)]
use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    os::unix::fs::{FileExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use casemate_testkit::Casemate;
use serde_json::Value;

/// None where a tool is not here.
fn run(program: &str, arguments: &[&str]) -> Option<()> {
    let found = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"].map(|dir| Path::new(dir).join(program));
    let Some(path) = found.into_iter().find(|path| path.exists()) else {
        eprintln!("skipped: `{program}` is not here");
        return None;
    };
    let output = Command::new(path).args(arguments).output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Some(())
}

fn sfdisk(file: &Path, script: &str) -> Option<()> {
    let Some(program) = ["/usr/sbin/sfdisk", "/sbin/sfdisk"].into_iter().find(|path| Path::new(path).exists()) else {
        eprintln!("skipped: `sfdisk` is not here");
        return None;
    };
    let mut child = Command::new(program)
        .args(["-q", "--wipe", "never", "--wipe-partitions", "never", "--no-reread", "--no-tell-kernel"])
        .arg(file)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success(), "{script}");
    Some(())
}

fn write(path: PathBuf, content: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// A tree with packages of a release that is long past its end, a private key, and a file that everybody may change.
fn tree(dir: &Path) {
    let package = |name: &str, version: &str| {
        format!("Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\n\n")
    };
    write(
        dir.join("var/lib/dpkg/status"),
        &[package("bash", "5.0-4"), package("openssl", "1.1.1d-0+deb10u1")].concat(),
    );
    write(dir.join("etc/os-release"), "ID=debian\nVERSION_ID=\"10\"\nPRETTY_NAME=\"Debian GNU/Linux 10\"\n");
    write(
        dir.join("usr/lib/python3/dist-packages/requests-2.0.dist-info/METADATA"),
        "Metadata-Version: 2.1\nName: requests\nVersion: 2.0\n\n",
    );
    write(dir.join("usr/local/bin/job"), "#!/bin/sh\n");
    fs::set_permissions(dir.join("usr/local/bin/job"), fs::Permissions::from_mode(0o777)).unwrap();
    let key = Command::new("openssl").args(["genpkey", "-algorithm", "ed25519"]).output();
    // Where no key can be made the check of keys is not asked for.
    if let Ok(key) = key.ok().filter(|key| key.status.success()).ok_or(()) {
        write(dir.join("srv/app/server.key"), &String::from_utf8(key.stdout).unwrap());
    }
}

/// The tree as a qcow2 of an ext4, packed.
fn disk(casemate: &Casemate) -> Option<(PathBuf, PathBuf)> {
    let (dir, raw, qcow2) = (
        casemate.directory().join("tree"),
        casemate.directory().join("disk.raw"),
        casemate.directory().join("disk.qcow2"),
    );
    tree(&dir);
    let name = |path: &Path| path.display().to_string();
    run("mkfs.ext4", &["-q", "-F", "-d", &name(&dir), &name(&raw), "24M"])?;
    run("qemu-img", &["convert", "-O", "qcow2", "-c", &name(&raw), &name(&qcow2)])?;
    Some((dir, qcow2))
}

#[test]
fn a_disk_gives_the_packages_and_findings_of_the_directory_it_was_made_of() {
    let casemate = Casemate::new();
    let Some((dir, disk)) = disk(&casemate) else { return };
    let (dir, disk) = (dir.display().to_string(), disk.display().to_string());

    let components = |target: &[&str]| -> BTreeSet<String> {
        let outcome = casemate.run(&[&["sbom"], target].concat());
        assert_eq!(outcome.status, 0, "{}", outcome.stderr);
        let bom: Value = serde_json::from_str(&outcome.stdout).unwrap();
        bom["components"].as_array().unwrap().iter().filter_map(|c| c["purl"].as_str().map(str::to_owned)).collect()
    };
    let of_disk = components(&["disk", &disk]);
    assert_eq!(of_disk, components(&["fs", &dir]));
    assert_eq!(of_disk.len(), 3, "{of_disk:?}");

    let outcome = casemate.run(&["scan", "disk", &disk, "--format", "jsonl"]);
    let lines = outcome.lines();
    let state = |check: &str| {
        let finding = lines.iter().find(|line| line["check"] == check);
        finding.unwrap_or_else(|| panic!("no {check}: {}", outcome.stderr))["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state("disk.software.release_supported"), "fail");
    assert_eq!(state("disk.files.world_writable"), "fail");
    assert_eq!(state("disk.files.set_user_id"), "pass");
    if Path::new(&dir).join("srv/app/server.key").exists() {
        assert_eq!(state("disk.secrets.private_key"), "fail");
        let text = outcome.stdout;
        assert!(!text.contains("BEGIN PRIVATE KEY"), "the key itself is nowhere");
    }
    assert!(lines.iter().all(|line| line["resource"]["id"].as_str().is_none_or(|id| id.starts_with("disk://"))));
}

#[test]
fn what_cannot_be_read_is_said_and_told_by_the_exit_status() {
    let casemate = Casemate::new();
    let Some((_, _)) = disk(&casemate) else { return };
    // A second partition that is encrypted: the first is judged, and the scan says that it is not complete.
    let (file, name) =
        (casemate.directory().join("parts.raw"), casemate.directory().join("parts.raw").display().to_string());
    let parts = fs::File::create(&file).unwrap();
    parts.set_len(64 << 20).unwrap();
    parts.write_all_at(&fs::read(casemate.directory().join("disk.raw")).unwrap(), 1 << 20).unwrap();
    parts.write_all_at(b"LUKS\xba\xbe", 32 << 20).unwrap();
    let table = "label: gpt\nstart=2048,size=49152\nstart=65536,size=16384\n";
    let Some(()) = sfdisk(&file, table) else { return };
    let outcome = casemate.run(&["scan", "disk", &name]);
    assert_eq!(outcome.status, 3, "{}\n{}", outcome.stdout, outcome.stderr);
    assert!(outcome.stdout.contains("LUKS"), "{}", outcome.stdout);

    for (bytes, want) in [(&b"KDMV"[..], "qemu-img convert"), (b"", "empty"), (&[0xaa; 9000], "not known here")] {
        fs::write(&file, bytes).unwrap();
        let outcome = casemate.run(&["scan", "disk", &name]);
        assert!(outcome.status != 0 && outcome.stderr.contains(want), "{}: {}", outcome.status, outcome.stderr);
    }
}
