# How long releases of distributions get security updates.
package casemate.lib.release

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
release_of(id, version) := version if id == "ubuntu"

release_of(id, version) := concat(".", array.slice(split(version, "."), 0, 2)) if id == "alpine"

release_of(id, version) := split(version, ".")[0] if {
	is_string(version)
	not id in {"ubuntu", "alpine"}
}

# The last day, from `ID` and `VERSION_ID` of os-release; undefined for a release that is not in the table.
end(id, version) := supported_until[id][release_of(id, version)]
