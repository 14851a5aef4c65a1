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
