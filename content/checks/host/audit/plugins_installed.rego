# METADATA
# title: The plugins of the audit daemon are installed
# description: The plugins carry records to another machine, where the intruder of this one cannot reach them.
# custom:
#   id: host.audit.plugins_installed
#   kind: host
#   area: audit
#   needs: [packages]
#   severity: low
#   frameworks:
#     cis_debian_12: ["6.2.1.1"]
#     disa_stig_ubuntu_22.04: [UBTU-22-653020]
#     disa_stig_ubuntu_24.04: [UBTU-24-100450]
#     ssg: [package_audit-audispd-plugins_installed]
#   remediation:
#     text: Install audispd-plugins.
#     command: "apt-get install -y audispd-plugins"
package casemate.host.audit.plugins_installed

installed := input.facets.packages.installed

compliant if installed["audispd-plugins"]

deny contains {"message": "audispd-plugins is not installed", "evidence": {"wanted": "audispd-plugins"}} if {
	is_object(installed)
	not compliant
}
