use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    facet::cpu,
    host::Host,
    text::{meaningful, shell_assignments},
};

/// Who the host is: machine id, OS release, kernel, kind of machine.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Identity {
    /// Host name from the kernel (live) or `/etc/hostname`.
    pub(crate) hostname: String,
    /// From `/etc/machine-id`; null where there is none.
    pub(crate) machine_id: Option<String>,
    /// Whether this is the running system; false below a mounted root.
    pub(crate) live: bool,
    /// From `os-release(5)`.
    pub(crate) os: Os,
    /// `x86_64`, `aarch64` …; null below a mounted root where it cannot be told.
    pub(crate) arch: Option<String>,
    /// Kernel release as `uname -r` gives it; null below a mounted root.
    pub(crate) kernel_release: Option<String>,
    /// `container`, `vm`, `metal` or `unknown`.
    pub(crate) machine: String,
    /// Whether process 1 is systemd (live), or systemd is installed (mounted root).
    pub(crate) systemd: bool,
    /// Whether the firmware is UEFI (`/sys/firmware/efi`); null where it cannot be told.
    pub(crate) uefi: Option<bool>,
    /// Whether UEFI secure boot is on; null where it cannot be told.
    pub(crate) secure_boot: Option<bool>,
    /// A graphical login manager is installed.
    pub(crate) graphical: bool,
}

/// `os-release(5)`.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Os {
    /// `ID`, lower case: `debian`, `ubuntu`, `rhel`, `alpine` …
    pub(crate) id: String,
    /// `ID_LIKE`, split.
    pub(crate) id_like: Vec<String>,
    /// `VERSION_ID`; null for a rolling or testing release.
    pub(crate) version_id: Option<String>,
    /// `VERSION_CODENAME`.
    pub(crate) version_codename: Option<String>,
    /// `PRETTY_NAME`.
    pub(crate) pretty_name: String,
    /// `debian` (Debian, Ubuntu and their kin), `rhel` (RHEL, Fedora, Alma …), `alpine`, `suse`, `arch` or `other`.
    pub(crate) family: String,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "identity",
    live_only: false,
    shape: crate::def::shape_of::<Identity>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<Identity, Missing> {
    let live = host.is_live();
    let uname = rustix::system::uname();
    let machine_id = host.root.read_text("/etc/machine-id")?;
    let machine_id = machine_id.map(|text| text.trim().to_owned());
    let hostname = if live {
        uname.nodename().to_string_lossy().into_owned()
    } else {
        let text = host.root.read_text("/etc/hostname")?.unwrap_or_default();
        meaningful(&text, &['#']).map(|(_, name)| name.to_owned()).find(|name| is_hostname(name)).unwrap_or_default()
    };
    let uefi = if live { Some(host.root.exists("/sys/firmware/efi")?) } else { None };
    Ok(Identity {
        hostname,
        machine_id: machine_id.filter(|id| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit())),
        live,
        os: os(host)?,
        arch: if live { Some(uname.machine().to_string_lossy().into_owned()) } else { elf_arch(host)? },
        kernel_release: live.then(|| uname.release().to_string_lossy().into_owned()),
        machine: if live { machine(host)? } else { "unknown" }.to_owned(),
        systemd: if live { host.root.exists("/run/systemd/system")? } else { any_exists(host, &SYSTEMD)? },
        uefi,
        secure_boot: match uefi {
            Some(true) => secure_boot(host)?,
            Some(false) => Some(false),
            None => None,
        },
        graphical: any_exists(host, &LOGIN_MANAGERS)?,
    })
}

/// Letters, digits, `-`, `_` and `.`, at most 253 (`hostname(7)`).
fn is_hostname(name: &str) -> bool {
    (1..=253).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

const SYSTEMD: [&str; 2] = ["/usr/lib/systemd/systemd", "/lib/systemd/systemd"];

const LOGIN_MANAGERS: [&str; 11] = [
    "/usr/sbin/gdm3",
    "/usr/sbin/gdm",
    "/usr/bin/gdm",
    "/usr/sbin/lightdm",
    "/usr/bin/lightdm",
    "/usr/bin/sddm",
    "/usr/bin/lxdm",
    "/usr/sbin/lxdm",
    "/usr/bin/xdm",
    "/usr/bin/slim",
    "/usr/sbin/greetd",
];

/// Whether anything stands at one of `paths`.
pub(crate) fn any_exists(host: &Host, paths: &[&str]) -> Result<bool, Missing> {
    for path in paths {
        if host.root.exists(path)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What `os-release(5)` says: `/etc/os-release`, or `/usr/lib/os-release` where that is absent.
pub(crate) fn os(host: &Host) -> Result<Os, Missing> {
    let text = match host.root.read_text("/etc/os-release")? {
        Some(text) => Some(text),
        None => host.root.read_text("/usr/lib/os-release")?,
    };
    Ok(parse(text.as_deref().unwrap_or_default()))
}

/// `os-release(5)`; an absent `ID` is `linux`, as the manual says.
pub(crate) fn parse(text: &str) -> Os {
    let mut vars = BTreeMap::new();
    shell_assignments(text, false, &mut vars);
    let mut take = |name: &str| vars.remove(name).filter(|value| !value.is_empty());
    let id = take("ID").map_or_else(|| "linux".to_owned(), |id| id.to_lowercase());
    let id_like: Vec<String> = take("ID_LIKE").unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();
    Os {
        family: family(&id, &id_like).to_owned(),
        id,
        id_like,
        version_id: take("VERSION_ID"),
        version_codename: take("VERSION_CODENAME"),
        pretty_name: take("PRETTY_NAME").or_else(|| take("NAME")).unwrap_or_default(),
    }
}

fn family(id: &str, id_like: &[String]) -> &'static str {
    for word in std::iter::once(id).chain(id_like.iter().map(String::as_str)) {
        return match word {
            "debian" | "ubuntu" | "raspbian" | "linuxmint" | "kali" | "devuan" | "pop" => "debian",
            "rhel" | "fedora" | "centos" | "rocky" | "almalinux" | "ol" | "amzn" | "mariner" | "azurelinux" => "rhel",
            "alpine" | "wolfi" | "chainguard" | "postmarketos" => "alpine",
            "arch" | "manjaro" | "archarm" => "arch",
            word if word == "suse" || word == "sles" || word.starts_with("opensuse") || word.starts_with("sle_") => {
                "suse"
            }
            _ => continue,
        };
    }
    "other"
}

/// Processor of the first ELF file that every system has (`elf(5)`: `e_machine` at byte 18).
fn elf_arch(host: &Host) -> Result<Option<String>, Missing> {
    for path in ["/bin/sh", "/usr/bin/env", "/bin/busybox", "/sbin/init", "/lib/systemd/systemd"] {
        if let Some((head, _)) = host.root.read_up_to(path, 20)?
            && let Some(arch) = elf_machine(&head)
        {
            return Ok(Some(arch.to_owned()));
        }
    }
    Ok(None)
}

fn elf_machine(head: &[u8]) -> Option<&'static str> {
    let [0x7f, b'E', b'L', b'F', class, order, ..] = head else { return None };
    let pair = [*head.get(18)?, *head.get(19)?];
    let big = *order == 2;
    let machine = if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) };
    Some(match machine {
        3 => "i686",
        62 => "x86_64",
        40 => "armv7l",
        183 => "aarch64",
        243 if *class == 2 => "riscv64",
        21 => {
            if big {
                "ppc64"
            } else {
                "ppc64le"
            }
        }
        22 => "s390x",
        258 => "loongarch64",
        _ => return None,
    })
}

/// The last byte of the variable is its value; four bytes of attributes stand before it (`efivarfs`).
fn secure_boot(host: &Host) -> Result<Option<bool>, Missing> {
    let path = "/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c";
    Ok(match host.root.read_up_to(path, 64)? {
        Some((bytes, _)) => match bytes.as_slice() {
            [_, _, _, _, value] => Some(*value == 1),
            _ => None,
        },
        None => None,
    })
}

/// The inode numbers that the kernel gives to its first namespaces (`include/linux/proc_ns.h`).
const FIRST_NAMESPACES: [(&str, &str); 3] =
    [("ipc", "ipc:[4026531839]"), ("uts", "uts:[4026531838]"), ("pid", "pid:[4026531836]")];

/// `container`, `vm`, `metal` or `unknown`, for the running system.
///
/// A container has a process namespace of its own, or leaves a mark: `/.dockerenv` (Docker), `/run/.containerenv`
/// (Podman), `/run/systemd/container`, `container=` in the environment of process 1. A machine that was booted from a
/// container image keeps the mark, so where all namespaces are the kernel's first ones and the root is no overlay, the
/// mark is not believed.
fn machine(host: &Host) -> Result<&'static str, Missing> {
    let mut own_kernel = true;
    let mut other_pids = false;
    for (name, first) in FIRST_NAMESPACES {
        // What may not be looked at is no evidence either way.
        let link = host.root.read_link(&format!("/proc/self/ns/{name}")).ok().flatten();
        own_kernel &= link.as_deref() == Some(first);
        other_pids = name == "pid" && link.is_some_and(|link| link != first);
    }
    let mountinfo = host.root.read_text("/proc/self/mountinfo")?.unwrap_or_default();
    let overlay = mountinfo.lines().any(|line| line.split(' ').nth(4) == Some("/") && line.contains(" - overlay "));
    let mut marked = any_exists(host, &["/.dockerenv", "/run/.containerenv", "/run/systemd/container"])?;
    // Only root may read it; the other signs still count for others.
    if let Ok(Some(environment)) = host.root.read_text("/proc/1/environ") {
        marked |= environment.split('\0').any(|pair| pair.starts_with("container=") && pair.len() > 10);
    }
    if other_pids || (marked && (overlay || !own_kernel)) {
        return Ok("container");
    }
    let (cpuinfo, _) = host.root.read_up_to("/proc/cpuinfo", 64 << 10)?.unwrap_or_default();
    let flags = cpu::flags(&String::from_utf8_lossy(&cpuinfo));
    let dmi = |name: &str| -> Result<String, Missing> {
        Ok(host.root.read_text(&format!("/sys/class/dmi/id/{name}"))?.unwrap_or_default().trim().to_owned())
    };
    let (vendor, product) = (dmi("sys_vendor")?, dmi("product_name")?);
    // Xen's first domain runs below the hypervisor too, but is the machine itself.
    if host.root.read_text("/proc/xen/capabilities").ok().flatten().is_some_and(|text| text.contains("control_d")) {
        return Ok("metal");
    }
    if flags.iter().any(|flag| flag == "hypervisor")
        || any_exists(host, &["/sys/hypervisor/type", "/proc/device-tree/hypervisor/compatible"])?
        || virtual_product(&vendor, &product)
    {
        return Ok("vm");
    }
    Ok(if !vendor.is_empty() || flags.iter().any(|flag| flag == "fpu") { "metal" } else { "unknown" })
}

/// Vendors and products that only virtual machines have; needed where the processor does not tell, as on ARM.
fn virtual_product(vendor: &str, product: &str) -> bool {
    let vendors = [
        "QEMU",
        "VMware",
        "innotek GmbH",
        "Xen",
        "Bochs",
        "Parallels",
        "OpenStack Foundation",
        "Hetzner",
        "DigitalOcean",
    ];
    let products =
        ["KVM", "Virtual Machine", "VirtualBox", "Google Compute Engine", "OpenStack", "BHYVE", "Alibaba Cloud ECS"];
    vendors.iter().any(|name| vendor.starts_with(name))
        || products.iter().any(|name| product.contains(name))
        || (vendor == "Amazon EC2" && !product.contains(".metal"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn os_release() {
        for (text, id, version, family, why) in [
            ("ID=debian\nVERSION_ID=\"12\"\n", "debian", Some("12"), "debian", "quoted"),
            ("ID=ubuntu\nID_LIKE=debian\nVERSION_ID='24.04'\n", "ubuntu", Some("24.04"), "debian", "single quotes"),
            (
                "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.4\"",
                "rocky",
                Some("9.4"),
                "rhel",
                "no line end",
            ),
            ("ID=neon\nID_LIKE=\"ubuntu debian\"\n", "neon", None, "debian", "by what it is like"),
            ("ID=alpine\nVERSION_ID=3.20.1\n", "alpine", Some("3.20.1"), "alpine", "bare"),
            ("ID=opensuse-leap\nVERSION_ID=15.6\n", "opensuse-leap", Some("15.6"), "suse", "by its beginning"),
            ("ID=nixos\n", "nixos", None, "other", "one of none"),
            ("# nothing\n", "linux", None, "other", "the manual's default"),
            ("ID=Debian\nVERSION_ID=\"\"\n", "debian", None, "debian", "an empty version is none"),
        ] {
            let os = parse(text);
            assert_eq!((os.id.as_str(), os.version_id.as_deref(), os.family.as_str()), (id, version, family), "{why}");
        }
    }

    #[test]
    fn elf_heads() {
        let head = |order: u8, machine: [u8; 2]| {
            let mut head = vec![0x7f, b'E', b'L', b'F', 2, order, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0];
            head.extend(machine);
            head
        };
        assert_eq!(elf_machine(&head(1, [62, 0])), Some("x86_64"));
        assert_eq!(elf_machine(&head(1, [183, 0])), Some("aarch64"));
        assert_eq!(elf_machine(&head(2, [0, 22])), Some("s390x"), "big endian");
        assert_eq!(elf_machine(&head(1, [62, 0])[..19]), None, "cut off");
        assert_eq!(elf_machine(b"#!/bin/sh"), None, "a script");
    }

    #[test]
    fn virtual_machines_by_name() {
        for (vendor, product, want) in [
            ("QEMU", "Standard PC (Q35 + ICH9, 2009)", true),
            ("Microsoft Corporation", "Virtual Machine", true),
            ("Microsoft Corporation", "Surface Laptop", false),
            ("Amazon EC2", "m6g.large", true),
            ("Amazon EC2", "m6g.metal", false),
            ("Dell Inc.", "PowerEdge R640", false),
            ("", "", false),
        ] {
            assert_eq!(virtual_product(vendor, product), want, "{vendor} {product}");
        }
    }

    #[test]
    fn a_mounted_root_says_nothing_of_the_kernel() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("etc")).unwrap();
        std::fs::write(dir.path().join("etc/hostname"), "# note\nweb1\n").unwrap();
        std::fs::write(dir.path().join("etc/machine-id"), "uninitialized\n").unwrap();
        let root = crate::root::Root::mounted(dir.path()).unwrap();
        let got = collect(&Host::new(root)).unwrap();
        assert_eq!((got.hostname.as_str(), got.machine.as_str()), ("web1", "unknown"));
        assert_eq!((got.machine_id, got.kernel_release, got.uefi, got.secure_boot), (None, None, None, None));
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>(), bytes in any::<Vec<u8>>()) {
            parse(&text);
            elf_machine(&bytes);
        }
    }
}
