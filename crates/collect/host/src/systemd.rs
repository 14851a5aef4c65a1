//! systemd's unit files as `systemctl is-enabled` sees them, read without asking it (systemd.unit(5)).
use std::collections::{BTreeMap, BTreeSet};

use rustix::fs::FileType;

use crate::{
    line::words,
    root::{ReadError, Root},
    text::{IniLine, ini, masked},
};

/// Where system units lie, strongest first (systemd.unit(5), "System Unit Search Path").
const SEARCH: &[&str] = &[
    "/etc/systemd/system.control",
    "/run/systemd/system.control",
    "/run/systemd/transient",
    "/run/systemd/generator.early",
    "/etc/systemd/system",
    "/etc/systemd/system.attached",
    "/run/systemd/system",
    "/run/systemd/system.attached",
    "/run/systemd/generator",
    "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system",
    "/lib/systemd/system",
    "/run/systemd/generator.late",
];

/// Directories whose links mean that an operator enabled a unit.
const CONFIG: &[&str] = &["/etc/systemd/system", "/run/systemd/system"];

/// What stands for a unit's name in the strongest directory that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fragment {
    /// A file at this path.
    File(String),
    /// A link to `/dev/null` or an empty file, at this path.
    Masked(String),
    /// A link at this path to a unit of another name.
    Alias(String, String),
}

impl Fragment {
    /// Path of the file or link.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::File(path) | Self::Masked(path) | Self::Alias(path, _) => path,
        }
    }
}

/// All units of a root.
#[derive(Debug, Default)]
pub(crate) struct UnitFiles {
    /// Unit name to what stands for it.
    pub(crate) fragments: BTreeMap<String, Fragment>,
    /// Unit names with a link in a `.wants`, `.requires` or `.upholds` directory of the operator's.
    enabled: BTreeSet<String>,
    /// Unit name to the names of the operator's links to it.
    aliases: BTreeMap<String, BTreeSet<String>>,
    /// Name of a drop-in directory (`ssh.service.d`) to the directories of that name, strongest first.
    drop_in_dirs: BTreeMap<String, Vec<String>>,
    /// SysV scripts without a native unit, and whether a start link names them.
    sysv: BTreeMap<String, bool>,
}

/// Settings in the order in which they count, and the files that they come from, the unit's own first.
pub(crate) type Settings = (Vec<IniLine>, Vec<String>);

/// Whether a name ends as a unit's does.
fn is_unit(name: &str) -> bool {
    const TYPES: &[&str] =
        &["service", "socket", "target", "timer", "path", "mount", "automount", "slice", "swap", "device", "scope"];
    !name.starts_with('.') && name.rsplit_once('.').is_some_and(|(stem, end)| !stem.is_empty() && TYPES.contains(&end))
}

/// `getty@tty1.service` → `getty@.service`.
pub(crate) fn template_of(name: &str) -> Option<String> {
    let (stem, end) = name.rsplit_once('.')?;
    let (prefix, instance) = stem.split_once('@')?;
    (!instance.is_empty()).then(|| format!("{prefix}@.{end}"))
}

/// `getty@tty1.service` → `tty1`.
pub(crate) fn instance_of(name: &str) -> Option<&str> {
    let (stem, _) = name.rsplit_once('.')?;
    stem.split_once('@').map(|(_, instance)| instance).filter(|instance| !instance.is_empty())
}

impl UnitFiles {
    /// Reads all directories of the search path; none where systemd is not installed.
    pub(crate) fn load(root: &Root) -> Result<Option<Self>, ReadError> {
        let mut units = Self::default();
        let mut found = false;
        let merged = root.read_link("/lib")?.is_some();
        for dir in SEARCH {
            if merged && dir.starts_with("/lib/") {
                continue;
            }
            let Some(entries) = root.list(dir)? else { continue };
            found |= dir.ends_with("lib/systemd/system");
            for entry in entries {
                let name = entry.name;
                let path = format!("{dir}/{name}");
                if is_unit(&name) {
                    units.entry_add(root, dir, name, path)?;
                } else if name.ends_with(".d") {
                    units.drop_in_dirs.entry(name).or_default().push(path);
                } else if [".wants", ".requires", ".upholds"].iter().any(|end| name.ends_with(end))
                    && CONFIG.contains(dir)
                {
                    for link in root.list(&path)?.unwrap_or_default() {
                        if is_unit(&link.name) && link.kind != FileType::Directory {
                            units.enabled.insert(link.name);
                        }
                    }
                }
            }
        }
        units.sysv_add(root)?;
        Ok(found.then_some(units))
    }

    fn entry_add(&mut self, root: &Root, dir: &str, name: String, path: String) -> Result<(), ReadError> {
        let target = root.read_link(&path)?;
        let aim = target.as_deref().and_then(|target| target.rsplit('/').next()).unwrap_or_default().to_owned();
        if CONFIG.contains(&dir) && target.is_some() && aim != name && aim != "null" {
            self.aliases.entry(aim.clone()).or_default().insert(name.clone());
        }
        if self.fragments.contains_key(&name) {
            return Ok(());
        }
        let fragment = match target {
            Some(_) if masked(root, &path)? => Fragment::Masked(path),
            Some(_) if aim != name && is_unit(&aim) => Fragment::Alias(path, aim),
            // A link of the same name, to a file elsewhere (`systemctl link`), or a file.
            _ => match root.stat(&path)? {
                Some(meta) if meta.kind == FileType::RegularFile && meta.size == 0 => Fragment::Masked(path),
                Some(meta) if meta.kind == FileType::RegularFile => Fragment::File(path),
                _ => return Ok(()),
            },
        };
        self.fragments.insert(name, fragment);
        Ok(())
    }

    /// Scripts of `/etc/init.d` that have no unit (systemd-sysv-generator(8)).
    fn sysv_add(&mut self, root: &Root) -> Result<(), ReadError> {
        let mut started = BTreeSet::new();
        for level in ["2", "3", "4", "5", "S"] {
            for dir in [format!("/etc/rc{level}.d"), format!("/etc/rc.d/rc{level}.d")] {
                for entry in root.list(&dir)?.unwrap_or_default() {
                    if let Some(rest) = entry.name.strip_prefix('S') {
                        started.insert(rest.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned());
                    }
                }
            }
        }
        for dir in ["/etc/init.d", "/etc/rc.d/init.d"] {
            for entry in root.list(dir)?.unwrap_or_default() {
                let unit = format!("{}.service", entry.name.strip_suffix(".sh").unwrap_or(&entry.name));
                if entry.kind == FileType::Directory
                    || entry.name.starts_with('.')
                    || self.fragments.contains_key(&unit)
                {
                    continue;
                }
                let path = format!("{dir}/{}", entry.name);
                if root.stat(&path)?.is_some_and(|meta| meta.kind == FileType::RegularFile && meta.bits & 0o111 != 0) {
                    self.sysv.insert(unit.clone(), started.contains(&entry.name));
                    self.fragments.insert(unit, Fragment::File(path));
                }
            }
        }
        Ok(())
    }

    /// The fragment of a unit: its own, or its template's.
    pub(crate) fn fragment(&self, name: &str) -> Option<&Fragment> {
        self.fragments.get(name).or_else(|| self.fragments.get(&template_of(name)?))
    }

    /// Names of all units, and of the instances of templates that are enabled.
    pub(crate) fn names(&self) -> BTreeSet<&str> {
        let instances = self.enabled.iter().filter(|name| self.fragment(name).is_some());
        self.fragments.keys().chain(instances).map(String::as_str).collect()
    }

    /// The unit that a name means in the end; none where links go round.
    pub(crate) fn resolve<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        let mut name = name;
        for _ in 0..16 {
            match self.fragments.get(name) {
                Some(Fragment::Alias(_, target)) => name = target,
                _ => return Some(name),
            }
        }
        None
    }

    /// State as `systemctl is-enabled` names it, without `-runtime`.
    pub(crate) fn state(&self, root: &Root, name: &str) -> Result<&'static str, ReadError> {
        let Some(fragment) = self.fragment(name) else { return Ok("not-found") };
        if let Some(started) = self.sysv.get(name) {
            return Ok(if *started { "generated" } else { "disabled" });
        }
        let path = match fragment {
            Fragment::Masked(_) => return Ok("masked"),
            Fragment::Alias(..) => return Ok("alias"),
            Fragment::File(path) => path,
        };
        if path.starts_with("/run/systemd/generator") {
            return Ok("generated");
        }
        let install = Install::of(&root.read_text(path)?.unwrap_or_default());
        // A link of a template's instance counts for the template where it is the default one.
        let default = install.default_instance.as_deref().map(|i| name.replace("@.", &format!("@{i}.")));
        let instance_enabled = |template: &str| {
            let default = default.as_deref().filter(|default| *default != template);
            default.is_some_and(|default| self.enabled.contains(default))
        };
        if self.enabled.contains(name) || instance_enabled(name) {
            return Ok("enabled");
        }
        let links = self.aliases.get(name);
        if links.is_some_and(|links| links.iter().any(|link| install.aliases.contains(link))) {
            return Ok("enabled");
        }
        let some_instance = name.contains("@.") && self.enabled.iter().any(|e| template_of(e).as_deref() == Some(name));
        Ok(if links.is_some() || some_instance {
            "indirect"
        } else if install.rules {
            "disabled"
        } else if install.also {
            "indirect"
        } else {
            "static"
        })
    }

    /// Drop-ins that apply to a unit, by name; each name once, from the strongest place.
    pub(crate) fn drop_ins(&self, root: &Root, name: &str) -> Result<Vec<String>, ReadError> {
        let mut by_name: BTreeMap<String, String> = BTreeMap::new();
        for dir_name in drop_in_names(name) {
            for dir in self.drop_in_dirs.get(&dir_name).into_iter().flatten() {
                for path in root.list_suffix(dir, ".conf")? {
                    let file = path.rsplit('/').next().unwrap_or_default().to_owned();
                    by_name.entry(file).or_insert(path);
                }
            }
        }
        let mut out = Vec::with_capacity(by_name.len());
        for path in by_name.into_values() {
            if !masked(root, &path)? {
                out.push(path);
            }
        }
        Ok(out)
    }

    /// All settings of a unit, its file first, then its drop-ins; and the files.
    pub(crate) fn settings(&self, root: &Root, name: &str) -> Result<Option<Settings>, ReadError> {
        let Some(Fragment::File(path)) = self.fragment(name) else { return Ok(None) };
        let mut files = vec![path.clone()];
        files.extend(self.drop_ins(root, name)?);
        let mut lines = Vec::new();
        if !self.sysv.contains_key(name) {
            for file in &files {
                lines.extend(ini(&root.read_text(file)?.unwrap_or_default()).0);
            }
        }
        Ok(Some((lines, files)))
    }
}

/// The words of a unit's last `ExecStart=` whose program ends in `program`, variables of `Environment=` and
/// `EnvironmentFile=` put in (systemd.service(5), "Command Lines"). Empty where there is none.
pub(crate) fn command_words(root: &Root, lines: &[IniLine], program: &str) -> Result<Vec<String>, ReadError> {
    let mut variables = BTreeMap::new();
    let mut command: Option<&str> = None;
    for line in lines.iter().filter(|line| line.section == "Service") {
        match line.key.as_str() {
            "Environment" => {
                for word in words(&line.value, false).unwrap_or_default() {
                    if let Some((name, value)) = word.split_once('=') {
                        variables.insert(name.to_owned(), value.to_owned());
                    }
                }
            }
            "ExecStart" if line.value.is_empty() => command = None,
            "ExecStart" => command = Some(&line.value),
            _ => {}
        }
    }
    // Files are read when the service starts: they win over what the unit says.
    for line in lines.iter().filter(|line| line.section == "Service" && line.key == "EnvironmentFile") {
        let path = line.value.trim_start_matches('-');
        if path.starts_with('/') && !path.contains(['*', '?', '[', '%']) {
            variables_add(&root.read_text(path)?.unwrap_or_default(), &mut variables);
        }
    }
    let Some(command) = command else { return Ok(Vec::new()) };
    let all = words(command.trim_start_matches(['@', '-', ':', '+', '!', '|']), false).unwrap_or_default();
    if !all.first().is_some_and(|first| first == program || first.ends_with(&format!("/{program}"))) {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for word in all.iter().skip(1) {
        out.extend(word_expanded(word, &variables));
        if out.len() > 10_000 {
            break;
        }
    }
    Ok(out)
}

/// `NAME=value` lines of an environment file.
pub(crate) fn variables_add(text: &str, variables: &mut BTreeMap<String, String>) {
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['#', ';'])) {
        if let Some((name, value)) = line.split_once('=') {
            let value = value.trim();
            let quoted = value.len() > 1 && ['"', '\''].iter().any(|q| value.starts_with(*q) && value.ends_with(*q));
            let value = if quoted { value.get(1..value.len() - 1).unwrap_or_default() } else { value };
            variables.insert(name.trim().to_owned(), value.to_owned());
        }
    }
}

/// `$NAME` alone is split at blanks, `${NAME}` is not; a variable that is not set is empty.
fn word_expanded(word: &str, variables: &BTreeMap<String, String>) -> Vec<String> {
    let value = |name: &str| variables.get(name).map(String::as_str).unwrap_or_default();
    if let Some(name) = word.strip_prefix('$').filter(|name| !name.starts_with(['{', '$'])) {
        return words(value(name), false).unwrap_or_default();
    }
    if let Some(name) = word.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
        return vec![value(name).to_owned()];
    }
    vec![word.to_owned()]
}

/// Flags of a command line by name without hyphens, in order: `--name=value`, `--name value`, `--name`; `short` gives the
/// long name of a flag of one letter. A flag without a value is `true`.
pub(crate) fn flags_of(words: &[String], short: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_start_matches('-');
        if bare.len() == word.len() || bare.is_empty() {
            continue;
        }
        let (name, value) = match bare.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (bare, None),
        };
        let value = value.or_else(|| words.next_if(|next| !next.starts_with('-')).cloned());
        let name = short.iter().find(|(short, _)| *short == name).map_or(name, |(_, long)| long);
        out.push((name.to_owned(), value.unwrap_or_else(|| "true".to_owned())));
    }
    out
}

/// Drop-in directories of a unit, the most special first: the unit's own, its template's, each prefix that ends in a
/// hyphen, its type's.
pub(crate) fn drop_in_names(name: &str) -> Vec<String> {
    let Some((stem, end)) = name.rsplit_once('.') else { return Vec::new() };
    let mut out = vec![format!("{name}.d")];
    let truncate = |stem: &str, tail: &str, out: &mut Vec<String>| {
        let mut rest = stem;
        while let Some(at) = rest.trim_end_matches('-').rfind('-') {
            rest = rest.get(..=at).unwrap_or_default();
            if out.len() > 64 {
                return;
            }
            out.push(format!("{rest}{tail}.{end}.d"));
        }
    };
    match stem.split_once('@') {
        Some((prefix, instance)) => {
            if !instance.is_empty() {
                out.push(format!("{prefix}@.{end}.d"));
            }
            truncate(prefix, "@", &mut out);
        }
        None => truncate(stem, "", &mut out),
    }
    out.push(format!("{end}.d"));
    out
}

/// What `[Install]` says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Install {
    /// `WantedBy=`, `RequiredBy=`, `UpheldBy=` or `Alias=` is there.
    rules: bool,
    also: bool,
    aliases: BTreeSet<String>,
    default_instance: Option<String>,
}

impl Install {
    fn of(text: &str) -> Self {
        let mut install = Self::default();
        for line in ini(text).0 {
            if line.section != "Install" || line.value.is_empty() {
                continue;
            }
            match line.key.as_str() {
                "WantedBy" | "RequiredBy" | "UpheldBy" => install.rules = true,
                "Alias" => {
                    install.rules = true;
                    install.aliases.extend(line.value.split_whitespace().map(str::to_owned));
                }
                "Also" => install.also = true,
                "DefaultInstance" => install.default_instance = Some(line.value),
                _ => {}
            }
        }
        install
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn states_are_those_of_systemctl() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        for sub in [
            "etc/systemd/system/multi-user.target.wants",
            "usr/lib/systemd/system",
            "etc/init.d",
            "etc/rc3.d",
            "run/systemd/generator",
        ] {
            std::fs::create_dir_all(at(sub)).unwrap();
        }
        let wanted = "[Service]\nExecStart=/x\n[Install]\nWantedBy=multi-user.target\n";
        for (file, text) in [
            ("usr/lib/systemd/system/on.service", wanted),
            ("usr/lib/systemd/system/off.service", wanted),
            ("usr/lib/systemd/system/fixed.service", "[Service]\n"),
            ("usr/lib/systemd/system/also.service", "[Install]\nAlso=on.service\n"),
            ("usr/lib/systemd/system/t@.service", "[Install]\nWantedBy=x\nDefaultInstance=one\n"),
            ("usr/lib/systemd/system/u@.service", wanted),
            ("usr/lib/systemd/system/named.service", "[Install]\nAlias=other.service\n"),
            ("usr/lib/systemd/system/hidden.service", wanted),
            ("usr/lib/systemd/system/empty.service", wanted),
            ("etc/systemd/system/empty.service", ""),
            ("etc/systemd/system/graphical.target", "[Unit]\n"),
            ("run/systemd/generator/gen.mount", "[Mount]\n"),
            ("etc/init.d/old", "#!/bin/sh\n"),
            ("etc/init.d/older", "#!/bin/sh\n"),
            ("etc/init.d/on", "#!/bin/sh\n"),
        ] {
            std::fs::write(at(file), text).unwrap();
            std::fs::set_permissions(at(file), std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        let link = |target: &str, path: &str| symlink(target, at(path)).unwrap();
        link("/usr/lib/systemd/system/on.service", "etc/systemd/system/multi-user.target.wants/on.service");
        link("/usr/lib/systemd/system/t@.service", "etc/systemd/system/multi-user.target.wants/t@one.service");
        link("/usr/lib/systemd/system/u@.service", "etc/systemd/system/multi-user.target.wants/u@x.service");
        link("/usr/lib/systemd/system/named.service", "etc/systemd/system/other.service");
        link("/dev/null", "etc/systemd/system/hidden.service");
        link("graphical.target", "usr/lib/systemd/system/default.target");
        link("../init.d/old", "etc/rc3.d/S01old");
        let root = Root::mounted(dir.path()).unwrap();
        let units = UnitFiles::load(&root).unwrap().unwrap();
        for (name, want, why) in [
            ("on.service", "enabled", "a link of the operator's"),
            ("off.service", "disabled", "none"),
            ("fixed.service", "static", "nothing to install"),
            ("also.service", "indirect", "installs another"),
            ("t@.service", "enabled", "its default instance is enabled"),
            ("t@one.service", "enabled", "an instance"),
            ("u@.service", "indirect", "another instance is enabled"),
            ("named.service", "enabled", "its alias is made"),
            ("other.service", "alias", "the alias itself"),
            ("hidden.service", "masked", "a link to /dev/null"),
            ("empty.service", "masked", "an empty file hides the vendor's"),
            ("gen.mount", "generated", "made by a generator"),
            ("old.service", "generated", "a SysV script that is started"),
            ("older.service", "disabled", "one that is not"),
            ("no.service", "not-found", "nothing"),
        ] {
            assert_eq!(units.state(&root, name).unwrap(), want, "{name}: {why}");
        }
        assert_eq!(units.resolve("default.target"), Some("graphical.target"));
        assert!(units.names().contains("t@one.service"));
    }

    #[test]
    fn drop_ins_go_from_special_to_general() {
        for (name, want) in [
            ("foo-bar-baz.service", vec!["foo-bar-baz.service.d", "foo-bar-.service.d", "foo-.service.d", "service.d"]),
            ("a@b.service", vec!["a@b.service.d", "a@.service.d", "service.d"]),
            ("x-a@b-c.service", vec!["x-a@b-c.service.d", "x-a@.service.d", "x-@.service.d", "service.d"]),
            ("plain", vec![]),
        ] {
            assert_eq!(drop_in_names(name), want);
        }
    }

    #[test]
    fn a_drop_in_of_the_same_name_is_taken_once() {
        let dir = tempfile::tempdir().unwrap();
        for (file, text) in [
            ("usr/lib/systemd/system/a.service", "[Service]\nUser=one\n"),
            ("usr/lib/systemd/system/a.service.d/10.conf", "[Service]\nUser=two\n"),
            ("etc/systemd/system/a.service.d/10.conf", "[Service]\nUser=three\n"),
            ("etc/systemd/system/service.d/20.conf", "[Service]\nUser=four\n"),
        ] {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let root = Root::mounted(dir.path()).unwrap();
        let units = UnitFiles::load(&root).unwrap().unwrap();
        let (lines, files) = units.settings(&root, "a.service").unwrap().unwrap();
        let values: Vec<_> = lines.iter().map(|line| line.value.as_str()).collect();
        assert_eq!(values, ["one", "three", "four"]);
        assert_eq!(files.len(), 3);
    }

    proptest! {
        #[test]
        fn names_never_panic(name in ".{0,80}", odd in "[-@.a]{0,80}") {
            for name in [&name, &odd] {
                drop_in_names(name);
                template_of(name);
                instance_of(name);
                is_unit(name);
                Install::of(name);
            }
        }
    }
}
