//! Amazon CloudWatch.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

/// The same for the kind and for the region: asked once. Alarms' states flicker.
const ALARMS: Call = Call::new("DescribeAlarms", "cloudwatch:DescribeAlarms")
    .params(&[("AlarmTypes", r#"=["MetricAlarm","CompositeAlarm"]"#), ("MaxRecords", "=100")])
    .token("NextToken")
    .at("MetricAlarms")
    .shape(
        "NextToken MetricAlarms:[{AlarmName AlarmArn AlarmDescription:drop ActionsEnabled:bool AlarmActions:[text] \
         OKActions:[text] InsufficientDataActions:[text] MetricName Namespace Statistic ExtendedStatistic \
         Dimensions:[{Name Value}] Period:int EvaluationPeriods:int DatapointsToAlarm:int Threshold:num \
         ComparisonOperator TreatMissingData Metrics:[{Id Expression ReturnData:bool MetricStat:{Metric:{Namespace \
         MetricName Dimensions:[{Name Value}]} Period:int Stat Unit} Label:drop Period:int AccountId}] \
         ThresholdMetricId Unit EvaluateLowSampleCountPercentile StateValue:drop StateReason:drop StateReasonData:drop \
         StateUpdatedTimestamp:drop StateTransitionedTimestamp:drop AlarmConfigurationUpdatedTimestamp:drop \
         EvaluationState:drop}] CompositeAlarms:[{AlarmName AlarmArn AlarmDescription:drop AlarmRule \
         ActionsEnabled:bool AlarmActions:[text] OKActions:[text] InsufficientDataActions:[text] ActionsSuppressor \
         StateValue:drop StateReason:drop StateReasonData:drop StateUpdatedTimestamp:drop \
         StateTransitionedTimestamp:drop AlarmConfigurationUpdatedTimestamp:drop ActionsSuppressedBy:drop \
         ActionsSuppressedReason:drop}]",
    );

pub(crate) const CLOUDWATCH: Service = Service {
    name: "monitoring",
    endpoint: "monitoring",
    event_source: "monitoring",
    protocol: Protocol::Query { version: "2010-08-01" },
    reach: Reach::Regional,
    scope_facets: &[Facet {
        name: "alarms",
        // Whole, for a composite alarm may act for those that it is made of.
        from: From::Each(Call { at: "", ..ALARMS }),
    }],
    kinds: &[Kind::new("aws.cloudwatch.alarm", ALARMS, "{AlarmArn}", "{AlarmName}")
        .facets(&[Facet { name: "configuration", from: From::Item }])
        .links(&[Link::new(EdgeKind::Uses, "item.AlarmActions[]", "{}")])],
};
