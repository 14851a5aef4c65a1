# METADATA
# title: Only root runs journalctl
# description: Rules for defence systems keep the log reader itself from users; the journal's own modes already keep
#   its content from them.
# custom:
#   id: host.file.journalctl
#   kind: host
#   area: logging
#   needs: [files]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-232140, UBTU-22-232100, UBTU-22-232105]
#     disa_stig_ubuntu_24.04: [UBTU-24-700030, UBTU-24-700040, UBTU-24-700050]
#     ssg: [file_permissions_journalctl, file_owner_journalctl, file_groupowner_journalctl]
#   remediation:
#     text: Record the mode with dpkg-statoverride, so that upgrades keep it.
#     command: dpkg-statoverride --force-statoverride-add --update --add root root 0740 /usr/bin/journalctl
package casemate.host.file.journalctl

import data.casemate.lib.files

path := "/usr/bin/journalctl"

wanted := {"mode": "740", "owners": ["root"], "groups": ["root"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
