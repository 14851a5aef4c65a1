# METADATA
# title: No package is held back
# description: >-
#   A hold is set for one bad update and then forgotten; security updates of the package are skipped from then on.
# custom:
#   id: host.software.held_packages
#   kind: host
#   area: software
#   needs: [packages]
#   severity: low
#   params:
#     allow: {type: list, default: [], description: packages that are held on purpose}
#   remediation:
#     text: "Release the hold: `apt-mark unhold PACKAGE`."
package casemate.host.software.held_packages

import data.casemate.lib.packages

held := {name | some name, entry in packages.installed; entry.held == true; not name in data.params.allow}

compliant if {
	packages.listed
	every name, entry in packages.installed { not_held(name, entry) }
}

not_held(_, entry) if entry.held == false

not_held(name, _) if name in data.params.allow

deny contains {
	"message": sprintf("%s is held at %s", [name, packages.installed[name].version]),
	"evidence": {"package": name, "version": packages.installed[name].version},
} if {
	packages.listed
	some name in held
}
