# METADATA
# title: Tags of the repository cannot be moved
# description: >-
#   Where a tag may be put on another image, whoever may push changes what runs under a name that was already
#   checked.
# custom:
#   id: aws.ecr.immutable_tags
#   kind: aws.ecr.repository
#   area: container
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ECR.2"]
#     iso_27001_2022: ["A.5.21", "A.8.9"]
#     nist_800_53_r5: ["SI-7(a)"]
#   attack: [T1525]
#   remediation:
#     text: >-
#       Make tags immutable; a list of exceptions (`latest`) is possible.
#     command: aws ecr put-image-tag-mutability --repository-name NAME --image-tag-mutability IMMUTABLE
package casemate.aws.ecr.immutable_tags

configuration := input.facets.configuration

mutability := configuration.imageTagMutability

compliant if mutability in {"IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"}

deny contains {"message": sprintf("tags are %s", [mutability]), "evidence": {"imageTagMutability": mutability}} if {
	mutability in {"MUTABLE", "MUTABLE_WITH_EXCLUSION"}
}
