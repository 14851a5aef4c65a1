# METADATA
# title: Workgroup of Athena encrypts its results
# description: >-
#   Results are copies of the data that was asked for, and lie in a bucket that is seldom looked after.
# custom:
#   id: aws.athena.results_encrypted
#   kind: aws.athena.workgroup
#   area: encryption
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["Athena.1"]
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-28(1)"]
#     pci_dss_4.0: ["3.5.1"]
#   remediation:
#     text: >-
#       Set the encryption of query results.
package casemate.aws.athena.results_encrypted

configuration := input.facets.configuration

settings := object.get(configuration, "Configuration", {})

# Where the group neither says where results go nor binds its clients, each query says it.
applies if object.get(settings, ["ResultConfiguration", "OutputLocation"], "") != ""

applies if settings.EnforceWorkGroupConfiguration == true

applies if settings.ManagedQueryResultsConfiguration.Enabled == true

applies if not is_string(configuration.Name)

compliant if settings.ResultConfiguration.EncryptionConfiguration.EncryptionOption in {"SSE_S3", "SSE_KMS", "CSE_KMS"}

# Athena encrypts what it keeps itself.
compliant if settings.ManagedQueryResultsConfiguration.Enabled == true

deny contains {"message": "results are not encrypted", "evidence": {"OutputLocation": object.get(settings, ["ResultConfiguration", "OutputLocation"], null)}} if not compliant
