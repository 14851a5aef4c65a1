//! Amazon Elastic Container Registry.
use casemate_estate::EdgeKind;
use serde_json::{Value, json};

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service, Subject};

pub(crate) const ECR: Service = Service {
    name: "ecr",
    endpoint: "api.ecr",
    event_source: "ecr",
    protocol: Protocol::Json { target: "AmazonEC2ContainerRegistry_V20150921", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.ecr.repository",
        Call::new("DescribeRepositories", "ecr:DescribeRepositories")
            .params(&[("maxResults", "=1000")])
            .token("nextToken")
            .at("repositories")
            .shape(
                "nextToken repositories:[{repositoryArn registryId repositoryName repositoryUri imageTagMutability \
                 imageTagMutabilityExclusionFilters:[{filterType filter}] \
                 imageScanningConfiguration:{scanOnPush:bool} encryptionConfiguration:{encryptionType kmsKey} \
                 createdAt:drop}]",
            ),
        "{repositoryArn}",
        "{repositoryName}",
    )
    .facets(&[
        Facet { name: "configuration", from: From::Item },
        Facet {
            name: "policy",
            from: From::Each(
                Call::new("GetRepositoryPolicy", "ecr:GetRepositoryPolicy")
                    .params(&[("registryId", "{registryId}"), ("repositoryName", "{repositoryName}")])
                    .shape("policyText:policy registryId:drop repositoryName:drop")
                    .none(&["RepositoryPolicyNotFoundException"])
                    .gone(&["RepositoryNotFoundException"]),
            ),
        },
        Facet {
            name: "lifecycle",
            from: From::Each(
                Call::new("GetLifecyclePolicy", "ecr:GetLifecyclePolicy")
                    .params(&[("registryId", "{registryId}"), ("repositoryName", "{repositoryName}")])
                    .shape("lifecyclePolicyText:json registryId:drop repositoryName:drop lastEvaluatedAt:drop")
                    .none(&["LifecyclePolicyNotFoundException"])
                    .gone(&["RepositoryNotFoundException"]),
            ),
        },
        Facet {
            name: "registry_scanning",
            // The registry's answer is asked for once a region, and only where there is a repository.
            from: From::Derived {
                needs: &[],
                lists: &[Call::new("GetRegistryScanningConfiguration", "ecr:GetRegistryScanningConfiguration")
                    .at("scanningConfiguration")
                    .shape(
                        "registryId:drop scanningConfiguration:{scanType rules:[{scanFrequency \
                         repositoryFilters:[{filter filterType}]}]}",
                    )],
                make: registry_scanning,
                shape: "scanType rules:[{scanFrequency repositoryFilters:[{filter filterType}]}]",
            },
        },
    ])
    .links(&[Link::new(
        EdgeKind::Uses,
        "item.encryptionConfiguration.kmsKey",
        "arn:{.partition}:kms:{.region}:{.account}:key/{|last}",
    )])],
};

/// The registry's rules whose filters fit this repository: all of them, with a frequency each.
fn registry_scanning(subject: &Subject<'_>, answers: &[&Value]) -> Result<Value, String> {
    let whole = answers.first().and_then(|answer| answer.get("scanningConfiguration"));
    let Some(configuration) = whole.filter(|value| value.is_object()) else {
        return Err("ecr:GetRegistryScanningConfiguration: the answer has no scanningConfiguration".into());
    };
    let rules: Vec<&Value> = configuration
        .get("rules")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter(|rule| {
            let filters = rule.get("repositoryFilters").and_then(Value::as_array);
            filters.into_iter().flatten().any(|filter| {
                filter.get("filter").and_then(Value::as_str).is_some_and(|pattern| fits(pattern, subject.name))
            })
        })
        .collect();
    Ok(json!({"scanType": configuration.get("scanType"), "rules": rules}))
}

/// Whether a repository's name fits a filter, in which `*` stands for any text; a filter without one fits names that
/// hold it (Amazon ECR user guide, "Filters to choose which repositories are scanned").
fn fits(pattern: &str, name: &str) -> bool {
    if !pattern.contains('*') {
        return name.contains(pattern);
    }
    let mut parts = pattern.split('*');
    let Some(mut rest) = name.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut last = "";
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
        last = part;
    }
    last.is_empty() || name.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_fit_by_wildcard() {
        for (pattern, name, want, why) in [
            ("*", "a/b", true, "a star alone fits all"),
            ("prod", "team/prod-api", true, "without a star anywhere in the name"),
            ("prod*", "team/prod", false, "the beginning is fixed"),
            ("prod*", "prod", true, "a star may stand for nothing"),
            ("*api", "x/api", true, "the end is fixed"),
            ("*api", "x/api2", false, "the end is fixed"),
            ("a*b*c", "a-b-c", true, "several stars"),
            ("a*b*c", "a-c-b", false, "in their order"),
        ] {
            assert_eq!(fits(pattern, name), want, "{pattern} on {name}: {why}");
        }
    }
}
