//! AWS Secrets Manager. No secret's value is read, nor can the policy that we ask for read one.
use casemate_estate::EdgeKind;

use crate::table::{Call, Facet, From, Kind, Link, Protocol, Reach, Service};

pub(crate) const SECRETSMANAGER: Service = Service {
    name: "secretsmanager",
    endpoint: "secretsmanager",
    event_source: "secretsmanager",
    protocol: Protocol::Json { target: "secretsmanager", version: "1.1" },
    reach: Reach::Regional,
    scope_facets: &[],
    kinds: &[Kind::new(
        "aws.secretsmanager.secret",
        Call::new("ListSecrets", "secretsmanager:ListSecrets")
            .params(&[("MaxResults", "=100")])
            .token("NextToken")
            .at("SecretList")
            // The day of the last access is kept: it says whether anybody needs the secret.
            .shape(
                "SecretList:[{ARN Name Type Description KmsKeyId RotationEnabled:bool RotationLambdaARN \
                 RotationRules:{AutomaticallyAfterDays:int Duration ScheduleExpression} LastRotatedDate:time \
                 LastAccessedDate:time NextRotationDate:time CreatedDate:time DeletedDate:time Tags:[{Key Value}] \
                 OwningService PrimaryRegion LastChangedDate:drop SecretVersionsToStages:drop \
                 VersionIdsToStages:drop}] NextToken",
            ),
        "{ARN}",
        "{Name}",
    )
    .facets(&[
        Facet { name: "secret", from: From::Item },
        Facet {
            name: "policy",
            from: From::Each(
                Call::new("GetResourcePolicy", "secretsmanager:GetResourcePolicy")
                    .params(&[("SecretId", "{ARN}")])
                    .shape("ARN Name ResourcePolicy:policy")
                    .gone(&["ResourceNotFoundException"]),
            ),
        },
    ])
    .links(&[
        Link::new(EdgeKind::Uses, "item.KmsKeyId", "arn:{.partition}:kms:{.region}:{.account}:key/{}"),
        Link::new(EdgeKind::Uses, "item.RotationLambdaARN", "{}"),
    ])],
};
