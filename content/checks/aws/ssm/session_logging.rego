# METADATA
# title: Sessions of Session Manager are kept
# description: >-
#   What somebody did in a shell is known afterwards only where the session went to a bucket or a log group. A region in
#   which nobody set anything keeps nothing.
# custom:
#   id: aws.ssm.session_logging
#   kind: aws.account_region
#   area: logging
#   needs: [ssm_session_preferences]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Set a log group or a bucket in the preferences of Session Manager, in each region where it may be used.
package casemate.aws.ssm.session_logging

facet := input.facets.ssm_session_preferences

inputs := object.get(facet, ["Content", "inputs"], {})

compliant if object.get(inputs, "cloudWatchLogGroupName", "") != ""

compliant if object.get(inputs, "s3BucketName", "") != ""

deny contains {"message": "sessions are kept nowhere", "evidence": {"present": object.get(facet, "present", false)}} if not compliant
