# METADATA
# title: Metadata of a SAML provider are good for 30 days more
# description: >-
#   When the certificates in the metadata end, nobody can sign in.
# custom:
#   id: aws.iam.saml_provider_valid
#   kind: aws.iam.saml_provider
#   area: identity
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12", "SC-23(5)"]
#     pci_dss_4.0: ["4.2.1"]
#   clock: day
#   params:
#     days: {type: int, default: 30, description: days that must be left}
#   remediation:
#     text: >-
#       Upload new metadata of the provider.
#     command: aws iam update-saml-provider --saml-provider-arn ARN --saml-metadata-document FILE
package casemate.aws.iam.saml_provider_valid

import data.casemate.lib.date

until := input.facets.configuration.ValidUntil

left := date.days(until) - date.days(input.today)

compliant if left > data.params.days

deny contains {"message": sprintf("they end on %s", [substring(until, 0, 10)]), "evidence": {"ValidUntil": until}} if left <= data.params.days
