# Files of an image, a directory or a disk that matter by what they are.
package casemate.lib.tree

files := input.facets.files.files

of_kind(kind) := [file | some file in files; file.kind == kind]

# Nothing stands in the way of seeing every file: no directory that could not be listed, no file that could not be read,
# no limit that ended the reading. What was found is found all the same; that nothing was found is proven only then.
read_whole if {
	problems := input.facets.software.problems
	input.facets.software.problem_count == count(problems)
	every problem in problems {
		problem.incomplete == false
		not startswith(problem.reason, "cannot ")
	}
}

# None of this kind beside those that are expected.
none(kind, expected) if {
	read_whole
	is_array(files)
	count(unexpected(kind, expected)) == 0
}

unexpected(kind, expected) := [file | some file in of_kind(kind); not file.path in expected]
