use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    text::redacted,
};

/// The command line of the running kernel (`/proc/cmdline`). Live only.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct KernelCmdline {
    /// Parameter name to its values, in order; a parameter without `=` has the value "". Values of parameters whose
    /// name looks like a secret are replaced by `REDACTED`.
    pub(crate) params: BTreeMap<String, Vec<String>>,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "kernel_cmdline",
    live_only: true,
    shape: crate::def::shape_of::<KernelCmdline>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(host: &Host) -> Result<KernelCmdline, Missing> {
    let text = host
        .root
        .read_text("/proc/cmdline")?
        .ok_or_else(|| Missing::failed("cannot read `/proc/cmdline`: no such file"))?;
    Ok(KernelCmdline { params: parse(&text) })
}

/// Words of a kernel command line; double quotes keep white space and are removed, as the kernel's `next_arg` does.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quoted) = (None::<String>, false);
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// `word` with the value of a secret replaced.
pub(crate) fn word_redacted(word: &str) -> String {
    match word.split_once('=') {
        Some((name, value)) => format!("{name}={}", redacted(name, value)),
        None => word.to_owned(),
    }
}

/// Parameters before `--`; what follows is for process 1 (the kernel's `admin-guide/kernel-parameters`).
///
/// The kernel takes `-` and `_` in a name as the same, so a name with `-` is also entered with `_`, in its turn.
pub(crate) fn parse(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut params: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for word in words(text) {
        if word == "--" {
            break;
        }
        let (name, value) = word.split_once('=').unwrap_or((&word, ""));
        if name.is_empty() {
            continue;
        }
        let value = redacted(name, value);
        if name.contains('-') {
            params.entry(name.replace('-', "_")).or_default().push(value.to_owned());
        }
        params.entry(name.to_owned()).or_default().push(value.to_owned());
    }
    params
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parameters() {
        for (text, want, why) in [
            ("quiet audit=1\n", vec![("audit", vec!["1"]), ("quiet", vec![""])], "flags and values"),
            ("console=tty0 console=ttyS0", vec![("console", vec!["tty0", "ttyS0"])], "repeated, in order"),
            ("a=\"b c\" \"d=e f\"", vec![("a", vec!["b c"]), ("d", vec!["e f"])], "quotes keep blanks"),
            ("a=1 -- b=2", vec![("a", vec!["1"])], "what follows `--` is not the kernel's"),
            ("root=UUID=x", vec![("root", vec!["UUID=x"])], "split at the first sign"),
            ("x-y=1 x_y=0", vec![("x-y", vec!["1"]), ("x_y", vec!["1", "0"])], "dash and underscore are one name"),
            ("inst.rootpw=abc", vec![("inst.rootpw", vec!["REDACTED"])], "no secret"),
            ("  =x ", vec![], "no name"),
        ] {
            let want: BTreeMap<String, Vec<String>> =
                want.into_iter().map(|(k, v)| (k.to_owned(), v.into_iter().map(str::to_owned).collect())).collect();
            assert_eq!(parse(text), want, "{text}: {why}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let params = parse(&text);
            prop_assert!(params.values().map(Vec::len).sum::<usize>() <= 2 * text.len());
        }
    }
}
