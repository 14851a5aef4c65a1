# Days, for checks that say how old something is.
package casemate.lib.date

# Days since 1970-01-01 of a date in ISO form, with or without a time behind it; undefined for anything else. A year
# begins in March here, so that the day that leap years add is its last.
days(text) := ((((((365 * year) + floor(year / 4)) - floor(year / 100)) + floor(year / 400)) + floor(((153 * month) + 2) / 5)) + day) - 719469 if {
	is_string(text)
	regex.match(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([T ]|$)`, text)
	day := to_number(trim_left(substring(text, 8, 2), "0"))
	calendar := to_number(trim_left(substring(text, 5, 2), "0"))
	month := (calendar + 9) % 12
	year := to_number(substring(text, 0, 4)) - early(calendar)
}

early(month) := 1 if month < 3

early(month) := 0 if month >= 3
