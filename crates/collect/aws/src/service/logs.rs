//! Amazon CloudWatch Logs.
mod pattern;

use casemate_estate::EdgeKind;
use serde_json::{Map, Value, json};

use crate::{
    table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service, Subject},
    template,
};

pub(crate) const LOGS: Service = Service {
    name: "logs",
    endpoint: "logs",
    event_source: "logs",
    protocol: Protocol::Json { target: "Logs_20140328", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[
        Facet {
            name: "metric_filters",
            from: From::Derived {
                needs: &[],
                lists: &[Call::new("DescribeMetricFilters", "logs:DescribeMetricFilters").token("nextToken").shape(
                    "nextToken metricFilters:[{filterName filterPattern logGroupName \
                     metricTransformations:[{metricName metricNamespace metricValue dimensions:<text>}]}]",
                )],
                make: metric_filters,
                shape: "items:[{name logGroupName pattern understood:bool alternatives:[[{field op values:[text]}]] \
                        metrics:[{name namespace value dimensions:[text]}]}]",
            },
        },
        Facet {
            name: "logs_policies",
            from: From::Each(
                Call::new("DescribeResourcePolicies", "logs:DescribeResourcePolicies")
                    .token("nextToken")
                    .at("resourcePolicies")
                    .shape(
                        "nextToken resourcePolicies:[{policyName policyDocument:policy policyScope resourceArn \
                         lastUpdatedTime:drop revisionId:drop}]",
                    ),
            ),
        },
    ],
    kinds: &[Kind::new(
        "aws.logs.group",
        Call::new("DescribeLogGroups", "logs:DescribeLogGroups").token("nextToken").at("logGroups").shape(
            "nextToken logGroups:[{logGroupName logGroupArn arn retentionInDays:int kmsKeyId dataProtectionStatus \
             inheritedProperties:[text] logGroupClass deletionProtectionEnabled:bool creationTime:drop \
             storedBytes:drop metricFilterCount:drop}]",
        ),
        // The list's own `arn` has `:*` behind it, which stands for the streams.
        "arn:{.partition}:logs:{.region}:{.account}:log-group:{logGroupName}",
        "{logGroupName}",
    )
    .facets(&[Facet { name: "configuration", from: From::Item }])
    .links(&[Link::new(EdgeKind::Uses, "item.kmsKeyId", "arn:{.partition}:kms:{.region}:{.account}:key/{}")])],
};

/// The metric filters of all groups, their patterns read.
fn metric_filters(_: &Subject<'_>, answers: &[&Value]) -> Result<Value, String> {
    let answer = answers.first().ok_or("logs:DescribeMetricFilters was not called before it")?;
    let items: Vec<Value> = template::walk(answer, "metricFilters[]")
        .into_iter()
        .map(|filter| {
            let text = |name: &str| filter.get(name).and_then(Value::as_str).unwrap_or_default();
            let metrics: Vec<Value> = template::walk(filter, "metricTransformations[]")
                .into_iter()
                .map(|metric| {
                    let fields = [("name", "metricName"), ("namespace", "metricNamespace"), ("value", "metricValue")];
                    let mut out: Map<String, Value> = fields
                        .into_iter()
                        .filter_map(|(to, from)| Some((to.to_owned(), metric.get(from)?.clone())))
                        .collect();
                    let dimensions = metric.get("dimensions").and_then(Value::as_object).into_iter().flatten();
                    out.insert("dimensions".into(), dimensions.map(|(name, _)| name.as_str()).collect());
                    Value::Object(out)
                })
                .collect();
            let read = pattern::read(text("filterPattern"));
            json!({
                "name": text("filterName"),
                "logGroupName": text("logGroupName"),
                "pattern": text("filterPattern"),
                "understood": read.is_some(),
                "alternatives": read.unwrap_or_default(),
                "metrics": metrics,
            })
        })
        .collect();
    Ok(json!({"items": items}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_say_what_they_count_and_whether_they_were_understood() {
        let answer = json!({"metricFilters": [
            {"filterName": "f", "logGroupName": "g", "filterPattern": "{ $.a = b }", "metricTransformations": [
                {"metricName": "m", "metricNamespace": "n", "metricValue": "1", "dimensions": {"D": "$.d"}}]},
            {"filterName": "w", "logGroupName": "g", "filterPattern": "some words"},
        ]});
        let (null, facets) = (Value::Null, Map::new());
        let subject = Subject {
            partition: "aws",
            account: "123456789012",
            region: "eu-west-1",
            id: "",
            name: "",
            item: &null,
            parent: &null,
            parent_id: "",
            parent_name: "",
            facets: &facets,
        };
        let got = metric_filters(&subject, &[&answer]).unwrap();
        let metric = json!({"name": "m", "namespace": "n", "value": "1", "dimensions": ["D"]});
        assert_eq!(template::walk(&got, "items[].metrics[]"), [&metric]);
        assert_eq!(template::walk(&got, "items[].understood"), [&json!(true), &json!(false)]);
        let alternatives = json!([[{"field": "a", "op": "=", "values": ["b"]}]]);
        assert_eq!(template::walk(&got, "items[].alternatives"), [&alternatives, &json!([])]);
    }
}
