//! Amazon FSx.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const FSX: Service = Service {
    name: "fsx",
    endpoint: "fsx",
    event_source: "fsx",
    protocol: Protocol::Json { target: "AWSSimbaAPIService_v20180301", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.fsx.file_system",
        Call::new("DescribeFileSystems", "fsx:DescribeFileSystems").token("NextToken").at("FileSystems").shape(
            "FileSystems:[{FileSystemId ResourceARN OwnerId FileSystemType FileSystemTypeVersion \
                    Lifecycle:drop FailureDetails:drop AdministrativeActions:drop StorageCapacity:int StorageType \
                    VpcId SubnetIds:[text] NetworkInterfaceIds:[text] DNSName KmsKeyId CreationTime:time \
                    WindowsConfiguration:{DeploymentType AutomaticBackupRetentionDays:int CopyTagsToBackups:bool \
                    AuditLogConfiguration:{AuditLogDestination FileAccessAuditLogLevel \
                    FileShareAccessAuditLogLevel}} LustreConfiguration:{DeploymentType \
                    AutomaticBackupRetentionDays:int CopyTagsToBackups:bool} OntapConfiguration:{DeploymentType \
                    AutomaticBackupRetentionDays:int FsxAdminPassword:present} OpenZFSConfiguration:{DeploymentType \
                    AutomaticBackupRetentionDays:int CopyTagsToBackups:bool CopyTagsToVolumes:bool} Tags:[{Key \
                    Value}]}] NextToken",
        ),
        "{ResourceARN}",
        "{FileSystemId}",
    )
    .facets(&[Facet { name: "configuration", from: From::Item }])
    .links(&[
        Link::new(EdgeKind::Uses, "item.VpcId", "arn:{.partition}:ec2:{.region}:{.account}:vpc/{}"),
        Link::new(EdgeKind::Uses, "item.SubnetIds[]", "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}"),
        Link::new(
            EdgeKind::Uses,
            "item.NetworkInterfaceIds[]",
            "arn:{.partition}:ec2:{.region}:{.account}:network-interface/{}",
        ),
        Link::new(EdgeKind::Uses, "item.KmsKeyId", "arn:{.partition}:kms:{.region}:{.account}:key/{}"),
    ])],
};
