use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
    text::{Texts, drop_ins, ini, masked, meaningful, redacted, unescape_octal},
};

/// `/etc/fstab` and systemd mount units (`*.mount` below `/etc/systemd/system` and `/usr/lib/systemd/system`).
///
/// A unit counts where something wants it at boot; one below `/etc` is stronger than fstab, one below `/usr` weaker.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Fstab {
    /// Mount point to its entry; `none`/swap entries under `swap:SOURCE`.
    pub(crate) points: BTreeMap<String, FstabEntry>,
    /// Lines that could not be understood, and lines for a mount point that an earlier line has.
    pub(crate) malformed: Vec<Place>,
}

/// One entry.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct FstabEntry {
    /// Device, `UUID=…`, share. Passwords in options (`password=`) are redacted.
    pub(crate) source: String,
    /// File system type.
    pub(crate) fstype: String,
    /// Options as written, `defaults` kept.
    pub(crate) options: Vec<String>,
    /// The file.
    pub(crate) file: String,
    /// The line, from 1.
    pub(crate) line: u32,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "fstab",
    live_only: false,
    shape: crate::def::shape_of::<Fstab>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

const FILE: &str = "/etc/fstab";
/// Where units lie, strongest first. Those below `/etc` and `/run` are stronger than what is made from fstab.
const UNITS: [(&str, bool); 5] = [
    ("/etc/systemd/system", true),
    ("/run/systemd/system", true),
    ("/usr/local/lib/systemd/system", false),
    ("/usr/lib/systemd/system", false),
    ("/lib/systemd/system", false),
];

fn collect(host: &Host) -> Result<Fstab, Missing> {
    let files = Texts::new(&host.root);
    let mut fstab = Fstab::default();
    if let Some(text) = files.read(FILE)? {
        fstab.add(&text);
    }
    let mut wanted = BTreeSet::new();
    let mut units: BTreeMap<String, (String, bool)> = BTreeMap::new();
    for (dir, strong) in UNITS {
        for entry in host.root.list(dir)?.unwrap_or_default() {
            let path = format!("{dir}/{}", entry.name);
            if entry.name.ends_with(".wants") || entry.name.ends_with(".requires") {
                let names = host.root.list(&path)?.unwrap_or_default().into_iter().map(|entry| entry.name);
                wanted.extend(names.filter(|name| name.ends_with(".mount")));
            } else if entry.name.ends_with(".mount") {
                units.entry(entry.name).or_insert((path, strong));
            }
        }
    }
    for (name, (path, strong)) in units {
        if masked(&host.root, &path)? {
            continue;
        }
        let Some(text) = files.read(&path)? else { continue };
        let dirs: Vec<String> = UNITS.iter().map(|(dir, _)| format!("{dir}/{name}.d")).collect();
        let dirs: Vec<&str> = dirs.iter().map(String::as_str).collect();
        let mut texts = vec![text];
        for file in drop_ins(&host.root, &dirs, ".conf")? {
            texts.extend(files.read(&file)?);
        }
        let Some((point, entry)) = unit(&texts, &path) else { continue };
        let known = fstab.points.contains_key(&point);
        let wanted = wanted.contains(&name);
        let counts = if strong { wanted || known } else { wanted && !known };
        if counts {
            fstab.points.insert(point, entry);
        }
    }
    Ok(fstab)
}

impl Fstab {
    /// `fstab(5)`: six fields, of which libmount needs three. For a point that stands twice systemd takes the first.
    pub(crate) fn add(&mut self, text: &str) {
        for (line, words) in meaningful(text, &['#']) {
            let place = Place { file: FILE.to_owned(), line };
            let mut fields = words.split([' ', '\t']).filter(|field| !field.is_empty());
            let (Some(source), Some(point), Some(fstype)) = (fields.next(), fields.next(), fields.next()) else {
                self.malformed.push(place);
                continue;
            };
            let options = fields.next().unwrap_or_default();
            let source = unescape_octal(source);
            let point = if fstype == "swap" || point == "none" {
                format!("swap:{}", redacted("", &source))
            } else {
                normal(&unescape_octal(point))
            };
            // Counts of dumps and passes are numbers; a fourth or fifth field of text means that a blank is not escaped.
            let counts = fields.by_ref().take(2).all(|field| field.starts_with('#') || field.parse::<u32>().is_ok());
            if !counts || self.points.contains_key(&point) {
                self.malformed.push(place);
                continue;
            }
            self.points.insert(point, entry(&source, fstype, options, FILE, line));
        }
    }
}

fn entry(source: &str, fstype: &str, options: &str, file: &str, line: u32) -> FstabEntry {
    FstabEntry {
        source: redacted("", source).to_owned(),
        fstype: fstype.to_owned(),
        options: options.split(',').filter(|option| !option.is_empty()).map(option).collect(),
        file: file.to_owned(),
        line,
    }
}

fn option(option: &str) -> String {
    match option.split_once('=') {
        Some((name, value)) => format!("{name}={}", unescape_octal(redacted(name, value))),
        None => option.to_owned(),
    }
}

/// Without slashes at the end and twice in a row.
fn normal(point: &str) -> String {
    let parts: Vec<&str> = point.split('/').filter(|part| !part.is_empty()).collect();
    format!("/{}", parts.join("/"))
}

/// `systemd.mount(5)`: `Where`, `What`, `Type`, `Options` of the unit's texts, the last of each.
pub(crate) fn unit(texts: &[String], file: &str) -> Option<(String, FstabEntry)> {
    let (mut place, mut source, mut fstype, mut options, mut line) =
        (None, String::new(), "auto".into(), String::new(), 1);
    for text in texts {
        for setting in ini(text).0.into_iter().filter(|setting| setting.section == "Mount") {
            match setting.key.as_str() {
                "Where" => {
                    place = Some(setting.value);
                    line = setting.line;
                }
                "What" => source = setting.value,
                "Type" => fstype = setting.value,
                "Options" => options = setting.value,
                _ => {}
            }
        }
    }
    let place = place.filter(|place| place.starts_with('/'))?;
    Some((normal(&place), entry(&source, &fstype, &options, file, line)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines() {
        for (text, point, options, why) in [
            ("UUID=1 / ext4 defaults 0 1", Some("/"), vec!["defaults"], "six fields"),
            ("/dev/b\t/home\text4\tnodev,nosuid", Some("/home"), vec!["nodev", "nosuid"], "four, by tabs"),
            ("tmpfs /tmp/ tmpfs", Some("/tmp"), vec![], "three, and a slash at the end"),
            ("/dev/b /a\\040b ext4 ro", Some("/a b"), vec!["ro"], "an escaped blank"),
            ("UUID=2 none swap sw 0 0", Some("swap:UUID=2"), vec!["sw"], "swap"),
            ("/swap swap swap defaults", Some("swap:/swap"), vec!["defaults"], "swap with another word"),
            (
                "//h/s /n cifs user=u,password=x,credentials=/c",
                Some("/n"),
                vec!["user=u", "password=REDACTED", "credentials=REDACTED"],
                "no password",
            ),
            ("/dev/b /x ext4 ro 0 0 # note", Some("/x"), vec!["ro"], "a comment behind"),
            ("/dev/b /x ext4 ro, nosuid 0 0", None, vec![], "a blank within the options"),
            ("/dev/b /x", None, vec![], "two fields"),
            ("  # /dev/b /x ext4", None, vec![], "a comment"),
        ] {
            let mut fstab = Fstab::default();
            fstab.add(text);
            let got = fstab.points.iter().next();
            assert_eq!(got.map(|(point, _)| point.as_str()), point, "{text}: {why}");
            let options: Vec<String> = options.into_iter().map(str::to_owned).collect();
            assert_eq!(got.map(|(_, entry)| entry.options.clone()).unwrap_or_default(), options, "{text}: {why}");
        }
    }

    #[test]
    fn the_first_line_of_a_point_counts() {
        let mut fstab = Fstab::default();
        fstab.add("tmpfs /tmp tmpfs nosuid\ntmpfs /tmp tmpfs defaults\nbad\n");
        assert_eq!(fstab.points["/tmp"].options, ["nosuid"]);
        assert_eq!(fstab.malformed.iter().map(|place| place.line).collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn units_beside_fstab() {
        let tmp = |options: &str| format!("[Mount]\nWhat=tmpfs\nWhere=/tmp\nType=tmpfs\nOptions={options}\n");
        let line = "tmpfs /tmp tmpfs fromfstab\n".to_owned();
        let usr = ("usr/lib/systemd/system/tmp.mount", tmp("usr"));
        let etc = ("etc/systemd/system/tmp.mount", tmp("etc"));
        let want = ("etc/systemd/system/local-fs.target.wants/tmp.mount", String::new());
        let fstab = ("etc/fstab", line);
        let drop_in = ("etc/systemd/system/tmp.mount.d/a.conf", "[Mount]\nOptions=dropin\n".to_owned());
        for (files, option, why) in [
            (vec![&usr], None, "nothing wants it"),
            (vec![&usr, &want], Some("usr"), "wanted"),
            (vec![&usr, &want, &fstab], Some("fromfstab"), "fstab is stronger than usr"),
            (vec![&etc, &fstab], Some("etc"), "etc is stronger than fstab, which wants it"),
            (vec![&etc], None, "nothing wants it"),
            (vec![&usr, &want, &drop_in], Some("dropin"), "a drop-in is the last word"),
        ] {
            let dir = tempfile::tempdir().unwrap();
            for (path, text) in files {
                let path = dir.path().join(path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
            let root = crate::root::Root::mounted(dir.path()).unwrap();
            let got = collect(&Host::new(root)).unwrap();
            let got = got.points.get("/tmp").and_then(|entry| entry.options.first().cloned());
            assert_eq!(got.as_deref(), option, "{why}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let mut fstab = Fstab::default();
            fstab.add(&text);
            prop_assert!(fstab.points.len() + fstab.malformed.len() <= text.lines().count());
            unit(&[text], "/x");
        }
    }
}
