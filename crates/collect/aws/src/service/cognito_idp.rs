//! Amazon Cognito user pools.
use crate::table::{Protocol, Reach, Service};

pub(crate) const COGNITO_IDP: Service = Service {
    name: "cognito-idp",
    endpoint: "cognito-idp",
    event_source: "cognito-idp",
    protocol: Protocol::Json { target: "AWSCognitoIdentityProviderService", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
