//! Collects a Linux host, live or from a mounted root, into the estate. Start at [`collect`].
//!
//! `facet/` has one file a facet of the host, `part/` one file a kind of resource that a host contains; each is a row of
//! a table. Files and kernel interfaces are read directly; where a program is run, its file says which and why.
//!
//! **Invariant:** knows no check. **Invariant:** a file that cannot be read makes its facet `denied` or `failed` with the
//! path, never empty. **Invariant:** no hash, key, token or password enters a facet.
mod acl;
mod apt_conf;
mod collect;
mod def;
mod facet;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzz;
mod glob;
mod host;
mod kernel;
mod left_out;
mod line;
mod loaded;
mod packet_filter;
mod part;
mod pem;
mod place;
mod process;
mod reader;
mod root;
mod software;
mod ssh_key;
mod systemd;
mod text;
mod tree;
mod walk;

pub use collect::{HostError, Options, Progress, Target, collect, collect_with, shapes};
