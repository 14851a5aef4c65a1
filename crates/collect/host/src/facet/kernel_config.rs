use std::{collections::BTreeMap, io::Read};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    text::meaningful,
};

/// How the kernel was built: `/proc/config.gz`, or `/boot/config-RELEASE` of the running (mounted root: newest) kernel.
/// Unsupported where neither exists.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct KernelConfig {
    /// File it was read from.
    pub(crate) file: String,
    /// `CONFIG_X` to `y`, `m`, or its text without quotes. Options that are not set are absent.
    pub(crate) options: BTreeMap<String, String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "kernel_config",
    live_only: false,
    shape: crate::def::shape_of::<KernelConfig>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

/// Bytes of an unpacked configuration; real ones are about 300 KiB.
const CONFIG_MAX: u64 = 4 << 20;

fn collect(host: &Host) -> Result<KernelConfig, Missing> {
    if host.is_live()
        && let Some(packed) = host.root.read("/proc/config.gz", CONFIG_MAX)?
    {
        return Ok(KernelConfig { file: "/proc/config.gz".into(), options: parse(&unpack(&packed)?) });
    }
    let mut files = Vec::new();
    if host.is_live() {
        let release = rustix::system::uname().release().to_string_lossy().into_owned();
        files.extend([format!("/boot/config-{release}"), format!("/lib/modules/{release}/config")]);
    } else {
        let named = |entry: crate::root::Entry| entry.name.strip_prefix("config-").map(str::to_owned);
        let mut releases: Vec<String> =
            host.root.list("/boot")?.unwrap_or_default().into_iter().filter_map(named).collect();
        releases.sort_by_cached_key(|release| release_key(release));
        files.extend(releases.last().map(|release| format!("/boot/config-{release}")));
    }
    for file in files {
        if let Some(text) = host.root.read_text(&file)? {
            return Ok(KernelConfig { file, options: parse(&text) });
        }
    }
    Err(Missing::unsupported("neither `/proc/config.gz` nor `/boot/config-RELEASE` is there"))
}

fn unpack(packed: &[u8]) -> Result<String, Missing> {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed)
        .take(CONFIG_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Missing::failed(format!("cannot unpack `/proc/config.gz`: {error}")))?;
    if bytes.len() as u64 > CONFIG_MAX {
        return Err(Missing::failed(format!("cannot unpack `/proc/config.gz`: larger than {CONFIG_MAX} bytes")));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Orders kernel releases: runs of digits by their number, the rest as text. `6.1.0-10` is newer than `6.1.0-9`.
pub(crate) fn release_key(release: &str) -> Vec<(u64, String)> {
    let mut key = Vec::new();
    let mut rest = release;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, tail) = rest.split_at(digits);
        let text = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let (text, tail) = tail.split_at(text);
        key.push((number.parse().unwrap_or(u64::MAX), text.to_owned()));
        rest = tail;
    }
    key
}

/// `CONFIG_X=value` lines; `# CONFIG_X is not set` is a comment.
pub(crate) fn parse(text: &str) -> BTreeMap<String, String> {
    meaningful(text, &['#'])
        .filter_map(|(_, line)| line.split_once('='))
        .filter(|(name, _)| name.starts_with("CONFIG_"))
        .map(|(name, value)| {
            let text = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
            let value = text.map_or_else(|| value.to_owned(), |text| text.replace("\\\"", "\"").replace("\\\\", "\\"));
            (name.to_owned(), value)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn options() {
        let text = "#\n# Linux/x86 6.1.0\nCONFIG_A=y\n# CONFIG_B is not set\nCONFIG_C=m\nCONFIG_D=\"a \\\"b\\\"\"\nCONFIG_E=0x10\nnoise\n";
        let got = parse(text);
        let want = [("CONFIG_A", "y"), ("CONFIG_C", "m"), ("CONFIG_D", "a \"b\""), ("CONFIG_E", "0x10")];
        assert_eq!(got.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect::<Vec<_>>(), want);
    }

    #[test]
    fn releases_in_order() {
        let mut got = ["6.1.0-10-amd64", "6.1.0-9-amd64", "5.10.0-30-amd64", "6.1.0-9-amd64x"];
        got.sort_by_cached_key(|release| release_key(release));
        assert_eq!(got, ["5.10.0-30-amd64", "6.1.0-9-amd64", "6.1.0-9-amd64x", "6.1.0-10-amd64"]);
    }

    #[test]
    fn a_bomb_is_refused() {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(&vec![b'#'; (CONFIG_MAX + 1) as usize]).unwrap();
        assert!(unpack(&gz.finish().unwrap()).is_err());
        assert!(unpack(b"no gzip").is_err());
    }

    #[test]
    fn newest_of_a_mounted_root() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("boot")).unwrap();
        for release in ["6.1.0-9", "6.1.0-10"] {
            std::fs::write(dir.path().join(format!("boot/config-{release}")), format!("CONFIG_X=\"{release}\"\n"))
                .unwrap();
        }
        let root = crate::root::Root::mounted(dir.path()).unwrap();
        let host = Host::new(root);
        assert_eq!(collect(&host).unwrap().file, "/boot/config-6.1.0-10");
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            parse(&text);
            release_key(&text);
        }
    }
}
