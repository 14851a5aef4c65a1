# METADATA
# title: The host's own list of names comes first
# description: >-
#   With DNS before files, whoever answers for DNS may answer for localhost too. NIS in the list hands the answer to
#   whoever speaks NIS.
# custom:
#   id: host.network.local_names_first
#   kind: host
#   area: network
#   needs: [network]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R69]
#     ssg: [no_nis_in_nsswitch]
#   attack: [T1557]
#   remediation:
#     text: "Write `hosts: files dns` in /etc/nsswitch.conf."
#     command: "sed -i 's/^hosts:.*/hosts:          files dns/' /etc/nsswitch.conf"
package casemate.host.network.local_names_first

sources := input.facets.network.nss_hosts

files_at := min([i | some i, word in sources; word == "files"])

dns_at := min([i | some i, word in sources; word in {"dns", "resolve"}])

nis := [word | some word in sources; word in {"nis", "nisplus"}] if is_array(sources)

dns_first if dns_at < files_at

compliant if {
	files_at >= 0
	not dns_first
	count(nis) == 0
}

deny contains {"message": "hosts: asks DNS before files", "evidence": {"hosts": sources}} if dns_first

deny contains {"message": "hosts: does not ask files", "evidence": {"hosts": sources}} if {
	count(sources) > 0
	not "files" in sources
}

deny contains {"message": sprintf("hosts: asks %s", [word]), "evidence": {"hosts": sources}} if some word in nis
