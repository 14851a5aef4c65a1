# METADATA
# title: Organisation has delegated administrators
# description: >-
#   Service control policies do not hold in the management account. What another account can run, it should, so that
#   few enter the management account.
# custom:
#   id: aws.organizations.delegated_administrator
#   kind: aws.organizations.root
#   area: governance
#   needs: [delegated_administrators]
#   severity: low
#   frameworks:
#     cis_aws_7.0: ["2.1.6"]
#     iso_27001_2022: ["A.5.23"]
#     nist_800_53_r5: ["AC-3", "AC-3(3)", "AC-6"]
#     pci_dss_4.0: ["7.3.1"]
#   remediation:
#     text: >-
#       Register an account for security as the administrator of the services that allow it.
#     command: aws organizations register-delegated-administrator --account-id ACCOUNT --service-principal SERVICE
package casemate.aws.organizations.delegated_administrator

administrators := input.facets.delegated_administrators.items

compliant if count(administrators) > 0

deny contains {"message": "no account administers a service for the management account", "evidence": {"administrators": 0}} if count(administrators) == 0
