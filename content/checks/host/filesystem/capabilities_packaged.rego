# METADATA
# title: Every file with capabilities comes from a package
# description: >-
#   Capabilities are parts of root's power. Like the set-user-id bit they belong on programs that somebody maintains.
# custom:
#   id: host.filesystem.capabilities_packaged
#   kind: host
#   area: filesystem
#   needs: [privileged_files, packages]
#   severity: medium
#   attack: [T1548]
#   params:
#     allow: {type: list, default: [], description: paths that may have capabilities without a package}
#   remediation:
#     text: >-
#       Find out who set them; take them off with `setcap -r FILE`, or give the service AmbientCapabilities in its
#       unit instead.
package casemate.host.filesystem.capabilities_packaged

import data.casemate.lib.packages

files := input.facets.privileged_files

# Debian sets them in scripts of the package, so the file still is the package's.
foreign := [file | some file in files.capabilities; file.package == null; not file.path in data.params.allow] if packages.listed

compliant if {
	is_array(files.capabilities)
	files.truncated == false
	count(foreign) == 0
}

deny contains {
	"message": sprintf("%s has %s and comes from no package", [file.path, concat(", ", file.permitted)]),
	"evidence": {"path": file.path, "capabilities": file.permitted},
} if {
	some file in foreign
}
