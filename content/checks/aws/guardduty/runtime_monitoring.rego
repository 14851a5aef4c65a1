# METADATA
# title: GuardDuty watches processes at run time
# description: >-
#   Processes, files and connections inside instances, tasks and pods are seen only by an agent there; GuardDuty
#   installs it by itself where it may.
# custom:
#   id: aws.guardduty.runtime_monitoring
#   kind: aws.guardduty.detector
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.7", "A.5.25", "A.8.16"]
#     nist_800_53_r5: ["AC-2(12)(a)", "AU-6(1)", "RA-3(4)", "SI-4(1)", "SI-4(2)", "SI-4(4)(b)", "SI-4(a)(1)", "SI-4(a)(2)", "SI-4(b)"]
#     pci_dss_4.0: ["10.4.1.1", "11.5.1"]
#   remediation:
#     text: >-
#       Turn on runtime monitoring with the management of its agents for EC2, ECS and EKS.
package casemate.aws.guardduty.runtime_monitoring

import data.casemate.lib.aws.guardduty

configuration := input.facets.configuration

wanted := ["EC2_AGENT_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EKS_ADDON_MANAGEMENT"]

lacking := [name |
	some name in wanted
	not guardduty.part(configuration, "RUNTIME_MONITORING", name)
]

compliant if {
	guardduty.on(configuration, "RUNTIME_MONITORING")
	count(lacking) == 0
}

deny contains {"message": "RUNTIME_MONITORING is off", "evidence": {"Features": object.get(configuration, "Features", [])}} if {
	guardduty.off(configuration, "RUNTIME_MONITORING")
}

deny contains {"message": sprintf("agents are not managed: %s", [concat(", ", lacking)]), "evidence": {"lacking": lacking}} if {
	guardduty.on(configuration, "RUNTIME_MONITORING")
	count(lacking) > 0
}
