//! Accounts and regions of clouds, as scopes and ids of resources name them.

/// The AWS account of a scope (`ACCOUNT`, `ACCOUNT/REGION`) or of an ARN that names one.
pub(crate) fn account(text: &str) -> Option<&str> {
    let candidate = match text.strip_prefix("arn:") {
        Some(rest) => rest.split(':').nth(3)?,
        None => text.split('/').next()?,
    };
    (candidate.len() == 12 && candidate.bytes().all(|b| b.is_ascii_digit())).then_some(candidate)
}

/// The region of a scope `ACCOUNT/REGION`.
pub(crate) fn region(scope: &str) -> Option<&str> {
    account(scope)?;
    scope.split_once('/').map(|(_, region)| region).filter(|region| !region.is_empty())
}

/// Whether a target of a scan is an account of AWS: its id is the ARN of the account's root.
pub(crate) fn is_aws(target: &str) -> bool {
    target.starts_with("arn:aws") && target.ends_with(":root") && account(target).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_and_arns_name_accounts_and_regions() {
        for (text, want) in [
            ("123456789012", (Some("123456789012"), None)),
            ("123456789012/eu-west-1", (Some("123456789012"), Some("eu-west-1"))),
            ("arn:aws:iam::123456789012:root", (Some("123456789012"), None)),
            ("arn:aws-cn:sqs:cn-north-1:123456789012:q/eu-west-1", (Some("123456789012"), None)),
            ("arn:aws:s3:::bucket", (None, None)),
            ("a1b2c3d4-host", (None, None)),
            ("12345678901x", (None, None)),
            ("123456789012/", (Some("123456789012"), None)),
        ] {
            let region = if text.starts_with("arn:") { None } else { region(text) };
            assert_eq!((account(text), region), want, "{text}");
        }
        assert!(is_aws("arn:aws-us-gov:iam::123456789012:root"));
        assert!(!is_aws("arn:aws:iam::123456789012:role/root") && !is_aws("host"));
    }
}
