//! What files prove: packages, secrets and files of interest. Start at [`wants`] and [`read`], then [`assemble`].
//!
//! A tree of files (a directory, the layers of an image, the file system of a disk) offers each [`Entry`] once. [`wants`]
//! says by path, mode and size whether the bytes are of use; [`read`] turns the bytes of one file into [`Facts`], which
//! depend on nothing else, so that those of an image's layer can be kept and used again; [`assemble`] joins the facts of
//! the files that are there in the end into an [`Inventory`], secrets and files of interest.
//!
//! `package/` has one file a format of packages (a row of `package::READERS`), `secret/` the detectors (a table).
//!
//! **Invariant:** knows no check, makes no call. **Invariant:** no secret leaves [`read`]: a [`Secret`] holds a redacted
//! form only. **Invariant:** a file that cannot be understood is a [`Problem`], never silence. Every read is bounded.
mod assemble;
mod body;
mod bytes;
mod directory;
mod entry;
mod facts;
#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzz;
mod interest;
mod observe;
#[expect(clippy::result_large_err, reason = "a reader that fails early gives the facts it has; once a file")]
mod package;
mod secret;

pub use assemble::{Assembled, assemble};
pub use body::Body;
pub use directory::{DirectoryError, DirectoryOptions, collect_directory, walk};
pub use entry::{Entry, EntryKind, Want, wants, wants_beginning};
pub use facts::{FACTS_VERSION, Facts, FileOfInterest, Owned, Secret, SecretClass, read};
pub use observe::{observations, shapes, target_facets};
pub use secret::secrets_in;
