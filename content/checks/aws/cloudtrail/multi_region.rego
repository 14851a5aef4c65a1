# METADATA
# title: CloudTrail trail records all regions
# description: >-
#   What is done in a region that no trail sees leaves no record; intruders choose regions that nobody uses.
# custom:
#   id: aws.cloudtrail.multi_region
#   kind: aws.cloudtrail.trail
#   area: logging
#   needs: [trail]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["CloudTrail.1"]
#     cis_aws_3.0: ["3.1"]
#     cis_aws_5.0: ["3.1"]
#     cis_aws_6.0: ["4.1"]
#     cis_aws_7.0: ["4.1"]
#     iso_27001_2022: ["A.5.28", "A.8.15"]
#     nist_800_53_r5: ["AC-2(4)", "AC-3(10)", "AC-6(9)", "AU-2(b)", "AU-3(a)", "AU-3(b)", "AU-3(c)", "AU-3(d)", "AU-3(e)", "AU-3(f)", "AU-10", "AU-12(1)", "AU-12(2)", "AU-12(a)", "AU-12(c)", "AU-14(a)", "CM-5(1)(b)", "SI-7(8)"]
#     pci_dss_4.0: ["10.2.1", "10.2.1.2", "10.2.1.4", "10.2.1.5", "10.2.1.6", "10.2.1.7", "10.2.2"]
#   attack: [T1562.008]
#   remediation:
#     text: >-
#       Make it a trail of all regions.
#     command: aws cloudtrail update-trail --name NAME --is-multi-region-trail
package casemate.aws.cloudtrail.multi_region

trail := input.facets.trail

compliant if trail.IsMultiRegionTrail == true

deny contains {"message": "it records one region alone", "evidence": {"HomeRegion": object.get(trail, "HomeRegion", "")}} if not compliant
