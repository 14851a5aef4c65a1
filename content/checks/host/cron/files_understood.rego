# METADATA
# title: Every line of the crontabs makes sense
# description: cron drops a crontab with a bad line, and the backup or the scan in it never runs.
# custom:
#   id: host.cron.files_understood
#   kind: host
#   area: services
#   needs: [cron]
#   severity: low
#   remediation:
#     text: Mend the lines.
package casemate.host.cron.files_understood

malformed := input.facets.cron.malformed

compliant if count(malformed) == 0

deny contains {"message": sprintf("cannot be understood: %s:%d", [place.file, place.line]), "evidence": place} if {
	some place in malformed
}
