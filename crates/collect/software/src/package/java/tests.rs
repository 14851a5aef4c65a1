use super::{
    sample::{jar, properties_of, war, zip},
    *,
};
use crate::package::{library::listed, testing::facts};

#[test]
fn coordinates_come_before_the_manifest_and_the_name() {
    let one = properties_of("org.a", "a", "1.0");
    let two = properties_of("org.b", "b", "2.0");
    let pom = b"<project><groupId>org.c</groupId><artifactId>c</artifactId><version>3</version></project>";
    let log4j = b"Manifest-Version: 1.0\r\nBundle-SymbolicName: org.apache.logging.log4j.core;x=y\r\nImplementation-Version: 2.1\r\n 4.1\r\n\r\nName: x\r\nImplementation-Version: 9\r\n";
    let class: (&str, &[u8]) = ("a/A.class", b"x");
    let manifest = "META-INF/MANIFEST.MF";
    for (path, files, want, problems, why) in [
        ("/l/a-1.0.jar", vec![class, (one.0.as_str(), &one.1)], &["maven/org.a/a@1.0"][..], 0, "its own"),
        (
            "/l/a-1.0.jar",
            vec![class, (&one.0, &one.1), (&two.0, &two.1)],
            &["maven/org.a/a@1.0", "maven/org.b/b@2.0"],
            0,
            "another one packed into it",
        ),
        (
            "/l/fat-7.jar",
            vec![class, (&one.0, &one.1)],
            &["maven/fat@7", "maven/org.a/a@1.0"],
            0,
            "the name tells of a package that is none of those packed into it",
        ),
        (
            "/l/org.x.a-1.0-classifier.jar",
            vec![class, (&one.0, &one.1)],
            &["maven/org.a/a@1.0"],
            0,
            "a group before the name",
        ),
        (
            "/l/thing-1.0.jar",
            vec![class, (manifest, b"Bundle-SymbolicName: org.other.name\n")],
            &["maven/thing@1.0"],
            0,
            "the name of a bundle is no group",
        ),
        ("/l/x.jar", vec![class, ("META-INF/maven/org.c/c/pom.xml", pom)], &["maven/org.c/c@3"], 0, "a POM alone"),
        (
            "/l/log4j-core.jar",
            vec![class, (manifest, log4j)],
            &["maven/org.apache.logging.log4j/log4j-core@2.14.1"],
            0,
            "the manifest, with a line that goes on",
        ),
        (
            "/l/thing.jar",
            vec![class, (manifest, b"Bundle-SymbolicName: org.x.thing\nBundle-Version: 1.2.3\n")],
            &["maven/org.x/thing@1.2.3"],
            0,
            "a bundle",
        ),
        (
            "/l/catalina.jar",
            vec![class, (manifest, b"Implementation-Title: Apache Tomcat\nImplementation-Version: 9.0.71\n")],
            &["maven/org.apache.tomcat/tomcat-catalina@9.0.71"],
            0,
            "a file that is called otherwise",
        ),
        ("/l/spring-core-5.3.1.jar", vec![class], &["maven/org.springframework/spring-core@5.3.1"], 0, "the name"),
        ("/l/mine.jar", vec![class], &[], 1, "nothing says what it is"),
        ("/l/data.jar", vec![("a.txt", b"x")], &[], 0, "no code"),
        (
            "/l/y.jar",
            vec![class, (manifest, b"Implementation-Version: ${project.version}\n")],
            &[],
            1,
            "a version that was not filled in",
        ),
    ] {
        let facts = facts(path, &zip(&files));
        assert_eq!(listed(&facts), want, "{path}: {why}");
        assert_eq!(facts.problems.len(), problems, "{path}: {why}: {:?}", facts.problems);
    }
}

#[test]
fn archives_within_archives_are_read_stored_or_deflated() {
    let inner = jar("org.a", "a", "1.0");
    let war = zip(&[("WEB-INF/lib/a-1.0.jar", &inner), ("WEB-INF/lib/b.par", &jar("org.b", "b", "2"))]);
    let mut ear = b"#!/bin/sh\nexec java -jar \"$0\"\n".to_vec();
    ear.extend(zip(&[("app.war", &war), ("lib/a-1.0.jar", &inner)]));
    let facts = facts("/srv/app.ear", &ear);
    assert_eq!(listed(&facts), ["maven/org.a/a@1.0", "maven/org.b/b@2"]);
    let places: Vec<&str> = facts.packages[0].locations.iter().map(|location| location.path.as_str()).collect();
    assert_eq!(places, ["/srv/app.ear!/app.war!/WEB-INF/lib/a-1.0.jar", "/srv/app.ear!/lib/a-1.0.jar"]);
    assert_eq!(facts.problems, []);
}

#[test]
fn limits_are_named() {
    let mut deep = jar("org.a", "a", "1.0");
    for _ in 0..DEPTH_MAX {
        deep = zip(&[("x.jar", &deep)]);
    }
    let facts = facts("/l/x.jar", &deep);
    assert!(facts.packages.is_empty());
    assert!(facts.problems.iter().any(|problem| problem.incomplete && problem.reason.contains("archive.depth")));

    let zeros = vec![0_u8; 3 << 20];
    let bomb = zip(&[("META-INF/MANIFEST.MF", &zeros), ("a/A.class", b"x")]);
    assert!(bomb.len() < 20_000, "it is small");
    let bomb = crate::package::testing::facts("/l/x.jar", &bomb);
    assert!(bomb.problems.iter().any(|problem| problem.reason.contains("archive.entry_bytes")), "{:?}", bomb.problems);

    let mut budget = Budget { entries: 3, bytes: 100, held: 100 };
    let many = zip(&[("a", b""), ("b", b""), ("c", b""), ("d", b"")]);
    let read = archive::directory(&mut Cursor::new(many), &mut budget, &mut |_| true).unwrap().unwrap();
    assert_eq!((read.items.len(), read.broken.is_some()), (3, true));
}

#[test]
fn what_lies_is_named() {
    let whole = jar("org.a", "a", "1.0");
    let end = memchr::memmem::rfind(&whole, b"PK\x05\x06").unwrap();
    let directory = memchr::memmem::find(&whole, b"PK\x01\x02").unwrap();
    let second = memchr::memmem::rfind(&whole, b"PK\x01\x02").unwrap();
    let changed = |at: usize, bytes: &[u8]| {
        let mut out = whole.clone();
        out[at..at + bytes.len()].copy_from_slice(bytes);
        out
    };
    for (bytes, packages, incomplete, why) in [
        (whole[..whole.len() / 2].to_vec(), 0, true, "cut off"),
        (b"no archive".to_vec(), 0, false, "something else"),
        (changed(end + 12, &[0xff, 0xff, 0xff, 0x7f]), 0, true, "a directory larger than the file"),
        (changed(end + 10, &[9, 0]), 1, true, "more entries than there are"),
        (changed(directory, b"XXXX"), 0, true, "a directory that is none"),
        (changed(second + 42, &[0xf0, 0xff, 0xff, 0x7f]), 0, true, "an entry beyond the file"),
        (changed(second + 10, &[99, 0]), 0, true, "an unknown method"),
        (changed(second + 8, &[1, 0]), 0, true, "encrypted"),
        (changed(second + 20, &[3, 0, 0, 0]), 0, true, "fewer bytes than there are"),
        (
            changed(second + 20, &[0xfe, 0xff, 0xff, 0x7f]),
            1,
            false,
            "more bytes than there are: the stream ends itself",
        ),
    ] {
        let facts = facts("/l/a.jar", &bytes);
        assert_eq!(facts.packages.len(), packages, "{why}: {:?}", facts.problems);
        let said = facts.problems.iter().any(|problem| problem.incomplete);
        assert_eq!(said, incomplete, "{why}: {:?}", facts.problems);
    }
}

#[test]
fn an_unpacked_archive_and_names() {
    let text = b"groupId=org.a\nartifactId=a\nversion=1.0";
    assert_eq!(listed(&facts("/srv/app/META-INF/maven/org.a/a/pom.properties", text)), ["maven/org.a/a@1.0"]);
    for (stem, want) in [
        ("guava-31.1-jre", Some(("guava", "31.1-jre"))),
        ("log4j-1.2-api-2.17.0", Some(("log4j-1.2-api", "2.17.0"))),
        ("netty-4.1.5-1", Some(("netty", "4.1.5-1"))),
        ("a-1.0-20240101.1", Some(("a", "1.0-20240101.1"))),
        ("a", None),
        ("-1", None),
    ] {
        assert_eq!(name_parts(stem), want, "{stem}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
    #[test]
    fn no_change_of_a_byte_makes_it_panic(at in 0_usize..2_000, byte: u8, cut in 0_usize..4_000) {
        let mut bytes = war();
        let length = bytes.len();
        bytes[at % length] = byte;
        bytes.truncate(length.saturating_sub(cut % length / 8));
        let _facts = facts("/l/a.war", &bytes);
    }
}
