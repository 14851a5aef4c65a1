//! `kill -9` at random points of a scan: the scan before is whole, and the next one runs.
use std::{
    collections::hash_map::RandomState,
    hash::BuildHasher,
    os::unix::process::ExitStatusExt,
    process::Stdio,
    time::{Duration, Instant},
};

use casemate_store::{SqliteStore, Store};
use casemate_testkit::Casemate;

const KILLS: usize = 50;

#[test]
fn a_killed_scan_leaves_the_scan_before_it_whole() {
    let casemate = Casemate::new();
    let root = casemate.directory().join("root");
    std::fs::create_dir_all(root.join("etc/sysctl.d")).unwrap();
    std::fs::write(root.join("etc/os-release"), "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n")
        .unwrap();
    std::fs::write(root.join("etc/machine-id"), "0123456789abcdef0123456789abcdef\n").unwrap();
    std::fs::write(root.join("etc/passwd"), "root:x:0:0:root:/root:/bin/bash\n").unwrap();
    std::fs::write(root.join("etc/group"), "root:x:0:\n").unwrap();
    let args = ["scan", "--quiet", "--format", "jsonl", "--root", root.to_str().unwrap()];

    let started = Instant::now();
    let whole = casemate.run(&args);
    let duration = started.elapsed();
    assert_eq!(whole.status, 0, "{}", whole.stderr);
    let findings = whole.lines().len();

    // Any seed may fail, so it is printed: the points are random in time and cannot be repeated exactly anyway.
    let mut seed = RandomState::new().hash_one("casemate");
    println!("seed {seed}");
    let (mut killed, mut scans) = (0, 1);
    for round in 0..KILLS {
        // Each scan sees another value, so that there is something to write.
        std::fs::write(root.join("etc/sysctl.d/99.conf"), format!("kernel.kptr_restrict = {round}\n")).unwrap();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let point = duration.mul_f64(f64::from(u32::try_from(seed >> 40).unwrap()) / f64::from(1 << 24) * 1.2);
        let mut child = casemate.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        wait_until(&mut child, point);
        child.kill().unwrap();
        let was_killed = child.wait().unwrap().signal() == Some(9);
        killed += usize::from(was_killed);

        let store = SqliteStore::open(&casemate.store()).unwrap();
        assert!(store.store_verify().unwrap().is_empty(), "round {round}: the store is sound");
        let records = store.scan_list(None, casemate_store::Page::ALL).unwrap();
        assert!(
            records.len() == scans || records.len() == scans + 1,
            "round {round}: a scan is there whole or not at all"
        );
        assert!(was_killed || records.len() == scans + 1, "round {round}: a scan that ended is there");
        scans = records.len();
        let filter = casemate_store::FindingFilter {
            scan: Some(records[0].id),
            include_exempted: true,
            include_suppressed: true,
            ..casemate_store::FindingFilter::new(records[0].at)
        };
        let kept = store.finding_list(&filter, casemate_store::Page::ALL).unwrap().len();
        assert_eq!(kept + 1, findings, "round {round}: the latest scan has all its findings");
    }
    println!("{killed} of {KILLS} scans were killed, {scans} were kept");
    assert!(killed > 0, "some scan was killed");

    let next = casemate.run(&args);
    assert_eq!((next.status, next.lines().len()), (0, findings), "the next scan runs: {}", next.stderr);
}

/// Watches the child until it ends or the time is there.
fn wait_until(child: &mut std::process::Child, point: Duration) {
    let started = Instant::now();
    while started.elapsed() < point && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
}
