//! What the credential report and the account's summary say ("Get credential reports for your AWS account", IAM User
//! Guide).
use base64::Engine;
use serde_json::{Map, Value, json};

use crate::{table::Subject, template};

/// Columns of the report that are kept, and whether each is a time.
const COLUMNS: &[(&str, bool)] = &[
    ("password_enabled", false),
    ("password_last_used", true),
    ("password_last_changed", true),
    ("password_next_rotation", true),
    ("mfa_active", false),
    ("access_key_1_active", false),
    ("access_key_1_last_rotated", true),
    ("access_key_1_last_used_date", true),
    ("access_key_2_active", false),
    ("access_key_2_last_rotated", true),
    ("access_key_2_last_used_date", true),
    ("cert_1_active", false),
    ("cert_1_last_rotated", true),
    ("cert_2_active", false),
    ("cert_2_last_rotated", true),
];
/// Columns before the first that says something: `user,arn`.
const NAMES: usize = 2;

/// The subject's row of the report. Times become days; words (`N/A`, `no_information`, `not_supported`) stay.
pub(super) fn row(subject: &Subject<'_>, lists: &[&Value]) -> Result<Value, String> {
    let content = lists.last().and_then(|report| report.get("Content")).and_then(Value::as_str);
    let packed: String = content.ok_or("the credential report is empty")?.split_whitespace().collect();
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(packed)
        .map_err(|error| format!("the credential report is no base64: {error}"))?;
    find(&String::from_utf8_lossy(&bytes), subject.id)
}

/// A user's name may hold commas, and it stands in the first two columns alone: the row is told by its ARN, and what
/// stands behind that is split.
fn find(report: &str, arn: &str) -> Result<Value, String> {
    let mut lines = report.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split(',').map(unquoted).collect();
    if header.get(..NAMES) != Some(&["user", "arn"]) {
        return Err("the credential report begins with columns that are not known".into());
    }
    let (plain, quoted) = (format!(",{arn},"), format!(",\"{arn}\","));
    let rest = lines.find_map(|line| {
        let (_, rest) = line.split_once(&plain).or_else(|| line.split_once(&quoted))?;
        Some(rest)
    });
    let Some(rest) = rest else {
        return Err(format!(
            "iam:GetCredentialReport: the report, which is at most four hours old, does not have `{arn}`"
        ));
    };
    let fields: Vec<&str> = rest.split(',').map(unquoted).collect();
    if fields.len() + NAMES != header.len() {
        return Err(format!("the credential report's row of `{arn}` has {} columns", fields.len() + NAMES));
    }
    let mut out = Map::new();
    for (name, is_time) in COLUMNS {
        let field = header.iter().position(|column| column == name).and_then(|at| fields.get(at.checked_sub(NAMES)?));
        if let Some(field) = field {
            let is_date = *is_time && field.as_bytes().get(4) == Some(&b'-');
            let kept = if is_date { field.get(..10).unwrap_or(field) } else { field };
            out.insert((*name).to_owned(), kept.into());
        }
    }
    Ok(Value::Object(out))
}

fn unquoted(field: &str) -> &str {
    field.trim().trim_matches('"')
}

/// What the summary says of the root user. A count that is not there is left out.
pub(super) fn root(_subject: &Subject<'_>, lists: &[&Value]) -> Result<Value, String> {
    let summary = lists.first().and_then(|answer| template::at(answer, "SummaryMap")).ok_or("the summary is empty")?;
    let mut out = Map::new();
    for (name, key) in [
        ("mfa", "AccountMFAEnabled"),
        ("access_keys", "AccountAccessKeysPresent"),
        ("signing_certificates", "AccountSigningCertificatesPresent"),
        ("password", "AccountPasswordPresent"),
    ] {
        if let Some(count) = summary.get(key).and_then(Value::as_i64) {
            out.insert(name.to_owned(), json!(count > 0));
        }
    }
    Ok(Value::Object(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_1_last_used_date\n\
        <root_account>,arn:aws:iam::1:root,2020-01-01T00:00:00+00:00,not_supported,2026-02-03T04:05:06+00:00,true,false,N/A\n\
        a,b,arn:aws:iam::1:user/a,b,2020-01-01T00:00:00+00:00,true,no_information,false,true,2026-01-01T00:00:00+00:00\n\
        b,arn:aws:iam::1:user/b,2020,true\n";

    #[test]
    fn a_row_is_told_by_its_arn() {
        let root = find(REPORT, "arn:aws:iam::1:root").unwrap();
        assert_eq!(root["password_last_used"], "2026-02-03", "the day alone");
        assert_eq!(root["access_key_1_last_used_date"], "N/A", "a word stays");
        let odd = find(REPORT, "arn:aws:iam::1:user/a,b").unwrap();
        assert_eq!(
            (&odd["password_enabled"], &odd["mfa_active"]),
            (&json!("true"), &json!("false")),
            "commas in a name"
        );
        let quoted = REPORT.replace("arn:aws:iam::1:root", "\"arn:aws:iam::1:root\"");
        assert_eq!(find(&quoted, "arn:aws:iam::1:root").unwrap(), root);
    }

    #[test]
    fn what_is_not_there_or_odd_is_an_error() {
        for (report, arn, part) in [
            (REPORT, "arn:aws:iam::1:user/c", "does not have"),
            (REPORT, "arn:aws:iam::1:user/b", "columns"),
            ("", "arn:x", "not known"),
            ("a,b\n", "arn:x", "not known"),
        ] {
            assert!(find(report, arn).unwrap_err().contains(part), "{arn}");
        }
    }

    #[test]
    fn the_summary_says_what_root_has() {
        let facets = Map::new();
        let subject = Subject {
            partition: "aws",
            account: "1",
            region: "us-east-1",
            id: "",
            name: "",
            item: &Value::Null,
            parent: &Value::Null,
            parent_id: "",
            parent_name: "",
            facets: &facets,
        };
        let summary = json!({"SummaryMap": {"AccountMFAEnabled": 1, "AccountAccessKeysPresent": 0, "Users": 5}});
        assert_eq!(root(&subject, &[&summary]).unwrap(), json!({"mfa": true, "access_keys": false}));
        assert!(root(&subject, &[&json!({})]).is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_report_has_an_answer(text in "[a-z,\"\n:/0-9-]{0,200}") {
            drop(find(&format!("user,arn,mfa_active\n{text}"), "a"));
        }
    }
}
