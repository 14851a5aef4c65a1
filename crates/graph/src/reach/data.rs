//! Data that lies open: buckets, snapshots, databases.
use serde_json::{Value, json};

use super::{Family, World, caveats, exposed, ports_text, stranger};
use crate::{
    csr::{Builder, Caveat, Fact, INTERNET, Relation},
    inventory::{Read, account_of, arn_field, facet, list, text},
    permission::Question,
};

/// Groups of S3's ACLs that are everybody.
const EVERYBODY: [&str; 2] =
    ["http://acs.amazonaws.com/groups/global/AllUsers", "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"];
/// What a stranger might do with a bucket, the plainest first; whether on its objects.
const BUCKET_ACTIONS: [(&str, bool); 6] = [
    ("s3:GetObject", true),
    ("s3:ListBucket", false),
    ("s3:GetObjectVersion", true),
    ("s3:PutBucketPolicy", false),
    ("s3:PutBucketAcl", false),
    ("s3:PutObject", true),
];

/// Buckets that anybody can use by policy or ACL, where neither public access block is in the way (S3 User Guide,
/// "Blocking public access").
pub(super) fn buckets(world: &World<'_>, builder: &mut Builder) {
    for one in world.inventory.of_kind("aws.s3.bucket") {
        let (id, name) = (one.resource.id.as_str(), one.resource.name.as_str());
        builder.node(id, "aws.s3.bucket", name);
        let account = one.resource.scope.split('/').next().unwrap_or_default();
        let root = format!("arn:{}:iam::{account}:root", arn_field(id, 1));
        let blocks = [
            facet(one, "public_access_block"),
            match world.inventory.get(&root) {
                Some(account) => facet(account, "s3_public_access_block"),
                None => Read::Unread(format!("account {account} was not read")),
            },
        ];
        let by_policy = blocked(&blocks, "RestrictPublicBuckets").and_then(|doubts| {
            let context = stranger();
            BUCKET_ACTIONS
                .iter()
                .filter_map(|(action, objects)| {
                    let resource = if *objects { format!("{id}/*") } else { id.to_owned() };
                    let question = Question { principal: "*", action, resource: &resource, context: &context };
                    let answer = world.permissions.ask(&question);
                    let mut all = doubts.clone();
                    all.extend(caveats(&answer)?);
                    Some((*action, all, answer.to_value()))
                })
                .min_by_key(|(_, caveats, _)| caveats.len())
        });
        let by_acl = blocked(&blocks, "IgnorePublicAcls").and_then(|mut doubts| {
            let grants: Vec<&Value> = match facet(one, "acl") {
                Read::Value(acl) => list(acl, "/Grants")
                    .iter()
                    .filter(|grant| text(grant, "/Grantee/URI").is_some_and(|uri| EVERYBODY.contains(&uri)))
                    .collect(),
                Read::None => return None,
                Read::Unread(why) => {
                    doubts.push(Caveat::unread(why));
                    return Some(("its ACL", doubts, Value::Null));
                }
            };
            (!grants.is_empty()).then(|| ("its ACL", doubts, json!({"grants": grants})))
        });
        let Some((how, caveats, evidence)) =
            [by_policy, by_acl].into_iter().flatten().min_by_key(|(_, caveats, _)| caveats.len())
        else {
            continue;
        };
        let mut fact = Fact::new(format!("anybody can use bucket {name} ({how})"), evidence);
        fact.caveats = caveats;
        fact.ports.push("tcp/443".into());
        fact.breaks
            .push(format!("switch on all four settings of the public access block of {name}, or of account {account}"));
        fact.breaks.push(format!("take everybody out of the policy and the ACL of {name}"));
        builder.edge(INTERNET, Relation::CanRead, id, fact);
    }
}

/// What is doubtful about the blocks' setting; none where one of them has it on.
fn blocked(blocks: &[Read<'_>], setting: &str) -> Option<Vec<Caveat>> {
    let mut doubts = Vec::new();
    for block in blocks {
        match block {
            Read::Value(block) if block.get(setting).and_then(Value::as_bool) == Some(true) => return None,
            Read::Value(_) | Read::None => {}
            Read::Unread(why) => doubts.push(Caveat::unread(why.clone())),
        }
    }
    Some(doubts)
}

/// Snapshots that every account may restore.
pub(super) fn snapshots(world: &World<'_>, builder: &mut Builder) {
    for (kind, name, pointer) in [
        ("aws.ec2.snapshot", "create_volume_permissions", "/CreateVolumePermissions"),
        ("aws.rds.snapshot", "attributes", "/DBSnapshotAttributes"),
        ("aws.rds.cluster_snapshot", "attributes", "/DBClusterSnapshotAttributes"),
    ] {
        for one in world.inventory.of_kind(kind) {
            let id = one.resource.id.as_str();
            builder.node(id, kind, &one.resource.name);
            let mut fact =
                Fact::new(format!("every account of AWS can restore snapshot {}", one.resource.name), Value::Null);
            match facet(one, name) {
                Read::Value(value) if is_shared_with_all(list(value, pointer)) => fact.evidence = value.clone(),
                Read::Value(_) | Read::None => continue,
                Read::Unread(why) => {
                    fact.sentence = format!("snapshot {} may be shared with everybody", one.resource.name);
                    fact.caveats.push(Caveat::unread(why));
                }
            }
            if kind == "aws.ec2.snapshot" {
                // `block-all-sharing` takes back what was shared before; the other mode stops new sharing alone.
                let region = format!("{}/{}", account_of(id).unwrap_or_default(), arn_field(id, 3));
                let block = world.inventory.get(&region).map(|region| facet(region, "snapshot_public_access"));
                if let Some(Read::Value(block)) = block
                    && text(block, "/State") == Some("block-all-sharing")
                {
                    continue;
                }
            }
            fact.breaks.push(format!("take `all` out of the accounts that may restore {}", one.resource.name));
            builder.edge(INTERNET, Relation::CanRead, id, fact);
        }
    }
}

fn is_shared_with_all(permissions: &[Value]) -> bool {
    permissions.iter().any(|one| {
        text(one, "/Group") == Some("all")
            || text(one, "/AttributeName") == Some("restore")
                && list(one, "/AttributeValues").iter().any(|value| value.as_str() == Some("all"))
    })
}

/// Databases with a public address whose port the internet reaches.
pub(super) fn databases(world: &World<'_>, builder: &mut Builder) {
    for one in world.inventory.of_kind("aws.rds.instance") {
        let (id, name) = (one.resource.id.as_str(), one.resource.name.as_str());
        builder.node(id, "aws.rds.instance", name);
        let database = match facet(one, "configuration") {
            Read::Value(database) => database,
            Read::None => continue,
            Read::Unread(why) => {
                let mut fact = Fact::new(format!("the internet may reach database {name}"), Value::Null);
                fact.caveats.push(Caveat::unread(why));
                builder.edge(INTERNET, Relation::Reaches, id, fact);
                continue;
            }
        };
        if database.get("PubliclyAccessible").and_then(Value::as_bool) != Some(true) {
            continue;
        }
        let port = database.pointer("/Endpoint/Port").and_then(Value::as_u64).and_then(|port| u16::try_from(port).ok());
        let groups: Vec<&str> = list(database, "/VpcSecurityGroups")
            .iter()
            .filter_map(|group| text(group, "/VpcSecurityGroupId"))
            .collect();
        let mut subnets: Vec<&str> = list(database, "/DBSubnetGroup/Subnets")
            .iter()
            .filter_map(|subnet| text(subnet, "/SubnetIdentifier"))
            .collect();
        // It stands in a subnet of its own zone.
        let zone = text(database, "/AvailabilityZone");
        let of_zone = |subnet: &&&str| {
            let known = world.network.subnet(subnet).and_then(|subnet| text(subnet, "/AvailabilityZone"));
            zone.is_some() && known == zone
        };
        let here: Vec<&str> = subnets.iter().filter(of_zone).copied().collect();
        if !here.is_empty() {
            subnets = here;
        }
        let all = subnets.len();
        let mut ways: Vec<_> = subnets
            .iter()
            .filter_map(|subnet| {
                world.network.exposure(subnet, Some(&groups), port.map(|port| (port, port)), &[Family::V4])
            })
            .collect();
        let open = ways.len();
        ways.sort_by_key(|way| way.caveats.len());
        let Some(mut way) = ways.into_iter().next() else { continue };
        if open < all {
            way.caveats.push(Caveat::when(format!("it stands in one of {open} of its {all} subnets")));
        }
        let sentence = format!("the internet reaches database {name} on {}", ports_text(&way.ports));
        let breaks = vec![
            format!("set PubliclyAccessible of {name} to false"),
            format!("close the rules of its security groups that let the internet in to {name}"),
        ];
        builder.edge(INTERNET, Relation::Reaches, id, exposed(sentence, way, breaks));
    }
}
