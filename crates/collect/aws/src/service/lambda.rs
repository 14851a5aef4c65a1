//! AWS Lambda.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Page, Protocol, Reach, Service};

pub(crate) const LAMBDA: Service = Service {
    name: "lambda",
    endpoint: "lambda",
    event_source: "lambda",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.lambda.function",
        Call::new("ListFunctions", "lambda:ListFunctions")
            .path("GET /2015-03-31/functions")
            .page(Page::Token { get: "NextMarker", send: "Marker" })
            .at("Functions")
            // Code's place, hash and dates change with each deployment and say nothing of safety; the state flickers.
            .shape(
                "NextMarker Functions:[{FunctionName FunctionArn Runtime Role Handler Timeout:int MemorySize:int \
                 VpcConfig:{SubnetIds:[text] SecurityGroupIds:[text] VpcId} DeadLetterConfig:{TargetArn} \
                 Environment:{Variables:<literal> Error:{ErrorCode Message:drop}} KMSKeyArn TracingConfig:{Mode} Layers:[{Arn CodeSize:drop}] \
                 PackageType Architectures:[text] SigningProfileVersionArn FileSystemConfigs:[{Arn LocalMountPath}] \
                 LoggingConfig:{LogFormat ApplicationLogLevel SystemLogLevel LogGroup} SnapStart:{ApplyOn} \
                 EphemeralStorage:{Size:int} ImageConfigResponse:drop \
                 CodeSize:drop CodeSha256:drop ConfigSha256:drop RevisionId:drop LastModified:drop State:drop \
                 StateReason:drop StateReasonCode:drop LastUpdateStatus:drop LastUpdateStatusReason:drop \
                 LastUpdateStatusReasonCode:drop}]",
            ),
        "{FunctionArn}",
        "{FunctionName}",
    )
    .facets(&[
        Facet { name: "configuration", from: From::Item },
        Facet {
            name: "policy",
            from: From::Each(
                Call::new("GetPolicy", "lambda:GetPolicy")
                    .path("GET /2015-03-31/functions/{FunctionName}/policy")
                    .shape("Policy:policy RevisionId:drop")
                    .none(&["ResourceNotFoundException"]),
            ),
        },
        Facet {
            name: "url",
            from: From::Each(
                Call::new("GetFunctionUrlConfig", "lambda:GetFunctionUrlConfig")
                    .path("GET /2021-10-31/functions/{FunctionName}/url")
                    .shape(
                        "FunctionUrl FunctionArn AuthType InvokeMode Cors:{AllowCredentials:bool AllowHeaders:[text] \
                         AllowMethods:[text] AllowOrigins:[text] ExposeHeaders:[text] MaxAge:int} CreationTime:drop \
                         LastModifiedTime:drop",
                    )
                    .none(&["ResourceNotFoundException"]),
            ),
        },
    ])
    .links(&[
        Link::new(EdgeKind::RunsAs, "item.Role", "{}"),
        Link::new(EdgeKind::Uses, "item.KMSKeyArn", "{}"),
        Link::new(EdgeKind::Uses, "item.VpcConfig.VpcId", "arn:{.partition}:ec2:{.region}:{.account}:vpc/{}"),
        Link::new(EdgeKind::Uses, "item.VpcConfig.SubnetIds[]", "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}"),
        Link::new(
            EdgeKind::Uses,
            "item.VpcConfig.SecurityGroupIds[]",
            "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
        ),
        Link::new(EdgeKind::Uses, "item.DeadLetterConfig.TargetArn", "{}"),
        Link::new(EdgeKind::Uses, "item.Layers[].Arn", "{}"),
        Link::new(EdgeKind::Uses, "item.FileSystemConfigs[].Arn", "{}"),
        Link::new(
            EdgeKind::Uses,
            "item.LoggingConfig.LogGroup",
            "arn:{.partition}:logs:{.region}:{.account}:log-group:{}",
        ),
    ])],
};
