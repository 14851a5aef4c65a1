//! Small archives for tests and fuzzers.
use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// An archive of these files; those whose name ends in `.jar` are stored, the rest deflated.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let method = if name.ends_with(".jar") { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method);
        // Into memory nothing fails; where it did, the archive would lack the file and a test would say so.
        if out.start_file(*name, options).is_ok() {
            drop(out.write_all(bytes));
        }
    }
    out.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// An archive with coordinates of Maven.
pub(crate) fn jar(group: &str, artifact: &str, version: &str) -> Vec<u8> {
    let (name, bytes) = properties_of(group, artifact, version);
    zip(&[("a/A.class", b"x"), (&name, &bytes)])
}

/// The path and text of `pom.properties`.
pub(crate) fn properties_of(group: &str, artifact: &str, version: &str) -> (String, Vec<u8>) {
    (
        format!("META-INF/maven/{group}/{artifact}/pom.properties"),
        format!("#Created by Maven\nversion={version}\ngroupId={group}\nartifactId={artifact}\n").into_bytes(),
    )
}

/// An archive that holds one stored and one deflated.
pub(crate) fn war() -> Vec<u8> {
    zip(&[("WEB-INF/lib/a.jar", &jar("org.a", "a", "1.0")), ("b.war", &jar("org.b", "b", "2"))])
}
