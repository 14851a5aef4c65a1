//! AWS Organizations: asked with the present credentials, for the management account and delegated administrators alone
//! answer whole. What is of the organisation itself hangs on its root.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

/// No organisation has this account.
const NOT_IN_USE: &[&str] = &["AWSOrganizationsNotInUseException"];

const ORGANIZATION: Call = Call::new("DescribeOrganization", "organizations:DescribeOrganization")
    .at("Organization")
    // AWS calls the list of policy types here out of date; the root has the right one.
    .shape(
        "Organization:{Id Arn FeatureSet MasterAccountArn MasterAccountId MasterAccountEmail:drop \
         AvailablePolicyTypes:drop}",
    )
    .none(NOT_IN_USE);

const ACCOUNTS: Call = Call::new("ListAccounts", "organizations:ListAccounts")
    .token("NextToken")
    .at("Accounts")
    .shape("Accounts:[{Id Arn Name Status State Paths:[text] Email:drop JoinedMethod JoinedTimestamp:drop}] NextToken");

/// Policies of one type.
const fn policies(filter: &'static [(&'static str, &'static str)]) -> Call {
    Call::new("ListPolicies", "organizations:ListPolicies")
        .params(filter)
        .token("NextToken")
        .at("Policies")
        .shape("Policies:[{Id Arn Name Type AwsManaged:bool Description}] NextToken")
}

const SERVICE_CONTROL: &[(&str, &str)] = &[("Filter", "SERVICE_CONTROL_POLICY")];
const RESOURCE_CONTROL: &[(&str, &str)] = &[("Filter", "RESOURCE_CONTROL_POLICY")];

/// What hangs at the root of one type.
const fn at_root(filter: &'static [(&'static str, &'static str)]) -> Call {
    Call::new("ListPoliciesForTarget", "organizations:ListPoliciesForTarget")
        .params(filter)
        .token("NextToken")
        .at("Policies")
        .shape("Policies:[{Id Arn Name Type AwsManaged:bool Description}] NextToken")
}

const TARGETS: Call = Call::new("ListTargetsForPolicy", "organizations:ListTargetsForPolicy")
    .params(&[("PolicyId", "{Id}")])
    .token("NextToken")
    .at("Targets")
    .shape("Targets:[{TargetId Arn Name Type}] NextToken");

/// Facets of policies that allow or deny.
const POLICY_FACETS: &[Facet] = &[
    Facet { name: "configuration", from: From::Item },
    Facet {
        name: "content",
        from: From::Each(
            Call::new("DescribePolicy", "organizations:DescribePolicy")
                .params(&[("PolicyId", "{Id}")])
                .at("Policy")
                .shape("Policy:{PolicySummary:drop Content:policy}")
                .gone(&["PolicyNotFoundException"]),
        ),
    },
    Facet { name: "targets", from: From::Each(TARGETS.gone(&["PolicyNotFoundException"])) },
];

/// An account, a unit or the root depends on the policies that hang there.
const POLICY_LINKS: &[Link] = &[Link::new(EdgeKind::Uses, "targets.items[].Arn", "{}").reversed()];

pub(crate) const ORGANIZATIONS: Service = Service {
    name: "organizations",
    endpoint: "organizations",
    event_source: "organizations",
    protocol: Protocol::Json { target: "AWSOrganizationsV20161128", version: "1.1" },
    reach: Reach::Global,
    scope_facets: &[
        Facet { name: "organization", from: From::Each(ORGANIZATION) },
        Facet { name: "organization_accounts", from: From::Each(ACCOUNTS.none(NOT_IN_USE)) },
    ],
    kinds: &[
        Kind::new("aws.organizations.account", ACCOUNTS.unused(NOT_IN_USE), "{Arn}", "{Name}").facets(&[
            Facet { name: "configuration", from: From::Item },
            Facet {
                name: "parents",
                from: From::Each(
                    Call::new("ListParents", "organizations:ListParents")
                        .params(&[("ChildId", "{Id}")])
                        .token("NextToken")
                        .at("Parents")
                        .shape("Parents:[{Id Type}] NextToken")
                        .gone(&["ChildNotFoundException"]),
                ),
            },
        ]),
        Kind::new(
            "aws.organizations.root",
            Call::new("ListRoots", "organizations:ListRoots")
                .token("NextToken")
                .at("Roots")
                .shape("Roots:[{Id Arn Name PolicyTypes:[{Type Status}]}] NextToken")
                .unused(NOT_IN_USE),
            "{Arn}",
            "{Name}",
        )
        .facets(&[
            Facet { name: "configuration", from: From::Item },
            Facet { name: "organization", from: From::Each(ORGANIZATION) },
            Facet { name: "service_control_policies", from: From::Each(policies(SERVICE_CONTROL)) },
            // Where each hangs: one that hangs nowhere bounds nothing.
            Facet {
                name: "service_control_targets",
                from: From::EachOf { call: TARGETS, each: "@service_control_policies.items[]" },
            },
            Facet { name: "resource_control_policies", from: From::Each(policies(RESOURCE_CONTROL)) },
            Facet {
                name: "resource_control_targets",
                from: From::EachOf { call: TARGETS, each: "@resource_control_policies.items[]" },
            },
            Facet {
                name: "ai_opt_out",
                from: From::Each(at_root(&[("TargetId", "{Id}"), ("Filter", "AISERVICES_OPT_OUT_POLICY")])),
            },
            Facet {
                name: "ai_opt_out_content",
                from: From::EachOf {
                    call: Call::new("DescribePolicy", "organizations:DescribePolicy")
                        .params(&[("PolicyId", "{Id}")])
                        .at("Policy")
                        .shape("Policy:{PolicySummary:drop Content:json}"),
                    each: "@ai_opt_out.items[]",
                },
            },
            Facet {
                name: "delegated_administrators",
                from: From::Each(
                    Call::new("ListDelegatedAdministrators", "organizations:ListDelegatedAdministrators")
                        .token("NextToken")
                        .at("DelegatedAdministrators")
                        .shape(
                            "DelegatedAdministrators:[{Id Arn Name Status State Email:drop JoinedMethod:drop \
                             JoinedTimestamp:drop DelegationEnabledDate:drop}] NextToken",
                        ),
                ),
            },
            Facet {
                name: "trusted_services",
                from: From::Each(
                    Call::new(
                        "ListAWSServiceAccessForOrganization",
                        "organizations:ListAWSServiceAccessForOrganization",
                    )
                    .token("NextToken")
                    .at("EnabledServicePrincipals")
                    .shape("EnabledServicePrincipals:[{ServicePrincipal DateEnabled:drop}] NextToken"),
                ),
            },
        ]),
        Kind::new(
            "aws.organizations.service_control_policy",
            policies(SERVICE_CONTROL).unused(NOT_IN_USE),
            "{Arn}",
            "{Name}",
        )
        .facets(POLICY_FACETS)
        .links(POLICY_LINKS),
        Kind::new(
            "aws.organizations.resource_control_policy",
            policies(RESOURCE_CONTROL).unused(NOT_IN_USE),
            "{Arn}",
            "{Name}",
        )
        .facets(POLICY_FACETS)
        .links(POLICY_LINKS),
    ],
};
