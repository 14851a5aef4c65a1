# METADATA
# title: A certificate is valid already
# description: A certificate from the future is refused; often it is the clock that is wrong.
# custom:
#   id: host.certificate.not_yet_valid
#   kind: host.certificate
#   area: crypto
#   needs: [certificate]
#   severity: low
#   clock: day
#   remediation:
#     text: Check the clock; otherwise wait to deploy it.
package casemate.host.certificate.not_yet_valid

certificate := input.facets.certificate

compliant if certificate.not_before_day <= input.today_days

deny contains {"message": sprintf("%s is valid only from %d days from now on", [certificate.subject, certificate.not_before_day - input.today_days]), "evidence": {"path": certificate.path, "index": certificate.index}} if certificate.not_before_day > input.today_days
