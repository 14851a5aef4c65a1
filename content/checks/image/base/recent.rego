# METADATA
# title: The base of the image was made not long ago
# description: >-
#   An image that is built anew every day on a base of last year still holds what was known to be broken last year,
#   unless the build upgrades all packages. The first step of the history tells when the base was made.
# custom:
#   id: image.base.recent
#   kind: image
#   area: image
#   needs: [config]
#   severity: low
#   frameworks:
#     cis_docker: ["4.2", "4.4"]
#   attack: [T1190]
#   clock: day
#   params:
#     days: {type: int, default: 365, description: days after which a base is old}
#   remediation:
#     text: >-
#       Raise the base to its present version, and build with `--pull`.
#     command: docker build --pull --no-cache .
package casemate.image.base.recent

import data.casemate.lib.date

config := input.facets.config

# A step without a date has `null`; without steps nothing is told.
created := config.history[0].created if config.history_count > 0

created := null if config.history_count == 0

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
	"message": sprintf("the base was made on %s, %d days ago; wanted at most %d", [substring(created, 0, 10), age, data.params.days]),
	"evidence": {"created": created, "days": age},
} if {
	age > data.params.days
}
