//! Prints what an image holds as JSON lines: first the layers that were read and that the cache had, then packages.
//! For `benches/image_scan.sh`: `image REFERENCE [CACHE_DIRECTORY]`; `SECRETS=1` looks for secrets too.
#![expect(clippy::print_stdout, reason = "an example prints")]
use std::error::Error;

use casemate_collect_image::{Options, collect};
use casemate_estate::Timestamp;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let reference = args.next().ok_or("usage: image REFERENCE [CACHE_DIRECTORY]")?;
    let secrets = std::env::var_os("SECRETS").is_some();
    let options = Options { cache: args.next().map(Into::into), secrets, ..Options::default() };
    let collected = collect(&reference, &options, &|| Timestamp::UNIX_EPOCH, &|_, _, _| {})?;
    let (read, cached) = collected.layers;
    let problems = &collected.assembled.inventory.problems;
    let secrets = collected.assembled.secrets.len();
    println!("{}", serde_json::json!({"read": read, "cached": cached, "problems": problems, "secrets": secrets}));
    for package in &collected.assembled.inventory.packages {
        println!("{}", serde_json::to_string(package)?);
    }
    Ok(())
}
