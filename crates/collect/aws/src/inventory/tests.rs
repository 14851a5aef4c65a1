use std::sync::atomic::AtomicBool;

use casemate_estate::{FacetStatus, Snapshot};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{AwsError, Wanted};

const ACCOUNT: &str = "123456789012";

fn item(of: &str, id: &str, configuration: Value, more: Value) -> Value {
    let mut item = json!({
        "configurationItemVersion": "1.3", "configurationItemCaptureTime": "2026-03-02T10:00:00.000Z",
        "configurationItemStatus": "OK", "awsAccountId": ACCOUNT, "awsRegion": "eu-west-1", "resourceType": of,
        "resourceId": id, "resourceName": id, "configuration": configuration, "supplementaryConfiguration": {},
        "tags": {"env": "prod"},
    });
    item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    item
}

fn read(items: Vec<Value>) -> Snapshot {
    let text = json!({"fileVersion": "1.0", "configurationItems": items}).to_string();
    let files = vec![("x.json".to_owned(), text.as_bytes())];
    let mut all = super::accounts(files, &Wanted::Everything, &AtomicBool::new(false)).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0).1
}

/// A facet's value, or why there is none.
fn facet(snapshot: &Snapshot, kind: &str, name: &str, facet: &str) -> Result<Value, String> {
    let one = snapshot.observations.iter().find(|one| one.resource.kind.as_str() == kind && one.resource.name == name);
    let one = one.unwrap_or_else(|| panic!("no {kind} {name}"));
    let found = one.facets.get(facet).unwrap_or_else(|| panic!("{kind} {name} has no {facet}"));
    match found.status {
        FacetStatus::Collected => Ok(found.value.as_deref().unwrap().clone()),
        _ => Err(found.reason.clone().unwrap()),
    }
}

fn policy(action: &str) -> String {
    json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": action,
        "Resource": "*"}]})
    .to_string()
}

#[test]
fn a_bucket_is_what_its_item_says() {
    let supplement = json!({
        "BucketPolicy": {"policyText": policy("s3:GetObject")},
        "PublicAccessBlockConfiguration": {"blockPublicAcls": true, "ignorePublicAcls": false,
            "blockPublicPolicy": true, "restrictPublicBuckets": false},
        "BucketVersioningConfiguration": "{\"status\":\"Off\",\"isMfaDeleteEnabled\":null}",
        "ServerSideEncryptionConfiguration": {"rules": [{"applyServerSideEncryptionByDefault":
            {"sseAlgorithm": "aws:kms", "kmsMasterKeyID": "k"}, "bucketKeyEnabled": true}]},
        "BucketLoggingConfiguration": {"destinationBucketName": null, "logFilePrefix": null},
    });
    let got = read(vec![
        item("AWS::S3::Bucket", "full", json!({"name": "full"}), json!({"supplementaryConfiguration": supplement})),
        item(
            "AWS::S3::Bucket",
            "bare",
            json!({"name": "bare"}),
            json!({"supplementaryConfiguration": {"BucketPolicy": {"policyText": null}}, "tags": {}}),
        ),
    ]);
    let of = |name: &str, what: &str| facet(&got, "aws.s3.bucket", name, what);
    assert_eq!(of("full", "bucket").unwrap()["BucketRegion"], "eu-west-1");
    let document = of("full", "policy").unwrap();
    assert_eq!((&document["present"], &document["Policy"]["valid"]), (&json!(true), &json!(true)));
    assert_eq!(of("full", "public_access_block").unwrap()["IgnorePublicAcls"], false);
    assert_eq!(of("full", "versioning").unwrap(), json!({}));
    let rule = &of("full", "encryption").unwrap()["Rules"][0];
    assert_eq!(rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"], "aws:kms");
    assert_eq!(of("full", "logging").unwrap(), json!({}));
    assert_eq!(of("full", "tags").unwrap()["Tags"]["env"], "prod");
    assert_eq!(of("bare", "policy").unwrap(), json!({"present": false}), "it says that there is none");
    assert_eq!(of("bare", "tags").unwrap()["present"], false);
    for what in ["public_access_block", "versioning", "encryption", "logging", "acl"] {
        assert!(of("bare", what).unwrap_err().contains("does not hold"), "{what}: silence proves nothing");
    }
    assert_eq!(got.started.to_string(), "2026-03-02T10:00:00Z", "as old as its newest item");
    assert!(got.listings.iter().all(|listing| listing.status == FacetStatus::Unsupported), "nothing ends");
}

#[test]
fn groups_machines_and_databases_have_the_names_of_their_apis() {
    let rule = json!({"fromPort": 22, "toPort": 22, "ipProtocol": "tcp", "ipRanges": ["0.0.0.0/0"],
        "ipv4Ranges": [{"cidrIp": "0.0.0.0/0", "description": "all"}], "ipv6Ranges": [{"cidrIpv6": "::/0"}],
        "userIdGroupPairs": [], "prefixListIds": []});
    let old = json!({"fromPort": 1, "toPort": 2, "ipProtocol": "udp", "ipRanges": ["10.0.0.0/8"]});
    let machine = json!({"instanceId": "i-1", "imageId": "ami-1", "state": {"code": 16, "name": "running"},
        "metadataOptions": {"httpTokens": "optional"}, "networkInterfaces": [], "blockDeviceMappings": [],
        "securityGroups": [{"groupId": "sg-1", "groupName": "web"}], "vpcId": "vpc-1"});
    let database = json!({"dBInstanceIdentifier": "db", "dBInstanceArn": "arn:aws:rds:eu-west-1:123456789012:db:db",
        "publiclyAccessible": true, "storageEncrypted": false, "backupRetentionPeriod": 0});
    let got = read(vec![
        item(
            "AWS::EC2::SecurityGroup",
            "sg-1",
            json!({"groupId": "sg-1", "groupName": "web", "vpcId": "vpc-1", "ipPermissions": [rule, old],
                "ipPermissionsEgress": []}),
            json!({}),
        ),
        item("AWS::EC2::Instance", "i-1", machine, json!({})),
        item("AWS::RDS::DBInstance", "db-ABC", database, json!({})),
    ]);
    let group = facet(&got, "aws.ec2.security_group", "sg-1", "configuration").unwrap();
    let rules = &group["IpPermissions"];
    assert_eq!(rules[0]["IpRanges"], json!([{"CidrIp": "0.0.0.0/0", "Description": "all"}]));
    assert_eq!(rules[0]["Ipv6Ranges"], json!([{"CidrIpv6": "::/0"}]));
    assert_eq!(rules[1]["IpRanges"], json!([{"CidrIp": "10.0.0.0/8"}]), "as items once were");
    assert!(facet(&got, "aws.ec2.security_group", "sg-1", "in_use").is_err(), "that is said of all interfaces");
    assert_eq!(
        facet(&got, "aws.ec2.security_group", "sg-1", "prefix_lists"),
        Ok(json!({"items": []})),
        "it names none"
    );
    let machine = facet(&got, "aws.ec2.instance", "i-1", "configuration").unwrap();
    assert_eq!(machine["MetadataOptions"]["HttpTokens"], "optional");
    assert!(facet(&got, "aws.ec2.instance", "i-1", "user_data").is_err());
    let database = facet(&got, "aws.rds.instance", "db", "configuration").unwrap();
    assert_eq!(database["PubliclyAccessible"], true);
    let uses =
        |from: &str, to: &str| got.edges.iter().any(|e| e.from.as_str().ends_with(from) && e.to.as_str().ends_with(to));
    assert!(uses("instance/i-1", "security-group/sg-1"), "relations are those of the tables");
}

#[test]
fn identities_speak_by_what_the_file_has_of_them() {
    let inline = |list: &str, action: &str| json!([{"policyName": list, "policyDocument": policy(action).replace('{', "%7B").replace('}', "%7D")}]);
    let own = "arn:aws:iam::123456789012:policy/own";
    let role = |name: &str, attached: Value| {
        item(
            "AWS::IAM::Role",
            name,
            json!({"roleName": name, "arn": format!("arn:aws:iam::123456789012:role/{name}"), "path": "/",
                "assumeRolePolicyDocument": policy("sts:AssumeRole"), "rolePolicyList": inline("in", "s3:*"),
                "attachedManagedPolicies": attached}),
            json!({"awsRegion": "global"}),
        )
    };
    let document = json!([{"versionId": "v2", "isDefaultVersion": true, "document": policy("ec2:*")}]);
    let got = read(vec![
        role("plain", json!([{"policyName": "own", "policyArn": own}])),
        role("aws", json!([{"policyName": "Admin", "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}])),
        item(
            "AWS::IAM::Policy",
            "ANPA1",
            json!({"policyName": "own", "arn": own, "defaultVersionId": "v2", "policyVersionList": document}),
            json!({"awsRegion": "global"}),
        ),
    ]);
    let plain = facet(&got, "aws.iam.role", "plain", "identity_policies").unwrap();
    assert_eq!(plain["items"].as_array().unwrap().len(), 2, "{plain}");
    assert!(
        facet(&got, "aws.iam.role", "aws", "identity_policies").is_err(),
        "Config does not record AWS's own policies"
    );
    assert!(facet(&got, "aws.iam.role", "aws", "trust").is_ok());
    assert!(facet(&got, "aws.iam.role", "plain", "last_used").is_err());
    assert_eq!(facet(&got, "aws.iam.policy", "own", "document").unwrap()["version"], "v2");
    assert!(facet(&got, "aws.iam.policy", "own", "attached").is_err(), "others may have it");
}

#[test]
fn keys_functions_and_trails() {
    let arn = "arn:aws:kms:eu-west-1:123456789012:key/k-1";
    let trail = "arn:aws:cloudtrail:eu-west-1:123456789012:trail/t";
    let function = "arn:aws:lambda:eu-west-1:123456789012:function:f";
    let got = read(vec![
        item(
            "AWS::KMS::Key",
            "k-1",
            json!({"keyId": "k-1", "arn": arn, "keyState": "Enabled", "keyManager": "CUSTOMER", "enabled": true}),
            json!({"ARN": arn, "supplementaryConfiguration": {"Policy": policy("kms:*"), "KeyRotationStatus": false}}),
        ),
        item(
            "AWS::Lambda::Function",
            "f",
            json!({"functionName": "f", "functionArn": function, "runtime": "python3.9", "environment": null, "vpcConfig": null}),
            json!({"ARN": function, "supplementaryConfiguration": {"Policy": policy("lambda:InvokeFunction")}}),
        ),
        item(
            "AWS::CloudTrail::Trail",
            trail,
            json!({"name": "t", "trailARN": trail, "isMultiRegionTrail": true, "logFileValidationEnabled": false,
                "homeRegion": "eu-west-1", "s3BucketName": "b"}),
            json!({"ARN": trail, "supplementaryConfiguration": {"Status": {"isLogging": false}}}),
        ),
    ]);
    assert_eq!(facet(&got, "aws.kms.key", "k-1", "rotation").unwrap()["KeyRotationEnabled"], false);
    assert!(facet(&got, "aws.kms.key", "k-1", "policy").unwrap()["Policy"]["valid"].as_bool().unwrap());
    assert!(facet(&got, "aws.kms.key", "k-1", "grants").is_err());
    assert_eq!(facet(&got, "aws.lambda.function", "f", "configuration").unwrap()["Runtime"], "python3.9");
    assert_eq!(facet(&got, "aws.lambda.function", "f", "policy").unwrap()["present"], true);
    assert_eq!(facet(&got, "aws.cloudtrail.trail", "t", "status").unwrap()["IsLogging"], false);
    assert!(facet(&got, "aws.cloudtrail.trail", "t", "selectors").is_err());
}

#[test]
fn the_newest_item_counts_and_what_is_deleted_does_not() {
    let at = |time: &str, more: Value| {
        let mut all = json!({"configurationItemCaptureTime": time});
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        item("AWS::S3::Bucket", "b", json!({"name": "b"}), all)
    };
    let tags = |value: &str| json!({"tags": {"env": value}});
    let got = read(vec![at("2026-03-02T12:00:00Z", tags("new")), at("2026-03-01T12:00:00Z", tags("old"))]);
    assert_eq!(facet(&got, "aws.s3.bucket", "b", "tags").unwrap()["Tags"]["env"], "new");
    let gone = json!({"configurationItemStatus": "ResourceDeleted"});
    let got = read(vec![at("2026-03-01T12:00:00Z", tags("old")), at("2026-03-02T12:00:00Z", gone)]);
    assert!(got.observations.iter().all(|one| one.resource.kind.as_str() != "aws.s3.bucket"));
}

#[test]
fn an_item_that_leaves_out_a_setting_does_not_read_as_off() {
    let old = json!({"instanceId": "i-1", "state": {"name": "running"}, "networkInterfaces": []});
    let got = read(vec![item("AWS::EC2::Instance", "i-1", old, json!({}))]);
    assert!(got.observations.iter().all(|one| one.resource.kind.as_str() != "aws.ec2.instance"), "it cannot be listed");
}

#[test]
fn files_that_are_none_are_refused_by_name() {
    let read = |bytes: &[u8]| {
        let files = vec![("some.json".to_owned(), bytes)];
        super::accounts(files, &Wanted::Everything, &AtomicBool::new(false))
    };
    let short = |item: Value| json!({"configurationItems": [item]}).to_string();
    for (text, want) in [
        ("{}".to_owned(), "no list `configurationItems`"),
        (json!({"configurationItems": []}).to_string(), "it has no item"),
        (short(json!({"awsAccountId": "x"})), "no awsAccountId"),
        (short(json!({"awsAccountId": ACCOUNT})), "no configurationItemCaptureTime"),
        (
            short(json!({"awsAccountId": ACCOUNT, "configurationItemCaptureTime": "2026-03-02T12:00:00Z"})),
            "no resourceType",
        ),
        ("[".to_owned(), "JSON"),
        (String::new(), "ends too early"),
    ] {
        let error = read(text.as_bytes()).unwrap_err();
        assert!(matches!(error, AwsError::Configuration(_)));
        let error = error.to_string();
        assert!(error.contains(want) && error.contains("`some.json`"), "{want}: {error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_item_is_read_or_refused(
        of in "AWS::(S3::Bucket|EC2::SecurityGroup|IAM::Role|KMS::Key|Lambda::Function)",
        name in "[a-zA-Z]{1,12}",
        value in prop_oneof![Just(json!(null)), Just(json!([1, "x"])), Just(json!("{\"a\":")), Just(json!({"Statement": 3}))],
    ) {
        let supplement = json!({"Policy": value, "BucketPolicy": value, "KeyRotationStatus": value});
        let one = item(&of, &name, json!({"ipPermissions": value, "arn": value}), json!({"supplementaryConfiguration": supplement}));
        let text = json!({"configurationItems": [one]}).to_string();
        drop(super::accounts(vec![("f".to_owned(), text.as_bytes())], &Wanted::Everything, &AtomicBool::new(false)));
    }
}
