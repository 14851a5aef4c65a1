//! Whatever stands where a file is expected: the scan ends, says what it could not read, and passes nothing for it.
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
};

use casemate_testkit::{Casemate, Hostile, Outcome, ScratchRoot, is_root, program_for_everybody};
use serde_json::Value;

/// Files that a scan reads, and a facet that cannot be known without each. A facet with a kind before it belongs to a
/// part of the host, or is the list of such parts.
const PLACES: &[(&str, &[&str])] = &[
    ("etc/passwd", &["accounts"]),
    ("etc/shadow", &["accounts"]),
    ("etc/group", &["accounts"]),
    ("etc/gshadow", &["accounts"]),
    ("etc/sudoers", &["sudoers"]),
    ("etc/sudoers.d/ops", &["sudoers"]),
    ("etc/ssh/sshd_config", &["host.sshd"]),
    ("etc/ssh/sshd_config.d/local.conf", &["host.sshd"]),
    ("etc/pam.d/sshd", &["pam"]),
    ("etc/pam.d/common-password", &["pam"]),
    ("etc/fstab", &["fstab"]),
    ("etc/sysctl.d/local.conf", &["sysctl_persisted"]),
    ("etc/crontab", &["cron"]),
    ("etc/login.defs", &["login_policy"]),
    ("etc/security/limits.conf", &["limits"]),
    ("etc/modprobe.d/blacklist.conf", &["modules_config"]),
    ("etc/audit/rules.d/local.rules", &["audit_rules"]),
    ("etc/rsyslog.conf", &["logging"]),
    ("etc/apt/sources.list", &["repositories"]),
    ("boot/grub/grub.cfg", &["boot_loader"]),
    ("var/lib/dpkg/status", &["packages"]),
    ("etc/os-release", &["identity"]),
    ("etc/machine-id", &["identity"]),
    ("etc/hostname", &["identity"]),
];

/// Everything but junk: what can never be a configuration file.
const NO_FILES: [Hostile; 5] = [Hostile::Huge, Hostile::Fifo, Hostile::Device, Hostile::Loop, Hostile::Directory];

fn calm(outcome: &Outcome, what: &str) {
    assert!(matches!(outcome.status, 0 | 3), "{what}: status {}: {}", outcome.status, outcome.stderr);
    assert!(!outcome.stderr.contains("panicked"), "{what}: {}", outcome.stderr);
}

#[test]
fn each_place_is_named_where_no_file_stands_in_it() {
    let casemate = Casemate::new();
    let mut wrong = Vec::new();
    for (path, facets) in PLACES {
        for what in NO_FILES.into_iter().filter(|what| *what != Hostile::Device || is_root()) {
            let root = ScratchRoot::new();
            root.replace(path, what);
            let outcome = casemate.run_bounded(&["doctor", "--root", root.path(), "--format", "jsonl"]);
            calm(&outcome, &format!("{what:?} at {path}"));
            let gaps = outcome.lines();
            // The programs that read drop-ins pass over a directory among them; so may we.
            let passed_over = what == Hostile::Directory && path.contains(".d/");
            for facet in facets.iter().filter(|_| !passed_over) {
                let said = gaps.iter().any(|gap| {
                    gap["facet"].as_str().unwrap().contains(facet)
                        && gap["status"] == "failed"
                        && gap["reason"].as_str().unwrap().contains(path)
                });
                if !said {
                    wrong.push(format!("{what:?} at {path}: {facet} does not say so"));
                }
            }
            if gaps.iter().any(|gap| gap["status"] == "failed") && outcome.status != 3 {
                wrong.push(format!("{what:?} at {path}: status {}", outcome.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `needs` of every check.
fn needs(casemate: &Casemate) -> BTreeMap<String, Vec<String>> {
    let lines = casemate.lines(&["check", "list", "--format", "jsonl"]);
    let names = |check: &Value| check["needs"].as_array().unwrap().iter().map(|n| n.as_str().unwrap().into()).collect();
    lines.iter().map(|check| (check["id"].as_str().unwrap().to_owned(), names(check))).collect()
}

#[test]
fn a_root_spoilt_all_over_is_scanned_to_the_end_and_what_needs_it_is_unknown() {
    let casemate = Casemate::new();
    let needs = needs(&casemate);
    for what in [Hostile::Fifo, Hostile::Loop, Hostile::Directory] {
        let root = ScratchRoot::new();
        for (path, _) in PLACES {
            root.replace(path, what);
        }
        let outcome = casemate.run_bounded(&["scan", "--root", root.path(), "--format", "jsonl"]);
        calm(&outcome, &format!("{what:?}"));
        assert_eq!(outcome.status, 3, "{what:?}");
        let lines = outcome.lines();
        let (summary, findings) = lines.split_last().unwrap();
        let host = summary["scan"]["target"].as_str().unwrap();
        let failed: BTreeSet<&str> = summary["gaps"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|gap| gap["status"] == "failed" && gap["resource"] == host)
            .map(|gap| gap["facet"].as_str().unwrap())
            .collect();
        let mut unknown = 0;
        for finding in findings.iter().filter(|finding| finding["resource"]["id"] == host) {
            let needed = &needs[finding["check"].as_str().unwrap()];
            if needed.iter().any(|facet| failed.contains(facet.as_str())) {
                unknown += 1;
                assert_eq!(finding["state"], "unknown", "{what:?}: {finding}");
            }
        }
        assert!(unknown >= 100, "{what:?}: only {unknown}; failed are {failed:?}");
    }
}

#[test]
fn junk_and_odd_lines_are_read_to_the_end() {
    let casemate = Casemate::new();
    let root = ScratchRoot::new();
    for (path, _) in PLACES.iter().filter(|(path, _)| *path != "etc/machine-id") {
        root.replace(path, Hostile::Junk);
    }
    let outcome = casemate.run_bounded(&["scan", "--root", root.path(), "--format", "jsonl"]);
    calm(&outcome, "junk everywhere");
    assert_eq!(outcome.status, 3, "something of it must be unreadable");

    // Each a line or a file that is nearly right.
    for (path, text) in [
        ("etc/passwd", "root:x:0:0\n:::::::\nroot:x:-1:99999999999:::\n+::::::\n\0\0\0\n"),
        ("etc/shadow", "root\nroot:$:::::::::\nalice:$6$:99999999999999999999:-1:::::\n"),
        ("etc/sudoers", "#include /etc/sudoers\n@includedir /etc/sudoers.d\nALL ALL = \\\n\\\n"),
        ("etc/ssh/sshd_config", "Include /etc/ssh/sshd_config\nMatch\nMatch User \"\nPort -1\nCiphers ,,,\n"),
        ("etc/pam.d/sshd", "@include sshd\nauth [success=999999999999 pam_unix.so\nauth substack sshd\n"),
        ("etc/fstab", "UUID=\n/dev/\\777 / ext4 ,,,, x y\n"),
        ("etc/sysctl.d/local.conf", "=\n= =\n-\n*=*\nnet.ipv4.conf.*.*.*=1\n"),
        ("etc/crontab", "* * * *\n@\n99 99 99 99 99 root %\n"),
        ("etc/apt/sources.list", "deb [\ndeb [signed-by=] \n"),
        (
            "var/lib/dpkg/status",
            "Package\nStatus: install\n\n: :\n\nPackage: x\nStatus: install ok installed\nVersion:\n",
        ),
    ] {
        let root = ScratchRoot::new();
        root.write(path, text);
        calm(&casemate.run_bounded(&["doctor", "--root", root.path()]), path);
    }
}

#[test]
fn a_line_that_is_not_understood_is_a_finding_with_its_place() {
    let casemate = Casemate::new();
    let root = ScratchRoot::new();
    let rows = [
        ("etc/sudoers", "alice ALL=(ALL) ~~NOPASSWD : %%% ((\n", "host.sudo.files_understood"),
        ("etc/passwd", "mallory:x:zero:0::/root:/bin/sh\n", "host.account.files_understood"),
        ("etc/ssh/sshd_config", "Match\n", "host.sshd.config_understood"),
        ("etc/pam.d/sshd", "auth [ pam_permit.so\n", "host.pam.files_understood"),
        ("etc/crontab", "* * * root /tmp/x\n", "host.cron.files_understood"),
        ("etc/audit/rules.d/local.rules", "-a nonsense\n", "host.audit.well_formed"),
    ];
    let mut lines = Vec::new();
    for (path, line, _) in rows {
        root.append(path, line);
        lines.push(fs::read_to_string(root.at(path)).unwrap().lines().count());
    }
    let findings = casemate.lines(&["scan", "--root", root.path(), "--format", "jsonl"]);
    for ((path, _, check), line) in rows.into_iter().zip(lines) {
        let found = findings.iter().find(|finding| finding["check"] == check).unwrap();
        assert_eq!(found["state"], "fail", "{path}: {found}");
        let evidence = found["evidence"].to_string();
        assert!(evidence.contains(&format!("/{path}")), "{path}: the file: {evidence}");
        assert!(evidence.contains(&line.to_string()), "{path}: line {line}: {evidence}");
    }
}

#[test]
fn odd_names_and_deep_trees_do_not_hold_the_scan_up() {
    let root = ScratchRoot::new();
    for name in ["a\nb", "\u{1b}[2J", " ", "-rf", "%s%n", "a;reboot", "$(reboot)"] {
        for directory in
            ["etc/sysctl.d", "etc/cron.d", "etc/sudoers.d", "etc/pam.d", "etc/ssh/sshd_config.d", "usr/bin"]
        {
            root.write(&format!("{directory}/{name}.conf"), "x\n");
            root.set_mode(&format!("{directory}/{name}.conf"), 0o4777);
        }
    }
    // 300 levels are deeper than PATH_MAX allows in one path.
    let deep = ["d".repeat(20).as_str(); 150].join("/");
    fs::create_dir_all(root.at(&deep)).unwrap();
    std::os::unix::fs::symlink("/", root.at("usr/share")).unwrap();
    std::os::unix::fs::symlink("../..", root.at("etc/ssh/up")).unwrap();
    let outcome = Casemate::new().run_bounded(&["scan", "--root", root.path(), "--format", "jsonl"]);
    calm(&outcome, "odd names");
    assert!(outcome.stdout.contains("a\\nb.conf"), "the file with a line break in its name is found and told");
}

#[test]
fn a_content_file_with_a_mistake_is_named_by_line_and_the_rest_is_judged() {
    let head = "# METADATA\n# title: Test\n# custom:\n#   id: own.bad\n#   kind: host\n#   area: own\n#   needs: [identity]\n\
                #   severity: low\n#   remediation: {text: nothing}\n";
    let case = "cases: []\n";
    for (path, text, want, why) in [
        (
            "checks/own/bad.rego",
            format!("{head}package casemate.own.bad\n\ncompliant if {{\n"),
            "bad.rego:13",
            "Rego that ends too early",
        ),
        ("checks/own/bad.rego", "package casemate.own.bad\n".to_owned(), "bad.rego:1", "no METADATA"),
        (
            "checks/own/bad.rego",
            head.replace("low", "dire") + "package casemate.own.bad\n",
            "bad.rego:8",
            "a severity that does not exist",
        ),
        (
            "checks/own/bad.rego",
            head.replace("[identity]", "[identiti]") + "package casemate.own.bad\n",
            "bad.rego:7",
            "a facet that does not exist",
        ),
        (
            "checks/own/bad.rego",
            format!("{head}package casemate.own.bad\n\ncompliant if input.facets.identity.os.idd == \"debian\"\n"),
            "bad.rego:12",
            "a field that the facet does not have",
        ),
        (
            "checks/own/bad.rego",
            format!("{head}package casemate.other\n"),
            "bad.rego:10",
            "a package that is not its place",
        ),
        ("baselines/own.yaml", "id: own\nchecks: [\n".to_owned(), "own.yaml:3", "YAML that ends too early"),
        (
            "baselines/own.yaml",
            "id: own\ntitle: Own\ndescription: Own.\nchecks:\n  - host.no.such\n".to_owned(),
            "own.yaml:5",
            "a check that does not exist",
        ),
        ("frameworks/own.yaml", "id: own\n}\n".to_owned(), "own.yaml:2", "a brace that nothing opens"),
        ("checks/own/bad.test.yaml", case.to_owned(), "bad.test.yaml", "cases without a check"),
        ("checks/own/bad.rego", String::from_utf8_lossy(&[0xff; 64]).into_owned(), "bad.rego", "no text at all"),
    ] {
        let casemate = Casemate::new();
        let directory = casemate.directory().join("content");
        let file = directory.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        let root = ScratchRoot::new();
        let directory = directory.to_str().unwrap();
        let outcome = casemate.run_bounded(&[
            "scan",
            "--root",
            root.path(),
            "--content",
            directory,
            "--check",
            "host.sysctl.*",
            "--format",
            "jsonl",
        ]);
        assert_eq!(outcome.status, 3, "{why}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(want), "{why}: wanted {want} in {}", outcome.stderr);
        assert!(!outcome.stderr.contains("panicked"), "{why}: {}", outcome.stderr);
        let lines = outcome.lines();
        assert!(lines.len() > 30, "{why}: the other checks are judged all the same");
        let errors = lines.last().unwrap()["content_errors"].to_string();
        assert!(errors.contains(want), "{why}: the summary says so too: {errors}");
    }
}

/// A store at `path` that cannot be used: status 4, its path and what to do.
fn refused(casemate: &Casemate, path: &Path, want: &str, why: &str) {
    let root = ScratchRoot::new();
    let args = ["scan", "--root", root.path(), "--check", "host.sysctl.*", "--store", path.to_str().unwrap()];
    let outcome = casemate.run_bounded(&args);
    assert_eq!(outcome.status, 4, "{why}: {}", outcome.stderr);
    assert!(outcome.stderr.contains(path.to_str().unwrap()), "{why}: the path: {}", outcome.stderr);
    assert!(outcome.stderr.contains(want), "{why}: wanted `{want}`: {}", outcome.stderr);
    assert!(outcome.stderr.contains("hint: "), "{why}: what to do: {}", outcome.stderr);
    assert!(!outcome.stderr.contains("panicked"), "{why}: {}", outcome.stderr);
}

#[test]
fn a_store_that_cannot_be_used_is_named_and_left_alone() {
    let casemate = Casemate::new();
    let place = |name: &str| casemate.directory().join(name);
    let text = place("text.db");
    fs::write(&text, "these are my notes, not a database, and they shall stay as they are\n".repeat(40)).unwrap();
    refused(&casemate, &text, "is not a casemate store", "a text file");
    assert!(fs::read_to_string(&text).unwrap().starts_with("these are my notes"), "it is as it was");

    let directory = place("directory.db");
    fs::create_dir(&directory).unwrap();
    refused(&casemate, &directory, "it is a directory", "a directory");

    let other = place("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE mine (x)").unwrap();
    refused(&casemate, &other, "is not a casemate store", "somebody else's database");

    let newer = place("newer.db");
    let root = ScratchRoot::new();
    let newer_text = newer.to_str().unwrap();
    let first = casemate.run(&["scan", "--root", root.path(), "--check", "host.sysctl.*", "--store", newer_text]);
    assert!(matches!(first.status, 0 | 3), "{}", first.stderr);
    rusqlite::Connection::open(&newer).unwrap().pragma_update(None, "user_version", 9_999).unwrap();
    refused(&casemate, &newer, "9999", "a store of a later release");
    let reading = casemate.run(&["findings", "--store", newer_text]);
    assert_eq!(reading.status, 4, "nor is it read: {}", reading.stderr);

    let absent = casemate.run(&["findings", "--store", place("absent.db").to_str().unwrap()]);
    assert_eq!(absent.status, 4, "{}", absent.stderr);
    assert!(absent.stderr.contains("casemate scan"), "what to do: {}", absent.stderr);
    assert!(!place("absent.db").exists(), "a question makes no store");
}

/// As an unprivileged user: `nobody` where the tests run as root, else whoever runs them.
fn unprivileged(program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.env_clear().env("PATH", "/usr/bin:/bin").current_dir("/").stdin(Stdio::null());
    command
}

#[test]
fn a_store_without_a_place_or_permission_costs_the_history_and_not_the_scan() {
    let (_keep, program) = program_for_everybody(&Casemate::path());
    let root = ScratchRoot::new();
    fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let scan = ["scan", "--root", root.path(), "--check", "host.sysctl.*"];
    let casemate = Casemate::new();
    let locked = casemate.directory().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(casemate.directory(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();

    let homeless = Outcome::of(unprivileged(&program).args(scan).output().unwrap());
    calm(&homeless, "no HOME");
    assert!(homeless.stderr.contains("history is not kept"), "it says so: {}", homeless.stderr);
    assert!(homeless.stdout.contains("fail"), "and scans: {}", homeless.stdout);
    let question = Outcome::of(unprivileged(&program).arg("findings").output().unwrap());
    assert_eq!(question.status, 4, "a question needs a store: {}", question.stderr);
    assert!(question.stderr.contains("--store"), "what to do: {}", question.stderr);

    let read_only = Outcome::of(unprivileged(&program).args(scan).env("HOME", &locked).output().unwrap());
    calm(&read_only, "a HOME that cannot be written");
    assert!(read_only.stderr.contains("history is not kept"), "it says so: {}", read_only.stderr);

    let named = locked.join("named.db");
    let refused = Outcome::of(unprivileged(&program).args(scan).arg("--store").arg(&named).output().unwrap());
    assert_eq!(refused.status, 4, "a place that the user named must work: {}", refused.stderr);
    assert!(refused.stderr.contains(named.to_str().unwrap()), "{}", refused.stderr);
    assert!(refused.stderr.contains("hint: "), "{}", refused.stderr);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A file system of a few pages, unmounted on drop.
struct Tiny(std::path::PathBuf);

impl Tiny {
    fn mount(at: &Path, size: &str) -> Option<Self> {
        fs::create_dir(at).unwrap();
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", &format!("size={size}"), "casemate-test"]).arg(at);
        match command.output() {
            Ok(output) if output.status.success() => Some(Self(at.to_owned())),
            other => {
                eprintln!("skipped: cannot mount a tmpfs here: {other:?}");
                None
            }
        }
    }
}

impl Drop for Tiny {
    fn drop(&mut self) {
        assert!(Command::new("umount").arg(&self.0).status().unwrap().success());
    }
}

#[test]
fn a_full_disk_is_said_and_what_was_stored_is_whole() {
    if !is_root() {
        eprintln!("skipped: only root can mount a small file system");
        return;
    }
    let casemate = Casemate::new();
    let place = casemate.directory().join("tiny");
    let Some(_tiny) = Tiny::mount(&place, "2m") else { return };
    let store = place.join("casemate.db");
    let root = ScratchRoot::new();
    let named = store.to_str().unwrap();
    let few = ["scan", "--root", root.path(), "--check", "host.sysctl.kptr_restrict", "--store", named];
    let first = casemate.run_bounded(&few);
    assert!(matches!(first.status, 0 | 3), "a small store fits: {}", first.stderr);
    let before = casemate.run(&["findings", "--store", named, "--format", "jsonl"]).stdout;

    // Fill what is left, so that the next scan has no room.
    let filler = fs::File::create(place.join("filler")).unwrap();
    let full = std::io::copy(&mut std::io::repeat(b'x'), &mut &filler).unwrap_err();
    assert_eq!(full.kind(), std::io::ErrorKind::StorageFull);
    drop(filler);
    let all = ["scan", "--root", root.path(), "--store", named];
    let second = casemate.run_bounded(&all);
    assert_eq!(second.status, 4, "{}", second.stderr);
    for part in [named, "no space left", "hint: "] {
        assert!(second.stderr.contains(part), "wanted `{part}`: {}", second.stderr);
    }
    let report = place.join("report.html");
    let out =
        casemate.run_bounded(&["findings", "--store", named, "--format", "html", "--out", report.to_str().unwrap()]);
    assert_eq!(out.status, 4, "{}", out.stderr);
    assert!(!report.exists(), "no half a report");
    let names: Vec<_> = fs::read_dir(&place).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!names.iter().any(|name| name.contains(".part-")), "nor a part of one: {names:?}");

    fs::remove_file(place.join("filler")).unwrap();
    let finding = |text: &str| text.lines().next().unwrap_or_default().to_owned();
    let after = casemate.run(&["findings", "--store", named, "--format", "jsonl"]).stdout;
    assert_eq!(finding(&after), finding(&before), "what was stored is as it was");
    let third = casemate.run_bounded(&few);
    assert!(matches!(third.status, 0 | 3), "and the next scan goes on: {}", third.stderr);
}
