# METADATA
# title: Instance is virtualised by hardware
# description: >-
#   Paravirtual machines lack what current ones have against each other's side channels.
# custom:
#   id: aws.ec2.instance_not_paravirtual
#   kind: aws.ec2.instance
#   area: compute
#   needs: [configuration]
#   severity: low
#   remediation:
#     text: >-
#       Move the machine to a current type.
package casemate.aws.ec2.instance_not_paravirtual

value := input.facets.configuration.VirtualizationType

compliant if value == "hvm"

deny contains {"message": sprintf("it is %s", [value]), "evidence": {"VirtualizationType": value}} if {
	is_string(value)
	not compliant
}
