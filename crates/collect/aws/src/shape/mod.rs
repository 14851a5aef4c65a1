//! What answers look like. A shape is written as text in the tables:
//!
//! ```text
//! QueueUrls:[text] NextToken
//! DBInstances:[{DBInstanceArn StorageEncrypted:bool BackupRetentionPeriod:int Endpoint:{Address Port:int}}] Marker
//! Reservations@reservationSet:[{Instances@instancesSet:[{InstanceId Tags@tagSet:[{Key Value}]}]}]
//! ```
//!
//! A field is `NAME`, `NAME:TYPE` or `NAME@WIRE:TYPE`, where WIRE is its name in the answer (default: the same; in EC2's
//! XML the same with a small first letter). A text without a type is `text`. Types:
//!
//! | type | in JSON | in XML |
//! | --- | --- | --- |
//! | `text` `bool` `int` `num` | as they are; texts of numbers and booleans become such | the element's text |
//! | `time` | RFC 3339, from seconds since 1970 or a text | the same |
//! | `{…}` | an object | child elements |
//! | `[T]` | a list | a wrapper: each child element is an item |
//! | `*[T]` | a list | repeated elements of the field's name |
//! | `<T>` | an object with any keys | `entry` with `key` and `value`, or with `Name` and `Value` |
//! | `*<T>` | the same | such entries without a wrapper |
//! | `policy` | a policy document, by `policy::normalise`; an empty text is none | the same |
//! | `json` | a text that holds JSON, parsed; else kept as text | the same |
//! | `literal` | what a secret might stand in: only its form is kept, see `secret.rs` | the same |
//! | `present` | whether there is a value: `true`; the value is not kept | the same |
//! | `script` | base64 of a script (user data): what it assigns and holds, see `secret.rs` | the same |
//! | `drop` | not kept: what changes by itself, or nobody needs | the same |
//! | `any` | kept as it is | by its form |
//!
//! Fields that a shape does not name are kept as they are, those with secrets in their names redacted; checks cannot
//! see them, for the published schema does not have them.
mod json;
mod leaf;
mod parse;
mod schema;
mod secret;
mod xml;

use std::collections::BTreeMap;

/// A shape, read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    Text,
    Bool,
    Int,
    Num,
    Time,
    Object(BTreeMap<String, Field>),
    List { item: Box<Shape>, flat: bool },
    Map { item: Box<Shape>, flat: bool },
    Policy,
    Json,
    Literal,
    Present,
    Script,
    Drop,
    Any,
}

/// A field of an object; its key in the map is the name in facets.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    /// Its name in the answer where it is another.
    pub(crate) wire: Option<String>,
    pub(crate) shape: Shape,
}

pub(crate) use json::from_json;
pub(crate) use parse::shape;
pub(crate) use schema::schema;
pub(crate) use secret::is_secret_name;
pub(crate) use xml::from_xml;
