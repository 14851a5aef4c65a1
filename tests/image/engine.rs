//! Stores of engines, filled by the engines' own tools.
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use casemate_collect_image::Options;
use casemate_testkit::registry::{have, run};

use crate::sample::{Sample, facts, good, read};

#[test]
fn podmans_store_holds_the_same_image() {
    let Some(sample) = Sample::build() else { return };
    if !have(&["podman"]) {
        return;
    }
    let want = facts(&good(&sample.reference()));
    for driver in ["vfs", "overlay"] {
        let (root, run_root) = (sample.path(&format!("{driver}-root")), sample.path(&format!("{driver}-run")));
        let to = format!("containers-storage:[{driver}@{root}+{run_root}]localhost/app:1");
        let from = sample.reference();
        let filled =
            Command::new("skopeo").args(["copy", "--insecure-policy", "--quiet", &from, &to]).output().unwrap();
        if !filled.status.success() {
            // Where a file system or kernel has no overlays; vfs needs nothing.
            assert_eq!(driver, "overlay", "{}", String::from_utf8_lossy(&filled.stderr));
            eprintln!("skipped: no {driver} here: {}", String::from_utf8_lossy(&filled.stderr));
            continue;
        }
        let podman = ["--root", &root, "--runroot", &run_root, "--storage-driver", driver];
        let id = run("podman", &[&podman[..], &["images", "--no-trunc", "--quiet"]].concat());
        let id = id.trim();
        for name in ["localhost/app:1", "app:1", id.trim_start_matches("sha256:"), id] {
            let collected = good(&format!("podman:[{root}]{name}"));
            assert_eq!(facts(&collected), want, "{driver} {name}");
            assert_eq!(collected.snapshot.target, format!("image://{id}"), "{driver} {name}: podman's own id");
        }
        let error = read(&format!("podman:[{root}]other"), &Options::default()).unwrap_err().to_string();
        assert!(error.contains("no image has this name or id"), "{error}");
        // A layer that was changed in the store is not what it was.
        let layers = std::fs::read_to_string(format!("{root}/{driver}-layers/layers.json")).unwrap();
        let layers: serde_json::Value = serde_json::from_str(&layers).unwrap();
        let lowest = layers.as_array().unwrap().iter().find(|layer| layer.get("parent").is_none()).unwrap();
        let place = match driver {
            "vfs" => format!("{root}/vfs/dir/{}", lowest["id"].as_str().unwrap()),
            _ => format!("{root}/overlay/{}/diff", lowest["id"].as_str().unwrap()),
        };
        std::fs::write(format!("{place}/etc/os-release"), "ID=changed\n").unwrap();
        let collected = good(&format!("podman:[{root}]app:1"));
        let problems = &collected.assembled.inventory.problems;
        let told = problems.iter().any(|problem| problem.incomplete && problem.path.starts_with("layer sha256:"));
        assert!(told, "{driver}: {problems:?}");
    }
}

/// A real engine with a store of its own; it ends on drop.
struct Engine(Child);

impl Engine {
    /// Starts one, and waits for the line that says that it is up; none (with a printed reason) where it is not installed
    /// or does not start.
    fn start(program: &str, config: &str, text: &str, up: &str) -> Option<Self> {
        if !have(&[program]) {
            return None;
        }
        std::fs::write(config, text).unwrap();
        let flag = if program == "dockerd" { "--config-file" } else { "--config" };
        let mut child = Command::new(program).args([flag, config]).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut last = String::new();
        let is_up = lines.by_ref().any(|line| {
            last = line;
            last.contains(up)
        });
        if !is_up {
            eprintln!("skipped: {program} does not start here: {last}");
            drop(child.wait());
            return None;
        }
        // Its later lines are read so that its pipe never fills.
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self(child))
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // Asked, not killed: Docker's ends its own containerd then.
        let pid = i32::try_from(self.0.id()).ok().and_then(rustix::process::Pid::from_raw);
        let asked = pid.is_some_and(|pid| rustix::process::kill_process(pid, rustix::process::Signal::TERM).is_ok());
        if !asked {
            drop(self.0.kill());
        }
        drop(self.0.wait());
    }
}

#[test]
fn containerds_store_holds_the_same_image() {
    let Some(sample) = Sample::build() else { return };
    let root = sample.path("containerd");
    std::fs::create_dir(&root).unwrap();
    let socket = format!("{root}/socket");
    let config = format!(
        "version = 2\nroot = \"{root}/store\"\nstate = \"{root}/state\"\ndisabled_plugins = \
         [\"io.containerd.grpc.v1.cri\"]\n[grpc]\naddress = \"{socket}\"\n"
    );
    let started = Engine::start("containerd", &format!("{root}/config.toml"), &config, "successfully booted");
    let Some(containerd) = started else { return };
    let want = facts(&good(&sample.reference()));
    let archive = sample.path("docker.tar");
    sample.copy(&format!("docker-archive:{archive}:example.org/app:1"), &[]);
    for namespace in ["default", "k8s.io"] {
        run("ctr", &["--address", &socket, "--namespace", namespace, "images", "import", "--no-unpack", &archive]);
    }
    for name in ["example.org/app:1", "k8s.io/example.org/app:1", "default/example.org/app:1"] {
        let collected = good(&format!("containerd:[{root}/store]{name}"));
        assert_eq!(facts(&collected), want, "{name}");
    }
    let error = read(&format!("containerd:[{root}/store]moby/example.org/app:1"), &Options::default());
    assert!(error.unwrap_err().to_string().contains("none of its 2 images has this name"));
    drop(containerd);
    assert_eq!(facts(&good(&format!("containerd:[{root}/store]example.org/app:1"))), want, "after its end");
}

#[test]
fn dockers_store_holds_the_same_image() {
    let Some(sample) = Sample::build() else { return };
    let root = sample.path("docker");
    std::fs::create_dir(&root).unwrap();
    let socket = format!("unix://{root}/socket");
    let config = serde_json::json!({
        "data-root": format!("{root}/store"), "exec-root": format!("{root}/exec"), "pidfile": format!("{root}/pid"),
        "hosts": [socket], "bridge": "none", "iptables": false, "ip6tables": false, "ip-forward": false, "ip-masq": false,
    });
    let started = Engine::start("dockerd", &format!("{root}/daemon.json"), &config.to_string(), "API listen on");
    let Some(docker) = started else { return };
    let want = facts(&good(&sample.reference()));
    sample.copy("docker-daemon:example.org/app:1", &["--dest-daemon-host", &socket]);
    let store = format!("{root}/store");
    let collected = good(&format!("docker-daemon:[{store}]example.org/app:1"));
    assert_eq!(facts(&collected), want);
    let id = collected.snapshot.target.trim_start_matches("image://sha256:").to_owned();
    assert_eq!(facts(&good(&format!("docker-daemon:[{store}]{}", &id[..12]))), want, "by its id");
    drop(docker);
    assert_eq!(facts(&good(&format!("docker-daemon:[{store}]sha256:{id}"))), want, "after its end");
    let error = read(&format!("docker-daemon:[{store}]other"), &Options::default()).unwrap_err().to_string();
    assert!(error.contains("no image has this name or id"), "{error}");
}
