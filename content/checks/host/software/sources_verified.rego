# METADATA
# title: Every package source is verified
# description: >-
#   A source whose signatures are not checked lets whoever sits between, or on the mirror, install anything as root.
# custom:
#   id: host.software.sources_verified
#   kind: host
#   area: software
#   needs: [repositories]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R59]
#     ssg: [ensure_gpgcheck_never_disabled]
#   attack: [T1195.002]
#   remediation:
#     text: Take `trusted=yes` (apt) or `gpgcheck=0` (dnf) off the source and install its key.
package casemate.host.software.sources_verified

sources := input.facets.repositories.sources

loose := [source | some source in sources; source.verified != true]

# Without a source nothing is taken from anywhere.
applies if not none

none if count(sources) == 0

compliant if {
	count(sources) > 0
	count(loose) == 0
}

deny contains {
	"message": sprintf("%s:%d takes %s without checking signatures", [source.file, source.line, source.uri]),
	"evidence": {"uri": source.uri, "suite": source.suite, "file": source.file, "line": source.line},
} if {
	some source in loose
}
