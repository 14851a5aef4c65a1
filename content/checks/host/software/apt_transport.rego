# METADATA
# title: apt checks certificates and the age of its lists
# description: >-
#   Without the checks somebody on the way can hand out old lists, signed long ago, and so hold back a security update
#   for as long as they like.
# custom:
#   id: host.software.apt_transport
#   kind: host
#   area: software
#   needs: [repositories, identity]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R59]
#   attack: [T1557, T1195.002]
#   remediation:
#     text: Remove the setting from /etc/apt/apt.conf.d.
package casemate.host.software.apt_transport

family := input.facets.identity.os.family

# Others have no apt.
applies if not elsewhere

elsewhere if {
	name := family
	name != "debian"
}

settings := input.facets.repositories.settings

yes := {"true", "yes", "1", "on", "enable", "with"}

# Each of these protects while it is on, as it is by default.
protecting := {"acquire::https::verify-peer", "acquire::https::verify-host", "acquire::check-valid-until"}

# For all, for one host (`Acquire::https::HOST::Verify-Peer`), or for one program (`Binary::apt::…`).
protects(name) if regex.replace(name, `^binary::[^:]+::`, "") in protecting

protects(name) if regex.match(`^(binary::[^:]+::)?acquire::https::.+::verify-(peer|host)$`, name)

wrong := [name | some name, value in settings; protects(name); not lower(value) in yes]

compliant if {
	family == "debian"
	is_object(settings)
	count(wrong) == 0
}

deny contains {
	"message": sprintf("apt is set to %s \"%s\"", [name, settings[name]]),
	"evidence": {"setting": name, "value": settings[name]},
} if {
	is_object(settings)
	some name in wrong
}
