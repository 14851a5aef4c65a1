# METADATA
# title: Artifacts of a CodeBuild project are encrypted
# description: >-
#   Encryption is on unless one turns it off.
# custom:
#   id: aws.codebuild.artifacts_encrypted
#   kind: aws.codebuild.project
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Do not disable encryption of artifacts.
package casemate.aws.codebuild.artifacts_encrypted

configuration := input.facets.configuration

artifacts := array.concat([configuration.artifacts | is_object(configuration.artifacts)], object.get(configuration, "secondaryArtifacts", []))

bad := [object.get(one, "location", "unknown") | some one in artifacts; one.encryptionDisabled == true]

compliant if {
	count(artifacts) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("what goes to %s is not encrypted", [place]), "evidence": {"location": place}} if some place in bad
