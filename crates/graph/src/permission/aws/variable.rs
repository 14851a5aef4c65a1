//! Policy variables (IAM User Guide, "IAM policy elements: Variables and tags"): `${key}`, `${key, 'default'}`, and
//! `${*}`, `${?}`, `${$}` for the characters themselves.
use super::pattern::{MARK, STAR};

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(Box<str>),
    /// The key in lower case.
    Key {
        key: Box<str>,
        default: Option<Box<str>>,
    },
}

/// What a key stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    One(String),
    Absent,
    Unknown,
}

/// A text without its variables.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Expanded {
    Known(String),
    /// A `*` stands for what is not known.
    Open(String),
    /// A key is absent: nothing fits the text.
    Never,
}

/// The pieces; none where the text has no variable.
pub(super) fn parse(text: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((inner, tail)) = after.split_once('}') else { break };
        plain.push_str(before);
        match inner {
            "*" => plain.push(STAR),
            "?" => plain.push(MARK),
            "$" => plain.push('$'),
            _ => {
                if !plain.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut plain).into()));
                }
                let (key, default) = match inner.split_once(',') {
                    Some((key, default)) => (key, Some(default.trim().trim_matches('\'').into())),
                    None => (inner, None),
                };
                pieces.push(Piece::Key { key: key.trim().to_lowercase().into(), default });
            }
        }
        rest = tail;
    }
    if rest.len() == text.len() {
        return None;
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain.into()));
    }
    Some(pieces)
}

/// Puts in what the keys stand for; those that are not known go to `unknown`.
pub(super) fn expand<'d>(pieces: &'d [Piece], known: &dyn Fn(&str) -> Value, unknown: &mut Vec<&'d str>) -> Expanded {
    let mut out = String::new();
    let mut open = false;
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Key { key, default } => match (known(key), default) {
                // Wildcards of a value mean themselves.
                (Value::One(text), _) => out.extend(text.chars().map(|c| match c {
                    '*' => STAR,
                    '?' => MARK,
                    _ => c,
                })),
                (Value::Absent, Some(default)) => out.push_str(default),
                (Value::Absent, None) => return Expanded::Never,
                (Value::Unknown, _) => {
                    open = true;
                    out.push('*');
                    unknown.push(key);
                }
            },
        }
    }
    if open { Expanded::Open(out) } else { Expanded::Known(out) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_put_in() {
        let known = |key: &str| match key {
            "aws:username" => Value::One("jo*".into()),
            "aws:principaltag/team" => Value::Absent,
            _ => Value::Unknown,
        };
        for (text, want, why) in [
            ("a/${aws:username}/*", Expanded::Known(format!("a/jo{STAR}/*")), "a value's star means itself"),
            ("a/${AWS:UserName}", Expanded::Known(format!("a/jo{STAR}")), "keys have no case"),
            ("${aws:PrincipalTag/team, 'none'}x", Expanded::Known("nonex".into()), "a default"),
            ("${aws:PrincipalTag/team}x", Expanded::Never, "absent"),
            ("a${aws:userid}b", Expanded::Open("a*b".into()), "not known"),
            ("${*}${?}${$}", Expanded::Known(format!("{STAR}{MARK}$")), "characters"),
        ] {
            let pieces = parse(text).unwrap();
            assert_eq!(expand(&pieces, &known, &mut Vec::new()), want, "{text}: {why}");
        }
        for text in ["plain", "open ${", "$x"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
