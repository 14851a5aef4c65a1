# METADATA
# title: Only the system writes to /var/log
# description: Whoever may write to the directory may rename the logs away.
# custom:
#   id: host.file.var_log
#   kind: host
#   area: logging
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.4.1"]
#     disa_stig_ubuntu_22.04: [UBTU-22-232025, UBTU-22-232120, UBTU-22-232125]
#     disa_stig_ubuntu_24.04: [UBTU-24-700120, UBTU-24-700110, UBTU-24-700100]
#     ssg: [file_permissions_var_log, file_owner_var_log, file_groupowner_var_log]
#   attack: [T1070.002]
#   remediation:
#     text: Give the directory to root with mode 755; rsyslog on Ubuntu has the group syslog there with mode 775,
#       which is more than it needs.
#     command: chown root /var/log && chmod go-w /var/log
package casemate.host.file.var_log

import data.casemate.lib.files

path := "/var/log"

wanted := {"mode": "755", "owners": ["root"], "groups": ["root", "syslog", "adm"]}

compliant if files.proper(path, wanted)

deny contains {"message": sprintf("%s: %s", [path, fault]), "evidence": files.evidence(path)} if {
	files.present(path)
	some fault in files.faults(files.at(path), wanted)
}

deny contains {"message": sprintf("%s does not exist", [path]), "evidence": {"path": path}} if files.absent(path)
