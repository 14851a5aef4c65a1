# METADATA
# title: Group behind a load balancer heeds its health checks
# description: >-
#   A machine that answers nobody stays in the group as long as it runs.
# custom:
#   id: aws.autoscaling.elb_health_check
#   kind: aws.autoscaling.group
#   area: governance
#   needs: [configuration]
#   severity: low
#   frameworks:
#     aws_fsbp: ["AutoScaling.1"]
#     iso_27001_2022: ["A.5.30", "A.8.14"]
#     nist_800_53_r5: ["CP-2(5)", "CP-10", "SC-5(2)", "SC-36", "SI-13(5)"]
#   remediation:
#     text: >-
#       Set the health check type ELB.
package casemate.aws.autoscaling.elb_health_check

group := input.facets.configuration

balanced if count(group.TargetGroupARNs) > 0

balanced if count(group.LoadBalancerNames) > 0

applies if not elsewhere

elsewhere if {
	is_string(group.AutoScalingGroupName)
	not balanced
}

compliant if {
	balanced
	contains(group.HealthCheckType, "ELB")
}

deny contains {"message": sprintf("it heeds health checks of %s alone", [group.HealthCheckType]), "evidence": {"HealthCheckType": group.HealthCheckType}} if {
	balanced
	not contains(group.HealthCheckType, "ELB")
}
