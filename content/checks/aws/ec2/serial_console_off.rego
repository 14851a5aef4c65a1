# METADATA
# title: Serial console of EC2 is off
# description: >-
#   The console reaches a machine past its network, its groups and its logs.
# custom:
#   id: aws.ec2.serial_console_off
#   kind: aws.account_region
#   area: compute
#   needs: [serial_console]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.9"]
#     nist_800_53_r5: ["CM-6(a)", "CM-7(b)"]
#     pci_dss_4.0: ["2.2.5"]
#   remediation:
#     text: >-
#       Turn it off, and on for the hour in which it is needed.
#     command: aws ec2 disable-serial-console-access --region REGION
package casemate.aws.ec2.serial_console_off

value := input.facets.serial_console.SerialConsoleAccessEnabled

compliant if value == false

deny contains {"message": "access to the serial console is on", "evidence": {"SerialConsoleAccessEnabled": value}} if value == true
