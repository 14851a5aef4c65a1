//! AWS Step Functions.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const STEPFUNCTIONS: Service = Service {
    name: "states",
    endpoint: "states",
    event_source: "states",
    protocol: Protocol::Json { target: "AWSStepFunctions", version: "1.0" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.stepfunctions.state_machine",
        Call::new("ListStateMachines", "states:ListStateMachines")
            .token("nextToken")
            .at("stateMachines")
            .shape("nextToken stateMachines:[{stateMachineArn name type creationDate:drop}]"),
        "{stateMachineArn}",
        "{name}",
    )
    .facets(&[Facet {
        name: "configuration",
        from: From::Each(
            Call::new("DescribeStateMachine", "states:DescribeStateMachine")
                .params(&[("stateMachineArn", "{stateMachineArn}")])
                .shape(
                    "stateMachineArn name type status:drop roleArn definition:literal \
                     loggingConfiguration:{level includeExecutionData:bool \
                     destinations:[{cloudWatchLogsLogGroup:{logGroupArn}}]} tracingConfiguration:{enabled:bool} \
                     encryptionConfiguration:{kmsKeyId type kmsDataKeyReusePeriodSeconds:int} label description:drop \
                     creationDate:drop revisionId:drop variableReferences:drop",
                )
                .gone(&["StateMachineDoesNotExist"]),
        ),
    }])
    .links(&[
        Link::new(EdgeKind::RunsAs, "configuration.roleArn", "{}"),
        Link::new(
            EdgeKind::Uses,
            "configuration.encryptionConfiguration.kmsKeyId",
            "arn:{.partition}:kms:{.region}:{.account}:key/{}",
        ),
    ])],
};
