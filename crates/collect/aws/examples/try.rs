use casemate_collect_aws::*;
fn main() {
    let wanted = match std::env::args().nth(1) {
        None => Wanted::Everything,
        Some(k) => {
            Wanted::These(std::collections::BTreeMap::from([(k.clone(), shapes()[&k].keys().cloned().collect())]))
        }
    };
    let aws = Aws::connect(Options {
        accounts: if std::env::var("ORG").is_ok() {
            Accounts::Organization
        } else {
            Accounts::These(vec!["123456789012".into(), "568379791135".into(), "891022092525".into()])
        },
        regions: Regions::These(vec!["us-east-1".into(), "eu-west-1".into(), "ap-southeast-2".into()]),
        wanted,
        ..Default::default()
    })
    .unwrap();
    let start = std::time::Instant::now();
    for account in aws.accounts() {
        let s = aws
            .collect(
                account,
                None,
                &casemate_estate::Timestamp::now,
                &|_, _, _| {},
                &std::sync::atomic::AtomicBool::new(false),
            )
            .unwrap();
        println!("{} {} observations {} edges", account.id, s.observations.len(), s.edges.len());
        for l in &s.listings {
            if l.status != casemate_estate::FacetStatus::Collected {
                println!("  LIST {} {} {:?}", l.scope, l.kind, l.reason);
            }
        }
        let mut n = std::collections::BTreeMap::new();
        for o in &s.observations {
            *n.entry(o.resource.kind.to_string()).or_insert(0) += 1;
            for (k, f) in &o.facets {
                if f.value.is_none() {
                    println!("  {} {k} {} {:?}", o.resource.id, f.status, f.reason);
                }
            }
        }
        println!("{n:?}");
        if std::env::var("SHOW").is_ok() {
            for o in &s.observations {
                for (k, f) in &o.facets {
                    println!("{} {k} {}", o.resource.id, f.value.as_ref().map(|v| v.to_string()).unwrap_or_default());
                }
            }
        }
    }
    println!("{:?} calls {}", start.elapsed(), aws.stats().sent());
}
