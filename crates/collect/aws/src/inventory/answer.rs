//! Answers to calls of the tables from configuration items.
use std::collections::{BTreeMap, BTreeSet};

use casemate_estate::{FacetStatus, Timestamp};
use serde_json::{Map, Value, json};

use super::{Item, NOT_HELD};
use crate::{
    api::{Api, ApiError, Request},
    shape::{Shape, from_json},
    template,
};

/// States of items that are no more.
const GONE: &[&str] = &["ResourceDeleted", "ResourceDeletedNotRecorded", "ResourceNotRecorded"];

/// The items of one account.
#[derive(Debug, Default)]
pub(crate) struct Book {
    /// By type, then by id: the newest of each.
    items: BTreeMap<String, BTreeMap<(String, String), Item>>,
    newest: Option<Timestamp>,
}

/// A list: the call, where its items stand in the answer, their type, and what must be stated of each.
struct List {
    service: &'static str,
    call: &'static str,
    at: &'static [&'static str],
    of: &'static str,
    /// Fields of `configuration` without which a missing setting would read as one that is off.
    must: &'static [&'static str],
    make: fn(&Item) -> Value,
}

const fn list(
    service: &'static str,
    call: &'static str,
    at: &'static [&'static str],
    of: &'static str,
    must: &'static [&'static str],
) -> List {
    List { service, call, at, of, must, make: configuration }
}

const LISTS: &[List] = &[
    List { make: bucket, ..list("s3", "ListBuckets", &["Buckets"], "AWS::S3::Bucket", &[]) },
    List {
        make: group,
        ..list(
            "ec2",
            "DescribeSecurityGroups",
            &["SecurityGroups"],
            "AWS::EC2::SecurityGroup",
            &["ipPermissions", "ipPermissionsEgress"],
        )
    },
    list(
        "ec2",
        "DescribeInstances",
        &["Reservations", "Instances"],
        "AWS::EC2::Instance",
        &["state", "metadataOptions", "networkInterfaces", "blockDeviceMappings"],
    ),
    list("ec2", "DescribeVolumes", &["Volumes"], "AWS::EC2::Volume", &["encrypted"]),
    list("ec2", "DescribeVpcs", &["Vpcs"], "AWS::EC2::VPC", &["isDefault"]),
    list("ec2", "DescribeSubnets", &["Subnets"], "AWS::EC2::Subnet", &["mapPublicIpOnLaunch"]),
    list("ec2", "DescribeNetworkAcls", &["NetworkAcls"], "AWS::EC2::NetworkAcl", &["entries", "associations"]),
    list("ec2", "DescribeRouteTables", &["RouteTables"], "AWS::EC2::RouteTable", &["routes", "associations"]),
    list("ec2", "DescribeInternetGateways", &["InternetGateways"], "AWS::EC2::InternetGateway", &["attachments"]),
    list("ec2", "DescribeNetworkInterfaces", &["NetworkInterfaces"], "AWS::EC2::NetworkInterface", &["groups"]),
    list("ec2", "DescribeAddresses", &["Addresses"], "AWS::EC2::EIP", &["publicIp"]),
    list(
        "rds",
        "DescribeDBInstances",
        &["DBInstances"],
        "AWS::RDS::DBInstance",
        &["publiclyAccessible", "storageEncrypted", "backupRetentionPeriod"],
    ),
    list(
        "rds",
        "DescribeDBClusters",
        &["DBClusters"],
        "AWS::RDS::DBCluster",
        &["storageEncrypted", "backupRetentionPeriod", "deletionProtection"],
    ),
    list("lambda", "ListFunctions", &["Functions"], "AWS::Lambda::Function", &["environment", "vpcConfig"]),
    List { make: key, ..list("kms", "ListKeys", &["Keys"], "AWS::KMS::Key", &[]) },
    list(
        "cloudtrail",
        "DescribeTrails",
        &["trailList"],
        "AWS::CloudTrail::Trail",
        &["isMultiRegionTrail", "logFileValidationEnabled"],
    ),
];

/// Where the answer of a call for one resource stands.
enum From {
    /// In `configuration`.
    Configuration,
    /// Under this name in `supplementaryConfiguration`.
    Supplement(&'static str),
    /// In `tags`.
    Tags,
}

/// What an item says to a call: its answer, that nothing is set, or nothing of use.
enum Said {
    Answer(Value),
    Unset,
    Unclear,
}

/// A call for one resource.
struct Single {
    service: &'static str,
    call: &'static str,
    of: &'static str,
    /// The parameter that names it; in the path where empty.
    param: &'static str,
    from: From,
    make: fn(Value) -> Said,
}

const BUCKET: &str = "AWS::S3::Bucket";
const KEY: &str = "AWS::KMS::Key";
const TRAIL: &str = "AWS::CloudTrail::Trail";

const SINGLES: &[Single] = &[
    Single {
        service: "s3",
        call: "GetBucketPolicy",
        of: BUCKET,
        param: "",
        from: From::Supplement("BucketPolicy"),
        make: bucket_policy,
    },
    Single {
        service: "s3",
        call: "GetPublicAccessBlock",
        of: BUCKET,
        param: "",
        from: From::Supplement("PublicAccessBlockConfiguration"),
        make: block,
    },
    Single {
        service: "s3",
        call: "GetBucketVersioning",
        of: BUCKET,
        param: "",
        from: From::Supplement("BucketVersioningConfiguration"),
        make: versioning,
    },
    Single {
        service: "s3",
        call: "GetBucketEncryption",
        of: BUCKET,
        param: "",
        from: From::Supplement("ServerSideEncryptionConfiguration"),
        make: encryption,
    },
    Single {
        service: "s3",
        call: "GetBucketLogging",
        of: BUCKET,
        param: "",
        from: From::Supplement("BucketLoggingConfiguration"),
        make: logging,
    },
    Single { service: "s3", call: "GetBucketTagging", of: BUCKET, param: "", from: From::Tags, make: bucket_tags },
    Single {
        service: "lambda",
        call: "GetPolicy",
        of: "AWS::Lambda::Function",
        param: "",
        from: From::Supplement("Policy"),
        make: document,
    },
    Single { service: "kms", call: "DescribeKey", of: KEY, param: "KeyId", from: From::Configuration, make: metadata },
    Single {
        service: "kms",
        call: "GetKeyPolicy",
        of: KEY,
        param: "KeyId",
        from: From::Supplement("Policy"),
        make: document,
    },
    Single {
        service: "kms",
        call: "GetKeyRotationStatus",
        of: KEY,
        param: "KeyId",
        from: From::Supplement("KeyRotationStatus"),
        make: rotation,
    },
    Single { service: "kms", call: "ListResourceTags", of: KEY, param: "KeyId", from: From::Tags, make: key_tags },
    Single {
        service: "cloudtrail",
        call: "GetTrailStatus",
        of: TRAIL,
        param: "Name",
        from: From::Supplement("Status"),
        make: object,
    },
    Single {
        service: "cloudtrail",
        call: "GetEventSelectors",
        of: TRAIL,
        param: "TrailName",
        from: From::Supplement("EventSelectors"),
        make: selectors,
    },
];

/// Principals and policies, which one call gives together.
const IDENTITIES: &[(&str, &str, &[&str])] = &[
    ("UserDetailList", "AWS::IAM::User", &["userPolicyList", "groupList", "attachedManagedPolicies"]),
    ("GroupDetailList", "AWS::IAM::Group", &["groupPolicyList", "attachedManagedPolicies"]),
    ("RoleDetailList", "AWS::IAM::Role", &["assumeRolePolicyDocument", "rolePolicyList", "attachedManagedPolicies"]),
    ("Policies", "AWS::IAM::Policy", &["policyVersionList", "defaultVersionId"]),
];

impl Book {
    /// Takes an item in; of two of one resource the newer stays.
    pub(super) fn take(&mut self, item: Item) -> Result<(), String> {
        let time = item.configuration_item_capture_time.as_deref().and_then(|text| text.parse::<Timestamp>().ok());
        let time = time.ok_or("an item has no configurationItemCaptureTime")?;
        self.newest = self.newest.max(Some(time));
        let (Some(of), Some(id)) = (item.resource_type.clone(), item.resource_id.clone()) else {
            return Err("an item has no resourceType or resourceId".into());
        };
        let region = item.aws_region.clone().unwrap_or_default();
        let place = self.items.entry(of).or_default().entry((region, id));
        let known = place.or_insert_with(|| item.clone());
        if known.time() < item.time() {
            *known = item;
        }
        Ok(())
    }

    /// When the newest item was taken: the file is no older.
    pub(super) fn newest(&self) -> Option<Timestamp> {
        self.newest
    }

    /// Regions of items; `global` is none.
    pub(super) fn regions(&self) -> BTreeSet<String> {
        let items = self.items.values().flat_map(BTreeMap::values);
        items.filter_map(|item| item.aws_region.clone()).filter(|region| region.contains('-')).collect()
    }

    /// `aws`, `aws-cn` …, from the first ARN.
    pub(super) fn partition(&self) -> String {
        let mut items = self.items.values().flat_map(BTreeMap::values);
        let found =
            items.find_map(|item| item.arn.as_deref()?.split(':').nth(1).filter(|part| part.starts_with("aws")));
        found.unwrap_or("aws").to_owned()
    }

    /// The items of a type that are there; none where the file has none of it at all.
    fn of(&self, of: &str) -> Option<impl Iterator<Item = &Item>> {
        let items = self.items.get(of)?;
        Some(items.values().filter(|item| !item.is_gone()))
    }

    fn listed(&self, list: &List, region: &str) -> Result<Value, ApiError> {
        let of = self.of(list.of).ok_or_else(not_held)?;
        let here = of.filter(|item| list.service == "s3" || item.aws_region.as_deref() == Some(region));
        let mut items = Vec::new();
        for item in here {
            states(item, list.must)?;
            items.push((list.make)(item));
        }
        let mut steps = list.at.iter().rev();
        let Some(last) = steps.next() else { return Err(not_held()) };
        let mut answer = json!({*last: items});
        for step in steps {
            answer = json!({*step: [answer]});
        }
        Ok(answer)
    }

    fn identities(&self, request: &Request<'_>) -> Result<Value, ApiError> {
        // AWS's own policies are not recorded; a principal that has one is then unknown, the others are not.
        let filter = template::walk(&Value::Object(request.params.clone()), "Filter[]")
            .into_iter()
            .filter_map(Value::as_str)
            .collect::<Vec<_>>()
            .join(",");
        if filter == "AWSManagedPolicy" {
            return Ok(json!({"Policies": []}));
        }
        if filter == "Role" {
            return Err(not_held());
        }
        let mut answer = Map::new();
        for (name, of, must) in IDENTITIES {
            let Some(items) = self.of(of) else { continue };
            let mut all = Vec::new();
            for item in items {
                states(item, must)?;
                all.push(configuration(item));
            }
            answer.insert((*name).to_owned(), Value::Array(all));
        }
        if answer.is_empty() { Err(not_held()) } else { Ok(Value::Object(answer)) }
    }

    fn single(&self, single: &Single, request: &Request<'_>) -> Result<Value, ApiError> {
        let name = if single.param.is_empty() {
            // `/NAME?policy` and `/2015-03-31/functions/NAME/policy`.
            let path = request.path.split('?').next().unwrap_or_default().trim_start_matches('/');
            path.split("functions/").last().and_then(|rest| rest.split('/').next()).unwrap_or_default()
        } else {
            request.params.get(single.param).and_then(Value::as_str).unwrap_or_default()
        };
        let item = self.of(single.of).and_then(|mut items| items.find(|item| item.is(name))).ok_or_else(not_held)?;
        let value = match single.from {
            From::Configuration => item.configuration.clone().map(parsed),
            From::Supplement(name) => {
                let all = item.supplementary_configuration.clone().map(parsed).unwrap_or_default();
                all.get(name).cloned().map(parsed)
            }
            From::Tags => item.tags.clone(),
        };
        match value.map_or(Said::Unclear, single.make) {
            Said::Answer(answer) => Ok(answer),
            Said::Unclear => Err(not_held()),
            Said::Unset => match request.call.none.first() {
                // The table reads it as it reads the service's own word.
                Some(code) => Err(ApiError { code: (*code).to_owned(), ..not_held() }),
                None => Ok(json!({})),
            },
        }
    }
}

impl Api for Book {
    fn call(&self, request: &Request<'_>) -> Result<Value, ApiError> {
        let (service, call) = (request.service.name, request.call.name);
        let answer = if call == "GetAccountAuthorizationDetails" {
            self.identities(request)
        } else if let Some(list) = LISTS.iter().find(|list| list.service == service && list.call == call) {
            self.listed(list, request.region)
        } else if let Some(single) = SINGLES.iter().find(|single| single.service == service && single.call == call) {
            self.single(single, request)
        } else {
            Err(not_held())
        };
        Ok(from_json(named(answer?, request.shape), request.shape))
    }
}

impl Item {
    fn time(&self) -> Option<Timestamp> {
        self.configuration_item_capture_time.as_deref().and_then(|text| text.parse().ok())
    }

    fn is_gone(&self) -> bool {
        self.configuration_item_status.as_deref().is_some_and(|status| GONE.contains(&status))
    }

    fn is(&self, name: &str) -> bool {
        let own = [&self.resource_id, &self.resource_name, &self.arn];
        !name.is_empty() && own.into_iter().flatten().any(|one| one == name)
    }
}

fn not_held() -> ApiError {
    ApiError { status: FacetStatus::Failed, code: String::new(), message: NOT_HELD.into(), silent: false }
}

/// Whether an item states what a reader would else take for off.
fn states(item: &Item, must: &[&str]) -> Result<(), ApiError> {
    let configuration = configuration(item);
    match must.iter().find(|name| configuration.get(**name).is_none()) {
        None => Ok(()),
        Some(name) => Err(ApiError {
            message: format!(
                "AWS Config's item of {} does not state `{name}`",
                item.resource_id.as_deref().unwrap_or_default()
            ),
            ..not_held()
        }),
    }
}

/// Config writes some values as texts of JSON.
fn parsed(value: Value) -> Value {
    match &value {
        Value::String(text) if text.trim_start().starts_with(['{', '[']) => serde_json::from_str(text).unwrap_or(value),
        _ => value,
    }
}

/// Gives fields the names that the shape has for them: Config writes `ipPermissions` for `IpPermissions`.
fn named(value: Value, shape: &Shape) -> Value {
    match (value, shape) {
        (Value::Object(map), Shape::Object(fields)) => {
            let known: BTreeMap<String, (&String, &Shape)> =
                fields.iter().map(|(name, field)| (name.to_lowercase(), (name, &field.shape))).collect();
            let renamed = map.into_iter().map(|(name, value)| match known.get(&name.to_lowercase()) {
                Some((name, shape)) => ((*name).clone(), named(value, shape)),
                None => (name, value),
            });
            Value::Object(renamed.collect())
        }
        (Value::Object(map), Shape::Map { item, .. }) => {
            Value::Object(map.into_iter().map(|(name, value)| (name, named(value, item))).collect())
        }
        (Value::Array(items), Shape::List { item, .. }) => {
            Value::Array(items.into_iter().map(|value| named(value, item)).collect())
        }
        (value, _) => value,
    }
}

fn configuration(item: &Item) -> Value {
    item.configuration.clone().map(parsed).unwrap_or_default()
}

fn bucket(item: &Item) -> Value {
    json!({
        "Name": item.resource_name.as_ref().or(item.resource_id.as_ref()),
        "CreationDate": item.resource_creation_time,
        "BucketRegion": item.aws_region,
    })
}

fn key(item: &Item) -> Value {
    json!({"KeyId": item.resource_id, "KeyArn": item.arn})
}

/// Addresses stand twice in an item: as texts in `ipRanges`, and with their descriptions in `ipv4Ranges`.
fn group(item: &Item) -> Value {
    let mut whole = configuration(item);
    for list in ["ipPermissions", "ipPermissionsEgress"] {
        for rule in whole.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            let Some(rule) = rule.as_object_mut() else { continue };
            let texts = rule.remove("ipRanges").unwrap_or_default();
            let ranges =
                rule.remove("ipv4Ranges").filter(|ranges| ranges.as_array().is_some_and(|all| !all.is_empty()));
            let ranges = ranges.unwrap_or_else(|| match texts {
                Value::Array(texts) => {
                    texts.into_iter().map(|one| if one.is_string() { json!({"cidrIp": one}) } else { one }).collect()
                }
                other => other,
            });
            rule.insert("ipRanges".into(), ranges);
        }
    }
    whole
}

fn object(value: Value) -> Said {
    if value.is_object() { Said::Answer(value) } else { Said::Unclear }
}

/// `{"policyText": TEXT}`, null where there is none.
fn bucket_policy(value: Value) -> Said {
    match value.get("policyText") {
        Some(Value::Null) => Said::Unset,
        Some(Value::String(text)) if text.trim().is_empty() => Said::Unset,
        Some(text) => Said::Answer(json!({"Policy": text})),
        None => Said::Unclear,
    }
}

/// A policy as a text or an object, or in a field `policy` of one.
fn document(value: Value) -> Said {
    match value {
        Value::Null => Said::Unset,
        Value::Object(map) if map.contains_key("Statement") => Said::Answer(json!({"Policy": map})),
        Value::Object(mut map) => match map.remove("policy").or_else(|| map.remove("Policy")).map(parsed) {
            Some(policy) if policy.get("Statement").is_some() => Said::Answer(json!({"Policy": policy})),
            Some(Value::Null) => Said::Unset,
            _ => Said::Unclear,
        },
        _ => Said::Unclear,
    }
}

fn block(value: Value) -> Said {
    let all = ["blockPublicAcls", "ignorePublicAcls", "blockPublicPolicy", "restrictPublicBuckets"];
    match &value {
        Value::Null => Said::Unset,
        Value::Object(map) if all.iter().all(|name| map.get(*name).is_some_and(Value::is_boolean)) => {
            Said::Answer(value)
        }
        _ => Said::Unclear,
    }
}

fn versioning(value: Value) -> Said {
    let delete = match value.get("isMfaDeleteEnabled") {
        Some(Value::Bool(true)) => Some("Enabled"),
        Some(Value::Bool(false)) => Some("Disabled"),
        _ => None,
    };
    match value.get("status").and_then(Value::as_str) {
        Some("Off") => Said::Answer(json!({})),
        Some(status @ ("Enabled" | "Suspended")) => Said::Answer(json!({"Status": status, "MFADelete": delete})),
        _ => Said::Unclear,
    }
}

fn encryption(value: Value) -> Said {
    match &value {
        Value::Null => Said::Unset,
        Value::Object(map) if map.get("rules").is_some_and(Value::is_array) => Said::Answer(value),
        _ => Said::Unclear,
    }
}

fn logging(value: Value) -> Said {
    match (value.get("destinationBucketName"), value.get("logFilePrefix")) {
        (Some(Value::String(bucket)), prefix) => {
            Said::Answer(json!({"LoggingEnabled": {"TargetBucket": bucket, "TargetPrefix": prefix}}))
        }
        (Some(Value::Null), _) => Said::Answer(json!({})),
        _ => Said::Unclear,
    }
}

fn bucket_tags(tags: Value) -> Said {
    match tags {
        Value::Object(map) if map.is_empty() => Said::Unset,
        Value::Object(map) => Said::Answer(json!({"Tags": map})),
        _ => Said::Unclear,
    }
}

fn key_tags(tags: Value) -> Said {
    match tags {
        Value::Object(map) => {
            let pairs: Vec<Value> = map.iter().map(|(key, value)| json!({"Key": key, "Value": value})).collect();
            Said::Answer(json!({"Tags": pairs}))
        }
        _ => Said::Unclear,
    }
}

fn metadata(value: Value) -> Said {
    let told = ["keyState", "keyManager"].iter().all(|name| value.get(*name).is_some());
    if told { Said::Answer(json!({"KeyMetadata": value})) } else { Said::Unclear }
}

/// `true`, or an object that says so.
fn rotation(value: Value) -> Said {
    let told = value.as_bool().or_else(|| value.as_str()?.to_lowercase().parse().ok());
    let told = told.or_else(|| value.get("keyRotationEnabled").or_else(|| value.get("KeyRotationEnabled"))?.as_bool());
    told.map_or(Said::Unclear, |on| Said::Answer(json!({"KeyRotationEnabled": on})))
}

/// The list of basic selectors, or an object with both sorts.
fn selectors(value: Value) -> Said {
    match value {
        Value::Array(list) if !list.is_empty() => Said::Answer(json!({"EventSelectors": list})),
        Value::Object(map) if !map.is_empty() => Said::Answer(Value::Object(map)),
        _ => Said::Unclear,
    }
}
