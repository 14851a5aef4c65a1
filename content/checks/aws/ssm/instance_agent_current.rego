# METADATA
# title: Managed instance runs the agent's latest version
# custom:
#   id: aws.ssm.instance_agent_current
#   kind: aws.ssm.managed_instance
#   area: governance
#   needs: [information]
#   severity: low
#   remediation:
#     text: >-
#       Turn on automatic update of the agent.
#     command: aws ssm send-command --document-name AWS-UpdateSSMAgent --instance-ids ID
package casemate.aws.ssm.instance_agent_current

information := input.facets.information

compliant if information.IsLatestVersion == true

deny contains {"message": sprintf("it runs %s", [object.get(information, "AgentVersion", "an older version")]), "evidence": {"IsLatestVersion": false}} if information.IsLatestVersion == false
