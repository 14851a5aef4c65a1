# METADATA
# title: Stage of a REST API logs what its methods do
# description: >-
#   Execution logs are the only record of why a call was refused or failed. The setting for all methods counts.
# custom:
#   id: aws.apigateway.stage_cache_or_logging
#   kind: aws.apigateway.stage
#   area: logging
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["APIGateway.1"]
#     cis_aws_7.0: ["4.10"]
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-3(a)", "AU-3(b)", "AU-3(d)", "AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1", "10.2.2"]
#   remediation:
#     text: >-
#       Set the logging level of `*/*` to ERROR or INFO.
package casemate.aws.apigateway.stage_cache_or_logging

configuration := input.facets.configuration

level := object.get(configuration, ["methodSettings", "*/*", "loggingLevel"], "OFF")

compliant if level in {"INFO", "ERROR"}

deny contains {"message": sprintf("the logging level of all methods is %s", [level]), "evidence": {"loggingLevel": level}} if not compliant
