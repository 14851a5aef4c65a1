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
