//! Against the programs of the ecosystems themselves, where they are on this machine.
use std::{
    cmp::Ordering,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use casemate_version::Scheme;

use crate::generate::{PATTERNS, pairs};

type Pairs = Vec<(String, String)>;

fn pairs_of(scheme: Scheme, count: usize) -> Pairs {
    let patterns = PATTERNS.iter().filter(|(of, _)| *of == scheme);
    patterns.flat_map(|(_, pattern)| pairs(scheme, pattern, count)).collect()
}

/// Compares every pair with what the oracle answered: `<`, `=` or `>`, one a pair.
fn agree(scheme: Scheme, pairs: &Pairs, answers: &[Ordering], oracle: &str) {
    assert_eq!(answers.len(), pairs.len(), "{oracle} answered each pair");
    let distinct = |want| answers.iter().filter(|answer| **answer == want).count();
    let counts = [Ordering::Less, Ordering::Equal, Ordering::Greater].map(distinct);
    for ((a, b), answer) in pairs.iter().zip(answers) {
        assert_eq!(scheme.compare(a, b), Ok(*answer), "{scheme}: {a} against {b}, says {oracle}");
    }
    println!("{scheme}: {} pairs as {oracle} has them (less, equal, greater: {counts:?})", pairs.len());
}

fn signs(output: &str) -> Vec<Ordering> {
    let sign = |char| match char {
        '<' => Some(Ordering::Less),
        '=' => Some(Ordering::Equal),
        '>' => Some(Ordering::Greater),
        _ => None,
    };
    output.chars().filter_map(sign).collect()
}

/// What a program prints; none, with a printed reason, where it is not there or fails.
pub(crate) fn run(program: &str, arguments: &[String], input: &str) -> Option<String> {
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => {
            println!("skipped: cannot run {program}: {error}");
            return None;
        }
    };
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("written");
    if !output.status.success() {
        println!("skipped: {program} failed: {}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn lines(pairs: &Pairs) -> String {
    pairs.iter().map(|(a, b)| format!("{a}\t{b}\n")).collect()
}

#[test]
fn debian_as_dpkg() {
    // One process a question, so one shell asks them all.
    let script = r#"while IFS="$(printf '\t')" read -r a b; do
        if dpkg --compare-versions "$a" lt "$b"; then echo '<'
        elif dpkg --compare-versions "$a" eq "$b"; then echo '='
        else echo '>'; fi; done"#;
    if run("dpkg", &["--version".to_owned()], "").is_none() {
        return;
    }
    let pairs = pairs_of(Scheme::Debian, 250);
    let Some(output) = run("sh", &["-c".to_owned(), script.to_owned()], &lines(&pairs)) else { return };
    agree(Scheme::Debian, &pairs, &signs(&output), "dpkg");
}

#[test]
fn rpm_as_rpm() {
    let mut pairs = pairs_of(Scheme::Rpm, 500);
    // Where one names no release, rpm's own function says which text is longer; whoever asks of an advisory wants all.
    pairs.retain(|(a, b)| a.contains('-') == b.contains('-'));
    let calls: String = pairs.iter().map(|(a, b)| format!("print(c(rpm.vercmp('{a}','{b}')))")).collect();
    let script = format!("%{{lua: local function c(n) return n<0 and '<' or n>0 and '>' or '=' end {calls}}}");
    let Some(output) = run("rpm", &["--eval".to_owned(), script], "") else { return };
    agree(Scheme::Rpm, &pairs, &signs(&output), "rpm");
}

/// Where npm's own copy of node-semver lies; none, with a printed reason, where it does not.
pub(crate) fn node_semver() -> Option<String> {
    let root = run("npm", &["root".to_owned(), "--global".to_owned()], "")?;
    let module = Path::new(root.trim()).join("npm/node_modules/semver");
    if !module.is_dir() {
        println!("skipped: no {}", module.display());
        return None;
    }
    Some(module.display().to_string())
}

#[test]
fn npm_as_node_semver() {
    let Some(module) = node_semver() else { return };
    let script = format!(
        "const s=require({:?});const t=require('fs').readFileSync(0,'utf8').split('\\n').filter(x=>x);\
         console.log(t.map(l=>{{const[a,b]=l.split('\\t');return '<=>'[s.compare(a,b,true)+1]}}).join(''))",
        module
    );
    let mut pairs = pairs_of(Scheme::Npm, 2000);
    pairs.extend(pairs_of(Scheme::Semver, 1000));
    // Only what node-semver itself takes; OSV's shorter forms are ours.
    pairs.retain(|(a, b)| {
        [a, b].iter().all(|text| text.split(['-', '+']).next().is_some_and(|n| n.matches('.').count() == 2))
    });
    let Some(output) = run("node", &["-e".to_owned(), script], &lines(&pairs)) else { return };
    agree(Scheme::Npm, &pairs, &signs(&output), "node-semver");
}

#[test]
fn pep440_as_packaging() {
    let script = "import sys\n\
        try:\n from packaging.version import Version\n\
        except ImportError:\n from pip._vendor.packaging.version import Version\n\
        for line in sys.stdin:\n a, b = map(Version, line.rstrip('\\n').split('\\t'))\n print('<' if a < b else '=' if a == b else '>')\n";
    let pairs = pairs_of(Scheme::Pep440, 3000);
    let Some(output) = run("python3", &["-c".to_owned(), script.to_owned()], &lines(&pairs)) else { return };
    agree(Scheme::Pep440, &pairs, &signs(&output), "packaging");
}

#[test]
fn pep440_as_pep440_rs() {
    let mut pairs = pairs_of(Scheme::Pep440, 3000);
    pairs.retain(|(a, b)| [a, b].iter().all(|text| text.parse::<pep440_rs::Version>().is_ok()));
    let parse = |text: &String| text.parse::<pep440_rs::Version>().unwrap_or_else(|error| panic!("{text}: {error}"));
    let answers: Vec<Ordering> = pairs.iter().map(|(a, b)| parse(a).cmp(&parse(b))).collect();
    agree(Scheme::Pep440, &pairs, &answers, "pep440_rs");
}

#[test]
fn semver_as_the_crate() {
    let mut pairs = pairs_of(Scheme::Semver, 3000);
    // Leading zeros and missing numbers are ours.
    pairs.retain(|(a, b)| [a, b].iter().all(|text| text.parse::<semver::Version>().is_ok()));
    let parse = |text: &String| text.parse::<semver::Version>().unwrap_or_else(|error| panic!("{text}: {error}"));
    let answers: Vec<Ordering> = pairs.iter().map(|(a, b)| parse(a).cmp_precedence(&parse(b))).collect();
    agree(Scheme::Semver, &pairs, &answers, "the crate semver");
}

#[test]
fn maven_as_comparable_version() {
    let jar = |names: &[&str]| names.iter().map(PathBuf::from).find(|path| path.is_file());
    let artifact = jar(&["/usr/share/java/maven-artifact-3.x.jar", "/usr/share/maven/lib/maven-artifact-3.x.jar"]);
    let lang = jar(&["/usr/share/java/commons-lang3.jar"]);
    let (Some(artifact), Some(lang)) = (artifact, lang) else {
        println!("skipped: no maven-artifact on this machine");
        return;
    };
    let mut pairs = pairs_of(Scheme::Maven, 700);
    // Beyond what people write.
    pairs.extend(crate::generate::pairs(Scheme::Maven, "[0-2](([.-])?([0-2]|a|b|x|sp|ga|rc)){0,6}", 700));
    let class = "org.apache.maven.artifact.versioning.ComparableVersion";
    let mut arguments = vec!["-cp".to_owned(), format!("{}:{}", artifact.display(), lang.display()), class.to_owned()];
    arguments.extend(pairs.iter().flat_map(|(a, b)| [a.clone(), b.clone()]));
    let Some(output) = run("java", &arguments, "") else { return };
    // It compares each with the next: every other answer is a pair's. Its lines of answers start with a space.
    let answers: Vec<Ordering> = output
        .lines()
        .filter(|line| line.starts_with(' '))
        .step_by(2)
        .flat_map(|line| signs(&line.replace("==", "=")))
        .collect();
    agree(Scheme::Maven, &pairs, &answers, "Maven's ComparableVersion");
}
