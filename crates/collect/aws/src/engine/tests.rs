use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use casemate_estate::{EdgeKind, Facet, FacetStatus, Observation, Snapshot, Timestamp};
use serde_json::{Value, json};

use super::{
    Belief, Memo, Run,
    past::{Changed, Proof},
};
use crate::{
    Account, Regions, Wanted,
    api::{Api, ApiError, Request},
    shape::from_json,
};

type Answer = Result<Value, ApiError>;

/// Answers from a function, and writes down what was asked.
struct Fake<F> {
    answer: F,
    asked: Mutex<Vec<String>>,
}

impl<F: Fn(&str, &Request<'_>) -> Answer + Sync> Api for Fake<F> {
    fn call(&self, request: &Request<'_>) -> Answer {
        let name = request.call.name;
        self.asked.lock().unwrap().push(format!("{name} {}", request.region));
        (self.answer)(name, request).map(|value| from_json(value, request.shape))
    }
}

fn error(status: FacetStatus, code: &str, silent: bool) -> ApiError {
    ApiError { status, code: code.into(), message: format!("{code}: no"), silent }
}

fn account() -> Account {
    Account {
        id: "123456789012".into(),
        name: "prod".into(),
        arn: "arn:aws:iam::123456789012:root".into(),
        last_started: None,
        last_full: None,
    }
}

fn queues() -> Wanted {
    let facets = BTreeSet::from(["attributes".to_owned()]);
    Wanted::These(BTreeMap::from([("aws.sqs.queue".to_owned(), facets)]))
}

fn scan<F: Fn(&str, &Request<'_>) -> Answer + Sync>(
    answer: F,
    regions: &[&str],
    previous: Option<&Snapshot>,
    belief: Belief,
) -> (Option<Snapshot>, Vec<String>) {
    let fake = Fake { answer, asked: Mutex::default() };
    let cancel = AtomicBool::new(false);
    let run = Run {
        api: &fake,
        partition: "aws",
        present: "123456789012",
        shared: &Memo::default(),
        regions: &Regions::These(regions.iter().map(|r| (*r).to_owned()).collect()),
        wanted: &queues(),
        sample: None,
        clock: &|| Timestamp::from_second(1_800_000_000).unwrap(),
        progress: &|_, _, _| {},
        cancel: &cancel,
    };
    let got = run.account(&account(), previous, belief, None);
    let mut asked = fake.asked.into_inner().unwrap();
    asked.sort();
    (got, asked)
}

fn url(request: &Request<'_>) -> String {
    request.params.get("QueueUrl").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Two queues in eu-west-1, none elsewhere; the list has two pages.
fn plain(name: &str, request: &Request<'_>) -> Answer {
    match (name, request.region) {
        ("ListQueues", "eu-west-1") => Ok(match request.params.get("NextToken") {
            None => json!({"QueueUrls": ["https://q/1/one"], "NextToken": "t"}),
            Some(_) => json!({"QueueUrls": ["https://q/1/two"]}),
        }),
        ("ListQueues", _) => Ok(json!({})),
        ("GetQueueAttributes", _) => {
            Ok(json!({"Attributes": {"SqsManagedSseEnabled": "true", "ApproximateNumberOfMessages": "3", "New": "x"}}))
        }
        _ => panic!("{name} was not wanted"),
    }
}

fn queue<'s>(snapshot: &'s Snapshot, name: &str) -> &'s Observation {
    snapshot.observations.iter().find(|one| one.resource.name == name).unwrap()
}

#[test]
fn a_list_with_pages_gives_resources_facets_and_relations() {
    let (got, asked) = scan(plain, &["eu-west-1", "us-east-1"], None, Belief::Nothing);
    let got = got.unwrap();
    assert_eq!(
        asked,
        [
            "GetQueueAttributes eu-west-1",
            "GetQueueAttributes eu-west-1",
            "ListQueues eu-west-1",
            "ListQueues eu-west-1",
            "ListQueues us-east-1"
        ],
        "no tags: no check wants them"
    );
    let one = queue(&got, "one");
    assert_eq!(one.resource.id.as_str(), "arn:aws:sqs:eu-west-1:123456789012:one");
    assert_eq!(one.resource.scope, "123456789012/eu-west-1");
    let attributes = one.facets["attributes"].value.as_ref().unwrap();
    assert_eq!(**attributes, json!({"SqsManagedSseEnabled": "true", "New": "x"}), "kept but for what is dropped");
    let contains: Vec<_> = got
        .edges
        .iter()
        .filter(|edge| edge.kind == EdgeKind::Contains)
        .map(|edge| (edge.from.as_str(), edge.to.as_str()))
        .collect();
    assert!(contains.contains(&("123456789012/eu-west-1", "arn:aws:sqs:eu-west-1:123456789012:one")));
    assert!(contains.contains(&("arn:aws:iam::123456789012:root", "123456789012/us-east-1")));
    let listings: Vec<_> = got.listings.iter().map(|l| (l.scope.as_str(), l.status)).collect();
    assert_eq!(
        listings,
        [("123456789012/eu-west-1", FacetStatus::Collected), ("123456789012/us-east-1", FacetStatus::Collected)]
    );
}

#[test]
fn an_error_is_a_status_with_the_action_and_never_an_empty_value() {
    for (status, code, want) in [
        (FacetStatus::Denied, "AccessDenied", "hint: allow `sqs:GetQueueAttributes`"),
        (FacetStatus::Throttled, "ThrottlingException", "--concurrency"),
        (FacetStatus::Failed, "InternalError", "sqs:GetQueueAttributes: InternalError"),
    ] {
        let answer = |name: &str, request: &Request<'_>| match name {
            "GetQueueAttributes" if url(request).ends_with("two") => Err(error(status, code, false)),
            _ => plain(name, request),
        };
        let got = scan(answer, &["eu-west-1"], None, Belief::Nothing).0.unwrap();
        let facet = &queue(&got, "two").facets["attributes"];
        assert_eq!((facet.status, facet.value.is_none()), (status, true));
        assert!(facet.reason.as_ref().unwrap().contains(want), "{:?}", facet.reason);
        assert_eq!(queue(&got, "one").facets["attributes"].status, FacetStatus::Collected);
    }
}

#[test]
fn what_went_away_while_we_read_is_left_out() {
    let answer = |name: &str, request: &Request<'_>| match name {
        "GetQueueAttributes" if url(request).ends_with("two") => {
            Err(error(FacetStatus::Failed, "QueueDoesNotExist", false))
        }
        _ => plain(name, request),
    };
    let got = scan(answer, &["eu-west-1"], None, Belief::Nothing).0.unwrap();
    assert!(got.observations.iter().all(|one| one.resource.name != "two"));
}

#[test]
fn a_list_that_is_refused_ends_nothing_and_makes_all_of_it_unknown() {
    let before = scan(plain, &["eu-west-1"], None, Belief::Nothing).0.unwrap();
    let answer = |name: &str, request: &Request<'_>| match name {
        "ListQueues" => Err(error(FacetStatus::Denied, "AccessDenied", false)),
        _ => plain(name, request),
    };
    let got = scan(answer, &["eu-west-1"], Some(&before), Belief::Nothing).0.unwrap();
    assert_eq!(got.listings[0].status, FacetStatus::Denied);
    assert_eq!(queue(&got, "one").facets["attributes"].status, FacetStatus::Denied);
    let region = got.observations.iter().find(|one| one.resource.kind.as_str() == "aws.account_region").unwrap();
    let coverage = region.facets["coverage"].value.as_ref().unwrap();
    assert_eq!(coverage["aws.sqs.queue"]["status"], "denied");
}

#[test]
fn a_page_that_comes_again_ends_the_list() {
    let answer = |name: &str, request: &Request<'_>| match name {
        "ListQueues" => Ok(json!({"QueueUrls": ["https://q/1/one"], "NextToken": "t"})),
        _ => plain(name, request),
    };
    let (got, asked) = scan(answer, &["eu-west-1"], None, Belief::Nothing);
    let got = got.unwrap();
    assert_eq!(got.listings[0].status, FacetStatus::Failed);
    assert!(asked.len() < 4, "{asked:?}");
}

#[test]
fn an_action_that_nobody_answers_is_left_alone() {
    let many: Vec<String> = (0..50).map(|n| format!("https://q/1/q{n}")).collect();
    let answer = |name: &str, _: &Request<'_>| match name {
        "ListQueues" => Ok(json!({"QueueUrls": many})),
        _ => Err(error(FacetStatus::Failed, "", true)),
    };
    let (got, asked) = scan(answer, &["eu-west-1"], None, Belief::Nothing);
    assert!(asked.len() < 20, "{}", asked.len());
    let got = got.unwrap();
    assert!(got.observations.iter().filter(|one| one.facets.contains_key("attributes")).count() == 50);
    assert!(queue(&got, "q49").facets["attributes"].reason.as_ref().unwrap().contains("not asked again"));
}

#[test]
fn young_facets_are_believed_and_lists_made_all_the_same() {
    let before = scan(plain, &["eu-west-1"], None, Belief::Nothing).0.unwrap();
    let young = Belief::Since(Timestamp::from_second(1_799_999_999).unwrap());
    let (got, asked) = scan(plain, &["eu-west-1"], Some(&before), young);
    assert_eq!(asked, ["ListQueues eu-west-1", "ListQueues eu-west-1"]);
    let queues = |snapshot: &Snapshot| -> Vec<Observation> {
        snapshot.observations.iter().filter(|one| one.resource.kind.as_str() == "aws.sqs.queue").cloned().collect()
    };
    assert_eq!(queues(&got.unwrap()), queues(&before));
    let old = Belief::Since(Timestamp::from_second(1_800_000_001).unwrap());
    assert_eq!(scan(plain, &["eu-west-1"], Some(&before), old).1.len(), 4);
}

fn proof(regions: &[&str], changes: Vec<Changed>) -> Proof {
    Proof {
        home: "us-east-1".into(),
        proven: regions.iter().map(|region| (*region).to_owned()).collect(),
        excluded: BTreeSet::new(),
        changes,
    }
}

fn changed(region: &str, names: &[&str], makes: bool) -> Changed {
    let names = names.iter().map(|name| (*name).to_owned()).collect();
    Changed { event_source: "sqs".into(), region: region.into(), names, makes }
}

#[test]
fn only_what_changed_is_read_again() {
    let regions = ["eu-west-1", "us-east-1"];
    let before = scan(plain, &regions, None, Belief::Nothing).0.unwrap();
    let list = "ListQueues eu-west-1";
    let read = "GetQueueAttributes eu-west-1";
    let other = "ListQueues us-east-1";
    let of = |changes: Vec<Changed>| proof(&regions, changes);
    let here = |names: &[&str], makes| of(vec![changed("eu-west-1", names, makes)]);
    let excluded = Proof { excluded: BTreeSet::from(["sqs".to_owned()]), ..of(vec![]) };
    for (proof, want, why) in [
        (of(vec![]), vec![], "nothing happened"),
        (here(&["https://q/1/one", "one"], false), vec![read, list, list], "one queue is named"),
        (here(&["one"], false), vec![read, list, list], "by its name alone"),
        (here(&["new"], true), vec![list, list], "something new: listed, and what is known believed"),
        (here(&["what"], false), vec![read, read, list, list], "it names nothing that is known: all of the kind"),
        (here(&[], true), vec![read, read, list, list], "it names nothing at all"),
        (of(vec![changed("us-east-1", &["x"], false)]), vec![other], "elsewhere"),
        (proof(&["us-east-1"], vec![]), vec![read, read, list, list], "nothing is proven of that region"),
        (proof(&[], vec![]), vec![read, read, list, list, other], "nor of any"),
        (excluded, vec![read, read, list, list, other], "the trail leaves out this service"),
    ] {
        let (got, asked) = scan(plain, &regions, Some(&before), Belief::Changes(proof));
        assert_eq!(asked, want, "{why}");
        let got = got.unwrap();
        assert_eq!(got.observations, before.observations, "{why}");
        assert_eq!(got.edges, before.edges, "{why}");
    }
}

#[test]
fn what_the_last_scan_did_not_read_is_not_believed() {
    let before = scan(plain, &["eu-west-1"], None, Belief::Nothing).0.unwrap();
    let all = || Belief::Changes(proof(&["eu-west-1", "us-east-1"], vec![]));
    let read = "GetQueueAttributes eu-west-1";
    let list = "ListQueues eu-west-1";
    let edit = |of: &dyn Fn(&mut Observation)| {
        let mut other = before.clone();
        other.observations.iter_mut().for_each(of);
        other
    };
    let no_coverage = edit(&|one| {
        one.facets.remove("coverage");
    });
    let no_facet = edit(&|one| {
        if one.resource.name == "one" {
            one.facets.clear();
        }
    });
    let refused = edit(&|one| {
        if one.resource.name == "one" {
            let at = Timestamp::from_second(1_700_000_000).unwrap();
            one.facets.insert("attributes".into(), Facet::missing(FacetStatus::Denied, "no", at));
        }
    });
    for (before, want, why) in [
        (no_coverage, vec![read, read, list, list], "it does not say that it listed all"),
        (no_facet, vec![read, list, list], "a facet that nobody wanted then"),
        (refused, vec![read, list, list], "one that was refused is tried again"),
    ] {
        let (got, asked) = scan(plain, &["eu-west-1"], Some(&before), all());
        assert_eq!(asked, want, "{why}");
        assert_eq!(queue(&got.unwrap(), "one").facets["attributes"].status, FacetStatus::Collected, "{why}");
    }
}

#[test]
fn facets_that_are_believed_for_their_age_are_marked_so() {
    let old = Timestamp::from_second(1_700_000_000).unwrap();
    let marked = |belief| {
        let got = scan(plain, &["eu-west-1"], None, belief).0.unwrap();
        let root = got.observations.iter().find(|one| one.resource.kind.as_str() == "aws.account").unwrap();
        root.facets["coverage"].value.as_ref().unwrap().get("believed_by_age").is_some()
    };
    assert!(marked(Belief::Since(old)), "their time is not known later, so no trail may build on them");
    assert!(!marked(Belief::Nothing));
    assert!(!marked(Belief::Changes(proof(&["eu-west-1"], vec![]))));
}

#[test]
fn a_scan_that_is_stopped_gives_nothing() {
    let cancel = AtomicBool::new(false);
    let fake = Fake {
        answer: |name: &str, request: &Request<'_>| {
            cancel.store(true, Ordering::Relaxed);
            plain(name, request)
        },
        asked: Mutex::default(),
    };
    let run = Run {
        api: &fake,
        partition: "aws",
        present: "123456789012",
        shared: &Memo::default(),
        regions: &Regions::These(vec!["eu-west-1".into()]),
        wanted: &queues(),
        sample: None,
        clock: &|| Timestamp::UNIX_EPOCH,
        progress: &|_, _, _| {},
        cancel: &cancel,
    };
    assert!(run.account(&account(), None, Belief::Nothing, None).is_none());
}

#[test]
fn an_account_that_cannot_be_entered_is_unknown_as_a_whole() {
    let before = scan(plain, &["eu-west-1"], None, Belief::Nothing).0.unwrap();
    let fake = Fake { answer: |_: &str, _: &Request<'_>| panic!("nothing is asked"), asked: Mutex::default() };
    let cancel = AtomicBool::new(false);
    let run = Run {
        api: &fake,
        partition: "aws",
        present: "999999999999",
        shared: &Memo::default(),
        regions: &Regions::Enabled,
        wanted: &queues(),
        sample: None,
        clock: &|| Timestamp::UNIX_EPOCH,
        progress: &|_, _, _| {},
        cancel: &cancel,
    };
    let refused = error(FacetStatus::Denied, "AccessDenied", false);
    let got = run.account(&account(), Some(&before), Belief::Nothing, Some(refused)).unwrap();
    assert_eq!(queue(&got, "one").facets["attributes"].status, FacetStatus::Denied);
    assert!(got.listings.iter().all(|listing| listing.status == FacetStatus::Denied));
}
