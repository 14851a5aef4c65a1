# METADATA
# title: Secret rotates at least every 90 days
# custom:
#   id: aws.secretsmanager.rotation_interval
#   kind: aws.secretsmanager.secret
#   area: secrets
#   needs: [secret]
#   severity: low
#   frameworks:
#     aws_fsbp: ["SecretsManager.4"]
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(f)"]
#     pci_dss_4.0: ["8.6.3"]
#   params:
#     days: {type: int, default: 90, description: most days between two rotations}
#   remediation:
#     text: >-
#       Set a shorter time between rotations.
#     command: aws secretsmanager rotate-secret --secret-id NAME --rotation-rules AutomaticallyAfterDays=30
package casemate.aws.secretsmanager.rotation_interval

secret := input.facets.secret

# Without rotation it is judged by `aws.secretsmanager.rotation`; a schedule in cron's words is not read.
unset if {
	is_string(secret.Name)
	not secret.RotationRules.AutomaticallyAfterDays
}

applies if not unset

days := secret.RotationRules.AutomaticallyAfterDays

compliant if days <= data.params.days

deny contains {"message": sprintf("it rotates every %d days; wanted at most %d", [days, data.params.days]), "evidence": {"days": days}} if days > data.params.days
