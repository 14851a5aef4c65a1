# METADATA
# title: Files of a CloudTrail trail reach their bucket
# description: >-
#   A bucket that was deleted, or whose policy or key refuses CloudTrail, gets nothing, and the trail still says
#   that it records.
# custom:
#   id: aws.cloudtrail.delivers
#   kind: aws.cloudtrail.trail
#   area: logging
#   needs: [status]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
#   attack: [T1562.008]
#   remediation:
#     text: >-
#       Repair the bucket, its policy or the policy of the key.
package casemate.aws.cloudtrail.delivers

status := input.facets.status

errors := {name: status[name] |
	some name in ["LatestDeliveryError", "LatestDigestDeliveryError"]
	status[name] != ""
}

compliant if {
	is_boolean(status.IsLogging)
	count(errors) == 0
}

deny contains {"message": sprintf("the last delivery failed (%s): %s", [name, error]), "evidence": {name: error}} if some name, error in errors
