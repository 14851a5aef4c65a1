//! The commands of one group. Names, versions and paths that no manager would have go into no command.
use std::collections::BTreeSet;

use casemate_estate::PackageType;
use serde::Serialize;

use super::FixStep;
use crate::{Group, group::Member};

/// A version that must be installed, or a newer one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Expected {
    /// The package, as its manager calls it.
    pub package: String,
    /// At least this version; none where only the source's number is known.
    pub version: Option<String>,
}

/// What closes a group: commands, and what no command does.
#[derive(Default)]
pub(super) struct Steps {
    pub(super) steps: Vec<FixStep>,
    pub(super) left: Vec<String>,
}

/// The commands of a group whose action is to upgrade, restart or reboot; empty for others.
pub(super) fn steps(group: &Group) -> Steps {
    let mut out = Steps::default();
    match group.action.as_str() {
        "upgrade" => upgrade(group, &mut out),
        "restart" => restart(group, &mut out),
        "reboot" => out.steps.push(step(group, "reboot", &["systemctl", "reboot"], None, Vec::new())),
        _ => {}
    }
    out
}

fn step(group: &Group, manager: &str, command: &[&str], simulate: Option<&[&str]>, expects: Vec<Expected>) -> FixStep {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    FixStep {
        target: group.target.clone(),
        manager: manager.to_owned(),
        command: owned(command),
        simulate: simulate.map(owned),
        closes: vec![group.title.clone()],
        verified: if simulate.is_some() { "not run" } else { "none" }.to_owned(),
        expects,
    }
}

/// Whether a manager could have such a name. It never begins with a hyphen, which would make it an option.
fn is_name(text: &str) -> bool {
    let good = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'+' | b'-' | b'@' | b'/' | b':' | b'~');
    !text.is_empty() && text.len() <= 256 && !text.starts_with('-') && !text.contains("..") && text.bytes().all(good)
}

fn is_version(text: &str) -> bool {
    let good = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'+' | b'-' | b':' | b'~' | b'^' | b'!');
    !text.is_empty() && text.len() <= 256 && !text.starts_with('-') && text.bytes().all(good)
}

fn is_path(text: &str) -> bool {
    text.starts_with('/') && text.len() <= 4096 && !text.chars().any(char::is_control)
}

/// A manager of a distribution's packages.
struct System {
    manager: &'static str,
    command: &'static [&'static str],
    simulate: &'static [&'static str],
    /// Name and version as the manager takes them.
    pin: fn(&str, &str) -> String,
}

const SYSTEMS: &[System] = &[
    System {
        manager: "apt",
        command: &["apt-get", "install", "--only-upgrade"],
        simulate: &["apt-get", "-s", "install", "--only-upgrade"],
        pin: |name, version| format!("{name}={version}"),
    },
    System {
        manager: "apk",
        command: &["apk", "add", "--upgrade"],
        simulate: &["apk", "add", "--simulate", "--upgrade"],
        pin: |name, version| format!("{name}>={version}"),
    },
    System {
        manager: "dnf",
        command: &["dnf", "upgrade"],
        simulate: &["dnf", "upgrade", "--assumeno"],
        pin: |name, version| format!("{name}-{version}"),
    },
    System {
        manager: "tdnf",
        command: &["tdnf", "update"],
        simulate: &["tdnf", "update", "--assumeno"],
        pin: |name, version| format!("{name}-{version}"),
    },
    System {
        manager: "zypper",
        command: &["zypper", "install"],
        simulate: &["zypper", "--non-interactive", "install", "--dry-run", "--details"],
        pin: |name, version| format!("{name}>={version}"),
    },
];

fn upgrade(group: &Group, out: &mut Steps) {
    if let Some(system) = SYSTEMS.iter().find(|system| system.manager == group.manager) {
        match system_arguments(group, system.pin) {
            Ok((arguments, expects)) => {
                let with = |head: &[&'static str]| {
                    head.iter().map(|word| (*word).to_owned()).chain(arguments.iter().cloned()).collect::<Vec<_>>()
                };
                let mut made = step(group, system.manager, &[], Some(&[]), expects);
                made.command = with(system.command);
                made.simulate = Some(with(system.simulate));
                out.steps.push(made);
            }
            Err(reason) => out.left.push(reason),
        }
        return;
    }
    for member in &group.members {
        library(group, member, out);
    }
}

/// Arguments of a distribution's manager: each binary of the group that is installed, pinned to the fix.
fn system_arguments(group: &Group, pin: fn(&str, &str) -> String) -> Result<(Vec<String>, Vec<Expected>), String> {
    let mut wanted: BTreeSet<(String, Option<String>)> = BTreeSet::new();
    for member in group.members.iter().filter(|member| member.kind != PackageType::Kernel) {
        if !is_name(&member.name) {
            return Err(format!("`{}` is no name that {} would have", shown(&member.name), group.manager));
        }
        if let Some(meta) = kernel_meta(&member.name) {
            // The next kernel is another package; the one that depends on the newest brings it.
            wanted.insert((meta, None));
            continue;
        }
        let version = group.to.as_deref().and_then(|to| binary_version(member, to));
        if let Some(version) = version.as_deref().filter(|version| !is_version(version)) {
            return Err(format!("`{}` is no version that {} would have", shown(version), group.manager));
        }
        let twice = group.members.iter().any(|other| other.name == member.name && other.arch != member.arch);
        let name = match (&member.arch, group.manager.as_str()) {
            (Some(arch), "apt") if twice && is_name(arch) => format!("{}:{arch}", member.name),
            _ => member.name.clone(),
        };
        wanted.insert((name, version));
    }
    if wanted.is_empty() {
        return Err(format!("install the newest kernel of the distribution ({}) and reboot", group.package));
    }
    let arguments = wanted
        .iter()
        .map(|(name, version)| version.as_ref().map_or_else(|| name.clone(), |version| pin(name, version)))
        .collect();
    let expects = wanted.into_iter().map(|(package, version)| Expected { package, version }).collect();
    Ok((arguments, expects))
}

/// The binary's version where its source's is `to`; none where the two are not numbered alike.
fn binary_version(member: &Member, to: &str) -> Option<String> {
    let Some(source) =
        member.source.as_ref().filter(|source| member.kind == PackageType::Deb && !source.version.is_empty())
    else {
        return Some(to.to_owned());
    };
    // `5.2.15-2+b8` was rebuilt from 5.2.15-2; a fix is a new source.
    let version = match member.version.rsplit_once("+b") {
        Some((head, number)) if number.bytes().all(|b| b.is_ascii_digit()) && head.ends_with(&source.version) => head,
        _ => &member.version,
    };
    // `1:2.38.1-5` of `2.38.1-5`: the binary adds an epoch.
    version.strip_suffix(&source.version).map(|head| format!("{head}{to}"))
}

/// `linux-image-amd64` of `linux-image-6.1.0-21-amd64`: dpkg's package that depends on the newest.
fn kernel_meta(name: &str) -> Option<String> {
    for start in ["linux-image-", "linux-headers-", "linux-modules-", "linux-modules-extra-"] {
        let Some(rest) = name.strip_prefix(start).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) else {
            continue;
        };
        let flavour = rest.split('-').skip(1).skip_while(|part| part.bytes().all(|b| b.is_ascii_digit()));
        let flavour = flavour.collect::<Vec<_>>().join("-");
        let image = if start == "linux-headers-" { "linux-headers-" } else { "linux-image-" };
        return (!flavour.is_empty()).then(|| format!("{image}{flavour}"));
    }
    None
}

/// The commands for a library, one for each place that it lies in.
fn library(group: &Group, member: &Member, out: &mut Steps) {
    let Some(to) = member.to.as_deref() else { return };
    if !is_name(&member.name) || !is_version(to) || !is_version(&member.version) {
        out.left.push(format!(
            "`{}` {} is no name or version that {} would have",
            shown(&member.name),
            shown(to),
            group.manager
        ));
        return;
    }
    let mut seen = BTreeSet::new();
    for path in &member.paths {
        if !is_path(path) {
            out.left.push(format!("`{}` is no path", shown(path)));
            continue;
        }
        match library_at(group, member, to, path) {
            Ok(step) => {
                if seen.insert(step.command.clone()) {
                    out.steps.push(step);
                }
            }
            Err(reason) => {
                if !out.left.contains(&reason) {
                    out.left.push(reason);
                }
            }
        }
    }
}

fn library_at(group: &Group, member: &Member, to: &str, path: &str) -> Result<FixStep, String> {
    let name = member.name.as_str();
    let directory =
        path.rsplit_once('/').map_or("/", |(directory, _)| if directory.is_empty() { "/" } else { directory });
    let expects = vec![Expected { package: name.to_owned(), version: Some(to.to_owned()) }];
    let at = format!("{name}@{to}");
    let manager = group.manager.as_str();
    let make = |command: &[&str], simulate: Option<&[&str]>| Ok(step(group, manager, command, simulate, expects));
    match manager {
        "pip" => {
            let wanted = format!("{name}=={to}");
            if let Some(file) = path.rsplit('/').next().filter(|file| file.ends_with(".lock") || file.ends_with(".txt"))
            {
                return Err(format!("set {wanted} in `{directory}/{file}` and lock it anew"));
            }
            let python = interpreter(path);
            make(
                &[&python, "-m", "pip", "install", "--upgrade", &wanted],
                Some(&[&python, "-m", "pip", "install", "--dry-run", "--upgrade", &wanted]),
            )
        }
        "npm" => {
            let directory = project(path, "/node_modules/");
            make(
                &["npm", "--prefix", directory, "install", &at],
                Some(&["npm", "--prefix", directory, "install", "--dry-run", &at]),
            )
        }
        "yarn" => make(&["yarn", "--cwd", directory, "upgrade", &at], None),
        "pnpm" => make(&["pnpm", "--dir", directory, "update", &at], None),
        "go" if path.ends_with("/go.mod") || path.ends_with("/go.sum") => {
            let to = if to.starts_with('v') { to.to_owned() } else { format!("v{to}") };
            make(&["go", "-C", directory, "get", &format!("{name}@{to}")], None)
        }
        "go" if name == "stdlib" => Err(format!("build `{path}` again with Go {to}")),
        "go" => Err(format!("build `{path}` again with {name} v{}", to.trim_start_matches('v'))),
        "cargo" if path.ends_with("/Cargo.lock") => {
            let manifest = format!("{}/Cargo.toml", directory.trim_end_matches('/'));
            let spec = format!("{name}@{}", member.version);
            make(
                &["cargo", "update", "--manifest-path", &manifest, "-p", &spec, "--precise", to],
                Some(&["cargo", "update", "--dry-run", "--manifest-path", &manifest, "-p", &spec, "--precise", to]),
            )
        }
        "cargo" => Err(format!("build `{path}` again with {name} {to}")),
        "bundle" => {
            let gemfile = format!("BUNDLE_GEMFILE={}/Gemfile", directory.trim_end_matches('/'));
            make(&["env", &gemfile, "bundle", "update", "--conservative", name], None)
        }
        "gem" => make(&["gem", "install", name, "--version", to], None),
        "composer" => {
            let at = format!("{name}:^{to}");
            let directory = format!("--working-dir={}", project(path, "/vendor/"));
            make(
                &["composer", &directory, "require", "--update-with-dependencies", &at],
                Some(&["composer", &directory, "require", "--dry-run", "--update-with-dependencies", &at]),
            )
        }
        "dotnet" if path.ends_with(".lock.json") || path.ends_with("proj") => {
            make(&["dotnet", "add", directory, "package", name, "--version", to], None)
        }
        "dotnet" => Err(format!("build what holds `{path}` again with {name} {to}")),
        "maven" => Err(format!("set {name} to {to} in the build of what holds `{path}`, and build it again")),
        other => Err(format!("nothing is known to upgrade packages of `{other}`")),
    }
}

/// The directory of the project that a path below `inner` belongs to, or that the file lies in.
fn project<'a>(path: &'a str, inner: &str) -> &'a str {
    let directory = path.find(inner).and_then(|at| path.get(..at));
    let directory = directory.or_else(|| path.rsplit_once('/').map(|(directory, _)| directory)).unwrap_or("/");
    if directory.is_empty() { "/" } else { directory }
}

/// The interpreter whose library holds the file: that of a virtual environment by its path.
fn interpreter(path: &str) -> String {
    let below = path.find("/lib/python").or_else(|| path.find("/lib64/python")).and_then(|at| path.get(..at));
    match below {
        None | Some("/usr" | "/usr/local") => "python3".to_owned(),
        Some(prefix) => format!("{prefix}/bin/python3"),
    }
}

fn restart(group: &Group, out: &mut Steps) {
    let is_unit = |unit: &&String| {
        unit.ends_with(".service")
            && !unit.starts_with('-')
            && !unit.starts_with("user@")
            && unit.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'@' | b':' | b'\\'))
    };
    // Restarting these takes sessions or the message bus with them.
    let delicate =
        |unit: &&String| matches!(unit.as_str(), "dbus.service" | "dbus-broker.service" | "systemd-logind.service");
    let (units, others): (Vec<&String>, Vec<&String>) = group.units.iter().partition(is_unit);
    let (delicate, units): (Vec<&String>, Vec<&String>) = units.into_iter().partition(delicate);
    if !units.is_empty() {
        let mut made = step(group, "restart", &["systemctl", "restart"], None, Vec::new());
        made.command.extend(units.into_iter().cloned());
        out.steps.push(made);
    }
    for unit in delicate {
        out.left.push(format!("`{unit}` cannot be restarted safely while the system runs: reboot"));
    }
    for unit in others {
        out.left.push(match unit.as_str() {
            "init.scope" => "the service manager itself: systemctl daemon-reexec".to_owned(),
            unit => format!("`{}` is no service: end its programs and start them again", shown(unit)),
        });
    }
    if group.units.is_empty() {
        out.left.push("its programs belong to no unit: end them and start them again, or reboot".to_owned());
    }
}

/// Lines for the Dockerfile of an image: a fresh base has the distribution's fixes; until there is one, its manager brings
/// them.
pub(super) fn dockerfile(group: &Group) -> Vec<String> {
    let mut names: BTreeSet<&str> =
        group.members.iter().filter(|member| is_name(&member.name)).map(|member| member.name.as_str()).collect();
    names.retain(|name| !name.contains('/'));
    let names = names.into_iter().collect::<Vec<_>>().join(" ");
    let install = match group.manager.as_str() {
        "apt" => {
            format!("RUN apt-get update && apt-get install -y --only-upgrade {names} && rm -rf /var/lib/apt/lists/*")
        }
        "apk" => format!("RUN apk add --no-cache --upgrade {names}"),
        "zypper" => format!("RUN zypper --non-interactive update {names}"),
        manager => format!("RUN {manager} -y upgrade {names} && {manager} clean all"),
    };
    vec!["docker build --pull … (a newer base of the same tag)".to_owned(), install]
}

pub(super) fn relaxed(step: &FixStep) -> Option<FixStep> {
    let system = SYSTEMS.iter().find(|system| system.manager == step.manager)?;
    let loosen = |words: &[String]| -> Vec<String> {
        words
            .iter()
            .map(|word| {
                let pinned = step.expects.iter().find(|expected| {
                    expected.version.as_ref().is_some_and(|version| *word == (system.pin)(&expected.package, version))
                });
                pinned.map_or_else(|| word.clone(), |expected| expected.package.clone())
            })
            .collect()
    };
    let command = loosen(&step.command);
    (command != step.command).then(|| FixStep {
        simulate: step.simulate.as_deref().map(loosen),
        command,
        verified: "not run".to_owned(),
        ..step.clone()
    })
}

/// Quoted for a POSIX shell; it is shown, never run by one.
pub(super) fn shell(command: &[String]) -> String {
    let plain = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|b| {
                b.is_ascii_alphanumeric()
                    || matches!(b, b'-' | b'_' | b'.' | b'/' | b':' | b'@' | b'+' | b'=' | b'^' | b',')
            })
    };
    let quoted: Vec<String> = command
        .iter()
        .map(|word| if plain(word) { word.clone() } else { format!("'{}'", word.replace('\'', "'\\''")) })
        .collect();
    quoted.join(" ")
}

/// A text from outside in a sentence: bounded, without control characters.
fn shown(text: &str) -> String {
    text.chars().take(80).map(|c| if c.is_control() { '?' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use crate::{Group, fix_plan, group::tests::finding, groups};

    /// A finding on one package: type, name, version, source, what else the evidence says.
    type Row<'a> = (&'a str, &'a str, &'a str, Option<(&'a str, &'a str)>, Value);

    /// The groups of findings with one package each.
    fn of(rows: &[Row<'_>]) -> Vec<Group> {
        let findings: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(at, (kind, name, version, source, more))| {
                finding("host://a", kind, name, version, *source, &format!("CVE-{at}"), 50, more.clone())
            })
            .collect();
        groups(&findings.iter().collect::<Vec<_>>())
    }

    fn shells(groups: &[Group]) -> Vec<String> {
        fix_plan(groups).steps.iter().map(super::super::FixStep::shell).collect()
    }

    #[test]
    fn each_manager_gets_its_command() {
        let at = |path: &str| json!([{"path": path}]);
        for (kind, name, version, source, more, want, why) in [
            (
                "deb",
                "libssl3",
                "3.0.11-1",
                Some(("openssl", "3.0.11-1")),
                json!({"fixed": "3.0.13-1~deb12u1"}),
                "apt-get install --only-upgrade 'libssl3=3.0.13-1~deb12u1'",
                "the source's version is the binary's",
            ),
            (
                "deb",
                "bash",
                "5.2.15-2+b8",
                Some(("bash", "5.2.15-2")),
                json!({"fixed": "5.2.16-1"}),
                "apt-get install --only-upgrade bash=5.2.16-1",
                "a rebuild's mark goes with the source",
            ),
            (
                "deb",
                "bsdutils",
                "1:2.38.1-5",
                Some(("util-linux", "2.38.1-5")),
                json!({"fixed": "2.38.1-6"}),
                "apt-get install --only-upgrade bsdutils=1:2.38.1-6",
                "the binary adds an epoch",
            ),
            (
                "deb",
                "gcc",
                "4:12.2.0-3",
                Some(("gcc-defaults", "1.203")),
                json!({"fixed": "1.204"}),
                "apt-get install --only-upgrade gcc",
                "numbered on its own: the newest",
            ),
            (
                "deb",
                "linux-image-6.1.0-21-amd64",
                "6.1.90-1",
                Some(("linux-signed-amd64", "6.1.90+1")),
                json!({"fixed": "6.1.99-1"}),
                "apt-get install --only-upgrade linux-image-amd64",
                "the next kernel is another package",
            ),
            (
                "deb",
                "linux-image-5.15.0-91-generic",
                "5.15.0-91.101",
                Some(("linux-signed", "5.15.0-91.101")),
                json!({"fixed": "5.15.0-94.104"}),
                "apt-get install --only-upgrade linux-image-generic",
                "Ubuntu's too",
            ),
            (
                "apk",
                "libcrypto3",
                "3.1.4-r1",
                Some(("openssl", "3.1.4-r1")),
                json!({"fixed": "3.1.4-r5", "manager": "apk"}),
                "apk add --upgrade 'libcrypto3>=3.1.4-r5'",
                "",
            ),
            (
                "rpm",
                "openssl-libs",
                "1:3.0.7-24.el9",
                Some(("openssl", "3.0.7-24.el9")),
                json!({"fixed": "1:3.0.7-25.el9_3", "manager": "dnf"}),
                "dnf upgrade openssl-libs-1:3.0.7-25.el9_3",
                "",
            ),
            (
                "rpm",
                "libopenssl3",
                "3.0.8-1",
                Some(("openssl-3", "3.0.8-1")),
                json!({"fixed": "3.0.8-2", "manager": "zypper"}),
                "zypper install 'libopenssl3>=3.0.8-2'",
                "",
            ),
            (
                "pypi",
                "urllib3",
                "1.26.5",
                None,
                json!({"fixed": "1.26.17", "manager": "pip", "locations": at("/srv/app/venv/lib/python3.11/site-packages/urllib3-1.26.5.dist-info/METADATA")}),
                "/srv/app/venv/bin/python3 -m pip install --upgrade urllib3==1.26.17",
                "the environment's own interpreter",
            ),
            (
                "pypi",
                "urllib3",
                "1.26.5",
                None,
                json!({"fixed": "1.26.17", "manager": "pip", "locations": at("/usr/local/lib/python3.11/dist-packages/urllib3-1.26.5.dist-info/METADATA")}),
                "python3 -m pip install --upgrade urllib3==1.26.17",
                "the system's",
            ),
            (
                "npm",
                "@babel/traverse",
                "7.1.0",
                None,
                json!({"fixed": "7.23.2", "manager": "npm", "locations": at("/srv/app/node_modules/@babel/traverse/package.json")}),
                "npm --prefix /srv/app install @babel/traverse@7.23.2",
                "the project above node_modules",
            ),
            (
                "npm",
                "x",
                "1.0.0",
                None,
                json!({"fixed": "1.0.1", "manager": "npm", "locations": at("/srv/app/package-lock.json")}),
                "npm --prefix /srv/app install x@1.0.1",
                "beside the lock",
            ),
            (
                "npm",
                "x",
                "1.0.0",
                None,
                json!({"fixed": "1.0.1", "manager": "yarn", "locations": at("/srv/app/yarn.lock")}),
                "yarn --cwd /srv/app upgrade x@1.0.1",
                "",
            ),
            (
                "npm",
                "x",
                "1.0.0",
                None,
                json!({"fixed": "1.0.1", "manager": "pnpm", "locations": at("/srv/my app/pnpm-lock.yaml")}),
                "pnpm --dir '/srv/my app' update x@1.0.1",
                "quoted for a shell",
            ),
            (
                "golang",
                "golang.org/x/net",
                "v0.7.0",
                None,
                json!({"fixed": "0.17.0", "manager": "go", "locations": at("/srv/app/go.mod")}),
                "go -C /srv/app get golang.org/x/net@v0.17.0",
                "",
            ),
            (
                "cargo",
                "time",
                "0.1.40",
                None,
                json!({"fixed": "0.2.23", "manager": "cargo", "locations": at("/srv/app/Cargo.lock")}),
                "cargo update --manifest-path /srv/app/Cargo.toml -p time@0.1.40 --precise 0.2.23",
                "",
            ),
            (
                "gem",
                "rack",
                "2.0.1",
                None,
                json!({"fixed": "2.0.8", "manager": "bundle", "locations": at("/srv/app/Gemfile.lock")}),
                "env BUNDLE_GEMFILE=/srv/app/Gemfile bundle update --conservative rack",
                "",
            ),
            (
                "composer",
                "symfony/yaml",
                "5.4.0",
                None,
                json!({"fixed": "5.4.31", "manager": "composer", "locations": at("/srv/app/composer.lock")}),
                "composer --working-dir=/srv/app require --update-with-dependencies symfony/yaml:^5.4.31",
                "",
            ),
            (
                "nuget",
                "Newtonsoft.Json",
                "12.0.1",
                None,
                json!({"fixed": "13.0.1", "manager": "dotnet", "locations": at("/srv/app/packages.lock.json")}),
                "dotnet add /srv/app package Newtonsoft.Json --version 13.0.1",
                "",
            ),
        ] {
            let groups = of(&[(kind, name, version, source, more)]);
            assert_eq!(shells(&groups), [want], "{kind} {name}: {why}");
            assert_eq!(groups[0].commands, [want], "the group shows the same");
        }
    }

    #[test]
    fn what_no_command_closes_is_left_with_a_reason() {
        let at = |path: &str| json!([{"path": path}]);
        for (kind, name, more, words, why) in [
            (
                "maven",
                "org.apache:log4j",
                json!({"fixed": "2.17.1", "manager": "maven", "locations": at("/srv/a.jar")}),
                "build it again",
                "an archive",
            ),
            (
                "golang",
                "stdlib",
                json!({"fixed": "1.21.5", "manager": "go", "locations": at("/usr/bin/x")}),
                "or get a newer one",
                "a program",
            ),
            (
                "pypi",
                "x",
                json!({"fixed": "2", "manager": "pip", "locations": at("/srv/poetry.lock")}),
                "lock it anew",
                "a lock",
            ),
            ("kernel", "linux", json!({"fixed": "2", "manager": "apt"}), "newest kernel", "whose package is not known"),
            ("deb", "x", json!({"action": "wait"}), "no fix is published", "nothing to go to"),
            ("deb", "x", json!({"action": "replace"}), "no fix will come", "end of life"),
            ("deb", "x", json!({"action": "rebuild", "fixed": "2"}), "RUN apt-get update", "an image"),
            ("deb", "x", json!({"action": "restart", "fixed": "2"}), "belong to no unit", "started by hand"),
            (
                "deb",
                "x",
                json!({"action": "restart", "fixed": "2", "restart": ["session-1.scope"]}),
                "is no service",
                "a session",
            ),
            ("deb", "x", json!({"action": "restart", "fixed": "2", "restart": ["dbus.service"]}), "reboot", "the bus"),
        ] {
            let plan = fix_plan(&of(&[(kind, name, "1", None, more)]));
            assert_eq!(plan.steps, [], "{why}");
            assert!(plan.left.len() == 1 && plan.left[0].1.contains(words), "{why}: {:?}", plan.left);
        }
    }

    #[test]
    fn names_that_no_manager_has_go_into_no_command() {
        for name in ["-oDpkg::Pre-Invoke::=sh", "a b", "a;b", "$(id)", "../../x", "", "x\ny", "a'b"] {
            for (kind, manager) in [("deb", "apt"), ("npm", "npm"), ("pypi", "pip")] {
                let groups = of(&[(
                    kind,
                    name,
                    "1",
                    None,
                    json!({"fixed": "2", "manager": manager, "locations": [{"path": "/a/b"}]}),
                )]);
                let plan = fix_plan(&groups);
                assert_eq!((plan.steps.len(), plan.left.len()), (0, 1), "{name:?} of {manager}");
            }
        }
        let groups = of(&[("deb", "x", "1", None, json!({"fixed": "2 --allow-downgrades"}))]);
        assert_eq!(fix_plan(&groups).steps, [], "a version");
        let groups =
            of(&[("deb", "x", "1", None, json!({"action": "restart", "fixed": "2", "restart": ["--now.service"]}))]);
        assert_eq!(fix_plan(&groups).steps, [], "a unit");
    }

    #[test]
    fn upgrades_come_before_restarts_and_the_reboot_last_and_once() {
        let source = Some(("openssl", "1"));
        let groups = of(&[
            ("kernel", "linux", "1", Some(("linux", "1")), json!({"action": "reboot", "fixed": "2"})),
            ("kernel", "linux", "1", Some(("linux-aws", "1")), json!({"action": "reboot", "fixed": "2"})),
            (
                "deb",
                "libssl3",
                "1",
                source,
                json!({"action": "restart", "fixed": "1", "restart": ["b.service", "a.service"]}),
            ),
            ("deb", "libssl3", "1", source, json!({"fixed": "2"})),
            ("deb", "openssl", "1", source, json!({"fixed": "3"})),
        ]);
        let plan = fix_plan(&groups);
        assert_eq!(
            shells(&groups),
            [
                "apt-get install --only-upgrade libssl3=3 openssl=3",
                "systemctl restart a.service b.service",
                "systemctl reboot",
            ]
        );
        assert_eq!(plan.steps[2].closes.len(), 2, "one reboot closes both");
        assert_eq!(
            plan.steps[0].simulate.as_ref().unwrap().join(" "),
            "apt-get -s install --only-upgrade libssl3=3 openssl=3"
        );
        assert_eq!((plan.steps[0].verified.as_str(), plan.steps[1].verified.as_str()), ("not run", "none"));
        let relaxed = plan.steps[0].relaxed().unwrap();
        assert_eq!(relaxed.shell(), "apt-get install --only-upgrade libssl3 openssl");
        assert_eq!(
            relaxed.verify(true, "Inst libssl3 [1] (3 x [amd64])\nInst openssl [1] (2 x [amd64])\n"),
            "differs: it would install openssl 2, which is below the fix 3",
            "what was expected stays"
        );
        assert_eq!(relaxed.relaxed(), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        /// A shell that reads the line sees the arguments again: checked by unquoting as POSIX says.
        #[test]
        fn a_line_for_a_shell_reads_back(words in prop::collection::vec("[ -~]{0,12}", 1..5)) {
            let line = super::shell(&words);
            let (mut out, mut word, mut quoted, mut chars) = (Vec::new(), String::new(), false, line.chars());
            while let Some(c) = chars.next() {
                match (c, quoted) {
                    ('\'', _) => quoted = !quoted,
                    ('\\', false) => word.extend(chars.next()),
                    (' ', false) => out.push(std::mem::take(&mut word)),
                    (c, _) => word.push(c),
                }
            }
            out.push(word);
            prop_assert_eq!(out, words);
        }
    }
}
