# METADATA
# title: CodeBuild checks the certificate of its source
# description: >-
#   With warnings ignored, whoever stands between hands the build other code.
# custom:
#   id: aws.codebuild.source_tls_checked
#   kind: aws.codebuild.project
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   attack: [T1195.002]
#   remediation:
#     text: >-
#       Do not ignore warnings of TLS; give the project the certificate of your server.
package casemate.aws.codebuild.source_tls_checked

configuration := input.facets.configuration

sources := array.concat([configuration.source | is_object(configuration.source)], object.get(configuration, "secondarySources", []))

bad := [source.type | some source in sources; source.insecureSsl == true]

compliant if {
	count(sources) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("certificates of a source of %s are not checked", [type]), "evidence": {"type": type}} if some type in bad
