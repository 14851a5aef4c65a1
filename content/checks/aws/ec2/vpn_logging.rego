# METADATA
# title: Tunnels of the VPN are logged
# description: >-
#   The log says why a tunnel broke and who tried to build one.
# custom:
#   id: aws.ec2.vpn_logging
#   kind: aws.ec2.vpn_connection
#   area: logging
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.15", "A.8.16"]
#     nist_800_53_r5: ["AU-3(d)", "AU-12(c)", "SI-4(4)(b)", "SI-4(a)(2)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Turn the log of each tunnel on.
#     command: aws ec2 modify-vpn-tunnel-options --vpn-connection-id VPN --vpn-tunnel-outside-ip-address ADDRESS --tunnel-options LogOptions={CloudWatchLogOptions={LogEnabled=true,LogGroupArn=ARN}}
package casemate.aws.ec2.vpn_logging

tunnels := input.facets.configuration.Options.TunnelOptions

silent := [tunnel.OutsideIpAddress | some tunnel in tunnels; object.get(tunnel, ["LogOptions", "CloudWatchLogOptions", "LogEnabled"], false) != true]

compliant if {
	count(tunnels) > 0
	count(silent) == 0
}

deny contains {"message": sprintf("the tunnel to %s is not logged", [address]), "evidence": {"OutsideIpAddress": address}} if some address in silent
