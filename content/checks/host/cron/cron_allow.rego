# METADATA
# title: Only named users have cron jobs
# description: A cron job is the easiest way to come back after a restart or a changed password.
# custom:
#   id: host.cron.cron_allow
#   kind: host
#   area: services
#   needs: [cron]
#   severity: medium
#   frameworks: {cis_debian_12: ["2.4.1.8", "2.4.1.2"], ssg: [file_cron_allow_exists]}
#   attack: [T1053.003]
#   remediation:
#     text: List those who need it in /etc/cron.allow; an empty file leaves root.
#     command: touch /etc/cron.allow && chown root:root /etc/cron.allow && chmod 640 /etc/cron.allow
package casemate.host.cron.cron_allow

cron := input.facets.cron

applies if not without

without if cron.cron_installed == false

compliant if is_array(cron.cron_allow)

deny contains {
	"message": "/etc/cron.allow does not exist, so more people than needed may have jobs",
	"evidence": {"cron_allow": null},
} if {
	cron.cron_installed == true
	cron.cron_allow == null
}
