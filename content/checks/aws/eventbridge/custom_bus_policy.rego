# METADATA
# title: Custom event bus has a policy
# description: >-
#   A policy on the bus says who may put events and make rules, whatever their own policies allow.
# custom:
#   id: aws.eventbridge.custom_bus_policy
#   kind: aws.eventbridge.bus
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["EventBridge.3"]
#     iso_27001_2022: ["A.5.15", "A.5.18"]
#     nist_800_53_r5: ["AC-3", "AC-6"]
#     pci_dss_4.0: ["7.2.1", "7.2.2", "7.3.2"]
#   remediation:
#     text: >-
#       Give the bus a policy that names who may use it.
package casemate.aws.eventbridge.custom_bus_policy

configuration := input.facets.configuration

# The bus that every account has takes the events of AWS's services.
applies if configuration.Name != "default"

compliant if configuration.Policy.valid == true

deny contains {"message": "the bus has no policy", "evidence": {"Name": configuration.Name}} if {
	is_string(configuration.Arn)
	not configuration.Policy
}
