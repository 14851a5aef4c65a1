//! Amazon S3 Control: what holds for an account's buckets together, and the other doors to them.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Page, Protocol, Reach, Service};

/// For the account.
pub(crate) const S3CONTROL: Service = Service {
    name: "s3",
    endpoint: "s3-control",
    event_source: "s3",
    protocol: Protocol::RestXml,
    reach: Reach::Global,
    scope_facets: &[Facet {
        name: "s3_public_access_block",
        from: From::Each(
            Call::new("GetPublicAccessBlock", "s3:GetAccountPublicAccessBlock")
                .path("GET /v20180820/configuration/publicAccessBlock")
                .shape("BlockPublicAcls:bool IgnorePublicAcls:bool BlockPublicPolicy:bool RestrictPublicBuckets:bool")
                .none(&["NoSuchPublicAccessBlockConfiguration"]),
        ),
    }],
    kinds: &[Kind::new(
        "aws.s3control.multi_region_access_point",
        Call::new("ListMultiRegionAccessPoints", "s3:ListMultiRegionAccessPoints")
            .path("GET /v20180820/mrap/instances?maxResults=100")
            .page(Page::Token { get: "NextToken", send: "nextToken" })
            .at("AccessPoints")
            .shape(
                "AccessPoints:[{Name Alias CreatedAt:time Status:drop PublicAccessBlock:{BlockPublicAcls:bool \
                 IgnorePublicAcls:bool BlockPublicPolicy:bool RestrictPublicBuckets:bool} \
                 Regions:[{Bucket Region BucketAccountId}]}] NextToken",
            )
            // These are ruled from one region (S3 User Guide, "Multi-Region Access Point restrictions").
            .region("us-west-2"),
        "arn:{.partition}:s3::{.account}:accesspoint/{Alias}",
        "{Name}",
    )
    .facets(&[
        Facet { name: "access_point", from: From::Item },
        Facet {
            name: "policy",
            from: From::Each(
                Call::new("GetMultiRegionAccessPointPolicy", "s3:GetMultiRegionAccessPointPolicy")
                    .path("GET /v20180820/mrap/instances/{Name}/policy")
                    .at("Policy")
                    .shape("Policy:{Established:{Policy:policy} Proposed:drop}")
                    .region("us-west-2"),
            ),
        },
    ])
    .links(&[Link::new(EdgeKind::RoutesTo, "item.Regions[].Bucket", "arn:{.partition}:s3:::{}")])],
};

/// For each region: access points are named and listed there.
pub(crate) const S3CONTROL_REGIONAL: Service = Service {
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.s3control.access_point",
        Call::new("ListAccessPoints", "s3:ListAccessPoints")
            .path("GET /v20180820/accesspoint?maxResults=1000")
            .page(Page::Token { get: "NextToken", send: "nextToken" })
            .at("AccessPointList")
            .shape(
                "AccessPointList:[{Name NetworkOrigin VpcConfiguration:{VpcId} Bucket AccessPointArn Alias \
                 BucketAccountId DataSourceId DataSourceType}] NextToken",
            ),
        "arn:{.partition}:s3:{.region}:{.account}:accesspoint/{Name}",
        "{Name}",
    )
    .facets(&[
        Facet {
            name: "access_point",
            from: From::Each(
                Call::new("GetAccessPoint", "s3:GetAccessPoint")
                    .path("GET /v20180820/accesspoint/{Name}")
                    .shape(
                        "Name Bucket NetworkOrigin VpcConfiguration:{VpcId} PublicAccessBlockConfiguration:{\
                         BlockPublicAcls:bool IgnorePublicAcls:bool BlockPublicPolicy:bool \
                         RestrictPublicBuckets:bool} CreationDate:time Alias AccessPointArn BucketAccountId \
                         Endpoints:drop",
                    )
                    .gone(&["NoSuchAccessPoint"]),
            ),
        },
        Facet {
            name: "policy",
            from: From::Each(
                Call::new("GetAccessPointPolicy", "s3:GetAccessPointPolicy")
                    .path("GET /v20180820/accesspoint/{Name}/policy")
                    .shape("Policy:policy")
                    .none(&["NoSuchAccessPointPolicy"])
                    .gone(&["NoSuchAccessPoint"]),
            ),
        },
    ])
    .links(&[
        Link::new(EdgeKind::RoutesTo, "item.Bucket", "arn:{.partition}:s3:::{}"),
        Link::new(EdgeKind::Uses, "item.VpcConfiguration.VpcId", "arn:{.partition}:ec2:{.region}:{.account}:vpc/{}"),
    ])],
    ..S3CONTROL
};
