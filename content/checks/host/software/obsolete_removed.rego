# METADATA
# title: What updates replace is removed
# description: >-
#   Old kernels and libraries stay installed after an update, with their holes, until somebody removes them.
# custom:
#   id: host.software.obsolete_removed
#   kind: host
#   area: software
#   needs: [repositories, identity]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-214015]
#     disa_stig_ubuntu_24.04: [UBTU-24-700320]
#     ssg: [clean_components_post_updating]
#   remediation:
#     text: Let unattended-upgrades remove what is no longer needed.
#     command: printf 'Unattended-Upgrade::Remove-Unused-Dependencies "true";\nUnattended-Upgrade::Remove-Unused-Kernel-Packages "true";\n' > /etc/apt/apt.conf.d/99casemate-remove-unused
package casemate.host.software.obsolete_removed

settings := input.facets.repositories.settings

family := input.facets.identity.os.family

applies if not elsewhere

elsewhere if {
	known := family
	not known in {"debian", "rhel"}
}

yes := {"true", "yes", "1", "on", "enable", "with"}

apt := {"unattended-upgrade::remove-unused-dependencies", "unattended-upgrade::remove-unused-kernel-packages"}

compliant if {
	family == "debian"
	every name in apt { lower(settings[name]) in yes }
}

# dnf removes what is no longer needed unless told otherwise.
compliant if {
	family == "rhel"
	lower(object.get(settings, "clean_requirements_on_remove", "true")) in yes
}

deny contains {"message": sprintf("apt does not set %s to true", [name]), "evidence": {"setting": name}} if {
	family == "debian"
	is_object(settings)
	some name in apt
	not lower(object.get(settings, name, "false")) in yes
}

deny contains {"message": "dnf is told to keep what is no longer needed"} if {
	family == "rhel"
	not lower(object.get(settings, "clean_requirements_on_remove", "true")) in yes
}
