//! Ranges against the ecosystems' own code. Only released versions are asked for: of pre-releases those say what to
//! select, not where they stand.
use casemate_version::{Requirement, Syntax};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use crate::oracle::{node_semver, run};

/// The same rows in every run: a range, and a version.
fn rows(range: &str, count: usize) -> Vec<(String, String)> {
    let text = |pattern: &str| proptest::string::string_regex(pattern).expect("the pattern is one");
    let mut runner = TestRunner::deterministic();
    let row = (text(range), text("[0-3]\\.[0-3]\\.[0-3]"));
    (0..count).map(|_| row.new_tree(&mut runner).expect("a row").current()).collect()
}

fn agree(syntax: Syntax, rows: &[(String, String)], answers: &[bool], oracle: &str) {
    assert_eq!(answers.len(), rows.len(), "{oracle} answered each row");
    for ((range, version), answer) in rows.iter().zip(answers) {
        let requirement = Requirement::parse(syntax, range).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(
            requirement.contains(version),
            Ok(*answer),
            "{version} in `{range}`, says {oracle}: {requirement:?}"
        );
    }
    let inside = answers.iter().filter(|answer| **answer).count();
    println!("{} ranges as {oracle} has them, {inside} of their versions inside", rows.len());
}

#[test]
fn npm_as_node_semver() {
    let Some(module) = node_semver() else { return };
    let script = format!(
        "const s=require({module:?});const t=require('fs').readFileSync(0,'utf8').split('\\n').filter(x=>x);\
         console.log(t.map(l=>{{const[r,v]=l.split('\\t');return s.satisfies(v,r,true)?'y':'n'}}).join(''))"
    );
    let one = "(\\^|~|~>|>=|<=|<|>|=|>= ||)[0-3](\\.([0-3](\\.([0-3](-rc\\.1)?|x))?|[xX*]))?";
    let mut rows = rows(
        &format!("{one}( {one}){{0,2}}( ?\\|\\| ?{one}){{0,2}}|\\*|[0-3](\\.[0-3]){{0,2}} - [0-3](\\.[0-3]){{0,2}}"),
        3000,
    );
    rows.retain(|(range, _)| !range.trim().is_empty());
    let input: String = rows.iter().map(|(range, version)| format!("{range}\t{version}\n")).collect();
    let Some(output) = run("node", &["-e".to_owned(), script], &input) else { return };
    let answers: Vec<bool> = output.trim().chars().map(|char| char == 'y').collect();
    agree(Syntax::Npm, &rows, &answers, "node-semver");
}

#[test]
fn cargo_as_the_crate_semver() {
    let one = "(\\^|~|>=|<=|<|>|=|>= |)[0-3](\\.([0-3](\\.([0-3](-rc\\.1)?|\\*))?|\\*))?";
    let mut rows = rows(&format!("{one}(, ?{one}){{0,2}}|\\*"), 3000);
    rows.retain(|(range, _)| range.parse::<semver::VersionReq>().is_ok());
    let holds = |(range, version): &(String, String)| {
        let range: semver::VersionReq = range.parse().expect("it was kept");
        range.matches(&version.parse().expect("a version"))
    };
    let answers: Vec<bool> = rows.iter().map(holds).collect();
    assert!(rows.len() > 2000);
    agree(Syntax::Cargo, &rows, &answers, "the crate semver");
}
