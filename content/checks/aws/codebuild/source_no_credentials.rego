# METADATA
# title: Source address of a CodeBuild project holds no credentials
# description: >-
#   The address is shown to everybody who may read the project, and is written to logs.
# custom:
#   id: aws.codebuild.source_no_credentials
#   kind: aws.codebuild.project
#   area: secrets
#   needs: [configuration]
#   severity: critical
#   frameworks:
#     aws_fsbp: ["CodeBuild.1"]
#     iso_27001_2022: ["A.5.17", "A.8.12"]
#     nist_800_53_r5: ["IA-5(h)"]
#     pci_dss_4.0: ["8.3.2"]
#   attack: [T1552.001]
#   remediation:
#     text: >-
#       Connect by an app or a token in Secrets Manager, and replace what stood in the address: it was
#       seen.
package casemate.aws.codebuild.source_no_credentials

configuration := input.facets.configuration

sources := array.concat([configuration.source | is_object(configuration.source)], object.get(configuration, "secondarySources", []))

bad := [{"type": source.type, "detector": detector} |
	some source in sources
	some detector in source.location.detected
]

compliant if {
	count(sources) > 0
	every source in sources { is_array(object.get(source, ["location", "detected"], [])) }
	count(bad) == 0
}

deny contains {"message": sprintf("the address of a source holds what looks like a secret (%s)", [one.detector]), "evidence": one} if some one in bad
