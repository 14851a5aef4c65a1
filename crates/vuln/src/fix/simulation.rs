//! What package managers say they would do. Only texts are read here; who runs them is the caller.
use std::{cmp::Ordering, collections::BTreeMap};

use casemate_version::Scheme;

use super::FixStep;

/// Name to the version that would be installed, and what would be removed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Would {
    install: BTreeMap<String, String>,
    remove: Vec<String>,
}

/// Bytes of an output that are read.
const OUTPUT_MAX: usize = 4 << 20;

/// How one manager's output is read, and its versions ordered.
type Reader = (&'static str, fn(&str) -> Would, Scheme);

const READERS: &[Reader] = &[
    ("apt", apt, Scheme::Debian),
    ("apk", apk, Scheme::Apk),
    ("dnf", dnf, Scheme::Rpm),
    ("tdnf", dnf, Scheme::Rpm),
    ("zypper", zypper, Scheme::Rpm),
    ("pip", pip, Scheme::Pep440),
    ("npm", npm, Scheme::Npm),
    ("cargo", cargo, Scheme::Semver),
    ("composer", composer, Scheme::Composer),
];

pub(super) fn verify(step: &FixStep, succeeded: bool, output: &str) -> String {
    let Some((_, read, scheme)) = READERS.iter().find(|(manager, ..)| *manager == step.manager) else {
        return "none".to_owned();
    };
    let mut end = output.len().min(OUTPUT_MAX);
    while !output.is_char_boundary(end) {
        end -= 1;
    }
    let output = output.get(..end).unwrap_or_default();
    let would = read(output);
    if !would.remove.is_empty() {
        return format!("differs: it would remove {}", would.remove.join(", "));
    }
    for expected in &step.expects {
        let name = bare(&expected.package);
        let Some(got) = would.install.get(name) else {
            return format!("differs: {}", failure(succeeded, output, name));
        };
        if let Some(version) = &expected.version
            && scheme.order(got, version) == Ordering::Less
        {
            return format!("differs: it would install {name} {got}, which is below the fix {version}");
        }
    }
    "agrees".to_owned()
}

/// The length of what every reader says of a text.
#[cfg(any(test, feature = "fuzzing"))]
pub(super) fn verify_all(output: &str) -> usize {
    let step = |manager: &str| FixStep {
        target: String::new(),
        manager: manager.to_owned(),
        command: Vec::new(),
        simulate: None,
        closes: Vec::new(),
        verified: String::new(),
        expects: vec![super::Expected { package: "a".to_owned(), version: Some("2".to_owned()) }],
    };
    READERS.iter().map(|(manager, ..)| verify(&step(manager), true, output).len()).sum()
}

/// Without the architecture of dpkg's `NAME:ARCH`.
fn bare(name: &str) -> &str {
    match name.split_once(':') {
        Some((bare, arch)) if !bare.contains('/') && arch.bytes().all(|b| b.is_ascii_alphanumeric()) => bare,
        _ => name,
    }
}

/// Why a package is not among what would be installed: the manager's own word where it has one.
fn failure(succeeded: bool, output: &str, name: &str) -> String {
    let is_error = |line: &&str| {
        let lower = line.to_lowercase();
        ["e:", "error", "npm error", "npm err!", "no match", "problem", "warning: unpinned"]
            .iter()
            .any(|start| lower.starts_with(start))
    };
    let about = |line: &&str| line.contains(name) && line.contains("newest version");
    let lines = || output.lines().map(str::trim).filter(|line| !line.is_empty());
    if let Some(line) = lines().find(is_error).or_else(|| lines().find(about)) {
        return line.chars().take(200).collect();
    }
    if succeeded {
        format!("it would not touch {name}")
    } else {
        format!("the simulation failed and does not speak of {name}")
    }
}

/// `Inst openssl [3.0.11-1] (3.0.13-1 Debian-Security:12/stable-security [amd64])`, `Remv x [1]`.
fn apt(output: &str) -> Would {
    let mut out = Would::default();
    for line in output.lines() {
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some("Inst"), Some(name)) => {
                if let Some(version) = words.find_map(|word| word.strip_prefix('(')) {
                    out.install.insert(bare(name).to_owned(), version.trim_end_matches(')').to_owned());
                }
            }
            (Some("Remv" | "Purg"), Some(name)) => out.remove.push(name.to_owned()),
            _ => {}
        }
    }
    out
}

/// `(1/2) Upgrading libcrypto3 (3.1.4-r1 -> 3.1.4-r5)`, `(2/2) Installing x (1-r0)`, `(1/1) Purging x (1-r0)`.
fn apk(output: &str) -> Would {
    let mut out = Would::default();
    for line in output.lines() {
        let Some(rest) = line.trim().strip_prefix('(').and_then(|rest| rest.split_once(") ")) else { continue };
        let Some((verb, rest)) = rest.1.split_once(' ') else { continue };
        let Some((name, versions)) = rest.split_once(" (") else { continue };
        let version = versions.trim_end_matches(')').rsplit(" -> ").next().unwrap_or_default();
        match verb {
            "Upgrading" | "Installing" | "Replacing" | "Downgrading" | "Reinstalling" => {
                out.install.insert(name.to_owned(), version.to_owned());
            }
            "Purging" => out.remove.push(name.to_owned()),
            _ => {}
        }
    }
    out
}

/// The table of dnf: name, architecture, version, repository, size, below `Upgrading:` or `Installing:`.
fn dnf(output: &str) -> Would {
    let mut out = Would::default();
    let mut removing = false;
    for line in output.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if !line.starts_with(' ') {
            removing = line.starts_with("Removing");
            continue;
        }
        // dnf 5 says below each what it takes the place of.
        if matches!(words.first(), Some(&"replacing" | &"replaced")) {
            continue;
        }
        let (Some(name), Some(_arch), Some(version)) = (words.first(), words.get(1), words.get(2)) else { continue };
        if words.len() < 5 || !version.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        if removing {
            out.remove.push((*name).to_owned());
        } else {
            out.install.insert((*name).to_owned(), (*version).to_owned());
        }
    }
    out
}

/// Below `… going to be upgraded:`, with `--details`: `libopenssl3  3.0.8-1 -> 3.0.8-2  x86_64  repo  vendor`.
fn zypper(output: &str) -> Would {
    let mut out = Would::default();
    let mut removing = false;
    for line in output.lines() {
        if line.ends_with(':') {
            removing = line.contains("REMOVED") || line.contains("removed");
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        if !line.starts_with(' ') || words.is_empty() {
            continue;
        }
        if removing {
            out.remove.extend(words.first().map(|name| (*name).to_owned()));
        } else if let (Some(name), Some(at)) = (words.first(), words.iter().position(|word| *word == "->"))
            && let Some(version) = words.get(at + 1)
        {
            out.install.insert((*name).to_owned(), (*version).to_owned());
        }
    }
    out
}

/// `Would install urllib3-2.0.7 idna-3.4`: name and version, joined by the last hyphen.
fn pip(output: &str) -> Would {
    let mut out = Would::default();
    for rest in output.lines().filter_map(|line| line.trim().strip_prefix("Would install ")) {
        for (name, version) in rest.split_whitespace().filter_map(|word| word.rsplit_once('-')) {
            let name = crate::source::normalise("PyPI", name).into_owned();
            out.install.insert(name, version.to_owned());
        }
    }
    out
}

/// `change lodash 4.17.20 => 4.17.21`, `add x 1.0.0`, `remove y 1.0.0` (which is not counted: npm tidies what is unused).
fn npm(output: &str) -> Would {
    let mut out = Would::default();
    for line in output.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["change", name, _, "=>", version] | ["add", name, version] => {
                out.install.insert((*name).to_owned(), (*version).to_owned());
            }
            _ => {}
        }
    }
    out
}

/// `    Updating time v0.1.40 -> v0.1.45`.
fn cargo(output: &str) -> Would {
    let mut out = Would::default();
    for line in output.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let ["Updating" | "Downgrading", name, _, "->", version, ..] = words.as_slice() {
            out.install.insert((*name).to_owned(), version.trim_start_matches('v').to_owned());
        }
    }
    out
}

/// `  - Upgrading symfony/yaml (v5.4.0 => v5.4.31)`, `  - Locking x/y (v1.0)`, `  - Removing x/y (v1.0)`.
fn composer(output: &str) -> Would {
    let mut out = Would::default();
    for line in output.lines() {
        let Some((verb, rest)) = line.trim().strip_prefix("- ").and_then(|rest| rest.split_once(' ')) else { continue };
        let Some((name, versions)) = rest.split_once(" (") else { continue };
        let version = versions.trim_end_matches(')').rsplit(" => ").next().unwrap_or_default();
        match verb {
            "Upgrading" | "Installing" | "Locking" => {
                out.install.insert(name.to_owned(), version.to_owned());
            }
            "Removing" => out.remove.push(name.to_owned()),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fix::Expected;

    fn step(manager: &str, expects: &[(&str, &str)]) -> FixStep {
        FixStep {
            target: "host://a".into(),
            manager: manager.into(),
            command: Vec::new(),
            simulate: None,
            closes: Vec::new(),
            verified: String::new(),
            expects: expects
                .iter()
                .map(|(package, version)| Expected {
                    package: (*package).into(),
                    version: Some((*version).to_owned()).filter(|version| !version.is_empty()),
                })
                .collect(),
        }
    }

    #[test]
    fn a_simulation_agrees_where_it_installs_at_least_the_fix() {
        for (manager, expects, succeeded, output, want, why) in [
            (
                "apt",
                &[("openssl", "3.0.13-1"), ("libssl3:i386", "3.0.13-1")][..],
                true,
                "Reading package lists...\nInst libssl3:i386 [3.0.11-1] (3.0.14-1 Debian:12 [i386]) []\nInst openssl [3.0.11-1] (3.0.13-1 Debian-Security:12/stable-security [amd64])\nConf openssl (3.0.13-1 Debian:12 [amd64])\n",
                "agrees",
                "the fix, or newer",
            ),
            (
                "apt",
                &[("openssl", "3.0.13-1")],
                true,
                "Inst openssl [3.0.10-1] (3.0.11-1 Debian:12 [amd64])\n",
                "differs: it would install openssl 3.0.11-1, which is below the fix 3.0.13-1",
                "the repository has no fix",
            ),
            (
                "apt",
                &[("openssl", "3.0.13-1")],
                false,
                "Reading package lists...\nE: Version '3.0.13-1' for 'openssl' was not found\n",
                "differs: E: Version '3.0.13-1' for 'openssl' was not found",
                "the manager's own word",
            ),
            (
                "apt",
                &[("openssl", "3.0.13-1")],
                true,
                "openssl is already the newest version (3.0.11-1).\n0 upgraded\n",
                "differs: openssl is already the newest version (3.0.11-1).",
                "nothing newer in the lists",
            ),
            (
                "apt",
                &[("a", "2")],
                true,
                "Remv b [1]\nInst a [1] (2 Debian:12 [amd64])\n",
                "differs: it would remove b",
                "a price that nobody named",
            ),
            ("apt", &[("a", "")], true, "Inst a [1] (2 x [amd64])\n", "agrees", "only the source's number is known"),
            ("apt", &[("a", "2")], true, "", "differs: it would not touch a", "nothing is said"),
            (
                "apk",
                &[("libcrypto3", "3.1.4-r5")],
                true,
                "(1/2) Upgrading libcrypto3 (3.1.4-r1 -> 3.1.4-r5)\n(2/2) Upgrading libssl3 (3.1.4-r1 -> 3.1.4-r5)\nOK: 8 MiB\n",
                "agrees",
                "",
            ),
            (
                "dnf",
                &[("openssl-libs", "1:3.0.7-25.el9_3")],
                false,
                "Dependencies resolved.\n====\n Package        Architecture  Version            Repository   Size\n====\nUpgrading:\n openssl-libs   x86_64        1:3.0.7-25.el9_3   baseos      2.1 M\n\nTransaction Summary\nOperation aborted.\n",
                "agrees",
                "--assumeno ends with 1",
            ),
            (
                "zypper",
                &[("libopenssl3", "3.0.8-2.1")],
                true,
                "The following package is going to be upgraded:\n  libopenssl3  3.0.8-1.1 -> 3.0.8-2.1  x86_64  update  SUSE\n",
                "agrees",
                "",
            ),
            (
                "pip",
                &[("typing-extensions", "4.8.0")],
                true,
                "Would install typing_extensions-4.8.0 urllib3-2.0.7\n",
                "agrees",
                "PEP 503",
            ),
            (
                "npm",
                &[("@babel/core", "7.23.2")],
                true,
                "change @babel/core 7.1.0 => 7.23.2\n\nchanged 1 package\n",
                "agrees",
                "",
            ),
            ("npm", &[("x", "2.0.0")], false, "npm error code ERESOLVE\n", "differs: npm error code ERESOLVE", ""),
            (
                "cargo",
                &[("time", "0.2.23")],
                true,
                "    Updating crates.io index\n    Updating time v0.1.40 -> v0.2.23\n",
                "agrees",
                "",
            ),
            (
                "composer",
                &[("symfony/yaml", "5.4.31")],
                true,
                "  - Upgrading symfony/yaml (v5.4.0 => v5.4.31)\n",
                "agrees",
                "",
            ),
            ("restart", &[], true, "anything", "none", "nothing to simulate"),
        ] {
            assert_eq!(step(manager, expects).verify(succeeded, output), want, "{manager}: {why}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_output_is_read(output in "(Inst|\\(1/2\\) |- Upgrading | x x 1 r s|change a 1 => 2|\\PC|\n){0,40}") {
            for (manager, ..) in READERS {
                let said = step(manager, &[("a", "1")]).verify(true, &output);
                prop_assert!(said == "agrees" || said.starts_with("differs: "));
            }
        }
    }
}
