//! One file a kind of resource that a host contains. The table is [`PARTS`].
pub(crate) mod certificate;
pub(crate) mod container_engine;
pub(crate) mod kubelet;
pub(crate) mod sshd;
pub(crate) mod unit;
pub(crate) mod user;

use crate::def::ChildDef;

/// Every kind of part, in the order of their names.
pub(crate) const PARTS: &[ChildDef] =
    &[certificate::DEF, container_engine::DEF, kubelet::DEF, sshd::DEF, unit::DEF, user::DEF];
