//! Amazon Elastic Kubernetes Service.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const EKS: Service = Service {
    name: "eks",
    endpoint: "eks",
    event_source: "eks",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[CLUSTER, NODE_GROUP],
};

const CLUSTER: Kind = Kind::new(
    "aws.eks.cluster",
    Call::new("ListClusters", "eks:ListClusters")
        .path("GET /clusters?maxResults=100")
        .token("nextToken")
        .at("clusters")
        .shape("nextToken clusters:[text]"),
    "arn:{.partition}:eks:{.region}:{.account}:cluster/{}",
    "{}",
)
.facets(&[Facet {
    name: "configuration",
    from: From::Each(
        Call::new("DescribeCluster", "eks:DescribeCluster")
            .path("GET /clusters/{}")
            .at("cluster")
            .shape(
                "cluster:{name arn version endpoint roleArn resourcesVpcConfig:{subnetIds:[text] \
                 securityGroupIds:[text] clusterSecurityGroupId vpcId endpointPublicAccess:bool \
                 endpointPrivateAccess:bool publicAccessCidrs:[text]} logging:{clusterLogging:[{types:[text] \
                 enabled:bool}]} identity:{oidc:{issuer}} encryptionConfig:[{resources:[text] \
                 provider:{keyArn}}] accessConfig:{bootstrapClusterCreatorAdminPermissions:bool authenticationMode} \
                 upgradePolicy:{supportType} deletionProtection:bool computeConfig:{enabled:bool nodePools:[text] \
                 nodeRoleArn} kubernetesNetworkConfig:{serviceIpv4Cidr serviceIpv6Cidr ipFamily} platformVersion:drop \
                 status:drop health:drop createdAt:drop clientRequestToken:drop certificateAuthority:drop \
                 connectorConfig:drop}",
            )
            .gone(&["ResourceNotFoundException"]),
    ),
}])
.links(&[
    Link::new(EdgeKind::RunsAs, "configuration.roleArn", "{}"),
    Link::new(EdgeKind::Uses, "configuration.computeConfig.nodeRoleArn", "{}"),
    Link::new(EdgeKind::Uses, "configuration.encryptionConfig[].provider.keyArn", "{}"),
    Link::new(
        EdgeKind::Uses,
        "configuration.resourcesVpcConfig.vpcId",
        "arn:{.partition}:ec2:{.region}:{.account}:vpc/{}",
    ),
    Link::new(
        EdgeKind::Uses,
        "configuration.resourcesVpcConfig.subnetIds[]",
        "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}",
    ),
    Link::new(
        EdgeKind::Uses,
        "configuration.resourcesVpcConfig.securityGroupIds[]",
        "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
    ),
    Link::new(
        EdgeKind::Uses,
        "configuration.resourcesVpcConfig.clusterSecurityGroupId",
        "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
    ),
]);

const NODE_GROUP: Kind = Kind::new(
    "aws.eks.node_group",
    Call::new("ListNodegroups", "eks:ListNodegroups")
        .path("GET /clusters/{^}/node-groups?maxResults=100")
        .token("nextToken")
        .at("nodegroups")
        .shape("nextToken nodegroups:[text]")
        .gone(&["ResourceNotFoundException"]),
    // AWS ends the ARN by an id that the list does not have; a cluster has one group of a name.
    "arn:{.partition}:eks:{.region}:{.account}:nodegroup/{^}/{}",
    "{}",
)
.parent("aws.eks.cluster")
.facets(&[Facet {
    name: "configuration",
    from: From::Each(
        Call::new("DescribeNodegroup", "eks:DescribeNodegroup")
            .path("GET /clusters/{^}/node-groups/{}")
            .at("nodegroup")
            .shape(
                "nodegroup:{nodegroupName nodegroupArn clusterName version subnets:[text] \
                 remoteAccess:{ec2SshKey sourceSecurityGroups:[text]} amiType nodeRole \
                 resources:{autoScalingGroups:[{name}] remoteAccessSecurityGroup} capacityType \
                 launchTemplate:{name version id} releaseVersion:drop status:drop health:drop createdAt:drop \
                 modifiedAt:drop scalingConfig:drop}",
            )
            .gone(&["ResourceNotFoundException"]),
    ),
}])
.links(&[
    Link::new(EdgeKind::RunsAs, "configuration.nodeRole", "{}"),
    Link::new(EdgeKind::Uses, "configuration.subnets[]", "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}"),
    Link::new(
        EdgeKind::Uses,
        "configuration.remoteAccess.sourceSecurityGroups[]",
        "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
    ),
]);
