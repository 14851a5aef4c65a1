//! Times as people write them.
use casemate_estate::Timestamp;
use jiff::{SignedDuration, civil, tz::TimeZone};

use crate::error::CommandError;

/// Which way an age such as `2h` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// Before now: `--since 2h`.
    Past,
    /// After now: `--expires 90d`.
    Future,
}

/// RFC 3339, a date (midnight UTC), or an age: a number and `s`, `m`, `h`, `d` or `w`.
///
/// # Errors
/// [`CommandError::Usage`] where it is none of these, or out of range.
pub(crate) fn parse(option: &str, text: &str, now: Timestamp, age: Age) -> Result<Timestamp, CommandError> {
    let usage = || {
        CommandError::Usage(format!(
            "cannot read `{text}` of {option} as a time\nhint: write 2026-11-24T12:00:00Z, 2026-11-24, or an age such as 2h or 7d"
        ))
    };
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time);
    }
    if let Ok(date) = text.parse::<civil::Date>() {
        return date.to_zoned(TimeZone::UTC).map(|z| z.timestamp()).map_err(|_| usage());
    }
    let (digits, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).ok_or_else(usage)?);
    let number: i64 = digits.parse().map_err(|_| usage())?;
    let seconds = match unit {
        "s" => 1,
        "m" | "min" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 604_800,
        _ => return Err(usage()),
    };
    let span = SignedDuration::from_secs(number.checked_mul(seconds).ok_or_else(usage)?);
    match age {
        Age::Past => now.checked_sub(span),
        Age::Future => now.checked_add(span),
    }
    .map_err(|_| usage())
}

/// As [`parse`], of a time that has been: nothing can be said of one to come. A time in whole seconds means the end of
/// that second: tables show times so, and what a scan of that second found must be there when its time is copied.
///
/// # Errors
/// [`CommandError::Usage`] as [`parse`] gives it, and where the time is later than `now`.
pub(crate) fn parse_past(option: &str, text: &str, now: Timestamp) -> Result<Timestamp, CommandError> {
    let time = parse(option, text, now, Age::Past)?;
    if time > now {
        return Err(CommandError::Usage(format!(
            "cannot tell of `{text}` of {option}: it is in the future\nhint: it is {now:.0} now; times are in UTC where they do not say otherwise"
        )));
    }
    let whole = text.contains(':') && !text.contains(['.', ',']);
    let end = time.checked_add(SignedDuration::from_micros(999_999)).unwrap_or(time);
    Ok(if whole { end.min(now) } else { time })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        for (text, age, want) in [
            ("2026-11-24T11:00:00Z", Age::Past, Some("2026-11-24T11:00:00Z")),
            ("2026-11-01", Age::Past, Some("2026-11-01T00:00:00Z")),
            ("2h", Age::Past, Some("2026-11-24T10:00:00Z")),
            ("1w", Age::Future, Some("2026-12-01T12:00:00Z")),
            ("h", Age::Past, None),
            ("2y", Age::Past, None),
            ("99999999999999999d", Age::Past, None),
            ("", Age::Past, None),
            ("-2h", Age::Past, None),
        ] {
            let got = parse("--since", text, now, age).ok().map(|t| t.to_string());
            assert_eq!(got.as_deref(), want, "{text}");
        }
    }

    #[test]
    fn a_time_as_tables_show_it_holds_its_second() {
        let now: Timestamp = "2026-11-24T12:00:00.5Z".parse().unwrap();
        for (text, want, why) in [
            ("2026-11-24T11:00:00Z", "2026-11-24T11:00:00.999999Z", "whole seconds"),
            ("2026-11-24T12:00:00Z", "2026-11-24T12:00:00.5Z", "this second, which is not over"),
            ("2026-11-24T11:00:00.25Z", "2026-11-24T11:00:00.25Z", "to the fraction, as JSON has it"),
            ("2026-11-24", "2026-11-24T00:00:00Z", "a date is its midnight"),
            ("1h", "2026-11-24T11:00:00.5Z", "an age"),
        ] {
            assert_eq!(parse_past("--at", text, now).unwrap().to_string(), want, "{why}");
        }
    }

    #[test]
    fn nothing_is_said_of_the_future() {
        let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
        for (text, fits) in [("2026-11-24T12:00:00Z", true), ("2026-11-24T13:00:00+02:00", true), ("2026-11-25", false)]
        {
            assert_eq!(parse_past("--at", text, now).is_ok(), fits, "{text}");
        }
    }
}
