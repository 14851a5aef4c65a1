# METADATA
# title: Images of a task definition are named by a fixed tag or digest
# description: >-
#   `latest`, or no tag at all, is another image tomorrow: a task that restarts runs what nobody checked.
# custom:
#   id: aws.ecs.image_fixed
#   kind: aws.ecs.task_definition
#   area: container
#   needs: [configuration, sources]
#   severity: low
#   frameworks:
#     iso_27001_2022: ["A.5.21", "A.8.9"]
#     nist_800_53_r5: ["SI-7(a)"]
#   attack: [T1525]
#   remediation:
#     text: >-
#       Name images by digest, or by a tag that is never moved.
package casemate.aws.ecs.image_fixed

configuration := input.facets.configuration

images := input.facets.sources.images

bad := [image |
	some image in images
	not image.digest
	object.get(image, "tag", "latest") == "latest"
]

compliant if {
	count(configuration.containerDefinitions) == count(images)
	count(images) > 0
	count(bad) == 0
}

deny contains {"message": sprintf("container %s runs %s, whose tag moves", [image.container, image.reference]), "evidence": image} if {
	some image in bad
}
