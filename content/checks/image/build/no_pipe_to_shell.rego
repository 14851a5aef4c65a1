# METADATA
# title: No step runs a script straight from an address
# description: >-
#   What the address gives on the day of the build is run as root, unseen, unverified, and cut off where the line
#   breaks.
# custom:
#   id: image.build.no_pipe_to_shell
#   kind: image
#   area: image
#   needs: [config]
#   severity: medium
#   frameworks:
#     cis_docker: ["4.11"]
#   attack: [T1195.002, T1059.004]
#   remediation:
#     text: >-
#       Fetch the script into the build, read it, and keep it or its checksum there.
package casemate.image.build.no_pipe_to_shell

import data.casemate.lib.image

# An image that does not tell its steps has none to judge.
applies if not image.silent

what := "a script from an address was run"

patterns := [
	`(curl|wget)[^;&|]*\|\s*(sudo\s+(-\S+\s+)*)?(/\S*/)?(ba|da|z|k|a)?sh\b`,
	`\b(ba|da|z|k|a)?sh\s+(-c\s+)?(<\(|"?\$\()\s*(curl|wget)\b`,
	`(curl|wget)[^;&|]*\|\s*(sudo\s+)?python[0-9.]*\b`,
]

bad := image.matching(patterns)

compliant if {
	image.told
	count(bad) == 0
}

deny contains {"message": sprintf("%s: %s", [what, substring(step, 0, 200)]), "evidence": {"step": step}} if some step in bad
