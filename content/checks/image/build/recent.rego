# METADATA
# title: The image was built not long ago
# description: >-
#   Distributions mend holes every week; an image keeps those that were known when it was built. Anything that
#   builds it anew from time to time takes the mends in.
# custom:
#   id: image.build.recent
#   kind: image
#   area: image
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker: ["4.4"]
#   attack: [T1190]
#   clock: day
#   params:
#     days: {type: int, default: 180, description: days after which an image is old}
#   remediation:
#     text: >-
#       Build it anew on the present base, without the cache, and let a job do so from now on.
#     command: docker build --pull --no-cache .
package casemate.image.build.recent

import data.casemate.lib.date

config := input.facets.config

created := config.created

made := date.days(created)

# Builds that can be repeated carry a date that is none (1970, 1980); some images carry none at all.
applies if not undated

undated if created == null

undated if {
	is_string(created)
	regex.match(`^(0|19)`, created)
}

age := input.today_days - made

compliant if age <= data.params.days

deny contains {
	"message": sprintf("built on %s, %d days ago; wanted at most %d", [substring(created, 0, 10), age, data.params.days]),
	"evidence": {"created": created, "days": age},
} if {
	age > data.params.days
}
