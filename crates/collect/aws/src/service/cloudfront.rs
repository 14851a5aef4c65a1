//! Amazon CloudFront.
use casemate_estate::EdgeKind;
use serde_json::{Value, json};

use crate::{
    table::{Call, Facet, From, Kind, Link, Page, Protocol, Reach, Service, Subject},
    template,
};

pub(crate) const CLOUDFRONT: Service = Service {
    name: "cloudfront",
    endpoint: "cloudfront",
    event_source: "cloudfront",
    protocol: Protocol::RestXml,
    reach: Reach::Global,
    scope_facets: &[],
    kinds: &[DISTRIBUTION],
};

const DISTRIBUTION: Kind = Kind::new(
    "aws.cloudfront.distribution",
    Call::new("ListDistributions", "cloudfront:ListDistributions")
        .path("GET /2020-05-31/distribution")
        .page(Page::Token { get: "NextMarker", send: "Marker" })
        .at("Items")
        // The list has all but the log, the root object and what stages and tenants need. Values of the headers that
        // are sent to an origin are mostly what the origin knows CloudFront by.
        .shape(
            "NextMarker Marker:drop MaxItems:drop Quantity:drop IsTruncated:drop Items:[{Id ARN DomainName \
             Aliases:{Quantity:int Items:[text]} Origins:{Quantity:int Items:[{Id DomainName OriginPath \
             CustomHeaders:{Quantity:int Items:[{HeaderName HeaderValue:present}]} \
             S3OriginConfig:{OriginAccessIdentity} CustomOriginConfig:{HTTPPort:int HTTPSPort:int \
             OriginProtocolPolicy OriginSslProtocols:{Quantity:int Items:[text]}} VpcOriginConfig:{VpcOriginId} \
             OriginAccessControlId}]} OriginGroups:{Quantity:int Items:[{Id Members:{Quantity:int \
             Items:[{OriginId}]}}]} DefaultCacheBehavior:{TargetOriginId ViewerProtocolPolicy \
             TrustedSigners:{Enabled:bool} TrustedKeyGroups:{Enabled:bool Items:[text]} FieldLevelEncryptionId \
             RealtimeLogConfigArn ResponseHeadersPolicyId AllowedMethods:{Items:[text]} \
             LambdaFunctionAssociations:{Items:[{LambdaFunctionARN EventType}]} \
             FunctionAssociations:{Items:[{FunctionARN EventType}]}} CacheBehaviors:{Quantity:int \
             Items:[{PathPattern TargetOriginId ViewerProtocolPolicy TrustedSigners:{Enabled:bool} \
             TrustedKeyGroups:{Enabled:bool Items:[text]} FieldLevelEncryptionId RealtimeLogConfigArn \
             ResponseHeadersPolicyId AllowedMethods:{Items:[text]} \
             LambdaFunctionAssociations:{Items:[{LambdaFunctionARN EventType}]} \
             FunctionAssociations:{Items:[{FunctionARN EventType}]}}]} Enabled:bool Staging:bool \
             ViewerCertificate:{CloudFrontDefaultCertificate:bool IAMCertificateId ACMCertificateArn \
             SSLSupportMethod MinimumProtocolVersion Certificate:drop CertificateSource} \
             Restrictions:{GeoRestriction:{RestrictionType Quantity:int Items:[text]}} WebACLId HttpVersion \
             ConnectionMode ETag:drop Status:drop LastModifiedTime:drop Comment:drop CustomErrorResponses:drop \
             AliasICPRecordals:drop}]",
        ),
    "{ARN}",
    "{Id}",
)
.facets(&[
    Facet { name: "configuration", from: From::Item },
    Facet {
        name: "details",
        from: From::Each(
            Call::new("GetDistributionConfig", "cloudfront:GetDistributionConfig")
                .path("GET /2020-05-31/distribution/{Id}/config")
                .shape(
                    "DefaultRootObject Enabled:bool Logging:{Enabled:bool IncludeCookies:bool Bucket Prefix} \
                     ContinuousDeploymentPolicyId CallerReference:drop Comment:drop Aliases:drop Origins:drop \
                     OriginGroups:drop DefaultCacheBehavior:drop CacheBehaviors:drop CustomErrorResponses:drop \
                     ViewerCertificate:drop Restrictions:drop TenantConfig:drop",
                )
                .gone(&["NoSuchDistribution"]),
        ),
    },
    Facet {
        name: "origins",
        from: From::Derived {
            needs: &["configuration"],
            lists: &[],
            make: origins,
            shape: "items:[{id domain kind bucketArn bucketRegion accessControl:bool}]",
        },
    },
])
.links(&[
    Link::new(EdgeKind::RoutesTo, "origins.items[].bucketArn", "{}"),
    Link::new(EdgeKind::Uses, "item.WebACLId", "{|starts=arn:}"),
    Link::new(EdgeKind::Uses, "item.ViewerCertificate.ACMCertificateArn", "{}"),
    Link::new(EdgeKind::Uses, "item.DefaultCacheBehavior.LambdaFunctionAssociations.Items[].LambdaFunctionARN", "{}"),
    Link::new(EdgeKind::Uses, "item.CacheBehaviors.Items[].LambdaFunctionAssociations.Items[].LambdaFunctionARN", "{}"),
]);

/// What stands behind a distribution: for each origin its sort (`bucket`: S3's REST endpoint; `website`: a website
/// endpoint of S3, which speaks no TLS and cannot be closed to others; `vpc`; `custom`) and whether CloudFront shows S3
/// who it is.
fn origins(subject: &Subject<'_>, _: &[&Value]) -> Result<Value, String> {
    let configuration = subject.facets.get("configuration").ok_or("configuration was not read before it")?;
    let items: Vec<Value> = template::walk(configuration, "Origins.Items[]")
        .into_iter()
        .map(|origin| {
            let text = |path: &str| template::at(origin, path).and_then(Value::as_str).unwrap_or_default();
            let domain = text("DomainName").to_lowercase();
            let mut out = json!({"id": text("Id"), "domain": domain});
            let Some(map) = out.as_object_mut() else { return out };
            let kind = match bucket(&domain) {
                Some(found) => {
                    map.insert("bucketArn".into(), format!("arn:{}:s3:::{}", subject.partition, found.name).into());
                    map.extend(found.region.map(|region| ("bucketRegion".to_owned(), region.into())));
                    if found.website { "website" } else { "bucket" }
                }
                None if origin.get("VpcOriginConfig").is_some() => "vpc",
                None => "custom",
            };
            map.insert("kind".into(), kind.into());
            let control =
                !text("OriginAccessControlId").is_empty() || !text("S3OriginConfig.OriginAccessIdentity").is_empty();
            map.insert("accessControl".into(), control.into());
            out
        })
        .collect();
    Ok(json!({"items": items}))
}

/// A bucket named by a domain.
#[derive(Debug, PartialEq, Eq)]
struct Bucket<'a> {
    name: &'a str,
    region: Option<&'a str>,
    website: bool,
}

/// `BUCKET.s3.amazonaws.com`, `BUCKET.s3.REGION.amazonaws.com`, `BUCKET.s3-REGION.amazonaws.com` and those of websites,
/// `BUCKET.s3-website-REGION.amazonaws.com` and `BUCKET.s3-website.REGION.amazonaws.com` (Amazon S3 User Guide, "Virtual
/// hosting of buckets", "Website endpoints"), with `.cn` behind it in China. Names of buckets may hold dots.
fn bucket(domain: &str) -> Option<Bucket<'_>> {
    let stem = domain.strip_suffix(".cn").unwrap_or(domain).strip_suffix(".amazonaws.com")?;
    let labels: Vec<&str> = stem.rsplit('.').take(3).collect();
    // From the right: an `s3` with its region by a hyphen, or a region and before it an `s3`.
    let (first, second, third) = (labels.first()?, labels.get(1), labels.get(2));
    let (service, mut region, width) = match (second, third) {
        _ if first.starts_with("s3") => (*first, None, first.len()),
        (Some(&"dualstack"), Some(service)) if service.starts_with("s3") => {
            (*service, Some(*first), first.len() + "dualstack".len() + service.len() + 2)
        }
        (Some(service), _) if service.starts_with("s3") => (*service, Some(*first), first.len() + service.len() + 1),
        _ => return None,
    };
    let name = stem.get(..stem.len().checked_sub(width + 1)?)?;
    let rest = service.strip_prefix("s3")?;
    let (website, rest) = match rest.strip_prefix("-website") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    match rest.strip_prefix('-') {
        Some("accesspoint" | "object-lambda" | "fips") => return None,
        Some(behind) => region = Some(behind),
        None if rest.is_empty() => {}
        None => return None,
    }
    (!name.is_empty()).then_some(Bucket { name, region, website })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_of_a_bucket_names_it() {
        for (domain, want, why) in [
            ("a.s3.amazonaws.com", Some(("a", None, false)), "the old global name"),
            ("a.b.s3.amazonaws.com", Some(("a.b", None, false)), "a name with a dot"),
            ("a.s3.eu-west-1.amazonaws.com", Some(("a", Some("eu-west-1"), false)), "with its region"),
            ("a.s3.dualstack.eu-west-1.amazonaws.com", Some(("a", Some("eu-west-1"), false)), "by both IPs"),
            ("a.s3-eu-west-1.amazonaws.com", Some(("a", Some("eu-west-1"), false)), "by a hyphen"),
            ("a.s3.cn-north-1.amazonaws.com.cn", Some(("a", Some("cn-north-1"), false)), "China"),
            ("a.s3-website-us-east-1.amazonaws.com", Some(("a", Some("us-east-1"), true)), "a website, old regions"),
            ("w.x.s3-website.eu-central-1.amazonaws.com", Some(("w.x", Some("eu-central-1"), true)), "a website"),
            ("p-1.s3-accesspoint.eu-west-1.amazonaws.com", None, "an access point"),
            ("s3.amazonaws.com", None, "no bucket"),
            ("lb-1.eu-west-1.elb.amazonaws.com", None, "a load balancer"),
            ("example.com", None, "a server of somebody"),
            ("a.s3.amazonaws.com.example.com", None, "a name that looks like one"),
            ("", None, "nothing"),
        ] {
            let got = bucket(domain).map(|found| (found.name, found.region, found.website));
            assert_eq!(got, want, "{domain}: {why}");
        }
    }
}
