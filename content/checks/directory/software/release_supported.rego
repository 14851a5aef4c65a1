# METADATA
# title: The release in the directory still gets security updates
# description: >-
#   After the end of support holes are found and published as before, but no longer mended. The dates are those that
#   the distributions have published; a release that is not known is not judged.
# custom:
#   id: directory.software.release_supported
#   kind: directory
#   area: software
#   needs: [software]
#   severity: high
#   attack: [T1190, T1068]
#   clock: day
#   remediation:
#     text: Upgrade to a release that is supported.
package casemate.directory.software.release_supported

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
