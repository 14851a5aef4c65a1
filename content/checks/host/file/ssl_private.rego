# METADATA
# title: Only root and ssl-cert enter /etc/ssl/private
# description: The private keys of the machine's certificates lie here.
# custom:
#   id: host.file.ssl_private
#   kind: host
#   area: crypto
#   needs: [files]
#   severity: high
#   attack: [T1552.004]
#   remediation:
#     text: Give the directory to root:ssl-cert with mode 710.
#     command: chown root /etc/ssl/private && chmod 710 /etc/ssl/private
package casemate.host.file.ssl_private

import data.casemate.lib.files

path := "/etc/ssl/private"

wanted := {"mode": "750", "owners": ["root"], "groups": ["root", "ssl-cert"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
