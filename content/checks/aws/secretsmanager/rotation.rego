# METADATA
# title: Secret rotates
# description: >-
#   A secret that changes by itself is of little use to whoever finds an old copy.
# custom:
#   id: aws.secretsmanager.rotation
#   kind: aws.secretsmanager.secret
#   area: secrets
#   needs: [secret]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["SecretsManager.1"]
#     iso_27001_2022: ["A.5.17"]
#     nist_800_53_r5: ["IA-5(f)"]
#     pci_dss_4.0: ["8.6.3"]
#   remediation:
#     text: >-
#       Turn on rotation with a function that changes the secret where it is used.
#     command: aws secretsmanager rotate-secret --secret-id NAME --rotation-lambda-arn FUNCTION --rotation-rules AutomaticallyAfterDays=30
package casemate.aws.secretsmanager.rotation

secret := input.facets.secret

# A copy in another region rotates with its original.
copied if {
	is_string(secret.PrimaryRegion)
	secret.PrimaryRegion != split(input.resource.scope, "/")[1]
}

applies if not copied

compliant if secret.RotationEnabled == true

deny contains {"message": "rotation is off", "evidence": {"RotationEnabled": object.get(secret, "RotationEnabled", false)}} if not compliant
