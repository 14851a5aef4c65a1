# METADATA
# title: GuardDuty watches sign-ins to databases
# description: >-
#   Guessed passwords and strange places of origin show in the sign-ins to Aurora and RDS.
# custom:
#   id: aws.guardduty.rds_protection
#   kind: aws.guardduty.detector
#   area: monitoring
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["GuardDuty.9"]
#     iso_27001_2022: ["A.5.7", "A.5.25", "A.8.16"]
#     nist_800_53_r5: ["AC-2(12)(a)", "AU-6(1)", "RA-3(4)", "SI-4(1)", "SI-4(2)", "SI-4(4)(b)", "SI-4(a)(1)", "SI-4(a)(2)", "SI-4(b)"]
#     pci_dss_4.0: ["10.4.1.1", "11.5.1"]
#   remediation:
#     text: >-
#       Turn the plan on, in every region and for new accounts.
#     command: aws guardduty update-detector --detector-id ID --features '[{"Name":"RDS_LOGIN_EVENTS","Status":"ENABLED"}]'
package casemate.aws.guardduty.rds_protection

import data.casemate.lib.aws.guardduty

configuration := input.facets.configuration

compliant if guardduty.on(configuration, "RDS_LOGIN_EVENTS")

deny contains {"message": "RDS_LOGIN_EVENTS is off", "evidence": {"Status": object.get(configuration, "Status", ""), "Features": object.get(configuration, "Features", [])}} if {
	guardduty.off(configuration, "RDS_LOGIN_EVENTS")
}
