# METADATA
# title: LDAP without TLS is not offered to the network
# description: Binds on port 389 send the password in clear text unless the client insists on StartTLS.
# custom:
#   id: host.listener.ldap
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   attack: [T1040]
#   remediation:
#     text: Serve ldaps:/// (636) and ldapi:/// only.
#     command: "sed -i 's|^SLAPD_SERVICES=.*|SLAPD_SERVICES=\"ldaps:/// ldapi:///\"|' /etc/default/slapd && systemctl restart slapd.service"
package casemate.host.listener.ldap

import data.casemate.lib.listener

ports := {389}

processes := set()

found := listener.exposed(input.facets.listeners, ["tcp", "udp"], ports, processes)

compliant if count(found) == 0

deny contains {"message": sprintf("a directory without TLS can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
