//! Principals of statements, and who asks (IAM User Guide, "AWS JSON policy elements: Principal" and "NotPrincipal").
use serde_json::Value;

use super::truth::Truth;

/// Principals of a statement.
#[derive(Debug)]
pub(super) struct Principals {
    /// `NotPrincipal`.
    negated: bool,
    entries: Vec<Entry>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Anyone,
    /// All of an account that its own policies let.
    Account(Box<str>),
    /// A user, role or session.
    Arn(Box<str>),
    Service(Box<str>),
    Federated(Box<str>),
    /// A unique id of IAM, which stands for a principal that may be gone.
    Unique(Box<str>),
    /// Of a kind that is not known here, such as a canonical user.
    Other(Box<str>),
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who<'a> {
    /// A user or role (or a session of it: then `session` is the session's ARN).
    Iam {
        arn: &'a str,
        account: &'a str,
        is_role: bool,
        session: Option<&'a str>,
        /// `AIDA…` or `AROA…`, where it is known.
        unique: Option<&'a str>,
        has_boundary: bool,
    },
    /// An account's root user, or all of an account that is not of the estate.
    Account {
        account: &'a str,
    },
    Service(&'a str),
    Federated(&'a str),
    Anonymous,
}

impl<'a> Who<'a> {
    /// The account that it belongs to.
    pub(super) fn account(&self) -> Option<&'a str> {
        match *self {
            Self::Iam { account, .. } | Self::Account { account } => Some(account),
            Self::Service(_) | Self::Federated(_) | Self::Anonymous => None,
        }
    }
}

/// How a statement names who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// Through its account, whose own policies then decide.
    Account,
    /// As a role: a boundary and the session's policies still limit it.
    Role,
    /// As itself, or as anybody.
    Itself,
}

/// How far a statement names who asks, by the way of naming.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) truth: Truth,
    pub(super) named: Named,
}

impl Principals {
    pub(super) fn new(negated: bool, value: &Value) -> Self {
        let mut entries = Vec::new();
        for (kind, names) in value.as_object().into_iter().flatten() {
            for name in names.as_array().into_iter().flatten().filter_map(Value::as_str) {
                entries.push(Entry::new(kind, name));
            }
        }
        Self { negated, entries }
    }

    /// Principals that are named, for lists of who can.
    pub(super) fn entries(&self) -> &[Entry] {
        if self.negated { &[] } else { &self.entries }
    }

    pub(super) fn fit(&self, who: &Who<'_>, allows: bool) -> Match {
        if self.negated {
            return Match { truth: self.spare(who, allows), named: Named::Itself };
        }
        let mut best = Match { truth: Truth::No, named: Named::Account };
        for entry in &self.entries {
            let one = entry.fit(who);
            let is_better = one.truth > best.truth || (one.truth == best.truth && one.named as u8 > best.named as u8);
            if is_better {
                best = one;
            }
        }
        best
    }

    /// Whether a `NotPrincipal` speaks of who asks.
    fn spare(&self, who: &Who<'_>, allows: bool) -> Truth {
        let has = |named: Named| self.entries.iter().any(|e| e.fit(who) == Match { truth: Truth::Yes, named });
        let doubt = self.entries.iter().any(|e| e.fit(who).truth == Truth::Maybe);
        let itself = has(Named::Itself) || has(Named::Role);
        match *who {
            // A denial strikes everybody who has a boundary, whatever it names.
            Who::Iam { has_boundary: true, .. } if !allows => Truth::Yes,
            // A denial spares a principal only where its account is named too, and a session only by its own name.
            Who::Iam { is_role, session, .. } if !allows => match (has(Named::Itself), itself, has(Named::Account)) {
                (true, _, true) => Truth::No,
                (false, true, true) if is_role && session.is_none() => Truth::Maybe,
                (_, true, _) => Truth::Maybe,
                _ if doubt => Truth::Maybe,
                _ => Truth::Yes,
            },
            _ if itself || has(Named::Account) => Truth::No,
            _ if doubt => Truth::Maybe,
            _ => Truth::Yes,
        }
    }
}

impl Entry {
    fn new(kind: &str, name: &str) -> Self {
        let name_box = || name.into();
        match kind {
            "*" => Self::Anyone,
            "AWS" if name == "*" => Self::Anyone,
            "AWS" if name.len() == 12 && name.bytes().all(|b| b.is_ascii_digit()) => Self::Account(name_box()),
            "AWS" if name.starts_with("arn:") => match name.splitn(6, ':').collect::<Vec<_>>().as_slice() {
                [_, _, _, _, account, "root"] => Self::Account((*account).into()),
                [_, _, "iam" | "sts", ..] => Self::Arn(name_box()),
                _ => Self::Other(name_box()),
            },
            "AWS" if name.len() > 16 && name.starts_with('A') && name.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                Self::Unique(name_box())
            }
            "Service" => Self::Service(name_box()),
            "Federated" => Self::Federated(name_box()),
            _ => Self::Other(name_box()),
        }
    }

    fn fit(&self, who: &Who<'_>) -> Match {
        let of = |truth: bool, named: Named| Match { truth: truth.into(), named };
        let no = Match { truth: Truth::No, named: Named::Account };
        match (self, *who) {
            (Self::Anyone, _) => of(true, Named::Itself),
            (Self::Account(named), _) => of(who.account() == Some(named), Named::Account),
            (Self::Arn(named), Who::Iam { arn, session, is_role, .. }) => {
                let named: &str = named;
                if named == arn {
                    return of(true, if is_role { Named::Role } else { Named::Itself });
                }
                match session {
                    Some(session) => of(named == session, Named::Itself),
                    // Some sessions of the role are named.
                    None if is_role && is_session_of(named, arn) => Match { truth: Truth::Maybe, named: Named::Itself },
                    None => no,
                }
            }
            // Some of the account, of which no more is known.
            (Self::Arn(named), Who::Account { account }) => {
                let is_of = named.split(':').nth(4) == Some(account);
                Match { truth: if is_of { Truth::Maybe } else { Truth::No }, named: Named::Itself }
            }
            (Self::Service(named), Who::Service(asked)) => of(is_service(named, asked), Named::Itself),
            (Self::Federated(named), Who::Federated(asked)) => of(**named == *asked, Named::Itself),
            (Self::Unique(named), Who::Iam { unique, is_role, .. }) => {
                of(unique == Some(named), if is_role { Named::Role } else { Named::Itself })
            }
            (Self::Other(_), Who::Iam { .. } | Who::Account { .. }) => {
                Match { truth: Truth::Maybe, named: Named::Itself }
            }
            _ => no,
        }
    }
}

/// Some services have names with their region or partition: `s3.eu-west-1.amazonaws.com`, `ec2.amazonaws.com.cn`.
fn is_service(named: &str, asked: &str) -> bool {
    let stem = |name: &str| name.strip_suffix(".cn").unwrap_or(name).to_ascii_lowercase();
    named == asked || stem(named) == stem(asked)
}

/// Whether `session` (`arn:P:sts::A:assumed-role/NAME/SESSION`) is one of the role (`arn:P:iam::A:role/PATH/NAME`).
pub(super) fn is_session_of(session: &str, role: &str) -> bool {
    let Some((account, name, _)) = session_parts(session) else { return false };
    role.split(':').nth(4) == Some(account) && role.contains(":role/") && role.rsplit('/').next() == Some(name)
}

/// Account, name of the role and of the session.
pub(super) fn session_parts(arn: &str) -> Option<(&str, &str, &str)> {
    let mut parts = arn.splitn(6, ':');
    let account = parts.nth(4)?;
    let (name, session) = parts.next()?.strip_prefix("assumed-role/")?.split_once('/')?;
    Some((account, name, session))
}
