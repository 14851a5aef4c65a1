//! Every reader of what AWS, or somebody who answers in its place, sends, as a table for fuzzers. Not part of the public
//! interface: only with the feature `fuzzing`.
use casemate_estate::fuzz::Target;
use serde_json::Value;

use crate::{
    api, policy,
    shape::{from_json, from_xml, shape},
};

/// A shape with every type, so that one target reaches all of the reader. Names are those of the seeds.
const EVERY: &str = "Items:[{Name On:bool Count:int Rate:num Made:time Policy:policy Options:json Variable:literal \
                     Password:present UserData:script Gone:drop Whatever:any Tags:<text>}] Flat:*[{Id:int}] \
                     FlatMap:*<text> Attributes:{Policy:policy Count:int} Nested:[[{A}]] NextToken";

const XML: &[&str] = &[
    "<ListResponse xmlns=\"x\"><ListResult><Items><member><Name>a&amp;b&#233;</Name><On>true</On><Count>7</Count>\
     <Rate>1.5</Rate><Made>2023-11-14T22:13:20Z</Made><Policy>%7B%22Statement%22%3A%5B%5D%7D</Policy>\
     <Options>{\"a\":1}</Options><Variable>arn:aws:x</Variable><Password>p</Password><UserData>IyEvYmluL3NoCkE9Yg==\
     </UserData><Gone>g</Gone><Whatever><a><b/></a></Whatever><Tags><entry><key>k</key><value>v</value></entry></Tags>\
     </member></Items><Flat><Id>1</Id></Flat><Flat><Id>2</Id></Flat></ListResult></ListResponse>",
    "<DescribeResponse><items><item><name>n</name><tags><item><key>k</key><value>v</value></item></tags></item></items>\
     <nextToken/></DescribeResponse>",
    "<A><Attributes><entry><key>Policy</key><value>{&quot;Statement&quot;:[]}</value></entry></Attributes>\
     <Other><![CDATA[x]]></Other><!-- c --></A>",
    "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>m &lt;x&gt;</Message></Error>",
];

const JSON: &[&str] = &[
    r#"{"Items":[{"Name":"a","On":"true","Count":"7","Rate":1.5,"Made":1700000000.5,"Policy":"{\"Statement\":[]}",
        "Options":"{\"a\":[1]}","Variable":"hunter2","Password":"p","UserData":"IyEvYmluL3NoCkE9Yg==","Gone":1,
        "Whatever":{"a":[null]},"Tags":{"k":"v"}}],"Flat":[{"Id":1}],"FlatMap":{"k":"v"},"Attributes":{"Policy":
        {"Statement":{"Effect":"Allow"}},"Count":"x"},"Nested":[[{"A":"b"}]],"NextToken":null}"#,
    r#"{"items":null,"Items":{"Items":[]},"Secret":"s","MasterUserPassword":"p"}"#,
    r#"{"__type":"com.amazonaws#AccessDeniedException:http://x","message":"m"}"#,
];

const POLICIES: &[&str] = &[
    r#"{"Version":"2012-10-17","Id":"i","Statement":{"Sid":"s","Effect":"Allow","Principal":{"AWS":["*"]},"NotAction":
        "s3:*","Resource":["a","b"],"Condition":{"Bool":{"aws:SecureTransport":[true,1]}}}}"#,
    "%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Deny%22%7D%5D%7D",
    r#"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"execute-api:Invoke\"}]}"#,
];

fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

fn size(value: &Value) -> usize {
    value.to_string().len()
}

fn xml(bytes: &[u8], ec2: bool) -> usize {
    let read = shape(EVERY).map(|of| from_xml(&text(bytes), of, ec2));
    match read {
        Ok(Ok(value)) => size(&value),
        Ok(Err(error)) => error.to_string().len(),
        Err(_) => usize::MAX,
    }
}

/// Readers of this crate.
pub const TARGETS: &[Target] = &[
    Target { name: "answer_xml", run: |bytes| xml(bytes, false), seeds: XML },
    Target { name: "answer_ec2", run: |bytes| xml(bytes, true), seeds: XML },
    Target {
        name: "answer_json",
        run: |bytes| {
            let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return 0 };
            shape(EVERY).map_or(usize::MAX, |of| size(&from_json(value, of)))
        },
        seeds: JSON,
    },
    Target {
        name: "error",
        run: |bytes| {
            let (code, message) = api::error_parse(&text(bytes), None);
            code.len() + message.len()
        },
        seeds: &[
            "<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>",
            "<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>",
            "{\"__type\":\"x#NotFoundException\",\"message\":\"m\"}",
            "{\"Code\":\"A:B\",\"Message\":1}",
            "<!doctype html><Code>x</Code>",
        ],
    },
    Target {
        name: "policy",
        run: |bytes| {
            let read = policy::normalise(&Value::String(text(bytes).into_owned()));
            let valid = read.get("valid") == Some(&Value::Bool(true));
            assert_eq!(valid, read.get("problem").is_none(), "what is no policy says why, and no policy does");
            size(&read)
        },
        seeds: POLICIES,
    },
];

#[cfg(test)]
mod tests {
    use casemate_estate::fuzz::{rounds, smoke};
    use serde_json::json;

    use super::*;
    use crate::shape::Shape;

    #[test]
    fn fuzz_smoke() {
        smoke(TARGETS, rounds(400), 4_096);
    }

    #[test]
    fn an_answer_that_is_cut_is_refused() {
        let every = shape(EVERY).unwrap();
        for whole in XML {
            assert!(from_xml(whole, every, false).is_ok(), "{whole}");
            for (at, _) in whole.char_indices() {
                let cut = &whole[..at];
                assert!(from_xml(cut, every, false).is_err(), "{cut}");
            }
        }
        for whole in JSON {
            assert!(serde_json::from_str::<Value>(whole).is_ok(), "{whole}");
            for (at, _) in whole.char_indices() {
                assert!(serde_json::from_str::<Value>(&whole[..at]).is_err(), "{}", &whole[..at]);
            }
        }
    }

    #[test]
    fn deep_answers_are_refused() {
        for depth in [65, 1_000, 200_000] {
            let deep = format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
            assert!(from_xml(&deep, &Shape::Any, false).is_err(), "{depth} elements");
            let open = "<a>".repeat(depth);
            assert!(from_xml(&open, shape(EVERY).unwrap(), true).is_err(), "{depth} elements left open");
        }
        // The deepest that is taken comes back whole.
        let most = format!("{}x{}", "<a>".repeat(64), "</a>".repeat(64));
        assert!(
            from_xml(&most, &Shape::Any, false).unwrap().to_string().ends_with(&format!("\"x\"{}", "}".repeat(63)))
        );
    }

    #[test]
    fn policies_of_ten_megabytes_are_read_or_refused() {
        const SIZE: usize = 10 << 20;
        let long = "x".repeat(SIZE);
        let actions = |count: usize| vec![Value::from("s3:GetObject"); count];
        let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
        for (policy, valid, why) in [
            (json!({"Statement": [{"Effect": "Deny", "Sid": long, "Action": "*"}]}), true, "one long text"),
            (json!({"Statement": [{"Effect": "Deny", "Sid": long, "Action": actions(60_000)}]}), false, "many actions"),
            (json!({"Id": long, "Statement": vec![statement; 6_000]}), false, "many statements"),
            (
                json!({"Statement": [{"Effect": "Allow", "Condition": {"Bool": {"k": actions(60_000)}}}]}),
                false,
                "values",
            ),
            (json!({"Padding": long}), false, "nothing in it"),
        ] {
            let plain = policy.to_string();
            let encoded = plain.replace('{', "%7B");
            for text in [plain, encoded] {
                let read = policy::normalise(&Value::String(text));
                assert_eq!(read["valid"], json!(valid), "{why}: {:?}", read.get("problem"));
                assert!(valid || read["statements"] == json!([]), "{why}: what is refused has no statements");
            }
        }
        let percent = "%7B".repeat(SIZE / 2);
        assert_eq!(policy::normalise(&Value::String(percent))["valid"], json!(false), "more bytes than are taken");
        for deep in ["[", "{\"Statement\":{\"Condition\":{\"a\":", "{\\\""] {
            let text = deep.repeat(SIZE / deep.len());
            assert_eq!(policy::normalise(&Value::String(text))["valid"], json!(false), "{deep} without end");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
        /// No field of a sort that hides its value shows it, whatever stands beside it.
        #[test]
        fn hidden_values_stay_hidden(value in "[a-zA-Z0-9+/]{12,40}", beside in "[ -~]{0,40}") {
            let marked = format!("Zq7{value}");
            let answer = json!({"Items": [{"Name": beside, "Variable": marked, "Password": marked, "UserData": marked,
                "Gone": marked, "SecretToken": marked}], "MasterUserPassword": marked});
            let read = from_json(answer, shape(EVERY).unwrap()).to_string();
            proptest::prop_assert!(!read.contains(&marked), "{read}");
            let text = format!(
                "<R><Items><member><Variable>{marked}</Variable><Password>{marked}</Password><UserData>{marked}</UserData>\
                 <Gone>{marked}</Gone><DbPassword>{marked}</DbPassword></member></Items></R>"
            );
            let read = from_xml(&text, shape(EVERY).unwrap(), false).unwrap().to_string();
            proptest::prop_assert!(!read.contains(&marked), "{read}");
        }
    }
}
