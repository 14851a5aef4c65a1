# METADATA
# title: Security updates come from somewhere
# description: >-
#   On Debian and Ubuntu they live in a suite of their own. Without its line, apt reports that all is up to date.
# custom:
#   id: host.software.security_source
#   kind: host
#   area: software
#   needs: [repositories, identity]
#   severity: high
#   frameworks:
#     cis_debian_12: ["1.2.1.2"]
#     anssi_bp_028: [R61]
#   remediation:
#     text: >-
#       Add the security suite to the sources of apt: `deb http://security.debian.org/debian-security
#       CODENAME-security main`.
#     command: '. /etc/os-release && printf ''deb http://security.debian.org/debian-security %s-security main\n'' "$VERSION_CODENAME" > /etc/apt/sources.list.d/casemate-security.list && apt-get update'
package casemate.host.software.security_source

sources := input.facets.repositories.sources

# Elsewhere security updates come by the ordinary repositories.
applies if not elsewhere

elsewhere if {
	family := input.facets.identity.os.family
	family != "debian"
}

security := [source | some source in sources; source.kind == "deb"; source.security == true]

compliant if {
	input.facets.identity.os.family == "debian"
	count(security) > 0
}

deny contains {"message": "no source of apt is a security suite", "evidence": {"suites": suites}} if {
	is_array(sources)
	input.facets.identity.os.family == "debian"
	count(security) == 0
	suites := {source.suite | some source in sources}
}
