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
