# METADATA
# title: The kubelet's units belong to root and are closed
# description: The flags in its unit open the kubelet to strangers.
# custom:
#   id: host.kubelet.unit_files
#   kind: host.kubelet
#   area: containers
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_kubernetes_1.10: ["4.1.1", "4.1.2"]
#   attack: [T1543.002]
#   remediation:
#     text: Give the files to root with mode 600.
#     command: "find /lib/systemd/system /etc/systemd/system -path \"*kubelet.service*\" -type f -exec chown root:root {} + -exec chmod 600 {} +"
package casemate.host.kubelet.unit_files

import data.casemate.lib.container

files := {path: facts |
	some path, facts in all
	facts.exists == true
	chosen(path)
} if all := input.facets.files.paths

chosen(path) if regex.match(`(kubelet[.]service|kubelet[.]service[.]d/[^/]+[.]conf)$`, path)

applies if count(files) > 0

allowed := 384 # 600

open := [path | some path, facts in files; container.too_open(facts, allowed)]

foreign := [path |
	some path, facts in files
	[facts.uid, facts.gid] != [0, 0]
]

compliant if {
	count(files) > 0
	count(open) == 0
	count(foreign) == 0
}

deny contains {"message": sprintf("%s has mode %s; wanted 600 or less", [path, files[path].mode]), "evidence": {"path": path, "mode": files[path].mode}} if some path in open

deny contains {"message": sprintf("%s belongs to %v:%v; wanted root:root", [path, files[path].owner, files[path].group]), "evidence": {"path": path, "owner": files[path].owner, "group": files[path].group}} if some path in foreign
