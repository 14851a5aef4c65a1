# METADATA
# title: The kubelet's settings are closed
# description: One key in config.yaml lets everybody run commands in its pods.
# custom:
#   id: host.kubelet.config_file
#   kind: host.kubelet
#   area: containers
#   needs: [files]
#   severity: high
#   frameworks:
#     cis_kubernetes_1.10: ["4.1.9", "4.1.10"]
#   attack: [T1552.001]
#   remediation:
#     text: Give the file to root with mode 600.
#     command: "chown root:root /var/lib/kubelet/config.yaml && chmod 600 /var/lib/kubelet/config.yaml"
package casemate.host.kubelet.config_file

import data.casemate.lib.container

files := {path: facts |
	some path, facts in all
	facts.exists == true
	chosen(path)
} if all := input.facets.files.paths

chosen(path) if endswith(path, "/kubelet/config.yaml")

chosen(path) if regex.match(`/kubelet-config[^/]*$`, path)

chosen(path) if regex.match(`/kubelet/config[.]yaml[.]d/`, path)

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
