//! AWS Identity and Access Management. One call gives all users, groups, roles and customer policies with their
//! documents; who may sign in, and how, costs calls for each user.
mod credential;
mod identity;

use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Page, Protocol, Reach, Service};

/// The way in which every list of IAM goes on.
const MARKER: Page = Page::Token { get: "Marker", send: "Marker" };
/// There is no such thing: nothing is set.
const NONE: &[&str] = &["NoSuchEntity"];

/// All principals and customer policies, with documents. When a role was last used changes by itself.
const DETAILS: Call = Call::new("GetAccountAuthorizationDetails", "iam:GetAccountAuthorizationDetails")
    .params(&[("Filter", r#"=["User","Group","Role","LocalManagedPolicy"]"#), ("MaxItems", "=1000")])
    .page(MARKER)
    .shape(
        "UserDetailList:[{Path UserName UserId Arn CreateDate:time UserPolicyList:[{PolicyName PolicyDocument:policy}] \
         GroupList:[text] AttachedManagedPolicies:[{PolicyName PolicyArn}] \
         PermissionsBoundary:{PermissionsBoundaryType PermissionsBoundaryArn} Tags:[{Key Value}]}] \
         GroupDetailList:[{Path GroupName GroupId Arn CreateDate:time \
         GroupPolicyList:[{PolicyName PolicyDocument:policy}] AttachedManagedPolicies:[{PolicyName PolicyArn}]}] \
         RoleDetailList:[{Path RoleName RoleId Arn CreateDate:time AssumeRolePolicyDocument:policy \
         InstanceProfileList:drop RolePolicyList:[{PolicyName PolicyDocument:policy}] \
         AttachedManagedPolicies:[{PolicyName PolicyArn}] \
         PermissionsBoundary:{PermissionsBoundaryType PermissionsBoundaryArn} Tags:[{Key Value}] RoleLastUsed:drop}] \
         Policies:[{PolicyName PolicyId Arn Path DefaultVersionId AttachmentCount:drop \
         PermissionsBoundaryUsageCount:drop IsAttachable:bool Description CreateDate:time UpdateDate:time \
         PolicyVersionList:[{Document:policy VersionId IsDefaultVersion:bool CreateDate:time}]}] \
         IsTruncated:drop Marker",
    );

/// The policies of AWS itself that are in use. Their documents stay as they come: few of them are looked at.
const AWS_POLICIES: Call = Call::new("GetAccountAuthorizationDetails", "iam:GetAccountAuthorizationDetails")
    .params(&[("Filter", r#"=["AWSManagedPolicy"]"#), ("MaxItems", "=1000")])
    .page(MARKER)
    .at("Policies")
    .shape(
        "UserDetailList:drop GroupDetailList:drop RoleDetailList:drop \
         Policies:[{PolicyName:drop PolicyId:drop Arn Path:drop DefaultVersionId AttachmentCount:drop \
         PermissionsBoundaryUsageCount:drop IsAttachable:drop Description:drop CreateDate:drop UpdateDate:drop \
         PolicyVersionList:[{Document VersionId IsDefaultVersion:bool CreateDate:drop}]}] IsTruncated:drop Marker",
    );

/// When roles were last used.
const ROLE_USE: Call = Call::new("GetAccountAuthorizationDetails", "iam:GetAccountAuthorizationDetails")
    .params(&[("Filter", r#"=["Role"]"#), ("MaxItems", "=1000")])
    .page(MARKER)
    .shape(
        "UserDetailList:drop GroupDetailList:drop Policies:drop \
         RoleDetailList:[{Path:drop RoleName:drop RoleId:drop Arn CreateDate:drop AssumeRolePolicyDocument:drop \
         InstanceProfileList:drop RolePolicyList:drop AttachedManagedPolicies:drop PermissionsBoundary:drop Tags:drop \
         RoleLastUsed:{LastUsedDate:time Region}}] IsTruncated:drop Marker",
    );

const SUMMARY: Call = Call::new("GetAccountSummary", "iam:GetAccountSummary").shape("SummaryMap:<int>");

/// AWS makes the report in the background, at most every four hours.
const REPORT_MAKE: Call =
    Call::new("GenerateCredentialReport", "iam:GenerateCredentialReport").shape("State:drop Description:drop");
const REPORT: Call =
    Call::new("GetCredentialReport", "iam:GetCredentialReport").shape("Content ReportFormat:drop GeneratedTime:drop");

/// Policies that speak for a principal, with where each comes from.
const fn identity_policies(make: Make) -> Facet {
    Facet {
        name: "identity_policies",
        from: From::Derived {
            needs: &[],
            lists: &[DETAILS, AWS_POLICIES],
            make,
            shape: "items:[{name from arn group document:policy}]",
        },
    }
}

type Make = fn(&crate::table::Subject<'_>, &[&serde_json::Value]) -> Result<serde_json::Value, String>;

const BOUNDARY: Facet = Facet {
    name: "boundary",
    from: From::Derived {
        needs: &[],
        lists: &[DETAILS, AWS_POLICIES],
        make: identity::boundary,
        shape: "present:bool arn document:policy",
    },
};

/// What the credential report says of a user; days without their time, for every sign-in changes that.
const CREDENTIALS: From = From::Derived {
    needs: &[],
    lists: &[REPORT_MAKE, REPORT],
    make: credential::row,
    shape: "password_enabled password_last_used password_last_changed password_next_rotation mfa_active \
            access_key_1_active access_key_1_last_rotated access_key_1_last_used_date access_key_2_active \
            access_key_2_last_rotated access_key_2_last_used_date cert_1_active cert_1_last_rotated cert_2_active \
            cert_2_last_rotated",
};

const ATTACHED: Link = Link::new(EdgeKind::Uses, "item.AttachedManagedPolicies[].PolicyArn", "{}");
const BOUNDED: Link = Link::new(EdgeKind::Uses, "item.PermissionsBoundary.PermissionsBoundaryArn", "{}");

const USER: Kind = Kind::new("aws.iam.user", DETAILS.at("UserDetailList"), "{Arn}", "{UserName}")
    .facets(&[
        Facet { name: "configuration", from: From::Item },
        // With their ARNs: a user's list has their names alone.
        Facet {
            name: "groups",
            from: From::Derived {
                needs: &[],
                lists: &[DETAILS],
                make: identity::groups,
                shape: "items:[{GroupName Arn}]",
            },
        },
        identity_policies(identity::of_user),
        BOUNDARY,
        Facet {
            name: "access_keys",
            from: From::Each(
                Call::new("ListAccessKeys", "iam:ListAccessKeys")
                    .params(&[("UserName", "{UserName}")])
                    .page(MARKER)
                    .at("AccessKeyMetadata")
                    .shape(
                        "AccessKeyMetadata:[{UserName:drop AccessKeyId Status CreateDate:time}] IsTruncated:drop Marker",
                    )
                    .gone(NONE),
            ),
        },
        Facet {
            name: "login_profile",
            from: From::Each(
                Call::new("GetLoginProfile", "iam:GetLoginProfile")
                    .params(&[("UserName", "{UserName}")])
                    .at("LoginProfile")
                    .shape("LoginProfile:{UserName:drop CreateDate:time PasswordResetRequired:bool}")
                    .none(NONE),
            ),
        },
        Facet {
            name: "mfa_devices",
            from: From::Each(
                Call::new("ListMFADevices", "iam:ListMFADevices")
                    .params(&[("UserName", "{UserName}")])
                    .page(MARKER)
                    .at("MFADevices")
                    .shape("MFADevices:[{UserName:drop SerialNumber EnableDate:time}] IsTruncated:drop Marker")
                    .gone(NONE),
            ),
        },
        Facet { name: "credentials", from: CREDENTIALS },
    ])
    .links(&[ATTACHED, BOUNDED, Link::new(EdgeKind::Uses, "groups.items[].Arn", "{}")]);

const GROUP: Kind = Kind::new("aws.iam.group", DETAILS.at("GroupDetailList"), "{Arn}", "{GroupName}")
    .facets(&[
        Facet { name: "configuration", from: From::Item },
        Facet {
            name: "members",
            from: From::Derived {
                needs: &[],
                lists: &[DETAILS],
                make: identity::members,
                shape: "items:[{UserName Arn}]",
            },
        },
        identity_policies(identity::of_group),
    ])
    .links(&[ATTACHED]);

const ROLE: Kind = Kind::new("aws.iam.role", DETAILS.at("RoleDetailList"), "{Arn}", "{RoleName}")
    .facets(&[
        Facet { name: "configuration", from: From::Item },
        Facet {
            name: "trust",
            from: From::Derived { needs: &[], lists: &[], make: identity::trust, shape: "document:policy" },
        },
        identity_policies(identity::of_role),
        BOUNDARY,
        Facet {
            name: "last_used",
            from: From::Derived { needs: &[], lists: &[ROLE_USE], make: identity::last_used, shape: "date region" },
        },
    ])
    .links(&[ATTACHED, BOUNDED]);

const POLICY: Kind = Kind::new("aws.iam.policy", DETAILS.at("Policies"), "{Arn}", "{Arn|base}").facets(&[
    Facet { name: "configuration", from: From::Item },
    // The version that is in force.
    Facet {
        name: "document",
        from: From::Derived {
            needs: &[],
            lists: &[],
            make: identity::default_version,
            shape: "version document:policy",
        },
    },
    Facet {
        name: "attached",
        from: From::Derived {
            needs: &[],
            lists: &[DETAILS],
            make: identity::attached,
            shape: "items:[text] boundary_of:[text]",
        },
    },
]);

pub(crate) const IAM: Service = Service {
    name: "iam",
    endpoint: "iam",
    event_source: "iam",
    protocol: Protocol::Query { version: "2010-05-08" },
    reach: Reach::Global,
    scope_facets: &[
        Facet {
            name: "password_policy",
            from: From::Each(
                Call::new("GetAccountPasswordPolicy", "iam:GetAccountPasswordPolicy")
                    .at("PasswordPolicy")
                    .shape(
                        "PasswordPolicy:{MinimumPasswordLength:int RequireSymbols:bool RequireNumbers:bool \
                         RequireUppercaseCharacters:bool RequireLowercaseCharacters:bool \
                         AllowUsersToChangePassword:bool ExpirePasswords:bool MaxPasswordAge:int \
                         PasswordReusePrevention:int HardExpiry:bool}",
                    )
                    .none(NONE),
            ),
        },
        // Of the summary only what says something of the root user: the rest counts things.
        Facet {
            name: "root",
            from: From::Derived {
                needs: &[],
                lists: &[SUMMARY],
                make: credential::root,
                shape: "mfa:bool access_keys:bool signing_certificates:bool password:bool",
            },
        },
        Facet { name: "root_credentials", from: CREDENTIALS },
        // Who has which of AWS's own policies.
        Facet {
            name: "aws_policies",
            from: From::Derived {
                needs: &[],
                lists: &[DETAILS],
                make: identity::aws_policies,
                shape: "items:[{arn name attached:[text]}]",
            },
        },
        Facet {
            name: "virtual_mfa_devices",
            from: From::Each(
                Call::new("ListVirtualMFADevices", "iam:ListVirtualMFADevices")
                    .params(&[("AssignmentStatus", "Assigned"), ("MaxItems", "=1000")])
                    .page(MARKER)
                    .at("VirtualMFADevices")
                    .shape(
                        "VirtualMFADevices:[{SerialNumber Base32StringSeed:drop QRCodePNG:drop User:{Path:drop UserName \
                         UserId:drop Arn CreateDate:drop PasswordLastUsed:drop PermissionsBoundary:drop Tags:drop} \
                         EnableDate:time Tags:drop}] IsTruncated:drop Marker",
                    ),
            ),
        },
        Facet {
            name: "aliases",
            from: From::Each(
                Call::new("ListAccountAliases", "iam:ListAccountAliases")
                    .page(MARKER)
                    .at("AccountAliases")
                    .shape("AccountAliases:[text] IsTruncated:drop Marker"),
            ),
        },
        // The management account and its delegate alone are answered.
        Facet {
            name: "organization_features",
            from: From::Each(
                Call::new("ListOrganizationsFeatures", "iam:ListOrganizationsFeatures")
                    .shape("OrganizationId EnabledFeatures:[text]")
                    .unused(&[
                        "AccountNotManagementOrDelegatedAdministratorException",
                        "OrganizationNotFoundException",
                        "OrganizationNotInAllFeaturesModeException",
                    ])
                    // IAM was never given a part in the organisation.
                    .none(&["ServiceAccessNotEnabledException"]),
            ),
        },
    ],
    kinds: &[
        USER,
        GROUP,
        ROLE,
        POLICY,
        Kind::new(
            "aws.iam.instance_profile",
            Call::new("ListInstanceProfiles", "iam:ListInstanceProfiles")
                .params(&[("MaxItems", "=1000")])
                .page(MARKER)
                .at("InstanceProfiles")
                .shape(
                    "InstanceProfiles:[{Path InstanceProfileName InstanceProfileId Arn CreateDate:time \
                     Roles:[{Path RoleName RoleId Arn CreateDate:drop AssumeRolePolicyDocument:drop Description:drop \
                     MaxSessionDuration:drop MaxSigninSessionDuration:drop PermissionsBoundary:drop Tags:drop \
                     RoleLastUsed:drop SourceRoleTemplate:drop}] Tags:[{Key Value}]}] IsTruncated:drop Marker",
                ),
            "{Arn}",
            "{InstanceProfileName}",
        )
        .facets(&[Facet { name: "configuration", from: From::Item }])
        .links(&[Link::new(EdgeKind::RunsAs, "item.Roles[].Arn", "{}")]),
        Kind::new(
            "aws.iam.oidc_provider",
            Call::new("ListOpenIDConnectProviders", "iam:ListOpenIDConnectProviders")
                .at("OpenIDConnectProviderList")
                .shape("OpenIDConnectProviderList:[{Arn IsTrustedIdentityPropagationEnabled:drop}]"),
            "{Arn}",
            "{Arn|base}",
        )
        .facets(&[Facet {
            name: "configuration",
            from: From::Each(
                Call::new("GetOpenIDConnectProvider", "iam:GetOpenIDConnectProvider")
                    .params(&[("OpenIDConnectProviderArn", "{Arn}")])
                    .shape(
                        "Url ClientIDList:[text] ThumbprintList:[text] CreateDate:time Tags:[{Key Value}] \
                         ContextProvider:drop IdentityCenterInstanceArn IdentityStoreArn",
                    )
                    .gone(NONE),
            ),
        }]),
        Kind::new(
            "aws.iam.saml_provider",
            Call::new("ListSAMLProviders", "iam:ListSAMLProviders").at("SAMLProviderList").shape(
                "SAMLProviderList:[{Arn ValidUntil:time CreateDate:time IsTrustedIdentityPropagationEnabled:drop}]",
            ),
            "{Arn}",
            "{Arn|base}",
        )
        .facets(&[Facet { name: "configuration", from: From::Item }]),
        Kind::new(
            "aws.iam.server_certificate",
            Call::new("ListServerCertificates", "iam:ListServerCertificates")
                .page(MARKER)
                .at("ServerCertificateMetadataList")
                .shape(
                    "ServerCertificateMetadataList:[{Path ServerCertificateName ServerCertificateId Arn UploadDate:time \
                     Expiration:time}] IsTruncated:drop Marker",
                ),
            "{Arn}",
            "{ServerCertificateName}",
        )
        .facets(&[Facet { name: "configuration", from: From::Item }]),
    ],
};
