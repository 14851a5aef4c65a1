# METADATA
# title: The PAM modules are installed
# description: pam_unix, pam_faillock and the other modules that the stacks name come with it.
# custom:
#   id: host.pam.modules_package
#   kind: host
#   area: authentication
#   needs: [packages]
#   severity: low
#   frameworks: {cis_debian_12: ["5.3.1.2"], ssg: [package_pam_modules_installed]}
#   remediation:
#     text: Install libpam-modules.
#     command: DEBIAN_FRONTEND=noninteractive apt-get install -y libpam-modules
package casemate.host.pam.modules_package

installed := input.facets.packages.installed

# Other distributions cut their packages differently.
applies if not elsewhere

elsewhere if input.facets.packages.manager in {"apk", "rpm", "none"}

compliant if installed["libpam-modules"]

deny contains {"message": "libpam-modules is not installed", "evidence": {"package": "libpam-modules"}} if {
	count(installed) > 0
	not installed["libpam-modules"]
}
