# METADATA
# title: The image holds no package manager
# description: >-
#   An intruder who finds one has every tool in reach. A production image needs it only while it is built; a build
#   in stages leaves it behind.
# custom:
#   id: image.files.no_package_manager
#   kind: image
#   area: files
#   needs: [files, software]
#   severity: low
#   frameworks:
#     cis_docker: ["4.3"]
#   attack: [T1105, T1072]
#   params:
#     expected: {type: list, default: [], description: absolute paths of such programs that may stay}
#   remediation:
#     text: Build in stages, and copy what is needed into an image without one (distroless, scratch); or remove it in the last step.
package casemate.image.files.no_package_manager

import data.casemate.lib.tree

compliant if tree.none("package_manager", data.params.expected)

deny contains {
	"message": sprintf("%s is there", [file.path]),
	"evidence": file,
} if {
	some file in tree.unexpected("package_manager", data.params.expected)
}
