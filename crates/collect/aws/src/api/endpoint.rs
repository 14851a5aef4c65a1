//! Where a service is to be found.
use std::collections::BTreeMap;

use crate::{credential::Profile, table::Service};

/// Endpoints by the environment and the profile (AWS SDKs and Tools Reference, "Service-specific endpoints").
#[derive(Debug, Default)]
pub(crate) struct Endpoints {
    /// For all services.
    all: Option<String>,
    /// By service id, in upper case with underscores.
    own: BTreeMap<String, String>,
    fips: bool,
    dual: bool,
}

/// Service ids of the AWS SDKs where they are not the signing name in upper case.
const IDS: &[(&str, &str)] = &[
    ("es", "OPENSEARCH"),
    ("elasticfilesystem", "EFS"),
    ("s3-control", "S3_CONTROL"),
    ("elasticloadbalancing", "ELASTIC_LOAD_BALANCING_V2"),
    ("monitoring", "CLOUDWATCH"),
    ("logs", "CLOUDWATCH_LOGS"),
    ("events", "EVENTBRIDGE"),
    ("states", "SFN"),
    ("config", "CONFIG_SERVICE"),
    ("api.ecr", "ECR"),
    ("api.sagemaker", "SAGEMAKER"),
    ("secretsmanager", "SECRETS_MANAGER"),
    ("autoscaling", "AUTO_SCALING"),
    ("apigateway", "API_GATEWAY"),
    ("cognito-idp", "COGNITO_IDENTITY_PROVIDER"),
    ("cognito-identity", "COGNITO_IDENTITY"),
    ("route53", "ROUTE_53"),
    ("access-analyzer", "ACCESSANALYZER"),
];

impl Endpoints {
    pub(crate) fn new(var: &dyn Fn(&str) -> Option<String>, profile: &Profile) -> Self {
        let is_on = |name: &str, key: &str| {
            var(name).or_else(|| profile.get(key)).is_some_and(|value| value.eq_ignore_ascii_case("true"))
        };
        let mut endpoints = Self {
            fips: is_on("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"),
            dual: is_on("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"),
            ..Self::default()
        };
        if is_on("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") {
            return endpoints;
        }
        let given =
            |value: Option<String>| value.map(|url| url.trim_end_matches('/').to_owned()).filter(|url| !url.is_empty());
        endpoints.all = given(var("AWS_ENDPOINT_URL").or_else(|| profile.get("endpoint_url")));
        for service in crate::service::SERVICES {
            let id = service_id(service.endpoint);
            let own =
                var(&format!("AWS_ENDPOINT_URL_{id}")).or_else(|| profile.service_endpoint(&id.to_ascii_lowercase()));
            if let Some(url) = given(own) {
                endpoints.own.insert(id, url);
            }
        }
        if let Some(url) = given(var("AWS_ENDPOINT_URL_STS").or_else(|| profile.service_endpoint("sts"))) {
            endpoints.own.insert("STS".into(), url);
        }
        endpoints
    }

    /// Whether all regions of the service have one address, which somebody gave.
    pub(crate) fn is_one(&self, service: &Service) -> bool {
        self.all.is_some() || self.own.contains_key(&service_id(service.endpoint))
    }

    /// The base address of a service, without a slash at the end.
    pub(crate) fn of(&self, service: &Service, account: &str, region: &str) -> String {
        if let Some(url) = self.own.get(&service_id(service.endpoint)).or(self.all.as_ref()) {
            return url.clone();
        }
        let suffix = suffix(region);
        let fips = if self.fips { "-fips" } else { "" };
        let endpoint = service.endpoint;
        match endpoint {
            "s3-control" => format!("https://{account}.s3-control{fips}.{region}.{suffix}"),
            "s3" if self.dual => format!("https://s3{fips}.dualstack.{region}.{suffix}"),
            "s3" => format!("https://s3{fips}.{region}.{suffix}"),
            // One host for the whole partition; others that are global answer at their home region's name.
            "iam" | "organizations" | "cloudfront" | "route53" | "shield" if suffix == "amazonaws.com" => {
                match (endpoint, region) {
                    ("iam", "us-gov-west-1") => format!("https://iam.us-gov.{suffix}"),
                    ("organizations" | "route53", "us-gov-west-1") => {
                        format!("https://{endpoint}.us-gov-west-1.{suffix}")
                    }
                    ("organizations" | "shield", _) => format!("https://{endpoint}{fips}.us-east-1.{suffix}"),
                    _ => format!("https://{endpoint}{fips}.{suffix}"),
                }
            }
            "iam" if suffix == "amazonaws.com.cn" => format!("https://iam.{region}.{suffix}"),
            _ => format!("https://{endpoint}{fips}.{region}.{suffix}"),
        }
    }

    /// The base address of the Security Token Service.
    pub(crate) fn sts(&self, region: &str) -> String {
        if let Some(url) = self.own.get("STS").or(self.all.as_ref()) {
            return url.clone();
        }
        format!("https://sts{}.{region}.{}", if self.fips { "-fips" } else { "" }, suffix(region))
    }
}

fn service_id(endpoint: &str) -> String {
    let known = IDS.iter().find(|(name, _)| *name == endpoint).map(|(_, id)| (*id).to_owned());
    known.unwrap_or_else(|| endpoint.replace(['-', '.'], "_").to_ascii_uppercase())
}

/// The domain of a region's partition.
fn suffix(region: &str) -> &'static str {
    match region {
        _ if region.starts_with("cn-") => "amazonaws.com.cn",
        _ if region.starts_with("us-iso-") => "c2s.ic.gov",
        _ if region.starts_with("us-isob-") => "sc2s.sgov.gov",
        _ if region.starts_with("eu-isoe-") => "cloud.adc-e.uk",
        _ if region.starts_with("us-isof-") => "csp.hci.ic.gov",
        _ if region.starts_with("eusc-") => "amazonaws.eu",
        _ => "amazonaws.com",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Protocol, Reach};

    fn service(endpoint: &'static str, reach: Reach) -> Service {
        Service {
            name: "x",
            endpoint,
            event_source: "x",
            protocol: Protocol::RestJson,
            reach,
            kinds: &[],
            scope_facets: &[],
        }
    }

    #[test]
    fn services_are_found_where_aws_has_them() {
        let plain = Endpoints::default();
        for (endpoint, reach, region, want) in [
            ("sqs", Reach::Regional, "eu-west-1", "https://sqs.eu-west-1.amazonaws.com"),
            ("api.ecr", Reach::Regional, "us-east-1", "https://api.ecr.us-east-1.amazonaws.com"),
            ("iam", Reach::Global, "us-east-1", "https://iam.amazonaws.com"),
            ("iam", Reach::Global, "cn-north-1", "https://iam.cn-north-1.amazonaws.com.cn"),
            ("iam", Reach::Global, "us-gov-west-1", "https://iam.us-gov.amazonaws.com"),
            ("organizations", Reach::Global, "us-east-1", "https://organizations.us-east-1.amazonaws.com"),
            ("cloudfront", Reach::Global, "us-east-1", "https://cloudfront.amazonaws.com"),
            ("s3", Reach::Global, "eu-west-1", "https://s3.eu-west-1.amazonaws.com"),
            ("s3-control", Reach::Global, "us-east-1", "https://1.s3-control.us-east-1.amazonaws.com"),
            ("ec2", Reach::Regional, "cn-north-1", "https://ec2.cn-north-1.amazonaws.com.cn"),
        ] {
            assert_eq!(plain.of(&service(endpoint, reach), "1", region), want);
        }
    }

    #[test]
    fn addresses_given_win_the_nearer_one_first() {
        let var = |name: &str| match name {
            "AWS_ENDPOINT_URL" => Some("http://127.0.0.1:1/".to_owned()),
            "AWS_ENDPOINT_URL_STS" => Some("http://127.0.0.1:2".to_owned()),
            _ => None,
        };
        let endpoints = Endpoints::new(&var, &Profile::default());
        assert_eq!(endpoints.of(&service("sqs", Reach::Regional), "1", "eu-west-1"), "http://127.0.0.1:1");
        assert_eq!(endpoints.of(&service("s3-control", Reach::Global), "1", "eu-west-1"), "http://127.0.0.1:1");
        assert_eq!(endpoints.sts("eu-west-1"), "http://127.0.0.1:2");
    }
}
