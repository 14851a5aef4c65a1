//! Elastic Load Balancing, version 2: application, network and gateway load balancers.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Page, Protocol, Reach, Service};

const MOST: (&str, &str) = ("PageSize", "=400");
const MORE: Page = Page::Token { get: "NextMarker", send: "Marker" };
const CONFIGURATION: Facet = Facet { name: "configuration", from: From::Item };
const GONE: &[&str] = &["LoadBalancerNotFound"];

pub(crate) const ELBV2: Service = Service {
    name: "elasticloadbalancing",
    endpoint: "elasticloadbalancing",
    event_source: "elasticloadbalancing",
    protocol: Protocol::Query { version: "2015-12-01" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[
        Kind::new(
            "aws.elbv2.load_balancer",
            Call::new("DescribeLoadBalancers", "elasticloadbalancing:DescribeLoadBalancers")
                .params(&[MOST])
                .page(MORE)
                .at("LoadBalancers")
                .shape(
                    "LoadBalancers:[{LoadBalancerArn LoadBalancerName DNSName Scheme Type VpcId IpAddressType \
                        SecurityGroups:[text] AvailabilityZones:[{ZoneName SubnetId}] State:drop CreatedTime:time}] \
                        NextMarker",
                ),
            "{LoadBalancerArn}",
            "{LoadBalancerName}",
        )
        .facets(&[
            CONFIGURATION,
            Facet {
                name: "attributes",
                from: From::Each(
                    Call::new("DescribeLoadBalancerAttributes", "elasticloadbalancing:DescribeLoadBalancerAttributes")
                        .params(&[("LoadBalancerArn", "{LoadBalancerArn}")])
                        .shape("Attributes:[{Key Value}]")
                        .gone(GONE),
                ),
            },
        ])
        .links(&[
            Link::new(EdgeKind::Uses, "item.VpcId", "arn:{.partition}:ec2:{.region}:{.account}:vpc/{}"),
            Link::new(
                EdgeKind::Uses,
                "item.SecurityGroups[]",
                "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
            ),
            Link::new(
                EdgeKind::Uses,
                "item.AvailabilityZones[].SubnetId",
                "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}",
            ),
        ]),
        Kind::new(
            "aws.elbv2.listener",
            Call::new("DescribeListeners", "elasticloadbalancing:DescribeListeners")
                .params(&[("LoadBalancerArn", "{^LoadBalancerArn}"), MOST])
                .page(MORE)
                .at("Listeners")
                .shape(
                    "Listeners:[{ListenerArn LoadBalancerArn Port:int Protocol SslPolicy AlpnPolicy:[text] \
                        Certificates:[{CertificateArn IsDefault:bool}] MutualAuthentication:{Mode} \
                        DefaultActions:[{Type Order:int TargetGroupArn RedirectConfig:{Protocol Port Host Path \
                        StatusCode} FixedResponseConfig:{StatusCode ContentType} \
                        ForwardConfig:{TargetGroups:[{TargetGroupArn Weight:int}]} AuthenticateOidcConfig:{Issuer \
                        ClientSecret:present}}]}] NextMarker",
                )
                .gone(GONE),
            "{ListenerArn}",
            "{^.name}:{Port}",
        )
        .parent("aws.elbv2.load_balancer")
        .facets(&[CONFIGURATION])
        .links(&[
            Link::new(EdgeKind::RoutesTo, "item.DefaultActions[].TargetGroupArn", "{}"),
            Link::new(EdgeKind::RoutesTo, "item.DefaultActions[].ForwardConfig.TargetGroups[].TargetGroupArn", "{}"),
            Link::new(EdgeKind::Uses, "item.Certificates[].CertificateArn", "{}"),
        ]),
        Kind::new(
            "aws.elbv2.target_group",
            Call::new("DescribeTargetGroups", "elasticloadbalancing:DescribeTargetGroups")
                .params(&[MOST])
                .page(MORE)
                .at("TargetGroups")
                .shape(
                    "TargetGroups:[{TargetGroupArn TargetGroupName Protocol ProtocolVersion Port:int VpcId \
                        TargetType LoadBalancerArns:[text] HealthCheckEnabled:bool HealthCheckProtocol \
                        HealthCheckPath}] NextMarker",
                ),
            "{TargetGroupArn}",
            "{TargetGroupName}",
        )
        .facets(&[
            CONFIGURATION,
            Facet {
                name: "targets",
                from: From::Each(
                    Call::new("DescribeTargetHealth", "elasticloadbalancing:DescribeTargetHealth")
                        .params(&[("TargetGroupArn", "{TargetGroupArn}")])
                        .at("TargetHealthDescriptions")
                        // Whether they are well changes by itself.
                        .shape(
                            "TargetHealthDescriptions:[{Target:{Id Port:int AvailabilityZone} HealthCheckPort \
                                TargetHealth:drop AnomalyDetection:drop AdministrativeOverride:drop}]",
                        )
                        .gone(&["TargetGroupNotFound"]),
                ),
            },
        ])
        .links(&[
            Link::new(EdgeKind::RoutesTo, "item.LoadBalancerArns[]", "{}").reversed(),
            // Functions and load balancers stand there by their ARN, addresses as they are: `starts` leaves them out.
            Link::new(
                EdgeKind::RoutesTo,
                "targets.items[].Target.Id",
                "arn:{.partition}:ec2:{.region}:{.account}:instance/{|starts=i-}",
            ),
        ]),
    ],
};
