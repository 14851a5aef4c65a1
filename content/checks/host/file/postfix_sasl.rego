# METADATA
# title: Only root reads the mail relay's password
# description: Postfix keeps the password for its relay in plain text in this file.
# custom:
#   id: host.file.postfix_sasl
#   kind: host
#   area: services
#   needs: [files]
#   severity: high
#   attack: [T1552.001]
#   remediation:
#     text: Give the file to root with mode 600.
#     command: chown root:root /etc/postfix/sasl_passwd && chmod 600 /etc/postfix/sasl_passwd
package casemate.host.file.postfix_sasl

import data.casemate.lib.files

path := "/etc/postfix/sasl_passwd"

wanted := {"mode": "600", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
