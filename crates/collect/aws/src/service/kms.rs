//! AWS Key Management Service.
use crate::table::{Call, Facet, From, Kind, Page, Protocol, Reach, Service};

/// How its lists go on.
const PAGE: Page = Page::Token { get: "NextMarker", send: "Marker" };
/// The key went away, which takes a week at least.
const GONE: &[&str] = &["NotFoundException"];

pub(crate) const KMS: Service = Service {
    name: "kms",
    endpoint: "kms",
    event_source: "kms",
    protocol: Protocol::Json { target: "TrentService", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.kms.key",
        Call::new("ListKeys", "kms:ListKeys")
            .params(&[("Limit", "=1000")])
            .page(PAGE)
            .at("Keys")
            .shape("Keys:[{KeyId KeyArn}] NextMarker Truncated:drop"),
        "{KeyArn}",
        "{KeyId}",
    )
    .facets(&[
        Facet {
            name: "key",
            from: From::Each(
                Call::new("DescribeKey", "kms:DescribeKey")
                    .params(&[("KeyId", "{KeyId}")])
                    .at("KeyMetadata")
                    .shape(
                        "KeyMetadata:{AWSAccountId KeyId Arn CreationDate:time Enabled:bool Description KeyUsage \
                         KeyState DeletionDate:time ValidTo:time Origin CustomKeyStoreId ExpirationModel KeyManager \
                         KeySpec CustomerMasterKeySpec:drop MultiRegion:bool \
                         MultiRegionConfiguration:{MultiRegionKeyType PrimaryKey:{Arn Region} \
                         ReplicaKeys:[{Arn Region}]} EncryptionAlgorithms:drop SigningAlgorithms:drop \
                         MacAlgorithms:drop KeyAgreementAlgorithms:drop CurrentKeyMaterialId:drop}",
                    )
                    .gone(GONE),
            ),
        },
        Facet {
            name: "rotation",
            from: From::Each(
                Call::new("GetKeyRotationStatus", "kms:GetKeyRotationStatus")
                    .params(&[("KeyId", "{KeyId}")])
                    .shape(
                        "KeyId KeyRotationEnabled:bool RotationPeriodInDays:int NextRotationDate:drop \
                         OnDemandRotationStartDate:drop",
                    )
                    // The kind of key has no rotation.
                    .none(&["UnsupportedOperationException"])
                    .gone(GONE),
            ),
        },
        Facet {
            name: "policy",
            from: From::Each(
                Call::new("GetKeyPolicy", "kms:GetKeyPolicy")
                    .params(&[("KeyId", "{KeyId}"), ("PolicyName", "default")])
                    .shape("Policy:policy PolicyName")
                    .gone(GONE),
            ),
        },
        Facet {
            name: "grants",
            from: From::Each(
                Call::new("ListGrants", "kms:ListGrants")
                    .params(&[("KeyId", "{KeyId}"), ("Limit", "=100")])
                    .page(PAGE)
                    .at("Grants")
                    .shape(
                        "Grants:[{KeyId GrantId Name CreationDate:time GranteePrincipal RetiringPrincipal \
                         IssuingAccount Operations:[text] Constraints:{EncryptionContextSubset:<text> \
                         EncryptionContextEquals:<text> SourceArn}}] NextMarker Truncated:drop",
                    )
                    .gone(GONE),
            ),
        },
        Facet {
            name: "aliases",
            from: From::Join {
                call: Call::new("ListAliases", "kms:ListAliases")
                    .params(&[("Limit", "=100")])
                    .page(PAGE)
                    .at("Aliases")
                    .shape(
                        "Aliases:[{AliasName AliasArn TargetKeyId CreationDate:drop LastUpdatedDate:drop}] NextMarker \
                         Truncated:drop",
                    ),
                key: "{KeyId}",
                answer: "TargetKeyId",
            },
        },
        Facet {
            name: "tags",
            from: From::Each(
                Call::new("ListResourceTags", "kms:ListResourceTags")
                    .params(&[("KeyId", "{KeyId}"), ("Limit", "=50")])
                    .page(PAGE)
                    .shape("Tags:[{Key@TagKey Value@TagValue}] NextMarker Truncated:drop")
                    .gone(GONE),
            ),
        },
    ])],
};
