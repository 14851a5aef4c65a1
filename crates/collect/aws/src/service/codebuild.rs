//! AWS CodeBuild.
use crate::table::{Protocol, Reach, Service};

pub(crate) const CODEBUILD: Service = Service {
    name: "codebuild",
    endpoint: "codebuild",
    event_source: "codebuild",
    protocol: Protocol::Json { target: "CodeBuild_20161006", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
