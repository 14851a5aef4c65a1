# METADATA
# title: A certificate is renewed in time
# description: A certificate that ends in a month should be on its way already.
# custom:
#   id: host.certificate.expiring
#   kind: host.certificate
#   area: crypto
#   needs: [certificate]
#   severity: medium
#   params:
#     days: {type: int, default: 30, description: least number of days left}
#   clock: day
#   remediation:
#     text: Renew the certificate, and see why the renewal has not run.
package casemate.host.certificate.expiring

certificate := input.facets.certificate

left := certificate.not_after_day - input.today_days

# One that has ended fails for that.
applies if left >= 0

compliant if left >= data.params.days

deny contains {"message": sprintf("%s expires in %d days; wanted %d or more", [certificate.subject, left, data.params.days]), "evidence": {"path": certificate.path, "index": certificate.index, "not_after_day": certificate.not_after_day}} if {
	left >= 0
	left < data.params.days
}
