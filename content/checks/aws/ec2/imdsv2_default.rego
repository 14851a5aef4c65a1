# METADATA
# title: New instances of the region require IMDSv2
# description: >-
#   The default holds for every instance that is started without saying otherwise.
# custom:
#   id: aws.ec2.imdsv2_default
#   kind: aws.account_region
#   area: compute
#   needs: [instance_metadata_defaults]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["AC-6", "CM-6(a)"]
#     pci_dss_4.0: ["2.2.5"]
#   remediation:
#     text: >-
#       Set the default of the account.
#     command: aws ec2 modify-instance-metadata-defaults --http-tokens required --region REGION
package casemate.aws.ec2.imdsv2_default

value := object.get(input.facets.instance_metadata_defaults, ["AccountLevel", "HttpTokens"], "none")

compliant if value == "required"

deny contains {"message": sprintf("the default is %s", [value]), "evidence": {"HttpTokens": value}} if value != "required"
