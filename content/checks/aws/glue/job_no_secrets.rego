# METADATA
# title: Arguments of a Glue job hold no secrets
# description: >-
#   Arguments are shown to everybody who may read the job or one of its runs.
# custom:
#   id: aws.glue.job_no_secrets
#   kind: aws.glue.job
#   area: secrets
#   needs: [configuration]
#   severity: high
#   frameworks:
#     iso_27001_2022: ["A.5.17", "A.8.12"]
#     nist_800_53_r5: ["IA-5(h)"]
#     pci_dss_4.0: ["8.3.2"]
#   attack: [T1552]
#   remediation:
#     text: >-
#       Keep the secret in Secrets Manager, let the script fetch it, and replace it: it was seen.
package casemate.aws.glue.job_no_secrets

import data.casemate.lib.aws.environment

configuration := input.facets.configuration

arguments := array.concat(
	[{"name": name, "value": value} | some name, value in configuration.DefaultArguments],
	[{"name": name, "value": value} | some name, value in configuration.NonOverridableArguments],
)

# Arguments are named `--db-password`.
secretish(name) if environment.secretish(replace(name, "-", "_"))

bad contains one.name if {
	some one in arguments
	secretish(one.name)
	environment.plain(one.value)
}

bad contains one.name if {
	some one in arguments
	count(one.value.detected) > 0
}

compliant if {
	is_string(configuration.Name)
	every one in arguments {
		environment.judged(one.value)
		is_array(one.value.detected)
	}
	count(bad) == 0
}

deny contains {"message": sprintf("the argument %s holds a secret", [name]), "evidence": {"argument": name}} if some name in bad
