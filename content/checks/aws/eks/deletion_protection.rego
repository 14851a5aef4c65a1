# METADATA
# title: EKS cluster is protected from deletion
# description: >-
#   One call removes a cluster and what runs in it.
# custom:
#   id: aws.eks.deletion_protection
#   kind: aws.eks.cluster
#   area: container
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.33"]
#     nist_800_53_r5: ["CP-2(5)"]
#   remediation:
#     text: >-
#       Turn on deletion protection.
#     command: aws eks update-cluster-config --name NAME --deletion-protection
package casemate.aws.eks.deletion_protection

configuration := input.facets.configuration

on := object.get(configuration, "deletionProtection", false)

compliant if on == true

deny contains {"message": "deletion protection is off", "evidence": {"deletionProtection": on}} if not compliant
