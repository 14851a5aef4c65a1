# METADATA
# title: What the cloud handed over at boot is read by root alone
# description: User data often hold passwords and keys, and stay on the disk after the first boot.
# custom:
#   id: host.cloud.user_data
#   kind: host
#   area: access
#   needs: [cloud_instance]
#   severity: high
#   attack: [T1552.001]
#   remediation:
#     text: Set mode 600 on the files, and exchange the secrets in them.
#     command: "find -L /var/lib/cloud/instance -maxdepth 1 -name \"*user-data*\" -type f -exec chmod 600 {} +"
package casemate.host.cloud.user_data

facts := input.facets.cloud_instance

applies if facts.cloud_init == true

found := facts.readable_user_data

compliant if {
	facts.cloud_init == true
	count(found) == 0
}

deny contains {"message": sprintf("others than root may read %s", [path]), "evidence": {"path": path}} if {
	is_array(found)
	some path in found
}
