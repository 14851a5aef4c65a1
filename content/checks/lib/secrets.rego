# Secrets in the files of an image, a directory or a disk.
package casemate.lib.secrets

import data.casemate.lib.tree

secrets := input.facets.secrets.secrets

of_class(class) := [secret | some secret in secrets; secret.class == class]

# Looked for everywhere, and none of this class found.
none(class) if {
	input.facets.secrets.searched == true
	tree.read_whole
	count(of_class(class)) == 0
}

# A finding for each. What the facet holds of a secret is enough to find it and too little to use it.
found(class, what) := {finding |
	some secret in of_class(class)
	finding := {
		"message": sprintf("%s:%d holds %s (%s): %s", [secret.path, secret.line, what, secret.detector, secret.redacted]),
		"evidence": secret,
	}
}
