# METADATA
# title: cron has no list of those shut out
# description: Where cron.allow is missing, cron.deny lets in everybody it forgets.
# custom:
#   id: host.cron.no_cron_deny
#   kind: host
#   area: services
#   needs: [cron]
#   severity: low
#   frameworks: {cis_debian_12: ["2.4.1.8"], ssg: [file_cron_deny_not_exist]}
#   attack: [T1053.003]
#   remediation:
#     text: Remove /etc/cron.deny and keep /etc/cron.allow.
#     command: rm -f /etc/cron.deny
package casemate.host.cron.no_cron_deny

cron := input.facets.cron

applies if not without

without if cron.cron_installed == false

compliant if cron.cron_deny == null

deny contains {"message": "/etc/cron.deny exists", "evidence": {"users": cron.cron_deny}} if is_array(cron.cron_deny)
