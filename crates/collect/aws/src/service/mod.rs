//! One file a service; this is the list of them.
use crate::table::Service;

mod apigateway;
mod ecr;
mod ecs;
mod eks;
mod lambda;
mod sqs;

/// Every service that is read.
pub(crate) const SERVICES: &[&Service] =
    &[&apigateway::APIGATEWAY, &ecr::ECR, &ecs::ECS, &eks::EKS, &lambda::LAMBDA, &sqs::SQS];
