//! Amazon Inspector.
use crate::table::{Call, Facet, From, Protocol, Reach, Service};

pub(crate) const INSPECTOR2: Service = Service {
    name: "inspector2",
    endpoint: "inspector2",
    event_source: "inspector2",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    kinds: &[],
    scope_facets: &[Facet {
        name: "inspector",
        from: From::Each(
            Call::new("BatchGetAccountStatus", "inspector2:BatchGetAccountStatus")
                .path("POST /status/batch/get")
                .params(&[("accountIds", r#"=["{.account}"]"#)])
                .at("accounts")
                .shape(
                    "accounts:[{accountId state:{status errorCode errorMessage:drop} resourceState:{\
                     ec2:{status errorCode errorMessage:drop} ecr:{status errorCode errorMessage:drop} \
                     lambda:{status errorCode errorMessage:drop} lambdaCode:{status errorCode errorMessage:drop} \
                     codeRepository:{status errorCode errorMessage:drop}}}] failedAccounts:drop",
                ),
        ),
    }],
};
