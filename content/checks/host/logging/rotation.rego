# METADATA
# title: Log files are rotated
# description: A log that grows without end fills the disk, and then nothing more is logged.
# custom:
#   id: host.logging.rotation
#   kind: host
#   area: logging
#   needs: [logging, packages]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.1.3.8"]
#     anssi_bp_028: [R71]
#     ssg: [ensure_logrotate_activated, package_logrotate_installed]
#   remediation:
#     text: Install logrotate.
#     command: "apt-get install -y logrotate"
package casemate.host.logging.rotation

installed := input.facets.packages.installed

configured := input.facets.logging.logrotate

compliant if {
	installed.logrotate
	configured == true
}

deny contains {"message": "logrotate is not installed", "evidence": {"wanted": "logrotate"}} if {
	is_object(installed)
	not installed.logrotate
}

deny contains {"message": "there is no /etc/logrotate.conf", "evidence": {"file": "/etc/logrotate.conf"}} if configured == false
