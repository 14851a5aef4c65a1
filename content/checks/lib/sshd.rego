# How sshd_config(5) is read: values that may apply to a connection, times, lists of algorithms.
package casemate.lib.sshd

# The daemon was removed and left its configuration behind, so nothing listens by it.
removed if input.facets.config.installed == false

# Every value of a keyword that may apply to some connection: the global one and those of Match blocks. A block
# `Match all` hides what comes after it, the global value too. Undefined where the global value is not known.
possible(key) := values if {
	everywhere := [i |
		some i, block in input.facets.config.matches
		lower(trim_space(block.criteria)) == "all"
		block.settings[key]
	]
	count(everywhere) > 0
	first := min(everywhere)
	input.facets.config.effective[key]
	values := [v |
		some i, block in input.facets.config.matches
		i <= first
		v := in_block(block, key)
	]
}

possible(key) := values if {
	not everybody(key)
	global := input.facets.config.effective[key]
	values := array.concat(
		[object.union({"value": global}, origin(key))],
		[v | some block in input.facets.config.matches; v := in_block(block, key)],
	)
}

everybody(key) if {
	some block in input.facets.config.matches
	lower(trim_space(block.criteria)) == "all"
	block.settings[key]
}

in_block(block, key) := {
	"value": block.settings[key],
	"match": block.criteria,
	"file": block.file,
	"line": block.line,
}

origin(key) := {"file": input.facets.config.set_at[key].file, "line": input.facets.config.set_at[key].line}

origin(key) := {"default": true} if not input.facets.config.set_at[key]

# Values that are none of `allowed`, whatever their case.
outside(key, allowed) := [v |
	some v in possible(key)
	not lower(v.value) in allowed
]

# All that may apply is one of `allowed`. False where nothing is known.
only(key, allowed) if {
	count(possible(key)) > 0
	count(outside(key, allowed)) == 0
}

# Where a value stands, for a message.
place(v) := sprintf(" for `Match %s` (%s:%d)", [v.match, v.file, v.line])

place(v) := sprintf(" (%s:%d)", [v.file, v.line]) if not v.match

place(v) := " (the default)" if v.default

# A whole number; undefined for anything else.
number(text) := to_number(text) if regex.match(`^[0-9]{1,15}$`, text)

# Seconds of a time as sshd_config writes it: `90`, `2m`, `1h30m`. Undefined where it is no time.
seconds(text) := sum(parts) if {
	t := lower(trim_space(text))
	regex.match(`^([0-9]{1,9}[smhdw]?)+$`, t)
	parts := [n |
		some part in regex.find_n(`[0-9]+[smhdw]?`, t, -1)
		n := to_number(trim_right(part, "smhdw")) * unit(part)
	]
}

unit(part) := 1 if regex.match(`[0-9s]$`, part)

unit(part) := 60 if endswith(part, "m")

unit(part) := 3600 if endswith(part, "h")

unit(part) := 86400 if endswith(part, "d")

unit(part) := 604800 if endswith(part, "w")

# Whether forwarding of every kind is off for everybody, which makes the single switches moot.
forwarding_disabled if only("disableforwarding", {"yes"})

# The algorithms that a keyword leaves in force for some connection, those of Match blocks among them. `+`, `-` and `^`
# change the built-in list.
algorithms(key) := union({listed(key, v.value) | some v in possible(key)})

listed(_, value) := names(value) if not regex.match(`^[+^-]`, value)

listed(key, value) := built_in[key] | names(substring(value, 1, -1)) if regex.match(`^[+^]`, value)

listed(key, value) := {name |
	some name in built_in[key]
	not removed(name, names(substring(value, 1, -1)))
} if {
	startswith(value, "-")
}

removed(name, patterns) if {
	some pattern in patterns
	glob.match(pattern, null, name)
}

names(text) := {name | some part in split(text, ","); name := trim_space(part); name != ""}

# Algorithms that match one of the patterns (`*` stands for any text).
matching(key, patterns) := {name |
	some name in algorithms(key)
	some pattern in patterns
	matches(pattern, name)
}

matches(pattern, name) if glob.match(pattern, null, name)

# sshd takes wildcards in the lists of signatures: `ssh-*` lets in what it stands for.
matches(pattern, name) if {
	regex.match(`[*?]`, name)
	some known in old_signatures
	glob.match(name, null, known)
	glob.match(pattern, null, known)
}

# What sshd still knows and leaves out of its built-in lists.
old_signatures := {"ssh-rsa", "ssh-dss", "ssh-rsa-cert-v01@openssh.com", "ssh-dss-cert-v01@openssh.com"}

# Some algorithm is known, and none matches.
free_of(key, patterns) if {
	count(algorithms(key)) > 0
	count(matching(key, patterns)) == 0
}

# The lists built into OpenSSH 9.2.
built_in := {
	"ciphers": {
		"chacha20-poly1305@openssh.com", "aes128-ctr", "aes192-ctr", "aes256-ctr",
		"aes128-gcm@openssh.com", "aes256-gcm@openssh.com",
	},
	"macs": {
		"umac-64-etm@openssh.com", "umac-128-etm@openssh.com", "hmac-sha2-256-etm@openssh.com",
		"hmac-sha2-512-etm@openssh.com", "hmac-sha1-etm@openssh.com", "umac-64@openssh.com",
		"umac-128@openssh.com", "hmac-sha2-256", "hmac-sha2-512", "hmac-sha1",
	},
	"kexalgorithms": {
		"sntrup761x25519-sha512@openssh.com", "curve25519-sha256", "curve25519-sha256@libssh.org",
		"ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521",
		"diffie-hellman-group-exchange-sha256", "diffie-hellman-group16-sha512",
		"diffie-hellman-group18-sha512", "diffie-hellman-group14-sha256",
	},
	"hostkeyalgorithms": signatures,
	"pubkeyacceptedalgorithms": signatures,
}

signatures := {
	"ssh-ed25519-cert-v01@openssh.com", "ecdsa-sha2-nistp256-cert-v01@openssh.com",
	"ecdsa-sha2-nistp384-cert-v01@openssh.com", "ecdsa-sha2-nistp521-cert-v01@openssh.com",
	"sk-ssh-ed25519-cert-v01@openssh.com", "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com",
	"rsa-sha2-512-cert-v01@openssh.com", "rsa-sha2-256-cert-v01@openssh.com", "ssh-ed25519",
	"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "sk-ssh-ed25519@openssh.com",
	"sk-ecdsa-sha2-nistp256@openssh.com", "rsa-sha2-512", "rsa-sha2-256",
}
