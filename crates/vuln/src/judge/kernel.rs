//! Whether a reboot closes what the running kernel has.
use std::rc::Rc;

use casemate_estate::{Package, PackageType};

use super::{Answer, Judging, Present, Target};
use crate::{DatabaseError, ecosystem, matching::Assessed};

/// A kernel that is installed.
struct Installed {
    package: Package,
    names: Vec<String>,
    assessed: Rc<Assessed>,
}

/// The kernels that are installed and could be assessed.
#[derive(Default)]
pub(crate) struct Kernels(Vec<Installed>);

/// Whether a package holds a kernel that can be started.
fn is_image(package: &Package) -> bool {
    match package.kind {
        PackageType::Deb => package.name.starts_with("linux-image-"),
        PackageType::Rpm => {
            matches!(
                package.name.as_str(),
                "kernel" | "kernel-core" | "kernel-default" | "kernel-rt-core" | "kernel-uek"
            )
        }
        PackageType::Apk => package.name.starts_with("linux-"),
        _ => false,
    }
}

impl Judging<'_> {
    pub(super) fn kernels(&mut self, packages: &[Present<'_>]) -> Result<Kernels, DatabaseError> {
        let mut out = Kernels::default();
        for package in packages.iter().filter_map(|present| present.package.as_ref().ok()) {
            if !is_image(package) {
                continue;
            }
            if let Ok(Answer { subject, assessed, .. }) = self.answer(package)? {
                out.0.push(Installed { package: package.clone(), names: subject.names, assessed });
            }
        }
        Ok(out)
    }
}

impl Kernels {
    /// The version of an installed kernel, newer than the running one `package`, that does not have the CVE; none where
    /// `package` does not run, or a reboot does not close it.
    pub(crate) fn closed_by(&self, target: &Target, package: &Package, cve: &str) -> Option<String> {
        if !target.is_running_kernel(package) {
            return None;
        }
        let distribution = target.distribution.as_ref().map(|distribution| distribution.id.as_str());
        let scheme = ecosystem::scheme(package, distribution);
        let names = |package: &Package| {
            let source = package.source.as_ref().map(|source| ecosystem::kernel_source(&source.name));
            source.unwrap_or_else(|| package.name.clone())
        };
        self.0
            .iter()
            .filter(|kernel| {
                let same = names(&kernel.package) == names(package)
                    || kernel.names.contains(&package.name)
                    || kernel.names.contains(&names(package));
                let newer =
                    scheme.compare(&kernel.package.version, &package.version).is_ok_and(std::cmp::Ordering::is_gt);
                let has = kernel.assessed.matches.iter().any(|found| found.cve == cve)
                    || kernel.assessed.unclear.iter().any(|unclear| unclear.cve == cve);
                same && newer && !has
            })
            .map(|kernel| &kernel.package.version)
            .max_by(|a, b| scheme.order(a, b))
            .cloned()
    }
}
