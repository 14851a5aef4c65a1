# METADATA
# title: The base of the image is known by its digest
# description: >-
#   A base that is named by tag alone is another one tomorrow: the build cannot be repeated, and whoever may push
#   the tag is in the image. Told by labels, which BuildKit and Buildah set.
# custom:
#   id: image.base.pinned
#   kind: image
#   area: image
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker: ["4.2"]
#   attack: [T1195.002]
#   remediation:
#     text: >-
#       Name the base by digest: `FROM debian:12@sha256:…`; let a bot raise it.
package casemate.image.base.pinned

base := input.facets.config.base

# Nothing says what it is built on.
applies if not silent

silent if base == null

named if {
	is_string(base.name)
	base.name != ""
}

pinned if {
	is_string(base.digest)
	regex.match(`^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$`, base.digest)
}

pinned if {
	named
	regex.match(`@sha256:[0-9a-f]{64}$`, base.name)
}

compliant if pinned

deny contains {"message": sprintf("the base %s is named without a digest", [base.name]), "evidence": {"base": base}} if {
	named
	not pinned
}
