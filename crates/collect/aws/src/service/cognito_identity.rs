//! Amazon Cognito, identity pools.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const COGNITO_IDENTITY: Service = Service {
    name: "cognito-identity",
    endpoint: "cognito-identity",
    event_source: "cognito-identity",
    protocol: Protocol::Json { target: "AWSCognitoIdentityService", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[IDENTITY_POOL],
};

const GONE: &[&str] = &["ResourceNotFoundException"];

const IDENTITY_POOL: Kind = Kind::new(
    "aws.cognito.identity_pool",
    Call::new("ListIdentityPools", "cognito-identity:ListIdentityPools")
        .params(&[("MaxResults", "=60")])
        .token("NextToken")
        .at("IdentityPools")
        .shape("NextToken IdentityPools:[{IdentityPoolId IdentityPoolName}]"),
    "arn:{.partition}:cognito-identity:{.region}:{.account}:identitypool/{IdentityPoolId}",
    "{IdentityPoolName}",
)
.facets(&[
    Facet {
        name: "configuration",
        from: From::Each(
            Call::new("DescribeIdentityPool", "cognito-identity:DescribeIdentityPool")
                .params(&[("IdentityPoolId", "{IdentityPoolId}")])
                .shape(
                    "IdentityPoolId IdentityPoolName AllowUnauthenticatedIdentities:bool AllowClassicFlow:bool \
                     SupportedLoginProviders:<text> DeveloperProviderName OpenIdConnectProviderARNs:[text] \
                     CognitoIdentityProviders:[{ProviderName ClientId ServerSideTokenCheck:bool}] \
                     SamlProviderARNs:[text] IdentityPoolTags:<text>",
                )
                .gone(GONE),
        ),
    },
    Facet {
        name: "roles",
        from: From::Each(
            Call::new("GetIdentityPoolRoles", "cognito-identity:GetIdentityPoolRoles")
                .params(&[("IdentityPoolId", "{IdentityPoolId}")])
                .shape("IdentityPoolId:drop Roles:{authenticated unauthenticated} RoleMappings:drop")
                .gone(GONE),
        ),
    },
])
.links(&[
    Link::new(EdgeKind::RunsAs, "roles.Roles.authenticated", "{}"),
    Link::new(EdgeKind::RunsAs, "roles.Roles.unauthenticated", "{}"),
    Link::new(EdgeKind::Uses, "configuration.SamlProviderARNs[]", "{}"),
    Link::new(EdgeKind::Uses, "configuration.OpenIdConnectProviderARNs[]", "{}"),
]);
