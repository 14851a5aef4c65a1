//! Kernels that lie ready to boot. Those of a distribution belong to a package, and are counted as that; one that somebody
//! built and put there by hand is a package of the type `kernel`, named `linux`. Linux's boot protocol for x86 says which
//! version it is (`Documentation/arch/x86/boot.rst`); elsewhere the name of the file does.
use casemate_estate::PackageType;

use super::{Reader, package};
use crate::{Body, Entry, Facts, Want, assemble::kernel_release, bytes, bytes::Order, entry::Candidate};

pub(crate) const READER: Reader = Reader { name: "kernels", wants, read };

/// Bytes of the text that names the version.
const TEXT_MAX: usize = 256;

fn wants(file: &Candidate<'_>) -> Option<Want> {
    (file.base.starts_with("vmlinu") && kernel_release(file.path).is_some()).then_some(Want::Parts)
}

fn read(entry: &Entry, body: &mut dyn Body) -> Facts {
    let text = boot_text(body);
    let release = kernel_release(&entry.path).unwrap_or_default();
    let version = text.as_deref().map_or(release, version_of);
    Facts { packages: vec![package(entry, PackageType::Kernel, "linux", version)], ..Facts::default() }
}

/// `6.1.0-18-amd64 (builder@host) #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)`
fn boot_text(body: &mut dyn Body) -> Option<String> {
    let head = bytes::at(body, 0, 0x210).ok()?;
    if head.get(0x202..0x206)? != b"HdrS" {
        return None;
    }
    let at = u64::from(Order::Little.u16(&head, 0x20e).filter(|at| *at > 0)?) + 0x200;
    let text = bytes::at(body, at, TEXT_MAX).ok()?;
    let end = memchr::memchr(0, &text)?;
    Some(String::from_utf8_lossy(text.get(..end)?).into_owned())
}

/// The version of the package that it was built from, where the builder wrote it, or the release.
fn version_of(text: &str) -> &str {
    let mut words = text.split_whitespace().skip_while(|word| *word != "Debian").skip(1);
    words
        .next()
        .filter(|version| version.starts_with(|first: char| first.is_ascii_digit()))
        .or_else(|| text.split_whitespace().next())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::package::testing::facts;

    #[test]
    fn a_kernel_tells_its_version() {
        let bzimage = |text: &str| {
            let mut bytes = vec![0_u8; 0x800];
            bytes[0x202..0x206].copy_from_slice(b"HdrS");
            bytes[0x20e..0x210].copy_from_slice(&0x100_u16.to_le_bytes());
            bytes[0x300..0x300 + text.len()].copy_from_slice(text.as_bytes());
            bytes
        };
        for (path, bytes, want, why) in [
            ("/boot/vmlinuz-6.9.1-own", bzimage("6.9.1-own (me@here) #3 SMP Mon"), "6.9.1-own", "hand-built"),
            (
                "/boot/vmlinuz-6.1.0-18-amd64",
                bzimage("6.1.0-18-amd64 (a@b) #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)"),
                "6.1.76-1",
                "of a package",
            ),
            ("/usr/lib/modules/5.14.0/vmlinuz", vec![0; 100], "5.14.0", "no text: the path says it"),
            ("/boot/vmlinuz-1", bzimage(&"x".repeat(600)), "1", "a text without an end"),
        ] {
            assert_eq!(facts(path, &bytes).packages[0].version, want, "{why}");
        }
    }
}
