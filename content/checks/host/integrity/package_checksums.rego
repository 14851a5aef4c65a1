# METADATA
# title: Files of packages can be compared with their checksums
# description: >-
#   debsums tells within a minute which programs are no longer what their package shipped, without any preparation.
# custom:
#   id: host.integrity.package_checksums
#   kind: host
#   area: audit
#   needs: [integrity, identity]
#   severity: low
#   attack: [T1554]
#   remediation:
#     text: Install debsums.
#     command: apt-get install -y debsums
package casemate.host.integrity.package_checksums

installed := input.facets.integrity.installed

# rpm and apk verify files themselves.
applies if not elsewhere

elsewhere if {
	family := input.facets.identity.os.family
	family != "debian"
}

compliant if {
	input.facets.identity.os.family == "debian"
	"debsums" in installed
}

deny contains {"message": "debsums is not installed"} if {
	input.facets.identity.os.family == "debian"
	names := installed
	not "debsums" in names
}
