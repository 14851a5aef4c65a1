//! Text armour of certificates (RFC 7468). Private keys are never decoded: only blocks with a wanted label are.

/// Certificates of a file, in DER; `None` where there are more than `limit`: a bundle of authorities. A block that is not
/// base64 is an empty certificate, so that its place is still counted.
pub(crate) fn certificates(text: &str, limit: usize) -> Option<Vec<Vec<u8>>> {
    let mut out = Vec::new();
    let mut block: Option<String> = None;
    for line in text.lines().map(str::trim) {
        if let Some(body) = &mut block {
            if line.starts_with("-----END ") {
                out.push(base64(body).unwrap_or_default());
                block = None;
            } else if line.starts_with("-----BEGIN ") {
                out.push(Vec::new());
                block = begins(line).then(String::new);
            } else {
                body.push_str(line);
            }
        } else if begins(line) {
            if out.len() >= limit {
                return None;
            }
            block = Some(String::new());
        }
    }
    // Cut short.
    if block.is_some() {
        out.push(Vec::new());
    }
    (out.len() <= limit).then_some(out)
}

fn begins(line: &str) -> bool {
    matches!(
        line,
        "-----BEGIN CERTIFICATE-----" | "-----BEGIN X509 CERTIFICATE-----" | "-----BEGIN TRUSTED CERTIFICATE-----"
    )
}

/// Decodes base64 (RFC 4648, section 4), blanks ignored, padding not required; none where another character stands in it.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut word, mut bits) = (0_u32, 0_u32);
    for c in text.bytes() {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => return None,
        };
        word = word << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(word >> bits & 0xff).unwrap_or(0));
        }
        word &= 0xff;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn blocks_are_counted() {
        let one = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";
        let key = "-----BEGIN PRIVATE KEY-----\nAQID\n-----END PRIVATE KEY-----\n";
        for (text, want, why) in [
            (one.to_owned(), Some(vec![vec![1, 2, 3]]), "one"),
            (format!("{key}{one}text\n{one}"), Some(vec![vec![1, 2, 3]; 2]), "a key and text between"),
            (key.to_owned(), Some(vec![]), "a key is not decoded"),
            (one.repeat(3), None, "more than the limit"),
            ("-----BEGIN CERTIFICATE-----\nAQ".to_owned(), Some(vec![vec![]]), "cut short"),
            ("-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----".to_owned(), Some(vec![vec![]]), "junk"),
            (String::new(), Some(vec![]), "nothing"),
        ] {
            assert_eq!(certificates(&text, 2), want, "{why}");
        }
    }

    #[test]
    fn base64_is_decoded() {
        for (text, want, why) in [
            ("", Some(&b""[..]), "nothing"),
            ("Zg==", Some(b"f"), "two signs of padding"),
            ("Zm8", Some(b"fo"), "padding left out"),
            ("Zm9v\n YmFy", Some(b"foobar"), "blanks"),
            ("Zm9v*", None, "a character that is none of its own"),
        ] {
            assert_eq!(base64(text).as_deref(), want, "{why}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).*") {
            certificates(&text, 3);
            base64(&text);
        }
    }
}
