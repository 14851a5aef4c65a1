//! Packages of a host, and which of them are in memory.
use std::process::{Child, Command, Stdio};

use casemate_testkit::{Casemate, Hostile, ScratchRoot};
use serde_json::{Value, json};

/// Keys of the packages that the last scan saw, without the host's id.
fn packages(casemate: &Casemate) -> Vec<String> {
    let mut keys: Vec<String> = casemate
        .lines(&["resources", "--kind", "host.package", "--format", "jsonl"])
        .iter()
        .map(|row| row["id"].as_str().unwrap().split_once("/package/").unwrap().1.to_owned())
        .collect();
    keys.sort();
    keys
}

/// The host with its facets.
fn host(casemate: &Casemate) -> Value {
    let id = casemate.lines(&["resources", "--kind", "host", "--format", "jsonl"])[0]["id"].clone();
    let outcome = casemate.run(&["resources", id.as_str().unwrap(), "--format", "json"]);
    serde_json::from_str(&outcome.stdout).unwrap()
}

fn scratch() -> ScratchRoot {
    let root = ScratchRoot::new();
    root.write("var/lib/dpkg/info/openssl.list", "/.\n/usr/bin/openssl\n");
    root.write(
        "usr/local/lib/python3.11/dist-packages/flask-3.0.0.dist-info/METADATA",
        "Name: Flask\nVersion: 3.0.0\n",
    );
    root
}

#[test]
fn packages_of_a_root_are_resources_that_come_and_go() {
    let (casemate, root) = (Casemate::new(), scratch());
    let scan = || casemate.run(&["scan", "--root", root.path(), "--check", "host.sysctl.*"]);
    scan();
    let first = packages(&casemate);
    assert!(first.iter().any(|key| key.starts_with("deb/")), "{first:?}");
    assert!(first.iter().any(|key| key.starts_with("pypi/") && key.ends_with("@3.0.0")), "{first:?}");
    let facets = &host(&casemate)["facets"];
    assert_eq!(facets["software"]["value"]["distribution"]["id"], "debian");
    assert_eq!(facets["loaded"]["status"], "unsupported", "no process runs below a mounted root");

    // A database that cannot be read ends nothing.
    let status = std::fs::read(root.at("var/lib/dpkg/status")).unwrap();
    for hostile in [Hostile::Fifo, Hostile::Directory, Hostile::Loop] {
        root.replace("var/lib/dpkg/status", hostile);
        assert_eq!(scan().status, 3, "{hostile:?} is said");
        assert_eq!(packages(&casemate), first, "{hostile:?} ends nothing");
    }
    root.remove("var/lib/dpkg/status");
    root.write("var/lib/dpkg/status", status);

    root.remove("usr/local/lib/python3.11/dist-packages/flask-3.0.0.dist-info");
    scan();
    let after = packages(&casemate);
    assert!(after.iter().all(|key| !key.starts_with("pypi/")), "what is gone is gone: {after:?}");
}

struct Sleeping(Child);

impl Drop for Sleeping {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[test]
fn a_package_of_this_machine_is_loaded_while_its_program_runs() {
    // Who owns `sleep`, by the package manager itself.
    let Ok(owner) = Command::new("dpkg").args(["-S", "/bin/sleep"]).output() else {
        eprintln!("skipped: this machine has no dpkg");
        return;
    };
    let owner = String::from_utf8(owner.stdout).unwrap();
    let Some((name, _)) = owner.split_once(':') else {
        eprintln!("skipped: no package owns /bin/sleep");
        return;
    };
    let casemate = Casemate::new();
    let mut command = Command::new("/bin/sleep");
    command.arg("604799").stdin(Stdio::null());
    let sleeping = Sleeping(command.spawn().unwrap());
    let outcome = casemate.run_bounded(&["scan", "--check", "host.sysctl.*"]);
    assert!(matches!(outcome.status, 0 | 3), "{}", outcome.stderr);
    drop(sleeping);
    assert!(packages(&casemate).iter().any(|key| key.starts_with(&format!("deb/{name}"))));
    let loaded = host(&casemate)["facets"]["loaded"]["value"].clone();
    let packages = loaded["packages"].as_array().unwrap();
    let key = |package: &&Value| package["package"].as_str().unwrap().split(':').next() == Some(&format!("deb/{name}"));
    let package = packages.iter().find(key).unwrap();
    let executable = package["processes"].as_array().unwrap().iter().any(|process| {
        process["executable"].as_str().unwrap().ends_with("/bin/sleep") && process["count"].as_u64() >= Some(1)
    });
    assert!(executable, "{package}");
    assert!(loaded["kernel"]["release"].as_str().is_some_and(|release| !release.is_empty()));
    let text = loaded.to_string();
    assert!(!text.contains("604799"), "no command line is kept: {text}");
    let untellable = loaded.get("untellable").cloned().unwrap_or_else(|| json!([]));
    let seen: Vec<&Value> = packages.iter().map(|package| &package["package"]).collect();
    assert!(untellable.as_array().unwrap().iter().all(|key| !seen.contains(&key)), "what is seen is told");
}
