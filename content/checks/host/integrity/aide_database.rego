# METADATA
# title: AIDE has a database to compare with
# description: Without the record of a good state there is nothing to find a change by.
# custom:
#   id: host.integrity.aide_database
#   kind: host
#   area: audit
#   needs: [integrity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.3.1"]
#     anssi_bp_028: [R76, R79]
#     disa_stig_ubuntu_22.04: [UBTU-22-651015]
#     disa_stig_ubuntu_24.04: [UBTU-24-100110]
#     ssg: [aide_build_database]
#   attack: [T1565.001]
#   remediation:
#     text: "Make the database while the host is known to be good: `aideinit`, and keep a copy elsewhere."
#     command: aideinit -y -f && cp /var/lib/aide/aide.db.new /var/lib/aide/aide.db
package casemate.host.integrity.aide_database

integrity := input.facets.integrity

compliant if {
	"aide" in integrity.installed
	integrity.aide_database == true
}

deny contains {"message": "AIDE is not installed"} if {
	installed := integrity.installed
	not "aide" in installed
}

deny contains {"message": "AIDE has no database"} if integrity.aide_database == false
