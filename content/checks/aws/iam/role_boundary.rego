# METADATA
# title: IAM role has a permissions boundary
# description: >-
#   A boundary holds even where somebody attaches too mighty a policy by mistake. It is a second line; few accounts
#   have one everywhere.
# custom:
#   id: aws.iam.role_boundary
#   kind: aws.iam.role
#   area: identity
#   needs: [configuration, boundary]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   remediation:
#     text: >-
#       Write a policy of what may be done at most, and set it as the boundary.
#     command: aws iam put-role-permissions-boundary --role-name ROLE --permissions-boundary POLICY
package casemate.aws.iam.role_boundary

import data.casemate.lib.aws.trust

applies if not trust.service_linked(input.facets.configuration)

boundary := input.facets.boundary

compliant if {
	is_string(input.facets.configuration.Path)
	boundary.present == true
	boundary.arn != ""
}

deny contains {"message": "no boundary is set", "evidence": boundary} if boundary.present == false
