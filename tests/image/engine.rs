//! Stores of engines, filled by the engines' own tools.
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
        let filled = std::process::Command::new("skopeo")
            .args(["copy", "--insecure-policy", "--quiet", &from, &to])
            .output()
            .unwrap();
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
