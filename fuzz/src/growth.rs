//! How processor time grows with the size of hostile inputs: finds what is quadratic, which a fuzzer with small inputs
//! does not.
use casemate_estate::fuzz::{Target, hostile};

const SMALL: usize = 128 << 10;
const LARGE: usize = 512 << 10;

/// Seconds of processor time that this thread has used.
fn used() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

fn time(target: &Target, bytes: &[u8]) -> f64 {
    let start = used();
    (target.run)(bytes);
    used() - start
}

/// Prints each input whose time grows more than sixfold where its size grows fourfold, and what took longer than a
/// second, and the worst time of each target. Gives whether nothing was out of proportion.
pub(crate) fn measure(table: &[Target], only: Option<&str>) -> bool {
    let mut proportionate = true;
    for target in table.iter().filter(|target| only.is_none_or(|only| only == target.name)) {
        // Seeds many times over, beside what is hostile to everybody.
        let seeds = || target.seeds.iter().filter(|seed| !seed.is_empty());
        let repeated = |size: usize| seeds().map(move |seed| seed.repeat(size / seed.len() + 1).into_bytes());
        let small = hostile(SMALL).into_iter().chain(repeated(SMALL));
        let large = hostile(LARGE).into_iter().chain(repeated(LARGE));
        let mut worst = 0.0_f64;
        for (small, large) in small.zip(large) {
            let before = time(target, &small);
            // What is hopeless already is not waited for.
            let after = if before > 2.0 { before * 16.0 } else { time(target, &large) };
            worst = worst.max(after);
            if after > 1.0 || (after > 0.2 && after > before * 6.0) {
                proportionate = false;
                let start = small.get(..40).unwrap_or(&small).escape_ascii();
                println!("{}: {before:.3} s, then {after:.3} s on {start}", target.name);
            }
        }
        println!("{}: at most {worst:.3} s", target.name);
    }
    proportionate
}
