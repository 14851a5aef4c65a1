use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    text::meaningful,
};

/// SELinux: configuration and kernel state.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Selinux {
    /// `SELINUX=` of `/etc/selinux/config`: `enforcing`, `permissive`, `disabled`; null where absent.
    pub(crate) configured: Option<String>,
    /// `SELINUXTYPE=`; null where absent.
    pub(crate) policy: Option<String>,
    /// `enforcing`, `permissive` or `disabled` now; null below a mounted root.
    pub(crate) running: Option<String>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "selinux",
    live_only: false,
    shape: crate::def::shape_of::<Selinux>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<Selinux, Missing> {
    let (configured, policy) = parse(host.root.read_text("/etc/selinux/config")?.as_deref().unwrap_or_default());
    let running = if host.is_live() {
        Some(match host.root.read_text("/sys/fs/selinux/enforce")?.as_deref().map(str::trim) {
            Some("1") => "enforcing".to_owned(),
            Some(_) => "permissive".to_owned(),
            None => "disabled".to_owned(),
        })
    } else {
        None
    };
    Ok(Selinux { configured, policy, running })
}

/// `SELINUX` and `SELINUXTYPE` of `selinux_config(5)`; the last line of a name wins, as in libselinux.
pub(crate) fn parse(text: &str) -> (Option<String>, Option<String>) {
    let (mut configured, mut policy) = (None, None);
    for (_, line) in meaningful(text, &['#']) {
        match line.split_once('=') {
            Some(("SELINUX", value)) => configured = Some(value.trim().to_ascii_lowercase()),
            Some(("SELINUXTYPE", value)) => policy = Some(value.trim().to_owned()),
            _ => {}
        }
    }
    (configured, policy)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn config() {
        for (text, configured, policy, why) in [
            ("# note\nSELINUX=enforcing\nSELINUXTYPE=targeted \n", Some("enforcing"), Some("targeted"), "as installed"),
            ("SELINUX=Permissive\n", Some("permissive"), None, "any case"),
            ("SELINUX=permissive\nSELINUX=disabled\n", Some("disabled"), None, "the last wins"),
            ("SELINUX = enforcing\n", None, None, "no blanks before the sign"),
            ("", None, None, "empty"),
        ] {
            let got = parse(text);
            assert_eq!((got.0.as_deref(), got.1.as_deref()), (configured, policy), "{why}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            parse(&text);
        }
    }
}
