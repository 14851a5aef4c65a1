# METADATA
# title: No file has capabilities that amount to root
# description: >-
#   With cap_setuid, cap_dac_override, cap_sys_admin and their like a program can make itself root, whatever it was
#   given them for.
# custom:
#   id: host.filesystem.capabilities_dangerous
#   kind: host
#   area: filesystem
#   needs: [privileged_files]
#   severity: high
#   attack: [T1548]
#   params:
#     allow: {type: list, default: [], description: paths that may have such capabilities}
#   remediation:
#     text: >-
#       Take them off with `setcap -r FILE`; where a service needs one, grant it by AmbientCapabilities in its unit.
package casemate.host.filesystem.capabilities_dangerous

files := input.facets.privileged_files

dangerous := {
	"cap_chown", "cap_dac_override", "cap_dac_read_search", "cap_fowner", "cap_setuid", "cap_setgid", "cap_setfcap",
	"cap_setpcap", "cap_sys_admin", "cap_sys_module", "cap_sys_ptrace", "cap_sys_rawio", "cap_mac_admin", "cap_bpf",
}

# newuidmap and newgidmap are made to use theirs within the bounds of /etc/subuid.
excepted(file) if {
	file.path in {"/usr/bin/newuidmap", "/usr/bin/newgidmap"}
	file.package in {"uidmap", "shadow-utils", "shadow-uidmap"}
}

excepted(file) if file.path in data.params.allow

found := [[file, caps] |
	some file in files.capabilities
	not excepted(file)
	caps := {cap | some cap in file.permitted; cap in dangerous}
	count(caps) > 0
]

compliant if {
	is_array(files.capabilities)
	files.truncated == false
	count(found) == 0
}

deny contains {
	"message": sprintf("%s has %s", [file.path, concat(", ", caps)]),
	"evidence": {"path": file.path, "capabilities": file.permitted, "package": file.package},
} if {
	some [file, caps] in found
}
