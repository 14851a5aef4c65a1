# METADATA
# title: The PAM runtime is installed
# description: pam-auth-update and the common stacks come with it.
# custom:
#   id: host.pam.runtime_package
#   kind: host
#   area: authentication
#   needs: [packages]
#   severity: low
#   frameworks: {cis_debian_12: ["5.3.1.1"], ssg: [package_pam_runtime_installed]}
#   remediation:
#     text: Install libpam-runtime.
#     command: DEBIAN_FRONTEND=noninteractive apt-get install -y libpam-runtime
package casemate.host.pam.runtime_package

installed := input.facets.packages.installed

# Other distributions cut their packages differently.
applies if not elsewhere

elsewhere if input.facets.packages.manager in {"apk", "rpm", "none"}

compliant if installed["libpam-runtime"]

deny contains {"message": "libpam-runtime is not installed", "evidence": {"package": "libpam-runtime"}} if {
	count(installed) > 0
	not installed["libpam-runtime"]
}
