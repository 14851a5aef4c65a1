# METADATA
# title: Foreign package sources are bound to a key of their own
# description: >-
#   A key in the common ring may sign any package of any source: the vendor of one program can then replace the C
#   library.
# custom:
#   id: host.software.sources_bound_to_keys
#   kind: host
#   area: software
#   needs: [repositories]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.2.1.1"]
#     anssi_bp_028: [R59]
#   attack: [T1195.002]
#   params:
#     trusted: {type: list, default: [], description: host names of mirrors of the distribution}
#   remediation:
#     text: "Move the key to /etc/apt/keyrings and name it in the source: `[signed-by=/etc/apt/keyrings/NAME.gpg]`."
package casemate.host.software.sources_bound_to_keys

sources := input.facets.repositories.sources

own := {"deb.debian.org", "security.debian.org", "archive.ubuntu.com", "security.ubuntu.com", "ports.ubuntu.com"}

foreign(source) if {
	source.kind in {"deb", "deb-src"}
	host := split(trim_prefix(trim_prefix(source.uri, "http://"), "https://"), "/")[0]
	not host in own
	not endswith(host, ".debian.org")
	not endswith(host, ".archive.ubuntu.com")
	not host in data.params.trusted
}

unbound := [source | some source in sources; foreign(source); source.signed_by == null]

# Only apt binds a source to a key.
applies if not none

none if {
	is_array(sources)
	count(of_apt) == 0
}

of_apt := [source | some source in sources; source.kind in {"deb", "deb-src"}]

compliant if {
	count(of_apt) > 0
	count(unbound) == 0
}

deny contains {
	"message": sprintf("%s:%d takes %s with any trusted key; wanted signed-by", [source.file, source.line, source.uri]),
	"evidence": {"uri": source.uri, "file": source.file, "line": source.line},
} if {
	some source in unbound
}
