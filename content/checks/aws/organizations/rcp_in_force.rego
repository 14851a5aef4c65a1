# METADATA
# title: Organisation has a resource control policy of its own in force
# description: >-
#   Resource control policies keep outsiders off the resources of all accounts, whatever a bucket policy says.
# custom:
#   id: aws.organizations.rcp_in_force
#   kind: aws.organizations.root
#   area: governance
#   needs: [configuration, resource_control_policies, resource_control_targets]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.23"]
#     nist_800_53_r5: ["AC-3", "AC-3(3)", "AC-6"]
#     pci_dss_4.0: ["7.3.1"]
#   remediation:
#     text: >-
#       Write a resource control policy that forbids what no account may do, and attach it to the root or to units.
#     command: aws organizations attach-policy --policy-id POLICY --target-id ROOT
package casemate.aws.organizations.rcp_in_force

policies := input.facets.resource_control_policies.items

targets := input.facets.resource_control_targets.items

types := input.facets.configuration.PolicyTypes

enabled if {
	some one in types
	one.Type == "RESOURCE_CONTROL_POLICY"
	one.Status == "ENABLED"
}

# Those that AWS made allow everything.
attached contains one.of.Name if {
	some one in targets
	one.of.AwsManaged != true
	count(one.items) > 0
}

compliant if {
	is_array(policies)
	enabled
	count(attached) > 0
}

deny contains {"message": "policies of this type are off", "evidence": {"PolicyTypes": types}} if {
	is_array(types)
	not enabled
}

deny contains {"message": "no resource control policy of its own is attached to anything", "evidence": {"policies": count(policies)}} if {
	enabled
	is_array(targets)
	count(attached) == 0
}
