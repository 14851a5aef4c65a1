use serde_json::Value;

use super::Shape;

/// An answer that is no XML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct XmlError(pub(crate) String);

/// Turns an answer into facets' form. `skip`: wrappers around the answer, `<XResponse><XResult>`, that are taken off
/// where they are there; `ec2`: whether names begin small.
pub(crate) fn from_xml(text: &str, shape: &Shape, ec2: bool) -> Result<Value, XmlError> {
    let _ = (text, shape, ec2);
    Err(XmlError("not written yet".into()))
}
