# METADATA
# title: Nobody logs in graphically over the network
# description: XDMCP sends passwords and the whole screen in clear text.
# custom:
#   id: host.gdm.xdmcp
#   kind: host
#   area: authentication
#   needs: [display_manager]
#   severity: high
#   frameworks:
#     cis_debian_12: ["1.7.10"]
#     ssg: [gnome_gdm_disable_xdmcp]
#   attack: [T1040]
#   remediation:
#     text: Remove Enable=true from [xdmcp].
#     command: "sed -i '/^\\[xdmcp\\]/,/^\\[/ s/^[[:space:]]*Enable[[:space:]]*=[[:space:]]*true/Enable=false/I' /etc/gdm3/custom.conf /etc/gdm3/daemon.conf 2>/dev/null || true"
package casemate.host.gdm.xdmcp

facts := input.facets.display_manager

applies if {
	some name in ["gdm3", "gdm"]
	name in facts.installed
}

compliant if facts.xdmcp == false

deny contains {"message": "XDMCP is enabled", "evidence": {"file": "/etc/gdm3/custom.conf"}} if facts.xdmcp == true
