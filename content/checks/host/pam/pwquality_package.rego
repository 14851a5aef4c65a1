# METADATA
# title: The module that judges passwords is installed
# description: A stack cannot use pam_pwquality before its package is there.
# custom:
#   id: host.pam.pwquality_package
#   kind: host
#   area: authentication
#   needs: [packages]
#   severity: medium
#   frameworks:
#     cis_debian_12: ["5.3.1.3"]
#     disa_stig_ubuntu_22.04: [UBTU-22-215010]
#     disa_stig_ubuntu_24.04: [UBTU-24-100600]
#     ssg: [package_pam_pwquality_installed]
#   remediation:
#     text: Install libpam-pwquality.
#     command: DEBIAN_FRONTEND=noninteractive apt-get install -y libpam-pwquality
package casemate.host.pam.pwquality_package

installed := input.facets.packages.installed

# Other distributions cut their packages differently.
applies if not elsewhere

elsewhere if input.facets.packages.manager in {"apk", "rpm", "none"}

compliant if installed["libpam-pwquality"]

deny contains {"message": "libpam-pwquality is not installed", "evidence": {"package": "libpam-pwquality"}} if {
	count(installed) > 0
	not installed["libpam-pwquality"]
}
