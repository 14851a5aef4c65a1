# METADATA
# title: Network interface is in use
# description: >-
#   An interface that nothing uses keeps its addresses and groups for whoever attaches it next.
# custom:
#   id: aws.ec2.interface_in_use
#   kind: aws.ec2.network_interface
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.9", "A.8.20"]
#     nist_800_53_r5: ["CM-7(b)"]
#     pci_dss_4.0: ["1.2.5"]
#   remediation:
#     text: >-
#       Delete the interface.
#     command: aws ec2 delete-network-interface --network-interface-id INTERFACE
package casemate.aws.ec2.interface_in_use

status := input.facets.configuration.Status

compliant if status in {"in-use", "associated", "attaching"}

deny contains {"message": sprintf("it is %s", [status]), "evidence": {"Status": status}} if {
	is_string(status)
	not compliant
}
