# METADATA
# title: Bucket encrypts with a key of yours
# description: >-
#   AWS's own key of KMS has a policy that you cannot change, and lets in whoever of the account may use S3. Buckets that
#   do not use KMS are judged by `aws.s3.encryption_kms`.
# custom:
#   id: aws.s3.encryption_customer_key
#   kind: aws.s3.bucket
#   area: encryption
#   needs: [encryption]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SA-9(6)", "SC-12(6)", "SC-28(1)"]
#     pci_dss_4.0: ["3.5.1", "3.6.1.2"]
#   remediation:
#     text: >-
#       Name a customer managed key in the default encryption.
package casemate.aws.s3.encryption_customer_key

facet := input.facets.encryption

rules := [rule.ApplyServerSideEncryptionByDefault | some rule in facet.Rules]

by_kms := [rule | some rule in rules; startswith(rule.SSEAlgorithm, "aws:kms")]

other if facet.present == false

other if {
	count(facet.Rules) > 0
	count(by_kms) == 0
}

applies if not other

of_aws := [rule | some rule in by_kms; not own(object.get(rule, "KMSMasterKeyID", ""))]

own(key) if {
	key != ""
	not endswith(key, "alias/aws/s3")
}

compliant if {
	count(by_kms) > 0
	count(of_aws) == 0
}

deny contains {"message": "it is encrypted with AWS's own key", "evidence": rule} if some rule in of_aws
