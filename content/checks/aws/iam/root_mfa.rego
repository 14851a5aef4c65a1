# METADATA
# title: Root user has a second factor
# description: >-
#   The root user can do everything, also close the account; a mail box is enough to get a new password for it. A
#   member account whose root user has no password signs nobody in.
# custom:
#   id: aws.iam.root_mfa
#   kind: aws.account
#   area: identity
#   needs: [root]
#   severity: critical
#   attack: [T1078.004]
#   remediation:
#     text: >-
#       Sign in as root and register a passkey or security key.
package casemate.aws.iam.root_mfa

root := input.facets.root

applies if root.password != false

applies if not is_boolean(root.password)

compliant if root.mfa == true

deny contains {"message": "the root user has no second factor", "evidence": root} if root.mfa == false
