# METADATA
# title: The release in the disk still gets security updates
# description: >-
#   After the end of support holes are found and published as before, but no longer mended: every machine made of
#   the disk has them. The dates are those that the distributions have published; a release that is not known is not
#   judged.
# custom:
#   id: disk.software.release_supported
#   kind: disk
#   area: software
#   needs: [software]
#   severity: critical
#   attack: [T1190, T1068]
#   clock: day
#   remediation:
#     text: Make the disk anew of a supported release.
package casemate.disk.software.release_supported

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
