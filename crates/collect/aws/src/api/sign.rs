//! Signature Version 4, by AWS's own crate.
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{
        PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
        UriPathNormalizationMode, sign,
    },
    sign::v4,
};

/// Adds the headers that sign the request. S3 takes paths as they are and wants the body's hash in a header.
pub(crate) fn signed(
    request: &mut casemate_http::Request,
    credentials: &Credentials,
    service: &str,
    region: &str,
    now: SystemTime,
) -> Result<(), String> {
    let identity = credentials.clone().into();
    let mut settings = SigningSettings::default();
    if service == "s3" {
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(service)
        .time(now)
        .settings(settings)
        .build()
        .map_err(|error| error.to_string())?
        .into();
    let headers = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let signable = SignableRequest::new(request.method, &request.url, headers, SignableBody::Bytes(&request.body))
        .map_err(|error| error.to_string())?;
    let (instructions, _) = sign(signable, &params).map_err(|error| error.to_string())?.into_parts();
    let added: Vec<(String, String)> =
        instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    request.headers.extend(added);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    /// The example of the IAM User Guide, "Signature Version 4 signing process", as it was published: ListUsers on
    /// 30 August 2015.
    #[test]
    fn the_published_example_has_its_signature() {
        let credentials =
            Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None, None, "test");
        let mut request = casemate_http::Request {
            method: "GET",
            url: "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08".into(),
            headers: vec![("content-type".into(), "application/x-www-form-urlencoded; charset=utf-8".into())],
            body: Vec::new(),
        };
        let now = UNIX_EPOCH + Duration::from_secs(1_440_938_160);
        signed(&mut request, &credentials, "iam", "us-east-1", now).unwrap();
        let of = |name: &str| {
            request.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        assert_eq!(of("x-amz-date"), "20150830T123600Z");
        let authorization = of("authorization");
        assert!(authorization.contains("Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request"));
        assert!(
            authorization.ends_with("Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"),
            "{authorization}"
        );
    }

    #[test]
    fn s3_wants_the_hash_of_the_body() {
        let credentials = Credentials::new("A", "s", Some("t".into()), None, "test");
        let mut request = casemate_http::Request::get("https://s3.eu-west-1.amazonaws.com/b/a%20b?policy");
        signed(&mut request, &credentials, "s3", "eu-west-1", UNIX_EPOCH).unwrap();
        let names: Vec<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names.contains(&"x-amz-content-sha256") && names.contains(&"x-amz-security-token"), "{names:?}");
    }
}
