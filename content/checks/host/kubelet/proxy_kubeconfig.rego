# METADATA
# title: kube-proxy's credentials are read by root alone
# description: With them somebody can speak in the node's name to the API server.
# custom:
#   id: host.kubelet.proxy_kubeconfig
#   kind: host.kubelet
#   area: containers
#   needs: [files]
#   severity: medium
#   frameworks:
#     cis_kubernetes_1.10: ["4.1.3", "4.1.4"]
#   attack: [T1552.001]
#   remediation:
#     text: Give the file to root with mode 600.
package casemate.host.kubelet.proxy_kubeconfig

import data.casemate.lib.container

files := {path: facts |
	some path, facts in all
	facts.exists == true
	chosen(path)
} if all := input.facets.files.paths

chosen(path) if endswith(path, "/kube-proxy.conf")

chosen(path) if regex.match(`/kube-proxy/kubeconfig[^/]*$`, path)

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
