# METADATA
# title: The audit daemon is installed
# description: "Without auditd nobody writes down what the kernel could report: who did what, with which rights."
# custom:
#   id: host.audit.installed
#   kind: host
#   area: audit
#   needs: [packages]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.2.1.1"]
#     anssi_bp_028: [R33, R73]
#     disa_stig_ubuntu_22.04: [UBTU-22-653010]
#     disa_stig_ubuntu_24.04: [UBTU-24-100400]
#     ssg: [package_audit_installed]
#   attack: [T1562.012]
#   remediation:
#     text: Install auditd.
#     command: "apt-get install -y auditd"
package casemate.host.audit.installed

installed := input.facets.packages.installed

names := {"auditd", "audit"}

compliant if {
	some name in names
	installed[name]
}

deny contains {"message": "auditd is not installed", "evidence": {"wanted": "auditd"}} if {
	is_object(installed)
	not compliant
}
