use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    def::{FacetDef, Missing},
    host::Host,
    place::Place,
};

/// `passwd(5)`, `group(5)`, `shadow(5)`, `gshadow(5)`: who may be somebody here. Never a hash.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Accounts {
    /// Every line of `passwd`, in order.
    pub(crate) users: Vec<User>,
    /// Every line of `group`, in order.
    pub(crate) groups: Vec<Group>,
    /// Lines of any of the four files that could not be understood (place only, never the text).
    pub(crate) malformed: Vec<Place>,
    /// Users with a line in `shadow` but none in `passwd`.
    pub(crate) shadow_only: Vec<String>,
    /// Whether NIS `+` entries stand in `passwd`, `shadow` or `group`.
    pub(crate) nis_entries: bool,
}

/// One user.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct User {
    /// Login name.
    pub(crate) name: String,
    /// User id.
    pub(crate) uid: u32,
    /// Primary group id.
    pub(crate) gid: u32,
    /// Primary group's name; null where no such group exists.
    pub(crate) group: Option<String>,
    /// Supplementary groups, sorted.
    pub(crate) groups: Vec<String>,
    /// Home directory.
    pub(crate) home: String,
    /// Login shell; empty means `/bin/sh`.
    pub(crate) shell: String,
    /// Whether the shell is one that lets a person in: not `nologin`, `false`, `sync`, `shutdown`, `halt`.
    pub(crate) login_shell: bool,
    /// `set` (a hash), `empty` (no password needed), `locked` (`!` or `*` or no usable hash), `not_shadowed` (the hash
    /// stands in `passwd`), `none` (no line in `shadow`).
    pub(crate) password: String,
    /// Hash algorithm of a set (or locked but kept) password: `yescrypt`, `sha512`, `sha256`, `bcrypt`, `md5`, `des`,
    /// `scrypt`, `other`; null where there is none.
    pub(crate) algorithm: Option<String>,
    /// Day of the last change since 1970-01-01; null where unknown.
    pub(crate) last_change_day: Option<i64>,
    /// Least days between changes.
    pub(crate) min_days: Option<i64>,
    /// Most days a password stays valid.
    pub(crate) max_days: Option<i64>,
    /// Days of warning before expiry.
    pub(crate) warn_days: Option<i64>,
    /// Days after expiry until the account is disabled.
    pub(crate) inactive_days: Option<i64>,
    /// Day on which the account ends since 1970-01-01.
    pub(crate) expire_day: Option<i64>,
}

/// One group.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Group {
    /// Name.
    pub(crate) name: String,
    /// Group id.
    pub(crate) gid: u32,
    /// Members by `group`, sorted (users with it as their primary group are not named).
    pub(crate) members: Vec<String>,
    /// Whether a group password is set.
    pub(crate) password_set: bool,
}

pub(crate) const DEF: FacetDef = FacetDef {
    name: "accounts",
    live_only: false,
    shape: crate::def::shape_of::<Accounts>,
    collect: |host| crate::def::value_of(&collect(host)?),
};

fn collect(_host: &Host) -> Result<Accounts, Missing> {
    Err(Missing::failed("not written yet"))
}
