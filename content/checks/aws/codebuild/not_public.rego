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
#   frameworks:
#     iso_27001_2022: ["A.8.12", "A.8.20", "A.8.22"]
#     nist_800_53_r5: ["AC-4(21)", "SC-7(3)", "SC-7(11)", "SC-7(a)", "SC-7(b)"]
#     pci_dss_4.0: ["1.3.1", "1.4.2", "1.4.4"]
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
