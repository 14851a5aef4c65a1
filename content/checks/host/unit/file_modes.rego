# METADATA
# title: Nobody but root may change the unit
# description: Whoever writes a unit runs a command as root at the next start.
# custom:
#   id: host.unit.file_modes
#   kind: host.unit
#   area: services
#   needs: [service]
#   severity: high
#   attack: [T1543.002]
#   remediation:
#     text: Give the files to root with mode 644.
package casemate.host.unit.file_modes

files := input.facets.service.files

bad := [file | some file in files; bits.and(file.bits, 18) != 0] if is_array(files)

foreign := [file | some file in files; file.uid != 0] if is_array(files)

compliant if {
	count(files) > 0
	count(bad) == 0
	count(foreign) == 0
}

deny contains {"message": sprintf("%s has mode %s; others than its owner may write it", [file.path, file.mode]), "evidence": {"path": file.path, "mode": file.mode}} if some file in bad

deny contains {"message": sprintf("%s belongs to user %d; wanted root", [file.path, file.uid]), "evidence": {"path": file.path, "uid": file.uid}} if some file in foreign
