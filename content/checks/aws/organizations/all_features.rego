# METADATA
# title: Organisation has all features on
# description: >-
#   An organisation for consolidated bills alone has no policies, so that nothing holds above the accounts.
# custom:
#   id: aws.organizations.all_features
#   kind: aws.organizations.root
#   area: governance
#   needs: [organization]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.5.23"]
#     nist_800_53_r5: ["AC-3", "AC-3(3)", "AC-6"]
#     pci_dss_4.0: ["7.3.1"]
#   remediation:
#     text: >-
#       Turn all features on; every member must agree.
#     command: aws organizations enable-all-features
package casemate.aws.organizations.all_features

organization := input.facets.organization

compliant if organization.FeatureSet == "ALL"

deny contains {"message": sprintf("its feature set is %s", [organization.FeatureSet]), "evidence": organization} if organization.FeatureSet != "ALL"
