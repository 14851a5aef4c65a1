//! AWS WAF. Web ACLs of CloudFront are kept apart from those of a region and are had at the home region alone.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Page, Protocol, Reach, Service};

pub(crate) const WAFV2: Service = Service {
    name: "wafv2",
    endpoint: "wafv2",
    event_source: "wafv2",
    protocol: PROTOCOL,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[REGIONAL, PROTECTION, POOL_PROTECTION],
};

pub(crate) const WAFV2_GLOBAL: Service = Service {
    name: "wafv2",
    endpoint: "wafv2",
    event_source: "wafv2",
    protocol: PROTOCOL,
    reach: Reach::Global,
    scope_facets: &[],
    kinds: &[GLOBAL],
};

const PROTOCOL: Protocol = Protocol::Json { target: "AWSWAF_20190729", version: "1.1" };

const PAGES: Page = Page::Token { get: "NextMarker", send: "NextMarker" };

const REGIONAL: Kind =
    Kind::new("aws.wafv2.web_acl", list(&[("Scope", "REGIONAL"), ("Limit", "=100")]), "{ARN}", "{Name}")
        .facets(&[
            Facet { name: "configuration", from: From::Item },
            Facet {
                name: "rules",
                from: From::Each(get(&[("Scope", "REGIONAL"), ("Name", "{Name}"), ("Id", "{Id}")])),
            },
            Facet {
                name: "logging",
                from: From::Join {
                    call: logging(&[("Scope", "REGIONAL"), ("Limit", "=100")]),
                    key: "{ARN}",
                    answer: "ResourceArn",
                },
            },
        ])
        .links(LINKS);

/// That a web ACL stands before a load balancer. A kind of its own, so that a load balancer of which nothing is found is
/// unknown where this list was refused.
const PROTECTION: Kind = protection(
    "aws.wafv2.protection",
    protected(&[("WebACLArn", "{^ARN}"), ("ResourceType", "APPLICATION_LOAD_BALANCER")]),
);

/// The same before a user pool of Cognito, which only those ask for who look at one.
const POOL_PROTECTION: Kind = protection(
    "aws.wafv2.pool_protection",
    protected(&[("WebACLArn", "{^ARN}"), ("ResourceType", "COGNITO_USER_POOL")]),
);

const fn protection(kind: &'static str, list: Call) -> Kind {
    Kind::new(kind, list, "{^.id}/protects/{}", "{|base}").parent("aws.wafv2.web_acl").facets(ITEM).links(PROTECTS)
}

const ITEM: &[Facet] = &[Facet { name: "configuration", from: From::Item }];

const PROTECTS: &[Link] = &[Link::new(EdgeKind::Uses, "item", "{}").reversed()];

const fn protected(params: &'static [(&'static str, &'static str)]) -> Call {
    Call::new("ListResourcesForWebACL", "wafv2:ListResourcesForWebACL")
        .params(params)
        .at("ResourceArns")
        .shape("ResourceArns:[text]")
        .gone(&["WAFNonexistentItemException"])
}

const GLOBAL: Kind =
    Kind::new("aws.wafv2.global_web_acl", list(&[("Scope", "CLOUDFRONT"), ("Limit", "=100")]), "{ARN}", "{Name}")
        .facets(&[
            Facet { name: "configuration", from: From::Item },
            Facet {
                name: "rules",
                from: From::Each(get(&[("Scope", "CLOUDFRONT"), ("Name", "{Name}"), ("Id", "{Id}")])),
            },
            Facet {
                name: "logging",
                from: From::Join {
                    call: logging(&[("Scope", "CLOUDFRONT"), ("Limit", "=100")]),
                    key: "{ARN}",
                    answer: "ResourceArn",
                },
            },
        ])
        .links(LINKS);

const LINKS: &[Link] = &[Link::new(EdgeKind::Uses, "logging.items[].LogDestinationConfigs[]", "{}")];

const fn list(params: &'static [(&'static str, &'static str)]) -> Call {
    Call::new("ListWebACLs", "wafv2:ListWebACLs")
        .params(params)
        .page(PAGES)
        .at("WebACLs")
        .shape("NextMarker WebACLs:[{Name Id ARN Description:drop LockToken:drop}]")
}

/// What a statement looks for may itself be a secret (a header that proves where a request comes from).
const fn get(params: &'static [(&'static str, &'static str)]) -> Call {
    Call::new("GetWebACL", "wafv2:GetWebACL")
        .params(params)
        .at("WebACL")
        .shape(
            "WebACL:{Name Id ARN DefaultAction:{Allow:any Block:any} Rules:[{Name Priority:int \
             Statement:{ManagedRuleGroupStatement:{VendorName Name Version ManagedRuleGroupConfigs:drop \
             ScopeDownStatement:drop} RuleGroupReferenceStatement:{ARN} IPSetReferenceStatement:{ARN} \
             RateBasedStatement:{Limit:int AggregateKeyType ScopeDownStatement:drop CustomKeys:drop} \
             GeoMatchStatement:{CountryCodes:[text]} ByteMatchStatement:drop RegexMatchStatement:drop \
             AndStatement:drop OrStatement:drop NotStatement:drop} Action:any OverrideAction:any \
             VisibilityConfig:{SampledRequestsEnabled:bool CloudWatchMetricsEnabled:bool MetricName}}] \
             VisibilityConfig:{SampledRequestsEnabled:bool CloudWatchMetricsEnabled:bool MetricName} \
             ManagedByFirewallManager:bool PreProcessFirewallManagerRuleGroups:[{Name Priority:int \
             VisibilityConfig:{CloudWatchMetricsEnabled:bool} FirewallManagerStatement:drop}] \
             PostProcessFirewallManagerRuleGroups:[{Name Priority:int \
             VisibilityConfig:{CloudWatchMetricsEnabled:bool} FirewallManagerStatement:drop}] Capacity:drop \
             LabelNamespace:drop CustomResponseBodies:drop Description:drop LockToken:drop} LockToken:drop ApplicationIntegrationURL:drop",
        )
        .gone(&["WAFNonexistentItemException"])
}

const fn logging(params: &'static [(&'static str, &'static str)]) -> Call {
    Call::new("ListLoggingConfigurations", "wafv2:ListLoggingConfigurations")
        .params(params)
        .page(PAGES)
        .at("LoggingConfigurations")
        .shape(
            "NextMarker LoggingConfigurations:[{ResourceArn LogDestinationConfigs:[text] LogType LogScope \
             ManagedByFirewallManager:bool RedactedFields:drop LoggingFilter:drop}]",
        )
}
