# METADATA
# title: Builds of CodeBuild do not run privileged
# description: >-
#   A privileged container is root on its host; building images is the one reason for it.
# custom:
#   id: aws.codebuild.not_privileged
#   kind: aws.codebuild.project
#   area: compute
#   needs: [configuration]
#   severity: medium
#   attack: [T1611]
#   remediation:
#     text: >-
#       Turn off privileged mode, or build images by a tool that needs none.
package casemate.aws.codebuild.not_privileged

configuration := input.facets.configuration

compliant if {
	is_object(configuration.environment)
	not configuration.environment.privilegedMode == true
}

deny contains {"message": "builds run privileged", "evidence": {"image": object.get(configuration.environment, "image", null)}} if configuration.environment.privilegedMode == true
