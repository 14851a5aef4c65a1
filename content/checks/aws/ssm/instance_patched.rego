# METADATA
# title: Managed instance has its patches
# description: >-
#   A machine that was never scanned for patches says nothing of its holes.
# custom:
#   id: aws.ssm.instance_patched
#   kind: aws.ssm.managed_instance
#   area: governance
#   needs: [compliance]
#   severity: high
#   frameworks:
#     aws_fsbp: ["SSM.2"]
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(5)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   attack: [T1068, T1190]
#   remediation:
#     text: >-
#       Run AWS-RunPatchBaseline on the machine, and put it under a patch policy that does so each week.
#     command: aws ssm send-command --document-name AWS-RunPatchBaseline --instance-ids ID --parameters Operation=Install
package casemate.aws.ssm.instance_patched

import data.casemate.lib.aws.compliance

facet := input.facets.compliance

scanned := compliance.of(facet, "Patch")

broken := compliance.broken(facet, "Patch")

compliant if {
	count(scanned) > 0
	count(broken) == 0
}

deny contains {"message": sprintf("patches are missing; the worst is %s", [lower(compliance.worst(item))]), "evidence": item} if some item in broken

deny contains {"message": "nobody has looked for missing patches", "evidence": {"items": []}} if {
	is_array(facet.items)
	count(scanned) == 0
}
