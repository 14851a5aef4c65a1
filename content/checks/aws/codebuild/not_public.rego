# METADATA
# title: Builds of CodeBuild are not shown to everybody
# description: >-
#   In a public project everybody reads the logs and takes the artifacts.
# custom:
#   id: aws.codebuild.not_public
#   kind: aws.codebuild.project
#   area: storage
#   needs: [configuration]
#   severity: high
#   remediation:
#     text: >-
#       Set the visibility to PRIVATE.
package casemate.aws.codebuild.not_public

configuration := input.facets.configuration

visibility := object.get(configuration, "projectVisibility", "PRIVATE")

compliant if {
	is_string(configuration.name)
	visibility == "PRIVATE"
}

deny contains {"message": "everybody reads logs and artifacts of the project", "evidence": {"projectVisibility": visibility}} if visibility == "PUBLIC_READ"
