# METADATA
# title: Only named users queue jobs with at
# description: A job queued for next month outlives the session and the attention it got.
# custom:
#   id: host.cron.at_allow
#   kind: host
#   area: services
#   needs: [cron]
#   severity: medium
#   frameworks: {cis_debian_12: ["2.4.2.1"], ssg: [file_at_allow_exists]}
#   attack: [T1053.002]
#   remediation:
#     text: List those who need it in /etc/at.allow; an empty file leaves root.
#     command: touch /etc/at.allow && chown root:root /etc/at.allow && chmod 640 /etc/at.allow
package casemate.host.cron.at_allow

cron := input.facets.cron

applies if not without

without if cron.at_installed == false

compliant if is_array(cron.at_allow)

deny contains {
	"message": "/etc/at.allow does not exist, so more people than needed may have jobs",
	"evidence": {"at_allow": null},
} if {
	cron.at_installed == true
	cron.at_allow == null
}
