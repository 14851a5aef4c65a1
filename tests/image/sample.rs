//! The image that the tests share: Debian-like, its upper layers made by umoci from what changed in its tree.
use std::{fs, os::unix::fs::symlink, path::Path};

use casemate_collect_image::{Collected, ImageError, Options, collect};
use casemate_estate::Timestamp;
use casemate_testkit::{
    image::{LayerTar, Packing, TestImage},
    is_root,
    registry::{have, run},
};
use tempfile::TempDir;

/// Packages that the image has in the end.
pub(crate) const PACKAGES: &[&str] =
    &["curl 7.88.1-10", "leftpad 1.0.0", "libc6 2.36-9", "linked 1", "openssl 3.0.2-1"];

/// A paragraph of `/var/lib/dpkg/status`.
pub(crate) fn paragraph(name: &str, version: &str) -> String {
    format!("Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: {version}\n\n")
}

fn distroless(name: &str) -> String {
    format!("Package: {name}\nArchitecture: amd64\nVersion: 1\n")
}

/// An OCI layout with the image `app`.
pub(crate) struct Sample {
    pub(crate) directory: TempDir,
}

impl Sample {
    /// Builds it; none (with a printed reason) without umoci or root, which umoci wants for owners and devices.
    pub(crate) fn build() -> Option<Self> {
        if !have(&["umoci", "skopeo"]) {
            return None;
        }
        if !is_root() {
            eprintln!("skipped: umoci unpacks images as root only");
            return None;
        }
        let directory = tempfile::tempdir().unwrap();
        let layout = directory.path().join("layout");
        fs::create_dir(&layout).unwrap();
        let base = LayerTar::new()
            .directory("etc/")
            .file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n")
            .directory("usr/")
            .directory("usr/bin/")
            .file_mode("usr/bin/sudo", 0o4755, "#!/bin/sh\n")
            .directory("var/")
            .directory("var/lib/")
            .directory("var/lib/dpkg/")
            .directory("var/lib/dpkg/status.d/")
            .file("var/lib/dpkg/status", paragraph("libc6", "2.36-9") + &paragraph("openssl", "3.0.1-1"))
            .file("var/lib/dpkg/status.d/gone", distroless("gone"))
            .directory("opt/")
            .directory("opt/old/")
            .directory("opt/old/status.d/")
            .file("opt/old/package-lock.json", lock("oldpad"))
            .file("opt/linked", distroless("linked"));
        TestImage::new(vec![(base.end(), Packing::Gzip)]).oci(&layout, "base");
        let image = |tag: &str| format!("{}:{tag}", layout.display());
        let bundle = directory.path().join("bundle");
        run("umoci", &["unpack", "--image", &image("base"), bundle.to_str().unwrap()]);
        let root = bundle.join("rootfs");
        let dpkg = root.join("var/lib/dpkg");
        let status = paragraph("libc6", "2.36-9") + &paragraph("openssl", "3.0.2-1") + &paragraph("curl", "7.88.1-10");
        fs::write(dpkg.join("status"), status).unwrap();
        fs::remove_file(dpkg.join("status.d/gone")).unwrap();
        fs::hard_link(root.join("opt/linked"), dpkg.join("status.d/linked")).unwrap();
        // A directory goes with all that is in it, and comes back with something else.
        fs::remove_dir_all(root.join("opt/old")).unwrap();
        fs::create_dir(root.join("opt/old")).unwrap();
        fs::write(root.join("opt/old/note"), "nothing").unwrap();
        fs::create_dir_all(root.join("srv/app")).unwrap();
        fs::write(root.join("srv/app/package-lock.json"), lock("leftpad")).unwrap();
        symlink("../../../../../../etc/passwd", root.join("srv/out")).unwrap();
        symlink("circle", root.join("srv/circle")).unwrap();
        run("umoci", &["repack", "--image", &image("app"), bundle.to_str().unwrap()]);
        Some(Self { directory })
    }

    pub(crate) fn layout(&self) -> String {
        self.directory.path().join("layout").display().to_string()
    }

    /// As skopeo and casemate both call it.
    pub(crate) fn reference(&self) -> String {
        format!("oci:{}:app", self.layout())
    }

    /// A path for a copy of it.
    pub(crate) fn path(&self, name: &str) -> String {
        self.directory.path().join(name).display().to_string()
    }

    /// Lets skopeo copy it.
    pub(crate) fn copy(&self, to: &str, options: &[&str]) {
        let from = self.reference();
        let mut args = vec!["copy", "--insecure-policy", "--quiet"];
        args.extend(options);
        args.extend([from.as_str(), to]);
        run("skopeo", &args);
    }
}

fn lock(name: &str) -> String {
    format!(
        "{{\"name\":\"app\",\"version\":\"1.0.0\",\"lockfileVersion\":3,\"packages\":{{\"\":{{\"name\":\"app\"}},\
         \"node_modules/{name}\":{{\"version\":\"1.0.0\"}}}}}}\n"
    )
}

pub(crate) fn read(reference: &str, options: &Options) -> Result<Collected, ImageError> {
    collect(reference, options, &|| Timestamp::UNIX_EPOCH, &|_, _, _| {})
}

pub(crate) fn good(reference: &str) -> Collected {
    read(reference, &Options::default()).unwrap_or_else(|error| panic!("{reference}: {error}"))
}

/// `name version` of each package, without the application itself.
pub(crate) fn packages(collected: &Collected) -> Vec<String> {
    let all = collected.assembled.inventory.packages.iter().filter(|package| package.name != "app");
    let mut all: Vec<String> = all.map(|package| format!("{} {}", package.name, package.version)).collect();
    all.sort();
    all
}

/// Everything that two sources of one image must agree on: packages with their places and layers, and problems.
pub(crate) fn facts(collected: &Collected) -> String {
    assert_eq!(packages(collected), PACKAGES);
    assert_eq!(collected.assembled.inventory.problems, []);
    serde_json::to_string_pretty(&(&collected.assembled.inventory, &collected.assembled.interest)).unwrap()
}

/// Bytes below a directory, for tests that compare before and after.
pub(crate) fn count(directory: &Path) -> usize {
    fs::read_dir(directory).map_or(0, Iterator::count)
}
