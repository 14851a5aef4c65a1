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

os := input.facets.identity.os

# Distribution (`ID` of os-release) to release to the last day with security updates that anybody gets: Debian with its
# LTS, Ubuntu without Pro, Red Hat without extensions.
supported_until := {
	"debian": {
		"8": "2020-06-30",
		"9": "2022-06-30",
		"10": "2024-06-30",
		"11": "2026-08-31",
		"12": "2028-06-30",
		"13": "2030-06-30",
	},
	"ubuntu": {
		"16.04": "2021-04-30",
		"18.04": "2023-05-31",
		"20.04": "2025-05-31",
		"22.04": "2027-05-31",
		"23.10": "2024-07-11",
		"24.04": "2029-05-31",
		"24.10": "2025-07-10",
		"25.04": "2026-01-15",
		"25.10": "2026-07-31",
		"26.04": "2031-05-31",
	},
	"alpine": {
		"3.15": "2023-11-01",
		"3.16": "2024-05-23",
		"3.17": "2024-11-22",
		"3.18": "2025-05-09",
		"3.19": "2025-11-01",
		"3.20": "2026-04-01",
		"3.21": "2026-11-01",
		"3.22": "2027-05-01",
		"3.23": "2027-11-01",
	},
	"rhel": {
		"6": "2020-11-30",
		"7": "2024-06-30",
		"8": "2029-05-31",
		"9": "2032-05-31",
		"10": "2035-05-31",
	},
	"almalinux": {
		"8": "2029-03-01",
		"9": "2032-05-31",
		"10": "2035-05-31",
	},
	"rocky": {
		"8": "2029-05-31",
		"9": "2032-05-31",
		"10": "2035-05-31",
	},
	"centos": {
		"6": "2020-11-30",
		"7": "2024-06-30",
		"8": "2024-05-31",
		"9": "2027-05-31",
		"10": "2030-01-01",
	},
	"ol": {
		"7": "2024-12-31",
		"8": "2029-07-31",
		"9": "2032-06-30",
	},
	"amzn": {
		"1": "2023-12-31",
		"2": "2026-06-30",
		"2023": "2029-06-30",
	},
	"fedora": {
		"39": "2024-11-26",
		"40": "2025-05-13",
		"41": "2025-12-15",
		"42": "2026-05-13",
	},
}

# Minor releases share the end of their major one, but for Ubuntu and Alpine.
release := os.version_id if os.id == "ubuntu"

release := concat(".", array.slice(split(os.version_id, "."), 0, 2)) if os.id == "alpine"

release := split(os.version_id, ".")[0] if {
	is_string(os.version_id)
	not os.id in {"ubuntu", "alpine"}
}

end := supported_until[os.id][release]

# Dates in ISO form sort as texts do.
compliant if input.today <= end

deny contains {
	"message": sprintf("%s has had no security updates since %s", [os.pretty_name, end]),
	"evidence": {"release": os.pretty_name, "end": end},
} if {
	input.today > end
}
