//! Dates as sources write them.
use casemate_estate::Timestamp;

/// RFC 3339, or a date alone (its midnight, UTC), or a date and time without a zone (taken as UTC). None for what cannot be
/// a date of an advisory: no date, or one before 1970 (`0001-01-01` means "not set").
pub(crate) fn date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let parsed = text.parse::<Timestamp>().ok().or_else(|| {
        if let Some(day) = text.get(..10).filter(|_| text.len() == 10) {
            return format!("{day}T00:00:00Z").parse().ok();
        }
        format!("{text}Z").parse().ok()
    })?;
    (parsed.as_second() > 0).then_some(parsed)
}

/// `YYYY-MM-DD` of a text that begins with one.
pub(crate) fn day(text: &str) -> Option<String> {
    let day = text.trim().get(..10)?;
    date(day)?;
    Some(day.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (text, want) in [
            ("2024-10-15", Some("2024-10-15T00:00:00Z")),
            ("2024-10-15T01:02:03.5Z", Some("2024-10-15T01:02:03.5Z")),
            ("2024-10-15T01:02:03+02:00", Some("2024-10-14T23:02:03Z")),
            ("2024-10-15T01:02:03", Some("2024-10-15T01:02:03Z")),
            ("0001-01-01T00:00:00Z", None),
            ("soon", None),
            ("", None),
            ("2024-13-01", None),
        ] {
            assert_eq!(date(text).map(|date| date.to_string()).as_deref(), want, "{text}");
        }
        assert_eq!(day("2024-10-15T01:02:03Z").as_deref(), Some("2024-10-15"));
        assert_eq!(day("2024-10"), None);
    }
}
