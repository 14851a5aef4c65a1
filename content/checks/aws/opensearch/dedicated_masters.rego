# METADATA
# title: OpenSearch domain has three dedicated master nodes
# description: >-
#   Without them a busy data node decides over the cluster, and two masters can split it.
# custom:
#   id: aws.opensearch.dedicated_masters
#   kind: aws.opensearch.domain
#   area: database
#   needs: [domain]
#   severity: low
#   frameworks:
#     aws_fsbp: ["ES.7"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Turn dedicated masters on, three of them, in three zones.
package casemate.aws.opensearch.dedicated_masters

cluster := object.get(input.facets.domain, "ClusterConfig", {})

enabled := object.get(cluster, "DedicatedMasterEnabled", false)

number := object.get(cluster, "DedicatedMasterCount", 0)

compliant if {
	enabled == true
	number >= 3
}

deny contains {"message": sprintf("it has %d dedicated masters", [number]), "evidence": {"DedicatedMasterEnabled": enabled, "DedicatedMasterCount": number}} if not compliant
