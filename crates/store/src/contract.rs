#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a suite of tests that other backends call too")]

use std::collections::{BTreeMap, HashMap, HashSet};

use casemate_estate::{
    ChangeKind, CheckId, ContentHash, Edge, EdgeKind, Exemption, ExemptionKind, Facet, FacetStatus, Finding,
    FindingKey, Judged, Kind, LifeStatus, Listing, Observation, Resource, ResourceId, Severity, Snapshot, State,
    Timestamp, Verdict,
};
use serde_json::{Value, json};

use crate::{
    DiffFilter, Direction, FindingCounts, FindingFilter, HistoryEvent, NewAcceptance, NewExemption, NewSuppression,
    Page, ResourceFilter, ScanCommit, ScanReceipt, Store, StoreError,
};

/// Runs every rule of the [`Store`] contract; `open` gives a new empty store each time.
///
/// # Panics
/// Where the store breaks a rule; the function named in the backtrace is the rule.
pub fn store_contract(open: impl Fn() -> Box<dyn Store>) {
    a_scan_is_kept_with_its_counts(open());
    a_refused_commit_keeps_nothing(open());
    ids_and_texts_are_kept_as_they_are(open());
    ids_keep_their_case(open());
    for status in [FacetStatus::Denied, FacetStatus::Throttled, FacetStatus::Failed, FacetStatus::Unsupported] {
        a_refused_listing_ends_nothing(open(), status);
    }
    a_listing_ends_only_what_it_lists(open());
    one_refused_listing_outweighs_a_collected_one(open());
    a_scan_of_another_target_ends_nothing(open());
    what_is_gone_takes_its_edges_facets_and_findings_along(open());
    a_resource_that_comes_back_is_present_again(open());
    an_unchanged_scan_begins_no_version(open());
    the_last_state_comes_back_as_a_snapshot(open());
    a_facet_without_its_value_is_refused(open());
    a_denied_facet_keeps_its_old_value_in_history(open());
    a_changed_reason_begins_a_version_and_is_no_difference(open());
    a_facet_that_is_no_longer_observed_ends(open());
    what_was_not_read_is_listed(open());
    an_edge_ends_only_where_its_resource_was_read_whole(open());
    an_edge_may_name_what_no_scan_saw(open());
    edges_have_directions_and_times(open());
    a_finding_is_new_open_resolved_reopened(open());
    unknown_resolves_nothing(open());
    what_is_not_judged_stays(open());
    an_exempted_failure_keeps_its_state(open());
    an_expired_exemption_reopens(open());
    an_exemption_that_expired_while_nothing_was_known_reopens(open());
    an_exemption_made_and_expired_between_scans_reopens(open());
    a_removed_exemption_reopens_at_once(open());
    another_exemption_takes_over(open());
    a_pass_is_not_exempted(open());
    a_suppression_hides_and_is_counted(open());
    a_suppression_that_is_not_in_force_hides_nothing(open());
    a_decision_needs_a_reason_and_an_author(open());
    findings_are_ranked_by_risk(open());
    filters_select_findings(open());
    filters_select_resources(open());
    counts_add_up_to_the_list(open());
    past_findings_are_as_they_were(open());
    an_id_may_be_shortened(open());
    verdicts_are_remembered_for_present_resources(open());
    outbox_row_commits_with_its_finding(open());
    the_outbox_is_read_with_a_cursor(open());
    diff_names_exactly_the_changed_key(open());
    diff_names_resources_that_came_and_went(open());
    diff_sees_a_value_that_changed_while_it_could_not_be_read(open());
    diff_keeps_to_its_filter(open());
    history_is_in_the_order_of_time(open());
    a_clock_that_goes_back_keeps_the_order(open());
    an_accepted_state_stays_until_it_is_forgotten(open());
    what_is_not_there_is_said_so(open());
}

type Subject = Box<dyn Store>;

const HOST: &str = "host://m";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn id(text: &str) -> ResourceId {
    ResourceId::new(text).unwrap()
}

/// A snapshot in the making, of one host and its units.
#[derive(Clone)]
struct Scan {
    snapshot: Snapshot,
    judged: Vec<Judged>,
}

fn scan() -> Scan {
    let snapshot = Snapshot {
        target: HOST.into(),
        started: at(0),
        finished: at(0),
        observations: Vec::new(),
        edges: Vec::new(),
        listings: Vec::new(),
    };
    Scan { snapshot, judged: Vec::new() }
}

impl Scan {
    fn target(mut self, target: &str) -> Self {
        self.snapshot.target = target.into();
        self
    }

    fn see(mut self, resource: &str, kind: &str, facets: &[(&str, Facet)]) -> Self {
        let resource = Resource {
            id: id(resource),
            kind: Kind::new(kind),
            name: resource.rsplit('/').next().unwrap_or_default().into(),
            scope: HOST.into(),
        };
        let facets: BTreeMap<_, _> = facets.iter().map(|(name, facet)| ((*name).to_owned(), facet.clone())).collect();
        self.snapshot.observations.push(Observation { resource, facets });
        self
    }

    fn unit(self, name: &str) -> Self {
        self.see(&format!("{HOST}/unit/{name}"), "host.unit", &[])
    }

    fn list(mut self, kind: &str, status: FacetStatus) -> Self {
        let reason = (status != FacetStatus::Collected).then(|| "refused".to_owned());
        self.snapshot.listings.push(Listing { scope: HOST.into(), kind: Kind::new(kind), status, reason });
        self
    }

    fn link(mut self, from: &str, kind: EdgeKind, to: &str, evidence: Value) -> Self {
        self.snapshot.edges.push(Edge { from: id(from), kind, to: id(to), evidence });
        self
    }

    fn judge(self, check: &str, resource: &str, state: State) -> Self {
        self.judge_as(check, resource, state, Severity::Medium, if state == State::Fail { 50 } else { 0 })
    }

    fn judge_as(mut self, check: &str, resource: &str, state: State, severity: Severity, risk: u8) -> Self {
        self.judged.push(Judged {
            check: CheckId(check.into()),
            resource: id(resource),
            severity,
            risk,
            verdict: Verdict {
                state,
                reason: format!("{check} is {state}"),
                evidence: if state == State::Fail { vec![json!({"of": check})] } else { Vec::new() },
            },
            inputs: ContentHash::of_parts([check.as_bytes(), state.as_str().as_bytes()]),
        });
        self
    }

    fn commit(&self, store: &mut Subject, second: i64) -> ScanReceipt {
        self.try_commit(store, second, &|_| None).unwrap()
    }

    fn try_commit(
        &self,
        store: &mut Subject,
        second: i64,
        suppress: &dyn Fn(&Finding) -> Option<String>,
    ) -> Result<ScanReceipt, StoreError> {
        let mut snapshot = self.snapshot.clone();
        (snapshot.started, snapshot.finished) = (at(second - 1), at(second));
        store.scan_commit(&ScanCommit {
            snapshot: &snapshot,
            judged: &self.judged,
            suppress,
            now: at(second),
            baseline: "casemate-default",
            content_hash: ContentHash([7; 32]),
        })
    }
}

fn good(value: Value) -> Facet {
    Facet::collected(value, at(0))
}

fn denied(reason: &str) -> Facet {
    Facet::missing(FacetStatus::Denied, reason, at(0))
}

fn host(facets: &[(&str, Facet)]) -> Scan {
    scan().see(HOST, "host", facets)
}

/// A scan of the host with one verdict of the check `c`.
fn verdict(state: State) -> Scan {
    host(&[]).judge("c", HOST, state)
}

fn key(check: &str, resource: &str) -> FindingKey {
    FindingKey { check: CheckId(check.into()), resource: id(resource) }
}

/// The finding of the check `c` on the host at a time.
fn finding(store: &Subject, second: i64) -> Finding {
    store.finding_get(&key("c", HOST).id(), at(second)).unwrap()
}

fn present(store: &Subject, second: Option<i64>) -> Vec<String> {
    let filter = ResourceFilter { at: second.map(at), ..ResourceFilter::default() };
    store.resource_list(&filter, Page::ALL).unwrap().into_iter().map(|r| r.resource.id.into()).collect()
}

fn value(store: &Subject, resource: &str, facet: &str, second: Option<i64>) -> Option<Value> {
    let facets = store.facet_list(&id(resource), second.map(at)).unwrap();
    facets.into_iter().find(|f| f.name == facet).and_then(|f| f.facet.value).map(|v| (*v).clone())
}

fn ids(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|f| format!("{} {}", f.key.check, f.key.resource)).collect()
}

fn waiver(check: &str, resource: &str, expires: Option<i64>) -> NewExemption {
    NewExemption {
        kind: ExemptionKind::Waiver,
        check: check.into(),
        resource: resource.into(),
        reason: "accepted until the move".into(),
        author: "ada".into(),
        expires: expires.map(at),
    }
}

fn hiding(expires: Option<i64>) -> NewSuppression {
    NewSuppression {
        expression: "input.finding.check == \"c\"".into(),
        reason: "a laboratory".into(),
        author: "ada".into(),
        expires: expires.map(at),
    }
}

fn a_scan_is_kept_with_its_counts(mut store: Subject) {
    assert_eq!(store.scan_latest(None).unwrap(), None);
    let receipt = host(&[("os", good(json!(1))), ("shadow", denied("no"))])
        .unit("a")
        .link(HOST, EdgeKind::Contains, "host://m/unit/a", Value::Null)
        .judge("c", HOST, State::Fail)
        .judge("d", HOST, State::Unknown)
        .commit(&mut store, 10);
    let counts = receipt.counts;
    assert_eq!((counts.resources, counts.resources_appeared, counts.resources_gone), (2, 2, 0));
    assert_eq!((counts.facets, counts.facets_changed, counts.facets_incomplete), (2, 2, 1));
    assert_eq!((counts.edges, counts.judged, counts.fail, counts.unknown, counts.opened), (1, 2, 1, 1, 1));
    verdict(State::Pass).commit(&mut store, 20);
    host(&[]).target("other").commit(&mut store, 30);
    let scans = store.scan_list(Some(HOST), Page::ALL).unwrap();
    assert_eq!(scans.iter().map(|s| s.at).collect::<Vec<_>>(), [at(20), at(10)], "the latest first");
    let first = &scans[1];
    assert_eq!((first.id, first.started, first.finished), (receipt.scan, at(9), at(10)));
    assert_eq!((first.baseline.as_str(), first.counts), ("casemate-default", counts));
    assert_eq!(first.content_hash, "07".repeat(32));
    assert_eq!(store.scan_list(None, Page { offset: 1, limit: 1 }).unwrap()[0].at, at(20));
    assert_eq!(store.scan_latest(None).unwrap().unwrap().target, "other");
    assert_eq!(store.scan_previous(Some(HOST)).unwrap().unwrap().at, at(10));
    assert_eq!(store.scan_previous(None).unwrap(), None, "the latest of all is the only one of its target");
    assert_eq!(store.store_verify().unwrap(), Vec::<String>::new());
}

fn a_refused_commit_keeps_nothing(mut store: Subject) {
    verdict(State::Fail).commit(&mut store, 10);
    let rows = store.outbox_read(0, 100).unwrap();
    for (wrong, why) in [
        (verdict(State::Pass).judge("c", HOST, State::Fail), "two verdicts on one pair"),
        (verdict(State::Pass).see(HOST, "host", &[]), "one resource twice"),
        (verdict(State::Pass).unit("a").judge("c", "host://m/unit/b", State::Fail), "a verdict on nothing"),
    ] {
        assert!(matches!(wrong.try_commit(&mut store, 20, &|_| None), Err(StoreError::Invalid { .. })), "{why}");
        assert_eq!(finding(&store, 20).verdict.state, State::Fail, "{why}");
        assert_eq!(present(&store, None), [HOST], "{why}");
        assert_eq!(store.outbox_read(0, 100).unwrap(), rows, "{why}");
        assert_eq!(store.scan_list(None, Page::ALL).unwrap().len(), 1, "{why}");
    }
}

fn ids_and_texts_are_kept_as_they_are(mut store: Subject) {
    for (i, text) in ["a'b\";--", "100%_of*[x]", "наименование", "a b/../c?d#e", "\u{10ffff}"].into_iter().enumerate()
    {
        let resource = format!("{HOST}/unit/{text}");
        host(&[])
            .see(&resource, text, &[(text, good(json!({ text: text })))])
            .judge(text, &resource, State::Fail)
            .commit(&mut store, 10 + i64::try_from(i).unwrap());
        let record = store.resource_get(&id(&resource)).unwrap();
        assert_eq!((record.resource.kind.as_str(), record.resource.scope.as_str()), (text, HOST));
        assert_eq!(value(&store, &resource, text, None), Some(json!({ text: text })));
        let filter = FindingFilter {
            check: Some(text.strip_suffix('*').unwrap_or(text).into()),
            resource_prefix: Some(resource.clone()),
            ..FindingFilter::failing(at(20))
        };
        assert_eq!(store.finding_list(&filter, Page::ALL).unwrap().len(), 1, "{text}");
    }
}

fn ids_keep_their_case(mut store: Subject) {
    scan().see("arn:aws:s3:::Logs", "b", &[]).see("arn:aws:s3:::logs", "b", &[]).commit(&mut store, 10);
    assert_eq!(present(&store, None), ["arn:aws:s3:::Logs", "arn:aws:s3:::logs"]);
    assert!(matches!(store.resource_get(&id("arn:aws:s3:::LOGS")), Err(StoreError::NotFound { .. })));
}

fn a_refused_listing_ends_nothing(mut store: Subject, status: FacetStatus) {
    let unit = "host://m/unit/a";
    host(&[])
        .see(unit, "host.unit", &[("f", good(json!(1)))])
        .link(HOST, EdgeKind::Contains, unit, Value::Null)
        .judge("c", unit, State::Fail)
        .commit(&mut store, 10);
    let receipt = scan().see(HOST, "host", &[("units", denied("no"))]).list("host.unit", status).commit(&mut store, 20);
    assert_eq!(receipt.counts.resources_gone, 0, "{status}");
    assert_eq!(store.resource_get(&id(unit)).unwrap().gone_at, None);
    assert_eq!(store.resource_get(&id(unit)).unwrap().last_seen, at(10));
    assert_eq!(value(&store, unit, "f", None), Some(json!(1)));
    assert_eq!(store.edge_list(&id(unit), Direction::In, None).unwrap().len(), 1);
    assert_eq!(store.finding_list(&FindingFilter::failing(at(20)), Page::ALL).unwrap().len(), 1);
}

fn a_listing_ends_only_what_it_lists(mut store: Subject) {
    host(&[]).unit("a").unit("b").see("host://m/user/u", "host.user", &[]).commit(&mut store, 10);
    let receipt = host(&[]).unit("b").list("host.unit", FacetStatus::Collected).commit(&mut store, 20);
    assert_eq!(receipt.counts.resources_gone, 1);
    assert_eq!(present(&store, None), [HOST, "host://m/unit/b", "host://m/user/u"], "users were not listed");
    assert_eq!(store.resource_get(&id("host://m/unit/a")).unwrap().gone_at, Some(at(20)));
    let mut elsewhere = host(&[]).list("host.user", FacetStatus::Collected);
    elsewhere.snapshot.listings[0].scope = "host://other".into();
    elsewhere.commit(&mut store, 30);
    assert_eq!(present(&store, None).len(), 3, "users of another scope were listed");
    host(&[]).unit("b").commit(&mut store, 40);
    assert_eq!(present(&store, None).len(), 3, "nothing was listed");
}

fn one_refused_listing_outweighs_a_collected_one(mut store: Subject) {
    host(&[]).unit("a").commit(&mut store, 10);
    for (order, second) in
        [([FacetStatus::Collected, FacetStatus::Denied], 20), ([FacetStatus::Denied, FacetStatus::Collected], 30)]
    {
        host(&[]).list("host.unit", order[0]).list("host.unit", order[1]).commit(&mut store, second);
        assert_eq!(present(&store, None).len(), 2, "{order:?}");
    }
}

fn a_scan_of_another_target_ends_nothing(mut store: Subject) {
    host(&[]).unit("a").commit(&mut store, 10);
    scan().target("other").list("host.unit", FacetStatus::Collected).commit(&mut store, 20);
    assert_eq!(present(&store, None).len(), 2);
}

fn what_is_gone_takes_its_edges_facets_and_findings_along(mut store: Subject) {
    let unit = "host://m/unit/a";
    host(&[])
        .see(unit, "host.unit", &[("f", good(json!(1)))])
        .link(HOST, EdgeKind::Contains, unit, Value::Null)
        .link(unit, EdgeKind::RunsAs, "host://m/user/root", json!({"User": "root"}))
        .judge("c", unit, State::Fail)
        .judge("d", unit, State::Pass)
        .commit(&mut store, 10);
    let counts = host(&[]).list("host.unit", FacetStatus::Collected).commit(&mut store, 20).counts;
    assert_eq!((counts.resources_gone, counts.resolved), (1, 1));
    assert_eq!(store.edge_list(&id(unit), Direction::Both, None).unwrap().len(), 0);
    assert_eq!(store.edge_list(&id(unit), Direction::Both, Some(at(19))).unwrap().len(), 2);
    assert!(store.facet_list(&id(unit), None).unwrap().is_empty());
    assert_eq!(value(&store, unit, "f", Some(19)), Some(json!(1)));
    let finding = store.finding_get(&key("c", unit).id(), at(20)).unwrap();
    assert_eq!((finding.life.status, finding.life.resolved_at), (LifeStatus::Resolved, Some(at(20))));
    let events = store.finding_events(&finding.id).unwrap();
    assert_eq!((events.len(), events[1].reason.as_str()), (2, "the resource is gone"));
    let now = FindingFilter::new(at(20));
    assert!(store.finding_list(&now, Page::ALL).unwrap().is_empty(), "neither a failure nor a pass is left");
    assert_eq!(store.finding_counts(&now).unwrap(), FindingCounts::default());
    let with_gone = FindingFilter { include_gone: true, ..now.clone() };
    assert_eq!(store.finding_list(&with_gone, Page::ALL).unwrap().len(), 2);
    let resolved = FindingFilter { statuses: vec![LifeStatus::Resolved], ..now };
    assert_eq!(ids(&store.finding_list(&resolved, Page::ALL).unwrap()), [format!("c {unit}")]);
}

fn a_resource_that_comes_back_is_present_again(mut store: Subject) {
    let unit = "host://m/unit/a";
    let with = || host(&[]).unit("a").judge("c", unit, State::Fail).list("host.unit", FacetStatus::Collected);
    with().commit(&mut store, 10);
    host(&[]).list("host.unit", FacetStatus::Collected).commit(&mut store, 20);
    let receipt = with().commit(&mut store, 30);
    assert_eq!((receipt.counts.resources_appeared, receipt.counts.reopened), (1, 1));
    for (second, want, why) in [
        (9, false, "before the first scan"),
        (10, true, "an interval holds its start"),
        (19, true, "while it was there"),
        (20, false, "an interval does not hold its end"),
        (29, false, "while it was gone"),
        (30, true, "when it came back"),
    ] {
        assert_eq!(present(&store, Some(second)).contains(&unit.to_owned()), want, "{second}: {why}");
    }
    let record = store.resource_get(&id(unit)).unwrap();
    assert_eq!((record.first_seen, record.last_seen, record.gone_at), (at(10), at(30), None));
    let finding = store.finding_get(&key("c", unit).id(), at(30)).unwrap();
    assert_eq!((finding.life.status, finding.life.reopened), (LifeStatus::Reopened, 1));
}

fn an_unchanged_scan_begins_no_version(mut store: Subject) {
    let scan = host(&[("os", good(json!({"id": "debian"}))), ("shadow", denied("no"))])
        .link(HOST, EdgeKind::Contains, "host://m/unit/a", json!({"x": 1}))
        .unit("a")
        .judge("c", HOST, State::Pass);
    scan.commit(&mut store, 10);
    let (history, rows) = (store.resource_history(&id(HOST)).unwrap(), store.outbox_read(0, 100).unwrap());
    let counts = scan.commit(&mut store, 20).counts;
    assert_eq!((counts.facets, counts.facets_changed, counts.resources_appeared), (2, 0, 0));
    assert_eq!(store.resource_history(&id(HOST)).unwrap(), history);
    assert_eq!(store.outbox_read(0, 100).unwrap(), rows);
    assert_eq!(store.facet_list(&id(HOST), None).unwrap()[0].valid_from, at(10));
    assert_eq!(store.edge_list(&id(HOST), Direction::Out, None).unwrap()[0].valid_from, at(10));
    assert_eq!(finding(&store, 20).life.last_seen, at(20));
    assert_eq!(store.resource_get(&id(HOST)).unwrap().last_seen, at(20));
    assert_eq!(store.estate_diff(&DiffFilter { since: at(10), ..DiffFilter::default() }).unwrap(), []);
}

fn the_last_state_comes_back_as_a_snapshot(mut store: Subject) {
    assert_eq!(store.snapshot_latest(HOST).unwrap(), None, "never scanned");
    let same = || good(json!({"id": "debian"}));
    let scan = host(&[("os", same()), ("shadow", denied("no"))])
        .link(HOST, EdgeKind::Contains, "host://m/unit/a", json!({"x": 1}))
        .see("host://m/unit/a", "host.unit", &[("os", same())])
        .unit("b");
    scan.commit(&mut store, 10);
    let believed = scan.commit(&mut store, 20).counts.facets_believed;
    assert_eq!(believed, 3, "their time is before the scan began");
    let gone = host(&[("os", same()), ("shadow", denied("no"))])
        .see("host://m/unit/a", "host.unit", &[("os", same())])
        .link(HOST, EdgeKind::Contains, "host://m/unit/a", json!({"x": 1}))
        .list("host.unit", FacetStatus::Collected);
    gone.commit(&mut store, 30);
    let got = store.snapshot_latest(HOST).unwrap().unwrap();
    assert_eq!((got.started, got.finished), (at(29), at(30)));
    let ids: Vec<&str> = got.observations.iter().map(|one| one.resource.id.as_str()).collect();
    assert_eq!(ids, [HOST, "host://m/unit/a"], "what is gone is not in it");
    let facets = &got.observations[0].facets;
    assert_eq!(facets["os"].value.as_deref(), Some(&json!({"id": "debian"})));
    assert_eq!((facets["os"].hash, facets["os"].at), (same().hash, at(10)));
    assert_eq!((facets["shadow"].status, facets["shadow"].reason.as_deref()), (FacetStatus::Denied, Some("no")));
    assert_eq!(got.edges, gone.snapshot.edges);
    assert!(got.listings.is_empty());
}

fn a_facet_without_its_value_is_refused(mut store: Subject) {
    for (facet, why) in [
        (Facet { value: None, ..good(json!(1)) }, "collected without a value"),
        (Facet { hash: None, ..good(json!(1)) }, "collected without a hash"),
        (Facet { status: FacetStatus::Denied, ..good(json!(1)) }, "denied with a value"),
    ] {
        let refused = host(&[("f", facet)]).try_commit(&mut store, 10, &|_| None);
        assert!(matches!(refused, Err(StoreError::Invalid { .. })), "{why}");
    }
}

fn a_denied_facet_keeps_its_old_value_in_history(mut store: Subject) {
    host(&[("f", good(json!({"a": 1})))]).commit(&mut store, 10);
    host(&[("f", denied("no permission"))]).commit(&mut store, 20);
    assert_eq!(value(&store, HOST, "f", None), None, "an old value is not a present one");
    let now = store.facet_list(&id(HOST), None).unwrap();
    assert_eq!((now[0].facet.status, now[0].facet.reason.as_deref()), (FacetStatus::Denied, Some("no permission")));
    assert_eq!(value(&store, HOST, "f", Some(10)), Some(json!({"a": 1})));
    let changes = store.estate_diff(&DiffFilter { since: at(10), ..DiffFilter::default() }).unwrap();
    assert_eq!(changes.len(), 1, "what is not known has not changed");
    assert_eq!(changes[0].change, ChangeKind::Readability);
    assert_eq!(
        (changes[0].before.clone(), changes[0].after.clone()),
        (Some(json!("collected")), Some(json!("denied")))
    );
}

fn a_changed_reason_begins_a_version_and_is_no_difference(mut store: Subject) {
    host(&[("f", denied("one"))]).commit(&mut store, 10);
    assert_eq!(host(&[("f", denied("two"))]).commit(&mut store, 20).counts.facets_changed, 1);
    assert_eq!(store.facet_list(&id(HOST), Some(at(19))).unwrap()[0].facet.reason.as_deref(), Some("one"));
    assert_eq!(store.facet_list(&id(HOST), None).unwrap()[0].facet.reason.as_deref(), Some("two"));
    assert_eq!(store.estate_diff(&DiffFilter { since: at(10), ..DiffFilter::default() }).unwrap(), []);
}

fn what_was_not_read_is_listed(mut store: Subject) {
    let unit = "host://m/unit/a";
    let with = |facet| host(&[("f", good(json!(1))), ("g", facet)]).see(unit, "host.unit", &[("h", denied("no"))]);
    with(denied("why")).list("host.unit", FacetStatus::Denied).commit(&mut store, 10);
    let missing = |store: &Subject, target, second: Option<i64>| -> Vec<(String, String, Option<String>)> {
        let found = store.facet_missing(target, second.map(at)).unwrap();
        found.into_iter().map(|m| (m.resource.to_string(), m.facet, m.reason)).collect()
    };
    let row = |id: &str, facet: &str, why: &str| (id.to_owned(), facet.to_owned(), Some(why.to_owned()));
    assert_eq!(missing(&store, None, None), [row(HOST, "g", "why"), row(unit, "h", "no")]);
    assert_eq!(store.scan_latest(None).unwrap().unwrap().counts.listings_incomplete, 1);
    with(good(json!(2))).list("host.unit", FacetStatus::Collected).commit(&mut store, 20);
    assert_eq!(missing(&store, None, None), [row(unit, "h", "no")]);
    assert_eq!(missing(&store, Some("host://other"), None), []);
    assert_eq!(missing(&store, Some(HOST), Some(19)).len(), 2, "as it was");
    assert_eq!(missing(&store, None, Some(9)), [], "before the first scan");
    host(&[("f", good(json!(1)))]).list("host.unit", FacetStatus::Collected).commit(&mut store, 30);
    assert_eq!(missing(&store, None, None), [], "what is gone lacks nothing");
}

fn a_facet_that_is_no_longer_observed_ends(mut store: Subject) {
    host(&[("f", good(json!(1))), ("g", good(json!(2)))]).commit(&mut store, 10);
    host(&[("g", good(json!(2)))]).commit(&mut store, 20);
    assert_eq!(store.facet_list(&id(HOST), None).unwrap().len(), 1);
    assert_eq!(store.facet_list(&id(HOST), Some(at(19))).unwrap().len(), 2);
    let history = store.resource_history(&id(HOST)).unwrap();
    assert_eq!(history.last().unwrap().event, HistoryEvent::FacetEnded { facet: "f".into() });
    let changes = store.estate_diff(&DiffFilter { since: at(10), ..DiffFilter::default() }).unwrap();
    assert_eq!((changes.len(), changes[0].change, changes[0].at), (1, ChangeKind::Removed, at(20)));
}

fn an_edge_ends_only_where_its_resource_was_read_whole(mut store: Subject) {
    let to = |n: &str| format!("host://m/user/{n}");
    let linked = |facet: Facet, users: &[&str]| {
        users
            .iter()
            .fold(host(&[("users", facet)]), |scan, user| scan.link(HOST, EdgeKind::Contains, &to(user), Value::Null))
    };
    let missing = |status| Facet::missing(status, "no", at(0));
    let mut second = 10;
    for (facet, users, want, why) in [
        (good(json!(1)), &["a", "b"][..], 2, "the first scan"),
        (missing(FacetStatus::Denied), &[], 2, "a denied facet ends no edge"),
        (missing(FacetStatus::Throttled), &["a"], 2, "nor does a throttled one"),
        (missing(FacetStatus::Failed), &["c"], 3, "a failed one adds and does not end"),
        (good(json!(1)), &["a"], 1, "read whole"),
        (missing(FacetStatus::Unsupported), &[], 0, "what cannot exist is read whole"),
    ] {
        linked(facet, users).commit(&mut store, second);
        let now = store.edge_list(&id(HOST), Direction::Out, None).unwrap();
        assert_eq!(now.len(), want, "{why}");
        second += 10;
    }
    assert_eq!(store.edge_list(&id(HOST), Direction::Out, Some(at(19))).unwrap().len(), 2, "the past stays");
}

fn an_edge_may_name_what_no_scan_saw(mut store: Subject) {
    host(&[]).link(HOST, EdgeKind::UsesImage, "image://x", Value::Null).commit(&mut store, 10);
    assert_eq!(present(&store, None), [HOST], "to be named is not to be seen");
    assert_eq!(present(&store, Some(10)), [HOST]);
    assert!(matches!(store.resource_get(&id("image://x")), Err(StoreError::NotFound { .. })));
    assert_eq!(store.edge_list(&id("image://x"), Direction::In, None).unwrap().len(), 1);
    let counts = host(&[]).see("image://x", "image", &[]).commit(&mut store, 20).counts;
    assert_eq!(counts.resources_appeared, 1);
    assert_eq!(store.resource_get(&id("image://x")).unwrap().first_seen, at(20));
}

fn edges_have_directions_and_times(mut store: Subject) {
    let of = |evidence: Value| host(&[]).unit("a").link(HOST, EdgeKind::Contains, "host://m/unit/a", evidence);
    of(json!({"line": 1})).commit(&mut store, 10);
    of(json!({"line": 2})).commit(&mut store, 20);
    for (resource, direction, second, want, why) in [
        (HOST, Direction::Out, None, vec![2], "new evidence is a new edge"),
        (HOST, Direction::In, None, vec![], "it starts here"),
        ("host://m/unit/a", Direction::In, Some(15), vec![1], "as it was"),
        ("host://m/unit/a", Direction::Both, None, vec![2], "either end"),
        ("host://m/unit/a", Direction::Out, None, vec![], "it ends here"),
    ] {
        let edges = store.edge_list(&id(resource), direction, second.map(at)).unwrap();
        let lines: Vec<_> = edges.iter().filter_map(|e| e.edge.evidence["line"].as_i64()).collect();
        assert_eq!(lines, want, "{resource} {direction:?} {second:?}: {why}");
    }
}

fn a_finding_is_new_open_resolved_reopened(mut store: Subject) {
    use LifeStatus::{New, Open, Reopened, Resolved};
    let mut second = 10;
    let steps = [
        (State::Fail, New),
        (State::Fail, Open),
        (State::Pass, Resolved),
        (State::Fail, Reopened),
        (State::Fail, Open),
        (State::NotApplicable, Resolved),
    ];
    for (state, want) in steps {
        verdict(state).commit(&mut store, second);
        let finding = finding(&store, second);
        assert_eq!((finding.verdict.state, finding.life.status), (state, want), "at {second}");
        assert_eq!(finding.verdict.evidence.is_empty(), state != State::Fail);
        second += 10;
    }
    let finding = finding(&store, second);
    assert_eq!(finding.life.first_seen, at(10));
    assert_eq!((finding.life.opened_at, finding.life.resolved_at), (Some(at(40)), Some(at(60))));
    assert_eq!(finding.life.reopened, 1);
    assert_eq!((finding.kind.as_str(), finding.name.as_str(), finding.scope.as_str()), ("host", "m", HOST));
    let events = store.finding_events(&finding.id).unwrap();
    assert_eq!(events.iter().map(|e| (e.state, e.status)).collect::<Vec<_>>(), steps);
    assert_eq!((events[0].state_before, events[0].status_before), (None, None));
    assert_eq!((events[2].state_before, events[2].status_before), (Some(State::Fail), Some(Open)));
    assert_eq!(events[3].at, at(40));
    assert!(events.iter().all(|e| e.scan.is_some() && e.key == key("c", HOST)));
}

fn unknown_resolves_nothing(mut store: Subject) {
    for (second, state) in [(10, State::Fail), (20, State::Unknown), (30, State::Unknown)] {
        verdict(state).commit(&mut store, second);
    }
    let finding = finding(&store, 30);
    assert_eq!((finding.verdict.state, finding.life.status), (State::Unknown, LifeStatus::Open));
    assert_eq!(finding.life.resolved_at, None);
    let counts = store.finding_counts(&FindingFilter::new(at(30))).unwrap();
    assert_eq!((counts.unknown, counts.open, counts.fail, counts.pass), (1, 1, 0, 0));
}

fn what_is_not_judged_stays(mut store: Subject) {
    verdict(State::Fail).commit(&mut store, 10);
    let second = host(&[]).judge("d", HOST, State::Pass).commit(&mut store, 20);
    assert_eq!(finding(&store, 20).life.status, LifeStatus::New);
    assert_eq!(finding(&store, 20).life.last_seen, at(10));
    let latest = FindingFilter { scan: Some(second.scan), ..FindingFilter::new(at(20)) };
    assert_eq!(ids(&store.finding_list(&latest, Page::ALL).unwrap()), ["d host://m"], "by this scan");
}

fn an_exempted_failure_keeps_its_state(mut store: Subject) {
    verdict(State::Fail).commit(&mut store, 10);
    let made = store.exemption_add(&waiver("c", "host://*", Some(100)), at(15)).unwrap();
    assert_eq!(made.id, "e-1");
    assert_eq!((made.created, made.expires), (at(15), Some(at(100))));
    assert_eq!(store.exemption_list().unwrap(), [made]);
    assert_eq!(verdict(State::Fail).commit(&mut store, 20).counts.exempted, 1);
    let finding = finding(&store, 20);
    assert_eq!((finding.verdict.state, finding.exemption.as_deref()), (State::Fail, Some("e-1")));
    assert!(!finding.is_actionable());
    let failing = FindingFilter::failing(at(20));
    assert!(store.finding_list(&failing, Page::ALL).unwrap().is_empty());
    let all = FindingFilter { include_exempted: true, ..failing.clone() };
    assert_eq!(store.finding_list(&all, Page::ALL).unwrap().len(), 1);
    let counts = store.finding_counts(&failing).unwrap();
    assert_eq!((counts.exempted, counts.fail, counts.medium), (1, 0, 0), "counted, and not as a failure");
}

fn an_expired_exemption_reopens(mut store: Subject) {
    verdict(State::Fail).commit(&mut store, 10);
    store.exemption_add(&waiver("c", HOST, Some(30)), at(15)).unwrap();
    verdict(State::Fail).commit(&mut store, 20);
    assert_eq!(finding(&store, 29).exemption.as_deref(), Some("e-1"));
    // Between scans, as soon as it is over.
    let back = finding(&store, 30);
    assert_eq!((back.exemption.as_deref(), back.life.status), (None, LifeStatus::Reopened));
    assert!(back.is_actionable());
    let reopened = FindingFilter { statuses: vec![LifeStatus::Reopened], ..FindingFilter::failing(at(30)) };
    assert_eq!(store.finding_list(&reopened, Page::ALL).unwrap().len(), 1);
    assert_eq!(store.finding_counts(&FindingFilter::new(at(30))).unwrap().reopened, 1);
    // And in the next scan, with an event that says why.
    assert_eq!(verdict(State::Fail).commit(&mut store, 40).counts.reopened, 1);
    assert_eq!(finding(&store, 40).life.status, LifeStatus::Reopened);
    let events = store.finding_events(&finding(&store, 40).id).unwrap();
    let last = events.last().unwrap();
    assert_eq!((last.at, last.status), (at(40), LifeStatus::Reopened));
    assert!(last.reason.contains("e-1") && last.reason.contains("expired"), "{}", last.reason);
    verdict(State::Fail).commit(&mut store, 50);
    assert_eq!(finding(&store, 50).life.status, LifeStatus::Open, "it is reopened once");
}

fn an_exemption_that_expired_while_nothing_was_known_reopens(mut store: Subject) {
    verdict(State::Fail).commit(&mut store, 10);
    store.exemption_add(&waiver("c", HOST, Some(30)), at(15)).unwrap();
    verdict(State::Fail).commit(&mut store, 20);
    verdict(State::Unknown).commit(&mut store, 40);
    assert_eq!(finding(&store, 40).life.status, LifeStatus::Open);
    verdict(State::Fail).commit(&mut store, 50);
    assert_eq!(finding(&store, 50).life.status, LifeStatus::Reopened);
}

fn an_exemption_made_and_expired_between_scans_reopens(mut store: Subject) {
    verdict(State::Fail).commit(&mut store, 10);
    store.exemption_add(&waiver("c", HOST, Some(20)), at(15)).unwrap();
    assert_eq!(finding(&store, 19).exemption.as_deref(), Some("e-1"));
    assert_eq!(finding(&store, 20).life.status, LifeStatus::Reopened);
    verdict(State::Fail).commit(&mut store, 30);
    assert_eq!(finding(&store, 30).life.status, LifeStatus::Reopened);
}

fn a_removed_exemption_reopens_at_once(mut store: Subject) {
    verdict(State::Fail).commit(&mut store, 10);
    store.exemption_add(&waiver("*", "*", None), at(15)).unwrap();
    assert!(matches!(store.exemption_remove("e-9", at(16)), Err(StoreError::NotFound { .. })));
    let removed: Exemption = store.exemption_remove("e-1", at(16)).unwrap();
    assert_eq!(removed.id, "e-1");
    assert!(store.exemption_list().unwrap().is_empty());
    assert!(matches!(store.exemption_remove("e-1", at(17)), Err(StoreError::NotFound { .. })), "once");
    let back = finding(&store, 16);
    assert_eq!((back.exemption, back.life.status), (None, LifeStatus::Reopened));
    let events = store.finding_events(&back.id).unwrap();
    let last = events.last().unwrap();
    assert_eq!((last.scan, last.reason.as_str()), (None, "exemption `e-1` was removed"));
    assert_eq!(store.exemption_add(&waiver("c", HOST, None), at(18)).unwrap().id, "e-2", "ids are not used again");
}

fn another_exemption_takes_over(mut store: Subject) {
    verdict(State::Fail).commit(&mut store, 10);
    store.exemption_add(&waiver("c", HOST, Some(30)), at(15)).unwrap();
    store.exemption_add(&waiver("*", "*", None), at(16)).unwrap();
    verdict(State::Fail).commit(&mut store, 20);
    assert_eq!(finding(&store, 40).exemption.as_deref(), Some("e-2"));
    verdict(State::Fail).commit(&mut store, 40);
    assert_eq!(finding(&store, 40).life.status, LifeStatus::Open);
    store.exemption_remove("e-1", at(41)).unwrap();
    assert_eq!(finding(&store, 41).exemption.as_deref(), Some("e-2"));
}

fn a_pass_is_not_exempted(mut store: Subject) {
    store.exemption_add(&waiver("*", "*", None), at(5)).unwrap();
    verdict(State::Pass).commit(&mut store, 10);
    assert_eq!(finding(&store, 10).exemption, None);
    let counts = store.finding_counts(&FindingFilter::new(at(10))).unwrap();
    assert_eq!((counts.pass, counts.exempted), (1, 0));
}

fn a_suppression_hides_and_is_counted(mut store: Subject) {
    let made = store.suppression_add(&hiding(None), at(5)).unwrap();
    assert_eq!((made.id.as_str(), made.created), ("s-1", at(5)));
    assert_eq!(store.suppression_list().unwrap(), [made]);
    let suppress = |f: &Finding| (f.key.check.as_str() == "c").then(|| "s-1".to_owned());
    let both = verdict(State::Fail).judge("d", HOST, State::Fail);
    assert_eq!(both.try_commit(&mut store, 10, &suppress).unwrap().counts.suppressed, 1);
    let failing = FindingFilter::failing(at(10));
    assert_eq!(ids(&store.finding_list(&failing, Page::ALL).unwrap()), ["d host://m"]);
    let counts = store.finding_counts(&failing).unwrap();
    assert_eq!((counts.suppressed, counts.fail), (1, 1));
    let all = FindingFilter { include_suppressed: true, ..failing.clone() };
    assert_eq!(store.finding_list(&all, Page::ALL).unwrap().len(), 2);
    assert_eq!(finding(&store, 10).suppression.as_deref(), Some("s-1"));
    assert_eq!(finding(&store, 10).verdict.state, State::Fail, "the true state stays");
    // Without a scan: all are shown when it is removed, and hidden by a refresh.
    store.suppression_remove("s-1", at(11)).unwrap();
    assert_eq!(store.finding_list(&failing, Page::ALL).unwrap().len(), 2);
    assert!(matches!(store.suppression_remove("s-1", at(12)), Err(StoreError::NotFound { .. })));
    assert!(matches!(store.suppression_remove("e-1", at(12)), Err(StoreError::NotFound { .. })));
    assert_eq!(store.suppression_add(&hiding(None), at(13)).unwrap().id, "s-2");
    assert_eq!(store.suppression_refresh(at(13), &|_| Some("s-2".into())).unwrap(), 2);
    assert!(store.finding_list(&failing, Page::ALL).unwrap().is_empty());
    assert_eq!(store.suppression_refresh(at(14), &|_| None).unwrap(), 0);
    assert_eq!(store.finding_list(&failing, Page::ALL).unwrap().len(), 2);
}

fn a_suppression_that_is_not_in_force_hides_nothing(mut store: Subject) {
    store.suppression_add(&hiding(Some(30)), at(5)).unwrap();
    let list = |store: &Subject, second| store.finding_list(&FindingFilter::failing(at(second)), Page::ALL).unwrap();
    verdict(State::Fail).try_commit(&mut store, 10, &|_| Some("s-1".into())).unwrap();
    assert_eq!(list(&store, 29).len(), 0);
    assert_eq!(list(&store, 30).len(), 1, "it expired");
    assert_eq!(store.finding_counts(&FindingFilter::failing(at(30))).unwrap().fail, 1);
    verdict(State::Fail).try_commit(&mut store, 20, &|_| Some("s-77".into())).unwrap();
    assert_eq!(list(&store, 20).len(), 1, "there is none of this number");
    let odd = verdict(State::Fail).try_commit(&mut store, 21, &|_| Some("everything".into()));
    assert!(matches!(odd, Err(StoreError::Invalid { .. })));
}

fn a_decision_needs_a_reason_and_an_author(mut store: Subject) {
    let good = waiver("c", HOST, Some(30));
    for (wrong, why) in [
        (NewExemption { reason: " ".into(), ..good.clone() }, "no reason"),
        (NewExemption { author: String::new(), ..good.clone() }, "no author"),
        (NewExemption { check: String::new(), ..good.clone() }, "no check"),
        (NewExemption { resource: String::new(), ..good.clone() }, "no resource"),
        (NewExemption { expires: Some(at(5)), ..good }, "ends before it begins"),
    ] {
        assert!(matches!(store.exemption_add(&wrong, at(10)), Err(StoreError::Invalid { .. })), "{why}");
    }
    let good = hiding(None);
    for (wrong, why) in [
        (NewSuppression { reason: String::new(), ..good.clone() }, "no reason"),
        (NewSuppression { author: "\n".into(), ..good.clone() }, "no author"),
        (NewSuppression { expression: String::new(), ..good.clone() }, "no expression"),
        (NewSuppression { expires: Some(at(10)), ..good }, "ends when it begins"),
    ] {
        assert!(matches!(store.suppression_add(&wrong, at(10)), Err(StoreError::Invalid { .. })), "{why}");
    }
    assert!(store.exemption_list().unwrap().is_empty() && store.suppression_list().unwrap().is_empty());
    assert!(store.outbox_read(0, 10).unwrap().is_empty());
}

/// Failures on two units in an order that is not theirs, with their right order.
fn ranked() -> (Scan, [&'static str; 6]) {
    let (a, b) = ("host://m/unit/a", "host://m/unit/b");
    let scan = scan()
        .unit("b")
        .unit("a")
        .judge_as("z", a, State::Fail, Severity::Low, 10)
        .judge_as("y", b, State::Fail, Severity::High, 50)
        .judge_as("y", a, State::Fail, Severity::High, 50)
        .judge_as("x", b, State::Fail, Severity::High, 50)
        .judge_as("x", a, State::Fail, Severity::Critical, 50)
        .judge_as("w", a, State::Fail, Severity::Low, 90)
        .judge("p", a, State::Pass);
    let order = [
        "w host://m/unit/a",
        "x host://m/unit/a",
        "x host://m/unit/b",
        "y host://m/unit/a",
        "y host://m/unit/b",
        "z host://m/unit/a",
    ];
    (scan, order)
}

fn findings_are_ranked_by_risk(mut store: Subject) {
    let (scan, order) = ranked();
    scan.commit(&mut store, 10);
    for (filter, why) in [
        (FindingFilter::failing(at(10)), "through the ranked index"),
        (FindingFilter { scope: Some(HOST.into()), ..FindingFilter::failing(at(10)) }, "through the resources"),
        (FindingFilter { at: Some(at(10)), ..FindingFilter::failing(at(10)) }, "as they were"),
        (FindingFilter { states: vec![State::Fail, State::Unknown], ..FindingFilter::new(at(10)) }, "two states"),
    ] {
        assert_eq!(ids(&store.finding_list(&filter, Page::ALL).unwrap()), order, "{why}");
        for page in 0..4 {
            let part = store.finding_list(&filter, Page { offset: page * 2, limit: 2 }).unwrap();
            let want: Vec<_> = order.iter().skip(page * 2).take(2).copied().collect();
            assert_eq!(ids(&part), want, "{why}, page {page}");
        }
    }
    store.exemption_add(&waiver("x", "*", None), at(11)).unwrap();
    let second = store.finding_list(&FindingFilter::failing(at(11)), Page { offset: 1, limit: 2 }).unwrap();
    assert_eq!(ids(&second), [order[3], order[4]], "pages count what is shown");
}

fn filters_select_findings(mut store: Subject) {
    let (scan, order) = ranked();
    scan.judge("u", "host://m/unit/b", State::Unknown).commit(&mut store, 10);
    self::scan()
        .target("other")
        .see("host://o", "host", &[])
        .judge("x.1", "host://o", State::Fail)
        .commit(&mut store, 20);
    let base = FindingFilter::failing(at(20));
    let rest = "x.1 host://o";
    for (filter, want, why) in [
        (FindingFilter { check: Some("x".into()), ..base.clone() }, vec![order[1], order[2]], "a whole check id"),
        (FindingFilter { check: Some("x*".into()), ..base.clone() }, vec![order[1], order[2], rest], "a start"),
        (FindingFilter { check: Some("*".into()), target: Some("other".into()), ..base.clone() }, vec![rest], "any"),
        (FindingFilter { min_severity: Some(Severity::Critical), ..base.clone() }, vec![order[1]], "severity"),
        (
            FindingFilter { resource_prefix: Some("host://m/unit/b".into()), ..base.clone() },
            vec![order[2], order[4]],
            "the start of a resource id",
        ),
        (
            FindingFilter { states: vec![State::Unknown, State::Pass], ..base.clone() },
            vec!["p host://m/unit/a", "u host://m/unit/b"],
            "other states",
        ),
        (FindingFilter { statuses: vec![LifeStatus::Open], ..base.clone() }, vec![], "a stage of life"),
        (FindingFilter { scan: Some(crate::ScanId(99)), ..base.clone() }, vec![], "a scan that never was"),
        (FindingFilter { scope: Some("nowhere".into()), ..base }, vec![], "a scope that holds nothing"),
    ] {
        assert_eq!(ids(&store.finding_list(&filter, Page::ALL).unwrap()), want, "{why}");
        let counts = store.finding_counts(&filter).unwrap();
        let sum = counts.fail + counts.pass + counts.unknown + counts.not_applicable;
        assert_eq!(sum, want.len() as u64, "counts follow the same filter: {why}");
    }
}

fn filters_select_resources(mut store: Subject) {
    host(&[]).unit("Nginx").unit("sshd").commit(&mut store, 10);
    scan().target("other").see("host://o", "host", &[]).commit(&mut store, 20);
    let all = ResourceFilter::default();
    let (nginx, sshd) = ("host://m/unit/Nginx", "host://m/unit/sshd");
    for (filter, want, why) in [
        (all.clone(), vec![HOST, nginx, sshd, "host://o"], "all"),
        (ResourceFilter { kind: Some(Kind::new("host.unit")), ..all.clone() }, vec![nginx, sshd], "a kind"),
        (ResourceFilter { target: Some("other".into()), ..all.clone() }, vec!["host://o"], "a target"),
        (ResourceFilter { name_contains: Some("nGi".into()), ..all.clone() }, vec![nginx], "either case"),
        (ResourceFilter { name_contains: Some("m/unit".into()), ..all.clone() }, vec![nginx, sshd], "in the id"),
        (ResourceFilter { name_contains: Some("%".into()), ..all.clone() }, vec![], "no pattern"),
        (ResourceFilter { scope: Some("host".into()), ..all.clone() }, vec![], "a whole scope"),
        (ResourceFilter { at: Some(at(15)), ..all.clone() }, vec![HOST, nginx, sshd], "a time"),
    ] {
        let got = store.resource_list(&filter, Page::ALL).unwrap();
        assert_eq!(got.iter().map(|r| r.resource.id.as_str()).collect::<Vec<_>>(), want, "{why}");
    }
    assert_eq!(store.resource_list(&all, Page { offset: 1, limit: 1 }).unwrap()[0].resource.id.as_str(), nginx);
    host(&[]).unit("sshd").list("host.unit", FacetStatus::Collected).commit(&mut store, 30);
    let with_gone = ResourceFilter { include_gone: true, ..all };
    assert_eq!(store.resource_list(&with_gone, Page::ALL).unwrap().len(), 4);
    let then = ResourceFilter { at: Some(at(25)), ..with_gone };
    assert!(store.resource_list(&then, Page::ALL).unwrap().iter().all(|r| r.gone_at.is_none()), "not yet known");
}

fn counts_add_up_to_the_list(mut store: Subject) {
    let (scan, _) = ranked();
    store.suppression_add(&hiding(None), at(1)).unwrap();
    store.exemption_add(&waiver("w", "*", Some(100)), at(2)).unwrap();
    scan.judge("u", "host://m/unit/b", State::Unknown)
        .judge("n", "host://m/unit/b", State::NotApplicable)
        .try_commit(&mut store, 10, &|f| (f.key.check.as_str() == "z").then(|| "s-1".into()))
        .unwrap();
    for now in [10, 100] {
        let filter = FindingFilter { include_exempted: true, include_suppressed: true, ..FindingFilter::new(at(now)) };
        let counts = store.finding_counts(&filter).unwrap();
        let list = store.finding_list(&filter, Page::ALL).unwrap();
        let count = |test: &dyn Fn(&&Finding) -> bool| list.iter().filter(test).count() as u64;
        let shown = |f: &&Finding| f.exemption.is_none() && f.suppression.is_none();
        let sum =
            counts.suppressed + counts.exempted + counts.pass + counts.fail + counts.unknown + counts.not_applicable;
        assert_eq!(sum, list.len() as u64, "each once");
        assert_eq!(counts.fail, count(&|f| shown(f) && f.verdict.state == State::Fail));
        assert_eq!(counts.fail, counts.critical + counts.high + counts.medium + counts.low);
        assert_eq!(counts.new, count(&|f| shown(f) && f.life.status == LifeStatus::New));
        assert_eq!(counts.reopened, u64::from(now == 100), "the exemption ended");
        assert_eq!((counts.exempted, counts.suppressed), (u64::from(now == 10), 1));
        let slow = FindingFilter { statuses: LifeStatus::ALL.to_vec(), ..filter };
        assert_eq!(store.finding_counts(&slow).unwrap(), counts, "however it is counted");
    }
}

fn past_findings_are_as_they_were(mut store: Subject) {
    verdict(State::Fail).commit(&mut store, 10);
    verdict(State::Fail).commit(&mut store, 20);
    store.exemption_add(&waiver("c", HOST, Some(27)), at(22)).unwrap();
    verdict(State::Pass).commit(&mut store, 30);
    host(&[]).judge("d", HOST, State::Fail).judge("c", HOST, State::Fail).commit(&mut store, 40);
    let then = |second| FindingFilter { at: Some(at(second)), ..FindingFilter::new(at(99)) };
    for (second, want, why) in [
        (9, vec![], "before all"),
        (10, vec![("c", State::Fail, LifeStatus::New)], "the first scan"),
        (21, vec![("c", State::Fail, LifeStatus::Open)], "the second"),
        (25, vec![], "exempted"),
        (28, vec![("c", State::Fail, LifeStatus::Open)], "the exemption was made and ended between two scans"),
        (35, vec![("c", State::Pass, LifeStatus::Resolved)], "proven right"),
        (40, vec![("c", State::Fail, LifeStatus::Reopened), ("d", State::Fail, LifeStatus::New)], "now"),
    ] {
        let list = store.finding_list(&then(second), Page::ALL).unwrap();
        let got: Vec<_> = list.iter().map(|f| (f.key.check.as_str(), f.verdict.state, f.life.status)).collect();
        assert_eq!(got, want, "{second}: {why}");
        assert!(list.iter().all(|f| f.life.last_seen <= at(second) && f.life.opened_at <= Some(at(second))));
    }
    let counts = store.finding_counts(&then(25)).unwrap();
    assert_eq!((counts.exempted, counts.fail), (1, 0));
    let all = FindingFilter { include_exempted: true, ..then(25) };
    assert_eq!(store.finding_list(&all, Page::ALL).unwrap()[0].exemption.as_deref(), Some("e-1"));
    assert_eq!(store.finding_list(&then(35), Page::ALL).unwrap()[0].verdict.reason, "c is pass");
}

fn an_id_may_be_shortened(mut store: Subject) {
    let checks: Vec<String> = (0..20).map(|n| format!("c{n}")).collect();
    checks.iter().fold(host(&[]), |scan, check| scan.judge(check, HOST, State::Fail)).commit(&mut store, 10);
    let mut firsts = HashSet::new();
    for check in &checks {
        let full = key(check, HOST).id();
        assert_eq!(store.finding_get(&full, at(10)).unwrap().key.check.as_str(), check);
        assert_eq!(store.finding_get(&full[2..], at(10)).unwrap().id, full, "without `f-`");
        assert_eq!(store.finding_events(&full[..12]).unwrap()[0].finding, full, "ten digits");
        firsts.insert(full[..3].to_owned());
    }
    // Twenty ids have at most sixteen first digits.
    let results: Vec<_> = firsts.iter().map(|first| store.finding_get(first, at(10))).collect();
    assert!(results.iter().any(|r| matches!(r, Err(StoreError::Ambiguous { count: 2.., .. }))));
    for wrong in ["", "f-", "f-xyz", "f-00000000000000000", "é", "f-+1"] {
        assert!(matches!(store.finding_get(wrong, at(10)), Err(StoreError::NotFound { .. })), "{wrong}");
    }
}

fn verdicts_are_remembered_for_present_resources(mut store: Subject) {
    let unit = "host://m/unit/a";
    assert!(store.verdict_previous(HOST).unwrap().is_empty());
    let scan = verdict(State::Fail).unit("a").judge("d", unit, State::Pass);
    scan.commit(&mut store, 10);
    let got = store.verdict_previous(HOST).unwrap();
    let want: HashMap<_, _> = scan.judged.iter().map(|j| (key(j.check.as_str(), j.resource.as_str()), j)).collect();
    assert_eq!(got.len(), 2);
    for (key, remembered) in &got {
        let judged = want[key];
        assert_eq!((remembered.inputs, &remembered.verdict), (judged.inputs, &judged.verdict));
        assert_eq!((remembered.severity, remembered.risk), (judged.severity, judged.risk));
    }
    assert!(store.verdict_previous("other").unwrap().is_empty());
    host(&[]).list("host.unit", FacetStatus::Collected).commit(&mut store, 20);
    assert_eq!(store.verdict_previous(HOST).unwrap().len(), 1);
}

fn outbox_row_commits_with_its_finding(mut store: Subject) {
    let unit = "host://m/unit/a";
    let kinds = |store: &Subject, after| -> Vec<(String, Option<String>)> {
        let rows = store.outbox_read(after, 100).unwrap();
        rows.into_iter().map(|r| (r.kind, r.resource.map(Into::into))).collect()
    };
    let last = |store: &Subject| store.outbox_read(0, 100).unwrap().last().map_or(0, |r| r.id);
    let row = |kind: &str, resource: Option<&str>| (kind.to_owned(), resource.map(str::to_owned));
    host(&[]).unit("a").judge("c", unit, State::Fail).commit(&mut store, 10);
    let first = [
        row("resource.appeared", Some(HOST)),
        row("resource.appeared", Some(unit)),
        row("finding.changed", Some(unit)),
    ];
    assert_eq!(kinds(&store, 0), first);
    let payload = store.outbox_read(0, 100).unwrap()[2].payload.clone();
    for (name, want) in [
        ("finding", json!(key("c", unit).id())),
        ("check", json!("c")),
        ("resource", json!(unit)),
        ("state", json!("fail")),
        ("state_before", Value::Null),
        ("status", json!("new")),
        ("severity", json!("medium")),
        ("risk", json!(50)),
        ("reason", json!("c is fail")),
    ] {
        assert_eq!(payload[name], want, "{name}");
    }
    let seen = last(&store);
    let refused = host(&[]).list("host.unit", FacetStatus::Collected).judge("c", "nothing", State::Pass);
    assert!(refused.try_commit(&mut store, 20, &|_| None).is_err());
    assert!(kinds(&store, seen).is_empty(), "what was not kept is not told");
    host(&[]).list("host.unit", FacetStatus::Collected).commit(&mut store, 20);
    assert_eq!(kinds(&store, seen), [row("resource.gone", Some(unit)), row("finding.changed", Some(unit))]);
    let seen = last(&store);
    store.exemption_add(&waiver("c", unit, None), at(21)).unwrap();
    store.exemption_remove("e-1", at(22)).unwrap();
    store.suppression_add(&hiding(None), at(23)).unwrap();
    store.suppression_remove("s-1", at(24)).unwrap();
    let decided = ["exemption.added", "exemption.removed", "suppression.added", "suppression.removed"];
    assert_eq!(kinds(&store, seen), decided.map(|kind| row(kind, None)));
}

fn the_outbox_is_read_with_a_cursor(mut store: Subject) {
    host(&[]).unit("a").unit("b").commit(&mut store, 10);
    let all = store.outbox_read(0, 100).unwrap();
    assert_eq!(all.len(), 3);
    assert!(all.windows(2).all(|w| w[0].id < w[1].id));
    let dedup: HashSet<_> = all.iter().map(|r| r.dedup_id.clone()).collect();
    assert_eq!(dedup.len(), 3);
    assert_eq!(store.outbox_read(0, 2).unwrap(), all[..2]);
    assert_eq!(store.outbox_read(all[1].id, 2).unwrap(), all[2..]);
    assert_eq!(store.outbox_trim(all[2].id).unwrap(), 3);
    host(&[]).unit("c").commit(&mut store, 20);
    let next = store.outbox_read(0, 100).unwrap();
    assert_eq!(next.len(), 1);
    assert!(next[0].id > all[2].id && !dedup.contains(&next[0].dedup_id), "no position is used again");
}

fn diff_names_exactly_the_changed_key(mut store: Subject) {
    let sysctl = |value: &str| {
        good(json!({"running": {"kernel.kptr_restrict": value, "kernel.dmesg_restrict": "1"}, "n": [1, 2, 3]}))
    };
    host(&[("sysctl", sysctl("1")), ("os", good(json!("debian")))]).unit("a").commit(&mut store, 10);
    host(&[("sysctl", sysctl("0")), ("os", good(json!("debian")))]).unit("a").commit(&mut store, 20);
    let since = store.scan_previous(Some(HOST)).unwrap().unwrap().at;
    let changes = store.estate_diff(&DiffFilter { since, ..DiffFilter::default() }).unwrap();
    assert_eq!(changes.len(), 1);
    let change = &changes[0];
    assert_eq!(change.resource.as_str(), HOST);
    assert_eq!((change.kind.as_str(), change.name.as_str(), change.facet.as_deref()), ("host", "m", Some("sysctl")));
    assert_eq!((change.pointer.as_str(), change.change), ("/running/kernel.kptr_restrict", ChangeKind::Changed));
    assert_eq!((change.before.clone(), change.after.clone()), (Some(json!("1")), Some(json!("0"))));
    assert_eq!(change.at, at(20));
    host(&[("sysctl", sysctl("1")), ("os", good(json!("debian")))]).commit(&mut store, 30);
    let whole = DiffFilter { since, ..DiffFilter::default() };
    assert!(store.estate_diff(&whole).unwrap().is_empty(), "what was changed and changed back is no difference");
    let then = DiffFilter { until: Some(at(20)), ..whole };
    assert_eq!(store.estate_diff(&then).unwrap().len(), 1, "but it was one at the time");
}

fn diff_names_resources_that_came_and_went(mut store: Subject) {
    let units = |names: &[&str]| {
        let all = host(&[]).list("host.unit", FacetStatus::Collected);
        names
            .iter()
            .fold(all, |scan, name| scan.see(&format!("{HOST}/unit/{name}"), "host.unit", &[("f", good(json!(1)))]))
    };
    units(&["a", "b"]).commit(&mut store, 10);
    units(&["b", "c"]).commit(&mut store, 20);
    units(&["b", "c", "a"]).commit(&mut store, 30);
    let diff = |since, until: Option<i64>| -> Vec<(String, ChangeKind, Timestamp)> {
        let filter = DiffFilter { since: at(since), until: until.map(at), ..DiffFilter::default() };
        let changes = store.estate_diff(&filter).unwrap();
        assert!(changes.iter().all(|c| c.facet.is_none() && c.pointer.is_empty()), "the facets go without saying");
        changes.into_iter().map(|c| (c.name, c.change, c.at)).collect()
    };
    let (added, removed) = (ChangeKind::Added, ChangeKind::Removed);
    assert_eq!(diff(10, Some(20)), [("a".into(), removed, at(20)), ("c".into(), added, at(20))]);
    assert_eq!(diff(10, None), [("c".into(), added, at(20))], "a came back");
    assert_eq!(diff(20, None), [("a".into(), added, at(30))]);
    assert_eq!(diff(5, Some(10)).len(), 3, "before the first scan there was nothing");
    let backwards = DiffFilter { since: at(20), until: Some(at(10)), ..DiffFilter::default() };
    assert!(matches!(store.estate_diff(&backwards), Err(StoreError::Invalid { .. })));
}

fn diff_sees_a_value_that_changed_while_it_could_not_be_read(mut store: Subject) {
    let readable = |n: i64| host(&[("f", good(json!({"a": n, "b": 1})))]);
    readable(1).commit(&mut store, 10);
    host(&[("f", denied("no"))]).commit(&mut store, 20);
    readable(2).commit(&mut store, 30);
    host(&[("f", denied("no"))]).commit(&mut store, 40);
    let diff = |since, until| -> Vec<(ChangeKind, String, Option<Value>, Option<Value>)> {
        let filter = DiffFilter { since: at(since), until: Some(at(until)), ..DiffFilter::default() };
        let changes = store.estate_diff(&filter).unwrap();
        changes.into_iter().map(|c| (c.change, c.pointer, c.before, c.after)).collect()
    };
    let value = (ChangeKind::Changed, "/a".to_owned(), Some(json!(1)), Some(json!(2)));
    let seen =
        |before: &str, after: &str| (ChangeKind::Readability, String::new(), Some(json!(before)), Some(json!(after)));
    for (since, until, want, why) in [
        (10, 30, vec![value.clone()], "across the gap"),
        (20, 30, vec![seen("denied", "collected"), value.clone()], "from inside the gap"),
        (10, 20, vec![seen("collected", "denied")], "into the gap"),
        (10, 40, vec![seen("collected", "denied"), value.clone()], "what was known before the second gap"),
        (20, 40, vec![value], "from gap to gap"),
        (30, 30, vec![], "no time at all"),
    ] {
        assert_eq!(diff(since, until), want, "{since} to {until}: {why}");
    }
    let history = store.resource_history(&id(HOST)).unwrap();
    let HistoryEvent::Facet { changes, .. } = &history[3].event else { unreachable!("{history:?}") };
    assert_eq!(changes.len(), 2, "history says so too");
    assert_eq!(changes[1].pointer, "/a");
}

fn diff_keeps_to_its_filter(mut store: Subject) {
    for (second, n) in [(10, 1), (20, 2)] {
        host(&[("f", good(json!(n)))])
            .see("host://m/unit/a", "host.unit", &[("f", good(json!(n)))])
            .commit(&mut store, second);
        scan().target("other").see("host://o", "host", &[("f", good(json!(n)))]).commit(&mut store, second + 1);
    }
    let all = DiffFilter { since: at(15), ..DiffFilter::default() };
    for (filter, want, why) in [
        (all.clone(), vec![HOST, "host://m/unit/a", "host://o"], "all, in the order of ids"),
        (DiffFilter { target: Some("other".into()), ..all.clone() }, vec!["host://o"], "one target"),
        (DiffFilter { resource: Some(id(HOST)), ..all }, vec![HOST], "one resource"),
    ] {
        let changes = store.estate_diff(&filter).unwrap();
        assert_eq!(changes.iter().map(|c| c.resource.as_str()).collect::<Vec<_>>(), want, "{why}");
    }
}

fn history_is_in_the_order_of_time(mut store: Subject) {
    let unit = "host://m/unit/a";
    let with = |n: i64, state| {
        host(&[])
            .see(unit, "host.unit", &[("f", good(json!({"n": n}))), ("g", good(json!(0)))])
            .judge("c", unit, state)
            .list("host.unit", FacetStatus::Collected)
    };
    let first = with(1, State::Pass).commit(&mut store, 10);
    with(2, State::Fail).commit(&mut store, 20);
    host(&[]).list("host.unit", FacetStatus::Collected).commit(&mut store, 30);
    with(2, State::Fail).commit(&mut store, 40);
    let history = store.resource_history(&id(unit)).unwrap();
    let told: Vec<String> = history
        .iter()
        .map(|entry| {
            let what = match &entry.event {
                HistoryEvent::Appeared => "appeared".to_owned(),
                HistoryEvent::Gone => "gone".to_owned(),
                HistoryEvent::Facet { facet, changes, .. } => {
                    let places: Vec<&str> = changes.iter().map(|c| c.pointer.as_str()).collect();
                    format!("{facet} {}", places.join(","))
                }
                HistoryEvent::FacetEnded { facet } => format!("{facet} ended"),
                HistoryEvent::Finding { change } => format!("{} {}", change.key.check, change.status.as_str()),
            };
            format!("{} {what}", entry.at.as_second())
        })
        .collect();
    assert_eq!(
        told,
        [
            "10 appeared",
            "10 f ",
            "10 g ",
            "10 c none",
            "20 f /n",
            "20 c new",
            "30 c resolved",
            "30 gone",
            "40 appeared",
            "40 f ",
            "40 g ",
            "40 c reopened"
        ]
    );
    assert_eq!(history[0].scan, Some(first.scan));
    assert!(history.iter().all(|entry| entry.scan.is_some()));
}

fn a_clock_that_goes_back_keeps_the_order(mut store: Subject) {
    host(&[("f", good(json!(1)))]).commit(&mut store, 100);
    let receipt = host(&[("f", good(json!(2)))]).commit(&mut store, 50);
    assert!(receipt.at > at(100));
    assert_eq!(value(&store, HOST, "f", None), Some(json!(2)));
    assert_eq!(value(&store, HOST, "f", Some(100)), Some(json!(1)));
    let record = store.scan_latest(None).unwrap().unwrap();
    assert_eq!((record.at, record.finished), (receipt.at, at(50)), "when it really ran is kept beside");
    let again = host(&[("f", good(json!(3)))]).commit(&mut store, 50);
    assert!(again.at > receipt.at, "each scan has a time of its own");
    store.exemption_add(&waiver("c", HOST, None), at(1)).unwrap();
    assert_eq!(store.exemption_list().unwrap()[0].created, again.at);
}

fn an_accepted_state_stays_until_it_is_forgotten(mut store: Subject) {
    let unit = format!("{HOST}/unit/a");
    let accept = |resource: &str, facet: &str, value: Value| NewAcceptance {
        resource: id(resource),
        facet: facet.into(),
        value,
        tag: (resource != HOST).then(|| "env=prod".to_owned()),
        note: "as built".into(),
        author: "ana".into(),
    };
    host(&[("f", good(json!({"a": 1})))]).unit("a").list("host.unit", FacetStatus::Collected).commit(&mut store, 10);
    let new = [accept(&unit, "g", json!([1])), accept(HOST, "f", json!({"a": 1})), accept(HOST, "g", json!({"a": 1}))];
    assert_eq!(store.acceptance_add(&new, at(11)).unwrap(), 3);
    let told = |store: &Subject, target: Option<&str>| -> Vec<(String, String, Value)> {
        let all = store.acceptance_list(target).unwrap();
        all.into_iter().map(|one| (one.resource.id.to_string(), one.facet, one.value.as_ref().clone())).collect()
    };
    let of = |resource: &str, facet: &str, value: Value| (resource.to_owned(), facet.to_owned(), value);
    let three = [of(HOST, "f", json!({"a": 1})), of(HOST, "g", json!({"a": 1})), of(&unit, "g", json!([1]))];
    assert_eq!(told(&store, None), three);
    assert_eq!(told(&store, Some(HOST)), three);
    assert!(told(&store, Some("host://other")).is_empty());
    let first = store.acceptance_list(None).unwrap().remove(0);
    assert_eq!((first.author.as_str(), first.note.as_str(), first.created), ("ana", "as built", at(11)));
    assert_eq!((first.tag, first.hash), (None, ContentHash::of_value(&json!({"a": 1}))));
    // What is gone stays accepted: that it is gone is a difference too.
    host(&[]).list("host.unit", FacetStatus::Collected).commit(&mut store, 20);
    assert_eq!(told(&store, Some(HOST)), three);
    assert_eq!(store.acceptance_add(&[accept(HOST, "f", json!({"a": 2}))], at(21)).unwrap(), 1);
    assert_eq!(told(&store, None)[0], of(HOST, "f", json!({"a": 2})), "a new one takes the place of the old");
    let refused = [accept(HOST, "f", json!(3)), accept("host://nothing", "f", json!(3))];
    assert!(matches!(store.acceptance_add(&refused, at(22)), Err(StoreError::NotFound { .. })));
    assert_eq!(told(&store, None)[0], of(HOST, "f", json!({"a": 2})), "all or none");
    let nobody = NewAcceptance { author: " ".into(), ..accept(HOST, "f", json!(3)) };
    assert!(matches!(store.acceptance_add(&[nobody], at(22)), Err(StoreError::Invalid { .. })));
    assert_eq!(store.acceptance_remove(&id(HOST), Some("f"), at(23)).unwrap(), 1);
    assert_eq!(told(&store, None), three[1..]);
    for facet in [Some("f"), Some("nothing")] {
        assert!(matches!(store.acceptance_remove(&id(HOST), facet, at(24)), Err(StoreError::NotFound { .. })));
    }
    assert_eq!(store.acceptance_remove(&id(&unit), None, at(25)).unwrap(), 1);
    assert_eq!(told(&store, None), three[1..2]);
    let rows = store.outbox_read(0, 1000).unwrap();
    let count = |kind: &str| rows.iter().filter(|row| row.kind == kind).count();
    assert_eq!((count("acceptance.added"), count("acceptance.removed")), (4, 2));
}

fn what_is_not_there_is_said_so(mut store: Subject) {
    let nothing = id("host://nothing");
    assert!(matches!(store.resource_get(&nothing), Err(StoreError::NotFound { .. })));
    assert!(matches!(store.facet_list(&nothing, None), Err(StoreError::NotFound { .. })));
    assert!(matches!(store.edge_list(&nothing, Direction::Both, None), Err(StoreError::NotFound { .. })));
    assert!(matches!(store.resource_history(&nothing), Err(StoreError::NotFound { .. })));
    assert!(matches!(store.finding_get("f-0123456789abcdef", at(0)), Err(StoreError::NotFound { .. })));
    assert!(matches!(store.suppression_remove("s-1", at(0)), Err(StoreError::NotFound { .. })));
    assert!(matches!(store.acceptance_remove(&nothing, None, at(0)), Err(StoreError::NotFound { .. })));
    assert!(store.finding_list(&FindingFilter::default(), Page::ALL).unwrap().is_empty());
    assert!(store.estate_diff(&DiffFilter::default()).unwrap().is_empty());
    assert_eq!(store.store_verify().unwrap(), Vec::<String>::new());
}
