# METADATA
# title: The journal may not fill the disk
# description: >-
#   Without a limit of its own the journal takes a tenth of the file system; a flood of messages pushes out the old
#   ones, so the site should decide.
# custom:
#   id: host.logging.journal_limits
#   kind: host
#   area: logging
#   needs: [logging, identity]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.1.1.3"]
#   remediation:
#     text: Set SystemMaxUse to what the site wants to keep.
#     command: "mkdir -p /etc/systemd/journald.conf.d && printf '[Journal]\\nSystemMaxUse=1G\\n' > /etc/systemd/journald.conf.d/60-casemate-systemmaxuse.conf && systemctl restart systemd-journald.service"
package casemate.host.logging.journal_limits

settings := input.facets.logging.journald

# The journal is a part of systemd.
applies if not without

without if input.facets.identity.systemd == false

stated := {key | some key, _ in settings; key in {"SystemMaxUse", "SystemKeepFree"}}

compliant if {
	input.facets.identity.systemd
	count(stated) > 0
}

deny contains {"message": "neither SystemMaxUse nor SystemKeepFree is set", "evidence": {"wanted": "SystemMaxUse=1G"}} if {
	is_object(settings)
	count(stated) == 0
}
