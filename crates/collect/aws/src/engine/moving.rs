//! Facets that change without a management event: CloudTrail proves nothing of them, so they are read each time.

/// Kind and facet, `*` for all of a kind, its list too. Where a facet is named, what there is of its kind is proven all
/// the same: a list that was empty and that no event touched is empty.
const MOVING: &[(&str, &str)] = &[
    // Tags are written by each service's own calls as well.
    ("aws.account_region", "resource_tags"),
    // What a plan has backed up once joins its list by itself.
    ("aws.account_region", "backup_protected"),
    // Renewed and validated by ACM itself.
    ("aws.acm.certificate", "certificate"),
    // Agents report these.
    ("aws.ssm.managed_instance", "*"),
    // Deliveries fail and work again.
    ("aws.cloudtrail.trail", "status"),
    ("aws.account", "foreign_trails_status"),
    ("aws.account_region", "config_recorder_status"),
    // Findings.
    ("aws.guardduty.detector", "*"),
    ("aws.accessanalyzer.analyzer", "*"),
    // An organisation's administrator sets these from another account, and others' trails and alarms see this one.
    ("aws.account", "trails"),
    ("aws.account", "foreign_trails"),
    ("aws.account_region", "guardduty_detectors"),
    ("aws.account_region", "inspector"),
    ("aws.account_region", "macie"),
    ("aws.account_region", "securityhub"),
    ("aws.account_region", "securityhub_standards"),
    // Events of an organisation stand in the trail of its management account.
    ("aws.account", "organization"),
    ("aws.account", "organization_accounts"),
    ("aws.organizations.account", "*"),
    ("aws.organizations.root", "*"),
    ("aws.organizations.service_control_policy", "*"),
    ("aws.organizations.resource_control_policy", "*"),
    // Of the organisation as well: set in its management account.
    ("aws.account", "organization_features"),
    // Times of last use, and policies of AWS, which AWS changes.
    ("aws.account", "root_credentials"),
    ("aws.account", "aws_policies"),
    ("aws.iam.user", "credentials"),
    ("aws.iam.user", "identity_policies"),
    ("aws.iam.group", "identity_policies"),
    ("aws.iam.role", "identity_policies"),
    ("aws.iam.role", "last_used"),
    // They stop when their system does, or when AWS takes a spot back.
    ("aws.ec2.instance", "configuration"),
];

/// Whether a facet changes by itself; `facet` empty asks for the list of the kind.
pub(super) fn moves(kind: &str, facet: &str) -> bool {
    MOVING.iter().any(|(of, what)| *of == kind && (*what == "*" || (!facet.is_empty() && *what == facet)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_is_of_a_kind_and_facet_that_are_read() {
        let shapes = crate::shapes();
        for (kind, facet) in MOVING {
            let facets = shapes.get(*kind).unwrap_or_else(|| panic!("nothing reads {kind}"));
            assert!(*facet == "*" || facets.contains_key(*facet), "{kind} has no {facet}");
            assert!(moves(kind, facet) || *facet == "*");
        }
        assert!(moves("aws.guardduty.detector", ""), "all of it, its list too");
        assert!(!moves("aws.ec2.instance", ""), "one facet of it alone");
        assert!(!moves("aws.s3.bucket", "policy"));
    }
}
