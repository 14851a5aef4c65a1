# METADATA
# title: A file integrity checker is installed
# description: Changed programs and configuration are what most intruders leave. Somebody has to compare.
# custom:
#   id: host.integrity.checker_installed
#   kind: host
#   area: audit
#   needs: [integrity]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["6.3.1"]
#     anssi_bp_028: [R76, R79]
#     disa_stig_ubuntu_22.04: [UBTU-22-651010]
#     disa_stig_ubuntu_24.04: [UBTU-24-100100]
#     ssg: [package_aide_installed]
#   attack: [T1565.001, T1554]
#   params:
#     accepted: {type: list, default: ["aide"], description: checkers that will do}
#   remediation:
#     text: Install AIDE.
#     command: apt-get install -y aide aide-common
package casemate.host.integrity.checker_installed

installed := input.facets.integrity.installed

compliant if {
	some name in installed
	name in data.params.accepted
}

deny contains {
	"message": sprintf("none of %s is installed", [concat(", ", data.params.accepted)]),
	"evidence": {"installed": installed},
} if {
	is_array(installed)
	count([name | some name in installed; name in data.params.accepted]) == 0
}
