# METADATA
# title: Only root writes /etc/ld.so.preload
# description: Each program, set-user-id ones too, loads the libraries named here.
# custom:
#   id: host.file.ld_so_preload
#   kind: host
#   area: filesystem
#   needs: [files]
#   severity: critical
#   attack: [T1574.006]
#   remediation:
#     text: "Give the file to root with mode 644, and ask why it exists: few systems need it."
#     command: chown root:root /etc/ld.so.preload && chmod 644 /etc/ld.so.preload
package casemate.host.file.ld_so_preload

import data.casemate.lib.files

path := "/etc/ld.so.preload"

wanted := {"mode": "644", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
