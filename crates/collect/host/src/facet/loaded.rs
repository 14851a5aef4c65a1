use schemars::JsonSchema;

use crate::{def::FacetDef, loaded};

/// Which packages are in memory now: [`casemate_estate::Loaded`]. Live only.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a shape; the value is the type of the estate")]
pub(crate) struct Loaded {
    /// All processes could be looked into; where not, a package that is not named is unknown, not unloaded.
    complete: bool,
    /// By key, sorted.
    packages: Vec<LoadedPackage>,
    /// Keys of packages that have nothing which could be mapped and seen: always unknown. Absent where there are none.
    untellable: Option<Vec<String>>,
    /// The running kernel.
    kernel: Option<RunningKernel>,
    /// Commands of processes that could not be looked into. Absent where there are none.
    unseen: Option<Vec<String>>,
}

/// The kernel that runs.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a shape")]
struct RunningKernel {
    /// `uname -r`.
    release: String,
    /// Version of the package that it was built from; null where the kernel does not say.
    version: Option<String>,
    /// Key of the installed package that holds it; null where none does, as in a container.
    package: Option<String>,
}

/// One package in memory.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a shape")]
struct LoadedPackage {
    /// Its key.
    package: String,
    /// The mapped files, sorted, at most 8.
    files: Vec<String>,
    /// An older copy, deleted from the disk, is mapped still; absent where not.
    stale: Option<StaleCopy>,
    /// Who has it mapped, one for each executable, user and unit; at most 32, of more those that listen.
    processes: Vec<LoadingProcess>,
}

/// A deleted file that is still mapped.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a shape")]
struct StaleCopy {
    /// The version that the copy belongs to; null where no log says.
    version: Option<String>,
    /// The executables that hold it.
    executables: Vec<String>,
}

/// A program that has files of a package mapped.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "a shape")]
struct LoadingProcess {
    /// Path of the executable.
    executable: String,
    /// Name of the user.
    user: String,
    /// systemd unit or container scope.
    unit: Option<String>,
    /// How many processes.
    count: u32,
    /// Sockets it listens on: `tcp 0.0.0.0:443`.
    listens: Vec<String>,
    /// One of them is on an address other than loopback.
    exposed: bool,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "loaded",
    live_only: true,
    shape: crate::def::shape_of::<Loaded>,
    collect: |host| crate::def::value_of(&loaded::collect(host)?),
};
