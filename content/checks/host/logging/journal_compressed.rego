# METADATA
# title: The journal is compressed
# description: What is compressed is kept for longer on the same disk.
# custom:
#   id: host.logging.journal_compressed
#   kind: host
#   area: logging
#   needs: [logging, identity]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.1.2.3"]
#     ssg: [journald_compress]
#   remediation:
#     text: Set Compress=yes.
#     command: "mkdir -p /etc/systemd/journald.conf.d && printf '[Journal]\\nCompress=yes\\n' > /etc/systemd/journald.conf.d/60-casemate-compress.conf && systemctl restart systemd-journald.service"
package casemate.host.logging.journal_compressed

settings := input.facets.logging.journald

# The journal is a part of systemd.
applies if not without

without if input.facets.identity.systemd == false

# On by default; a size means: compress what is larger.
compress := lower(object.get(settings, "Compress", "yes"))

off := {"no", "false", "off", "0"}

compliant if {
	input.facets.identity.systemd
	is_string(compress)
	not compress in off
}

deny contains {"message": sprintf("Compress is %s; wanted yes", [compress]), "evidence": {"found": compress}} if compress in off
