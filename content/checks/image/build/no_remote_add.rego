# METADATA
# title: Nothing is added to the image from an address without a checksum
# description: >-
#   `ADD` with an address takes what is there on the day of the build, whoever put it there. `--checksum` makes it
#   the same thing each time.
# custom:
#   id: image.build.no_remote_add
#   kind: image
#   area: image
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker: ["4.9"]
#   attack: [T1195.002]
#   remediation:
#     text: >-
#       Use `ADD --checksum=sha256:…`, or fetch and verify the file in a step of its own.
package casemate.image.build.no_remote_add

import data.casemate.lib.image

# An image that does not tell its steps has none to judge.
applies if not image.silent

what := "added from an address"

patterns := [
	`^ADD (--(chown|chmod|link|keep-git-dir|exclude)(=\S+)? )*(\[ *")?(https?|ftp)://`,
]

bad := image.matching(patterns)

compliant if {
	image.told
	count(bad) == 0
}

deny contains {"message": sprintf("%s: %s", [what, substring(step, 0, 200)]), "evidence": {"step": step}} if some step in bad
