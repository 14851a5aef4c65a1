//! How the program behaves towards shells, pipes, terminals and scripts.
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use casemate_testkit::{Casemate, Outcome, ScratchRoot, assert_golden};

fn golden(name: &str, got: &str) {
    assert_golden(&Path::new(env!("CARGO_MANIFEST_DIR")).join("host/golden").join(name), got);
}

#[test]
fn help_is_what_it_was() {
    let casemate = Casemate::new();
    // The defaults that the environment gives are this test's own.
    golden("help.out", &casemate.transcript(&["--help"]).replace("$TMP/store/casemate.db", "STORE"));
}

#[test]
fn a_mistake_on_the_command_line_is_status_2_and_says_what_to_write() {
    let casemate = Casemate::new();
    let root = ScratchRoot::new();
    let scan = casemate.run(&["scan", "--root", root.path(), "--check", "host.sysctl.kptr_restrict"]);
    assert!(matches!(scan.status, 0 | 3), "{}", scan.stderr);
    let mut all = String::new();
    for args in [
        &["frobnicate"] as &[&str],
        &["scan", "--format", "nope"],
        &["scan", "--fail-on", "dire"],
        &["scan", "--baseline", "no-such"],
        &["scan", "--check", "host.no.such"],
        &["scan", "--check", "host.sysctl.kptr_restrict", "--check", "host.no.*"],
        &["check", "explain", "host.no.such"],
        &["findings", "--at", "yesterday"],
        &["findings", "--state", "bad"],
        &["diff", "--since", "2026-01-02", "--until", "2026-01-01"],
        &["exempt", "add", "--check", "host.sysctl.*"],
        &["suppress", "add", "finding.chekc == 1", "--reason", "x"],
        &["-q", "-v", "findings"],
    ] {
        let transcript = casemate.transcript(args);
        assert!(transcript.contains("\nexit: 2\n"), "{transcript}");
        all.push_str(&transcript);
        all.push('\n');
    }
    golden("usage_errors.out", &all);
}

#[test]
fn a_failure_is_status_4_with_a_hint() {
    let casemate = Casemate::new();
    let mut all = String::new();
    for args in [
        &["findings"] as &[&str],
        &["scan", "--root", "/no/such/root"],
        &["explain", "f-0123"],
        &["check", "list", "--out", "/no/such/directory/list"],
        &["check", "list", "--out", "/"],
    ] {
        let transcript = casemate.transcript(args);
        assert!(transcript.contains("\nexit: 4\n"), "{transcript}");
        assert!(transcript.contains("hint: "), "{transcript}");
        all.push_str(&transcript);
        all.push('\n');
    }
    golden("failures.out", &all);
}

#[test]
fn exit_statuses_are_those_of_the_design() {
    let casemate = Casemate::new();
    let root = ScratchRoot::new();
    let scan = |root: &ScratchRoot, more: &[&str]| {
        casemate.run(&[&["scan", "--root", root.path(), "--check", "host.sysctl.*"], more].concat())
    };
    let whole = scan(&root, &["--quiet"]);
    assert_eq!(whole.status, 0, "all was read; findings alone are no failure: {}", whole.stderr);
    assert_eq!(whole.stderr, "", "--quiet is quiet");
    assert_eq!(scan(&root, &["--fail-on", "low"]).status, 1, "findings at or above --fail-on");
    assert_eq!(scan(&root, &["--fail-on", "critical"]).status, 0, "none is critical");
    root.remove("etc/fstab");
    fs::create_dir(root.at("etc/fstab")).unwrap();
    let partial = scan(&root, &["--fail-on", "critical"]);
    assert_eq!(partial.status, 3, "a facet could not be read, though no check asked for it");
    let last = partial.stdout.lines().last().unwrap();
    assert!(last.starts_with("incomplete: 1 "), "the last line says so: {last}");
    let both = scan(&root, &["--fail-on", "low"]);
    assert_eq!(both.status, 1, "1 goes before 3");
    assert!(both.stdout.lines().last().unwrap().starts_with("incomplete: 1 "), "and the summary says both");
    assert_eq!(casemate.run(&["findings", "--fail-on", "low"]).status, 1, "the store's findings do the same");
}

#[test]
fn nothing_is_coloured_or_drawn_where_no_terminal_is() {
    let casemate = Casemate::new();
    let root = ScratchRoot::new();
    for args in
        [&["scan", "--root", root.path()] as &[&str], &["findings"], &["score"], &["doctor", "--root", root.path()]]
    {
        let outcome = casemate.run(args);
        for text in [&outcome.stdout, &outcome.stderr] {
            assert!(!text.contains('\u{1b}'), "an escape sequence of {args:?}: {text:?}");
            assert!(!text.contains('\r'), "progress of {args:?}: {text:?}");
        }
    }
}

#[test]
fn a_terminal_gets_colour_unless_no_color_is_set() {
    let casemate = Casemate::new();
    let root = ScratchRoot::new();
    let scan = casemate.run(&["scan", "--root", root.path(), "--check", "host.sysctl.*"]);
    assert!(matches!(scan.status, 0 | 3), "{}", scan.stderr);
    // script(1) of util-linux gives its command a terminal.
    let shown = |name: &str, value: &str| {
        let line = format!("{} findings", Casemate::path().display());
        let mut command = Command::new("script");
        command.args(["--quiet", "--return", "--command", &line, "/dev/null"]).stdin(Stdio::null());
        command.env_clear().env("PATH", "/usr/bin:/bin").env("TERM", "xterm").env("CASEMATE_STORE", casemate.store());
        match command.env(name, value).output() {
            Ok(output) => Some(Outcome::of(output).stdout),
            Err(error) => {
                eprintln!("skipped: script(1) cannot be run: {error}");
                None
            }
        }
    };
    for (name, value, want, why) in [
        ("LANG", "C.UTF-8", true, "a terminal has colour"),
        ("NO_COLOR", "1", false, "unless NO_COLOR says no"),
        ("NO_COLOR", "", true, "which must not be empty to say so"),
        ("TERM", "dumb", false, "nor has a dumb one"),
    ] {
        let Some(text) = shown(name, value) else { return };
        assert!(text.contains("host.sysctl."), "{why}: {text}");
        assert_eq!(text.contains("\u{1b}["), want, "{why}: {text:?}");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let casemate = Casemate::new();
    let root = ScratchRoot::new();
    let mut child = casemate
        .command(&["scan", "--root", root.path(), "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut reader = BufReader::with_capacity(64, child.stdout.take().unwrap());
    assert!(reader.read_line(&mut line).unwrap() > 0);
    drop(reader);
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 3)), "{:?}: {stderr}", output.status);
    assert!(!stderr.contains("panicked") && !stderr.contains("error:"), "{stderr}");

    // Nor is a standard error that nobody reads, as of `2>&1 | head -1`.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = casemate.command(&["findings", "--at", "yesterday"]);
    let status = command.stdout(Stdio::null()).stderr(writer).status().unwrap();
    assert_eq!(status.code(), Some(2), "{status:?}");
}

#[test]
fn a_file_of_out_appears_whole_or_not_at_all() {
    let casemate = Casemate::new();
    let root = ScratchRoot::new();
    let place = casemate.directory().join("reports");
    fs::create_dir(&place).unwrap();
    let files = || -> Vec<String> {
        fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let out = place.join("report.json");
    let out_text = out.to_str().unwrap();
    let scan = ["scan", "--root", root.path(), "--format", "json"];
    let outcome = casemate.run(&[&scan[..], &["--out", out_text]].concat());
    assert!(matches!(outcome.status, 0 | 3), "{}", outcome.stderr);
    assert_eq!(outcome.stdout, "", "nothing is printed where a file is named");
    let first = fs::read_to_string(&out).unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&first).is_ok(), "it is whole");

    // A page over what this process may write to one file (64 KB): the old report stays, and no part is left.
    let line = format!("ulimit -f 128; exec \"$0\" findings --format html --out {out_text}");
    let mut command = Command::new("sh");
    // SIGXFSZ is ignored, so that the write fails instead of the process.
    command.args(["-c", &format!("trap '' XFSZ; {line}")]).arg(Casemate::path()).stdin(Stdio::null());
    command.env_clear().env("PATH", "/usr/bin:/bin").env("CASEMATE_STORE", casemate.store());
    let limited = Outcome::of(command.output().unwrap());
    assert_eq!(limited.status, 4, "{}", limited.stderr);
    assert!(limited.stderr.contains(out_text) && limited.stderr.contains("hint: "), "{}", limited.stderr);
    assert_eq!(fs::read_to_string(&out).unwrap(), first, "the old report stays");
    assert_eq!(files(), ["report.json"], "no part is left");

    let device = casemate.run(&[&scan[..], &["--out", "/dev/null"]].concat());
    assert!(matches!(device.status, 0 | 3), "a device is written in place: {}", device.stderr);
    let dash = casemate.run(&[&scan[..], &["--out", "-"]].concat());
    assert!(dash.stdout.starts_with('{'), "`-` is standard output");
}

#[test]
fn completions_and_man_pages_come_from_the_same_definitions() {
    let casemate = Casemate::new();
    for (shell, check) in [("bash", "bash"), ("zsh", "zsh"), ("fish", "fish"), ("elvish", ""), ("powershell", "")] {
        let outcome = casemate.run(&["completions", shell]);
        assert_eq!(outcome.status, 0, "{shell}: {}", outcome.stderr);
        // elvish's and PowerShell's know no values of options.
        let words: &[&str] = &["scan", "findings", "fail-on", "sarif"];
        for word in if check.is_empty() { &words[..3] } else { words } {
            assert!(outcome.stdout.contains(word), "{shell} completes {word}");
        }
        let script = casemate.directory().join(shell);
        fs::write(&script, &outcome.stdout).unwrap();
        // The shell itself reads it, where it is installed.
        if let Some(output) =
            (!check.is_empty()).then(|| Command::new(check).arg("-n").arg(&script).output().ok()).flatten()
        {
            assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
    let pages = casemate.directory().join("man");
    let outcome = casemate.run(&["man", pages.to_str().unwrap()]);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let names: Vec<_> = fs::read_dir(&pages).unwrap().map(|entry| entry.unwrap().path()).collect();
    for name in ["casemate.1", "casemate-scan.1", "casemate-check-test.1", "casemate-exempt-add.1"] {
        assert!(pages.join(name).exists(), "{name} is among {names:?}");
    }
    for page in &names {
        let mut command = Command::new("man");
        command.args(["--warnings", "--local-file"]).arg(page).env("MANPAGER", "cat").env("LC_ALL", "C.UTF-8");
        let Ok(output) = command.stdin(Stdio::null()).output() else { continue };
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && complaint.is_empty(), "{}: {complaint}", page.display());
    }
}
