# METADATA
# title: Client VPNs of the network log connections
# description: >-
#   Who came in by the VPN, when and from where, is known from this log alone.
# custom:
#   id: aws.ec2.vpc_client_vpn_logging
#   kind: aws.ec2.vpc
#   area: logging
#   needs: [client_vpns]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["EC2.51"]
#     iso_27001_2022: ["A.8.15", "A.8.16"]
#     nist_800_53_r5: ["AU-3(d)", "AU-12(c)", "SI-4(4)(b)", "SI-4(a)(2)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Turn connection logging of the endpoint on.
#     command: aws ec2 modify-client-vpn-endpoint --client-vpn-endpoint-id ENDPOINT --connection-log-options Enabled=true,CloudwatchLogGroup=GROUP
package casemate.aws.ec2.vpc_client_vpn_logging

endpoints := input.facets.client_vpns.items

alive := [endpoint | some endpoint in endpoints; not endpoint.Status.Code in {"deleting", "deleted"}]

applies if not none

none if count(alive) == 0

silent := [endpoint.ClientVpnEndpointId | some endpoint in alive; object.get(endpoint, ["ConnectionLogOptions", "Enabled"], false) != true]

compliant if {
	count(alive) > 0
	count(silent) == 0
}

deny contains {"message": sprintf("%s logs no connections", [id]), "evidence": {"ClientVpnEndpointId": id}} if some id in silent
