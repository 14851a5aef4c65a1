# METADATA
# title: No file trusts other hosts
# description: hosts.equiv and its kin let in whoever claims to come from a listed host.
# custom:
#   id: host.network.no_trust_files
#   kind: host
#   area: authentication
#   needs: [network]
#   severity: high
#   frameworks:
#     cis_debian_12: ["7.2.10"]
#     ssg: [no_rsh_trust_files]
#   attack: [T1021]
#   remediation:
#     text: Remove the files.
#     command: "rm -f /etc/hosts.equiv /etc/shosts.equiv /etc/ssh/shosts.equiv"
package casemate.host.network.no_trust_files

found := input.facets.network.trust_files

compliant if {
	is_array(found)
	count(found) == 0
}

deny contains {"message": sprintf("%s is there", [path]), "evidence": {"path": path}} if some path in found
