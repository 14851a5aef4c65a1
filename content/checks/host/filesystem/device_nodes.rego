# METADATA
# title: Device nodes stand in /dev only
# description: >-
#   A device node elsewhere is a private door to a disk or to memory, past the permissions that /dev would have.
# custom:
#   id: host.filesystem.device_nodes
#   kind: host
#   area: filesystem
#   needs: [loose_files]
#   severity: high
#   attack: [T1006]
#   params:
#     allow: {type: list, default: [], description: "paths, with all below them, that may hold device nodes, such as chroots"}
#   remediation:
#     text: Remove the node, unless it belongs to a chroot or a container image.
package casemate.host.filesystem.device_nodes

loose := input.facets.loose_files

# A path of the baseline covers what lies below it.
permitted(path) if {
	some root in data.params.allow
	startswith(sprintf("%s/", [path]), sprintf("%s/", [trim_suffix(root, "/")]))
}

found := [path | some path in loose.devices; not permitted(path)]

# A walk that stopped early has not seen everything.
compliant if {
	is_array(loose.devices)
	loose.truncated == false
	count(found) == 0
}

deny contains {"message": sprintf("%s is a device node outside of /dev", [path]), "evidence": {"path": path}} if {
	some path in found
}
