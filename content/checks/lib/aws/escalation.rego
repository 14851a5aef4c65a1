# Ways in which a principal that is not an administrator makes itself one. Each way is a list of actions that it needs
# on things that are not named one by one; rights on named things are a matter of the graph.
package casemate.lib.aws.escalation

import data.casemate.lib.aws.policy

# Ways by what they use. `needs`: actions, each with the type of what it acts on, as in ARNs.
ways := {
	"version": [
		{"name": "a new version of a policy", "needs": [["iam:createpolicyversion", "policy"]]},
		{"name": "an old version of a policy", "needs": [["iam:setdefaultpolicyversion", "policy"]]},
	],
	"attach": [
		{"name": "a policy attached to a user", "needs": [["iam:attachuserpolicy", "user"]]},
		{"name": "a policy attached to a group", "needs": [["iam:attachgrouppolicy", "group"]]},
		{"name": "a policy attached to a role", "needs": [["iam:attachrolepolicy", "role"]]},
	],
	"inline": [
		{"name": "a policy written into a user", "needs": [["iam:putuserpolicy", "user"]]},
		{"name": "a policy written into a group", "needs": [["iam:putgrouppolicy", "group"]]},
		{"name": "a policy written into a role", "needs": [["iam:putrolepolicy", "role"]]},
	],
	"credential": [
		{"name": "an access key of another user", "needs": [["iam:createaccesskey", "user"]]},
		{"name": "a console password for another user", "needs": [["iam:createloginprofile", "user"]]},
		{"name": "another console password for a user", "needs": [["iam:updateloginprofile", "user"]]},
		{"name": "another second factor for a user", "needs": [["iam:deactivatemfadevice", "user"], ["iam:updateloginprofile", "user"]]},
	],
	"group": [{"name": "membership of a group", "needs": [["iam:addusertogroup", "group"]]}],
	"trust": [{"name": "another trust policy of a role", "needs": [["iam:updateassumerolepolicy", "role"]]}],
	"boundary": [
		{"name": "a user's boundary taken away", "needs": [["iam:deleteuserpermissionsboundary", "user"]]},
		{"name": "a role's boundary taken away", "needs": [["iam:deleterolepermissionsboundary", "role"]]},
		{"name": "another boundary of a user", "needs": [["iam:putuserpermissionsboundary", "user"]]},
		{"name": "another boundary of a role", "needs": [["iam:putrolepermissionsboundary", "role"]]},
	],
	"passrole": [
		{"name": "a role passed to a function", "to": "lambda.amazonaws.com", "needs": [["iam:passrole", "role"], ["lambda:createfunction", "function"], ["lambda:invokefunction", "function"]]},
		{"name": "a role passed to a function that a source calls", "to": "lambda.amazonaws.com", "needs": [["iam:passrole", "role"], ["lambda:createfunction", "function"], ["lambda:createeventsourcemapping", "event-source-mapping"]]},
		{"name": "a role passed to a function that others may call", "to": "lambda.amazonaws.com", "needs": [["iam:passrole", "role"], ["lambda:createfunction", "function"], ["lambda:addpermission", "function"]]},
		{"name": "a role passed to an instance", "to": "ec2.amazonaws.com", "needs": [["iam:passrole", "role"], ["ec2:runinstances", "instance"]]},
		{"name": "a role passed to a stack", "to": "cloudformation.amazonaws.com", "needs": [["iam:passrole", "role"], ["cloudformation:createstack", "stack"]]},
		{"name": "a role passed to a spot instance", "to": "ec2.amazonaws.com", "needs": [["iam:passrole", "role"], ["ec2:requestspotinstances", "instance"]]},
		{"name": "a role passed to stacks of a set", "to": "cloudformation.amazonaws.com", "needs": [["iam:passrole", "role"], ["cloudformation:createstackset", "stackset"], ["cloudformation:createstackinstances", "stackset"]]},
		{"name": "a role passed to a set of stacks that is there", "to": "cloudformation.amazonaws.com", "needs": [["iam:passrole", "role"], ["cloudformation:updatestackset", "stackset"]]},
		{"name": "a role passed to a build", "to": "codebuild.amazonaws.com", "needs": [["iam:passrole", "role"], ["codebuild:createproject", "project"], ["codebuild:startbuild", "project"]]},
		{"name": "a role passed to a batch of builds", "to": "codebuild.amazonaws.com", "needs": [["iam:passrole", "role"], ["codebuild:createproject", "project"], ["codebuild:startbuildbatch", "project"]]},
		{"name": "a role passed to a task", "to": "ecs-tasks.amazonaws.com", "needs": [["iam:passrole", "role"], ["ecs:registertaskdefinition", "task-definition"], ["ecs:runtask", "task-definition"]]},
		{"name": "a role passed to a task on an instance", "to": "ecs-tasks.amazonaws.com", "needs": [["iam:passrole", "role"], ["ecs:registertaskdefinition", "task-definition"], ["ecs:starttask", "task-definition"]]},
		{"name": "a role passed to a service of ECS", "to": "ecs-tasks.amazonaws.com", "needs": [["iam:passrole", "role"], ["ecs:registertaskdefinition", "task-definition"], ["ecs:createservice", "service"]]},
		{"name": "a role passed to a job of Glue", "to": "glue.amazonaws.com", "needs": [["iam:passrole", "role"], ["glue:createjob", "job"], ["glue:startjobrun", "job"]]},
		{"name": "a role passed to a job of Glue that a trigger starts", "to": "glue.amazonaws.com", "needs": [["iam:passrole", "role"], ["glue:createjob", "job"], ["glue:createtrigger", "trigger"]]},
		{"name": "a role passed to a job of Glue that is there", "to": "glue.amazonaws.com", "needs": [["iam:passrole", "role"], ["glue:updatejob", "job"], ["glue:startjobrun", "job"]]},
		{"name": "a role passed to a job of Glue that is there and a trigger starts", "to": "glue.amazonaws.com", "needs": [["iam:passrole", "role"], ["glue:updatejob", "job"], ["glue:createtrigger", "trigger"]]},
		{"name": "a role passed to an endpoint of Glue", "to": "glue.amazonaws.com", "needs": [["iam:passrole", "role"], ["glue:createdevendpoint", "devEndpoint"]]},
		{"name": "a role passed to a notebook", "to": "sagemaker.amazonaws.com", "needs": [["iam:passrole", "role"], ["sagemaker:createnotebookinstance", "notebook-instance"]]},
		{"name": "a role passed to a training", "to": "sagemaker.amazonaws.com", "needs": [["iam:passrole", "role"], ["sagemaker:createtrainingjob", "training-job"]]},
		{"name": "a role passed to a processing of data", "to": "sagemaker.amazonaws.com", "needs": [["iam:passrole", "role"], ["sagemaker:createprocessingjob", "processing-job"]]},
		{"name": "a role passed to a state machine", "to": "states.amazonaws.com", "needs": [["iam:passrole", "role"], ["states:createstatemachine", "stateMachine"], ["states:startexecution", "stateMachine"]]},
		{"name": "a role passed to a pipeline", "to": "datapipeline.amazonaws.com", "needs": [["iam:passrole", "role"], ["datapipeline:createpipeline", "pipeline"], ["datapipeline:putpipelinedefinition", "pipeline"]]},
		{"name": "a role passed to a service of App Runner", "to": "tasks.apprunner.amazonaws.com", "needs": [["iam:passrole", "role"], ["apprunner:createservice", "service"]]},
		{"name": "a role passed to an interpreter of code", "to": "bedrock-agentcore.amazonaws.com", "needs": [["iam:passrole", "role"], ["bedrock-agentcore:createcodeinterpreter", "code-interpreter-custom"], ["bedrock-agentcore:startcodeinterpretersession", "code-interpreter-custom"], ["bedrock-agentcore:invokecodeinterpreter", "code-interpreter-custom"]]},
	],
	"code": [
		{"name": "other code of a function", "needs": [["lambda:updatefunctioncode", "function"]]},
		{"name": "another layer of a function", "needs": [["lambda:updatefunctionconfiguration", "function"]]},
		{"name": "another key of an endpoint of Glue", "needs": [["glue:updatedevendpoint", "devEndpoint"]]},
		{"name": "other commands of a build", "needs": [["codebuild:startbuild", "project"]]},
		{"name": "other commands of a batch of builds", "needs": [["codebuild:startbuildbatch", "project"]]},
		{"name": "another template of a stack", "needs": [["cloudformation:updatestack", "stack"]]},
		{"name": "changes of a stack", "needs": [["cloudformation:createchangeset", "stack"], ["cloudformation:executechangeset", "stack"]]},
		{"name": "another image of a service of App Runner", "needs": [["apprunner:updateservice", "service"]]},
		{"name": "another start script of an instance", "needs": [["ec2:modifyinstanceattribute", "instance"], ["ec2:stopinstances", "instance"], ["ec2:startinstances", "instance"]]},
		{"name": "another launch template in force", "needs": [["ec2:createlaunchtemplateversion", "launch-template"], ["ec2:modifylaunchtemplate", "launch-template"]]},
		{"name": "another start script of a notebook", "needs": [["sagemaker:createnotebookinstancelifecycleconfig", "notebook-instance-lifecycle-config"], ["sagemaker:updatenotebookinstance", "notebook-instance"], ["sagemaker:stopnotebookinstance", "notebook-instance"], ["sagemaker:startnotebookinstance", "notebook-instance"]]},
		{"name": "sessions in notebooks", "needs": [["sagemaker:createpresignednotebookinstanceurl", "notebook-instance"]]},
		{"name": "sessions in interpreters of code", "needs": [["bedrock-agentcore:startcodeinterpretersession", "code-interpreter-custom"], ["bedrock-agentcore:invokecodeinterpreter", "code-interpreter-custom"]]},
	],
	"host": [
		{"name": "commands on instances", "needs": [["ssm:sendcommand", "instance"]]},
		{"name": "sessions on instances", "needs": [["ssm:startsession", "instance"]]},
		{"name": "an SSH key for an instance", "needs": [["ec2-instance-connect:sendsshpublickey", "instance"]]},
	],
	"assume": [{"name": "any role that trusts the account", "needs": [["sts:assumerole", "role"]]}],
}

actions := {need[0] |
	some group in ways
	some way in group
	some need in way.needs
}

services := {split(action, ":")[0] | some action in actions}

# Patterns that may fit an action of a way: everything, those of its service, those of no certain service.
patterns := sprintf(`^([*]|[^:]*[*?]|(%s):.*[*?])`, [concat("|", sort(services))])

# The statements of documents without actions that no way uses: AWS's own policies name thousands.
statements(documents) := [slim(statement) |
	some document in documents
	some statement in document.statements
]

slim(statement) := statement if not statement.action

slim(statement) := object.union(object.remove(statement, ["action"]), {"action": [pattern |
	some pattern in statement.action
	of_interest(pattern)
]}) if statement.action

of_interest(pattern) if pattern in actions

of_interest(pattern) if regex.match(patterns, pattern)

# The statements by service, each with the actions that may be the service's own. So each action is compared with few.
by_service(list) := {service: [part |
		some statement in list
		part := part_for(statement, service)
	] |
	some service in services
}

part_for(statement, _) := statement if not statement.action

part_for(statement, service) := object.union(object.remove(statement, ["action"]), {"action": own}) if {
	own := [pattern |
		some pattern in statement.action
		may_be_of(pattern, sprintf("%s:", [service]))
	]
	count(own) > 0
}

may_be_of(pattern, start) if startswith(pattern, start)

may_be_of(pattern, _) if regex.match(`^[^:]*[*?]`, pattern)

# The actions of ways that are allowed on things that are not named, without a condition.
given(index) := {need[0] |
	some need in distinct
	allowed(index, need[0], need[1], "")
}

distinct := {need |
	some group in ways
	some way in group
	some need in way.needs
}

# The ways of these groups that the statements leave open, by name.
open(list, groups) := {way.name |
	index := by_service(list)
	had := given(index)
	some group in groups
	some way in ways[group]
	every need in way.needs { has(had, index, need, way) }
}

has(had, _, need, _) if need[0] in had

has(had, index, need, way) if {
	need[0] == "iam:passrole"
	not need[0] in had
	allowed(index, need[0], need[1], way.to)
}

# Statements that allow some of the actions on all of a type, without a condition; what denies them is left aside.
on_all(document, actions, type) := [statement |
	some statement in document.statements
	statement.effect == "Allow"
	some action in actions
	policy.reaches(statement, action)
	all_of(statement, type)
	policy.unconditional(statement)
]

# Allowed on things that are not named, and not denied.
allowed(index, action, type, to) if {
	some statement in index[split(action, ":")[0]]
	statement.effect == "Allow"
	wide(statement, type)
	policy.reaches(statement, action)
	free(statement, to)
	not denied(index, action, type)
}

denied(index, action, type) if {
	some statement in index[split(action, ":")[0]]
	statement.effect == "Deny"
	all_of(statement, type)
	policy.unavoidable(statement)
	policy.reaches(statement, action)
}

# The resources are all, or all of the type, or all but some.
wide(statement, type) if all_of(statement, type)

wide(statement, _) if count(statement.not_resource) > 0

all_of(statement, _) if policy.every_resource(statement)

all_of(statement, type) if {
	some pattern in statement.resource
	regex.match(sprintf(`^arn:[^:]*:(%s|[*]+):[^:]*:[^:]*:(%s[:/])?[*:/]*[*]$`, [holder[type], type]), pattern)
}

# The service in whose ARNs a type stands.
holder := {
	"policy": "iam", "user": "iam", "group": "iam", "role": "iam", "function": "lambda", "instance": "ec2",
	"event-source-mapping": "lambda", "stack": "cloudformation", "project": "codebuild", "task-definition": "ecs",
	"job": "glue", "devEndpoint": "glue", "notebook-instance": "sagemaker", "stateMachine": "states",
	"pipeline": "datapipeline", "service": "apprunner|ecs", "stackset": "cloudformation", "trigger": "glue",
	"training-job": "sagemaker", "processing-job": "sagemaker", "notebook-instance-lifecycle-config": "sagemaker",
	"code-interpreter-custom": "bedrock-agentcore", "launch-template": "ec2", "key": "kms", "trail": "cloudtrail", "secret": "secretsmanager", "parameter": "ssm",
}

# Without a condition, or on one about the service that a role is passed to, which the service of the way meets.
free(statement, _) if policy.unconditional(statement)

free(statement, to) if {
	to != ""
	every condition in statement.condition { meets(condition, to) }
}

meets(condition, _) if policy.idle(condition)

meets(condition, to) if {
	condition.key == "iam:passedtoservice"
	condition.operator in {"stringequals", "stringequalsignorecase", "stringlike", "stringequalsifexists", "stringlikeifexists"}
	some value in condition.values
	policy.fits(lower(value), to)
}

# What the boundary, if there is one, leaves of the ways: those whose actions it allows at all.
bounded(names, boundary) := names if boundary.present == false

bounded(names, boundary) := {way.name |
	index := by_service(statements([boundary.document]))
	some group in ways
	some way in group
	way.name in names
	every need in way.needs { may(index, need[0], need[1]) }
} if {
	boundary.present == true
}

may(index, action, type) if {
	some statement in index[split(action, ":")[0]]
	statement.effect == "Allow"
	policy.reaches(statement, action)
	not denied(index, action, type)
}

# All groups of ways.
all := {group | some group, _ in ways}
