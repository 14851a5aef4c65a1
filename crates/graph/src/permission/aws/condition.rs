//! Conditions in three values (IAM User Guide, "IAM JSON policy elements: Condition operators", and "Multivalued context
//! keys"). What is not known of the request, and operators that are not known here, give "maybe".
use std::{net::IpAddr, sync::Arc};

use jiff::{Timestamp, civil, tz::TimeZone};
use serde_json::Value;

use super::{document::Text, pattern, truth::Truth, variable};

/// Values of a condition that an answer shows.
const SHOWN_MAX: usize = 20;

#[derive(Debug)]
pub(super) struct Condition {
    pub(super) operator: Arc<str>,
    /// In lower case.
    pub(super) key: Arc<str>,
    pub(super) shown: Arc<[String]>,
    values: Vec<Text>,
    test: Option<Test>,
}

/// What an operator means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Test {
    over: Over,
    base: Base,
    negated: bool,
    if_exists: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Over {
    One,
    All,
    Any,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    String,
    StringIgnoreCase,
    Like,
    Arn,
    Number(Order),
    Date(Order),
    Bool,
    Binary,
    Address,
    Null,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Equals,
    Less,
    LessEquals,
    Greater,
    GreaterEquals,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key<'a> {
    One(std::borrow::Cow<'a, str>),
    Many(&'a [String]),
    Absent,
    /// It is not this; it may be absent.
    Not(&'a str),
    /// It is not there, or it is this.
    AbsentOr(&'static str),
    Unknown,
}

/// Operators in lower case: name, base, negated.
const OPERATORS: &[(&str, Base, bool)] = &[
    ("stringequals", Base::String, false),
    ("stringnotequals", Base::String, true),
    ("stringequalsignorecase", Base::StringIgnoreCase, false),
    ("stringnotequalsignorecase", Base::StringIgnoreCase, true),
    ("stringlike", Base::Like, false),
    ("stringnotlike", Base::Like, true),
    ("arnequals", Base::Arn, false),
    ("arnlike", Base::Arn, false),
    ("arnnotequals", Base::Arn, true),
    ("arnnotlike", Base::Arn, true),
    ("numericequals", Base::Number(Order::Equals), false),
    ("numericnotequals", Base::Number(Order::Equals), true),
    ("numericlessthan", Base::Number(Order::Less), false),
    ("numericlessthanequals", Base::Number(Order::LessEquals), false),
    ("numericgreaterthan", Base::Number(Order::Greater), false),
    ("numericgreaterthanequals", Base::Number(Order::GreaterEquals), false),
    ("dateequals", Base::Date(Order::Equals), false),
    ("datenotequals", Base::Date(Order::Equals), true),
    ("datelessthan", Base::Date(Order::Less), false),
    ("datelessthanequals", Base::Date(Order::LessEquals), false),
    ("dategreaterthan", Base::Date(Order::Greater), false),
    ("dategreaterthanequals", Base::Date(Order::GreaterEquals), false),
    ("bool", Base::Bool, false),
    ("binaryequals", Base::Binary, false),
    ("ipaddress", Base::Address, false),
    ("notipaddress", Base::Address, true),
    ("null", Base::Null, false),
];

impl Test {
    fn parse(operator: &str) -> Option<Self> {
        let (over, rest) = match operator.split_once(':') {
            Some(("forallvalues", rest)) => (Over::All, rest),
            Some(("foranyvalue", rest)) => (Over::Any, rest),
            Some(_) => return None,
            None => (Over::One, operator),
        };
        let (name, if_exists) = match rest.strip_suffix("ifexists") {
            Some(name) => (name, true),
            None => (rest, false),
        };
        let (_, base, negated) = OPERATORS.iter().find(|(known, ..)| *known == name)?;
        // `Null` asks whether the key is there: neither a set nor `IfExists` has a meaning with it.
        let is_odd = *base == Base::Null && (if_exists || over != Over::One);
        (!is_odd).then_some(Self { over, base: *base, negated: *negated, if_exists })
    }
}

impl Condition {
    pub(super) fn new(value: &Value, has_variables: bool) -> Self {
        let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_lowercase();
        let operator = text("operator");
        let test = Test::parse(&operator);
        let values: Vec<&str> =
            value.get("values").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        Self {
            test,
            operator: operator.into(),
            key: text("key").into(),
            shown: values.iter().take(SHOWN_MAX).map(|v| (*v).to_owned()).collect(),
            values: values.iter().map(|v| Text::new(v, has_variables)).collect(),
        }
    }

    /// Whether it holds. `known` tells of keys that variables name.
    pub(super) fn holds(&self, key: &Key<'_>, known: &dyn Fn(&str) -> variable::Value) -> Truth {
        let Some(test) = self.test else { return Truth::Maybe };
        if let Key::AbsentOr(value) = key {
            let each = [self.holds(&Key::Absent, known), self.holds(&Key::One((*value).into()), known)];
            return if each[0] == each[1] { each[0] } else { Truth::Maybe };
        }
        if test.base == Base::Null {
            return self.null(key);
        }
        match key {
            Key::Unknown | Key::AbsentOr(_) => Truth::Maybe,
            Key::Absent => Self::absent(test),
            Key::Not(not) => match test.base {
                Base::String if test.over == Over::One && !test.if_exists => {
                    let is_that = |v: &Text| matches!(v, Text::Plain(text) if **text == **not);
                    let found = if self.values.iter().all(is_that) { Truth::No } else { Truth::Maybe };
                    if test.negated { found.not() } else { found }
                }
                _ => Truth::Maybe,
            },
            Key::One(value) => self.one(test, value, known),
            Key::Many(values) => match (values, test.over) {
                ([], _) => Self::absent(test),
                (values, Over::All) => values.iter().map(|v| self.one(test, v, known)).min().unwrap_or(Truth::Yes),
                (values, Over::Any) => values.iter().map(|v| self.one(test, v, known)).max().unwrap_or(Truth::No),
                // Several values where one is looked for: only what holds for each of them is sure.
                (values, Over::One) => {
                    let each = || values.iter().map(|v| self.one(test, v, known));
                    match (each().min(), each().max()) {
                        (Some(least), Some(most)) if least == most => least,
                        _ => Truth::Maybe,
                    }
                }
            },
        }
    }

    fn absent(test: Test) -> Truth {
        match test.over {
            Over::All => Truth::Yes,
            Over::Any => Truth::No,
            Over::One => (test.if_exists || test.negated).into(),
        }
    }

    fn null(&self, key: &Key<'_>) -> Truth {
        let is_absent = match key {
            Key::Unknown | Key::AbsentOr(_) | Key::Not(_) => return Truth::Maybe,
            Key::Absent => true,
            Key::Many(values) => values.is_empty(),
            Key::One(_) => false,
        };
        let mut best = Truth::No;
        for value in &self.values {
            let Text::Plain(text) = value else { return Truth::Maybe };
            best = best.max(match boolean(text) {
                Some(want) => (want == is_absent).into(),
                None => Truth::Maybe,
            });
        }
        best
    }

    /// Whether one value of the request passes: some value of the condition fits it, or none where it is negated.
    fn one(&self, test: Test, value: &str, known: &dyn Fn(&str) -> variable::Value) -> Truth {
        let mut best = Truth::No;
        for want in &self.values {
            best = best.max(match want {
                Text::Plain(want) => compare(test.base, want, value),
                Text::Variables(pieces) => {
                    let is_text = matches!(test.base, Base::String | Base::StringIgnoreCase | Base::Like | Base::Arn);
                    match variable::expand(pieces, known, &mut Vec::new()) {
                        variable::Expanded::Known(want) if is_text => compare(test.base, &want, value),
                        variable::Expanded::Open(want) if is_text => {
                            pattern::fits(&want, value, false).min(Truth::Maybe)
                        }
                        variable::Expanded::Never => Truth::No,
                        _ => Truth::Maybe,
                    }
                }
            });
            if best == Truth::Yes {
                break;
            }
        }
        if test.negated { best.not() } else { best }
    }
}

/// Whether a value of the request fits one of the condition. What cannot be read as the operator wants it is "maybe".
fn compare(base: Base, want: &str, value: &str) -> Truth {
    match base {
        Base::String | Base::StringIgnoreCase => {
            let want = unmarked(want);
            let is_equal = if base == Base::String {
                want == value
            } else {
                want.eq_ignore_ascii_case(value) || want.to_lowercase() == value.to_lowercase()
            };
            is_equal.into()
        }
        Base::Binary => (want == value).into(),
        Base::Like => pattern::covers(want.as_bytes(), value.as_bytes(), true).into(),
        Base::Arn => arn(want, value),
        Base::Number(order) => match (number(want), number(value)) {
            (Some(want), Some(value)) => value.partial_cmp(&want).map_or(Truth::Maybe, |o| order.holds(o).into()),
            _ => Truth::Maybe,
        },
        Base::Date(order) => match (date(want), date(value)) {
            (Some(want), Some(value)) => order.holds(value.cmp(&want)).into(),
            _ => Truth::Maybe,
        },
        Base::Bool => match (boolean(want), boolean(value)) {
            (Some(want), Some(value)) => (want == value).into(),
            _ => Truth::Maybe,
        },
        Base::Address => match (network(want), value.parse::<IpAddr>()) {
            (Some((network, bits)), Ok(address)) => is_within(address, network, bits).into(),
            _ => Truth::Maybe,
        },
        Base::Null => Truth::Maybe,
    }
}

/// A text in which variables were put stands for itself here: no wildcards.
fn unmarked(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains([pattern::STAR, pattern::MARK]) {
        text.replace(pattern::STAR, "*").replace(pattern::MARK, "?").into()
    } else {
        text.into()
    }
}

/// Each of the six parts of an ARN is compared by itself.
fn arn(want: &str, value: &str) -> Truth {
    let mut wanted = want.splitn(6, ':');
    let mut have = value.splitn(6, ':');
    for place in 0..6 {
        match (wanted.next(), have.next()) {
            (Some(want), Some(have)) if pattern::covers(want.as_bytes(), have.as_bytes(), true) => {}
            (None, Some(_)) if place == 1 && want == "*" => return Truth::Yes,
            // No ARN: nobody says what it fits.
            (None, _) | (_, None) => return Truth::Maybe,
            _ => return Truth::No,
        }
    }
    Truth::Yes
}

impl Order {
    fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Equals => order.is_eq(),
            Self::Less => order.is_lt(),
            Self::LessEquals => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::GreaterEquals => order.is_ge(),
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|n| n.is_finite())
}

/// ISO 8601 in the forms of the W3C, or seconds since 1970.
fn date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        // Years are written with four digits.
        return match seconds {
            1000..=9999 if text.len() == 4 => first_of(i16::try_from(seconds).ok()?, 1),
            _ => Timestamp::from_second(seconds).ok(),
        };
    }
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    if let Ok(day) = text.parse::<civil::Date>() {
        return day.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp());
    }
    let (year, month) = text.split_once('-')?;
    first_of(year.parse().ok()?, month.parse().ok()?)
}

fn first_of(year: i16, month: i8) -> Option<Timestamp> {
    civil::Date::new(year, month, 1).ok()?.to_zoned(TimeZone::UTC).ok().map(|z| z.timestamp())
}

fn boolean(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

fn network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits = match bits {
        Some(bits) => bits.parse().ok().filter(|b| *b <= most)?,
        None => most,
    };
    Some((address, bits))
}

fn is_within(address: IpAddr, network: IpAddr, bits: u8) -> bool {
    match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(n)) => {
            let shift = 32_u32.saturating_sub(u32::from(bits));
            a.to_bits().checked_shr(shift).unwrap_or(0) == n.to_bits().checked_shr(shift).unwrap_or(0)
        }
        (IpAddr::V6(a), IpAddr::V6(n)) => {
            let shift = 128_u32.saturating_sub(u32::from(bits));
            a.to_bits().checked_shr(shift).unwrap_or(0) == n.to_bits().checked_shr(shift).unwrap_or(0)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ask(operator: &str, values: &[&str], key: &Key<'_>) -> Truth {
        let known = |name: &str| match name {
            "aws:username" => variable::Value::One("jo".into()),
            _ => variable::Value::Unknown,
        };
        let one = Condition::new(&json!({"operator": operator, "key": "k", "values": values}), true);
        one.holds(key, &known)
    }

    #[test]
    fn operators_hold_as_documented() {
        let many = ["a".to_owned(), "b".to_owned()];
        let one = |text: &'static str| Key::One(text.into());
        for (operator, values, key, want, why) in [
            ("StringEquals", &["a", "b"][..], one("b"), Truth::Yes, "any of the values"),
            ("stringequals", &["a"], one("A"), Truth::No, "case counts"),
            ("stringequals", &["a*"], one("ab"), Truth::No, "no wildcards"),
            ("stringequals", &["${aws:username}"], one("jo"), Truth::Yes, "a variable"),
            ("stringequals", &["${aws:userid}"], one("jo"), Truth::Maybe, "a variable that is not known"),
            ("stringequalsignorecase", &["a"], one("A"), Truth::Yes, "case does not count"),
            ("stringnotequals", &["a", "b"], one("b"), Truth::No, "none of the values"),
            ("stringnotequals", &["a"], Key::Absent, Truth::Yes, "negated and absent"),
            ("stringequals", &["a"], Key::Absent, Truth::No, "absent"),
            ("stringequalsifexists", &["a"], Key::Absent, Truth::Yes, "absent is let through"),
            ("stringequals", &["a"], Key::Unknown, Truth::Maybe, "unknown"),
            ("stringequals", &["o-1"], Key::Not("o-1"), Truth::No, "known to be another"),
            ("stringequals", &["o-2"], Key::Not("o-1"), Truth::Maybe, "it may be that"),
            ("stringnotequals", &["o-1"], Key::Not("o-1"), Truth::Yes, "known to be another, negated"),
            ("stringlike", &["a*"], one("ab"), Truth::Yes, "wildcards"),
            ("stringlike", &["*"], Key::Absent, Truth::No, "a star wants the key"),
            ("stringnotlike", &["a*"], one("ab"), Truth::No, "wildcards, negated"),
            ("arnlike", &["arn:aws:iam::*:role/x*"], one("arn:aws:iam::1:role/xy"), Truth::Yes, "by parts"),
            ("arnequals", &["arn:aws:*"], one("arn:aws:iam::1:role/x"), Truth::Maybe, "too few parts"),
            ("arnlike", &["arn:*:role/x"], one("arn:aws:iam::1:role/x"), Truth::No, "a star takes no colon"),
            ("arnlike", &["arn:aws:iam::2:*"], one("arn:aws:iam::1:role/x"), Truth::No, "another account"),
            ("arnnotlike", &["arn:aws:iam::1:*"], one("arn:aws:iam::1:role/x"), Truth::No, "negated"),
            ("numericlessthanequals", &["3600"], one("900"), Truth::Yes, "numbers"),
            ("numericlessthan", &["9"], one("10"), Truth::No, "not as texts"),
            ("numericequals", &["x"], one("10"), Truth::Maybe, "no number"),
            ("numericnotequals", &["1"], one("1.0"), Truth::No, "the same number"),
            ("dategreaterthan", &["2020-04-01T00:00:00Z"], one("2020-04-02"), Truth::Yes, "dates"),
            ("datelessthan", &["2020-06-30T23:59:59Z"], one("1593561600"), Truth::No, "seconds since 1970"),
            ("dateequals", &["2020"], one("2020-01-01"), Truth::Yes, "a year"),
            ("bool", &["true"], one("True"), Truth::Yes, "booleans have no case"),
            ("bool", &["false"], Key::Absent, Truth::No, "absent is not false"),
            ("boolifexists", &["false"], Key::Absent, Truth::Yes, "absent, if it exists"),
            ("ipaddress", &["203.0.113.0/24"], one("203.0.113.9"), Truth::Yes, "a network"),
            ("ipaddress", &["203.0.113.0/24"], one("203.0.114.9"), Truth::No, "beside it"),
            ("ipaddress", &["0.0.0.0/0"], one("1.2.3.4"), Truth::Yes, "the internet"),
            ("ipaddress", &["2001:db8::/32"], one("2001:db8:1::1"), Truth::Yes, "IPv6"),
            ("ipaddress", &["::/0"], one("1.2.3.4"), Truth::No, "the other family"),
            ("notipaddress", &["203.0.113.7"], one("203.0.113.7"), Truth::No, "one address"),
            ("binaryequals", &["QmFz"], one("QmFz"), Truth::Yes, "base64"),
            ("null", &["true"], Key::Absent, Truth::Yes, "it is absent"),
            ("null", &["false"], Key::Absent, Truth::No, "it should be there"),
            ("null", &["false"], one("x"), Truth::Yes, "it is there"),
            ("null", &["true"], Key::Unknown, Truth::Maybe, "nobody knows"),
            ("null", &["true"], Key::Not("x"), Truth::Maybe, "it may be absent"),
            ("stringequalsifexists", &["o-1"], Key::Not("o-1"), Truth::Maybe, "it may be absent"),
            ("forallvalues:stringequals", &["a", "b", "c"], Key::Many(&many), Truth::Yes, "all of them"),
            ("forallvalues:stringequals", &["a"], Key::Many(&many), Truth::No, "not all"),
            ("forallvalues:stringequals", &["a"], Key::Absent, Truth::Yes, "an empty set"),
            ("foranyvalue:stringequals", &["a"], Key::Many(&many), Truth::Yes, "one of them"),
            ("foranyvalue:stringnotequals", &["a"], Key::Many(&many), Truth::Yes, "one that is another"),
            ("foranyvalue:stringnotequals", &["a"], Key::Absent, Truth::No, "no value at all"),
            ("foranyvalue:stringequalsifexists", &["a"], Key::Absent, Truth::No, "a set ignores IfExists"),
            ("forallvalues:stringnotequals", &["c"], Key::Many(&many), Truth::Yes, "none is that"),
            ("stringequals", &["a"], Key::Many(&many), Truth::Maybe, "several values, one asked"),
            ("stringresembles", &["a"], one("a"), Truth::Maybe, "an operator that nobody knows"),
            ("forsomevalues:stringequals", &["a"], one("a"), Truth::Maybe, "a set that nobody knows"),
            ("nullifexists", &["true"], Key::Absent, Truth::Maybe, "it has no meaning"),
            ("bool", &["true"], Key::AbsentOr("false"), Truth::No, "neither way"),
            ("boolifexists", &["false"], Key::AbsentOr("false"), Truth::Yes, "either way"),
            ("bool", &["false"], Key::AbsentOr("false"), Truth::Maybe, "one way"),
            ("stringequals", &[], one("a"), Truth::No, "no value fits"),
        ] {
            assert_eq!(ask(operator, values, &key), want, "{operator} {values:?} {key:?}: {why}");
        }
    }
}
