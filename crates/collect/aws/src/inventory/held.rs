//! Which facets an item of AWS Config holds whole, or that are made from it alone. Lists over all resources of an account are not among them: the file
//! may leave some out.

/// Kind and its facets.
const HELD: &[(&str, &[&str])] = &[
    ("aws.cloudtrail.trail", &["trail", "status", "selectors"]),
    ("aws.ec2.address", &["configuration"]),
    ("aws.ec2.default_security_group", &["configuration", "prefix_lists", "egress_prefix_lists"]),
    ("aws.ec2.instance", &["configuration"]),
    ("aws.ec2.internet_gateway", &["configuration"]),
    ("aws.ec2.network_acl", &["configuration"]),
    ("aws.ec2.network_interface", &["configuration"]),
    ("aws.ec2.route_table", &["configuration"]),
    ("aws.ec2.security_group", &["configuration", "prefix_lists", "egress_prefix_lists"]),
    ("aws.ec2.subnet", &["configuration"]),
    ("aws.ec2.volume", &["configuration"]),
    ("aws.ec2.vpc", &["configuration"]),
    ("aws.iam.group", &["configuration", "identity_policies"]),
    ("aws.iam.policy", &["configuration", "document"]),
    ("aws.iam.role", &["configuration", "trust", "identity_policies", "boundary"]),
    ("aws.iam.user", &["configuration", "groups", "identity_policies", "boundary"]),
    ("aws.kms.key", &["key", "rotation", "policy", "tags"]),
    ("aws.lambda.function", &["configuration", "policy"]),
    ("aws.rds.cluster", &["configuration"]),
    ("aws.rds.instance", &["configuration"]),
    ("aws.s3.bucket", &["bucket", "public_access_block", "policy", "versioning", "encryption", "logging", "tags"]),
];

/// Whether the facet of this kind is held.
pub(super) fn is_held(kind: &str, facet: &str) -> bool {
    HELD.iter().any(|(of, facets)| *of == kind && facets.contains(&facet))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_is_of_a_kind_and_facet_that_are_read() {
        let shapes = crate::shapes();
        for (kind, facets) in HELD {
            let known = shapes.get(*kind).unwrap_or_else(|| panic!("nothing reads {kind}"));
            for facet in *facets {
                assert!(known.contains_key(*facet), "{kind} has no {facet}");
                assert!(is_held(kind, facet));
            }
        }
        assert!(!is_held("aws.ec2.security_group", "in_use"), "that is said of all interfaces");
    }
}
