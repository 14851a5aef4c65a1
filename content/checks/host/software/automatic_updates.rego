# METADATA
# title: Security updates install themselves
# description: >-
#   Between a hole's publication and its use lie days. Nobody reads mail at night, unattended-upgrades does.
# custom:
#   id: host.software.automatic_updates
#   kind: host
#   area: software
#   needs: [automatic_updates, identity, packages, repositories]
#   needs_if_supported: [units]
#   severity: medium
#   frameworks:
#     anssi_bp_028: [R61]
#     ssg: [dnf-automatic_apply_updates, package_dnf-automatic_installed]
#   remediation:
#     text: Install unattended-upgrades and switch it on.
#     command: apt-get install -y unattended-upgrades && printf 'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";\n' > /etc/apt/apt.conf.d/99casemate-automatic-updates
package casemate.host.software.automatic_updates

updates := input.facets.automatic_updates

family := input.facets.identity.os.family

# Alpine and others have no tool for it.
applies if not without_tool

without_tool if {
	name := family
	not name in {"debian", "rhel"}
}

# A period in days, or with a unit; 0 is never.
on(period) if regex.match(`^[1-9][0-9]*[smhd]?$|^always$`, lower(period))

# Null where nothing is set, which is never.
periodic(value) if {
	is_string(value)
	on(value)
}

compliant if {
	family == "debian"
	input.facets.packages.installed["unattended-upgrades"]
	periodic(updates.update_lists)
	periodic(updates.unattended_upgrade)
	known
	not switched_off
	count(idle) == 0
}

known if {
	input.facets.repositories.settings
	units_known
}

units_known if not input.facets.units

units_known if is_object(input.facets.units.units)

# One switch stops all of apt's own jobs.
switched_off if lower(input.facets.repositories.settings["apt::periodic::enable"]) in {"0", "false", "no", "off"}

# The timers that start them, where systemd does and they are known not to be started.
idle contains name if {
	units := input.facets.units.units
	some name in ["apt-daily.timer", "apt-daily-upgrade.timer", "dnf-automatic.timer"]
	units[name].state in {"masked", "disabled"}
}

deny contains {"message": "APT::Periodic::Enable switches apt's jobs off"} if {
	family == "debian"
	switched_off
}

deny contains {"message": sprintf("%s is not started", [name]), "evidence": {"unit": name}} if {
	family in {"debian", "rhel"}
	some name in idle
}

compliant if {
	family == "rhel"
	known
	count(idle) == 0
	input.facets.packages.installed
	is_string(updates.dnf_apply)
	lower(updates.dnf_apply) in {"yes", "true", "1", "on"}
}

deny contains {"message": "the package unattended-upgrades is not installed"} if {
	family == "debian"
	installed := input.facets.packages.installed
	not installed["unattended-upgrades"]
}

deny contains {"message": sprintf("APT::Periodic::Unattended-Upgrade is %s", [said(updates.unattended_upgrade)])} if {
	family == "debian"
	not periodic(updates.unattended_upgrade)
}

deny contains {"message": sprintf("APT::Periodic::Update-Package-Lists is %s", [said(updates.update_lists)])} if {
	family == "debian"
	not periodic(updates.update_lists)
}

deny contains {"message": "dnf-automatic is not installed"} if {
	family == "rhel"
	updates.dnf_apply == null
}

deny contains {"message": sprintf("apply_updates of dnf-automatic is %s", [updates.dnf_apply])} if {
	family == "rhel"
	is_string(updates.dnf_apply)
	not lower(updates.dnf_apply) in {"yes", "true", "1", "on"}
}

said(value) := value if is_string(value)

said(value) := "not set" if is_null(value)
