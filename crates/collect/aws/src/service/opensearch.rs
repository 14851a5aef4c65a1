//! Amazon OpenSearch Service, which still signs as `es`.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const OPENSEARCH: Service = Service {
    name: "es",
    endpoint: "es",
    event_source: "es",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.opensearch.domain",
        Call::new("ListDomainNames", "es:ListDomainNames")
            .path("GET /2021-01-01/domain")
            .at("DomainNames")
            .shape("DomainNames:[{DomainName EngineType}]"),
        "arn:{.partition}:es:{.region}:{.account}:domain/{DomainName}",
        "{DomainName}",
    )
    .facets(&[Facet {
        name: "domain",
        from: From::Each(
            Call::new("DescribeDomain", "es:DescribeDomain")
                .path("GET /2021-01-01/opensearch/domain/{DomainName}")
                .at("DomainStatus")
                .shape(
                    "DomainStatus:{DomainName DomainId ARN Created:bool Deleted:bool Processing:drop \
                        UpgradeProcessing:drop DomainProcessingStatus:drop ChangeProgressDetails:drop \
                        ModifyingProperties:drop EngineVersion Endpoint Endpoints:<text> ClusterConfig:{InstanceType \
                        InstanceCount:int DedicatedMasterEnabled:bool DedicatedMasterCount:int \
                        ZoneAwarenessEnabled:bool MultiAZWithStandbyEnabled:bool} AccessPolicies:policy \
                        VPCOptions:{VPCId SubnetIds:[text] SecurityGroupIds:[text] AvailabilityZones:[text]} \
                        EncryptionAtRestOptions:{Enabled:bool KmsKeyId} NodeToNodeEncryptionOptions:{Enabled:bool} \
                        DomainEndpointOptions:{EnforceHTTPS:bool TLSSecurityPolicy CustomEndpointEnabled:bool \
                        CustomEndpoint} AdvancedSecurityOptions:{Enabled:bool InternalUserDatabaseEnabled:bool \
                        SAMLOptions:{Enabled:bool} AnonymousAuthEnabled:bool} CognitoOptions:{Enabled:bool RoleArn} \
                        IdentityCenterOptions:{EnabledAPIAccess:bool} \
                        LogPublishingOptions:<{Enabled:bool CloudWatchLogsLogGroupArn}> SnapshotOptions:drop \
                        ServiceSoftwareOptions:{UpdateAvailable:bool AutomatedUpdateDate:drop CurrentVersion \
                        NewVersion UpdateStatus:drop Description:drop} AutoTuneOptions:drop \
                        SoftwareUpdateOptions:{AutoSoftwareUpdateEnabled:bool} OffPeakWindowOptions:drop}",
                )
                .gone(&["ResourceNotFoundException"]),
        ),
    }])
    .links(&[
        Link::new(EdgeKind::Uses, "domain.VPCOptions.VPCId", "arn:{.partition}:ec2:{.region}:{.account}:vpc/{}"),
        Link::new(
            EdgeKind::Uses,
            "domain.VPCOptions.SubnetIds[]",
            "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}",
        ),
        Link::new(
            EdgeKind::Uses,
            "domain.VPCOptions.SecurityGroupIds[]",
            "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
        ),
        Link::new(
            EdgeKind::Uses,
            "domain.EncryptionAtRestOptions.KmsKeyId",
            "arn:{.partition}:kms:{.region}:{.account}:key/{}",
        ),
        Link::new(EdgeKind::RunsAs, "domain.CognitoOptions.RoleArn", "{}"),
    ])],
};
