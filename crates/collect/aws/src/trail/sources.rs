//! What an event source is to us: a service of the tables, another name of one, or one that touches none of them.
use crate::{service::SERVICES, table::Service};

/// What events of a source may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Resources of the services with this `event_source`.
    Own(&'static str),
    /// Resources of any service, which it names by ARNs.
    Any,
    /// Nothing that is read: it has its own resources only, or acts on others' by their own events.
    Apart,
    /// Nobody knows: all of the event's region is read.
    Unknown,
}

/// Names under which events of a service come beside its own: by *CloudTrail supported services* these APIs change
/// resources of the other.
const ALIASES: &[(&str, &str)] = &[
    ("ebs", "ec2"),                  // StartSnapshot makes a snapshot
    ("ec2-instance-connect", "ec2"), // endpoints and keys of instances
    ("opensearch", "es"),
    ("opensearchservice", "es"),
    ("cloudwatch", "monitoring"),
    ("email", "ses"),
    ("s3control", "s3"),
    ("s3express", "s3"),
    ("s3-outposts", "s3"),
    ("efs", "elasticfilesystem"),
    ("schemas", "events"),
    ("scheduler", "events"),
    ("waf", "wafv2"),
    ("waf-regional", "wafv2"),
    ("ecr-public", "ecr"),
    ("rdsdata", "rds"),
    ("rds-data", "rds"),
    ("ssm-guiconnect", "ssm"),
    ("backup-storage", "backup"),
    ("inspector", "inspector2"),
    ("macie", "macie2"),
    ("fms", "wafv2"),
    ("ram", "ec2"), // shares subnets, which then show in other accounts
];

/// Sources that hold nothing of the tables (one that gets a table is that table's, whatever stands here). What they do to resources of others (CloudFormation makes a bucket) is an
/// event of those others as well, with `invokedBy`; sign-ins and sessions change nothing that is read.
const APART: &[&str] = &[
    "aiops",
    "airflow",
    "amplify",
    "amplifybackend",
    "app-integrations",
    "appconfig",
    "appflow",
    "application-autoscaling",
    "application-insights",
    "application-signals",
    "appmesh",
    "apprunner",
    "appstream",
    "appsync",
    "artifact",
    "auditmanager",
    "autoscaling-plans",
    "b2bi",
    "batch",
    "bcm-data-exports",
    "bedrock",
    "bedrock-agentcore",
    "billing",
    "billingconsole",
    "braket",
    "budgets",
    "cassandra",
    "ce",
    "chatbot",
    "chime",
    "cleanrooms",
    "cloud9",
    "cloudcontrolapi",
    "cloudformation",
    "cloudhsm",
    "cloudsearch",
    "cloudshell",
    "codeartifact",
    "codecatalyst",
    "codecommit",
    "codeconnections",
    "codedeploy",
    "codeguru-profiler",
    "codeguru-reviewer",
    "codeguru-security",
    "codepipeline",
    "codestar",
    "codestar-connections",
    "codestar-notifications",
    "codewhisperer",
    "cognito-sync",
    "comprehend",
    "compute-optimizer",
    "connect",
    "consoleapp",
    "controlcatalog",
    "controltower",
    "cost-optimization-hub",
    "cur",
    "customer-verification",
    "databrew",
    "dataexchange",
    "datapipeline",
    "datasync",
    "datazone",
    "dax",
    "deadline",
    "detective",
    "devicefarm",
    "devops-guru",
    "directconnect",
    "discovery",
    "dlm",
    "dms",
    "drs",
    "ds",
    "ec2messages",
    "elasticbeanstalk",
    "elasticmapreduce",
    "elastictranscoder",
    "emr-containers",
    "emr-serverless",
    "entityresolution",
    "evidently",
    "finspace",
    "firehose",
    "fis",
    "forecast",
    "frauddetector",
    "freetier",
    "gamelift",
    "geo",
    "glacier",
    "globalaccelerator",
    "grafana",
    "greengrass",
    "groundstation",
    "health",
    "identitystore",
    "imagebuilder",
    "internetmonitor",
    "invoicing",
    "iot",
    "iotanalytics",
    "iotevents",
    "iotfleetwise",
    "iotsitewise",
    "iottwinmaker",
    "iotwireless",
    "ivs",
    "kendra",
    "kinesis",
    "kinesisanalytics",
    "kinesisvideo",
    "lakeformation",
    "launchwizard",
    "lex",
    "license-manager",
    "lightsail",
    "location",
    "logs-anomaly",
    "lookoutequipment",
    "lookoutmetrics",
    "lookoutvision",
    "m2",
    "managedblockchain",
    "marketplace",
    "mediaconnect",
    "mediaconvert",
    "medialive",
    "mediapackage",
    "mediastore",
    "mediatailor",
    "memorydb",
    "mgh",
    "mgn",
    "migrationhub-strategy",
    "mobiletargeting",
    "mq",
    "neptune-graph",
    "network-firewall",
    "networkmanager",
    "networkmonitor",
    "notifications",
    "notifications-contacts",
    "oam",
    "observabilityadmin",
    "omics",
    "osis",
    "outposts",
    "panorama",
    "payment-cryptography",
    "payments",
    "pca-connector-ad",
    "personalize",
    "pipes",
    "polly",
    "pricing",
    "private-networks",
    "profile",
    "proton",
    "q",
    "qapps",
    "qbusiness",
    "qldb",
    "quicksight",
    "rbin",
    "redshift-data",
    "redshift-serverless",
    "refactor-spaces",
    "rekognition",
    "resiliencehub",
    "resource-explorer-2",
    "resource-groups",
    "robomaker",
    "route53-recovery-control-config",
    "route53-recovery-readiness",
    "route53domains",
    "route53profiles",
    "route53resolver",
    "rolesanywhere",
    "rum",
    "sagemaker-geospatial",
    "savingsplans",
    "sdb",
    "securitylake",
    "serverlessrepo",
    "servicecatalog",
    "servicediscovery",
    "servicequotas",
    "ses",
    "signer",
    "signin",
    "simspaceweaver",
    "sms-voice",
    "snowball",
    "social-messaging",
    "ssmmessages",
    "ssm-contacts",
    "ssm-incidents",
    "ssm-quicksetup",
    "ssm-sap",
    "sso",
    "sso-directory",
    "sso-oauth",
    "storagegateway",
    "sts",
    "support",
    "supportapp",
    "supportplans",
    "swf",
    "synthetics",
    "tax",
    "textract",
    "timestream",
    "tnb",
    "transcribe",
    "transfer",
    "translate",
    "trustedadvisor",
    "user-subscriptions",
    "verifiedpermissions",
    "voiceid",
    "vpc-lattice",
    "wellarchitected",
    "wisdom",
    "workdocs",
    "workmail",
    "workspaces",
    "workspaces-web",
    "xray",
];

/// What `eventSource` (without its domain, in lower case) is to us.
pub(crate) fn origin(event_source: &str) -> Origin {
    // It writes the tags of others' resources; that the tables read them by it as well changes nothing of that.
    if event_source == "tagging" {
        return Origin::Any;
    }
    let own = |name: &str| SERVICES.iter().map(|service| service.event_source).find(|one| *one == name);
    if let Some(found) = own(event_source) {
        return Origin::Own(found);
    }
    if let Some((_, other)) = ALIASES.iter().find(|(name, _)| *name == event_source) {
        return own(other).map_or(Origin::Apart, Origin::Own);
    }
    if APART.contains(&event_source) { Origin::Apart } else { Origin::Unknown }
}

/// The service in whose name the ARN of a resource is made.
pub(crate) fn service_of_arn(arn: &str) -> Option<(&'static Service, &str)> {
    let mut parts = arn.splitn(6, ':');
    let (name, region) = (parts.nth(2)?, parts.next()?);
    SERVICES.iter().find(|service| service.name == name).map(|service| (*service, region))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_source_has_one_meaning() {
        for (name, want) in [
            ("s3", Origin::Own("s3")),
            ("ebs", Origin::Own("ec2")),
            ("tagging", Origin::Any),
            ("sts", Origin::Apart),
            ("cloudformation", Origin::Apart),
            ("quantumfoo", Origin::Unknown),
            ("", Origin::Unknown),
        ] {
            assert_eq!(origin(name), want, "{name}");
        }
        let mut seen = BTreeSet::new();
        for name in APART.iter().chain(ALIASES.iter().map(|(name, _)| name)) {
            assert!(seen.insert(*name), "{name} stands there twice");
        }
    }
}
