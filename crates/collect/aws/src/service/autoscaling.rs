//! Amazon EC2 Auto Scaling.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

const MOST: (&str, &str) = ("MaxRecords", "=100");
const CONFIGURATION: Facet = Facet { name: "configuration", from: From::Item };

pub(crate) const AUTOSCALING: Service = Service {
    name: "autoscaling",
    endpoint: "autoscaling",
    event_source: "autoscaling",
    protocol: Protocol::Query { version: "2011-01-01" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[
        Kind::new(
            "aws.autoscaling.group",
            Call::new("DescribeAutoScalingGroups", "autoscaling:DescribeAutoScalingGroups")
                .params(&[MOST])
                .token("NextToken")
                .at("AutoScalingGroups")
                // Which machines run, and how many, is the scaler's business.
                .shape(
                    "AutoScalingGroups:[{AutoScalingGroupName AutoScalingGroupARN LaunchConfigurationName \
                        LaunchTemplate:{LaunchTemplateId LaunchTemplateName Version} \
                        MixedInstancesPolicy:{LaunchTemplate:{LaunchTemplateSpecification:{LaunchTemplateId \
                        LaunchTemplateName Version} Overrides:[{InstanceType InstanceRequirements:any}]}} MinSize:int \
                        MaxSize:int DesiredCapacity:drop AvailabilityZones:[text] VPCZoneIdentifier LoadBalancerNames:[text] \
                        TargetGroupARNs:[text] HealthCheckType HealthCheckGracePeriod:int Instances:drop \
                        SuspendedProcesses:drop EnabledMetrics:drop CapacityRebalance:bool \
                        NewInstancesProtectedFromScaleIn:bool ServiceLinkedRoleARN CreatedTime:time Tags:[{Key Value \
                        PropagateAtLaunch:bool ResourceId ResourceType}]}] NextToken",
                ),
            "{AutoScalingGroupARN}",
            "{AutoScalingGroupName}",
        )
        .facets(&[CONFIGURATION])
        .links(&[
            Link::new(
                EdgeKind::Uses,
                "item.LaunchTemplate.LaunchTemplateId",
                "arn:{.partition}:ec2:{.region}:{.account}:launch-template/{}",
            ),
            Link::new(
                EdgeKind::Uses,
                "item.MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId",
                "arn:{.partition}:ec2:{.region}:{.account}:launch-template/{}",
            ),
            Link::new(EdgeKind::RoutesTo, "item.TargetGroupARNs[]", "{}").reversed(),
        ]),
        Kind::new(
            "aws.autoscaling.launch_configuration",
            Call::new("DescribeLaunchConfigurations", "autoscaling:DescribeLaunchConfigurations")
                .params(&[MOST])
                .token("NextToken")
                .at("LaunchConfigurations")
                .shape(
                    "LaunchConfigurations:[{LaunchConfigurationName LaunchConfigurationARN ImageId InstanceType \
                        KeyName SecurityGroups:[text] IamInstanceProfile AssociatePublicIpAddress:bool \
                        MetadataOptions:{HttpTokens HttpPutResponseHopLimit:int HttpEndpoint} \
                        InstanceMonitoring:{Enabled:bool} BlockDeviceMappings:[{DeviceName NoDevice:bool \
                        Ebs:{Encrypted:bool SnapshotId VolumeType}}] UserData:script CreatedTime:time}] NextToken",
                ),
            "{LaunchConfigurationARN}",
            "{LaunchConfigurationName}",
        )
        .facets(&[CONFIGURATION])
        .links(&[
            Link::new(
                EdgeKind::Uses,
                "item.SecurityGroups[]",
                "arn:{.partition}:ec2:{.region}:{.account}:security-group/{|starts=sg-}",
            ),
            Link::new(EdgeKind::UsesImage, "item.ImageId", "arn:{.partition}:ec2:{.region}:{.account}:image/{}"),
            Link::new(
                EdgeKind::RunsAs,
                "item.IamInstanceProfile",
                "arn:{.partition}:iam::{.account}:instance-profile/{}",
            ),
        ]),
    ],
};
