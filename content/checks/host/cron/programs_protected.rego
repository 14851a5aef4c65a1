# METADATA
# title: Programs that cron runs cannot be changed by others
# description: Whoever may write the program, or a directory above it, runs his own as the job's user within a day.
# custom:
#   id: host.cron.programs_protected
#   kind: host
#   area: services
#   needs: [cron]
#   severity: high
#   attack: [T1053.003, T1574]
#   remediation:
#     text: Give the program and the directories above it to root, without write access for others.
package casemate.host.cron.programs_protected

jobs := input.facets.cron.jobs

open := [job | some job in jobs; job.program_writable == true]

# A word without a slash is a shell's own or found in cron's search path.
known(job) if is_boolean(job.program_writable)

known(job) if not startswith(job.program, "/")

compliant if {
	is_array(jobs)
	count(open) == 0
	every job in jobs {
		known(job)
	}
}

deny contains {
	"message": sprintf(
		"%s, which runs as %s, can be changed by others (%s:%d)",
		[job.program, job.user, job.file, job.line],
	),
	"evidence": {"program": job.program, "user": job.user, "file": job.file, "line": job.line},
} if {
	some job in open
}
