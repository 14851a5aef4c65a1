use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use casemate_estate::EdgeKind;
use serde_json::json;

use crate::{
    def::{Child, ChildDef, ChildEdge, FacetShape, Missing, shape_of, value_of},
    facet::{files::FileFacts, listeners, listeners::Listener, units_active},
    host::Host,
    line::words,
    root::ReadError,
    systemd::{UnitFiles, instance_of},
    text::IniLine,
};

/// A service as its unit files state it (drop-ins applied). One resource for each enabled or active service.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct UnitService {
    /// The fragment file.
    pub(crate) file: String,
    /// As in the host's `units`.
    pub(crate) state: String,
    /// `User=`; null means root.
    pub(crate) user: Option<String>,
    /// `DynamicUser=`.
    pub(crate) dynamic_user: bool,
    /// First words of `ExecStart=` and its kin, without prefixes (`-`, `+`, `!`, `@`, `:`).
    pub(crate) executables: Vec<UnitExecutable>,
    /// Lower-case directive to value, of the sandbox: `nonewprivileges`, `protectsystem`, `privatetmp`, `capabilityboundingset` …
    pub(crate) sandbox: BTreeMap<String, String>,
    /// Unit file and drop-ins with modes.
    pub(crate) files: Vec<FileFacts>,
    /// The service listens (live: from its cgroup's sockets; else a `.socket` unit of its name); null where it cannot be told.
    pub(crate) listens: Option<bool>,
}

/// A program that a unit starts.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct UnitExecutable {
    /// Path.
    pub(crate) path: String,
    /// Whether it exists.
    pub(crate) exists: bool,
    /// Somebody other than root may write it or a directory above it.
    pub(crate) writable: bool,
}

pub(crate) const DEF: ChildDef =
    ChildDef { kind: "host.unit", facets: &[FacetShape { name: "service", shape: shape_of::<UnitService> }], list };

/// Directives of systemd.exec(5) and systemd.resource-control(5) that bound what a service may do.
const SANDBOX: &[&str] = &[
    "ambientcapabilities",
    "capabilityboundingset",
    "devicepolicy",
    "inaccessiblepaths",
    "ipaddressallow",
    "ipaddressdeny",
    "keyringmode",
    "lockpersonality",
    "memorydenywriteexecute",
    "nonewprivileges",
    "privatedevices",
    "privateipc",
    "privatemounts",
    "privatenetwork",
    "privatetmp",
    "privateusers",
    "procsubset",
    "protectclock",
    "protectcontrolgroups",
    "protecthome",
    "protecthostname",
    "protectkernellogs",
    "protectkernelmodules",
    "protectkerneltunables",
    "protectproc",
    "protectsystem",
    "readonlypaths",
    "readwritepaths",
    "removeipc",
    "restrictaddressfamilies",
    "restrictfilesystems",
    "restrictnamespaces",
    "restrictrealtime",
    "restrictsuidsgid",
    "rootdirectory",
    "rootimage",
    "securebits",
    "supplementarygroups",
    "systemcallarchitectures",
    "systemcallfilter",
    "umask",
];

/// Those that add up over several lines; an empty value starts anew.
const LISTS: &[&str] = &[
    "ambientcapabilities",
    "capabilityboundingset",
    "inaccessiblepaths",
    "ipaddressallow",
    "ipaddressdeny",
    "readonlypaths",
    "readwritepaths",
    "restrictaddressfamilies",
    "restrictfilesystems",
    "supplementarygroups",
    "systemcallarchitectures",
    "systemcallfilter",
];

fn list(host: &Host) -> Result<Vec<Child>, Missing> {
    let root = &host.root;
    let Some(files) = UnitFiles::load(root)? else { return Ok(Vec::new()) };
    let mut active: Vec<String> = Vec::new();
    let mut sockets: Option<Vec<Listener>> = None;
    if host.is_live() {
        match units_active::collect(host) {
            Ok(units) => active = units.active,
            // Where systemd does not run, nothing of it is active.
            Err(missing) if missing.status == casemate_estate::FacetStatus::Unsupported => {}
            Err(missing) => return Err(missing),
        }
        sockets = listeners::collect(host).ok().map(|listeners| listeners.sockets);
    }
    let mut children = Vec::new();
    for name in files.names() {
        if !name.ends_with(".service") || name.contains("@.") {
            continue;
        }
        let state = files.state(root, name)?;
        if !matches!(state, "enabled" | "generated") && !active.iter().any(|unit| unit == name) {
            continue;
        }
        children.extend(child(host, &files, name, state, sockets.as_deref())?);
    }
    // Instances of templates that something else than a link started.
    for name in active.iter().filter(|name| name.ends_with(".service") && !files.names().contains(name.as_str())) {
        let state = files.state(root, name)?;
        children.extend(child(host, &files, name, state, sockets.as_deref())?);
    }
    Ok(children)
}

fn child(
    host: &Host,
    files: &UnitFiles,
    name: &str,
    state: &str,
    sockets: Option<&[Listener]>,
) -> Result<Option<Child>, Missing> {
    let Some((lines, paths)) = files.settings(&host.root, name)? else { return Ok(None) };
    let mut service = service_of(&lines, name);
    service.state = state.to_owned();
    service.file = paths.first().cloned().unwrap_or_default();
    for path in &paths {
        if let Some(meta) = host.root.stat(path)? {
            service.files.push(host.file_facts(path, &meta));
        }
    }
    for executable in &mut service.executables {
        executable_look(host, executable)?;
    }
    let socket = format!("{}.socket", name.strip_suffix(".service").unwrap_or(name));
    let by_socket = files.fragments.contains_key(&socket)
        && matches!(files.state(&host.root, &socket)?, "enabled" | "static" | "generated");
    service.listens = match sockets {
        _ if by_socket => Some(true),
        Some(sockets) if sockets.iter().any(|socket| socket.unit.as_deref() == Some(name)) => Some(true),
        // Only where every owner is known can a service be said not to listen.
        Some(sockets) if sockets.iter().all(|socket| socket.unit.is_some()) && !sockets.is_empty() => Some(false),
        _ => None,
    };
    let user = match &service.user {
        Some(user) => user.parse().ok().and_then(|uid| host.user_name(uid)).unwrap_or(user).to_owned(),
        None => "root".to_owned(),
    };
    let mut edges = Vec::new();
    if !service.dynamic_user || service.user.is_some() {
        let evidence = json!({"file": service.file, "user": service.user});
        edges.push(ChildEdge { kind: EdgeKind::RunsAs, to_kind: "host.user", to_name: user, evidence });
    }
    Ok(Some(Child { name: name.to_owned(), facets: BTreeMap::from([("service", value_of(&service))]), edges }))
}

/// What the settings of a unit say; files and what must be looked up stay empty.
pub(crate) fn service_of(lines: &[IniLine], name: &str) -> UnitService {
    let mut service = UnitService::default();
    let mut commands: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.section == "Service") {
        let key = line.key.to_ascii_lowercase();
        let value = line.value.as_str();
        match key.as_str() {
            "user" => service.user = Some(expanded(value, name)).filter(|user| !user.is_empty()),
            "dynamicuser" => {
                service.dynamic_user =
                    matches!(value.to_ascii_lowercase().as_str(), "1" | "yes" | "y" | "true" | "t" | "on")
            }
            "execstart" | "execstartpre" | "execstartpost" | "execreload" | "execstop" | "execstoppost"
            | "execcondition" => {
                let list = commands.entry(key).or_default();
                if value.is_empty() {
                    list.clear();
                } else if let Some(path) = program_of(value, name) {
                    list.push(path);
                }
            }
            other if SANDBOX.contains(&other) => {
                if value.is_empty() {
                    service.sandbox.remove(other);
                    // `CapabilityBoundingSet=` with nothing is the empty set.
                    if other == "capabilityboundingset" {
                        service.sandbox.insert(key, String::new());
                    }
                } else if LISTS.contains(&other) {
                    let all = service.sandbox.entry(key).or_default();
                    if !all.is_empty() {
                        all.push(' ');
                    }
                    all.push_str(value);
                } else {
                    service.sandbox.insert(key, value.to_owned());
                }
            }
            _ => {}
        }
    }
    let mut paths: Vec<String> = commands.into_values().flatten().collect();
    paths.sort();
    paths.dedup();
    service.executables = paths.into_iter().map(|path| UnitExecutable { path, ..UnitExecutable::default() }).collect();
    service
}

/// The program of a command line (systemd.service(5), "Command Lines"); none where a specifier that we cannot expand names
/// it.
fn program_of(command: &str, name: &str) -> Option<String> {
    let command = command.trim_start_matches(['@', '-', ':', '+', '!', '|', ' ']);
    let first = words(command, false)
        .and_then(|words| words.into_iter().next())
        .or_else(|| command.split_whitespace().next().map(str::to_owned))?;
    let path = expanded(&first, name);
    (!path.contains('%') && !path.is_empty()).then_some(path)
}

/// Expands the specifiers of a unit's own name: `%i`, `%I`, `%n`, `%p`, `%%`.
fn expanded(text: &str, name: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let instance = instance_of(name).unwrap_or_default();
    let prefix = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let prefix = prefix.split('@').next().unwrap_or(prefix);
    let text = text.replace("%i", instance).replace("%I", instance).replace("%n", name).replace("%p", prefix);
    text.replace("%%", "%")
}

/// Where systemd looks for a program that is no path.
const PATH: &[&str] = &["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

fn executable_look(host: &Host, executable: &mut UnitExecutable) -> Result<(), ReadError> {
    if !executable.path.starts_with('/') {
        for dir in PATH {
            let path = format!("{dir}/{}", executable.path);
            if host.root.exists(&path)? {
                executable.path = path;
                break;
            }
        }
        if !executable.path.starts_with('/') {
            return Ok(());
        }
    }
    executable.exists = host.root.exists(&executable.path)?;
    let mut path = executable.path.clone();
    // A link's target is what runs: it and its directories count as well.
    for _ in 0..8 {
        if writable(host, &path)? {
            executable.writable = true;
            return Ok(());
        }
        let Some(target) = host.root.read_link(&path)? else { return Ok(()) };
        path = if target.starts_with('/') {
            target
        } else {
            format!("{}/{target}", path.rsplit_once('/').map_or("", |(dir, _)| dir))
        };
    }
    Ok(())
}

/// Whether somebody other than root may change what stands at a path, or put another thing there.
fn writable(host: &Host, path: &str) -> Result<bool, ReadError> {
    let mut up = path;
    loop {
        let at = if up.is_empty() { "/" } else { up };
        if let Some(meta) = host.root.stat(at)? {
            let directory = meta.kind == rustix::fs::FileType::Directory;
            // In a sticky directory nobody may replace what root owns there.
            let sticky = directory && meta.bits & 0o1000 != 0 && up != path;
            let group = meta.bits & 0o020 != 0 && meta.gid != 0;
            if meta.uid != 0 || ((group || meta.bits & 0o002 != 0) && !sticky) {
                return Ok(true);
            }
        }
        if up.is_empty() {
            return Ok(false);
        }
        up = up.rsplit_once('/').map_or("", |(dir, _)| dir);
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use proptest::prelude::*;

    use super::*;
    use crate::{root::Root, text::ini};

    #[test]
    fn settings_of_a_service() {
        let (lines, _) = ini("[Unit]\nUser=no\n[Service]\nUser=web\nDynamicUser=yes\nProtectSystem=strict\n\
            SystemCallFilter=@system-service\nSystemCallFilter=~@mount\nExecStart=/old\nExecStart=\n\
            ExecStart=-!/usr/bin/x --flag\nExecStartPre=\"/opt/a b/pre\" y\nExecReload=/bin/kill -HUP $MAINPID\n\
            NoNewPrivileges=yes\nNoNewPrivileges=\nCapabilityBoundingSet=\n[Install]\nUser=no\n");
        let got = service_of(&lines, "x.service");
        assert_eq!((got.user.as_deref(), got.dynamic_user), (Some("web"), true));
        let paths: Vec<_> = got.executables.iter().map(|e| e.path.as_str()).collect();
        assert_eq!(paths, ["/bin/kill", "/opt/a b/pre", "/usr/bin/x"], "an empty value starts anew");
        assert_eq!(got.sandbox["systemcallfilter"], "@system-service ~@mount");
        assert_eq!(got.sandbox["protectsystem"], "strict");
        assert_eq!(got.sandbox.get("nonewprivileges"), None, "given back");
        assert_eq!(got.sandbox["capabilityboundingset"], "", "no capability at all");
    }

    #[test]
    fn enabled_services_become_children() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        for sub in ["etc/systemd/system/multi-user.target.wants", "usr/lib/systemd/system", "usr/bin", "opt/loose"] {
            std::fs::create_dir_all(at(sub)).unwrap();
            std::fs::set_permissions(at(sub), std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        for sub in ["", "usr", "opt"] {
            std::fs::set_permissions(at(sub), std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        std::fs::write(at("etc/passwd"), "root:x:0:0::/:\nweb:x:33:33::/:\n").unwrap();
        std::fs::write(at("etc/group"), "root:x:0:\n").unwrap();
        std::fs::write(at("usr/bin/tight"), "x").unwrap();
        std::fs::write(at("opt/loose/prog"), "x").unwrap();
        std::fs::set_permissions(at("opt/loose"), std::fs::Permissions::from_mode(0o777)).unwrap();
        symlink("/opt/loose/prog", at("usr/bin/link")).unwrap();
        let unit =
            "[Service]\nUser=33\nExecStart=tight\nExecStartPre=/usr/bin/link\nExecStop=/gone\n[Install]\nWantedBy=x\n";
        std::fs::write(at("usr/lib/systemd/system/a.service"), unit).unwrap();
        std::fs::write(at("usr/lib/systemd/system/off.service"), unit).unwrap();
        symlink("/usr/lib/systemd/system/a.service", at("etc/systemd/system/multi-user.target.wants/a.service"))
            .unwrap();
        let host = Host::new(Root::mounted(dir.path()).unwrap());
        let got = list(&host).unwrap();
        assert_eq!(got.iter().map(|child| child.name.as_str()).collect::<Vec<_>>(), ["a.service"]);
        assert_eq!(got[0].edges[0].to_name, "web", "a number is a user too");
        let value = got[0].facets["service"].as_ref().unwrap();
        assert_eq!(
            value["executables"],
            json!([
                {"path": "/gone", "exists": false, "writable": false},
                {"path": "/usr/bin/link", "exists": true, "writable": true},
                {"path": "/usr/bin/tight", "exists": true, "writable": false},
            ])
        );
        assert_eq!(value["listens"], json!(null));
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).*", name in ".{0,40}") {
            service_of(&ini(&text).0, &name);
            program_of(&text, &name);
        }
    }
}
