# METADATA
# title: FTP is not offered to the network
# description: Passwords and files cross the network in clear text unless TLS is forced.
# custom:
#   id: host.listener.ftp
#   kind: host
#   area: network
#   needs: [listeners]
#   severity: medium
#   attack: [T1040]
#   remediation:
#     text: Use SFTP, which SSH brings along; stop the FTP server.
#     command: "systemctl disable --now vsftpd.service"
package casemate.host.listener.ftp

import data.casemate.lib.listener

ports := {21}

processes := {"vsftpd", "proftpd", "pure-ftpd"}

found := listener.exposed(input.facets.listeners, ["tcp"], ports, processes)

compliant if listener.none(input.facets.listeners, found)

deny contains {"message": sprintf("an FTP server can be reached at %s", [listener.show(socket)]), "evidence": listener.evidence(socket)} if {
	some socket in found
}
