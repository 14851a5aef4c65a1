# Judges audit rules by what they record, not by how they are written: a watch (`-w`) and its system call form are the
# same, system calls may be spread over several rules, keys do not matter.
package casemate.lib.audit

# The rules that make records, each with `before`: the rules that say `never` and are asked first, since the kernel takes
# the first rule that matches. A rule behind one that says `never` to everything is dead; `never,task` without a filter
# and an exclusion of all SYSCALL records stop all records of system calls.
active(facts) := [] if stopped(facts.rules)

active(facts) := [] if unloaded(facts)

# Nothing that could load the rules is installed.
unloaded(facts) if object.get(facts, "auditctl", true) == false

active(facts) := [object.union(rule, {"before": [r.rule | some r in refusing; r.at < i]}) |
	some i, rule in list
	records(rule)
	count([1 | some end in ends; end < i]) == 0
] if {
	list := facts.rules
	not stopped(list)
	not unloaded(facts)
	# Found once: a list of some hundred rules has no time for the square of its length.
	refusing := [{"at": j, "rule": rule} | some j, rule in list; refuses(rule)]
	ends := [j | some j, rule in list; stops_all_calls(rule)]
}

stopped(list) if {
	some rule in list
	stops_all_tasks(rule)
}

stopped(list) if {
	some rule in list
	excludes_calls(rule)
}

# Refuses to record people. One with another filter (a program, a service's user) is an exception that somebody thought
# of, and leaves the rest recorded.
refuses(rule) if {
	rule.list in {"never,exit", "exit,never"}
	count(rule.compares) == 0
	every field in rule.fields {
		regex.match(`^(auid|success|exit)[<>=!&]`, field)
	}
}

# An earlier `never` takes this call away.
call_refused(rule, abi, call) if {
	some refusal in rule.before
	refusal.path == null
	speaks_any(refusal, abi)
	names_any(refusal, call)
}

# An earlier `never` takes changes or starts below this path away.
path_refused(rule, _, calls) if {
	some refusal in rule.before
	refusal.path == null
	some call in calls
	names_any(refusal, call)
}

path_refused(rule, path, _) if {
	some refusal in rule.before
	covers(refusal, path)
}

# What lies below a refused path is a part of `path`.
path_refused(rule, path, _) if {
	some refusal in rule.before
	refusal.path != null
	startswith(canonical(refusal.path), sprintf("%s/", [canonical(path)]))
}

speaks_any(rule, abi) if rule.arch in {abi, null}

names_any(rule, _) if any_call(rule)

names_any(rule, call) if call in rule.syscalls

# Calls by which a file's content or attributes change.
changing := {
	"open", "openat", "openat2", "creat", "truncate", "ftruncate", "rename", "renameat", "renameat2", "unlink", "unlinkat",
	"link", "linkat", "symlink", "symlinkat", "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown",
	"fchownat", "setxattr", "fsetxattr", "lsetxattr", "write",
}

records(rule) if rule.form == "watch"

records(rule) if {
	rule.form == "syscall"
	rule.list in {"always,exit", "exit,always"}
}

# Both words mean the same on this list (auditctl(8)). 1300 is SYSCALL.
excludes_calls(rule) if {
	rule.list in {"always,exclude", "never,exclude", "exclude,always", "exclude,never"}
	count(rule.fields) == 1
	rule.fields[0] in {"msgtype=SYSCALL", "msgtype=1300"}
}

stops_all_tasks(rule) if {
	rule.list in {"never,task", "task,never"}
	count(rule.fields) == 0
}

stops_all_calls(rule) if {
	rule.list in {"never,exit", "exit,never"}
	rule.path == null
	count(rule.fields) == 0
	count(rule.compares) == 0
	any_call(rule)
}

# One path, one spelling: no slash at the end, and the directories that Debian has merged into /usr.
canonical(path) := sprintf("/usr%s", [trimmed]) if {
	trimmed := trim_right(path, "/")
	some merged in ["/bin/", "/sbin/", "/lib/"]
	startswith(trimmed, merged)
} else := sprintf("/run%s", [substring(trimmed, 8, -1)]) if {
	trimmed := trim_right(path, "/")
	startswith(trimmed, "/var/run/")
} else := trim_right(path, "/")

# The rule looks at this path, or at a directory above it.
covers(rule, path) if {
	rule.path != null
	canonical(rule.path) == canonical(path)
}

covers(rule, path) if {
	rule.path != null
	startswith(canonical(path), sprintf("%s/", [canonical(rule.path)]))
}

# A rule that names no permission takes them all.
takes(rule, _) if rule.perms == ""

takes(rule, letters) if {
	rule.perms != ""
	every letter in letters {
		contains(rule.perms, letter)
	}
}

any_call(rule) if count(rule.syscalls) == 0

any_call(rule) if "all" in rule.syscalls

# Filters that leave out only daemons and processes of before login: `auid` from 1000 (or less) on, and set.
of_people(field) if field in {"auid!=unset", "auid!=0"}

of_people(field) if {
	found := regex.find_all_string_submatch_n(`^auid>=([0-9]+)$`, field, 1)
	to_number(found[0][1]) <= 1000
}

of_people(field) if {
	found := regex.find_all_string_submatch_n(`^auid>([0-9]+)$`, field, 1)
	to_number(found[0][1]) < 1000
}

unfiltered(rule) if {
	count(rule.fields) == 0
	count(rule.compares) == 0
}

# No filter but those of `extra`, and, where `people` is true, those of people.
narrowed_by(rule, extra, people) if {
	count(rule.compares) == 0
	every field in rule.fields {
		permitted(field, extra, people)
	}
}

permitted(field, extra, _) if field in extra

permitted(field, _, true) if of_people(field)

# --- Watches ---

# Every write and every change of attributes of `path` is recorded, whoever makes it.
changes_recorded(rules, path) if {
	some rule in rules
	rule.form == "watch"
	covers(rule, path)
	takes(rule, ["a", "w"])
	not path_refused(rule, path, changing)
}

changes_recorded(rules, path) if {
	some rule in rules
	change_rule(rule, path)
	rule.arch == null
}

changes_recorded(rules, path) if {
	some first in rules
	first.arch == "b64"
	change_rule(first, path)
	some second in rules
	second.arch == "b32"
	change_rule(second, path)
}

change_rule(rule, path) if {
	rule.form == "syscall"
	covers(rule, path)
	takes(rule, ["a", "w"])
	unfiltered(rule)
	any_call(rule)
	not path_refused(rule, path, changing)
}

# The paths of `paths` whose changes leave no record.
unwatched(facts, paths) := [path |
	some path in paths
	not changes_recorded(rules, path)
] if {
	rules := active(facts)
}

# --- Programs ---

# Every start of the program at `path` by a person is recorded.
start_recorded(rules, path) if {
	some rule in rules
	rule.form == "watch"
	covers(rule, path)
	takes(rule, ["x"])
	not path_refused(rule, path, {"execve", "execveat"})
}

start_recorded(rules, path) if {
	some rule in rules
	start_rule(rule, path)
	rule.arch == null
}

start_recorded(rules, path) if {
	some first in rules
	first.arch == "b64"
	start_rule(first, path)
	some second in rules
	second.arch == "b32"
	start_rule(second, path)
}

start_rule(rule, path) if {
	rule.form == "syscall"
	covers(rule, path)
	takes(rule, ["x"])
	narrowed_by(rule, set(), true)
	starts_programs(rule)
	not path_refused(rule, path, {"execve", "execveat"})
}

starts_programs(rule) if any_call(rule)

starts_programs(rule) if "execve" in rule.syscalls

# The programs of `paths` whose starts leave no record.
unrecorded(facts, paths) := [path |
	some path in paths
	not start_recorded(rules, path)
] if {
	rules := active(facts)
}

# --- System calls ---

# Names that newer 64-bit machines (arm64, riscv64) never had; a rule that names one does not load there.
legacy := {
	"chmod", "chown", "creat", "lchown", "link", "mknod", "open", "rename", "rmdir", "symlink", "unlink", "umount",
	"create_module", "query_module",
}

abis(machine) := {"b64", "b32"} if machine in {null, "x86_64", "aarch64"}

abis(machine) := {"b32"} if machine in {"i386", "i586", "i686", "armv6l", "armv7l"}

abis(machine) := {"b64"} if not machine in {null, "x86_64", "aarch64", "i386", "i586", "i686", "armv6l", "armv7l"}

exists_there(machine, "b64", call) if {
	machine in {"aarch64", "riscv64", "loongarch64"}
	not call in legacy
}

exists_there(machine, abi, _) if not newer(machine, abi)

newer(machine, "b64") if machine in {"aarch64", "riscv64", "loongarch64"}

# A rule without an architecture compares bare numbers, which are those of the machine's own (first) interface.
speaks(rule, abi) if rule.arch == abi

speaks(rule, "b64") if rule.arch == null

call_recorded(rules, abi, call, extra, people) if {
	some rule in rules
	rule.form == "syscall"
	rule.path == null
	speaks(rule, abi)
	names_call(rule, call)
	narrowed_by(rule, extra, people)
	not call_refused(rule, abi, call)
}

names_call(rule, call) if call in rule.syscalls

names_call(rule, _) if "all" in rule.syscalls

# The tools of Debian 12 know this call by its number alone.
names_call(rule, "fchmodat2") if "452" in rule.syscalls

# The calls that leave no record, as `b64 chmod`, on a machine of this architecture. `extra` holds the filters that
# the rules may have, `people` says whether they may leave out what no person does.
missing_calls(facts, machine, calls, extra, people) := sort([gap |
	some abi in abis(machine)
	some call in calls
	exists_there(machine, abi, call)
	not call_recorded(rules, abi, call, extra, people)
	gap := sprintf("%s %s", [abi, call])
]) if {
	rules := active(facts)
	abis(machine)
}
