//! One file a service; this is the list of them.
use crate::table::Service;

mod accessanalyzer;
mod acm;
mod apigateway;
mod apigatewayv2;
mod athena;
mod autoscaling;
mod backup;
mod cloudfront;
pub(crate) mod cloudtrail;
mod cloudwatch;
mod codebuild;
mod cognito_identity;
mod cognito_idp;
mod config;
mod dynamodb;
mod ec2;
mod ecr;
mod ecs;
mod efs;
mod eks;
mod elasticache;
mod elb;
mod elbv2;
mod eventbridge;
mod fsx;
mod glue;
mod guardduty;
mod iam;
mod inspector2;
mod kafka;
mod kms;
mod lambda;
mod logs;
mod macie2;
mod opensearch;
mod organizations;
mod rds;
mod redshift;
mod route53;
mod s3;
mod s3control;
mod sagemaker;
mod secretsmanager;
mod securityhub;
mod shield;
mod sns;
mod sqs;
mod ssm;
mod stepfunctions;
mod tagging;
mod wafv2;

/// Every service that is read.
pub(crate) const SERVICES: &[&Service] = &[
    &accessanalyzer::ACCESSANALYZER,
    &acm::ACM,
    &apigateway::APIGATEWAY,
    &apigatewayv2::APIGATEWAYV2,
    &athena::ATHENA,
    &autoscaling::AUTOSCALING,
    &backup::BACKUP,
    &cloudfront::CLOUDFRONT,
    &cloudtrail::CLOUDTRAIL,
    &cloudtrail::CLOUDTRAIL_ACCOUNT,
    &cloudwatch::CLOUDWATCH,
    &codebuild::CODEBUILD,
    &cognito_identity::COGNITO_IDENTITY,
    &cognito_idp::COGNITO_IDP,
    &config::CONFIG,
    &dynamodb::DYNAMODB,
    &dynamodb::DYNAMODB_SCALING,
    &ec2::EC2,
    &ecr::ECR,
    &ecs::ECS,
    &efs::EFS,
    &eks::EKS,
    &elasticache::ELASTICACHE,
    &elb::ELB,
    &elbv2::ELBV2,
    &eventbridge::EVENTBRIDGE,
    &fsx::FSX,
    &glue::GLUE,
    &guardduty::GUARDDUTY,
    &iam::IAM,
    &inspector2::INSPECTOR2,
    &kafka::KAFKA,
    &kms::KMS,
    &lambda::LAMBDA,
    &logs::LOGS,
    &macie2::MACIE2,
    &opensearch::OPENSEARCH,
    &organizations::ORGANIZATIONS,
    &rds::RDS,
    &redshift::REDSHIFT,
    &route53::ROUTE53,
    &s3::S3,
    &s3control::S3CONTROL,
    &s3control::S3CONTROL_REGIONAL,
    &sagemaker::SAGEMAKER,
    &secretsmanager::SECRETSMANAGER,
    &securityhub::SECURITYHUB,
    &shield::SHIELD,
    &sns::SNS,
    &sqs::SQS,
    &ssm::SSM,
    &stepfunctions::STEPFUNCTIONS,
    &tagging::TAGGING,
    &wafv2::WAFV2,
    &wafv2::WAFV2_GLOBAL,
];
