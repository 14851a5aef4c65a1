# METADATA
# title: A certificate does not live for too long
# description: A key that was stolen stays of use until its certificate ends; browsers refuse more than 398 days.
# custom:
#   id: host.certificate.lifetime
#   kind: host.certificate
#   area: crypto
#   needs: [certificate]
#   severity: low
#   params:
#     days: {type: int, default: 398, description: longest accepted life in days}
#   remediation:
#     text: Have it issued for a shorter time, and renew it by machine.
package casemate.host.certificate.lifetime

certificate := input.facets.certificate

days := certificate.not_after_day - certificate.not_before_day

applies if certificate.ca == false

compliant if {
	certificate.ca == false
	days <= data.params.days
}

deny contains {"message": sprintf("%s lives for %d days; wanted %d or less", [certificate.subject, days, data.params.days]), "evidence": {"path": certificate.path, "index": certificate.index, "days": days}} if {
	certificate.ca == false
	days > data.params.days
}
