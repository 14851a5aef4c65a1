# METADATA
# title: IAM role was used within 90 days
# description: >-
#   A role that nobody uses is a way in that nobody watches. AWS keeps the day of the last use for 400 days; a role
#   without one counts from the day on which it was made.
# custom:
#   id: aws.iam.role_unused
#   kind: aws.iam.role
#   area: identity
#   needs: [configuration, last_used]
#   severity: low
#   frameworks:
#     aws_fsbp: ["IAM.8"]
#     iso_27001_2022: ["A.5.16", "A.5.18"]
#     nist_800_53_r5: ["AC-2(3)", "AC-2(j)", "AC-6"]
#     pci_dss_4.0: ["7.2.4", "8.2.6"]
#   clock: day
#   params:
#     days: {type: int, default: 90, description: days without use}
#   remediation:
#     text: >-
#       Delete the role, or take its policies away and wait.
#     command: aws iam delete-role --role-name ROLE
package casemate.aws.iam.role_unused

import data.casemate.lib.aws.identity
import data.casemate.lib.aws.trust

configuration := input.facets.configuration

applies if not trust.service_linked(configuration)

used := object.get(input.facets.last_used, "date", "")

idle := identity.idle_days(used, configuration.CreateDate, input.today)

compliant if idle <= data.params.days

deny contains {"message": sprintf("it was not used for %d days", [idle]), "evidence": input.facets.last_used} if idle > data.params.days
