# METADATA
# title: The graphical login shows a notice
# description: Some courts want to see that a stranger was told to keep out.
# custom:
#   id: host.gdm.banner
#   kind: host
#   area: authentication
#   needs: [display_manager]
#   severity: low
#   frameworks:
#     cis_debian_12: ["1.7.2"]
#     disa_stig_ubuntu_22.04: [UBTU-22-271010, UBTU-22-271015]
#     disa_stig_ubuntu_24.04: [UBTU-24-200650, UBTU-24-200660]
#     ssg: [dconf_gnome_banner_enabled, dconf_gnome_login_banner_text]
#   remediation:
#     text: Set banner-message-enable and banner-message-text for the database gdm.
#     command: "mkdir -p /etc/dconf/profile /etc/dconf/db/gdm.d/locks && { [ -e /etc/dconf/profile/gdm ] || printf 'user-db:user\\nsystem-db:gdm\\nfile-db:/usr/share/gdm/greeter-dconf-defaults\\n' > /etc/dconf/profile/gdm; } && printf '[org/gnome/login-screen]\\nbanner-message-enable=true\\nbanner-message-text='\\''Authorized users only'\\''\\n' > /etc/dconf/db/gdm.d/60-casemate-banner-message-enable && dconf update"
package casemate.host.gdm.banner

facts := input.facets.display_manager

applies if {
	some name in ["gdm3", "gdm"]
	name in facts.installed
}

enabled := object.get(facts.dconf, "org/gnome/login-screen/banner-message-enable", "not set")

text := trim(object.get(facts.dconf, "org/gnome/login-screen/banner-message-text", ""), "' ")

compliant if {
	enabled == "true"
	text != ""
}

deny contains {"message": sprintf("banner-message-enable is %s; wanted true", [enabled]), "evidence": {"found": enabled}} if enabled != "true"

deny contains {"message": "banner-message-text is empty", "evidence": {"found": text}} if text == ""
