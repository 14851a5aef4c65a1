# METADATA
# title: dnf checks signatures of every package
# description: >-
#   `gpgcheck` guards what comes from repositories; `localpkg_gpgcheck` files that somebody installs by hand.
# custom:
#   id: host.software.dnf_gpgcheck
#   kind: host
#   area: software
#   needs: [repositories, identity]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R59]
#     ssg: [ensure_gpgcheck_globally_activated, ensure_gpgcheck_local_packages]
#   attack: [T1195.002]
#   remediation:
#     text: Set gpgcheck=1 and localpkg_gpgcheck=1 in the main section of /etc/dnf/dnf.conf.
package casemate.host.software.dnf_gpgcheck

settings := input.facets.repositories.settings

applies if not elsewhere

elsewhere if {
	family := input.facets.identity.os.family
	family != "rhel"
}

yes := {"1", "true", "yes", "on"}

wanted := {"gpgcheck", "localpkg_gpgcheck"}

compliant if {
	input.facets.identity.os.family == "rhel"
	every name in wanted { lower(settings[name]) in yes }
}

deny contains {"message": sprintf("%s is not on in dnf.conf", [name]), "evidence": {"setting": name}} if {
	input.facets.identity.os.family == "rhel"
	is_object(settings)
	some name in wanted
	not lower(object.get(settings, name, "0")) in yes
}
