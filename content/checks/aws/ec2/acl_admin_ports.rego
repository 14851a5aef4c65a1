# METADATA
# title: Network ACL keeps the internet from SSH and Remote Desktop
# description: >-
#   The ACL is the second line behind the groups: it holds for every machine of its subnets.
# custom:
#   id: aws.ec2.acl_admin_ports
#   kind: aws.ec2.network_acl
#   area: network
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["EC2.21"]
#     cis_aws_3.0: ["5.1"]
#     cis_aws_5.0: ["5.2"]
#     cis_aws_6.0: ["6.2"]
#     cis_aws_7.0: ["6.2"]
#     iso_27001_2022: ["A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4", "AC-17(1)", "AC-17(b)", "CM-7(b)", "SC-7(5)", "SC-7(11)", "SC-7(a)"]
#     pci_dss_4.0: ["1.2.5", "1.3.1", "1.4.2"]
#   remediation:
#     text: >-
#       Add entries that deny these ports to 0.0.0.0/0 and ::/0 before the one that allows all.
#     command: aws ec2 create-network-acl-entry --network-acl-id ACL --ingress --rule-number 90 --protocol tcp --port-range From=22,To=22 --cidr-block 0.0.0.0/0 --rule-action deny
package casemate.aws.ec2.acl_admin_ports

import data.casemate.lib.aws.network

entries := input.facets.configuration.Entries

ports := [22, 3389]

open := [port | some port in ports; network.acl_openers(entries, "tcp", port)]

compliant if {
	is_array(entries)
	count(open) == 0
}

deny contains {
	"message": sprintf("the internet gets in to tcp %d", [port]),
	"evidence": {"port": port, "entries": network.acl_openers(entries, "tcp", port)},
} if {
	some port in open
}
