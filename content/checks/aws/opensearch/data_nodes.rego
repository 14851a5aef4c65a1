# METADATA
# title: OpenSearch domain has three data nodes in several zones
# description: >-
#   With fewer a node or a zone that fails takes indices with it.
# custom:
#   id: aws.opensearch.data_nodes
#   kind: aws.opensearch.domain
#   area: database
#   needs: [domain]
#   severity: low
#   frameworks:
#     aws_fsbp: ["ES.6"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Use three data nodes or more, and zone awareness.
package casemate.aws.opensearch.data_nodes

cluster := object.get(input.facets.domain, "ClusterConfig", {})

number := object.get(cluster, "InstanceCount", 0)

aware := object.get(cluster, "ZoneAwarenessEnabled", false)

compliant if {
	number >= 3
	aware == true
}

deny contains {"message": sprintf("it has %d data nodes", [number]), "evidence": {"InstanceCount": number}} if number < 3

deny contains {"message": "its nodes stand in one zone", "evidence": {"ZoneAwarenessEnabled": aware}} if aware != true
