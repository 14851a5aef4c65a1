# METADATA
# title: Rotated logs are not open to all
# description: A log whose new file everybody may read undoes the mode of the old one.
# custom:
#   id: host.logging.rotated_modes
#   kind: host
#   area: logging
#   needs: [logging]
#   severity: low
#   frameworks:
#     anssi_bp_028: [R71]
#   params:
#     allowed: {type: list, default: ["0664", "664"], description: modes that are accepted though others may read}
#   remediation:
#     text: Write `create 0640 root adm` in the file of logrotate.d that names another mode.
package casemate.host.logging.rotated_modes

modes := input.facets.logging.logrotate_create_modes

applies if input.facets.logging.logrotate == true

too_open := [mode |
	some mode in modes
	not endswith(mode, "0")
	not mode in {text | some text in data.params.allowed}
] if is_array(modes)

compliant if count(too_open) == 0

deny contains {"message": sprintf("logrotate creates files with mode %s; wanted nothing for others", [mode]), "evidence": {"found": mode}} if some mode in too_open
