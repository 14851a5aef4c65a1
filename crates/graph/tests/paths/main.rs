//! Paths of the built-in patterns on small estates: each with what blocks it, and with what could not be read.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure there is a failure of the test")]
use std::{collections::BTreeMap, fs, path::Path};

use casemate_estate::{Facet, FacetStatus, Kind, Observation, Resource, ResourceId, Snapshot, Timestamp};
use casemate_graph::{Certainty, Found, Permissions, find, graph, patterns};
use serde_json::{Value, json};

const HERE: &str = "111111111111";
const INSTANCE: &str = "arn:aws:ec2:eu-west-1:111111111111:instance/i-1";
const WORKER: &str = "arn:aws:iam::111111111111:role/worker";
const BOSS: &str = "arn:aws:iam::111111111111:role/boss";
const BUCKET: &str = "arn:aws:s3:::records";

/// Resources by id: kind and facets; a facet that is `null` was refused.
type Estate = BTreeMap<String, (String, Value)>;

fn put(estate: &mut Estate, id: &str, kind: &str, facets: Value) {
    estate.insert(id.to_owned(), (kind.to_owned(), facets));
}

fn allow(action: &str, resource: &str) -> Value {
    json!({"effect": "Allow", "action": [action], "resource": [resource]})
}

fn document(statements: &[Value]) -> Value {
    json!({"valid": true, "version": "2012-10-17", "statements": statements})
}

fn role(statements: &[Value], trust: Value) -> Value {
    json!({
        "configuration": {},
        "trust": {"document": document(&[trust])},
        "identity_policies": {"items": [{"name": "own", "from": "inline", "document": document(statements)}]},
        "boundary": {"present": false},
    })
}

fn trust(kind: &str, name: &str) -> Value {
    json!({"effect": "Allow", "principal": {kind: [name]}, "action": ["sts:assumerole"]})
}

fn ec2(part: &str, id: &str) -> String {
    format!("arn:aws:ec2:eu-west-1:{HERE}:{part}/{id}")
}

/// An instance on the internet whose role may pass another that is an administrator.
fn instance() -> Estate {
    let mut out = Estate::new();
    put(
        &mut out,
        &format!("arn:aws:iam::{HERE}:root"),
        "aws.account",
        json!({
            "organization_accounts": {"present": true, "items": [{"Id": HERE}]},
            "s3_public_access_block": {"present": false},
        "organization": {"present": false},
        }),
    );
    put(
        &mut out,
        &ec2("subnet", "subnet-1"),
        "aws.ec2.subnet",
        json!({"configuration":
        {"SubnetId": "subnet-1", "VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24"}}),
    );
    put(
        &mut out,
        &ec2("route-table", "rtb-1"),
        "aws.ec2.route_table",
        json!({"configuration": {
        "VpcId": "vpc-1", "Associations": [{"Main": true}],
        "Routes": [{"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"},
                   {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1", "State": "active"}]}}),
    );
    put(
        &mut out,
        &ec2("internet-gateway", "igw-1"),
        "aws.ec2.internet_gateway",
        json!({"configuration": {
        "InternetGatewayId": "igw-1", "Attachments": [{"VpcId": "vpc-1", "State": "available"}]}}),
    );
    put(
        &mut out,
        &ec2("network-acl", "acl-1"),
        "aws.ec2.network_acl",
        json!({"configuration": {
        "Associations": [{"SubnetId": "subnet-1"}],
        "Entries": [
            {"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": false, "CidrBlock": "0.0.0.0/0"},
            {"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": true, "CidrBlock": "0.0.0.0/0"}]}}),
    );
    put(
        &mut out,
        &ec2("security-group", "sg-1"),
        "aws.ec2.security_group",
        json!({
        "configuration": {"GroupId": "sg-1", "IpPermissions": [
            {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]},
        "prefix_lists": {"items": []}}),
    );
    put(
        &mut out,
        INSTANCE,
        "aws.ec2.instance",
        json!({"configuration": {
        "InstanceId": "i-1", "SubnetId": "subnet-1", "VpcId": "vpc-1", "PublicIpAddress": "54.0.0.1",
        "State": {"Name": "running"}, "SecurityGroups": [{"GroupId": "sg-1"}],
        "MetadataOptions": {"HttpTokens": "optional", "HttpEndpoint": "enabled"},
        "IamInstanceProfile": {"Arn": format!("arn:aws:iam::{HERE}:instance-profile/worker")}}}),
    );
    put(
        &mut out,
        &format!("arn:aws:iam::{HERE}:instance-profile/worker"),
        "aws.iam.instance_profile",
        json!({"configuration": {"Roles": [{"Arn": WORKER}]}}),
    );
    put(
        &mut out,
        WORKER,
        "aws.iam.role",
        role(&[allow("iam:passrole", BOSS), allow("lambda:*", "*")], trust("Service", "ec2.amazonaws.com")),
    );
    put(&mut out, BOSS, "aws.iam.role", role(&[allow("*", "*")], trust("Service", "lambda.amazonaws.com")));
    out
}

/// A role that an outsider can assume and that may read a sensitive bucket.
fn outsider() -> Estate {
    let mut out = instance();
    put(
        &mut out,
        WORKER,
        "aws.iam.role",
        role(&[allow("s3:getobject", "arn:aws:s3:::records/*")], trust("AWS", "arn:aws:iam::999999999999:root")),
    );
    put(
        &mut out,
        &format!("{HERE}/eu-west-1"),
        "aws.account_region",
        json!({"resource_tags": {"items": [
        {"ResourceARN": BUCKET, "Tags": [{"Key": "data-class", "Value": "sensitive"}]}]}}),
    );
    put(
        &mut out,
        BUCKET,
        "aws.s3.bucket",
        json!({
        "bucket": {"Name": "records", "BucketRegion": "eu-west-1"}, "public_access_block": {"present": false},
        "policy": {"present": false}, "acl": {"Owner": {"ID": "o"}, "Grants": []}}),
    );
    out
}

fn search(estate: &Estate) -> Found {
    let at = Timestamp::UNIX_EPOCH;
    let observations = estate
        .iter()
        .map(|(id, (kind, facets))| Observation {
            resource: Resource {
                id: ResourceId::new(id.as_str()).unwrap(),
                kind: Kind::new(kind.as_str()),
                name: id.rsplit(['/', ':']).next().unwrap().to_owned(),
                scope: HERE.to_owned(),
            },
            facets: facets
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, value)| {
                    let facet = match value {
                        Value::Null => Facet::missing(FacetStatus::Denied, "refused", at),
                        value => Facet::collected(value.clone(), at),
                    };
                    (name.clone(), facet)
                })
                .collect(),
        })
        .collect();
    let snapshots = [Snapshot {
        target: format!("arn:aws:iam::{HERE}:root"),
        started: at,
        finished: at,
        observations,
        edges: Vec::new(),
        listings: Vec::new(),
    }];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/paths");
    let files: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
        .collect();
    let (patterns, errors) = patterns(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    assert_eq!(errors, [], "the built-in patterns are sound");
    find(&graph(&snapshots, &Permissions::of(&snapshots)), &patterns)
}

/// A change, as resource, facet and pointer with the new value; an empty facet takes the resource away.
type Change<'a> = (&'a str, &'a str, &'a str, Value);

fn changed(mut estate: Estate, changes: &[Change<'_>]) -> Estate {
    for (id, facet, pointer, value) in changes {
        if facet.is_empty() {
            estate.remove(*id).unwrap();
            continue;
        }
        let facets = &mut estate.get_mut(*id).unwrap_or_else(|| panic!("{id}")).1;
        *facets[*facet].pointer_mut(pointer).unwrap_or_else(|| panic!("{id} {facet} {pointer}")) = value.clone();
    }
    estate
}

fn certainty(found: &Found, pattern: &str) -> Option<Certainty> {
    let of: Vec<_> = found.paths.iter().filter(|path| path.pattern == pattern).collect();
    assert!(of.len() < 2, "{pattern}: a path twice: {:?}", of.iter().map(|path| &path.steps).collect::<Vec<_>>());
    of.first().map(|path| path.certainty)
}

#[test]
fn the_way_over_an_instance_holds_and_breaks() {
    const CONFIG: &str = "configuration";
    let (group, table, acl) = (ec2("security-group", "sg-1"), ec2("route-table", "rtb-1"), ec2("network-acl", "acl-1"));
    let gateway = ec2("internet-gateway", "igw-1");
    let rule = "/IpPermissions/0/IpRanges/0/CidrIp";
    let own = "/items/0/document/statements";
    let (sure, unknown) = (Some(Certainty::Certain), Some(Certainty::Unknown));
    let halves = json!([{"CidrIp": "0.0.0.0/1"}, {"CidrIp": "128.0.0.0/1"}]);
    let deny = json!([allow("iam:passrole", BOSS), allow("lambda:*", "*"),
                      {"effect": "Deny", "action": ["iam:passrole"], "resource": ["*"]}]);
    let refuses = json!([
        {"RuleNumber": 90, "Protocol": "6", "RuleAction": "deny", "Egress": false, "CidrBlock": "0.0.0.0/0",
         "PortRange": {"From": 22, "To": 22}},
        {"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": false, "CidrBlock": "0.0.0.0/0"},
        {"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": true, "CidrBlock": "0.0.0.0/0"}]);
    let mute = json!([{"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": false, "CidrBlock": "0.0.0.0/0"}]);
    let boundary = json!({"present": true, "arn": "arn:b", "document": document(&[allow("s3:*", "*")])});
    let private = json!([{"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "active"}]);
    let cases: Vec<(Vec<Change<'_>>, Option<Certainty>, &str)> = vec![
        (vec![], sure, "as it is"),
        (vec![(&group, CONFIG, rule, json!("10.0.0.0/8"))], None, "the group is shut"),
        (vec![(&group, CONFIG, "/IpPermissions/0/IpRanges", halves)], sure, "two halves are the internet"),
        (vec![(&table, CONFIG, "/Routes", private)], None, "no route to an internet gateway"),
        (vec![(&gateway, CONFIG, "/Attachments", json!([]))], None, "the gateway is attached to nothing"),
        (vec![(&acl, CONFIG, "/Entries", refuses)], None, "an earlier entry of the ACL refuses"),
        (vec![(&acl, CONFIG, "/Entries", mute)], None, "the ACL lets no answer out"),
        (vec![(INSTANCE, CONFIG, "/PublicIpAddress", json!(""))], None, "no public address"),
        (vec![(INSTANCE, CONFIG, "/State/Name", json!("stopped"))], None, "it does not run"),
        (vec![(INSTANCE, CONFIG, "/MetadataOptions/HttpTokens", json!("required"))], None, "IMDSv2 alone"),
        (vec![(WORKER, "identity_policies", own, deny)], None, "an explicit refusal"),
        (vec![(WORKER, "boundary", "", boundary)], None, "the boundary has no such right"),
        (
            vec![(BOSS, "trust", "/document/statements/0/principal/Service/0", json!("ec2.amazonaws.com"))],
            None,
            "the role does not trust functions",
        ),
        (vec![(&group, CONFIG, "", Value::Null)], unknown, "the group was refused"),
        (vec![(&table, "", "", Value::Null)], unknown, "no route table was listed"),
        (vec![(&acl, "", "", Value::Null)], unknown, "no ACL was listed"),
        (vec![(&gateway, "", "", Value::Null)], unknown, "no gateway was listed"),
        (vec![(WORKER, "identity_policies", "", Value::Null)], unknown, "the role's policies were refused"),
        (vec![(BOSS, "identity_policies", "", Value::Null)], unknown, "the other's were"),
    ];
    for (changes, want, why) in cases {
        let found = search(&changed(instance(), &changes));
        assert_eq!(certainty(&found, "internet-instance-passrole-admin"), want, "{why}");
    }
    let found = search(&instance());
    let path = &found.paths[0];
    assert_eq!(path.steps, ["internet", INSTANCE, WORKER, BOSS]);
    assert_eq!(path.hops[0].fact.ports, ["tcp/22"]);
    assert!(path.hops[0].fact.hops.contains(&group), "the group is on the way");
    assert!(!path.breaks.is_empty() && path.story.len() == 4, "{:?}", path.story);
}

#[test]
fn the_way_of_an_outsider_holds_and_breaks() {
    let statement = "/document/statements/0";
    let with = |condition: Value| {
        let mut trust = trust("AWS", "arn:aws:iam::999999999999:root");
        trust["condition"] = condition;
        trust
    };
    let denies = json!({"present": true, "Policy": document(&[json!({"effect": "Deny",
        "principal": {"AWS": [WORKER]}, "action": ["s3:*"], "resource": [BUCKET, format!("{BUCKET}/*")]})])});
    let account = format!("arn:aws:iam::{HERE}:root");
    let region = format!("{HERE}/eu-west-1");
    let cases: Vec<(Vec<Change<'_>>, Option<Certainty>, &str)> = vec![
        (vec![], Some(Certainty::Certain), "as it is"),
        (
            vec![(
                WORKER,
                "trust",
                statement,
                with(json!([{"operator": "stringequals", "key": "sts:externalid",
               "values": ["x"]}])),
            )],
            None,
            "an external id",
        ),
        (
            vec![(
                WORKER,
                "trust",
                statement,
                with(json!([{"operator": "stringequals", "key": "aws:principalorgid",
               "values": ["o-1"]}])),
            )],
            None,
            "of another organisation",
        ),
        (
            vec![(
                WORKER,
                "trust",
                statement,
                with(json!([{"operator": "stringlike", "key": "sts:rolesessionname",
               "values": ["x*"]}])),
            )],
            Some(Certainty::Conditional),
            "a condition that the outsider may meet",
        ),
        (vec![(BUCKET, "policy", "", denies)], None, "the bucket refuses the role"),
        (vec![(&account, "organization_accounts", "/items", json!([{"Id": "999999999999"}]))], None, "it is ours"),
        (vec![(&account, "organization_accounts", "", Value::Null)], Some(Certainty::Unknown), "it may be ours"),
        (vec![(BUCKET, "policy", "", Value::Null)], Some(Certainty::Unknown), "the bucket's policy was refused"),
        (vec![(&region, "resource_tags", "", Value::Null)], Some(Certainty::Unknown), "its tags were refused"),
        (vec![(&region, "resource_tags", "/items", json!([]))], None, "it is not sensitive"),
    ];
    for (changes, want, why) in cases {
        let found = search(&changed(outsider(), &changes));
        assert_eq!(certainty(&found, "external-trust-sensitive-bucket"), want, "{why}");
    }
}
