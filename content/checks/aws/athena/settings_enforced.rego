# METADATA
# title: Workgroup of Athena binds its clients
# description: >-
#   Where the settings of the group do not bind, a query may send its results to any place, and not
#   encrypted.
# custom:
#   id: aws.athena.settings_enforced
#   kind: aws.athena.workgroup
#   area: governance
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)"]
#   remediation:
#     text: >-
#       Let the settings of the workgroup override those of clients.
package casemate.aws.athena.settings_enforced

configuration := input.facets.configuration

compliant if configuration.Configuration.EnforceWorkGroupConfiguration == true

deny contains {"message": "clients may choose place and encryption of results", "evidence": {"EnforceWorkGroupConfiguration": object.get(configuration, ["Configuration", "EnforceWorkGroupConfiguration"], null)}} if not compliant
