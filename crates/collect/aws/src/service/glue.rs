//! AWS Glue: the data catalog, its connections and jobs.
use casemate_estate::EdgeKind;
use serde_json::{Value, json};

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service, Subject};

pub(crate) const GLUE: Service = Service {
    name: "glue",
    endpoint: "glue",
    event_source: "glue",
    protocol: Protocol::Json { target: "AWSGlue", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[CATALOG, CONNECTION, JOB],
};

/// What a catalog keeps closed: one for each account and region.
const ENCRYPTION: Call = Call::new("GetDataCatalogEncryptionSettings", "glue:GetDataCatalogEncryptionSettings")
    .at("DataCatalogEncryptionSettings")
    .shape(
        "DataCatalogEncryptionSettings:{EncryptionAtRest:{CatalogEncryptionMode SseAwsKmsKeyId \
             CatalogEncryptionServiceRole} ConnectionPasswordEncryption:{ReturnConnectionPasswordEncrypted:bool \
             AwsKmsKeyId}}",
    );

/// There is a catalog in every region whether it is used or not; it is one where it holds a database.
const CATALOG: Kind = Kind::new(
    "aws.glue.catalog",
    Call::new("GetDatabases", "glue:GetDatabases")
        .params(&[("MaxResults", "=1")])
        .at("DatabaseList")
        .shape("DatabaseList:[any] NextToken:drop"),
    "arn:{.partition}:glue:{.region}:{.account}:catalog",
    "{.account}",
)
.facets(&[
    Facet { name: "encryption", from: From::Each(ENCRYPTION) },
    Facet {
        name: "policy",
        from: From::Each(
            Call::new("GetResourcePolicy", "glue:GetResourcePolicy")
                .shape("PolicyInJson:policy PolicyHash:drop CreateTime:drop UpdateTime:drop")
                .none(&["EntityNotFoundException"]),
        ),
    },
])
.links(&[Link::new(EdgeKind::Uses, "encryption.EncryptionAtRest.SseAwsKmsKeyId", "{}")]);

const CONNECTION: Kind = Kind::new(
    "aws.glue.connection",
    Call::new("GetConnections", "glue:GetConnections")
        // Without this the answer has passwords.
        .params(&[("HidePassword", "=true")])
        .token("NextToken")
        .at("ConnectionList")
        .shape(
            "NextToken ConnectionList:[{Name ConnectionType ConnectionProperties:{JDBC_ENFORCE_SSL \
             KAFKA_SSL_ENABLED CONNECTION_URL:literal JDBC_CONNECTION_URL:literal SECRET_ID USERNAME:present \
             PASSWORD:present ENCRYPTED_PASSWORD:present HOST PORT INSTANCE_ID} \
             PhysicalConnectionRequirements:{SubnetId SecurityGroupIdList:[text] AvailabilityZone} \
             AuthenticationConfiguration:{AuthenticationType SecretArn KmsKeyArn OAuth2Properties:drop} \
             SparkProperties:<literal> AthenaProperties:<literal> PythonProperties:<literal> Description:drop \
             MatchCriteria:drop CreationTime:drop LastUpdatedTime:drop LastUpdatedBy:drop Status:drop \
             StatusReason:drop LastConnectionValidationTime:drop}]",
        ),
    "arn:{.partition}:glue:{.region}:{.account}:connection/{Name}",
    "{Name}",
)
.facets(&[Facet { name: "configuration", from: From::Item }])
.links(&[
    Link::new(
        EdgeKind::Uses,
        "item.PhysicalConnectionRequirements.SubnetId",
        "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}",
    ),
    Link::new(
        EdgeKind::Uses,
        "item.PhysicalConnectionRequirements.SecurityGroupIdList[]",
        "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
    ),
    Link::new(EdgeKind::Reads, "item.AuthenticationConfiguration.SecretArn", "{}"),
]);

const SECURITY: Call = Call::new("GetSecurityConfigurations", "glue:GetSecurityConfigurations")
    .token("NextToken")
    .at("SecurityConfigurations")
    .shape(
        "NextToken SecurityConfigurations:[{Name EncryptionConfiguration:{S3Encryption:[{S3EncryptionMode KmsKeyArn}] \
         CloudWatchEncryption:{CloudWatchEncryptionMode KmsKeyArn} \
         JobBookmarksEncryption:{JobBookmarksEncryptionMode KmsKeyArn} \
         DataQualityEncryption:{DataQualityEncryptionMode KmsKeyArn}} CreatedTimeStamp:drop}]",
    );

const JOB: Kind = Kind::new(
    "aws.glue.job",
    Call::new("GetJobs", "glue:GetJobs").params(&[("MaxResults", "=200")]).token("NextToken").at("Jobs").shape(
        "NextToken Jobs:[{Name Role Command:{Name ScriptLocation PythonVersion Runtime} \
             Connections:{Connections:[text]} SecurityConfiguration GlueVersion DefaultArguments:<literal> \
             NonOverridableArguments:<literal> ExecutionClass JobMode LogUri:drop Description:drop CreatedOn:drop \
             LastModifiedOn:drop CodeGenConfigurationNodes:drop SourceControlDetails:drop AllocatedCapacity:drop \
             MaxCapacity:drop}]",
    ),
    "arn:{.partition}:glue:{.region}:{.account}:job/{Name}",
    "{Name}",
)
.facets(&[
    Facet { name: "configuration", from: From::Item },
    Facet {
        name: "security",
        from: From::Derived {
            needs: &["configuration"],
            lists: &[SECURITY],
            make: security,
            shape: "named:bool items:[{Name EncryptionConfiguration:{S3Encryption:[{S3EncryptionMode KmsKeyArn}] \
                    CloudWatchEncryption:{CloudWatchEncryptionMode KmsKeyArn} \
                    JobBookmarksEncryption:{JobBookmarksEncryptionMode KmsKeyArn}}}]",
        },
    },
])
.links(&[
    Link::new(EdgeKind::RunsAs, "item.Role", "arn:{.partition}:iam::{.account}:role/{}"),
    Link::new(
        EdgeKind::Uses,
        "item.Connections.Connections[]",
        "arn:{.partition}:glue:{.region}:{.account}:connection/{}",
    ),
    Link::new(EdgeKind::Uses, "security.items[].EncryptionConfiguration.S3Encryption[].KmsKeyArn", "{}"),
]);

/// The security configuration that the job names: none where it names none, or where the one it names is not there.
fn security(subject: &Subject<'_>, answers: &[&Value]) -> Result<Value, String> {
    let Some(name) = subject.item.get("SecurityConfiguration").and_then(Value::as_str).filter(|name| !name.is_empty())
    else {
        return Ok(json!({"named": false, "items": []}));
    };
    let all = answers
        .first()
        .and_then(|answer| answer.get("SecurityConfigurations")?.as_array())
        .ok_or("the security configurations were not read")?;
    let items: Vec<&Value> = all.iter().filter(|one| one.get("Name").and_then(Value::as_str) == Some(name)).collect();
    Ok(json!({"named": true, "items": items}))
}
