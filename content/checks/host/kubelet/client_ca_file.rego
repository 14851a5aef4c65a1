# METADATA
# title: The authority of the kubelet's clients is closed
# description: Whoever exchanges the file decides whose certificates the kubelet believes.
# custom:
#   id: host.kubelet.client_ca_file
#   kind: host.kubelet
#   area: containers
#   needs: [files]
#   severity: high
#   frameworks:
#     cis_kubernetes_1.10: ["4.1.7", "4.1.8"]
#   attack: [T1557]
#   remediation:
#     text: Give the file to root with mode 600.
#     command: "chown root:root /etc/kubernetes/pki/ca.crt && chmod 600 /etc/kubernetes/pki/ca.crt"
package casemate.host.kubelet.client_ca_file

import data.casemate.lib.container

files := {path: facts |
	some path, facts in all
	facts.exists == true
	chosen(path)
} if all := input.facets.files.paths

chosen(path) if endswith(path, "/ca.crt")

chosen(path) if endswith(path, "/client-ca.crt")

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
