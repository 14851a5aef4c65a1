//! The seeded estate of AWS: `up moto` starts one for people, `aws-score` scores findings against its truth.
use std::{fs, path::Path};

use casemate_testkit::aws::{Moto, REGIONS, ROLE, score};

use crate::Chore;

/// `up moto [--port N] [--scale N] [--seed N]`: runs until Enter is pressed or input ends.
pub(crate) fn up(args: &[String]) -> Chore {
    if args.first().map(String::as_str) != Some("moto") {
        return Err("usage: cargo xtask up moto [--port N] [--scale N] [--seed N]".into());
    }
    let number = |name: &str, default: u32| match option(args, name) {
        None => Ok(default),
        Some(text) => text.parse().map_err(|_| format!("`{name} {text}` is no number")),
    };
    let port = u16::try_from(number("--port", 0)?).map_err(|_| "`--port` goes to 65535".to_owned())?;
    let moto = Moto::start_on(port).ok_or("moto cannot be started: run ./test once, which installs it")?;
    let truth = moto.seed(number("--scale", 1)?, number("--seed", 7)?);
    println!(
        "export AWS_ENDPOINT_URL={} AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=testing AWS_DEFAULT_REGION=us-east-1",
        moto.endpoint()
    );
    println!(
        "casemate scan aws --accounts organization --role {ROLE} --regions {REGIONS} --format jsonl > findings.jsonl"
    );
    println!("cargo xtask aws-score --truth {} --findings findings.jsonl", truth.display());
    eprintln!("Enter ends it");
    std::io::stdin().read_line(&mut String::new()).map_err(|error| format!("cannot wait for Enter: {error}"))?;
    Ok(())
}

/// `aws-score --truth T --findings F [--denied RULES]`: F is what `casemate scan aws --format jsonl` printed.
pub(crate) fn scored(args: &[String]) -> Chore {
    let (Some(truth), Some(findings)) = (option(args, "--truth"), option(args, "--findings")) else {
        return Err(
            "usage: cargo xtask aws-score --truth TRUTH.json --findings FINDINGS.jsonl [--denied RULES.json]".into()
        );
    };
    let lines = fs::read_to_string(findings).map_err(|error| format!("cannot read {findings}: {error}"))?;
    let score = score(&lines, Path::new(truth), option(args, "--denied").map(Path::new))
        .ok_or("there is no scorer: see above")?;
    println!("{}", score.text);
    Ok(())
}

fn option<'a>(args: &'a [String], name: &str) -> Option<&'a str> {
    let at = args.iter().position(|arg| arg == name)?;
    args.get(at + 1).map(String::as_str)
}
