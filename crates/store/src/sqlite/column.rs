//! How values of the estate stand in columns. The numbers are those of `migrations/0001_initial.sql`.
use casemate_estate::{ContentHash, FacetStatus, LifeStatus, ResourceId, Severity, State, Timestamp};
use rusqlite::Row;
use serde_json::Value;

use super::{Fault, Outcome};

/// Microseconds since 1970; the range of [`Timestamp`] fits.
pub(super) fn time(at: Timestamp) -> i64 {
    at.as_microsecond()
}

pub(super) fn time_read(row: &Row<'_>, column: &str) -> Outcome<Timestamp> {
    time_of(row.get(column)?)
}

pub(super) fn time_read_opt(row: &Row<'_>, column: &str) -> Outcome<Option<Timestamp>> {
    row.get::<_, Option<i64>>(column)?.map(time_of).transpose()
}

pub(super) fn time_of(micros: i64) -> Outcome<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(|e| Fault::Damaged(format!("a time of {micros} µs: {e}")))
}

fn word<T: Copy>(all: &[T], number: i64, what: &str) -> Outcome<T> {
    let found = usize::try_from(number).ok().and_then(|i| all.get(i)).copied();
    found.ok_or_else(|| Fault::Damaged(format!("{number} is no {what}")))
}

fn number<T: PartialEq>(all: &[T], value: &T) -> i64 {
    // Every value is in its table (a test walks them all), and the tables are short.
    all.iter().position(|v| v == value).and_then(|i| i64::try_from(i).ok()).unwrap_or(-1)
}

const STATES: [State; 4] = [State::Pass, State::Fail, State::Unknown, State::NotApplicable];
const STATUSES: [LifeStatus; 5] =
    [LifeStatus::None, LifeStatus::New, LifeStatus::Open, LifeStatus::Resolved, LifeStatus::Reopened];
const SEVERITIES: [Severity; 4] = [Severity::Low, Severity::Medium, Severity::High, Severity::Critical];
const READINGS: [FacetStatus; 5] = [
    FacetStatus::Collected,
    FacetStatus::Denied,
    FacetStatus::Throttled,
    FacetStatus::Failed,
    FacetStatus::Unsupported,
];

pub(super) fn state(value: State) -> i64 {
    number(&STATES, &value)
}

pub(super) fn state_of(number: i64) -> Outcome<State> {
    word(&STATES, number, "state")
}

pub(super) fn status(value: LifeStatus) -> i64 {
    number(&STATUSES, &value)
}

pub(super) fn status_of(number: i64) -> Outcome<LifeStatus> {
    word(&STATUSES, number, "stage of life")
}

pub(super) fn severity(value: Severity) -> i64 {
    number(&SEVERITIES, &value)
}

pub(super) fn severity_of(number: i64) -> Outcome<Severity> {
    word(&SEVERITIES, number, "severity")
}

pub(super) fn reading(value: FacetStatus) -> i64 {
    number(&READINGS, &value)
}

pub(super) fn reading_of(number: i64) -> Outcome<FacetStatus> {
    word(&READINGS, number, "facet status")
}

pub(super) fn hash_of(bytes: &[u8]) -> Outcome<ContentHash> {
    bytes.try_into().map(ContentHash).map_err(|_| Fault::Damaged(format!("a hash of {} bytes", bytes.len())))
}

pub(super) fn hash_read(row: &Row<'_>, column: &str) -> Outcome<ContentHash> {
    let cell = row.get_ref(column)?;
    hash_of(cell.as_blob().map_err(|_| Fault::Damaged(format!("a hash in `{column}` that is no blob")))?)
}

pub(super) fn id_of(text: String) -> Outcome<ResourceId> {
    ResourceId::new(text).map_err(|e| Fault::Damaged(e.to_string()))
}

pub(super) fn json_of(text: &str) -> Outcome<Value> {
    serde_json::from_str(text).map_err(|e| Fault::Damaged(format!("JSON that cannot be read: {e}")))
}

/// The upper end of the texts that start with `prefix`: no UTF-8 text holds the byte FF.
pub(super) fn prefix_end(prefix: &str) -> Vec<u8> {
    let mut end = prefix.as_bytes().to_vec();
    end.push(0xff);
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_its_own_number() {
        for value in State::ALL {
            assert_eq!(state_of(state(value)).ok(), Some(value));
        }
        for value in LifeStatus::ALL {
            assert_eq!(status_of(status(value)).ok(), Some(value));
        }
        for value in Severity::ALL {
            assert_eq!(severity_of(severity(value)).ok(), Some(value));
        }
        for value in READINGS {
            assert_eq!(reading_of(reading(value)).ok(), Some(value));
        }
        assert!(state_of(9).is_err() && state_of(-1).is_err());
    }
}
