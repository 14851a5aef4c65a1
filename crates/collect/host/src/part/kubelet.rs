use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use serde_json::Value;

use crate::{
    def::{Child, ChildDef, FacetShape, Missing, shape_of, value_of},
    facet::files::PathFacts,
    host::Host,
    line::words,
    systemd::{UnitFiles, command_words, flags_of, variables_add},
    text::{REDACTED, secret_name},
};

/// A kubelet's configuration: its file, drop-ins and the flags of its unit. One resource where it is installed.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct KubeletConfig {
    /// Configuration file; null where none is named.
    pub(crate) file: Option<String>,
    /// Dotted field of KubeletConfiguration to value, flags merged over the file: `authentication.anonymous.enabled` → `false`.
    pub(crate) settings: BTreeMap<String, serde_json::Value>,
    /// Flags as written, name to value.
    pub(crate) flags: BTreeMap<String, String>,
}

/// Modes of a kubelet's files.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct KubeletFiles {
    /// Path to facts: kubelet.conf, config.yaml, unit and drop-ins, client CA, `/var/lib/kubelet/pki`.
    pub(crate) paths: BTreeMap<String, PathFacts>,
}

pub(crate) const DEF: ChildDef = ChildDef {
    kind: "host.kubelet",
    facets: &[
        FacetShape { name: "config", shape: shape_of::<KubeletConfig> },
        FacetShape { name: "files", shape: shape_of::<KubeletFiles> },
    ],
    list,
};

const MARKS: &[&str] = &["/usr/bin/kubelet", "/usr/local/bin/kubelet", "/opt/bin/kubelet", DEFAULT_FILE];
/// What kubeadm writes.
const DEFAULT_FILE: &str = "/var/lib/kubelet/config.yaml";
/// Bytes of a configuration file; real ones have some thousand.
const FILE_MAX: u64 = 256 << 10;

fn list(host: &Host) -> Result<Vec<Child>, Missing> {
    let units = UnitFiles::load(&host.root)?.unwrap_or_default();
    let mut installed = units.fragments.contains_key("kubelet.service");
    for mark in MARKS {
        installed = installed || host.root.exists(mark)?;
    }
    if !installed {
        return Ok(Vec::new());
    }
    let config = config(host, &units);
    let files = files(host, &units, config.as_ref().ok()).and_then(|files| value_of(&files));
    let config = config.and_then(|config| value_of(&config));
    let facets = BTreeMap::from([("config", config), ("files", files)]);
    Ok(vec![Child { name: "kubelet".into(), facets, edges: Vec::new() }])
}

fn config(host: &Host, units: &UnitFiles) -> Result<KubeletConfig, Missing> {
    let mut flag_words = Vec::new();
    let unit = units.settings(&host.root, "kubelet.service")?;
    if let Some((lines, _)) = &unit {
        flag_words = command_words(&host.root, lines, "kubelet")?;
    } else {
        // Without a unit kubeadm's file is the best that is known.
        let mut variables = BTreeMap::new();
        variables_add(&host.root.read_text("/var/lib/kubelet/kubeadm-flags.env")?.unwrap_or_default(), &mut variables);
        variables_add(&host.root.read_text("/etc/default/kubelet")?.unwrap_or_default(), &mut variables);
        for value in variables.values() {
            flag_words.extend(words(value, false).unwrap_or_default());
        }
    }
    let flags = flags_of(&flag_words, &[]);
    let named = flags.iter().rfind(|(name, _)| name == "config").map(|(_, file)| file.clone());
    let file = match named {
        Some(file) => Some(file),
        None if unit.is_none() && host.root.exists(DEFAULT_FILE)? => Some(DEFAULT_FILE.to_owned()),
        None => None,
    };
    let mut out = KubeletConfig { file: file.clone(), ..KubeletConfig::default() };
    let mut sources: Vec<String> = file.into_iter().collect();
    if let Some((_, dir)) = flags.iter().rfind(|(name, _)| name == "config-dir") {
        sources.extend(host.root.list_suffix(dir, ".conf")?);
    }
    for source in sources {
        let Some(bytes) = host.root.read(&source, FILE_MAX)? else {
            return Err(Missing::failed(format!("`{source}` does not exist, but the kubelet is told to read it")));
        };
        settings_add(&String::from_utf8_lossy(&bytes), &mut out.settings)
            .map_err(|error| Missing::failed(format!("`{source}` {error}")))?;
    }
    for (name, value) in flags {
        flag_add(&name, &value, &mut out.settings);
        let value = if secret_name(&name) && !value.starts_with('/') { REDACTED.to_owned() } else { value };
        out.flags.insert(name, value);
    }
    Ok(out)
}

/// Adds the fields of a KubeletConfiguration in YAML, maps as dotted names.
///
/// An alias is refused: a few of them make a document of any size, and no such file has one.
pub(crate) fn settings_add(text: &str, settings: &mut BTreeMap<String, Value>) -> Result<(), String> {
    if has_alias(text) {
        return Err("uses an alias of YAML, which is not understood".into());
    }
    if nests_deeply(text) {
        return Err("nests brackets too deeply".into());
    }
    let value: Value = serde_yaml_ng::from_str(text).map_err(|_| "is not YAML".to_owned())?;
    let Value::Object(map) = value else { return Err("is not a KubeletConfiguration".into()) };
    flatten("", map, settings, 0);
    Ok(())
}

/// Whether more than 64 brackets are open at once, wherever they stand: the reader of YAML takes the square of their number.
fn nests_deeply(text: &str) -> bool {
    let mut open = 0_u32;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > 64
    })
}

/// Whether `*name` stands where a value may: after a blank, a hyphen, a comma, a bracket or a colon.
fn has_alias(text: &str) -> bool {
    let mut before = '\n';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let name =
            chars.peek().is_some_and(|next| !next.is_whitespace() && !matches!(next, '"' | '\'' | ',' | ']' | '}'));
        if c == '*' && name && (before.is_whitespace() || matches!(before, '-' | ',' | '[' | '{' | ':')) {
            return true;
        }
        before = c;
    }
    false
}

fn flatten(prefix: &str, map: serde_json::Map<String, Value>, settings: &mut BTreeMap<String, Value>, depth: u32) {
    for (name, value) in map {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            // Headers may carry a password.
            Value::Object(_) if name == "staticPodURLHeader" || depth > 32 => {
                settings.insert(key, Value::String(REDACTED.into()));
            }
            Value::Object(map) if !map.is_empty() => flatten(&key, map, settings, depth + 1),
            // An empty field is the default.
            Value::Null => {}
            other => {
                settings.insert(key, other);
            }
        }
    }
}

/// Flags of kubelet(1) that have a field of the configuration of another name than their own in camel case.
const FLAGS: &[(&str, &str)] = &[
    ("anonymous-auth", "authentication.anonymous.enabled"),
    ("authentication-token-webhook", "authentication.webhook.enabled"),
    ("authentication-token-webhook-cache-ttl", "authentication.webhook.cacheTTL"),
    ("authorization-mode", "authorization.mode"),
    ("authorization-webhook-cache-authorized-ttl", "authorization.webhook.cacheAuthorizedTTL"),
    ("authorization-webhook-cache-unauthorized-ttl", "authorization.webhook.cacheUnauthorizedTTL"),
    ("client-ca-file", "authentication.x509.clientCAFile"),
    ("event-qps", "eventRecordQPS"),
    ("make-iptables-util-chains", "makeIPTablesUtilChains"),
    ("pod-manifest-path", "staticPodPath"),
    ("pod-max-pids", "podPidsLimit"),
    ("rotate-server-certificates", "serverTLSBootstrap"),
    ("tls-cert-file", "tlsCertFile"),
];

/// Fields that are lists.
const LISTS: &[&str] = &["tlsCipherSuites", "allowedUnsafeSysctls", "clusterDNS", "enforceNodeAllocatable"];

/// Flags that are no fields.
const NO_FIELDS: &[&str] =
    &["config", "config-dir", "kubeconfig", "bootstrap-kubeconfig", "v", "hostname-override", "node-labels"];

/// A flag wins over the file.
fn flag_add(name: &str, value: &str, settings: &mut BTreeMap<String, Value>) {
    if NO_FIELDS.contains(&name) {
        return;
    }
    if name == "feature-gates" {
        for gate in value.split(',') {
            if let Some((gate, on)) = gate.split_once('=') {
                settings.insert(format!("featureGates.{gate}"), scalar(on));
            }
        }
        return;
    }
    let field = match FLAGS.iter().find(|(flag, _)| *flag == name) {
        Some((_, field)) => (*field).to_owned(),
        None => camel_case(name),
    };
    let value = if LISTS.contains(&field.as_str()) {
        Value::Array(value.split(',').map(|item| Value::String(item.to_owned())).collect())
    } else {
        scalar(value)
    };
    settings.insert(field, value);
}

fn scalar(text: &str) -> Value {
    match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        text => text.parse::<i64>().map_or_else(|_| Value::String(text.to_owned()), Value::from),
    }
}

/// `read-only-port` → `readOnlyPort`; the abbreviations that Kubernetes writes in capitals stay so.
fn camel_case(name: &str) -> String {
    let mut out = String::new();
    for (i, part) in name.split('-').enumerate() {
        let mut chars = part.chars();
        match (i, part, chars.next()) {
            (0, ..) => out.push_str(part),
            (_, "dns" | "qps" | "cpu" | "cfs" | "url" | "ip" | "gc" | "oom", _) => {
                out.push_str(&part.to_ascii_uppercase())
            }
            (_, _, Some(first)) => {
                out.extend(first.to_uppercase());
                out.push_str(chars.as_str());
            }
            _ => {}
        }
    }
    out
}

/// Paths that a kubelet has wherever kubeadm set it up.
const PATHS: &[&str] = &[
    "/etc/default/kubelet",
    "/etc/kubernetes",
    "/etc/kubernetes/bootstrap-kubelet.conf",
    "/etc/kubernetes/kubelet.conf",
    "/etc/kubernetes/manifests",
    "/etc/kubernetes/pki",
    "/etc/kubernetes/pki/ca.crt",
    "/var/lib/kubelet",
    DEFAULT_FILE,
    "/var/lib/kubelet/kubeadm-flags.env",
    "/var/lib/kubelet/pki",
];

fn files(host: &Host, units: &UnitFiles, config: Option<&KubeletConfig>) -> Result<KubeletFiles, Missing> {
    let mut paths: Vec<String> = PATHS.iter().map(|path| (*path).to_owned()).collect();
    if let Some(fragment) = units.fragment("kubelet.service") {
        paths.push(fragment.path().to_owned());
        paths.extend(units.drop_ins(&host.root, "kubelet.service")?);
    }
    if let Some(config) = config {
        paths.extend(config.file.clone());
        for name in ["kubeconfig", "bootstrap-kubeconfig"] {
            paths.extend(config.flags.get(name).cloned());
        }
        for field in ["authentication.x509.clientCAFile", "tlsCertFile", "tlsPrivateKeyFile", "staticPodPath"] {
            paths.extend(config.settings.get(field).and_then(Value::as_str).map(str::to_owned));
        }
    }
    let mut out = KubeletFiles::default();
    for path in paths.into_iter().filter(|path| path.starts_with('/')) {
        let facts = host.path_facts(&path)?;
        out.paths.insert(path, facts);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use casemate_estate::FacetStatus;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::root::Root;

    const UNIT: &str = "[Service]\nExecStart=/usr/bin/kubelet\n";
    const DROP_IN: &str = "[Service]\nEnvironment=\"KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml\"\n\
        EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env\nEnvironmentFile=-/etc/default/kubelet\nExecStart=\n\
        ExecStart=/usr/bin/kubelet $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS\n";
    const CONFIG: &str = "kind: KubeletConfiguration\nauthentication:\n  anonymous:\n    enabled: true\n  x509:\n    clientCAFile: /ca\n\
        readOnlyPort: 0\nclusterDNS: [10.96.0.10]\nstreamingConnectionIdleTimeout: 0s\nstaticPodURLHeader: {Authorization: [s3cret]}\n";

    fn scratch(files: &[(&str, &str)]) -> (tempfile::TempDir, Host) {
        let dir = tempfile::tempdir().unwrap();
        for (file, text) in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        (dir, host)
    }

    #[test]
    fn flags_win_over_the_file() {
        let (_dir, host) = scratch(&[
            ("usr/lib/systemd/system/kubelet.service", UNIT),
            ("usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf", DROP_IN),
            ("var/lib/kubelet/config.yaml", CONFIG),
            (
                "var/lib/kubelet/kubeadm-flags.env",
                "KUBELET_KUBEADM_ARGS=\"--read-only-port=10255 --tls-cipher-suites=A,B\"\n",
            ),
            ("etc/default/kubelet", "KUBELET_EXTRA_ARGS=--anonymous-auth=false --feature-gates=X=true\n"),
        ]);
        let got = list(&host).unwrap();
        let config = got[0].facets["config"].as_ref().unwrap();
        assert_eq!(config["file"], "/var/lib/kubelet/config.yaml");
        let settings = &config["settings"];
        for (field, want) in [
            ("authentication.anonymous.enabled", json!(false)),
            ("authentication.x509.clientCAFile", json!("/ca")),
            ("readOnlyPort", json!(10255)),
            ("tlsCipherSuites", json!(["A", "B"])),
            ("featureGates.X", json!(true)),
            ("clusterDNS", json!(["10.96.0.10"])),
            ("staticPodURLHeader", json!(REDACTED)),
        ] {
            assert_eq!(settings[field], want, "{field}");
        }
        assert_eq!(config["flags"]["read-only-port"], "10255");
        assert_eq!(got[0].facets["files"].as_ref().unwrap()["paths"]["/ca"]["exists"], false, "named, but not there");
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (text, why) in [
            ("a: &x [1]\nb: [*x, *x]\n", "aliases"),
            ("- 1\n", "a list"),
            (": : :\n\t", "not YAML"),
            (&"[".repeat(200_000), "brackets"),
        ] {
            let (_dir, host) = scratch(&[("var/lib/kubelet/config.yaml", text)]);
            let got = list(&host).unwrap();
            assert_eq!(got[0].facets["config"].as_ref().unwrap_err().status, FacetStatus::Failed, "{why}");
        }
        let (_dir, host) = scratch(&[(
            "usr/lib/systemd/system/kubelet.service",
            "[Service]\nExecStart=/usr/bin/kubelet --config /gone\n",
        )]);
        assert_eq!(
            list(&host).unwrap()[0].facets["config"].as_ref().unwrap_err().status,
            FacetStatus::Failed,
            "no such file"
        );
        assert!(list(&scratch(&[("etc/x", "")]).1).unwrap().is_empty(), "not installed");
    }

    #[test]
    fn names_of_flags_become_fields() {
        for (flag, want) in [
            ("read-only-port", "readOnlyPort"),
            ("protect-kernel-defaults", "protectKernelDefaults"),
            ("cluster-dns", "clusterDNS"),
            ("tls-private-key-file", "tlsPrivateKeyFile"),
        ] {
            assert_eq!(camel_case(flag), want);
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).*", nest in 0_usize..2000, words in "(--a|=|b| |,){0,20}") {
            for text in [text.clone(), "[".repeat(nest), "a: ".repeat(nest), "- ".repeat(nest), words] {
                let settings = settings_add(&text, &mut BTreeMap::new());
                prop_assert!(settings.is_ok() || settings.is_err());
                flag_add(&text, &text, &mut BTreeMap::new());
            }
        }
    }
}
