# METADATA
# title: Data catalog of Glue is not open to everybody
# description: >-
#   Its policy says who may read and change tables, connections and jobs from other accounts.
# custom:
#   id: aws.glue.catalog_not_public
#   kind: aws.glue.catalog
#   area: database
#   needs: [policy]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.15", "A.8.3", "A.8.12"]
#     nist_800_53_r5: ["AC-3", "AC-4(21)", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.3.3"]
#   remediation:
#     text: >-
#       Name the accounts in the policy, or add a condition on `aws:PrincipalOrgID`.
package casemate.aws.glue.catalog_not_public

import data.casemate.lib.aws.policy

facet := input.facets.policy

open := policy.public_statements(facet.PolicyInJson)

compliant if facet.present == false

compliant if {
	facet.PolicyInJson.valid == true
	count(open) == 0
}

deny contains {"message": "a statement lets everybody in", "evidence": statement} if some statement in open
