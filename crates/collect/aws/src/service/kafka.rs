//! Amazon Managed Streaming for Apache Kafka.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Page, Protocol, Reach, Service};

pub(crate) const KAFKA: Service = Service {
    name: "kafka",
    endpoint: "kafka",
    event_source: "kafka",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.kafka.cluster",
        Call::new("ListClustersV2", "kafka:ListClustersV2")
            .path("GET /api/v2/clusters?maxResults=100")
            .page(Page::Token { get: "NextToken", send: "nextToken" })
            .at("ClusterInfoList")
            .shape("ClusterInfoList@clusterInfoList:[{ClusterArn@clusterArn ClusterName@clusterName \
                    ClusterType@clusterType State@state:drop StateInfo@stateInfo:drop \
                    ActiveOperationArn@activeOperationArn:drop CurrentVersion@currentVersion:drop \
                    CreationTime@creationTime:time Tags@tags:<text> \
                    Provisioned@provisioned:{BrokerNodeGroupInfo@brokerNodeGroupInfo:{ClientSubnets@clientSubnets:[text] \
                    SecurityGroups@securityGroups:[text] InstanceType@instanceType \
                    ConnectivityInfo@connectivityInfo:{PublicAccess@publicAccess:{Type@type}}} \
                    ClientAuthentication@clientAuthentication:{Sasl@sasl:{Scram@scram:{Enabled@enabled:bool} \
                    Iam@iam:{Enabled@enabled:bool}} Tls@tls:{Enabled@enabled:bool \
                    CertificateAuthorityArnList@certificateAuthorityArnList:[text]} \
                    Unauthenticated@unauthenticated:{Enabled@enabled:bool}} \
                    CurrentBrokerSoftwareInfo@currentBrokerSoftwareInfo:{KafkaVersion@kafkaVersion} \
                    EncryptionInfo@encryptionInfo:{EncryptionAtRest@encryptionAtRest:{DataVolumeKMSKeyId@dataVolumeKMSKeyId} \
                    EncryptionInTransit@encryptionInTransit:{ClientBroker@clientBroker InCluster@inCluster:bool}} \
                    EnhancedMonitoring@enhancedMonitoring \
                    LoggingInfo@loggingInfo:{BrokerLogs@brokerLogs:{CloudWatchLogs@cloudWatchLogs:{Enabled@enabled:bool} \
                    Firehose@firehose:{Enabled@enabled:bool} S3@s3:{Enabled@enabled:bool}}} \
                    NumberOfBrokerNodes@numberOfBrokerNodes:int} \
                    Serverless@serverless:{VpcConfigs@vpcConfigs:[{SubnetIds@subnetIds:[text] \
                    SecurityGroupIds@securityGroupIds:[text]}] \
                    ClientAuthentication@clientAuthentication:{Sasl@sasl:{Iam@iam:{Enabled@enabled:bool}}}}}] \
                    NextToken@nextToken"),
        "{ClusterArn}",
        "{ClusterName}",
    )
    .facets(&[Facet { name: "configuration", from: From::Item }])
    .links(&[
        Link::new(
            EdgeKind::Uses,
            "item.Provisioned.BrokerNodeGroupInfo.SecurityGroups[]",
            "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
        ),
        Link::new(
            EdgeKind::Uses,
            "item.Provisioned.BrokerNodeGroupInfo.ClientSubnets[]",
            "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}",
        ),
        Link::new(
            EdgeKind::Uses,
            "item.Provisioned.EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId",
            "arn:{.partition}:kms:{.region}:{.account}:key/{}",
        ),
        Link::new(
            EdgeKind::Uses,
            "item.Serverless.VpcConfigs[].SecurityGroupIds[]",
            "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
        ),
        Link::new(
            EdgeKind::Uses,
            "item.Serverless.VpcConfigs[].SubnetIds[]",
            "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}",
        ),
    ])],
};
