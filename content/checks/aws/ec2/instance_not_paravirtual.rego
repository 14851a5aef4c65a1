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
#   frameworks:
#     aws_fsbp: ["EC2.24"]
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(a)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
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
