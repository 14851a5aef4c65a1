# METADATA
# title: Only journald writes to /var/log/journal
# description: Whoever may write to the directory removes what speaks against him.
# custom:
#   id: host.file.journal_directory
#   kind: host
#   area: logging
#   needs: [files]
#   severity: medium
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-232027, UBTU-22-232080, UBTU-22-232085]
#     disa_stig_ubuntu_24.04: [UBTU-24-700020, UBTU-24-700080, UBTU-24-700060]
#     ssg: [dir_permissions_system_journal, dir_owner_system_journal, dir_groupowner_system_journal]
#   attack: [T1070.002]
#   remediation:
#     text: Restore owner and mode with systemd-tmpfiles.
#     command: chown root:systemd-journal /var/log/journal && chmod 2750 /var/log/journal
package casemate.host.file.journal_directory

import data.casemate.lib.files

path := "/var/log/journal"

wanted := {"mode": "2755", "owners": ["root"], "groups": ["root", "systemd-journal"]}

applies if not files.absent(path)

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}
