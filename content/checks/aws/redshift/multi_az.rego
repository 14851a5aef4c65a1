# METADATA
# title: Redshift cluster stands in more than one zone
# description: >-
#   One zone that fails takes the cluster with it until it is restored from a snapshot.
# custom:
#   id: aws.redshift.multi_az
#   kind: aws.redshift.cluster
#   area: database
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Turn Multi-AZ on (RA3 nodes).
#     command: aws redshift modify-cluster --cluster-identifier NAME --multi-az
package casemate.aws.redshift.multi_az

configuration := input.facets.configuration

# A text: `Enabled` or `Disabled`, and absent where the type of nodes has it not.
value := object.get(configuration, "MultiAZ", "Disabled")

compliant if lower(value) in {"enabled", "true"}

deny contains {"message": "it stands in one zone alone", "evidence": {"MultiAZ": value}} if not compliant
