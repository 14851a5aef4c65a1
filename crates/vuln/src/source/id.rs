//! Ids of vulnerabilities as texts hold them.

/// The number under which a CVE is kept: its year and sequence; none where `id` is no CVE in its usual form.
pub(crate) fn cve_number(id: &str) -> Option<i64> {
    let (year, sequence) = id.strip_prefix("CVE-")?.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !(4..=12).contains(&sequence.len()) || !digits(year) || !digits(sequence) {
        return None;
    }
    if sequence.len() > 4 && sequence.starts_with('0') {
        return None;
    }
    let (year, sequence): (i64, i64) = (year.parse().ok()?, sequence.parse().ok()?);
    Some(year * 1_000_000_000_000 + sequence)
}

/// The CVE of a number of [`cve_number`].
pub(crate) fn cve_from_number(number: i64) -> String {
    format!("CVE-{:04}-{:04}", number.div_euclid(1_000_000_000_000), number.rem_euclid(1_000_000_000_000))
}

/// The CVE in `id`, in its usual form: `CVE-2024-1` written as sources write it (`cve_2024-0001`, `DEBIAN-CVE-2024-0001`,
/// `2024-0001` of ruby-advisory-db).
pub(crate) fn cve_in(id: &str) -> Option<String> {
    let upper = id.trim().to_ascii_uppercase().replace('_', "-");
    let rest = match upper.find("CVE-") {
        // A publisher's prefix: only letters and hyphens stand before.
        Some(at) if upper.get(..at)?.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-') => {
            upper.get(at + 4..)?.to_owned()
        }
        Some(_) => return None,
        None => upper,
    };
    let cve = format!("CVE-{}", rest.trim());
    cve_number(&cve)?;
    Some(cve)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cves_are_found_and_numbered() {
        for (text, want, why) in [
            ("CVE-2024-3094", Some("CVE-2024-3094"), "as it is"),
            ("cve_2019-2426", Some("CVE-2019-2426"), "secdb's slips"),
            ("DEBIAN-CVE-2024-0001", Some("CVE-2024-0001"), "a publisher's prefix"),
            ("2018-10191", Some("CVE-2018-10191"), "ruby-advisory-db"),
            ("GHSA-x76w-6vjr-8xgj", None, "another kind of id"),
            ("CVE-2024-XXXX", None, "not numbered yet"),
            ("CVE-2024-00001", None, "no such form"),
            ("USN-5/CVE-2024-0001", None, "more than a prefix"),
        ] {
            assert_eq!(cve_in(text).as_deref(), want, "{text}: {why}");
            if let Some(cve) = want {
                assert_eq!(cve_from_number(cve_number(cve).unwrap()), cve);
            }
        }
    }
}
