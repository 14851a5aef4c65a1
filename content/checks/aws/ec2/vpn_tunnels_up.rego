# METADATA
# title: Both tunnels of the VPN are up
# description: >-
#   With one tunnel the connection breaks whenever AWS mends its end.
# custom:
#   id: aws.ec2.vpn_tunnels_up
#   kind: aws.ec2.vpn_connection
#   area: network
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["EC2.20"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Bring up the tunnel at your own end.
package casemate.aws.ec2.vpn_tunnels_up

tunnels := input.facets.configuration.VgwTelemetry

down := [tunnel.OutsideIpAddress | some tunnel in tunnels; tunnel.Status != "UP"]

compliant if {
	count(tunnels) >= 2
	every tunnel in tunnels { tunnel.Status == "UP" }
}

deny contains {"message": sprintf("the tunnel to %s is not up", [address]), "evidence": {"OutsideIpAddress": address}} if some address in down
