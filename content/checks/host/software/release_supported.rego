# METADATA
# title: The release still gets security updates
# description: >-
#   After the end of support holes are found and published as before, but no longer mended. The check knows the dates
#   that the distributions have published; a release it does not know is not judged.
# custom:
#   id: host.software.release_supported
#   kind: host
#   area: software
#   needs: [identity]
#   severity: critical
#   frameworks:
#     anssi_bp_028: [R61]
#     disa_stig_ubuntu_22.04: [UBTU-22-211000]
#     disa_stig_ubuntu_24.04: [UBTU-24-700400]
#     ssg: [installed_OS_is_vendor_supported]
#   attack: [T1190, T1068]
#   clock: day
#   remediation:
#     text: Upgrade to a release that is supported; until then buy extended support where there is any.
package casemate.host.software.release_supported

import data.casemate.lib.release

os := input.facets.identity.os

end := release.end(os.id, os.version_id)

# Dates in ISO form sort as texts do.
compliant if input.today <= end

deny contains {
	"message": sprintf("%s has had no security updates since %s", [os.pretty_name, end]),
	"evidence": {"release": os.pretty_name, "end": end},
} if {
	input.today > end
}
