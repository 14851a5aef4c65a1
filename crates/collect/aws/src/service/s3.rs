//! Amazon S3. Buckets are listed once for an account; each is asked in its own region, which the list names.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Page, Protocol, Reach, Service, Subject};

pub(crate) const S3: Service = Service {
    name: "s3",
    endpoint: "s3",
    event_source: "s3",
    protocol: Protocol::RestXml,
    reach: Reach::Global,
    scope_facets: &[],
    kinds: &[BUCKET],
};

/// The bucket went away.
const GONE: &[&str] = &["NoSuchBucket"];

const BUCKET: Kind = Kind::new(
    "aws.s3.bucket",
    Call::new("ListBuckets", "s3:ListAllMyBuckets")
        // The regions are in the answer only where it is asked for by pages.
        .path("GET /?max-buckets=10000")
        .page(Page::Token { get: "ContinuationToken", send: "continuation-token" })
        .at("Buckets")
        .shape("Buckets:[{Name CreationDate:time BucketRegion BucketArn:drop}] ContinuationToken Owner:{ID}"),
    "arn:{.partition}:s3:::{Name}",
    "{Name}",
)
.region(region)
.facets(&[
    Facet { name: "bucket", from: From::Item },
    Facet {
        name: "public_access_block",
        from: From::Each(
            Call::new("GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock")
                .path("GET /{Name}?publicAccessBlock")
                .shape("BlockPublicAcls:bool IgnorePublicAcls:bool BlockPublicPolicy:bool RestrictPublicBuckets:bool")
                .none(&["NoSuchPublicAccessBlockConfiguration"])
                .gone(GONE),
        ),
    },
    Facet {
        name: "policy",
        from: From::Each(
            Call::new("GetBucketPolicy", "s3:GetBucketPolicy")
                .path("GET /{Name}?policy")
                .shape("Policy:policy")
                .none(&["NoSuchBucketPolicy"])
                .gone(GONE),
        ),
    },
    Facet {
        name: "acl",
        from: From::Each(
            Call::new("GetBucketAcl", "s3:GetBucketAcl")
                .path("GET /{Name}?acl")
                .shape(
                    "Owner:{ID DisplayName:drop} \
                     Grants@AccessControlList:[{Grantee:{ID URI EmailAddress DisplayName:drop} Permission}]",
                )
                .gone(GONE),
        ),
    },
    Facet {
        name: "versioning",
        from: From::Each(
            Call::new("GetBucketVersioning", "s3:GetBucketVersioning")
                .path("GET /{Name}?versioning")
                .shape("Status MFADelete@MfaDelete")
                .gone(GONE),
        ),
    },
    Facet {
        name: "encryption",
        from: From::Each(
            Call::new("GetBucketEncryption", "s3:GetEncryptionConfiguration")
                .path("GET /{Name}?encryption")
                .shape(
                    "Rules@Rule:*[{ApplyServerSideEncryptionByDefault:{SSEAlgorithm KMSMasterKeyID} \
                     BucketKeyEnabled:bool BlockedEncryptionTypes:{EncryptionType:*[text]}}]",
                )
                .none(&["ServerSideEncryptionConfigurationNotFoundError"])
                .gone(GONE),
        ),
    },
    Facet {
        name: "logging",
        from: From::Each(
            Call::new("GetBucketLogging", "s3:GetBucketLogging")
                .path("GET /{Name}?logging")
                .shape("LoggingEnabled:{TargetBucket TargetPrefix}")
                .gone(GONE),
        ),
    },
    Facet {
        name: "ownership",
        from: From::Each(
            Call::new("GetBucketOwnershipControls", "s3:GetBucketOwnershipControls")
                .path("GET /{Name}?ownershipControls")
                .shape("Rules@Rule:*[{ObjectOwnership}]")
                .none(&["OwnershipControlsNotFoundError"])
                .gone(GONE),
        ),
    },
    Facet {
        name: "lifecycle",
        from: From::Each(
            Call::new("GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration")
                .path("GET /{Name}?lifecycle")
                .shape(
                    "Rules@Rule:*[{ID Prefix Status Filter:{Prefix} Expiration:{Days:int Date:time \
                     ExpiredObjectDeleteMarker:bool} Transitions@Transition:*[{Days:int Date:time StorageClass}] \
                     NoncurrentVersionTransitions@NoncurrentVersionTransition:*[{NoncurrentDays:int StorageClass}] \
                     NoncurrentVersionExpiration:{NoncurrentDays:int NewerNoncurrentVersions:int} \
                     AbortIncompleteMultipartUpload:{DaysAfterInitiation:int}}]",
                )
                .none(&["NoSuchLifecycleConfiguration"])
                .gone(GONE),
        ),
    },
    Facet {
        name: "object_lock",
        from: From::Each(
            Call::new("GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration")
                .path("GET /{Name}?object-lock")
                .shape("ObjectLockEnabled Rule:{DefaultRetention:{Mode Days:int Years:int}}")
                .none(&["ObjectLockConfigurationNotFoundError"])
                .gone(GONE),
        ),
    },
    Facet {
        name: "replication",
        from: From::Each(
            Call::new("GetBucketReplication", "s3:GetReplicationConfiguration")
                .path("GET /{Name}?replication")
                .shape(
                    "Role Rules@Rule:*[{ID Status Priority:int Prefix Destination:{Bucket Account StorageClass \
                     EncryptionConfiguration:{ReplicaKmsKeyID}} DeleteMarkerReplication:{Status}}]",
                )
                .none(&["ReplicationConfigurationNotFoundError"])
                .gone(GONE),
        ),
    },
    Facet {
        name: "notification",
        from: From::Each(
            Call::new("GetBucketNotificationConfiguration", "s3:GetBucketNotification")
                .path("GET /{Name}?notification")
                .shape(
                    "TopicConfigurations@TopicConfiguration:*[{Id TopicArn@Topic Events@Event:*[text]}] \
                     QueueConfigurations@QueueConfiguration:*[{Id QueueArn@Queue Events@Event:*[text]}] \
                     LambdaFunctionConfigurations@CloudFunctionConfiguration:*[{Id \
                     LambdaFunctionArn@CloudFunction Events@Event:*[text]}] \
                     EventBridgeConfiguration:{}",
                )
                .gone(GONE),
        ),
    },
    Facet {
        name: "website",
        from: From::Each(
            Call::new("GetBucketWebsite", "s3:GetBucketWebsite")
                .path("GET /{Name}?website")
                .shape(
                    "RedirectAllRequestsTo:{HostName Protocol} IndexDocument:{Suffix} ErrorDocument:{Key} \
                     RoutingRules:drop",
                )
                .none(&["NoSuchWebsiteConfiguration"])
                .gone(GONE),
        ),
    },
    Facet {
        name: "cors",
        from: From::Each(
            Call::new("GetBucketCors", "s3:GetBucketCORS")
                .path("GET /{Name}?cors")
                .shape(
                    "CORSRules@CORSRule:*[{ID AllowedHeaders@AllowedHeader:*[text] AllowedMethods@AllowedMethod:*[text] \
                     AllowedOrigins@AllowedOrigin:*[text] ExposeHeaders@ExposeHeader:*[text] MaxAgeSeconds:int}]",
                )
                .none(&["NoSuchCORSConfiguration"])
                .gone(GONE),
        ),
    },
    Facet {
        name: "tags",
        from: From::Each(
            Call::new("GetBucketTagging", "s3:GetBucketTagging")
                .path("GET /{Name}?tagging")
                .shape("Tags@TagSet:<text>")
                .none(&["NoSuchTagSet"])
                .gone(GONE),
        ),
    },
])
.links(&[
    Link::new(
        EdgeKind::Uses,
        "encryption.Rules[].ApplyServerSideEncryptionByDefault.KMSMasterKeyID",
        "arn:{.partition}:kms:{.region}:{.account}:key/{}",
    ),
    Link::new(EdgeKind::Uses, "logging.LoggingEnabled.TargetBucket", "arn:{.partition}:s3:::{}"),
    Link::new(EdgeKind::Uses, "replication.Rules[].Destination.Bucket", "arn:{.partition}:s3:::{}"),
    Link::new(EdgeKind::RunsAs, "replication.Role", "arn:{.partition}:iam::{.account}:role/{}"),
    Link::new(EdgeKind::Uses, "notification.TopicConfigurations[].TopicArn", "{}"),
    Link::new(EdgeKind::Uses, "notification.QueueConfigurations[].QueueArn", "{}"),
    Link::new(EdgeKind::Uses, "notification.LambdaFunctionConfigurations[].LambdaFunctionArn", "{}"),
]);

/// Where the list does not say, the home region is asked, and the client follows S3's word on the right one.
fn region(bucket: &Subject<'_>) -> Option<String> {
    let region = bucket.item.get("BucketRegion")?.as_str()?;
    (!region.is_empty()).then(|| region.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::shape::{from_xml, shape};

    fn read(facet: &str, xml: &str) -> Value {
        let found = BUCKET.facets.iter().find(|one| one.name == facet).unwrap();
        let From::Each(call) = found.from else { panic!("{facet} is no call") };
        from_xml(xml, shape(call.shape).unwrap(), false).unwrap()
    }

    /// Answers as the S3 API Reference has them: payloads without a wrapper, lists without one, a sort as an attribute.
    #[test]
    fn answers_of_s3_read() {
        let ns = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
        for (facet, xml, want) in [
            (
                "public_access_block",
                format!(
                    "<PublicAccessBlockConfiguration {ns}><BlockPublicAcls>TRUE</BlockPublicAcls><IgnorePublicAcls>false\
                     </IgnorePublicAcls></PublicAccessBlockConfiguration>"
                ),
                json!({"BlockPublicAcls": true, "IgnorePublicAcls": false}),
            ),
            (
                "acl",
                format!(
                    "<AccessControlPolicy {ns}><Owner><ID>o</ID><DisplayName>d</DisplayName></Owner><AccessControlList>\
                     <Grant><Grantee xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"Group\"><URI>\
                     http://acs.amazonaws.com/groups/global/AllUsers</URI></Grantee><Permission>READ</Permission></Grant>\
                     </AccessControlList></AccessControlPolicy>"
                ),
                json!({"Owner": {"ID": "o"}, "Grants": [{"Permission": "READ", "Grantee": {
                    "URI": "http://acs.amazonaws.com/groups/global/AllUsers", "xsi:type": "Group"}}]}),
            ),
            (
                "versioning",
                format!("<VersioningConfiguration {ns}><MfaDelete>Enabled</MfaDelete></VersioningConfiguration>"),
                json!({"MFADelete": "Enabled"}),
            ),
            (
                "encryption",
                format!(
                    "<ServerSideEncryptionConfiguration {ns}><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>\
                     aws:kms</SSEAlgorithm><KMSMasterKeyID>k</KMSMasterKeyID></ApplyServerSideEncryptionByDefault>\
                     <BucketKeyEnabled>true</BucketKeyEnabled><BlockedEncryptionTypes><EncryptionType>SSE-C\
                     </EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>"
                ),
                json!({"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "k"},
                    "BucketKeyEnabled": true, "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]}}]}),
            ),
            ("logging", format!("<BucketLoggingStatus {ns}/>"), json!({})),
            (
                "lifecycle",
                format!(
                    "<LifecycleConfiguration {ns}><Rule><ID>a</ID><Status>Enabled</Status><Filter><Prefix/></Filter>\
                     <NoncurrentVersionTransition><NoncurrentDays>30</NoncurrentDays><StorageClass>GLACIER</StorageClass>\
                     </NoncurrentVersionTransition><AbortIncompleteMultipartUpload><DaysAfterInitiation>7\
                     </DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule></LifecycleConfiguration>"
                ),
                json!({"Rules": [{"ID": "a", "Status": "Enabled", "Filter": {"Prefix": ""},
                    "NoncurrentVersionTransitions": [{"NoncurrentDays": 30, "StorageClass": "GLACIER"}],
                    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}]}),
            ),
            (
                "notification",
                format!(
                    "<NotificationConfiguration {ns}><TopicConfiguration><Id>i</Id><Topic>arn:t</Topic><Event>\
                     s3:ObjectCreated:*</Event><Event>s3:ObjectRemoved:*</Event></TopicConfiguration>\
                     <CloudFunctionConfiguration><CloudFunction>arn:f</CloudFunction></CloudFunctionConfiguration>\
                     <EventBridgeConfiguration/></NotificationConfiguration>"
                ),
                json!({"TopicConfigurations": [{"Id": "i", "TopicArn": "arn:t",
                    "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"]}],
                    "LambdaFunctionConfigurations": [{"LambdaFunctionArn": "arn:f"}], "EventBridgeConfiguration": {}}),
            ),
            (
                "replication",
                format!(
                    "<ReplicationConfiguration {ns}><Role>arn:r</Role><Rule><Status>Enabled</Status><Destination>\
                     <Bucket>arn:aws:s3:::b</Bucket></Destination></Rule></ReplicationConfiguration>"
                ),
                json!({"Role": "arn:r", "Rules": [{"Status": "Enabled", "Destination": {"Bucket": "arn:aws:s3:::b"}}]}),
            ),
            (
                "cors",
                format!(
                    "<CORSConfiguration {ns}><CORSRule><AllowedMethod>PUT</AllowedMethod><AllowedOrigin>*\
                     </AllowedOrigin></CORSRule></CORSConfiguration>"
                ),
                json!({"CORSRules": [{"AllowedMethods": ["PUT"], "AllowedOrigins": ["*"]}]}),
            ),
            (
                "tags",
                format!(
                    "<Tagging {ns}><TagSet><Tag><Key>data-class</Key><Value>a&amp;b</Value></Tag></TagSet></Tagging>"
                ),
                json!({"Tags": {"data-class": "a&b"}}),
            ),
        ] {
            assert_eq!(read(facet, &xml), want, "{facet}");
        }
    }

    #[test]
    fn a_bucket_is_asked_in_the_region_that_the_list_names() {
        let xml = "<ListAllMyBucketsResult><Owner><ID>o</ID></Owner><Buckets><Bucket><Name>b</Name><CreationDate>\
                   2026-01-01T00:00:00.000Z</CreationDate><BucketRegion>eu-west-1</BucketRegion></Bucket></Buckets>\
                   <ContinuationToken>t</ContinuationToken></ListAllMyBucketsResult>";
        let answer = from_xml(xml, shape(BUCKET.list.shape).unwrap(), false).unwrap();
        assert_eq!(answer["ContinuationToken"], "t");
        for (item, want) in [
            (answer["Buckets"][0].clone(), Some("eu-west-1")),
            (json!({"Name": "b"}), None),
            (json!({"Name": "b", "BucketRegion": ""}), None),
        ] {
            let subject = Subject {
                partition: "aws",
                account: "123456789012",
                region: "us-east-1",
                id: "",
                name: "",
                item: &item,
                parent: &Value::Null,
                parent_id: "",
                parent_name: "",
                facets: &serde_json::Map::new(),
            };
            assert_eq!(region(&subject).as_deref(), want, "{item}");
        }
    }
}
