# METADATA
# title: Managed instance runs the agent's latest version
# custom:
#   id: aws.ssm.instance_agent_current
#   kind: aws.ssm.managed_instance
#   area: governance
#   needs: [information]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.8.8", "A.8.19"]
#     nist_800_53_r5: ["SI-2(5)", "SI-2(c)"]
#     pci_dss_4.0: ["6.3.3"]
#   remediation:
#     text: >-
#       Turn on automatic update of the agent.
#     command: aws ssm send-command --document-name AWS-UpdateSSMAgent --instance-ids ID
package casemate.aws.ssm.instance_agent_current

information := input.facets.information

compliant if information.IsLatestVersion == true

deny contains {"message": sprintf("it runs %s", [object.get(information, "AgentVersion", "an older version")]), "evidence": {"IsLatestVersion": false}} if information.IsLatestVersion == false
