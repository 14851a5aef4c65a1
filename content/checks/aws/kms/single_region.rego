# METADATA
# title: KMS key stays in its region
# description: >-
#   A key of many regions is copied to wherever somebody makes a replica, and each has a policy of its own.
# custom:
#   id: aws.kms.single_region
#   kind: aws.kms.key
#   area: encryption
#   needs: [key]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.3", "A.8.24"]
#     nist_800_53_r5: ["AC-3", "AC-6", "SC-12"]
#     pci_dss_4.0: ["3.6.1", "3.6.1.3", "3.7.7", "7.2.1"]
#   remediation:
#     text: >-
#       Use keys of one region where data does not move between regions encrypted.
package casemate.aws.kms.single_region

import data.casemate.lib.aws.kms

key := input.facets.key

applies if not kms.aws_managed(key)

# KMS leaves the field out where keys of many regions are unknown.
compliant if {
	is_string(key.KeyId)
	object.get(key, "MultiRegion", false) == false
}

deny contains {"message": "it can be copied to other regions", "evidence": {"MultiRegion": true}} if key.MultiRegion == true
