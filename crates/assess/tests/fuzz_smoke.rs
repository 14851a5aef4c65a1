//! Hostile and mutated content through every reader. A binary of its own: evaluations here exhaust limits on purpose.
use casemate_assess::fuzz::TARGETS;

#[test]
fn fuzz_smoke() {
    let (first, second): (Vec<_>, Vec<_>) = TARGETS.iter().partition(|target| target.name.len() % 2 == 0);
    let rounds = casemate_estate::fuzz::rounds(300);
    std::thread::scope(|scope| {
        // Nested content goes deep before it is refused; an evaluating thread has 16 MiB as well.
        let other = std::thread::Builder::new()
            .stack_size(16 << 20)
            .spawn_scoped(scope, || casemate_estate::fuzz::smoke(&first, rounds, 1024));
        casemate_estate::fuzz::smoke(&second, rounds, 1024);
        assert!(other.is_ok_and(|thread| thread.join().is_ok()), "a target stopped");
    });
}

#[test]
fn seeds_are_there() {
    for target in TARGETS {
        assert!(!target.seeds.is_empty(), "{} starts from nothing", target.name);
    }
}
