# METADATA
# title: The kernel runs in FIPS mode where that is asked for
# description: Some sites must use validated cryptography only; the mode is what an auditor asks for first.
# custom:
#   id: host.crypto.fips
#   kind: host
#   area: crypto
#   needs: [crypto_policy]
#   severity: low
#   frameworks:
#     disa_stig_ubuntu_22.04: [UBTU-22-671010]
#     disa_stig_ubuntu_24.04: [UBTU-24-600030]
#     ssg: [is_fips_mode_enabled]
#   params:
#     required: {type: bool, default: false, description: whether the site must run in FIPS mode}
#   remediation:
#     text: "Enable it as the distribution says (on Ubuntu: pro enable fips-updates)."
package casemate.host.crypto.fips

enabled := input.facets.crypto_policy.fips_enabled

applies if data.params.required == true

compliant if {
	data.params.required == true
	enabled == true
}

deny contains {"message": "FIPS mode is off", "evidence": {"fips_enabled": false}} if {
	data.params.required == true
	enabled == false
}
