//! Amazon Athena.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const ATHENA: Service = Service {
    name: "athena",
    endpoint: "athena",
    event_source: "athena",
    protocol: Protocol::Json { target: "AmazonAthena", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[WORKGROUP],
};

const WORKGROUP: Kind = Kind::new(
    "aws.athena.workgroup",
    Call::new("ListWorkGroups", "athena:ListWorkGroups").token("NextToken").at("WorkGroups").shape(
        "NextToken WorkGroups:[{Name State Description:drop CreationTime:drop EngineVersion:drop \
             IdentityCenterApplicationArn:drop}]",
    ),
    "arn:{.partition}:athena:{.region}:{.account}:workgroup/{Name}",
    "{Name}",
)
.facets(&[Facet {
    name: "configuration",
    from: From::Each(
        Call::new("GetWorkGroup", "athena:GetWorkGroup").params(&[("WorkGroup", "{Name}")]).at("WorkGroup").shape(
            "WorkGroup:{Name State Configuration:{ResultConfiguration:{OutputLocation \
                 EncryptionConfiguration:{EncryptionOption KmsKey} ExpectedBucketOwner AclConfiguration:{S3AclOption}} \
                 ManagedQueryResultsConfiguration:{Enabled:bool EncryptionConfiguration:{KmsKey}} \
                 EnforceWorkGroupConfiguration:bool PublishCloudWatchMetricsEnabled:bool RequesterPaysEnabled:bool \
                 EnableMinimumEncryptionConfiguration:bool ExecutionRole EngineVersion:{SelectedEngineVersion \
                 EffectiveEngineVersion:drop} CustomerContentEncryptionConfiguration:{KmsKey}} Description:drop \
                 CreationTime:drop IdentityCenterApplicationArn}",
        ),
    ),
}])
.links(&[
    Link::new(EdgeKind::Uses, "configuration.Configuration.ResultConfiguration.EncryptionConfiguration.KmsKey", "{}"),
    Link::new(EdgeKind::RunsAs, "configuration.Configuration.ExecutionRole", "{}"),
]);
