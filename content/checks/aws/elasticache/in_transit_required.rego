# METADATA
# title: ElastiCache replication group refuses connections in clear
# description: >-
#   The mode `preferred` is for moving to TLS; as long as it stands, clients that talk in clear are served.
# custom:
#   id: aws.elasticache.in_transit_required
#   kind: aws.elasticache.replication_group
#   area: encryption
#   needs: [configuration]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.14", "A.8.24"]
#     nist_800_53_r5: ["SC-8", "SC-8(1)", "SC-8(2)", "SC-23"]
#     pci_dss_4.0: ["4.2.1"]
#   remediation:
#     text: >-
#       Set the mode to required once every client talks TLS.
#     command: aws elasticache modify-replication-group --replication-group-id NAME --transit-encryption-mode required
package casemate.aws.elasticache.in_transit_required

configuration := input.facets.configuration

# Without TLS at all `aws.elasticache.in_transit` says so.
applies if not configuration.TransitEncryptionEnabled == false

# Groups that never had the mode take TLS alone.
mode := object.get(configuration, "TransitEncryptionMode", "required")

compliant if {
	configuration.TransitEncryptionEnabled == true
	mode == "required"
}

deny contains {"message": sprintf("the mode is %s", [mode]), "evidence": {"TransitEncryptionMode": mode}} if {
	configuration.TransitEncryptionEnabled == true
	mode != "required"
}
