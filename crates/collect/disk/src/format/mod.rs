//! One file a format: from a file to the bytes of a disk. [`open`] tells them apart.
pub(crate) mod qcow2;

use std::{path::Path, sync::Arc};

use crate::{
    fault::{Fault, Result},
    source::{FileSource, Source, bytes_at},
};

/// A disk whose bytes can be read.
pub(crate) struct Opened {
    /// The bytes.
    pub(crate) source: Arc<dyn Source>,
    /// `raw`, `qcow2`.
    pub(crate) format: &'static str,
    /// What the format says about itself that a reader should know.
    pub(crate) notes: Vec<String>,
}

/// Formats that are told apart only to say what to do: magic, where, name.
const OTHERS: &[(&[u8], u64, &str)] = &[
    (b"KDMV", 0, "VMware (vmdk)"),
    (b"# Disk DescriptorFile", 0, "VMware (vmdk descriptor)"),
    (b"COWD", 0, "VMware (vmdk, ESX)"),
    (b"vhdxfile", 0, "Hyper-V (vhdx)"),
    (b"conectix", 0, "Virtual PC (vhd)"),
    (&[0x7f, 0x10, 0xda, 0xbe], 64, "VirtualBox (vdi)"),
    (b"QED\0", 0, "QEMU (qed)"),
    (b"WithoutFreeSpace", 0, "Parallels"),
    (b"\x1f\x8b", 0, "gzip"),
    (b"\xfd7zXZ\0", 0, "xz"),
    (b"BZh", 0, "bzip2"),
    (&[0x28, 0xb5, 0x2f, 0xfd], 0, "zstd"),
    (b"PK\x03\x04", 0, "zip"),
];

fn starts(source: &dyn Source, magic: &[u8], at: u64) -> bool {
    bytes_at(source, at, magic.len()).is_ok_and(|found| found == magic)
}

/// Opens a disk: qcow2 by its magic, raw where no other format's magic stands there.
///
/// # Errors
/// [`Fault::Unsupported`] with what to do for a format that is not read here, for encryption, and for files elsewhere that
/// the disk names; [`Fault::Io`] and [`Fault::Damaged`] as they come.
pub(crate) fn open(path: &Path, file: FileSource) -> Result<Opened> {
    if file.len() == 0 {
        return Err(Fault::damaged("the file is empty"));
    }
    if starts(&file, qcow2::MAGIC, 0) {
        return qcow2::open(path, Arc::new(file), 0);
    }
    if let Some((_, _, name)) = OTHERS.iter().find(|(magic, at, _)| starts(&file, magic, *at)) {
        return Err(Fault::Unsupported(format!(
            "it is of the format {name}, which is not read here\nhint: `qemu-img convert -O qcow2 FILE OUT` (or unpack \
             it), and scan that"
        )));
    }
    Ok(Opened { source: Arc::new(file), format: "raw", notes: Vec::new() })
}
