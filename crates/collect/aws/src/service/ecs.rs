//! Amazon Elastic Container Service.
use casemate_estate::EdgeKind;

use serde_json::{Value, json};

use crate::{
    table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service, Subject},
    template,
};

pub(crate) const ECS: Service = Service {
    name: "ecs",
    endpoint: "ecs",
    event_source: "ecs",
    protocol: Protocol::Json { target: "AmazonEC2ContainerServiceV20141113", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[CLUSTER, SERVICE, TASK_DEFINITION],
};

const CLUSTER: Kind = Kind::new(
    "aws.ecs.cluster",
    Call::new("ListClusters", "ecs:ListClusters")
        .token("nextToken")
        .at("clusterArns")
        .shape("nextToken clusterArns:[text]"),
    "{}",
    "{|last}",
)
.facets(&[Facet {
    name: "configuration",
    from: From::Batch {
        call: Call::new("DescribeClusters", "ecs:DescribeClusters")
            .params(&[("include", r#"=["SETTINGS","CONFIGURATIONS"]"#)])
            .at("clusters")
            .shape(
                "clusters:[{clusterArn clusterName configuration:{executeCommandConfiguration:{kmsKeyId logging \
                 logConfiguration:{cloudWatchLogGroupName cloudWatchEncryptionEnabled:bool s3BucketName \
                 s3EncryptionEnabled:bool s3KeyPrefix}} managedStorageConfiguration:{kmsKeyId \
                 fargateEphemeralStorageKmsKeyId}} settings:[{name value}] capacityProviders:[text] \
                 serviceConnectDefaults:{namespace} status:drop registeredContainerInstancesCount:drop \
                 runningTasksCount:drop pendingTasksCount:drop activeServicesCount:drop statistics:drop \
                 attachments:drop attachmentsStatus:drop}] failures:drop",
            ),
        param: "clusters",
        key: "{}",
        answer: "clusterArn",
        size: 100,
    },
}])
.links(&[
    Link::new(
        EdgeKind::Uses,
        "configuration.configuration.executeCommandConfiguration.kmsKeyId",
        "arn:{.partition}:kms:{.region}:{.account}:key/{|last}",
    ),
    Link::new(
        EdgeKind::Uses,
        "configuration.configuration.managedStorageConfiguration.kmsKeyId",
        "arn:{.partition}:kms:{.region}:{.account}:key/{|last}",
    ),
]);

const SERVICE: Kind = Kind::new(
    "aws.ecs.service",
    Call::new("ListServices", "ecs:ListServices")
        .params(&[("cluster", "{^}"), ("maxResults", "=100")])
        .token("nextToken")
        .at("serviceArns")
        .shape("nextToken serviceArns:[text]")
        .gone(&["ClusterNotFoundException"]),
    "{}",
    "{|last}",
)
.parent("aws.ecs.cluster")
.facets(&[Facet {
    name: "configuration",
    from: From::Batch {
        call: Call::new("DescribeServices", "ecs:DescribeServices")
            .params(&[("cluster", "{^}")])
            .at("services")
            // Deployments, events, task sets and counts are the service's work of the moment.
            .shape(
                "services:[{serviceArn serviceName clusterArn loadBalancers:[{targetGroupArn loadBalancerName \
                 containerName containerPort:int}] launchType platformVersion platformFamily taskDefinition roleArn \
                 networkConfiguration:{awsvpcConfiguration:{subnets:[text] securityGroups:[text] assignPublicIp}} \
                 deploymentConfiguration:{deploymentCircuitBreaker:{enable:bool rollback:bool}} \
                 capacityProviderStrategy:[{capacityProvider weight:int base:int}] schedulingStrategy \
                 deploymentController:{type} propagateTags enableExecuteCommand:bool enableECSManagedTags:bool \
                 healthCheckGracePeriodSeconds:int status:drop desiredCount:drop runningCount:drop pendingCount:drop \
                 taskSets:drop deployments:drop events:drop createdAt:drop createdBy:drop \
                 currentServiceDeployment:drop currentServiceRevisions:drop}] failures:drop",
            ),
        param: "services",
        key: "{}",
        answer: "serviceArn",
        size: 10,
    },
}])
.links(&[
    Link::new(EdgeKind::Uses, "configuration.taskDefinition", "{}"),
    Link::new(EdgeKind::RoutesTo, "configuration.loadBalancers[].targetGroupArn", "{}").reversed(),
    Link::new(
        EdgeKind::Uses,
        "configuration.networkConfiguration.awsvpcConfiguration.subnets[]",
        "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}",
    ),
    Link::new(
        EdgeKind::Uses,
        "configuration.networkConfiguration.awsvpcConfiguration.securityGroups[]",
        "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
    ),
]);

const TASK_DEFINITION: Kind = Kind::new(
    "aws.ecs.task_definition",
    Call::new("ListTaskDefinitions", "ecs:ListTaskDefinitions")
        .params(&[("status", "ACTIVE"), ("maxResults", "=100")])
        .token("nextToken")
        .at("taskDefinitionArns")
        .shape("nextToken taskDefinitionArns:[text]"),
    "{}",
    // `family:revision`, as the console and the command line say.
    "{|base}",
)
.facets(&[
  Facet {
    name: "configuration",
    from: From::Each(
        Call::new("DescribeTaskDefinition", "ecs:DescribeTaskDefinition")
            .params(&[("taskDefinition", "{}")])
            .at("taskDefinition")
            // Commands, labels and options of log drivers may hold secrets and nothing reads them.
            .shape(
                "taskDefinition:{taskDefinitionArn family revision:int taskRoleArn executionRoleArn networkMode pidMode \
                 ipcMode compatibilities:[text] requiresCompatibilities:[text] \
                 runtimePlatform:{cpuArchitecture operatingSystemFamily} enableFaultInjection:bool \
                 volumes:[{name host:{sourcePath} dockerVolumeConfiguration:{scope autoprovision:bool driver \
                 driverOpts:drop labels:drop} efsVolumeConfiguration:{fileSystemId rootDirectory transitEncryption \
                 authorizationConfig:{accessPointId iam}} fsxWindowsFileServerVolumeConfiguration:{fileSystemId \
                 rootDirectory authorizationConfig:{credentialsParameter domain}}}] \
                 containerDefinitions:[{name image repositoryCredentials:{credentialsParameter} \
                 portMappings:[{containerPort:int hostPort:int protocol}] essential:bool \
                 environment:[{name value:literal}] environmentFiles:[{value type}] \
                 mountPoints:[{sourceVolume containerPath readOnly:bool}] \
                 linuxParameters:{capabilities:{add:[text] drop:[text]} devices:[{hostPath containerPath}] \
                 initProcessEnabled:bool} secrets:[{name valueFrom}] user privileged:bool \
                 readonlyRootFilesystem:bool dockerSecurityOptions:[text] \
                 logConfiguration:{logDriver options:drop secretOptions:[{name valueFrom}]} \
                 firelensConfiguration:{type options:drop} healthCheck:{interval:int timeout:int retries:int \
                 startPeriod:int command:drop} ulimits:[{name softLimit:int hardLimit:int}] entryPoint:drop \
                 command:drop dockerLabels:drop extraHosts:drop credentialSpecs:drop}] \
                 status:drop requiresAttributes:drop registeredAt:drop registeredBy:drop}",
            ),
    ),
  },
  Facet {
    name: "sources",
    from: From::Derived {
        needs: &["configuration"],
        lists: &[],
        make: sources,
        shape: "images:[{container reference registry repository tag digest repositoryArn}] secrets:[text]",
    },
  },
])
.links(&[
    Link::new(EdgeKind::RunsAs, "configuration.taskRoleArn", "arn:{.partition}:iam::{.account}:role/{}"),
    Link::new(EdgeKind::Uses, "configuration.executionRoleArn", "arn:{.partition}:iam::{.account}:role/{}"),
    Link::new(EdgeKind::UsesImage, "sources.images[].repositoryArn", "{}"),
    Link::new(EdgeKind::Reads, "sources.secrets[]", "{}"),
    Link::new(
        EdgeKind::Uses,
        "configuration.volumes[].efsVolumeConfiguration.fileSystemId",
        "arn:{.partition}:elasticfilesystem:{.region}:{.account}:file-system/{}",
    ),
]);

/// What the containers are made from and which secrets they are handed: image references taken apart, and the ARNs of
/// secrets and parameters without the key and version that a reference may name behind them.
fn sources(subject: &Subject<'_>, _: &[&Value]) -> Result<Value, String> {
    let configuration = subject.facets.get("configuration").ok_or("configuration was not read before it")?;
    let images: Vec<Value> = template::walk(configuration, "containerDefinitions[]")
        .into_iter()
        .filter_map(|container| {
            let reference = container.get("image")?.as_str()?;
            let mut image = image(reference, subject.partition);
            if let Some(map) = image.as_object_mut() {
                map.insert("container".into(), container.get("name").cloned().unwrap_or_default());
            }
            Some(image)
        })
        .collect();
    let mut secrets: Vec<String> = ["secrets[].valueFrom", "logConfiguration.secretOptions[].valueFrom"]
        .into_iter()
        .flat_map(|path| template::walk(configuration, &format!("containerDefinitions[].{path}")))
        .chain(template::walk(configuration, "containerDefinitions[].repositoryCredentials.credentialsParameter"))
        .filter_map(Value::as_str)
        .map(|text| secret_arn(text, subject))
        .collect();
    secrets.sort();
    secrets.dedup();
    Ok(json!({"images": images, "secrets": secrets}))
}

/// `[REGISTRY/]REPOSITORY[:TAG][@DIGEST]`; the registry is what stands before the first slash where it holds a dot or a
/// colon, or is `localhost` (distribution's reference grammar), else Docker Hub.
fn image(reference: &str, partition: &str) -> Value {
    let (named, digest) = reference.split_once('@').map_or((reference, None), |(named, digest)| (named, Some(digest)));
    let (registry, path) = match named.split_once('/') {
        Some((first, rest)) if first.contains(['.', ':']) || first == "localhost" => (first, rest),
        _ => ("docker.io", named),
    };
    let (repository, tag) = path.rsplit_once(':').map_or((path, None), |(path, tag)| (path, Some(tag)));
    let mut out = json!({"reference": reference, "registry": registry, "repository": repository});
    if let Some(map) = out.as_object_mut() {
        map.extend(tag.map(|tag| ("tag".to_owned(), tag.into())));
        map.extend(digest.map(|digest| ("digest".to_owned(), digest.into())));
        map.extend(repository_arn(registry, repository, partition).map(|arn| ("repositoryArn".to_owned(), arn.into())));
    }
    out
}

/// `ACCOUNT.dkr.ecr.REGION.amazonaws.com` (and its form for FIPS and for China) names a repository of ECR.
fn repository_arn(registry: &str, repository: &str, partition: &str) -> Option<String> {
    let mut parts = registry.split('.');
    let account = parts.next()?;
    let (dkr, ecr, region) = (parts.next()?, parts.next()?, parts.next()?);
    let good = account.len() == 12
        && account.bytes().all(|b| b.is_ascii_digit())
        && dkr == "dkr"
        && ecr.starts_with("ecr")
        && parts.next() == Some("amazonaws");
    good.then(|| format!("arn:{partition}:ecr:{region}:{account}:repository/{repository}"))
}

/// An ARN of Secrets Manager has seven fields; a reference adds `:KEY:STAGE:VERSION`. What is no ARN is a parameter's name.
fn secret_arn(text: &str, subject: &Subject<'_>) -> String {
    let fields: Vec<&str> = text.split(':').collect();
    match fields.as_slice() {
        [head @ .., _, _, _] if fields.get(2) == Some(&"secretsmanager") && fields.len() == 10 => head.join(":"),
        _ if text.starts_with("arn:") => text.to_owned(),
        _ => format!(
            "arn:{}:ssm:{}:{}:parameter/{}",
            subject.partition,
            subject.region,
            subject.account,
            text.trim_start_matches('/')
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_reference_is_taken_apart() {
        let ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
        for (reference, registry, repository, tag, digest, arn) in [
            ("nginx", "docker.io", "nginx", None, None, None),
            ("library/nginx:1.27", "docker.io", "library/nginx", Some("1.27"), None, None),
            ("localhost:5000/a/b", "localhost:5000", "a/b", None, None, None),
            ("r.example/a@sha256:00", "r.example", "a", None, Some("sha256:00"), None),
            ("r.example/a:1@sha256:00", "r.example", "a", Some("1"), Some("sha256:00"), None),
            (
                &format!("{ecr}/team/app:2"),
                ecr,
                "team/app",
                Some("2"),
                None,
                Some("arn:aws:ecr:eu-west-1:123456789012:repository/team/app"),
            ),
        ] {
            let got = image(reference, "aws");
            let text = |name: &str| got.get(name).and_then(Value::as_str);
            assert_eq!(text("registry"), Some(registry), "{reference}");
            assert_eq!(text("repository"), Some(repository), "{reference}");
            assert_eq!((text("tag"), text("digest")), (tag, digest), "{reference}");
            assert_eq!(text("repositoryArn"), arn, "{reference}");
        }
    }
}
