# METADATA
# title: Managed instance is as its associations ask
# description: >-
#   An association keeps a machine in the state that you wrote down; where it fails, the machine is not.
# custom:
#   id: aws.ssm.instance_associations
#   kind: aws.ssm.managed_instance
#   area: governance
#   needs: [compliance]
#   severity: low
#   frameworks:
#     aws_fsbp: ["SSM.3"]
#     iso_27001_2022: ["A.5.36", "A.8.9", "A.8.16"]
#     nist_800_53_r5: ["CA-2(d)", "CA-7", "CA-7(b)"]
#     pci_dss_4.0: ["10.4.1.1"]
#   remediation:
#     text: >-
#       See in the association's history what failed.
#     command: aws ssm describe-instance-associations-status --instance-id ID
package casemate.aws.ssm.instance_associations

import data.casemate.lib.aws.compliance

facet := input.facets.compliance

broken := compliance.broken(facet, "Association")

without if {
	is_array(facet.items)
	count(compliance.of(facet, "Association")) == 0
}

applies if not without

compliant if {
	is_array(facet.items)
	count(broken) == 0
}

deny contains {"message": sprintf("an association failed; the worst is %s", [lower(compliance.worst(item))]), "evidence": item} if some item in broken
