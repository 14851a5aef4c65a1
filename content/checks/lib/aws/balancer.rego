# Attributes of load balancers, which come as a list of keys and values.
package casemate.lib.aws.balancer

# The value of an attribute; `not set` where the list does not have it.
attribute(attributes, key) := value if {
	some one in attributes
	one.Key == key
	value := one.Value
} else := "not set"
