//! Elastic Load Balancing, version 1: classic load balancers.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Page, Protocol, Reach, Service};

const GONE: &[&str] = &["LoadBalancerNotFound"];

pub(crate) const ELB: Service = Service {
    name: "elasticloadbalancing",
    endpoint: "elasticloadbalancing",
    event_source: "elasticloadbalancing",
    protocol: Protocol::Query { version: "2012-06-01" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.elb.load_balancer",
        Call::new("DescribeLoadBalancers", "elasticloadbalancing:DescribeLoadBalancers")
            .params(&[("PageSize", "=400")])
            .page(Page::Token { get: "NextMarker", send: "Marker" })
            .at("LoadBalancerDescriptions")
            .shape(
                "LoadBalancerDescriptions:[{LoadBalancerName DNSName Scheme VPCId Subnets:[text] \
                    SecurityGroups:[text] AvailabilityZones:[text] Instances:[{InstanceId}] \
                    ListenerDescriptions:[{Listener:{Protocol LoadBalancerPort:int InstanceProtocol InstancePort:int \
                    SSLCertificateId} PolicyNames:[text]}] HealthCheck:{Target} CreatedTime:time}] NextMarker",
            ),
        "arn:{.partition}:elasticloadbalancing:{.region}:{.account}:loadbalancer/{LoadBalancerName}",
        "{LoadBalancerName}",
    )
    .facets(&[
        Facet { name: "configuration", from: From::Item },
        Facet {
            name: "attributes",
            from: From::Each(
                Call::new("DescribeLoadBalancerAttributes", "elasticloadbalancing:DescribeLoadBalancerAttributes")
                    .params(&[("LoadBalancerName", "{LoadBalancerName}")])
                    .at("LoadBalancerAttributes")
                    .shape(
                        "LoadBalancerAttributes:{CrossZoneLoadBalancing:{Enabled:bool} AccessLog:{Enabled:bool \
                            S3BucketName} ConnectionDraining:{Enabled:bool Timeout:int} \
                            ConnectionSettings:{IdleTimeout:int} AdditionalAttributes:[{Key Value}]}",
                    )
                    .gone(GONE),
            ),
        },
        Facet {
            name: "policies",
            from: From::Each(
                Call::new("DescribeLoadBalancerPolicies", "elasticloadbalancing:DescribeLoadBalancerPolicies")
                    .params(&[("LoadBalancerName", "{LoadBalancerName}")])
                    .at("PolicyDescriptions")
                    .shape(
                        "PolicyDescriptions:[{PolicyName PolicyTypeName \
                            PolicyAttributeDescriptions:[{AttributeName AttributeValue}]}]",
                    )
                    .gone(GONE),
            ),
        },
    ])
    .links(&[
        Link::new(EdgeKind::Uses, "item.VPCId", "arn:{.partition}:ec2:{.region}:{.account}:vpc/{}"),
        Link::new(EdgeKind::Uses, "item.Subnets[]", "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}"),
        Link::new(
            EdgeKind::Uses,
            "item.SecurityGroups[]",
            "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
        ),
        Link::new(
            EdgeKind::RoutesTo,
            "item.Instances[].InstanceId",
            "arn:{.partition}:ec2:{.region}:{.account}:instance/{}",
        ),
        Link::new(EdgeKind::Uses, "item.ListenerDescriptions[].Listener.SSLCertificateId", "{}"),
    ])],
};
