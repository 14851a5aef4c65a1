# METADATA
# title: Only root writes /etc/nsswitch.conf
# description: It names the libraries that every program loads to look up users and hosts.
# custom:
#   id: host.file.nsswitch
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: high
#   attack: [T1222.002, T1556]
#   remediation:
#     text: Give the file to root with mode 644.
#     command: chown root:root /etc/nsswitch.conf && chmod 644 /etc/nsswitch.conf
package casemate.host.file.nsswitch

import data.casemate.lib.files

path := "/etc/nsswitch.conf"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
