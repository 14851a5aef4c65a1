# METADATA
# title: The image holds no shell
# description: >-
#   Many attacks end in a shell; where there is none they end earlier. Scripts as entry points need one: exempt such
#   images.
# custom:
#   id: image.files.no_shell
#   kind: image
#   area: files
#   needs: [files, software]
#   severity: low
#   frameworks:
#     cis_docker: ["4.3"]
#   attack: [T1059.004]
#   params:
#     expected: {type: list, default: [], description: absolute paths of such programs that may stay}
#   remediation:
#     text: Build in stages, and copy what is needed into an image without one (distroless, scratch); name the program itself as entry point.
package casemate.image.files.no_shell

import data.casemate.lib.tree

compliant if tree.none("shell", data.params.expected)

deny contains {
	"message": sprintf("%s is there", [file.path]),
	"evidence": file,
} if {
	some file in tree.unexpected("shell", data.params.expected)
}
