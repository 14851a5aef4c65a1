# METADATA
# title: A certificate has not expired
# description: Clients refuse an expired certificate, or worse, their users learn to click the warning away.
# custom:
#   id: host.certificate.expired
#   kind: host.certificate
#   area: crypto
#   needs: [certificate]
#   severity: high
#   clock: day
#   remediation:
#     text: Renew the certificate, or remove the file if nothing uses it.
package casemate.host.certificate.expired

certificate := input.facets.certificate

left := certificate.not_after_day - input.today_days

compliant if left >= 0

deny contains {"message": sprintf("%s expired %d days ago", [certificate.subject, 0 - left]), "evidence": {"path": certificate.path, "index": certificate.index, "not_after_day": certificate.not_after_day}} if left < 0
