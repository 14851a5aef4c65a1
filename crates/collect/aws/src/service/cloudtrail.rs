//! AWS CloudTrail. A trail is a resource of its home region; what shows in other regions and in the accounts of an
//! organisation is its shadow. The account has the list of all that see its events, shadows of others' trails too.
use casemate_estate::EdgeKind;
use serde_json::{Value, json};

use crate::{
    table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service, Subject},
    template,
};

const TRAIL_SHAPE: &str = "trailList:[{Name TrailARN HomeRegion S3BucketName S3KeyPrefix SnsTopicName SnsTopicARN \
    IncludeGlobalServiceEvents:bool IsMultiRegionTrail:bool LogFileValidationEnabled:bool CloudWatchLogsLogGroupArn \
    CloudWatchLogsRoleArn KmsKeyId HasCustomEventSelectors:bool HasInsightSelectors:bool IsOrganizationTrail:bool}]";

// Times of deliveries change each five minutes; their errors say whether deliveries work.
const STATUS_SHAPE: &str = "IsLogging:bool LatestDeliveryError LatestNotificationError LatestDigestDeliveryError \
    LatestCloudWatchLogsDeliveryError StartLoggingTime:time StopLoggingTime:time LatestDeliveryTime:drop \
    LatestNotificationTime:drop LatestCloudWatchLogsDeliveryTime:drop LatestDigestDeliveryTime:drop \
    LatestDeliveryAttemptTime:drop LatestNotificationAttemptTime:drop LatestNotificationAttemptSucceeded:drop \
    LatestDeliveryAttemptSucceeded:drop TimeLoggingStarted:drop TimeLoggingStopped:drop";

const FIELD_SELECTORS: &str = "TrailARN EventSelectors:[{ReadWriteType IncludeManagementEvents:bool \
    ExcludeManagementEventSources:[text] DataResources:[{Type Values:[text]}]}] \
    AdvancedEventSelectors:[{Name FieldSelectors:[{Field Equals:[text] NotEquals:[text] StartsWith:[text] \
    NotStartsWith:[text] EndsWith:[text] NotEndsWith:[text]}]}]";

const GONE: &[&str] = &["TrailNotFoundException"];

pub(crate) const CLOUDTRAIL: Service = Service {
    name: "cloudtrail",
    endpoint: "cloudtrail",
    event_source: "cloudtrail",
    protocol: Protocol::Json { target: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[TRAIL],
};

const TRAIL: Kind = Kind::new(
    "aws.cloudtrail.trail",
    // Without shadows a trail of all regions is named once, at home, and one of the organisation in its own account.
    Call::new("DescribeTrails", "cloudtrail:DescribeTrails")
        .params(&[("includeShadowTrails", "=false")])
        .at("trailList")
        .shape(TRAIL_SHAPE),
    "{TrailARN}",
    "{Name}",
)
.facets(&[
    Facet { name: "trail", from: From::Item },
    Facet {
        name: "status",
        from: From::Each(
            Call::new("GetTrailStatus", "cloudtrail:GetTrailStatus")
                .params(&[("Name", "{TrailARN}")])
                .shape(STATUS_SHAPE)
                .gone(GONE),
        ),
    },
    Facet {
        name: "selectors",
        from: From::Each(
            Call::new("GetEventSelectors", "cloudtrail:GetEventSelectors")
                .params(&[("TrailName", "{TrailARN}")])
                .shape(FIELD_SELECTORS)
                .gone(GONE),
        ),
    },
    Facet {
        name: "insights",
        from: From::Each(
            Call::new("GetInsightSelectors", "cloudtrail:GetInsightSelectors")
                .params(&[("TrailName", "{TrailARN}")])
                .shape("TrailARN InsightSelectors:[{InsightType EventCategories:[text]}]")
                .none(&["InsightNotEnabledException"])
                .gone(GONE),
        ),
    },
])
.links(&[
    // The account holds its trails itself too: whether its events are recorded is a question to all of them together.
    Link::new(EdgeKind::Contains, "item.HomeRegion", "arn:{.partition}:iam::{.account}:root").reversed(),
    Link::new(EdgeKind::Uses, "item.S3BucketName", "arn:{.partition}:s3:::{}"),
    Link::new(EdgeKind::Uses, "item.KmsKeyId", "arn:{.partition}:kms:{.region}:{.account}:key/{}"),
    Link::new(EdgeKind::Uses, "item.SnsTopicARN", "{}"),
    Link::new(EdgeKind::RunsAs, "item.CloudWatchLogsRoleArn", "{}"),
]);

/// What sees the account's events, asked at the partition's home region: its own trails of all regions and those of the
/// organisation show there.
pub(crate) const CLOUDTRAIL_ACCOUNT: Service = Service {
    reach: Reach::Global,
    kinds: &[],
    scope_facets: &[
        Facet {
            name: "trails",
            from: From::Each(
                Call::new("DescribeTrails", "cloudtrail:DescribeTrails").at("trailList").shape(TRAIL_SHAPE),
            ),
        },
        Facet {
            name: "foreign_trails",
            from: From::Derived { needs: &["trails"], lists: &[], make: foreign, shape: "items:[{TrailARN}]" },
        },
        // Their selectors are for their own account to read; whether they are the default ones stands in `trails`.
        Facet {
            name: "foreign_trails_status",
            from: From::EachOf {
                call: Call::new("GetTrailStatus", "cloudtrail:GetTrailStatus")
                    .params(&[("Name", "{TrailARN}")])
                    .shape(STATUS_SHAPE)
                    .gone(GONE),
                each: "@foreign_trails.items[]",
            },
        },
    ],
    ..CLOUDTRAIL
};

/// Trails of other accounts that see this one.
fn foreign(subject: &Subject<'_>, _: &[&Value]) -> Result<Value, String> {
    let trails = subject.facets.get("trails").ok_or("trails were not read before it")?;
    let items: Vec<Value> = template::walk(trails, "items[].TrailARN")
        .into_iter()
        .filter_map(Value::as_str)
        .filter(|arn| arn.split(':').nth(4).is_some_and(|account| account != subject.account))
        .map(|arn| json!({"TrailARN": arn}))
        .collect();
    Ok(json!({"items": items}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trails_of_other_accounts_are_told_from_own_ones() {
        let arn = |account: &str| format!("arn:aws:cloudtrail:us-east-1:{account}:trail/t");
        let facets =
            json!({"trails": {"items": [{"TrailARN": arn("123456789012")}, {"TrailARN": arn("210987654321")}, {}]}});
        let null = Value::Null;
        let subject = Subject {
            partition: "aws",
            account: "123456789012",
            region: "us-east-1",
            id: "",
            name: "",
            item: &null,
            parent: &null,
            parent_id: "",
            parent_name: "",
            facets: facets.as_object().unwrap(),
        };
        assert_eq!(foreign(&subject, &[]).unwrap(), json!({"items": [{"TrailARN": arn("210987654321")}]}));
    }
}
