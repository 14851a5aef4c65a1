//! Names of packages and ecosystems as the database keeps them.
use std::borrow::Cow;

use crate::model::Affected;

/// The ecosystem without its release: `Debian` of `Debian:12`.
pub(crate) fn base(ecosystem: &str) -> &str {
    ecosystem.split_once(':').map_or(ecosystem, |(base, _)| base)
}

/// The name under which the database keeps a package. `ecosystem` is OSV's name, with or without a release.
///
/// `PyPI`: PEP 503. `NuGet`, `Packagist`, `GitHub Actions`, `Pub`, `Hex`: lower case (their registries do not tell case
/// apart). `Julia`, `Maven` (`group:artifact`), `npm`, `Go`, `crates.io`, `RubyGems` and the distributions: as it is.
#[must_use]
pub fn normalise<'a>(ecosystem: &str, name: &'a str) -> Cow<'a, str> {
    let name = name.trim();
    match base(ecosystem) {
        "PyPI" => pep503(name),
        "NuGet" | "Packagist" | "GitHub Actions" | "Pub" | "Hex" => lower(name),
        "Maven" if !name.contains(':') && name.contains('/') => Cow::Owned(name.replacen('/', ":", 1)),
        // A module path has no scheme and no slash at its end; case counts.
        "Go" => Cow::Borrowed(name.trim_start_matches("https://").trim_end_matches('/')),
        _ => Cow::Borrowed(name),
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.chars().any(char::is_uppercase) { Cow::Owned(name.to_lowercase()) } else { Cow::Borrowed(name) }
}

/// <https://peps.python.org/pep-0503/#normalized-names>: runs of `-`, `_` and `.` are one hyphen, letters are lower case.
fn pep503(name: &str) -> Cow<'_, str> {
    let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if plain && !name.contains("--") {
        return Cow::Borrowed(name);
    }
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if !matches!(c, '-' | '_' | '.') {
            out.extend(c.to_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    Cow::Owned(out)
}

/// Red Hat's ecosystems are named by CPE in OSV (`Red Hat:enterprise_linux:9::appstream`); repositories of one release are
/// one ecosystem, `Red Hat:9`. Products with fixes of their own (`rhel_eus:9.2`) keep their name.
pub(crate) fn ecosystem_tidy(ecosystem: &str) -> String {
    let ecosystem = ecosystem.trim();
    let Some(product) = ecosystem.strip_prefix("Red Hat:") else { return ecosystem.to_owned() };
    let product = product.split("::").next().unwrap_or(product);
    match product.strip_prefix("enterprise_linux:") {
        // `10.1`: packages of all minor releases are ordered together.
        Some(version) => format!("Red Hat:{}", version.split('.').next().unwrap_or(version)),
        None => format!("Red Hat:{product}"),
    }
}

pub(crate) fn normalise_affected(affected: &mut Affected) {
    affected.ecosystem = ecosystem_tidy(&affected.ecosystem);
    affected.package = normalise(&affected.ecosystem, &affected.package).into_owned();
    affected.arches.sort_unstable();
    affected.arches.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_their_registry() {
        for (ecosystem, name, want, why) in [
            ("PyPI", "Zope.Interface", "zope-interface", "PEP 503"),
            ("PyPI", "a__b-.c", "a-b-c", "a run is one hyphen"),
            ("PyPI", "django", "django", "nothing to do"),
            ("NuGet", "Newtonsoft.Json", "newtonsoft.json", "case does not count"),
            ("Packagist", "Symfony/HTTP-Kernel", "symfony/http-kernel", "case does not count"),
            ("Maven", "org.apache.logging.log4j/log4j-core", "org.apache.logging.log4j:log4j-core", "a purl's form"),
            ("Maven", "Group:Artifact", "Group:Artifact", "case counts"),
            ("Go", "https://github.com/A/b/", "github.com/A/b", "a module path has no scheme"),
            ("npm", "@Scope/Name", "@Scope/Name", "old names have case"),
            ("crates.io", "a_b", "a_b", "the canonical name is exact"),
            ("Debian:12", " linux ", "linux", "source package"),
        ] {
            assert_eq!(normalise(ecosystem, name), want, "{ecosystem} {name}: {why}");
        }
        for (text, want) in [
            ("Red Hat:enterprise_linux:9::appstream", "Red Hat:9"),
            ("Red Hat:rhel_eus:9.2::baseos", "Red Hat:rhel_eus:9.2"),
            ("Red Hat:9", "Red Hat:9"),
            ("Ubuntu:22.04:LTS", "Ubuntu:22.04:LTS"),
        ] {
            assert_eq!(ecosystem_tidy(text), want);
        }
    }
}
