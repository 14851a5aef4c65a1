# METADATA
# title: SNS topic signs with SHA-256
# description: >-
#   Subscribers see by the signature that a message is from SNS. Version 1 signs with SHA-1.
# custom:
#   id: aws.sns.signature_version
#   kind: aws.sns.topic
#   area: encryption
#   needs: [attributes]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.24"]
#     nist_800_53_r5: ["SC-12"]
#     pci_dss_4.0: ["3.7.1", "4.2.1"]
#   remediation:
#     text: >-
#       Set signature version 2, after the subscribers know it.
#     command: aws sns set-topic-attributes --topic-arn ARN --attribute-name SignatureVersion --attribute-value 2
package casemate.aws.sns.signature_version

version := object.get(input.facets.attributes, "SignatureVersion", "1")

compliant if version == "2"

deny contains {"message": sprintf("it signs by version %s", [version]), "evidence": {"SignatureVersion": version}} if not compliant
