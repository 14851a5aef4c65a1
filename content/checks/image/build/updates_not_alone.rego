# METADATA
# title: Lists of packages are fetched in the step that installs from them
# description: >-
#   A step that only fetches the lists is taken from the cache for weeks; what later steps install from it is as
#   old, security updates and all.
# custom:
#   id: image.build.updates_not_alone
#   kind: image
#   area: image
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker: ["4.7"]
#   remediation:
#     text: >-
#       Join the two in one step: `RUN apt-get update && apt-get install -y …`.
package casemate.image.build.updates_not_alone

import data.casemate.lib.image

# An image that does not tell its steps has none to judge.
applies if not image.silent

fetches := `\b(apt-get|apt|aptitude|apk)( +-\S+)* +update\b|\byum +(check-update|makecache)\b|\bdnf +(check-update|makecache)\b`

installs := `\b(apt-get|apt|aptitude)( +-\S+)* +(install|upgrade|dist-upgrade|full-upgrade|build-dep)\b|\bapk( +-\S+)* +(add|upgrade)\b|\b(yum|dnf)( +-\S+)* +(install|update|upgrade)\b`

bad := [step |
	some step in image.matching([fetches])
	not regex.match(installs, step)
]

compliant if {
	image.told
	count(bad) == 0
}

deny contains {"message": sprintf("fetched alone: %s", [substring(step, 0, 200)]), "evidence": {"step": step}} if some step in bad
