# METADATA
# title: apt installs nothing unauthenticated
# description: >-
#   One setting makes apt take packages whose signature is missing or bad; somebody set it for a quick test, as a
#   rule.
# custom:
#   id: host.software.apt_authentication
#   kind: host
#   area: software
#   needs: [repositories, identity]
#   severity: high
#   frameworks:
#     anssi_bp_028: [R59]
#     disa_stig_ubuntu_22.04: [UBTU-22-214010]
#     disa_stig_ubuntu_24.04: [UBTU-24-300001]
#     ssg: [apt_conf_disallow_unauthenticated]
#   attack: [T1195.002]
#   remediation:
#     text: Remove the setting from /etc/apt/apt.conf.d.
package casemate.host.software.apt_authentication

family := input.facets.identity.os.family

# Others have no apt.
applies if not elsewhere

elsewhere if {
	name := family
	name != "debian"
}

settings := input.facets.repositories.settings

yes := {"true", "yes", "1", "on", "enable", "with"}

loosening := {
	"apt::get::allowunauthenticated",
	"apt::get::force-yes",
	"acquire::allowinsecurerepositories",
	"acquire::allowweakrepositories",
	"acquire::allowdowngradetoinsecurerepositories",
}

# `Binary::apt::…` sets something for one program.
plain(name) := regex.replace(name, `^binary::[^:]+::`, "")

wrong := [name | some name, value in settings; plain(name) in loosening; lower(value) in yes]

compliant if {
	family == "debian"
	is_object(settings)
	count(wrong) == 0
}

deny contains {
	"message": sprintf("apt is set to %s \"%s\"", [name, settings[name]]),
	"evidence": {"setting": name, "value": settings[name]},
} if {
	some name in wrong
}
