# METADATA
# title: No file of the disk can be changed by everybody
# description: >-
#   Whoever runs any process can put into such a file what others then run or read. Files below directories that are
#   sticky everywhere (/tmp, /run and the like) do not count.
# custom:
#   id: disk.files.world_writable
#   kind: disk
#   area: files
#   needs: [files, software]
#   severity: medium
#   attack: [T1222.002, T1574]
#   remediation:
#     text: Take the bit away where the file is put into the disk.
#     command: find / -xdev -type f -perm -0002 -exec chmod o-w {} +
package casemate.disk.files.world_writable

import data.casemate.lib.tree

compliant if tree.none("world_writable", [])

deny contains {
	"message": sprintf("%s has mode %s, owner %d, group %d", [file.path, file.mode, file.uid, file.gid]),
	"evidence": file,
} if {
	some file in tree.unexpected("world_writable", [])
}
