//! Amazon API Gateway, HTTP and WebSocket APIs.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const APIGATEWAYV2: Service = Service {
    name: "apigateway",
    endpoint: "apigateway",
    event_source: "apigateway",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[API, STAGE],
};

// One IAM action covers every read of this service; the operations are told apart by the resource's path only.
const READ: &str = "apigateway:GET";

const GONE: &[&str] = &["NotFoundException"];

const API: Kind = Kind::new(
    "aws.apigatewayv2.api",
    Call::new("GetApis", READ).path("GET /v2/apis").token("nextToken").at("items").shape(
        "nextToken items:[{apiId name protocolType apiEndpoint disableExecuteApiEndpoint:bool ipAddressType \
         corsConfiguration:{allowCredentials:bool allowHeaders:[text] allowMethods:[text] allowOrigins:[text]} \
         tags:<text> apiGatewayManaged:bool routeSelectionExpression apiKeySelectionExpression createdDate:drop \
         description:drop version:drop warnings:drop importInfo:drop}]",
    ),
    "arn:{.partition}:apigateway:{.region}::/apis/{apiId}",
    "{name}",
)
.facets(&[
    Facet { name: "configuration", from: From::Item },
    Facet {
        name: "routes",
        from: From::Each(
            Call::new("GetRoutes", READ)
                .path("GET /v2/apis/{apiId}/routes")
                .token("nextToken")
                .at("items")
                .shape(
                    "nextToken items:[{routeId routeKey target authorizationType authorizerId \
                     authorizationScopes:[text] apiKeyRequired:bool apiGatewayManaged:bool requestModels:drop \
                     requestParameters:drop modelSelectionExpression:drop operationName:drop \
                     routeResponseSelectionExpression:drop}]",
                )
                .gone(GONE),
        ),
    },
    Facet {
        name: "integrations",
        from: From::Each(
            Call::new("GetIntegrations", READ)
                .path("GET /v2/apis/{apiId}/integrations")
                .token("nextToken")
                .at("items")
                .shape(
                    "nextToken items:[{integrationId integrationType integrationSubtype integrationUri \
                     integrationMethod connectionType connectionId credentialsArn tlsConfig:{serverNameToVerify} \
                     requestParameters:drop requestTemplates:drop responseParameters:drop description:drop \
                     templateSelectionExpression:drop timeoutInMillis:drop}]",
                )
                .gone(GONE),
        ),
    },
])
.links(&[
    Link::new(EdgeKind::RoutesTo, "integrations.items[].integrationUri", "{|starts=arn:}"),
    Link::new(EdgeKind::RunsAs, "integrations.items[].credentialsArn", "{}"),
]);

const STAGE: Kind = Kind::new(
    "aws.apigatewayv2.stage",
    Call::new("GetStages", READ)
        .path("GET /v2/apis/{^apiId}/stages")
        .token("nextToken")
        .at("items")
        .shape(
            "nextToken items:[{stageName autoDeploy:bool accessLogSettings:{destinationArn format} \
             clientCertificateId defaultRouteSettings:{dataTraceEnabled:bool detailedMetricsEnabled:bool \
             loggingLevel throttlingBurstLimit:int throttlingRateLimit:num} \
             routeSettings:<{dataTraceEnabled:bool detailedMetricsEnabled:bool loggingLevel \
             throttlingBurstLimit:int throttlingRateLimit:num}> stageVariables:<literal> tags:<text> \
             apiGatewayManaged:bool deploymentId:drop createdDate:drop lastUpdatedDate:drop description:drop \
             lastDeploymentStatusMessage:drop}]",
        )
        .gone(GONE),
    "{^.id}/stages/{stageName}",
    "{^name}/{stageName}",
)
.parent("aws.apigatewayv2.api")
.facets(&[Facet { name: "configuration", from: From::Item }])
.links(&[Link::new(EdgeKind::Uses, "item.accessLogSettings.destinationArn", "{}")]);
