# METADATA
# title: SSH of an EKS node group is not open to everybody
# description: >-
#   A key pair without a list of source groups opens port 22 of each node to the internet.
# custom:
#   id: aws.eks.node_group_ssh
#   kind: aws.eks.node_group
#   area: network
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4", "AC-17(1)", "AC-17(b)", "CM-7(b)", "SC-7(5)", "SC-7(11)", "SC-7(a)"]
#     pci_dss_4.0: ["1.2.5", "1.3.1", "1.4.2"]
#   attack: [T1133, T1021.004]
#   remediation:
#     text: >-
#       Name source security groups, or take SSH off and use Session Manager.
package casemate.aws.eks.node_group_ssh

configuration := input.facets.configuration

remote := object.get(configuration, "remoteAccess", {})

key := object.get(remote, "ec2SshKey", "")

sources := object.get(remote, "sourceSecurityGroups", [])

compliant if {
	is_string(configuration.nodegroupName)
	key == ""
}

compliant if {
	is_string(configuration.nodegroupName)
	count(sources) > 0
}

deny contains {"message": "SSH is on and its sources are not limited", "evidence": {"remoteAccess": remote}} if {
	key != ""
	count(sources) == 0
}
