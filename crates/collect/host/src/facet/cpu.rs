use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
};

/// What the kernel says of processor weaknesses (`/sys/devices/system/cpu/vulnerabilities`). Live only; unsupported
/// where the kernel does not say.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Cpu {
    /// Name to the kernel's sentence: `Not affected`, `Mitigation: …`, `Vulnerable: …`.
    pub(crate) vulnerabilities: BTreeMap<String, String>,
    /// Feature flags of the first processor that checks ask for, of `nx`, `pae`, `lm`, `smep`, `smap`.
    pub(crate) flags: Vec<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "cpu",
    live_only: true,
    shape: crate::def::shape_of::<Cpu>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

const VULNERABILITIES: &str = "/sys/devices/system/cpu/vulnerabilities";

/// Flags that checks ask for.
const FLAGS: [&str; 5] = ["lm", "nx", "pae", "smap", "smep"];

fn collect(host: &Host) -> Result<Cpu, Missing> {
    let entries = host.root.list(VULNERABILITIES)?.unwrap_or_default();
    if entries.is_empty() {
        return Err(Missing::unsupported(format!("`{VULNERABILITIES}` is not there: the kernel does not report them")));
    }
    let mut cpu = Cpu::default();
    for entry in entries {
        if let Some(text) = host.root.read_text(&format!("{VULNERABILITIES}/{}", entry.name))? {
            cpu.vulnerabilities.insert(entry.name, text.trim().to_owned());
        }
    }
    // One processor's lines are about 2 KiB; a machine with hundreds has a file of a megabyte.
    if let Some((bytes, _)) = host.root.read_up_to("/proc/cpuinfo", 64 << 10)? {
        let all = flags(&String::from_utf8_lossy(&bytes));
        cpu.flags = all.into_iter().filter(|flag| FLAGS.contains(&flag.as_str())).collect();
    }
    Ok(cpu)
}

/// Flags of the first processor in `/proc/cpuinfo` (`flags` on x86, `Features` on ARM), sorted.
pub(crate) fn flags(text: &str) -> Vec<String> {
    let line = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        matches!(name.trim(), "flags" | "Features").then_some(value)
    });
    let mut flags: Vec<String> = line.unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    flags.sort();
    flags.dedup();
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_processor() {
        for (text, want, why) in [
            ("processor\t: 0\nflags\t\t: nx fpu\n\nprocessor\t: 1\nflags\t\t: pae\n", vec!["fpu", "nx"], "x86"),
            ("Features\t: fp asimd\n", vec!["asimd", "fp"], "ARM"),
            ("vmx flags\t: vnmi\n", vec![], "another line"),
            ("", vec![], "nothing"),
        ] {
            assert_eq!(flags(text), want, "{why}");
        }
    }
}
