# METADATA
# title: Logs belong to the system
# description: A user who owns a log changes its mode, and then its content.
# custom:
#   id: host.file.log_owners
#   kind: host
#   area: logging
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.1.4.1"]
#     ssg: [file_ownerships_var_log, file_groupownerships_var_log, file_ownerships_var_log_apt, file_groupownerships_var_log_apt, file_owner_var_log_cloud_init, file_groupowner_var_log_cloud_init, file_ownerships_var_log_sssd, file_ownerships_var_log_gdm3]
#   attack: [T1070.002]
#   params:
#     uid_min: {type: int, default: 1000, description: least user id of a person}
#   remediation:
#     text: Give the log to root or to the service that writes it.
package casemate.host.file.log_owners

import data.casemate.lib.files

list := input.facets.files.below["/var/log"]

# 65534 is nobody, which some services run as.
person(id) if {
	id >= data.params.uid_min
	id != 65534
}

service(id) if {
	id < data.params.uid_min
}

service(id) if id == 65534

compliant if {
	count(list) > 0
	every file in list {
		service(file.uid)
		service(file.gid)
	}
}

deny contains {
	"message": sprintf("%s belongs to %s:%s", [file.path, files.owner(file), files.group(file)]),
	"evidence": {"path": file.path, "owner": files.owner(file), "group": files.group(file)},
} if {
	some file in list
	person(file.uid)
}

deny contains {
	"message": sprintf("%s belongs to %s:%s", [file.path, files.owner(file), files.group(file)]),
	"evidence": {"path": file.path, "owner": files.owner(file), "group": files.group(file)},
} if {
	some file in list
	person(file.gid)
}
