# METADATA
# title: Log group is protected from deletion
# description: >-
#   One call removes a group with all its events.
# custom:
#   id: aws.logs.deletion_protection
#   kind: aws.logs.group
#   area: logging
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-9(a)"]
#     pci_dss_4.0: ["10.3.1"]
#   attack: [T1070]
#   remediation:
#     text: >-
#       Turn on deletion protection for groups that hold evidence.
#     command: aws logs put-log-group-deletion-protection --log-group-identifier NAME --deletion-protection-enabled
package casemate.aws.logs.deletion_protection

configuration := input.facets.configuration

on := object.get(configuration, "deletionProtectionEnabled", false)

compliant if on == true

deny contains {"message": "it can be deleted by one call", "evidence": {"deletionProtectionEnabled": on}} if not compliant
