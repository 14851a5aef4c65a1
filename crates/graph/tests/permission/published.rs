//! AWS's published examples, in our own words and with names of our own. Each case has the page of the IAM User Guide
//! (or another guide, named) that tells the outcome.
use casemate_graph::permission::{Context, Effect, Layer, Permissions, Question};
use serde_json::{Value, json};

use crate::estate::{A, B, Estate, normalise};

const USER: &str = "arn:aws:iam::111111111111:user/ana";
const ROLE: &str = "arn:aws:iam::111111111111:role/app";
const FAR: &str = "arn:aws:iam::222222222222:role/far";

fn policy(statements: Value) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

fn allow(action: &str, resource: &str) -> Value {
    policy(json!({"Effect": "Allow", "Action": action, "Resource": resource}))
}

fn trust(principal: Value) -> Value {
    policy(json!({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}))
}

fn ec2() -> Value {
    trust(json!({"Service": "ec2.amazonaws.com"}))
}

fn lets(principal: Value, action: &str, resource: &str) -> Value {
    policy(json!({"Effect": "Allow", "Principal": principal, "Action": action, "Resource": resource}))
}

fn check(page: &str, why: &str, estate: Estate, asked: (&str, &str, &str), context: &Context, want: Effect) {
    let permissions = Permissions::of([&estate.snapshot()]);
    let (principal, action, resource) = asked;
    let answer = permissions.ask(&Question { principal, action, resource, context });
    assert_eq!(answer.effect, want, "{page}: {why}: {answer:#?}");
    assert_eq!(answer.hinges.is_empty(), want != Effect::Depends, "{page}: {why}: {answer:#?}");
}

const OBJECT: &str = "arn:aws:s3:::b/x";

#[test]
fn within_an_account() {
    let page = "Policy evaluation for requests within a single account";
    let admin = allow("*", "*");
    let deny = policy(json!({"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}));
    for (why, policies, bucket, want) in [
        ("nothing allows", vec![], None, Effect::Denied),
        ("an identity policy allows", vec![admin.clone()], None, Effect::Allowed),
        ("a denial overrides", vec![admin.clone(), deny.clone()], None, Effect::Denied),
        (
            "the resource's policy alone is enough",
            vec![],
            Some(lets(json!({"AWS": USER}), "s3:GetObject", "arn:aws:s3:::b/*")),
            Effect::Allowed,
        ),
        (
            "a policy that names the account leaves it to the account",
            vec![],
            Some(lets(json!({"AWS": A}), "s3:GetObject", "arn:aws:s3:::b/*")),
            Effect::Denied,
        ),
        (
            "a denial of the resource overrides",
            vec![admin.clone()],
            Some(policy(
                json!({"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}),
            )),
            Effect::Denied,
        ),
        (
            "a denial of the account strikes all of it",
            vec![admin.clone()],
            Some(policy(json!({"Effect": "Deny", "Principal": {"AWS": A}, "Action": "*", "Resource": "*"}))),
            Effect::Denied,
        ),
    ] {
        let estate = Estate::new().user(USER, &policies).bucket("b", A, bucket.as_ref());
        check(page, why, estate, (USER, "s3:GetObject", OBJECT), Context::EMPTY, want);
    }
}

#[test]
fn across_accounts() {
    let page = "Cross-account policy evaluation logic";
    for (why, identity, bucket, want) in [
        ("both allow", true, Some(json!({"AWS": FAR})), Effect::Allowed),
        ("the account is let in and hands on", true, Some(json!({"AWS": B})), Effect::Allowed),
        ("the identity does not allow", false, Some(json!({"AWS": FAR})), Effect::Denied),
        ("the resource does not allow", true, None, Effect::Denied),
        ("the resource lets another in", true, Some(json!({"AWS": "333333333333"})), Effect::Denied),
    ] {
        let policies: Vec<Value> = identity.then(|| allow("s3:*", "*")).into_iter().collect();
        let bucket = bucket.map(|p| lets(p, "s3:GetObject", "arn:aws:s3:::b/*"));
        let estate = Estate::new().role(FAR, &policies, &ec2()).bucket("b", A, bucket.as_ref());
        check(page, why, estate, (FAR, "s3:GetObject", OBJECT), Context::EMPTY, want);
    }
    let bucket = lets(json!({"AWS": "333333333333"}), "s3:GetObject", "arn:aws:s3:::b/*");
    let estate = || Estate::new().bucket("b", A, Some(&bucket));
    for (principal, want, why) in [
        ("333333333333", Effect::Allowed, "an account outside does as it likes"),
        ("arn:aws:iam::333333333333:user/x", Effect::Allowed, "and any of its principals"),
        ("444444444444", Effect::Denied, "another account"),
        ("*", Effect::Denied, "nobody without credentials"),
    ] {
        check(page, why, estate(), (principal, "s3:GetObject", OBJECT), Context::EMPTY, want);
    }
}

#[test]
fn across_accounts_without_policies() {
    let page = "AWS services that work with IAM";
    let admin = || Estate::new().role(FAR, &[allow("*", "*")], &ec2());
    for (action, resource, want, why) in [
        ("iam:PassRole", ROLE, Effect::Denied, "IAM has no policies of resources"),
        ("ec2:StopInstances", "arn:aws:ec2:eu-west-1:111111111111:instance/i-1", Effect::Denied, "nor have instances"),
        ("ec2:RunInstances", "arn:aws:ec2:eu-west-1:111111111111:subnet/s-1", Effect::Depends, "subnets may be shared"),
        ("glue:GetTable", "arn:aws:glue:eu-west-1:111111111111:table/d/t", Effect::Depends, "its policy is not read"),
    ] {
        check(page, why, admin(), (FAR, action, resource), Context::EMPTY, want);
    }
}

#[test]
fn boundaries() {
    let page = "Permissions boundaries for IAM entities";
    let bound = allow("ec2:*", "*");
    let to = |who: &str| lets(json!({"AWS": who}), "s3:GetObject", "arn:aws:s3:::b/*");
    let session = "arn:aws:sts::111111111111:assumed-role/app/i-1";
    let build = |arn: &str, bucket: Option<&Value>| {
        let id = if arn == USER { "UserId" } else { "RoleId" };
        let trust = (arn == ROLE).then(ec2);
        let policies = [allow("*", "*")];
        Estate::new()
            .principal(arn, &policies, Some(&bound), trust.as_ref(), json!({id: "AXXAEXAMPLEEXAMPLE"}))
            .bucket("b", A, bucket)
    };
    for (why, arn, asked, bucket, want) in [
        ("the boundary does not allow", USER, USER, None, Effect::Denied),
        ("a grant to a user passes the boundary", USER, USER, Some(to(USER)), Effect::Allowed),
        ("a grant to a role does not", ROLE, ROLE, Some(to(ROLE)), Effect::Denied),
        ("a grant to a session does", ROLE, session, Some(to(session)), Effect::Allowed),
        ("a grant to some sessions depends", ROLE, ROLE, Some(to(session)), Effect::Depends),
        ("a grant to everybody does", ROLE, ROLE, Some(to("*")), Effect::Allowed),
    ] {
        check(page, why, build(arn, bucket.as_ref()), (asked, "s3:GetObject", OBJECT), Context::EMPTY, want);
    }
    check(page, "both allow", build(USER, None), (USER, "ec2:RunInstances", "*"), Context::EMPTY, Effect::Allowed);
    let deny = policy(json!({"Effect": "Deny", "Action": "s3:*", "Resource": "*"}));
    let estate = Estate::new().principal(USER, &[], Some(&deny), None, json!({"UserId": "AIDAEXAMPLEEXAMPLE"})).bucket(
        "b",
        A,
        Some(&to(USER)),
    );
    let why = "a denial of the boundary strikes even what the resource grants";
    check(page, why, estate, (USER, "s3:GetObject", OBJECT), Context::EMPTY, Effect::Denied);
    let spare = policy(json!({"Effect": "Deny", "NotPrincipal": {"AWS": [USER, A]}, "Action": "*", "Resource": "*"}));
    let why = "NotPrincipal denies whoever has a boundary";
    let all = allow("*", "*");
    let estate = Estate::new()
        .principal(USER, std::slice::from_ref(&all), Some(&all), None, json!({"UserId": "AIDAEXAMPLEEXAMPLE"}))
        .bucket("b", A, Some(&spare));
    check(page, why, estate, (USER, "s3:GetObject", OBJECT), Context::EMPTY, Effect::Denied);
    let estate = Estate::new().user(USER, &[all]).bucket("b", A, Some(&spare));
    let page = "AWS JSON policy elements: NotPrincipal";
    check(page, "and spares whom it names", estate, (USER, "s3:GetObject", OBJECT), Context::EMPTY, Effect::Allowed);
}

#[test]
fn sessions() {
    let page = "Session policies";
    let session = Context::default().within("session", &normalise(&allow("s3:GetObject", "arn:aws:s3:::b/*")));
    let estate = || Estate::new().role(ROLE, &[allow("s3:*", "*")], &ec2()).bucket("b", A, None);
    for (action, want, why) in [
        ("s3:GetObject", Effect::Allowed, "both allow"),
        ("s3:PutObject", Effect::Denied, "the session's policy does not"),
    ] {
        check(page, why, estate(), (ROLE, action, OBJECT), &session, want);
    }
}

#[test]
fn elements() {
    let (user, none) = (USER, Context::EMPTY);
    let tls = Context::default().with("aws:SecureTransport", ["false"]);
    let by_name = |resource: &str| policy(json!({"Effect": "Allow", "Action": "s3:*", "Resource": resource}));
    for (page, why, statement, asked, context, want) in [
        (
            "IAM JSON policy elements: NotAction",
            "all but IAM",
            policy(json!({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"})),
            ("ec2:RunInstances", "*"),
            none,
            Effect::Allowed,
        ),
        (
            "IAM JSON policy elements: NotAction",
            "IAM is not",
            policy(json!({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"})),
            ("iam:CreateUser", "*"),
            none,
            Effect::Denied,
        ),
        (
            "IAM JSON policy elements: NotResource",
            "all but one bucket",
            policy(json!([
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                {"Effect": "Deny", "Action": "s3:*", "NotResource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]},
            ])),
            ("s3:GetObject", "arn:aws:s3:::c/x"),
            none,
            Effect::Denied,
        ),
        (
            "IAM JSON policy elements: NotResource",
            "the one",
            policy(json!([
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                {"Effect": "Deny", "Action": "s3:*", "NotResource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]},
            ])),
            ("s3:GetObject", OBJECT),
            none,
            Effect::Allowed,
        ),
        (
            "IAM policy elements: Variables and tags",
            "a folder of one's own",
            by_name("arn:aws:s3:::b/${aws:username}/*"),
            ("s3:GetObject", "arn:aws:s3:::b/ana/x"),
            none,
            Effect::Allowed,
        ),
        (
            "IAM policy elements: Variables and tags",
            "another's folder",
            by_name("arn:aws:s3:::b/${aws:username}/*"),
            ("s3:GetObject", "arn:aws:s3:::b/bob/x"),
            none,
            Effect::Denied,
        ),
        (
            "IAM policy elements: Variables and tags",
            "a variable of which nothing is known",
            by_name("arn:aws:s3:::b/${saml:sub}/*"),
            ("s3:GetObject", "arn:aws:s3:::b/bob/x"),
            none,
            Effect::Depends,
        ),
        (
            "IAM policy elements: Version",
            "the old version takes a variable as it is written",
            json!({"Version": "2008-10-17", "Statement": {
                "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/${aws:username}/*"}}),
            ("s3:GetObject", "arn:aws:s3:::b/ana/x"),
            none,
            Effect::Denied,
        ),
        (
            "IAM JSON policy elements: Action",
            "actions have no case",
            policy(json!({"Effect": "Allow", "Action": "S3:gEtObject", "Resource": "*"})),
            ("s3:GetObject", OBJECT),
            none,
            Effect::Allowed,
        ),
        (
            "IAM JSON policy elements: Resource",
            "resources have",
            by_name("arn:aws:s3:::b/X"),
            ("s3:GetObject", OBJECT),
            none,
            Effect::Denied,
        ),
        (
            "AWS global condition context keys: aws:SecureTransport",
            "a request in the clear is denied",
            policy(json!([
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
            ])),
            ("s3:GetObject", OBJECT),
            &tls,
            Effect::Denied,
        ),
        (
            "AWS global condition context keys: aws:SecureTransport",
            "others are not",
            policy(json!([
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
            ])),
            ("s3:GetObject", OBJECT),
            none,
            Effect::Allowed,
        ),
        (
            "Example policies: Denies access to AWS based on the source IP",
            "nobody knows from where",
            policy(json!([
                {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
                {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
                    "NotIpAddress": {"aws:SourceIp": ["192.0.2.0/24"]}, "Bool": {"aws:ViaAWSService": "false"}}},
            ])),
            ("s3:GetObject", OBJECT),
            none,
            Effect::Depends,
        ),
        (
            "Example policies: Allows access within specific dates",
            "nobody knows when",
            policy(json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {
                "DateGreaterThan": {"aws:CurrentTime": "2020-04-01T00:00:00Z"}}})),
            ("s3:GetObject", OBJECT),
            none,
            Effect::Depends,
        ),
        (
            "IAM JSON policy elements: Resource",
            "a part of the bucket",
            by_name("arn:aws:s3:::b/logs/*"),
            ("s3:GetObject", "arn:aws:s3:::b/*"),
            none,
            Effect::Depends,
        ),
    ] {
        let estate = Estate::new().user(user, &[statement]).bucket("b", A, None).bucket("c", A, None);
        check(page, why, estate, (user, asked.0, asked.1), context, want);
    }
}

#[test]
fn second_factors() {
    let page = "AWS global condition context keys: aws:MultiFactorAuthPresent";
    let guard = policy(json!([
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
            "BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}},
    ]));
    let only = policy(json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {
        "Bool": {"aws:MultiFactorAuthPresent": "true"}}}));
    for (policies, devices, want, why) in [
        (&guard, json!([]), Effect::Denied, "without a device there is no factor"),
        (&guard, json!([{"SerialNumber": "d"}]), Effect::Depends, "with one there may be"),
        (&only, json!([]), Effect::Denied, "a factor is asked for, and there is none"),
    ] {
        let facets = [
            ("identity_policies", json!({"items": [{"name": "p", "document": normalise(policies)}]})),
            ("boundary", json!({"present": false})),
            ("mfa_devices", json!({"items": devices})),
        ];
        let estate = Estate::new().add(USER, "aws.iam.user", A, &facets);
        check(page, why, estate, (USER, "ec2:RunInstances", "*"), Context::EMPTY, want);
    }
}

#[test]
fn roles() {
    let page = "Roles terms and concepts: trust policy";
    let target = "arn:aws:iam::111111111111:role/target";
    let external = policy(json!({"Effect": "Allow", "Principal": {"AWS": "333333333333"}, "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": "secret"}}}));
    let web = policy(json!({"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": "arn:aws:iam::111111111111:oidc-provider/ci.example"},
        "Condition": {"StringLike": {"ci.example:sub": "repo:acme/*"}}}));
    let known = Context::default().with("sts:ExternalId", ["secret"]);
    let lacking = Context::default().without("sts:ExternalId");
    let repo = Context::default().with("ci.example:sub", ["repo:acme/app"]);
    let fork = Context::default().with("ci.example:sub", ["repo:evil/app"]);
    let provider = "arn:aws:iam::111111111111:oidc-provider/ci.example";
    let (assume, web_assume, none) = ("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", Context::EMPTY);
    for (why, trusts, principal, action, context, want) in [
        ("named itself, the trust alone is enough", trust(json!({"AWS": USER})), USER, assume, none, Effect::Allowed),
        ("named by its account, it needs a policy", trust(json!({"AWS": A})), USER, assume, none, Effect::Denied),
        ("and has one", trust(json!({"AWS": A})), ROLE, assume, none, Effect::Allowed),
        ("an identity policy without the trust is nothing", ec2(), ROLE, assume, none, Effect::Denied),
        ("the service", ec2(), "ec2.amazonaws.com", assume, none, Effect::Allowed),
        ("another service", ec2(), "lambda.amazonaws.com", assume, none, Effect::Denied),
        ("the root user assumes nothing", trust(json!({"AWS": A})), A, assume, none, Effect::Denied),
        ("an external id nobody knows", external.clone(), "333333333333", assume, none, Effect::Depends),
        ("the right one", external.clone(), "333333333333", assume, &known, Effect::Allowed),
        ("none", external, "333333333333", assume, &lacking, Effect::Denied),
        ("a federated principal", web.clone(), provider, web_assume, none, Effect::Depends),
        ("of the right repository", web.clone(), provider, web_assume, &repo, Effect::Allowed),
        ("of another", web, provider, web_assume, &fork, Effect::Denied),
    ] {
        let estate = Estate::new().user(USER, &[]).role(ROLE, &[allow("sts:AssumeRole", "*")], &ec2()).role(
            target,
            &[],
            &trusts,
        );
        check(page, why, estate, (principal, action, target), context, want);
    }
}

#[test]
fn passing_a_role() {
    let page = "Grant a user permissions to pass a role to an AWS service";
    let pass = policy(json!({"Effect": "Allow", "Action": "iam:PassRole", "Resource": ROLE,
        "Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}));
    let to = |service: &str| Context::default().with("iam:PassedToService", [service]);
    for (context, want, why) in [
        (to("ec2.amazonaws.com"), Effect::Allowed, "to the service that is named"),
        (to("lambda.amazonaws.com"), Effect::Denied, "to another"),
        (Context::default(), Effect::Depends, "nobody says to which"),
    ] {
        let estate = Estate::new().user(USER, std::slice::from_ref(&pass)).role(ROLE, &[], &ec2());
        check(page, why, estate, (USER, "iam:PassRole", ROLE), &context, want);
    }
}

#[test]
fn keys() {
    let page = "AWS KMS Developer Guide, Key policies";
    let key = "arn:aws:kms:eu-west-1:111111111111:key/k";
    let hands_over = lets(json!({"AWS": "arn:aws:iam::111111111111:root"}), "kms:*", "*");
    let grants = |list: Value| json!({"items": list});
    let grant = json!([{"GranteePrincipal": USER, "Operations": ["Decrypt"]}]);
    for (why, policies, key_policy, granted, want) in [
        ("handed to the account, whose policies allow", true, hands_over.clone(), json!([]), Effect::Allowed),
        ("handed to the account, whose policies do not", false, hands_over.clone(), json!([]), Effect::Denied),
        ("not handed to the account", true, lets(json!({"AWS": FAR}), "kms:*", "*"), json!([]), Effect::Denied),
        (
            "the key's policy names the user",
            false,
            lets(json!({"AWS": USER}), "kms:Decrypt", "*"),
            json!([]),
            Effect::Allowed,
        ),
        ("a grant", false, lets(json!({"AWS": FAR}), "kms:*", "*"), grant, Effect::Allowed),
    ] {
        let identity: Vec<Value> = policies.then(|| allow("kms:*", "*")).into_iter().collect();
        let facets = [("policy", json!({"Policy": normalise(&key_policy)})), ("grants", grants(granted))];
        let estate = Estate::new().user(USER, &identity).add(key, "aws.kms.key", A, &facets);
        check(page, why, estate, (USER, "kms:Decrypt", key), Context::EMPTY, want);
    }
}

fn organization(control: &[(&str, &[&str], Value)]) -> Estate {
    let member =
        json!({"Id": "o-1", "MasterAccountId": B, "Arn": "arn:aws:organizations::222222222222:organization/o-1"});
    let list = json!({"items": [{"Id": A}, {"Id": B}]});
    let root = json!({"Id": "r-1", "PolicyTypes": [
        {"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}, {"Type": "RESOURCE_CONTROL_POLICY", "Status": "ENABLED"}]});
    let mut estate = Estate::default();
    for account in [A, B] {
        let facets = [
            ("organization", member.clone()),
            ("organization_accounts", list.clone()),
            ("s3_public_access_block", json!({"present": false})),
        ];
        estate = estate.add(&format!("arn:aws:iam::{account}:root"), "aws.account", account, &facets);
    }
    let of = "arn:aws:organizations::222222222222";
    estate = estate.add(&format!("{of}:root/o-1/r-1"), "aws.organizations.root", B, &[("configuration", root)]).add(
        &format!("{of}:account/o-1/{A}"),
        "aws.organizations.account",
        B,
        &[("configuration", json!({"Id": A, "Paths": [format!("o-1/r-1/ou-1-a/{A}/")]}))],
    );
    for (name, targets, content) in control {
        let targets: Vec<Value> = targets.iter().map(|t| json!({"TargetId": t})).collect();
        let kind = if name.starts_with("rcp") { "resource_control_policy" } else { "service_control_policy" };
        let facets = [("content", json!({"Content": normalise(content)})), ("targets", json!({"items": targets}))];
        estate =
            estate.add(&format!("{of}:policy/o-1/{kind}/{name}"), &format!("aws.organizations.{kind}"), B, &facets);
    }
    estate
}

#[test]
fn organizations() {
    let page = "AWS Organizations User Guide, SCP evaluation";
    let full = || allow("*", "*");
    let everywhere: &[&str] = &["r-1", "ou-1-a", A];
    let no_s3 = || policy(json!({"Effect": "Deny", "Action": "s3:*", "Resource": "*"}));
    let outside = || {
        policy(json!({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {
            "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}}))
    };
    let mine = [allow("s3:*", "*")];
    let shared = lets(json!({"AWS": ["333333333333", A]}), "s3:GetObject", "arn:aws:s3:::b/*");
    let admin = "arn:aws:iam::222222222222:user/admin";
    for (why, control, principal, want) in [
        ("all levels allow", vec![("full", everywhere, full())], USER, Effect::Allowed),
        (
            "one level does not",
            vec![("full", &["r-1", A][..], full()), ("ec2", &["ou-1-a"], allow("ec2:*", "*"))],
            USER,
            Effect::Denied,
        ),
        ("a denial above", vec![("full", everywhere, full()), ("no", &["r-1"], no_s3())], USER, Effect::Denied),
        ("a denial elsewhere", vec![("full", everywhere, full()), ("no", &["ou-1-z"], no_s3())], USER, Effect::Allowed),
        (
            "the management account is free",
            vec![("full", everywhere, full()), ("no", &["r-1"], no_s3())],
            admin,
            Effect::Allowed,
        ),
        (
            "a resource control policy keeps others out",
            vec![("full", everywhere, full()), ("rcp", &["r-1"], outside())],
            "arn:aws:iam::333333333333:user/x",
            Effect::Depends,
        ),
        (
            "and lets one's own in",
            vec![("full", everywhere, full()), ("rcp", &["r-1"], outside())],
            USER,
            Effect::Allowed,
        ),
    ] {
        let estate = organization(&control)
            .user(USER, &mine)
            .user(admin, &mine)
            .bucket("b", A, Some(&shared))
            .bucket("m", B, None);
        let object = if principal == admin { "arn:aws:s3:::m/x" } else { OBJECT };
        check(page, why, estate, (principal, "s3:GetObject", object), Context::EMPTY, want);
    }
}

#[test]
fn public_access() {
    let page = "Amazon S3 User Guide, Blocking public access: RestrictPublicBuckets";
    let open = lets(json!("*"), "s3:GetObject", "arn:aws:s3:::b/*");
    let on = json!({"RestrictPublicBuckets": true});
    for (block, principal, want, why) in [
        (json!({"present": false}), "*", Effect::Allowed, "a public bucket"),
        (on.clone(), "*", Effect::Denied, "a restricted one"),
        (on.clone(), "333333333333", Effect::Denied, "no other account"),
        (on, USER, Effect::Allowed, "its own account"),
    ] {
        let facets = [("policy", json!({"Policy": normalise(&open)})), ("public_access_block", block)];
        let estate = Estate::new().user(USER, &[]).add("arn:aws:s3:::b", "aws.s3.bucket", A, &facets);
        check(page, why, estate, (principal, "s3:GetObject", OBJECT), Context::EMPTY, want);
    }
}

#[test]
fn lists_have_their_statements() {
    let bucket = policy(json!([
        {"Sid": "Far", "Effect": "Allow", "Principal": {"AWS": FAR}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"},
        {"Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"},
    ]));
    let estate = Estate::new()
        .user(USER, &[allow("s3:Get*", "arn:aws:s3:::b/*"), allow("ec2:*", "*")])
        .role(FAR, &[allow("s3:*", "*")], &ec2())
        .role(ROLE, &[], &ec2())
        .bucket("b", A, Some(&bucket));
    let permissions = Permissions::of([&estate.snapshot()]);
    let holders = permissions.who_can("s3:GetObject", OBJECT);
    let names: Vec<(&str, Effect)> = holders.iter().map(|h| (&*h.principal, h.answer.effect)).collect();
    let want = [(USER, Effect::Allowed), (FAR, Effect::Allowed), ("cloudtrail.amazonaws.com", Effect::Allowed)];
    assert_eq!(names, want);
    let far = &holders[1].answer.cited;
    assert!(far.iter().any(|c| c.layer == Layer::Resource && c.sid.as_deref() == Some("Far")), "{far:?}");
    assert!(far.iter().any(|c| c.layer == Layer::Identity && &*c.holder == FAR), "{far:?}");
    let grants = permissions.what_can(USER, None);
    let grants: Vec<_> = grants.iter().map(|g| (&*g.action, &*g.resource, g.answer.effect)).collect();
    assert_eq!(grants, [("ec2:*", "*", Effect::Allowed), ("s3:get*", "arn:aws:s3:::b/*", Effect::Allowed)]);
    let grants = permissions.what_can(USER, Some("s3:GetObject"));
    let grants: Vec<_> = grants.iter().map(|g| (&*g.action, &*g.resource)).collect();
    assert_eq!(grants, [("s3:getobject", "arn:aws:s3:::b/*")]);
}
