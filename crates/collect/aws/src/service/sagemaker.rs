//! Amazon SageMaker.
use crate::table::{Protocol, Reach, Service};

pub(crate) const SAGEMAKER: Service = Service {
    name: "sagemaker",
    endpoint: "api.sagemaker",
    event_source: "sagemaker",
    protocol: Protocol::Json { target: "SageMaker", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
