# METADATA
# title: The image says where it comes from
# description: >-
#   When something is wrong with an image somebody must find its source and its revision; labels are where tools
#   look for them.
# custom:
#   id: image.config.labels
#   kind: image
#   area: image
#   needs: [config]
#   severity: low
#   params:
#     labels: {type: list, default: [org.opencontainers.image.source, org.opencontainers.image.revision], description: labels that must be there}
#   remediation:
#     text: >-
#       Set them in the build.
#     command: docker build --label org.opencontainers.image.source=URL --label org.opencontainers.image.revision=$(git rev-parse HEAD) .
package casemate.image.config.labels

labels := input.facets.config.labels

missing := [label | some label in data.params.labels; object.get(labels, label, "") == ""]

compliant if {
	is_object(labels)
	count(missing) == 0
}

deny contains {"message": sprintf("the label %s is missing", [label]), "evidence": {"label": label}} if {
	is_object(labels)
	some label in missing
}
