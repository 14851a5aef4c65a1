//! One file a service; this is the list of them.
use crate::table::Service;

mod apigateway;
mod autoscaling;
mod backup;
mod dynamodb;
mod ec2;
mod ecr;
mod ecs;
mod efs;
mod eks;
mod elasticache;
mod elb;
mod elbv2;
mod fsx;
mod kafka;
mod lambda;
mod opensearch;
mod rds;
mod redshift;
mod sqs;

/// Every service that is read.
pub(crate) const SERVICES: &[&Service] = &[
    &apigateway::APIGATEWAY,
    &autoscaling::AUTOSCALING,
    &backup::BACKUP,
    &dynamodb::DYNAMODB,
    &ec2::EC2,
    &ecr::ECR,
    &ecs::ECS,
    &efs::EFS,
    &eks::EKS,
    &elasticache::ELASTICACHE,
    &elb::ELB,
    &elbv2::ELBV2,
    &fsx::FSX,
    &kafka::KAFKA,
    &lambda::LAMBDA,
    &opensearch::OPENSEARCH,
    &rds::RDS,
    &redshift::REDSHIFT,
    &sqs::SQS,
];
