# How an image was made, step by step.
package casemate.lib.image

config := input.facets.config

# The steps as they were written, without what builders put around them.
steps := [text |
	some step in config.history
	text := regex.replace(step.created_by, `^(RUN )?(\|[0-9]+ .*)?/bin/sh -c (#\(nop\) +)?`, "")
]

# All steps are known.
told if {
	config.history_count > 0
	config.history_count == count(config.history)
}

# Squashed images and those of other tools tell nothing.
silent if config.history_count == 0

# Steps in which one of the patterns occurs.
matching(patterns) := [step |
	some step in steps
	some pattern in patterns
	regex.match(pattern, step)
]
