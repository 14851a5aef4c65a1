# METADATA
# title: The release in the image still gets security updates
# description: >-
#   An image on a release past its end collects holes that are published and no longer mended, however often it is
#   built anew. The dates are those that the distributions have published; a release that is not known is not
#   judged.
# custom:
#   id: image.software.release_supported
#   kind: image
#   area: software
#   needs: [software]
#   severity: high
#   frameworks:
#     cis_docker: ["4.2", "4.4"]
#   attack: [T1190, T1068]
#   clock: day
#   remediation:
#     text: Build on a base of a supported release.
package casemate.image.software.release_supported

import data.casemate.lib.release

distribution := input.facets.software.distribution

# A tree without an os-release is of no release.
applies if not without

without if distribution == null

end := release.end(distribution.id, distribution.version)

# Dates in ISO form sort as texts do.
compliant if input.today <= end

deny contains {
	"message": sprintf("%s %s has had no security updates since %s", [distribution.id, distribution.version, end]),
	"evidence": {"distribution": distribution, "end": end},
} if {
	input.today > end
}
