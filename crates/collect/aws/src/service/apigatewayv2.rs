//! Amazon API Gateway v2: HTTP and WebSocket APIs.
use crate::table::{Protocol, Reach, Service};

pub(crate) const APIGATEWAYV2: Service = Service {
    name: "apigateway",
    endpoint: "apigateway",
    event_source: "apigateway",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[],
};
