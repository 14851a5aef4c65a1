//! Amazon Cognito identity pools.
use crate::table::{Protocol, Reach, Service};

pub(crate) const COGNITO_IDENTITY: Service = Service {
    name: "cognito-identity",
    endpoint: "cognito-identity",
    event_source: "cognito-identity",
    protocol: Protocol::Json { target: "AWSCognitoIdentityService", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
