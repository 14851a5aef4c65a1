//! What the forms of Red Hat share: names of products, and of packages.
use super::name::ecosystem_tidy;

/// The ecosystem of a product by its CPE: `cpe:/a:redhat:enterprise_linux:9::appstream` is `Red Hat:9`. None for products
/// of others.
pub(crate) fn ecosystem_of_cpe(cpe: &str) -> Option<String> {
    let mut parts: Vec<&str> = match cpe.strip_prefix("cpe:2.3:") {
        Some(rest) => rest.split(':').collect(),
        None => cpe.strip_prefix("cpe:/")?.split(':').collect(),
    };
    while parts.last().is_some_and(|part| matches!(*part, "" | "*" | "-")) {
        parts.pop();
    }
    let (vendor, product, version) = (parts.get(1)?, parts.get(2)?, parts.get(3).copied().unwrap_or_default());
    if *vendor != "redhat" || matches!(version, "" | "*" | "-") {
        return None;
    }
    Some(ecosystem_tidy(&format!("Red Hat:{product}:{version}")))
}

/// The ecosystem of a platform's name in OVAL: `Red Hat Enterprise Linux 8`.
pub(crate) fn ecosystem_of_platform(name: &str) -> Option<String> {
    let name = name.trim();
    let (base, rest) = [("Red Hat", "Red Hat Enterprise Linux "), ("Oracle Linux", "Oracle Linux ")]
        .into_iter()
        .find_map(|(base, prefix)| Some((base, name.strip_prefix(prefix)?)))?;
    let version: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (!version.is_empty()).then(|| format!("{base}:{version}"))
}

/// A package of an rpm: name, version with epoch where it is not 0, architecture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rpm {
    pub(crate) name: String,
    pub(crate) version: Option<String>,
    pub(crate) arch: Option<String>,
    /// `nodejs:18`.
    pub(crate) module: Option<String>,
}

/// `nodejs-1:18.1-3.el9.x86_64`, as product ids name packages.
pub(crate) fn nevra(text: &str) -> Option<Rpm> {
    let (rest, arch) = text.rsplit_once('.')?;
    let known =
        ["src", "noarch", "x86_64", "aarch64", "ppc64le", "ppc64", "ppc", "s390x", "s390", "i686", "i386", "ia64"];
    if !known.contains(&arch) {
        return None;
    }
    let (rest, release) = rest.rsplit_once('-')?;
    let (name, version) = rest.rsplit_once('-')?;
    Some(Rpm {
        name: name.to_owned(),
        version: Some(evr(&format!("{version}-{release}"))),
        arch: Some(arch.to_owned()),
        module: None,
    })
}

/// A version without the epoch 0, which is the same as none.
pub(crate) fn evr(text: &str) -> String {
    let text = text.trim();
    text.strip_prefix("0:").or_else(|| text.strip_prefix("(none):")).unwrap_or(text).to_owned()
}

/// Name and stream of a module: `nodejs:18` of `nodejs:18:8060020220523160029:ad008a3a`.
pub(crate) fn module(text: &str) -> Option<String> {
    let mut parts = text.split(':');
    let (name, stream) = (parts.next()?, parts.next()?);
    (!name.is_empty() && !stream.is_empty()).then(|| format!("{name}:{stream}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_products_and_packages() {
        for (cpe, want) in [
            ("cpe:/a:redhat:enterprise_linux:9::appstream", Some("Red Hat:9")),
            ("cpe:/o:redhat:enterprise_linux:10.1", Some("Red Hat:10")),
            ("cpe:2.3:o:redhat:enterprise_linux:8:*:*:*:*:*:*:*", Some("Red Hat:8")),
            ("cpe:/o:redhat:rhel_eus:9.2::baseos", Some("Red Hat:rhel_eus:9.2")),
            ("cpe:/a:redhat:openshift:4.12::el8", Some("Red Hat:openshift:4.12")),
            ("cpe:/a:redhat:openshift", None),
            ("cpe:/o:suse:sles:15:sp4", None),
            ("none", None),
        ] {
            assert_eq!(ecosystem_of_cpe(cpe).as_deref(), want, "{cpe}");
        }
        let rpm = nevra("nodejs-full-i18n-1:18.1-3.module+el9.x86_64").unwrap();
        assert_eq!((rpm.name.as_str(), rpm.version.as_deref()), ("nodejs-full-i18n", Some("1:18.1-3.module+el9")));
        assert_eq!(nevra("kernel"), None);
        assert_eq!(evr("0:1-2"), "1-2");
        assert_eq!(module("nodejs:18:806:ad").as_deref(), Some("nodejs:18"));
        assert_eq!(ecosystem_of_platform("Red Hat Enterprise Linux 8.6 AUS").as_deref(), Some("Red Hat:8"));
    }
}
