# METADATA
# title: AIDE runs by itself
# description: A comparison that somebody has to think of is made after the damage.
# custom:
#   id: host.integrity.aide_scheduled
#   kind: host
#   area: audit
#   needs: [integrity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.3.2"]
#     anssi_bp_028: [R76]
#     disa_stig_ubuntu_22.04: [UBTU-22-651025]
#     disa_stig_ubuntu_24.04: [UBTU-24-100120]
#     ssg: [aide_periodic_checking_systemd_timer, aide_periodic_cron_checking]
#   attack: [T1565.001]
#   remediation:
#     text: Enable dailyaidecheck.timer, which aide-common brings, and see that its mail is read.
#     command: systemctl enable --now dailyaidecheck.timer
package casemate.host.integrity.aide_scheduled

integrity := input.facets.integrity

compliant if {
	"aide" in integrity.installed
	integrity.aide_scheduled == true
}

deny contains {"message": "AIDE is not installed"} if {
	installed := integrity.installed
	not "aide" in installed
}

deny contains {"message": "no timer and no cron job runs AIDE"} if integrity.aide_scheduled == false
