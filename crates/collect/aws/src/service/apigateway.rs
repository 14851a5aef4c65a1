//! Amazon API Gateway, REST APIs.
use casemate_estate::EdgeKind;
use serde_json::{Value, json};

use crate::{
    table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service, Subject},
    template,
};

pub(crate) const APIGATEWAY: Service = Service {
    name: "apigateway",
    endpoint: "apigateway",
    event_source: "apigateway",
    protocol: Protocol::RestJson,
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[REST_API, STAGE],
};

// One IAM action covers every read of this service; the operations are told apart by the resource's path only.
const READ: &str = "apigateway:GET";

const REST_API: Kind = Kind::new(
    "aws.apigateway.rest_api",
    Call::new("GetRestApis", READ).path("GET /restapis?limit=500").token("position").at("items").shape(
        "position items@item:[{id name apiKeySource endpointConfiguration:{types:[text] ipAddressType \
             vpcEndpointIds:[text]} policy:policy disableExecuteApiEndpoint:bool securityPolicy endpointAccessMode \
             minimumCompressionSize:int tags:<text> createdDate:drop warnings:drop apiStatus:drop \
             apiStatusMessage:drop rootResourceId}]",
    ),
    "arn:{.partition}:apigateway:{.region}::/restapis/{id}",
    "{name}",
)
.facets(&[
    Facet { name: "configuration", from: From::Item },
    Facet {
        name: "resources",
        from: From::Each(
            Call::new("GetResources", READ)
                .path("GET /restapis/{id}/resources?embed=methods&limit=500")
                .token("position")
                .at("items")
                .shape(
                    "position items@item:[{id parentId path pathPart resourceMethods:<{httpMethod authorizationType \
                     authorizerId apiKeyRequired:bool requestValidatorId authorizationScopes:[text] \
                     methodIntegration:{type httpMethod uri connectionType connectionId credentials \
                     tlsConfig:{insecureSkipVerification:bool} requestParameters:drop requestTemplates:drop \
                     integrationResponses:drop} requestParameters:drop requestModels:drop methodResponses:drop}>}]",
                )
                .gone(&["NotFoundException"]),
        ),
    },
    Facet {
        name: "asked",
        from: From::Derived {
            needs: &["resources"],
            lists: &[],
            make: asked,
            shape: "methods:[{resourceId httpMethod}]",
        },
    },
    Facet {
        name: "answers",
        from: From::EachOf {
            call: Call::new("GetMethod", READ)
                .path("GET /restapis/{^id}/resources/{resourceId}/methods/{httpMethod}")
                .shape(
                    "httpMethod authorizationType authorizerId apiKeyRequired:bool requestValidatorId \
                     authorizationScopes:[text] methodIntegration:{type httpMethod uri connectionType connectionId \
                     credentials tlsConfig:{insecureSkipVerification:bool} requestParameters:drop \
                     requestTemplates:drop integrationResponses:drop} requestParameters:drop requestModels:drop \
                     methodResponses:drop operationName",
                )
                .gone(&["NotFoundException"]),
            each: "@asked.methods[]",
        },
    },
    Facet {
        name: "methods",
        from: From::Derived {
            needs: &["resources", "answers"],
            lists: &[],
            make: methods,
            shape: "items:[{path httpMethod authorizationType authorizerId apiKeyRequired:bool requestValidatorId \
                    integrationType integrationUri connectionType credentials insecure:bool target}]",
        },
    },
])
.links(&[
    Link::new(EdgeKind::RoutesTo, "methods.items[].target", "{}"),
    Link::new(
        EdgeKind::Uses,
        "item.endpointConfiguration.vpcEndpointIds[]",
        "arn:{.partition}:ec2:{.region}:{.account}:vpc-endpoint/{}",
    ),
]);

const STAGE: Kind = Kind::new(
    "aws.apigateway.stage",
    Call::new("GetStages", READ)
        .path("GET /restapis/{^id}/stages")
        .at("item")
        .shape(
            "item:[{deploymentId stageName clientCertificateId cacheClusterEnabled:bool cacheClusterSize \
             methodSettings:<{metricsEnabled:bool loggingLevel dataTraceEnabled:bool throttlingBurstLimit:int \
             throttlingRateLimit:num cachingEnabled:bool cacheTtlInSeconds:int cacheDataEncrypted:bool \
             requireAuthorizationForCacheControl:bool unauthorizedCacheControlHeaderStrategy}> variables:<literal> \
             accessLogSettings:{format destinationArn} tracingEnabled:bool webAclArn tags:<text> \
             cacheClusterStatus:drop canarySettings:drop createdDate:drop lastUpdatedDate:drop \
             documentationVersion:drop}]",
        )
        .gone(&["NotFoundException"]),
    "{^.id}/stages/{stageName}",
    "{^name}/{stageName}",
)
.parent("aws.apigateway.rest_api")
.facets(&[Facet { name: "configuration", from: From::Item }])
.links(&[
    Link::new(EdgeKind::Uses, "item.webAclArn", "{}"),
    Link::new(EdgeKind::Uses, "item.accessLogSettings.destinationArn", "{}"),
]);

/// Which methods are asked for by themselves: those that the list of resources names without saying how they are called
/// (it does so where nothing is embedded), and one of each API in any case, so that what was embedded is believed only
/// where the methods themselves may be read.
fn asked(subject: &Subject<'_>, _: &[&Value]) -> Result<Value, String> {
    let mut asked = Vec::new();
    for (resource, verb, method) in listed(subject)? {
        if asked.is_empty() || method.get("authorizationType").is_none() {
            let id = resource.get("id").and_then(Value::as_str).ok_or("apigateway:GET: a resource without an id")?;
            asked.push(json!({"resourceId": id, "httpMethod": verb}));
        }
    }
    Ok(json!({"methods": asked}))
}

/// All methods in one form, each with the function that it calls.
fn methods(subject: &Subject<'_>, _: &[&Value]) -> Result<Value, String> {
    let answers = subject.facets.get("answers").map(|facet| template::walk(facet, "items[]")).unwrap_or_default();
    let mut items = Vec::new();
    for (resource, verb, embedded) in listed(subject)? {
        let answer = answers.iter().copied().find(|answer| {
            template::at(answer, "of.resourceId") == resource.get("id")
                && template::at(answer, "of.httpMethod").and_then(Value::as_str) == Some(verb)
        });
        // One that was asked for and is not among the answers went away while we read.
        let Some(method) = answer.or_else(|| embedded.get("authorizationType").map(|_| embedded)) else { continue };
        let mut item = serde_json::Map::new();
        item.insert("path".into(), resource.get("path").cloned().unwrap_or_default());
        item.insert("httpMethod".into(), verb.into());
        for (name, path) in [
            ("authorizationType", "authorizationType"),
            ("authorizerId", "authorizerId"),
            ("apiKeyRequired", "apiKeyRequired"),
            ("requestValidatorId", "requestValidatorId"),
            ("integrationType", "methodIntegration.type"),
            ("integrationUri", "methodIntegration.uri"),
            ("connectionType", "methodIntegration.connectionType"),
            ("credentials", "methodIntegration.credentials"),
            ("insecure", "methodIntegration.tlsConfig.insecureSkipVerification"),
        ] {
            if let Some(value) = template::at(method, path).filter(|value| !value.is_null()) {
                item.insert(name.into(), value.clone());
            }
        }
        let uri = item.get("integrationUri").and_then(Value::as_str);
        if let Some(target) = uri.and_then(function_of) {
            item.insert("target".into(), target.into());
        }
        items.push(Value::Object(item));
    }
    Ok(json!({"items": items}))
}

/// Each method of the facet `resources`: its resource, its verb, and what was embedded of it.
fn listed<'s>(subject: &'s Subject<'_>) -> Result<Vec<(&'s Value, &'s str, &'s Value)>, String> {
    let facet = subject.facets.get("resources").ok_or("resources were not read before it")?;
    let methods = template::walk(facet, "items[]").into_iter().flat_map(|resource| {
        let methods = resource.get("resourceMethods").and_then(Value::as_object);
        methods.into_iter().flatten().map(move |(verb, method)| (resource, verb.as_str(), method))
    });
    Ok(methods.collect())
}

/// The function that an integration's URI calls: `arn:…:lambda:path/2015-03-31/functions/FUNCTION-ARN/invocations`,
/// without the alias or version that may stand behind it. A URI of a stage's variable names none.
pub(super) fn function_of(uri: &str) -> Option<String> {
    let arn = match uri.split_once("/functions/") {
        Some((_, rest)) => rest.strip_suffix("/invocations").unwrap_or(rest),
        None => uri,
    };
    let fields: Vec<&str> = arn.split(':').collect();
    match fields.as_slice() {
        ["arn", _, "lambda", _, _, "function", name, ..] if !name.is_empty() && !name.contains(['$', '{']) => {
            fields.get(..7).map(|head| head.join(":"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject_with<'s>(facets: &'s serde_json::Map<String, Value>, null: &'s Value) -> Subject<'s> {
        Subject {
            partition: "aws",
            account: "123456789012",
            region: "eu-west-1",
            id: "arn:api",
            name: "api",
            item: null,
            parent: null,
            parent_id: "",
            parent_name: "",
            facets,
        }
    }

    #[test]
    fn the_function_of_an_integration() {
        let arn = "arn:aws:lambda:eu-west-1:123456789012:function:f";
        let uri =
            |arn: &str| format!("arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/{arn}/invocations");
        for (uri, want, why) in [
            (uri(arn), Some(arn), "the usual form"),
            (uri(&format!("{arn}:live")), Some(arn), "an alias is left out"),
            (arn.to_owned(), Some(arn), "version 2 names the function itself"),
            (uri("arn:aws:lambda:eu-west-1:123456789012:function:${stageVariables.fn}"), None, "a variable"),
            ("arn:aws:apigateway:eu-west-1:s3:path/bucket".to_owned(), None, "another service"),
            ("https://example.test/functions/x".to_owned(), None, "plain HTTP"),
        ] {
            assert_eq!(function_of(&uri).as_deref(), want, "{uri}: {why}");
        }
    }

    #[test]
    fn methods_are_asked_for_where_nothing_is_embedded() {
        let open = json!({"authorizationType": "NONE", "apiKeyRequired": false});
        for (note, resources, want_asked) in [
            ("embedded: one alone", json!({"GET": open, "PUT": open}), 1),
            ("not embedded: each", json!({"GET": {}, "PUT": {}}), 2),
        ] {
            let null = Value::Null;
            let mut facets = serde_json::Map::new();
            facets
                .insert("resources".into(), json!({"items": [{"id": "r", "path": "/", "resourceMethods": resources}]}));
            let asked = asked(&subject_with(&facets, &null), &[]).unwrap();
            assert_eq!(template::walk(&asked, "methods[]").len(), want_asked, "{note}");
            let answers: Vec<Value> = template::walk(&asked, "methods[]")
                .into_iter()
                .map(|of| json!({"authorizationType": "AWS_IAM", "of": of}))
                .collect();
            facets.insert("answers".into(), json!({"items": answers}));
            let all = methods(&subject_with(&facets, &null), &[]).unwrap();
            assert_eq!(template::walk(&all, "items[]").len(), 2, "{note}");
            assert_eq!(
                template::walk(&all, "items[].authorizationType")[0],
                "AWS_IAM",
                "{note}: the answer goes first"
            );
        }
    }
}
