//! Amazon SageMaker: notebooks, models and how endpoints are made up.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const SAGEMAKER: Service = Service {
    name: "sagemaker",
    endpoint: "api.sagemaker",
    event_source: "sagemaker",
    protocol: Protocol::Json { target: "SageMaker", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[NOTEBOOK, MODEL, ENDPOINT_CONFIG],
};

const PARAMS: &[(&str, &str)] = &[("MaxResults", "=100")];

/// The service has no code of its own for a resource that went away.
const GONE: &[&str] = &["ValidationException: RecordNotFound", "ValidationException: Could not find"];

const NOTEBOOK: Kind = Kind::new(
    "aws.sagemaker.notebook_instance",
    Call::new("ListNotebookInstances", "sagemaker:ListNotebookInstances")
        .params(PARAMS)
        .token("NextToken")
        .at("NotebookInstances")
        .shape(
            "NextToken NotebookInstances:[{NotebookInstanceName NotebookInstanceArn NotebookInstanceStatus:drop \
             Url:drop LastModifiedTime:drop CreationTime:drop}]",
        ),
    "{NotebookInstanceArn}",
    "{NotebookInstanceName}",
)
.facets(&[Facet {
    name: "configuration",
    from: From::Each(
        Call::new("DescribeNotebookInstance", "sagemaker:DescribeNotebookInstance")
            .params(&[("NotebookInstanceName", "{NotebookInstanceName}")])
            .shape(
                "NotebookInstanceArn NotebookInstanceName InstanceType SubnetId SecurityGroups:[text] RoleArn \
                 KmsKeyId NetworkInterfaceId NotebookInstanceLifecycleConfigName DirectInternetAccess RootAccess \
                 PlatformIdentifier InstanceMetadataServiceConfiguration:{MinimumInstanceMetadataServiceVersion} \
                 DefaultCodeRepository AdditionalCodeRepositories:[text] VolumeSizeInGB:drop \
                 NotebookInstanceStatus:drop FailureReason:drop Url:drop LastModifiedTime:drop CreationTime:drop \
                 AcceleratorTypes:drop",
            )
            .gone(GONE),
    ),
}])
.links(&[
    Link::new(EdgeKind::RunsAs, "configuration.RoleArn", "{}"),
    Link::new(EdgeKind::Uses, "configuration.KmsKeyId", "arn:{.partition}:kms:{.region}:{.account}:key/{|last}"),
    Link::new(EdgeKind::Uses, "configuration.SubnetId", "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}"),
    Link::new(
        EdgeKind::Uses,
        "configuration.SecurityGroups[]",
        "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
    ),
]);

const MODEL: Kind = Kind::new(
    "aws.sagemaker.model",
    Call::new("ListModels", "sagemaker:ListModels")
        .params(PARAMS)
        .token("NextToken")
        .at("Models")
        .shape("NextToken Models:[{ModelName ModelArn CreationTime:drop}]"),
    "{ModelArn}",
    "{ModelName}",
)
.facets(&[Facet {
    name: "configuration",
    from: From::Each(
        Call::new("DescribeModel", "sagemaker:DescribeModel")
            .params(&[("ModelName", "{ModelName}")])
            .shape(
                "ModelName ModelArn PrimaryContainer:{Image ImageConfig:{RepositoryAccessMode} ModelDataUrl \
                 Environment:<literal>} Containers:[{Image ImageConfig:{RepositoryAccessMode} ModelDataUrl \
                 Environment:<literal>}] ExecutionRoleArn VpcConfig:{SecurityGroupIds:[text] Subnets:[text]} \
                 EnableNetworkIsolation:bool CreationTime:drop DeploymentRecommendation:drop",
            )
            .gone(GONE),
    ),
}])
.links(&[
    Link::new(EdgeKind::RunsAs, "configuration.ExecutionRoleArn", "{}"),
    Link::new(
        EdgeKind::Uses,
        "configuration.VpcConfig.Subnets[]",
        "arn:{.partition}:ec2:{.region}:{.account}:subnet/{}",
    ),
    Link::new(
        EdgeKind::Uses,
        "configuration.VpcConfig.SecurityGroupIds[]",
        "arn:{.partition}:ec2:{.region}:{.account}:security-group/{}",
    ),
]);

const ENDPOINT_CONFIG: Kind = Kind::new(
    "aws.sagemaker.endpoint_config",
    Call::new("ListEndpointConfigs", "sagemaker:ListEndpointConfigs")
        .params(PARAMS)
        .token("NextToken")
        .at("EndpointConfigs")
        .shape("NextToken EndpointConfigs:[{EndpointConfigName EndpointConfigArn CreationTime:drop}]"),
    "{EndpointConfigArn}",
    "{EndpointConfigName}",
)
.facets(&[Facet {
    name: "configuration",
    from: From::Each(
        Call::new("DescribeEndpointConfig", "sagemaker:DescribeEndpointConfig")
            .params(&[("EndpointConfigName", "{EndpointConfigName}")])
            .shape(
                "EndpointConfigName EndpointConfigArn KmsKeyId EnableNetworkIsolation:bool ExecutionRoleArn \
                 ProductionVariants:[{VariantName ModelName InitialInstanceCount:int InstanceType \
                 ServerlessConfig:{MaxConcurrency:int} EnableSSMAccess:bool ManagedInstanceScaling:{Status \
                 MinInstanceCount:int MaxInstanceCount:int}}] VpcConfig:{SecurityGroupIds:[text] Subnets:[text]} \
                 DataCaptureConfig:{EnableCapture:bool DestinationS3Uri KmsKeyId} CreationTime:drop \
                 ExplainerConfig:drop",
            )
            .gone(GONE),
    ),
}])
.links(&[
    Link::new(EdgeKind::Uses, "configuration.KmsKeyId", "arn:{.partition}:kms:{.region}:{.account}:key/{|last}"),
    Link::new(
        EdgeKind::Uses,
        "configuration.ProductionVariants[].ModelName",
        "arn:{.partition}:sagemaker:{.region}:{.account}:model/{|lower}",
    ),
    Link::new(EdgeKind::RunsAs, "configuration.ExecutionRoleArn", "{}"),
]);
