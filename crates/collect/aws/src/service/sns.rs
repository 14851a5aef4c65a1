//! Amazon Simple Notification Service.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

/// The same for topics and for the region, where alarms are asked whom they reach: asked once.
const SUBSCRIPTIONS: Call = Call::new("ListSubscriptions", "sns:ListSubscriptions")
    .token("NextToken")
    .at("Subscriptions")
    .shape("Subscriptions:[{SubscriptionArn Owner Protocol Endpoint TopicArn}] NextToken");

pub(crate) const SNS: Service = Service {
    name: "sns",
    endpoint: "sns",
    event_source: "sns",
    protocol: Protocol::Query { version: "2010-03-31" },
    reach: Reach::Regional,
    scope_facets: &[Facet { name: "sns_subscriptions", from: From::Each(SUBSCRIPTIONS) }],
    kinds: &[Kind::new(
        "aws.sns.topic",
        Call::new("ListTopics", "sns:ListTopics")
            .token("NextToken")
            .at("Topics")
            .shape("Topics:[{TopicArn}] NextToken"),
        "{TopicArn}",
        "{TopicArn|last}",
    )
    .facets(&[
        Facet {
            name: "attributes",
            from: From::Each(
                Call::new("GetTopicAttributes", "sns:GetTopicAttributes")
                    .params(&[("TopicArn", "{TopicArn}")])
                    .at("Attributes")
                    // The counts of subscriptions change by themselves; what is effective follows from the rest.
                    .shape(
                        "Attributes:{TopicArn Owner Policy:policy DisplayName KmsMasterKeyId SignatureVersion \
                         TracingConfig FifoTopic DeliveryPolicy:json DataProtectionPolicy:json \
                         HTTPSuccessFeedbackRoleArn HTTPFailureFeedbackRoleArn FirehoseSuccessFeedbackRoleArn \
                         FirehoseFailureFeedbackRoleArn LambdaSuccessFeedbackRoleArn LambdaFailureFeedbackRoleArn \
                         ApplicationSuccessFeedbackRoleArn ApplicationFailureFeedbackRoleArn \
                         SQSSuccessFeedbackRoleArn SQSFailureFeedbackRoleArn EffectiveDeliveryPolicy:drop \
                         SubscriptionsConfirmed:drop SubscriptionsPending:drop SubscriptionsDeleted:drop \
                         BeginningArchiveTime:drop}",
                    )
                    .gone(&["NotFound"]),
            ),
        },
        Facet {
            name: "subscriptions",
            from: From::Join { call: SUBSCRIPTIONS, key: "{TopicArn}", answer: "TopicArn" },
        },
    ])
    .links(&[Link::new(
        EdgeKind::Uses,
        "attributes.KmsMasterKeyId",
        "arn:{.partition}:kms:{.region}:{.account}:key/{|last}",
    )])],
};
