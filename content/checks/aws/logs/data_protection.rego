# METADATA
# title: Log group masks sensitive data
# description: >-
#   A data protection policy finds card numbers, keys and addresses in what is logged and masks them for all but a
#   few readers.
# custom:
#   id: aws.logs.data_protection
#   kind: aws.logs.group
#   area: logging
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.13"]
#   remediation:
#     text: >-
#       Put a data protection policy on the group, or on the account.
package casemate.aws.logs.data_protection

configuration := input.facets.configuration

status := object.get(configuration, "dataProtectionStatus", "")

# A policy of the account holds for all its groups.
inherited := "ACCOUNT_DATA_PROTECTION" in object.get(configuration, "inheritedProperties", [])

compliant if status == "ACTIVATED"

compliant if inherited

deny contains {"message": "nothing masks sensitive data in it", "evidence": {"dataProtectionStatus": status}} if not compliant
