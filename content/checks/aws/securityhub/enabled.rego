# METADATA
# title: Security Hub is on in the region
# description: >-
#   It gathers the findings of other services and judges the account by AWS's own controls.
# custom:
#   id: aws.securityhub.enabled
#   kind: aws.account_region
#   area: monitoring
#   needs: [securityhub]
#   severity: low
#   frameworks:
#     cis_aws_3.0: ["4.16"]
#     cis_aws_5.0: ["4.16"]
#     cis_aws_6.0: ["5.16"]
#     cis_aws_7.0: ["5.16"]
#     iso_27001_2022: ["A.5.36", "A.8.9", "A.8.16"]
#     nist_800_53_r5: ["CA-2(d)", "CA-7", "CA-7(b)"]
#     pci_dss_4.0: ["10.4.1.1"]
#   remediation:
#     text: >-
#       Turn it on in every region, best by its delegated administrator.
#     command: aws securityhub enable-security-hub
package casemate.aws.securityhub.enabled

hub := input.facets.securityhub

compliant if {
	hub.present == true
	startswith(hub.HubArn, "arn:")
}

deny contains {"message": "Security Hub is off", "evidence": {"present": false}} if hub.present == false
