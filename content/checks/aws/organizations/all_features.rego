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
#   remediation:
#     text: >-
#       Turn all features on; every member must agree.
#     command: aws organizations enable-all-features
package casemate.aws.organizations.all_features

organization := input.facets.organization

compliant if organization.FeatureSet == "ALL"

deny contains {"message": sprintf("its feature set is %s", [organization.FeatureSet]), "evidence": organization} if organization.FeatureSet != "ALL"
