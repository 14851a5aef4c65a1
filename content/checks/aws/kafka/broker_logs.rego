# METADATA
# title: MSK cluster keeps the logs of its brokers
# description: >-
#   Who connected and what was refused is kept nowhere else.
# custom:
#   id: aws.kafka.broker_logs
#   kind: aws.kafka.cluster
#   area: logging
#   needs: [configuration]
#   severity: medium
#   frameworks:
#     iso_27001_2022: ["A.8.15"]
#     nist_800_53_r5: ["AU-12(a)", "AU-12(c)"]
#     pci_dss_4.0: ["10.2.1"]
#   remediation:
#     text: >-
#       Send the logs to CloudWatch, S3 or Firehose.
package casemate.aws.kafka.broker_logs

configuration := input.facets.configuration

# AWS runs a serverless cluster: with TLS, IAM and its own versions.
applies if not configuration.ClusterType == "SERVERLESS"

logs := object.get(configuration, ["Provisioned", "LoggingInfo", "BrokerLogs"], {})

on := {name | some name in ["CloudWatchLogs", "Firehose", "S3"]; logs[name].Enabled == true}

compliant if count(on) > 0

deny contains {"message": "nothing keeps the logs of the brokers", "evidence": {"BrokerLogs": logs}} if {
	is_object(configuration.Provisioned)
	count(on) == 0
}
