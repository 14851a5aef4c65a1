//! RustSec and ruby-advisory-db say which versions are safe; what is affected is the rest.
use casemate_version::{Bound, Requirement, RequirementError, Syntax};

use crate::model::{Event, Range, RangeType};

/// What lies outside of all `safe` requirements; none where nothing does. `after` gives a version right after another, for
/// intervals that begin beyond one: events name the first version that is affected.
pub(crate) fn rest<'a>(
    safe: impl Iterator<Item = &'a String>,
    syntax: Syntax,
    kind: RangeType,
    after: fn(&str) -> String,
) -> Result<Option<Range>, RequirementError> {
    let mut whole = Requirement::none(syntax.scheme());
    for text in safe {
        whole = whole.union(Requirement::parse(syntax, text)?);
    }
    let mut events = Vec::new();
    for interval in whole.complement().intervals {
        events.push(Event::Introduced(match interval.from {
            None => "0".into(),
            Some(Bound { version, inclusive: true }) => version,
            Some(Bound { version, .. }) => after(&version),
        }));
        events.extend(interval.to.map(|to| match to.inclusive {
            true => Event::LastAffected(to.version),
            false => Event::Fixed(to.version),
        }));
    }
    Ok((!events.is_empty()).then_some(Range { kind, events }))
}
