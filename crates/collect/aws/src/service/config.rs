//! AWS Config.
use crate::table::{Call, Facet, From, Protocol, Reach, Service};

pub(crate) const CONFIG: Service = Service {
    name: "config",
    endpoint: "config",
    event_source: "config",
    protocol: Protocol::Json { target: "StarlingDoveService", version: "1.1" },
    reach: Reach::Regional,
    kinds: &[],
    scope_facets: &[
        Facet {
            name: "config_recorders",
            from: From::Each(
                Call::new("DescribeConfigurationRecorders", "config:DescribeConfigurationRecorders")
                    .at("ConfigurationRecorders")
                    .shape(
                        "ConfigurationRecorders:[{arn name roleARN recordingGroup:{allSupported:bool \
                         includeGlobalResourceTypes:bool resourceTypes:[text] \
                         exclusionByResourceTypes:{resourceTypes:[text]} recordingStrategy:{useOnly}} \
                         recordingMode:{recordingFrequency recordingModeOverrides:[{resourceTypes:[text] \
                         recordingFrequency description:drop}]} recordingScope servicePrincipal status:drop}]",
                    ),
            ),
        },
        Facet {
            name: "config_recorder_status",
            from: From::Each(
                Call::new("DescribeConfigurationRecorderStatus", "config:DescribeConfigurationRecorderStatus")
                    .at("ConfigurationRecordersStatus")
                    .shape(
                        "ConfigurationRecordersStatus:[{arn name recording:bool lastStatus lastErrorCode \
                         servicePrincipal lastErrorMessage:drop lastStartTime:drop lastStopTime:drop \
                         lastStatusChangeTime:drop}]",
                    ),
            ),
        },
    ],
};
