# METADATA
# title: Root user has no access keys
# description: >-
#   A key of the root user does everything, and no policy of the account bounds it.
# custom:
#   id: aws.iam.root_no_access_keys
#   kind: aws.account
#   area: identity
#   needs: [root]
#   severity: critical
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Sign in as root and delete its keys; use roles instead.
package casemate.aws.iam.root_no_access_keys

root := input.facets.root

compliant if root.access_keys == false

deny contains {"message": "the root user has access keys", "evidence": root} if root.access_keys == true
