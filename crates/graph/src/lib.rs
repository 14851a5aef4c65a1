//! The estate graph: who can do what, what can be reached, which chains lead to what is of value. Start at [`graph`] and
//! [`find`]; [`Permissions`] answers single questions.
//!
//! **Invariant:** no I/O, no clock; it reads snapshots that the store gives.
//! **Invariant:** what was not read makes an answer depend on it, by name; it never makes it a "no".
mod csr;
mod identity;
mod inventory;
mod path;
mod pattern;
pub mod permission;
mod picture;
mod reach;
mod value;

use casemate_estate::Snapshot;

pub use csr::{Caveat, Certainty, Edge, Fact, Graph, INTERNET, Known, Node, Relation, Trait};
pub use path::{Found, Hop, Path, find, risk};
pub use pattern::{NodeFilter, Pattern, PatternError, Severity, Step, Times, load as patterns};
pub use permission::Permissions;
pub use picture::{dot, mermaid, svg};
pub use reach::Family;

/// Facets that the evaluator of permissions reads, by kind.
pub const PERMISSION_FACETS: &[(&str, &[&str])] = permission::FACETS;

/// Facets that the graph reads, by kind, beyond those of [`PERMISSION_FACETS`]: a scan that is to answer questions of the
/// graph must read them. Most cost nothing, being parts of lists that checks ask for as well.
pub const FACETS: &[(&str, &[&str])] = &[
    ("aws.account", &["organization_accounts", "s3_public_access_block"]),
    ("aws.account_region", &["resource_tags"]),
    ("aws.apigateway.rest_api", &["configuration", "methods"]),
    ("aws.apigateway.stage", &["configuration"]),
    ("aws.dynamodb.table", &[]),
    ("aws.ec2.default_security_group", &["configuration", "prefix_lists"]),
    ("aws.ec2.instance", &["configuration"]),
    ("aws.ec2.internet_gateway", &["configuration"]),
    ("aws.ec2.network_acl", &["configuration"]),
    ("aws.ec2.route_table", &["configuration"]),
    ("aws.ec2.security_group", &["configuration", "prefix_lists"]),
    ("aws.ec2.snapshot", &["configuration", "create_volume_permissions"]),
    ("aws.ec2.subnet", &["configuration"]),
    ("aws.ecs.service", &["configuration"]),
    ("aws.ecs.task_definition", &["configuration"]),
    ("aws.elbv2.listener", &["configuration"]),
    ("aws.elbv2.load_balancer", &["configuration"]),
    ("aws.elbv2.target_group", &["configuration"]),
    ("aws.iam.instance_profile", &["configuration"]),
    ("aws.iam.role", &["configuration", "trust", "identity_policies", "boundary"]),
    ("aws.iam.user", &["configuration", "identity_policies", "boundary", "login_profile", "mfa_devices"]),
    ("aws.lambda.function", &["configuration", "policy", "url"]),
    ("aws.rds.cluster_snapshot", &["configuration", "attributes"]),
    ("aws.rds.instance", &["configuration"]),
    ("aws.rds.snapshot", &["configuration", "attributes"]),
    ("aws.s3.bucket", &["bucket", "public_access_block", "policy", "acl"]),
    ("aws.secretsmanager.secret", &["secret", "policy"]),
];

/// Builds the graph of an estate: `snapshots` are the latest of each target (`Store::snapshot_latest`), `permissions` are
/// made of the same.
#[must_use]
pub fn graph(snapshots: &[Snapshot], permissions: &Permissions) -> Graph {
    let inventory = inventory::Inventory::of(snapshots);
    let world = reach::World::of(&inventory, permissions);
    let mut builder = csr::Builder::default();
    value::mark(&inventory, &mut builder);
    reach::add(&world, &mut builder);
    identity::add(&world, &mut builder);
    builder.pack()
}
