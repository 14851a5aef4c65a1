//! Which commands close groups. Start at [`fix_plan`]; `simulation` reads what package managers say they would do.
mod simulation;
mod step;

use casemate_estate::{Package, PackageType};
use serde::Serialize;

pub use self::step::Expected;
use crate::{Group, group};

/// The commands that close groups, in an order that works.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FixPlan {
    /// In order.
    pub steps: Vec<FixStep>,
    /// Groups that no command closes, with why.
    pub left: Vec<(String, String)>,
}

/// One command.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FixStep {
    /// The target it is for.
    pub target: String,
    /// `apt`, `apk`, `dnf`, `pip`, `npm`, `restart` …
    pub manager: String,
    /// The program and its arguments, each of its own; shown quoted for a shell.
    pub command: Vec<String>,
    /// The same that only simulates, where the manager can.
    pub simulate: Option<Vec<String>>,
    /// Titles of the groups that it closes.
    pub closes: Vec<String>,
    /// What the simulation said: `none` where there is none, `not run`, `agrees`, or how it differs.
    pub verified: String,
    /// What must be installed afterwards.
    pub expects: Vec<Expected>,
}

/// Upgrades before restarts, which take them up, and the reboot last.
const ORDER: [&str; 3] = ["upgrade", "restart", "reboot"];

/// Plans the fixes of `groups`.
#[must_use]
pub fn fix_plan(groups: &[Group]) -> FixPlan {
    let mut out = FixPlan::default();
    for action in ORDER {
        for group in groups.iter().filter(|group| group.action == action) {
            let step::Steps { steps, left } = step::steps(group);
            for step in steps {
                // One reboot closes all groups that wait for it.
                match out.steps.iter_mut().find(|known| known.target == step.target && known.command == step.command) {
                    Some(known) => known.closes.extend(step.closes),
                    None => out.steps.push(step),
                }
            }
            out.left.extend(left.into_iter().map(|reason| (group.title.clone(), reason)));
        }
    }
    for group in groups.iter().filter(|group| !ORDER.contains(&group.action.as_str())) {
        let reason = match group.action.as_str() {
            "rebuild" => format!("in its Dockerfile: {}", step::dockerfile(group).join("; ")),
            group::PROGRAM => {
                "build it again, or get a newer one: libraries in a program cannot be upgraded one by one".to_owned()
            }
            "replace" => "no fix will come: replace it, or move to a release that is supported".to_owned(),
            _ => "no fix is published: mitigate, or exempt it with a reason and an end".to_owned(),
        };
        out.left.push((group.title.clone(), reason));
    }
    out
}

impl FixStep {
    /// What the output of [`FixStep::simulate`] means: `agrees`, or how it differs from what the step is to do.
    /// `succeeded`: its exit status was 0; `dnf --assumeno` ends with 1 where there is something to do.
    #[must_use]
    pub fn verify(&self, succeeded: bool, output: &str) -> String {
        simulation::verify(self, succeeded, output)
    }

    /// The step without the pinned versions, for where a newer version than the fix has taken its place in the
    /// repository; its simulation must still give at least the fix. None where nothing is pinned.
    #[must_use]
    pub fn relaxed(&self) -> Option<Self> {
        step::relaxed(self)
    }

    /// The command as one line for a shell.
    #[must_use]
    pub fn shell(&self) -> String {
        step::shell(&self.command)
    }
}

/// What each manager's reader makes of a text; for fuzzers.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn fuzz(output: &str) -> usize {
    simulation::verify_all(output)
}

/// The commands of one group as lines for a shell; for an image the lines of its Dockerfile.
pub(crate) fn commands(group: &Group) -> Vec<String> {
    if group.action == "rebuild" {
        return step::dockerfile(group);
    }
    step::steps(group).steps.iter().map(FixStep::shell).collect()
}

/// What installs a package.
pub(crate) fn manager(package: &Package, distribution: Option<&str>) -> &'static str {
    let ends = |name: &str| package.locations.iter().any(|location| location.path.ends_with(name));
    match package.kind {
        PackageType::Deb => "apt",
        PackageType::Apk => "apk",
        PackageType::Rpm => rpm_manager(distribution),
        PackageType::Kernel => match distribution {
            Some("alpine" | "wolfi" | "chainguard") => "apk",
            Some("debian" | "ubuntu" | "raspbian" | "devuan" | "linuxmint" | "pop") => "apt",
            other => rpm_manager(other),
        },
        PackageType::Pypi => "pip",
        PackageType::Npm if ends("/yarn.lock") => "yarn",
        PackageType::Npm if ends("/pnpm-lock.yaml") => "pnpm",
        PackageType::Npm => "npm",
        PackageType::Golang => "go",
        PackageType::Cargo => "cargo",
        PackageType::Maven => "maven",
        PackageType::Gem if ends("/Gemfile.lock") => "bundle",
        PackageType::Gem => "gem",
        PackageType::Composer => "composer",
        PackageType::Nuget => "dotnet",
        PackageType::Generic => "",
    }
}

fn rpm_manager(distribution: Option<&str>) -> &'static str {
    match distribution {
        Some("sles" | "sles_sap" | "opensuse-leap" | "opensuse-tumbleweed") => "zypper",
        Some("photon") => "tdnf",
        _ => "dnf",
    }
}
