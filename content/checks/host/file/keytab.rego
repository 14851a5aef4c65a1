# METADATA
# title: Only root reads the host's Kerberos keys
# description: With the keytab anybody is this machine to the whole realm, and can forge tickets for its services.
# custom:
#   id: host.file.keytab
#   kind: host
#   area: authentication
#   needs: [files]
#   severity: high
#   attack: [T1558, T1552.004]
#   remediation:
#     text: Give the file to root with mode 600.
#     command: chown root:root /etc/krb5.keytab && chmod 600 /etc/krb5.keytab
package casemate.host.file.keytab

import data.casemate.lib.files

path := "/etc/krb5.keytab"

wanted := {"mode": "600", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
