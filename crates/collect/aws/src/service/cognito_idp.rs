//! Amazon Cognito, user pools and their clients.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const COGNITO_IDP: Service = Service {
    name: "cognito-idp",
    endpoint: "cognito-idp",
    event_source: "cognito-idp",
    protocol: Protocol::Json { target: "AWSCognitoIdentityProviderService", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[USER_POOL, USER_POOL_CLIENT],
};

const GONE: &[&str] = &["ResourceNotFoundException"];

const USER_POOL: Kind = Kind::new(
    "aws.cognito.user_pool",
    Call::new("ListUserPools", "cognito-idp:ListUserPools")
        .params(&[("MaxResults", "=60")])
        .token("NextToken")
        .at("UserPools")
        .shape("NextToken UserPools:[{Id Name LambdaConfig:drop Status:drop LastModifiedDate:drop CreationDate:time}]"),
    "arn:{.partition}:cognito-idp:{.region}:{.account}:userpool/{Id}",
    "{Name}",
)
.facets(&[Facet {
    name: "configuration",
    from: From::Each(
        Call::new("DescribeUserPool", "cognito-idp:DescribeUserPool")
            .params(&[("UserPoolId", "{Id}")])
            .at("UserPool")
            // Texts of messages and schemas of attributes say nothing of safety; the number of users changes by itself.
            .shape(
                "UserPool:{Id Name Arn Policies:{PasswordPolicy:{MinimumLength:int RequireUppercase:bool \
                 RequireLowercase:bool RequireNumbers:bool RequireSymbols:bool PasswordHistorySize:int \
                 TemporaryPasswordValidityDays:int} SignInPolicy:{AllowedFirstAuthFactors:[text]}} \
                 DeletionProtection MfaConfiguration UserPoolTier Domain CustomDomain \
                 UserPoolAddOns:{AdvancedSecurityMode AdvancedSecurityAdditionalFlows:{CustomAuthMode}} \
                 AdminCreateUserConfig:{AllowAdminCreateUserOnly:bool UnusedAccountValidityDays:int \
                 InviteMessageTemplate:drop} LambdaConfig:{PreSignUp CustomMessage PostConfirmation \
                 PreAuthentication PostAuthentication DefineAuthChallenge CreateAuthChallenge \
                 VerifyAuthChallengeResponse PreTokenGeneration UserMigration KMSKeyID} \
                 UsernameConfiguration:{CaseSensitive:bool} AccountRecoverySetting:{RecoveryMechanisms:[{Priority:int \
                 Name}]} SmsConfiguration:{SnsCallerArn ExternalId:drop SnsRegion} EmailConfiguration:{SourceArn \
                 EmailSendingAccount} UserPoolTags:<text> AutoVerifiedAttributes:[text] \
                 DeviceConfiguration:{ChallengeRequiredOnNewDevice:bool DeviceOnlyRememberedOnUserPrompt:bool} \
                 SchemaAttributes:drop SmsVerificationMessage:drop EmailVerificationMessage:drop \
                 EmailVerificationSubject:drop VerificationMessageTemplate:drop SmsAuthenticationMessage:drop \
                 EstimatedNumberOfUsers:drop Status:drop LastModifiedDate:drop CreationDate:drop \
                 SmsConfigurationFailure:drop EmailConfigurationFailure:drop}",
            )
            .gone(GONE),
    ),
}])
.links(&[
    Link::new(EdgeKind::Uses, "configuration.LambdaConfig.PreSignUp", "{}"),
    Link::new(EdgeKind::Uses, "configuration.LambdaConfig.PreTokenGeneration", "{}"),
    Link::new(EdgeKind::Uses, "configuration.LambdaConfig.UserMigration", "{}"),
    Link::new(EdgeKind::Uses, "configuration.LambdaConfig.KMSKeyID", "{}"),
    Link::new(EdgeKind::Uses, "configuration.SmsConfiguration.SnsCallerArn", "{}"),
]);

const USER_POOL_CLIENT: Kind = Kind::new(
    "aws.cognito.user_pool_client",
    Call::new("ListUserPoolClients", "cognito-idp:ListUserPoolClients")
        .params(&[("UserPoolId", "{^Id}"), ("MaxResults", "=60")])
        .token("NextToken")
        .at("UserPoolClients")
        .shape("NextToken UserPoolClients:[{ClientId UserPoolId ClientName}]")
        .gone(GONE),
    // Clients have no ARN.
    "{^.id}/client/{ClientId}",
    "{ClientName}",
)
.parent("aws.cognito.user_pool")
.facets(&[Facet {
    name: "configuration",
    from: From::Each(
        Call::new("DescribeUserPoolClient", "cognito-idp:DescribeUserPoolClient")
            .params(&[("UserPoolId", "{^Id}"), ("ClientId", "{ClientId}")])
            .at("UserPoolClient")
            .shape(
                "UserPoolClient:{UserPoolId ClientName ClientId ClientSecret:present RefreshTokenValidity:int \
                 AccessTokenValidity:int IdTokenValidity:int TokenValidityUnits:{AccessToken IdToken RefreshToken} \
                 ExplicitAuthFlows:[text] SupportedIdentityProviders:[text] CallbackURLs:[text] LogoutURLs:[text] \
                 AllowedOAuthFlows:[text] AllowedOAuthScopes:[text] AllowedOAuthFlowsUserPoolClient:bool \
                 PreventUserExistenceErrors EnableTokenRevocation:bool RefreshTokenRotation:{Feature} \
                 LastModifiedDate:drop CreationDate:drop ReadAttributes:drop WriteAttributes:drop \
                 AnalyticsConfiguration:drop}",
            )
            .gone(GONE),
    ),
}]);
