//! Amazon Simple Queue Service.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const SQS: Service = Service {
    name: "sqs",
    endpoint: "sqs",
    event_source: "sqs",
    protocol: Protocol::Json { target: "AmazonSQS", version: "1.0" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.sqs.queue",
        Call::new("ListQueues", "sqs:ListQueues")
            .params(&[("MaxResults", "=1000")])
            .token("NextToken")
            .at("QueueUrls")
            .shape("QueueUrls:[text] NextToken"),
        "arn:{.partition}:sqs:{.region}:{.account}:{|last}",
        "{|last}",
    )
    .facets(&[
        Facet {
            name: "attributes",
            from: From::Each(
                Call::new("GetQueueAttributes", "sqs:GetQueueAttributes")
                    .params(&[("QueueUrl", "{}"), ("AttributeNames", r#"=["All"]"#)])
                    .at("Attributes")
                    // The counts of messages change by themselves.
                    .shape(
                        "Attributes:{Policy:policy KmsMasterKeyId SqsManagedSseEnabled RedrivePolicy:json QueueArn \
                         MessageRetentionPeriod VisibilityTimeout FifoQueue ApproximateNumberOfMessages:drop \
                         ApproximateNumberOfMessagesDelayed:drop ApproximateNumberOfMessagesNotVisible:drop}",
                    )
                    .gone(&["AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"]),
            ),
        },
        Facet {
            name: "tags",
            from: From::Each(
                Call::new("ListQueueTags", "sqs:ListQueueTags").params(&[("QueueUrl", "{}")]).shape("Tags:<text>"),
            ),
        },
    ])
    .links(&[Link::new(
        EdgeKind::Uses,
        "attributes.KmsMasterKeyId",
        "arn:{.partition}:kms:{.region}:{.account}:key/{|last}",
    )])],
};
