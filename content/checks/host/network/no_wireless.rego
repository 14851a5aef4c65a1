# METADATA
# title: No wireless interface is there
# description: A radio joins whatever network calls itself by a known name, past every cable and filter.
# custom:
#   id: host.network.no_wireless
#   kind: host
#   area: network
#   needs: [network]
#   severity: low
#   frameworks:
#     cis_debian_12: ["3.1.2"]
#     disa_stig_ubuntu_22.04: [UBTU-22-291015]
#     disa_stig_ubuntu_24.04: [UBTU-24-600230]
#     ssg: [wireless_disable_interfaces]
#   attack: [T1557]
#   remediation:
#     text: Take the radio out, or blacklist its driver.
#     command: "rfkill block wifi"
package casemate.host.network.no_wireless

found := input.facets.network.wireless

compliant if {
	is_array(found)
	count(found) == 0
}

deny contains {"message": sprintf("%s is a wireless interface", [name]), "evidence": {"interface": name}} if {
	is_array(found)
	some name in found
}
