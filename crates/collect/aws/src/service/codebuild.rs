//! AWS CodeBuild.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const CODEBUILD: Service = Service {
    name: "codebuild",
    endpoint: "codebuild",
    event_source: "codebuild",
    protocol: Protocol::Json { target: "CodeBuild_20161006", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[PROJECT],
};

const PROJECT: Kind = Kind::new(
    "aws.codebuild.project",
    Call::new("ListProjects", "codebuild:ListProjects")
        .token("nextToken")
        .at("projects")
        .shape("nextToken projects:[text]"),
    "arn:{.partition}:codebuild:{.region}:{.account}:project/{}",
    "{}",
)
.facets(&[Facet {
    name: "configuration",
    from: From::Batch {
        call: Call::new("BatchGetProjects", "codebuild:BatchGetProjects")
            .at("projects")
            // A build specification may hold whole scripts; of a place only whether it shows a credential is kept.
            .shape(
                "projects:[{name arn source:{type location:literal auth:{type resource} insecureSsl:bool \
                 buildspec:drop reportBuildStatus:drop buildStatusConfig:drop gitCloneDepth:drop \
                 gitSubmodulesConfig:drop} secondarySources:[{type location:literal auth:{type resource} \
                 insecureSsl:bool sourceIdentifier buildspec:drop reportBuildStatus:drop buildStatusConfig:drop \
                 gitCloneDepth:drop gitSubmodulesConfig:drop}] artifacts:{type location path \
                 encryptionDisabled:bool artifactIdentifier} secondaryArtifacts:[{type location path \
                 encryptionDisabled:bool artifactIdentifier}] cache:{type location} environment:{type image \
                 computeType environmentVariables:[{name value:literal type}] privilegedMode:bool certificate \
                 registryCredential:{credential credentialProvider} imagePullCredentialsType} serviceRole \
                 encryptionKey tags:[{key value}] webhook:{buildType scopeConfiguration:{name domain scope} \
                 filterGroups:[[{type pattern excludeMatchedPattern:bool}]] \
                 pullRequestBuildPolicy:{requiresCommentApproval approverRoles:[text]} branchFilter secret:present \
                 url:drop payloadUrl:drop lastModifiedSecret:drop status:drop statusMessage:drop} \
                 vpcConfig:{vpcId subnets:[text] securityGroupIds:[text]} \
                 logsConfig:{cloudWatchLogs:{status groupName streamName} s3Logs:{status location \
                 encryptionDisabled:bool}} fileSystemLocations:[{type location mountPoint}] projectVisibility \
                 resourceAccessRole created:drop lastModified:drop description:drop badge:drop \
                 publicProjectAlias:drop}] projectsNotFound:drop",
            ),
        param: "names",
        key: "{}",
        answer: "name",
        size: 100,
    },
}])
.links(&[
    Link::new(EdgeKind::RunsAs, "configuration.serviceRole", "{}"),
    Link::new(EdgeKind::Uses, "configuration.encryptionKey", "{|starts=arn:}"),
    Link::new(EdgeKind::Reads, "configuration.environment.registryCredential.credential", "{}"),
    Link::new(EdgeKind::Uses, "configuration.vpcConfig.vpcId", "arn:{.partition}:ec2:{.region}:{.account}:vpc/{}"),
    Link::new(
        EdgeKind::Uses,
        "configuration.vpcConfig.securityGroupIds[]",
        "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
    ),
]);
