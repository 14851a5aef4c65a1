//! One file a service; this is the list of them.
use crate::table::Service;

mod sqs;

/// Every service that is read.
pub(crate) const SERVICES: &[&Service] = &[&sqs::SQS];
