# METADATA
# title: Images of the repository are scanned, by its own setting or the registry's
# description: >-
#   Basic scanning looks at a push, enhanced scanning goes on looking as new holes become known. The registry's
#   rules name repositories by pattern; where it scans in the enhanced way, the repository's own setting counts no
#   more.
# custom:
#   id: aws.ecr.scanned
#   kind: aws.ecr.repository
#   area: container
#   needs: [configuration, registry_scanning]
#   severity: medium
#   frameworks:
#     aws_fsbp: ["ECR.1"]
#     iso_27001_2022: ["A.8.8"]
#     nist_800_53_r5: ["RA-5(a)"]
#     pci_dss_4.0: ["11.3.1"]
#   remediation:
#     text: >-
#       Add a rule to the registry whose filter fits the repository.
package casemate.aws.ecr.scanned

configuration := input.facets.configuration

scanning := input.facets.registry_scanning

wanted := {"SCAN_ON_PUSH", "CONTINUOUS_SCAN"}

by_rule if {
	some rule in scanning.rules
	rule.scanFrequency in wanted
}

by_itself if {
	scanning.scanType == "BASIC"
	configuration.imageScanningConfiguration.scanOnPush == true
}

compliant if {
	is_string(configuration.repositoryName)
	scanning.scanType in {"BASIC", "ENHANCED"}
	by_rule
}

compliant if {
	is_string(configuration.repositoryName)
	by_itself
}

deny contains {
	"message": sprintf("neither the repository nor a rule of the registry (%s) has its images scanned", [scanning.scanType]),
	"evidence": {"scanType": scanning.scanType, "rules": scanning.rules},
} if {
	is_array(scanning.rules)
	not by_rule
	not by_itself
}
