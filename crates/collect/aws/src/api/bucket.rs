//! Where a bucket lives, by S3's own word: who asks in another region is told the right one (S3 User Guide, "Making
//! requests": 301 `PermanentRedirect`, 307 `TemporaryRedirect`, 400 `AuthorizationHeaderMalformed`).
use super::Request;

/// Longest name of a region that is believed.
const REGION_MAX: usize = 32;

/// The bucket of a request to S3, as it stands in the path.
pub(super) fn bucket<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    if request.service.endpoint != "s3" {
        return None;
    }
    named(&request.path)
}

fn named(path: &str) -> Option<&str> {
    path.trim_start_matches('/').split(['?', '/']).next().filter(|name| !name.is_empty())
}

/// The region that an answer names as the right one. It becomes part of a host's name, so it must look like a region's.
pub(super) fn home(status: u16, header: Option<&str>, body: &str) -> Option<String> {
    if !matches!(status, 301 | 307 | 400) {
        return None;
    }
    let told = || body.split_once("<Region>")?.1.split_once("</Region>").map(|(region, _)| region);
    let region = header.or_else(told)?.trim();
    let good = !region.is_empty()
        && region.len() <= REGION_MAX
        && region.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    good.then(|| region.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_region_is_believed_where_it_is_one() {
        let malformed = "<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-west-1</Region></Error>";
        for (status, header, body, want, why) in [
            (301, Some("eu-west-1"), "", Some("eu-west-1"), "a redirect with the header"),
            (400, None, malformed, Some("eu-west-1"), "a signature for another region"),
            (301, None, "<Error><Code>PermanentRedirect</Code></Error>", None, "nobody says which"),
            (403, Some("eu-west-1"), "", None, "a refusal is no redirect"),
            (301, Some("evil.example/"), "", None, "no region's name"),
            (301, Some(""), "", None, "nothing"),
            (400, None, "<Region>", None, "cut"),
        ] {
            assert_eq!(home(status, header, body).as_deref(), want, "{why}");
        }
    }

    #[test]
    fn the_bucket_is_the_first_part_of_the_path() {
        for (path, want) in [
            ("/a.b?policy", Some("a.b")),
            ("/a/key?x", Some("a")),
            ("/a", Some("a")),
            ("/?max-buckets=1", None),
            ("/", None),
        ] {
            assert_eq!(named(path), want, "{path}");
        }
    }
}
