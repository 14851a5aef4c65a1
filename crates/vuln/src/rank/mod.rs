//! What matters: SSVC, CVSS with the environment, exposure, memory; joined to one risk with reasons.
pub(crate) mod cvss;
pub(crate) mod exposure;
pub(crate) mod risk;
pub(crate) mod severity;
pub(crate) mod ssvc;
