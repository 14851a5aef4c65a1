# METADATA
# title: The image has a tag that tells its version
# description: >-
#   What `latest` means changes without notice; nobody can tell afterwards what ran, or go back to it.
# custom:
#   id: image.config.no_latest_tag
#   kind: image
#   area: image
#   needs: [config]
#   severity: low
#   remediation:
#     text: >-
#       Tag each build with its version or revision, and deploy by that tag or by digest.
package casemate.image.config.no_latest_tag

tags := input.facets.config.tags

# Named by digest only, or not at all.
applies if not untagged

untagged if count(tags) == 0

# A name without a tag means `latest`. A port of a registry stands before a slash.
version(tag) := split(base, ":")[1] if {
	parts := split(tag, "/")
	base := parts[count(parts) - 1]
	contains(base, ":")
}

telling := [tag | some tag in tags; version(tag) != "latest"]

compliant if count(telling) > 0

deny contains {"message": sprintf("%s is the only name", [concat(", ", tags)]), "evidence": {"tags": tags}} if {
	count(tags) > 0
	count(telling) == 0
}
