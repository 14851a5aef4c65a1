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
#   attack: [T1562.008]
#   remediation:
#     text: >-
#       Make it a trail of all regions.
#     command: aws cloudtrail update-trail --name NAME --is-multi-region-trail
package casemate.aws.cloudtrail.multi_region

trail := input.facets.trail

compliant if trail.IsMultiRegionTrail == true

deny contains {"message": "it records one region alone", "evidence": {"HomeRegion": object.get(trail, "HomeRegion", "")}} if not compliant
