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
#   frameworks:
#     aws_fsbp: ["CodeBuild.5"]
#     iso_27001_2022: ["A.8.2", "A.8.9"]
#     nist_800_53_r5: ["AC-6", "AC-6(10)"]
#     pci_dss_4.0: ["7.2.5", "7.3.2"]
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
