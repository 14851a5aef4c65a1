use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use serde_json::Value;

use crate::{
    def::{Child, ChildDef, FacetShape, Missing, shape_of, value_of},
    facet::{files::PathFacts, repositories::address_redacted},
    host::Host,
    systemd::{UnitFiles, command_words, flags_of},
    text::{IniLine, REDACTED, secret_name},
};

/// A container engine's configuration: docker, containerd, podman, crio. One resource for each that is installed.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct EngineConfig {
    /// `docker`, `containerd`, `podman`, `crio`.
    pub(crate) engine: String,
    /// Files read.
    pub(crate) files: Vec<String>,
    /// docker: `daemon.json` with the unit's `dockerd` flags merged; keys as in `daemon.json`. Proxy passwords redacted.
    /// Empty for the others.
    pub(crate) docker: BTreeMap<String, serde_json::Value>,
    /// Addresses that the API listens on: `unix:///run/docker.sock`, `tcp://0.0.0.0:2375`.
    pub(crate) hosts: Vec<String>,
    /// Registries reached without TLS.
    pub(crate) insecure_registries: Vec<String>,
    /// podman's and crio's default policy of `/etc/containers/policy.json`: `insecureAcceptAnything`, `reject`, `signedBy`; null where absent.
    pub(crate) image_policy: Option<String>,
    /// containerd: enabled CRI with its `privileged_without_host_devices` and kin, as dotted key → text.
    pub(crate) settings: BTreeMap<String, String>,
}

/// Modes of an engine's files and sockets.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct EngineFiles {
    /// Path to facts: units, sockets, `/etc/docker`, certificates, `/var/lib/docker`.
    pub(crate) paths: BTreeMap<String, PathFacts>,
    /// Members of the `docker` group; null where there is none.
    pub(crate) group_members: Option<Vec<String>>,
}

pub(crate) const DEF: ChildDef = ChildDef {
    kind: "host.container_engine",
    facets: &[
        FacetShape { name: "config", shape: shape_of::<EngineConfig> },
        FacetShape { name: "files", shape: shape_of::<EngineFiles> },
    ],
    list,
};

/// Programs and files whose presence means that an engine is installed.
const ENGINES: &[(&str, &[&str])] = &[
    ("docker", &["/usr/bin/dockerd", "/usr/sbin/dockerd", "/usr/local/bin/dockerd", "/etc/docker/daemon.json"]),
    ("containerd", &["/usr/bin/containerd", "/usr/local/bin/containerd", "/etc/containerd/config.toml"]),
    ("podman", &["/usr/bin/podman", "/usr/local/bin/podman"]),
    ("crio", &["/usr/bin/crio", "/usr/local/bin/crio", "/etc/crio/crio.conf"]),
];

/// Settings of one engine that are kept.
const SETTINGS_MAX: usize = 10_000;

fn list(host: &Host) -> Result<Vec<Child>, Missing> {
    let units = UnitFiles::load(&host.root)?.unwrap_or_default();
    let mut children = Vec::new();
    for (engine, marks) in ENGINES {
        let mut installed = units.fragments.contains_key(&format!("{engine}.service"));
        for mark in *marks {
            installed = installed || host.root.exists(mark)?;
        }
        if !installed {
            continue;
        }
        let config = match *engine {
            "docker" => docker(host, &units),
            "containerd" => containerd(host),
            "podman" => podman(host),
            _ => crio(host),
        };
        // The certificates that the configuration names are files of the engine too.
        let named = config.as_ref().map(|config| named_files(&config.docker)).unwrap_or_default();
        children.push(Child {
            name: (*engine).to_owned(),
            facets: BTreeMap::from([
                ("config", config.and_then(|config| value_of(&config))),
                ("files", files(host, &units, engine, named).and_then(|files| value_of(&files))),
            ]),
            edges: Vec::new(),
        });
    }
    Ok(children)
}

/// Flags of dockerd(8) whose name in `daemon.json` is another, all of them lists.
const DOCKER_LISTS: &[(&str, &str)] = &[
    ("authorization-plugin", "authorization-plugins"),
    ("dns", "dns"),
    ("dns-opt", "dns-opts"),
    ("dns-search", "dns-search"),
    ("exec-opt", "exec-opts"),
    ("host", "hosts"),
    ("insecure-registry", "insecure-registries"),
    ("label", "labels"),
    ("registry-mirror", "registry-mirrors"),
    ("storage-opt", "storage-opts"),
];

fn docker(host: &Host, units: &UnitFiles) -> Result<EngineConfig, Missing> {
    let mut config = EngineConfig { engine: "docker".into(), ..EngineConfig::default() };
    let mut words = Vec::new();
    if let Some((lines, files)) = units.settings(&host.root, "docker.service")? {
        words = command_words(&host.root, &lines, "dockerd")?;
        config.files.extend(files);
    }
    let flags = flags_of(
        &words,
        &[
            ("H", "host"),
            ("D", "debug"),
            ("l", "log-level"),
            ("g", "data-root"),
            ("s", "storage-driver"),
            ("p", "pidfile"),
        ],
    );
    let file =
        flags.iter().rfind(|(name, _)| name == "config-file").map_or("/etc/docker/daemon.json", |(_, file)| file);
    if let Some(text) = host.root.read_text(file)? {
        config.files.push(file.to_owned());
        config.docker = daemon_json(&text).ok_or_else(|| Missing::failed(format!("`{file}` is not a JSON object")))?;
    }
    docker_flags_add(&flags, &mut config.docker);
    redact_map(&mut config.docker);
    config.hosts = strings(config.docker.get("hosts"));
    if config.hosts.is_empty() {
        config.hosts.push("unix:///var/run/docker.sock".into());
    }
    if config.hosts.iter().any(|name| name.starts_with("fd://"))
        && let Some((lines, files)) = units.settings(&host.root, "docker.socket")?
    {
        config.hosts.extend(socket_hosts(&lines));
        config.files.extend(files);
    }
    config.insecure_registries = strings(config.docker.get("insecure-registries"));
    Ok(config)
}

/// Addresses of TCP that a socket unit hands over (systemd.socket(5), `ListenStream=`): a port, `ADDRESS:PORT`,
/// `[ADDRESS]:PORT`. An empty value takes back those before it.
fn socket_hosts(lines: &[IniLine]) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines.iter().filter(|line| line.section == "Socket" && line.key == "ListenStream") {
        let value = line.value.trim();
        if value.is_empty() {
            out.clear();
        } else if value.bytes().all(|b| b.is_ascii_digit()) {
            out.push(format!("tcp://0.0.0.0:{value}"));
        } else if !value.starts_with(['/', '@', '%']) && value.contains(':') && !value.starts_with("vsock:") {
            out.push(format!("tcp://{value}"));
        }
    }
    out
}

/// `daemon.json`: one object.
pub(crate) fn daemon_json(text: &str) -> Option<BTreeMap<String, Value>> {
    // An empty file is no configuration.
    if text.trim().is_empty() {
        return Some(BTreeMap::new());
    }
    serde_json::from_str(text).ok()
}

/// Flags over the file's keys. A flag that the file has too stops dockerd, but a list is the sum of both.
fn docker_flags_add(flags: &[(String, String)], docker: &mut BTreeMap<String, Value>) {
    for (name, value) in flags {
        if let Some((_, key)) = DOCKER_LISTS.iter().find(|(flag, _)| flag == name) {
            let list = docker.entry((*key).to_owned()).or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(items) = list {
                items.push(Value::String(value.clone()));
            }
        } else if matches!(name.as_str(), "log-opt" | "default-ulimit" | "add-runtime") {
            let key = if name == "log-opt" {
                "log-opts"
            } else if name == "add-runtime" {
                "runtimes"
            } else {
                "default-ulimits"
            };
            let map = docker.entry(key.to_owned()).or_insert_with(|| Value::Object(serde_json::Map::new()));
            if let (Value::Object(map), Some((option, value))) = (map, value.split_once('=')) {
                map.insert(option.to_owned(), Value::String(value.to_owned()));
            }
        } else {
            docker.insert(
                name.clone(),
                match value.as_str() {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    text => text.parse::<i64>().map_or_else(|_| Value::String(text.to_owned()), Value::from),
                },
            );
        }
    }
}

fn redact_map(map: &mut BTreeMap<String, Value>) {
    for (name, value) in map {
        redact(name, value, 0);
    }
}

/// Takes out what a name calls secret, and passwords in addresses. What is nested too deep goes whole.
fn redact(name: &str, value: &mut Value, depth: u32) {
    match value {
        Value::String(text) if secret_name(name) && !path_like(name) => REDACTED.clone_into(text),
        Value::String(text) => *text = address_redacted(text),
        Value::Array(items) if depth < 32 => items.iter_mut().for_each(|item| redact(name, item, depth + 1)),
        Value::Object(map) if depth < 32 => map.iter_mut().for_each(|(name, item)| redact(name, item, depth + 1)),
        Value::Array(_) | Value::Object(_) => *value = Value::String(REDACTED.into()),
        _ => {}
    }
}

/// `tlskey` and its kin name a file, not a key.
fn path_like(name: &str) -> bool {
    matches!(name, "tlskey" | "tlscert" | "tlscacert")
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let items = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Files that `daemon.json` names.
fn named_files(docker: &BTreeMap<String, Value>) -> Vec<String> {
    let path =
        |key: &&str| docker.get(*key).and_then(Value::as_str).filter(|path| path.starts_with('/')).map(str::to_owned);
    ["tlscacert", "tlscert", "tlskey", "data-root"].iter().filter_map(path).collect()
}

/// A TOML file as dotted key to text: lists as JSON, secrets redacted.
pub(crate) fn toml_settings(text: &str, settings: &mut BTreeMap<String, String>) -> Option<toml::Table> {
    let table: toml::Table = text.parse().ok()?;
    flatten("", &table, settings, 0);
    Some(table)
}

fn flatten(prefix: &str, table: &toml::Table, settings: &mut BTreeMap<String, String>, depth: u32) {
    for (name, value) in table {
        if settings.len() >= SETTINGS_MAX || depth > 32 {
            return;
        }
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        let text = match value {
            toml::Value::Table(table) => {
                flatten(&key, table, settings, depth + 1);
                continue;
            }
            _ if secret_name(name) || matches!(name.as_str(), "auth" | "identitytoken" | "env") => REDACTED.to_owned(),
            toml::Value::String(text) => address_redacted(text),
            other => {
                let mut json = serde_json::to_value(other).unwrap_or_default();
                redact(name, &mut json, 0);
                json.to_string()
            }
        };
        settings.insert(key, text);
    }
}

/// Adds a TOML file to the settings; what it holds.
fn toml_add(host: &Host, file: &str, config: &mut EngineConfig) -> Result<Option<toml::Table>, Missing> {
    let Some(text) = host.root.read_text(file)? else { return Ok(None) };
    config.files.push(file.to_owned());
    let table = toml_settings(&text, &mut config.settings);
    table.map(Some).ok_or_else(|| Missing::failed(format!("`{file}` is not TOML")))
}

fn at<'a>(table: &'a toml::Table, path: &[&str]) -> Option<&'a toml::Value> {
    let (last, above) = path.split_last()?;
    let mut table = table;
    for name in above {
        table = table.get(*name)?.as_table()?;
    }
    table.get(*last)
}

fn containerd(host: &Host) -> Result<EngineConfig, Missing> {
    let mut config = EngineConfig { engine: "containerd".into(), ..EngineConfig::default() };
    let mut files = vec!["/etc/containerd/config.toml".to_owned()];
    files.extend(host.root.list_suffix("/etc/containerd/conf.d", ".toml")?);
    let mut address = "/run/containerd/containerd.sock".to_owned();
    for file in files {
        let Some(table) = toml_add(host, &file, &mut config)? else { continue };
        if let Some(path) = at(&table, &["grpc", "address"]).and_then(toml::Value::as_str) {
            path.clone_into(&mut address);
        }
        if let Some(tcp) =
            at(&table, &["grpc", "tcp_address"]).and_then(toml::Value::as_str).filter(|tcp| !tcp.is_empty())
        {
            config.hosts.push(format!("tcp://{tcp}"));
        }
        for plugin in ["io.containerd.grpc.v1.cri", "io.containerd.cri.v1.images"] {
            registries_insecure(&table, plugin, &mut config.insecure_registries);
        }
    }
    for entry in host.root.list("/etc/containerd/certs.d")?.unwrap_or_default() {
        let file = format!("/etc/containerd/certs.d/{}/hosts.toml", entry.name);
        if let Some(text) = host.root.read_text(&file)? {
            config.files.push(file.clone());
            let table = toml_settings(&text, &mut BTreeMap::new());
            let table = table.ok_or_else(|| Missing::failed(format!("`{file}` is not TOML")))?;
            if hosts_toml_insecure(&table) {
                config.insecure_registries.push(entry.name);
            }
        }
    }
    config.hosts.insert(0, format!("unix://{address}"));
    config.insecure_registries.sort();
    config.insecure_registries.dedup();
    Ok(config)
}

/// `registry.configs.HOST.tls.insecure_skip_verify` and mirrors over plain HTTP.
fn registries_insecure(table: &toml::Table, plugin: &str, out: &mut Vec<String>) {
    if let Some(configs) = at(table, &["plugins", plugin, "registry", "configs"]).and_then(toml::Value::as_table) {
        for (host, config) in configs {
            let skip = config.as_table().and_then(|config| at(config, &["tls", "insecure_skip_verify"]));
            if skip.and_then(toml::Value::as_bool) == Some(true) {
                out.push(host.clone());
            }
        }
    }
    if let Some(mirrors) = at(table, &["plugins", plugin, "registry", "mirrors"]).and_then(toml::Value::as_table) {
        for (host, mirror) in mirrors {
            let endpoints =
                mirror.get("endpoint").and_then(toml::Value::as_array).map(Vec::as_slice).unwrap_or_default();
            if endpoints.iter().any(|endpoint| endpoint.as_str().is_some_and(|e| e.starts_with("http://"))) {
                out.push(host.clone());
            }
        }
    }
}

/// `hosts.toml` of a registry: `skip_verify = true`, or a server over plain HTTP.
fn hosts_toml_insecure(table: &toml::Table) -> bool {
    let insecure = |table: &toml::Table| table.get("skip_verify").and_then(toml::Value::as_bool) == Some(true);
    let plain = |address: &str| address.starts_with("http://");
    let hosts = table.get("host").and_then(toml::Value::as_table);
    insecure(table)
        || table.get("server").and_then(toml::Value::as_str).is_some_and(plain)
        || hosts.into_iter().flatten().any(|(name, host)| plain(name) || host.as_table().is_some_and(insecure))
}

fn podman(host: &Host) -> Result<EngineConfig, Missing> {
    let mut config = EngineConfig { engine: "podman".into(), ..EngineConfig::default() };
    let mut files =
        vec!["/usr/share/containers/containers.conf".to_owned(), "/etc/containers/containers.conf".to_owned()];
    files.extend(host.root.list_suffix("/etc/containers/containers.conf.d", ".conf")?);
    for file in files {
        toml_add(host, &file, &mut config)?;
    }
    registries_conf(host, &mut config)?;
    config.image_policy = image_policy(host, &mut config.files)?;
    Ok(config)
}

/// containers-registries.conf(5), both versions.
fn registries_conf(host: &Host, config: &mut EngineConfig) -> Result<(), Missing> {
    let mut files = vec!["/etc/containers/registries.conf".to_owned()];
    files.extend(host.root.list_suffix("/etc/containers/registries.conf.d", ".conf")?);
    for file in files {
        let Some(text) = host.root.read_text(&file)? else { continue };
        let insecure =
            registries_conf_insecure(&text).ok_or_else(|| Missing::failed(format!("`{file}` is not TOML")))?;
        config.files.push(file);
        config.insecure_registries.extend(insecure);
    }
    config.insecure_registries.sort();
    config.insecure_registries.dedup();
    Ok(())
}

/// Registries and mirrors that one file calls insecure.
pub(crate) fn registries_conf_insecure(text: &str) -> Option<Vec<String>> {
    let table: toml::Table = text.parse().ok()?;
    let mut out = Vec::new();
    let mut add = |entry: &toml::Value, name: Option<&str>| {
        if entry.get("insecure").and_then(toml::Value::as_bool) == Some(true) {
            let own = ["prefix", "location"].iter().find_map(|key| entry.get(*key).and_then(toml::Value::as_str));
            out.extend(own.or(name).map(str::to_owned));
        }
    };
    for registry in table.get("registry").and_then(toml::Value::as_array).into_iter().flatten() {
        add(registry, None);
        for mirror in registry.get("mirror").and_then(toml::Value::as_array).into_iter().flatten() {
            add(mirror, None);
        }
    }
    if let Some(old) = at(&table, &["registries", "insecure", "registries"]).and_then(toml::Value::as_array) {
        out.extend(old.iter().filter_map(toml::Value::as_str).map(str::to_owned));
    }
    Some(out)
}

/// The default of containers-policy.json(5). An image must meet every requirement of the list, so the strictest names it.
fn image_policy(host: &Host, files: &mut Vec<String>) -> Result<Option<String>, Missing> {
    let file = "/etc/containers/policy.json";
    let Some(text) = host.root.read_text(file)? else { return Ok(None) };
    files.push(file.to_owned());
    let types = policy_types(&text).ok_or_else(|| Missing::failed(format!("`{file}` is not a policy")))?;
    let strict = types.iter().find(|kind| *kind != "insecureAcceptAnything");
    Ok(strict.or(types.first()).cloned())
}

/// Types of the default requirements.
pub(crate) fn policy_types(text: &str) -> Option<Vec<String>> {
    let value: Value = serde_json::from_str(text).ok()?;
    let list = value.get("default")?.as_array()?;
    list.iter().map(|entry| entry.get("type")?.as_str().map(str::to_owned)).collect()
}

fn crio(host: &Host) -> Result<EngineConfig, Missing> {
    let mut config = EngineConfig { engine: "crio".into(), ..EngineConfig::default() };
    let mut files = vec!["/etc/crio/crio.conf".to_owned()];
    files.extend(host.root.list_suffix("/etc/crio/crio.conf.d", "")?);
    let mut listen = "/var/run/crio/crio.sock".to_owned();
    for file in files {
        let Some(table) = toml_add(host, &file, &mut config)? else { continue };
        if let Some(path) = at(&table, &["crio", "api", "listen"]).and_then(toml::Value::as_str) {
            path.clone_into(&mut listen);
        }
        if let Some(list) = at(&table, &["crio", "image", "insecure_registries"]).and_then(toml::Value::as_array) {
            config.insecure_registries = list.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect();
        }
    }
    config.hosts.push(format!("unix://{listen}"));
    registries_conf(host, &mut config)?;
    config.image_policy = image_policy(host, &mut config.files)?;
    Ok(config)
}

/// Paths of an engine beside its units.
const PATHS: &[(&str, &[&str])] = &[
    (
        "docker",
        &[
            "/etc/default/docker",
            "/etc/docker",
            "/etc/docker/certs.d",
            "/etc/docker/daemon.json",
            "/etc/sysconfig/docker",
            "/run/containerd/containerd.sock",
            "/run/docker.sock",
            "/var/lib/docker",
        ],
    ),
    (
        "containerd",
        &["/etc/containerd", "/etc/containerd/config.toml", "/run/containerd/containerd.sock", "/var/lib/containerd"],
    ),
    (
        "podman",
        &[
            "/etc/containers",
            "/etc/containers/containers.conf",
            "/etc/containers/policy.json",
            "/etc/containers/registries.conf",
            "/run/podman/podman.sock",
            "/var/lib/containers",
        ],
    ),
    (
        "crio",
        &[
            "/etc/containers/policy.json",
            "/etc/crio",
            "/etc/crio/crio.conf",
            "/run/crio/crio.sock",
            "/var/lib/containers",
        ],
    ),
];

fn files(host: &Host, units: &UnitFiles, engine: &str, named: Vec<String>) -> Result<EngineFiles, Missing> {
    let mut paths: Vec<String> = named;
    for (name, list) in PATHS {
        if *name == engine {
            paths.extend(list.iter().map(|path| (*path).to_owned()));
        }
    }
    for unit in [format!("{engine}.service"), format!("{engine}.socket")] {
        if let Some(fragment) = units.fragment(&unit) {
            paths.push(fragment.path().to_owned());
            paths.extend(units.drop_ins(&host.root, &unit)?);
        }
    }
    let mut out = EngineFiles::default();
    for path in paths {
        let facts = host.path_facts(&path)?;
        out.paths.insert(path, facts);
    }
    if engine == "docker" {
        let groups = host.root.read_text("/etc/group")?.unwrap_or_default();
        let users = host.root.read_text("/etc/passwd")?.unwrap_or_default();
        out.group_members = group_members(&groups, &users, "docker");
    }
    Ok(out)
}

/// Members of a group: those of its line, and users whose first group it is.
fn group_members(groups: &str, users: &str, group: &str) -> Option<Vec<String>> {
    let line: Vec<&str> =
        groups.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|f| f.first() == Some(&group))?;
    let id = line.get(2).copied().unwrap_or_default();
    let mut members: Vec<String> = line
        .get(3)
        .unwrap_or(&"")
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    for user in users.lines() {
        let mut fields = user.split(':');
        if let (Some(name), Some(gid)) = (fields.next(), fields.nth(2))
            && gid == id
        {
            members.push(name.to_owned());
        }
    }
    members.sort();
    members.dedup();
    Some(members)
}

#[cfg(test)]
mod tests {
    use casemate_estate::FacetStatus;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::root::Root;

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
    fn addresses_of_the_socket_unit() {
        for (text, want, why) in [
            ("ListenStream=/run/docker.sock", vec![], "a path"),
            ("ListenStream=2375", vec!["tcp://0.0.0.0:2375"], "a port"),
            ("ListenStream=[::]:2375", vec!["tcp://[::]:2375"], "IPv6"),
            ("ListenStream=127.0.0.1:2375", vec!["tcp://127.0.0.1:2375"], "an address"),
            ("ListenStream=2375\nListenStream=\nListenStream=@x", vec![], "taken back; abstract"),
            ("ListenStream=vsock:2:1", vec![], "no TCP"),
        ] {
            let (lines, _) = crate::text::ini(&format!("[Socket]\n{text}\n"));
            assert_eq!(socket_hosts(&lines), want, "{why}");
        }
        let (_dir, host) = scratch(&[
            ("usr/lib/systemd/system/docker.service", "[Service]\nExecStart=/usr/bin/dockerd -H fd://\n"),
            ("usr/lib/systemd/system/docker.socket", "[Socket]\nListenStream=/run/docker.sock\n"),
            ("etc/systemd/system/docker.socket.d/tcp.conf", "[Socket]\nListenStream=2375\n"),
            ("etc/docker/daemon.json", "{}"),
        ]);
        let got = list(&host).unwrap();
        assert_eq!(got[0].facets["config"].as_ref().unwrap()["hosts"], json!(["fd://", "tcp://0.0.0.0:2375"]));
    }

    #[test]
    fn docker_merges_file_and_flags() {
        let unit = "[Service]\nEnvironmentFile=-/etc/default/docker\nExecStart=/usr/bin/dockerd -H fd:// --icc=false --live-restore $DOCKER_OPTS\n";
        let (_dir, host) = scratch(&[
            ("usr/lib/systemd/system/docker.service", unit),
            ("etc/default/docker", "# x\nDOCKER_OPTS=\"--insecure-registry r:5000 -H tcp://0.0.0.0:2375\"\n"),
            (
                "etc/docker/daemon.json",
                r#"{"log-opts":{"splunk-token":"s3cret"},"proxies":{"http-proxy":"http://u:p@x"},"insecure-registries":["a"],"tlskey":"/k"}"#,
            ),
            ("etc/group", "docker:x:99:ann\n"),
            ("etc/passwd", "bob:x:1:99::/:\n"),
        ]);
        let got = list(&host).unwrap();
        let config = got[0].facets["config"].as_ref().unwrap();
        assert_eq!(config["hosts"], json!(["fd://", "tcp://0.0.0.0:2375"]));
        assert_eq!(config["insecure_registries"], json!(["a", "r:5000"]), "file and flags");
        assert_eq!((&config["docker"]["icc"], &config["docker"]["live-restore"]), (&json!(false), &json!(true)));
        assert_eq!(config["docker"]["log-opts"]["splunk-token"], REDACTED);
        assert_eq!(config["docker"]["proxies"]["http-proxy"], "http://***@x");
        let files = got[0].facets["files"].as_ref().unwrap();
        assert_eq!(files["group_members"], json!(["ann", "bob"]));
        assert_eq!(files["paths"]["/k"]["exists"], false, "a file that the configuration names");
        assert_eq!(files["paths"]["/etc/docker/daemon.json"]["exists"], true);
    }

    #[test]
    fn a_broken_file_is_not_an_empty_one() {
        for (file, text) in
            [("etc/docker/daemon.json", "{"), ("etc/docker/daemon.json", "[]"), ("etc/containerd/config.toml", "= 1")]
        {
            let (_dir, host) = scratch(&[(file, text)]);
            let got = list(&host).unwrap();
            assert_eq!(got[0].facets["config"].as_ref().unwrap_err().status, FacetStatus::Failed, "{file}: {text}");
            assert!(got[0].facets["files"].is_ok(), "the other facet stands");
        }
    }

    #[test]
    fn containerd_podman_and_crio() {
        let (_dir, host) = scratch(&[
            (
                "etc/containerd/config.toml",
                "version = 2\n[grpc]\ntcp_address = '0.0.0.0:1'\n[plugins.'io.containerd.grpc.v1.cri']\nprivileged_without_host_devices = true\n\
                 [plugins.'io.containerd.grpc.v1.cri'.registry.configs.'r:5000'.tls]\ninsecure_skip_verify = true\n\
                 [plugins.'io.containerd.grpc.v1.cri'.registry.configs.'r:5000'.auth]\npassword = 's3cret'\n",
            ),
            ("etc/containerd/certs.d/q/hosts.toml", "[host.'https://q']\nskip_verify = true\n"),
            ("usr/bin/podman", ""),
            ("usr/bin/crio", ""),
            (
                "etc/containers/registries.conf",
                "[[registry]]\nlocation = 'x:1'\ninsecure = true\n[[registry.mirror]]\nlocation = 'm'\ninsecure = true\n",
            ),
            ("etc/containers/policy.json", r#"{"default":[{"type":"insecureAcceptAnything"}]}"#),
            ("etc/crio/crio.conf", "[crio.image]\ninsecure_registries = ['z']\n"),
        ]);
        let got = list(&host).unwrap();
        let config =
            |name: &str| got.iter().find(|child| child.name == name).unwrap().facets["config"].clone().unwrap();
        let containerd = config("containerd");
        assert_eq!(containerd["hosts"], json!(["unix:///run/containerd/containerd.sock", "tcp://0.0.0.0:1"]));
        assert_eq!(containerd["insecure_registries"], json!(["q", "r:5000"]));
        assert_eq!(containerd["settings"]["plugins.io.containerd.grpc.v1.cri.privileged_without_host_devices"], "true");
        assert!(!containerd.to_string().contains("s3cret"));
        assert_eq!(config("podman")["insecure_registries"], json!(["m", "x:1"]));
        assert_eq!(config("podman")["image_policy"], "insecureAcceptAnything");
        assert_eq!(config("crio")["insecure_registries"], json!(["m", "x:1", "z"]));
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).*", nest in 0_usize..2000) {
            for text in [text.clone(), "[".repeat(nest), format!("a={}", "[".repeat(nest)), "{\"a\":".repeat(nest)] {
                daemon_json(&text);
                toml_settings(&text, &mut BTreeMap::new());
                registries_conf_insecure(&text);
                policy_types(&text);
            }
            group_members(&text, &text, "docker");
        }
    }
}
