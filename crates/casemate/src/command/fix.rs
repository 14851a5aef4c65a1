use std::{
    io::Read,
    process::{Command, Stdio},
    sync::mpsc,
    time::Duration,
};

use casemate_estate::{Finding, Timestamp};
use casemate_store::{FindingFilter, Page};
use casemate_vuln::{FixStep, fix_plan};
use serde_json::json;

use crate::{
    cli::{FixCommand, Global},
    error::CommandError,
    exit::Exit,
    output::{list, style::plain, text::Text},
    place, target,
    vulnerability::{self, CHECK_PREFIX},
};

/// Bytes of what a simulation prints.
const OUTPUT_MAX: u64 = 16 << 20;

/// How long a simulation may take.
const SIMULATION_MAX: Duration = Duration::from_secs(60);
/// What [`FixStep::verify`] says of a simulation that does what is planned.
const AGREES: &str = "agrees";

/// `casemate fix plan`: the commands that close vulnerabilities. Nothing is changed; only simulations run.
pub(crate) fn run(global: &Global, command: &FixCommand, now: Timestamp) -> Result<Exit, CommandError> {
    let FixCommand::Plan { target: wanted, min_risk, no_simulate, output } = command;
    let store = place::open_for_reading(global)?;
    let scans = target::latest(&*store, wanted.as_deref(), None)?;
    let filter = FindingFilter {
        check: Some(format!("{CHECK_PREFIX}*")),
        target: wanted.clone(),
        ..FindingFilter::failing(now)
    };
    let findings = store.finding_list(&filter, Page::ALL)?;
    let open: Vec<&Finding> = findings.iter().collect();
    let targets = scans.iter().map(|scan| scan.target.as_str());
    let coverage = vulnerability::coverage_stored(&*store, targets, None, now);
    let summary = vulnerability::Summary::of(open.iter().copied(), coverage);
    let groups: Vec<_> = summary.groups.iter().filter(|group| group.risk >= *min_risk).cloned().collect();
    let mut plan = fix_plan(&groups);
    let here = this_host();
    for step in &mut plan.steps {
        let simulate = !no_simulate && here.as_deref().is_some_and(|id| step.target == id);
        step.verified = match (&step.simulate, simulate) {
            (None, _) => "none: the manager cannot simulate".into(),
            (Some(_), false) if *no_simulate => "not run".into(),
            (Some(_), false) => "not run: the target is not this machine".into(),
            (Some(_), true) => simulated(step),
        };
    }

    let mut text = Text::default();
    let mut line = |words: &str| text.line(words);
    let mut last = "";
    for step in &plan.steps {
        if step.target != last {
            line(&format!(
                "{}# on {}",
                if last.is_empty() { "" } else { "\n" },
                plain(&target::name(&*store, &step.target))
            ));
            last = &step.target;
        }
        for title in &step.closes {
            line(&format!("# {}", plain(title)));
        }
        line(&shown(&step.command));
        line(&format!("#   simulation: {}", plain(&step.verified)));
    }
    if !plan.left.is_empty() {
        line("");
        line("# no command closes:");
        for (title, why) in &plan.left {
            line(&format!("#   {}: {}", plain(title), plain(why)));
        }
    }
    if plan.steps.is_empty() && plan.left.is_empty() {
        line("# nothing to fix among the vulnerabilities that are known");
    }
    for words in summary.lines() {
        line(&format!("# {}", plain(&words)));
    }
    let object = json!({
        "type": "fix_plan",
        "generated": now,
        "steps": plan.steps.iter().map(|step| json!({
            "target": step.target,
            "manager": step.manager,
            "command": step.command,
            "simulate": step.simulate,
            "closes": step.closes,
            "verified": step.verified,
        })).collect::<Vec<_>>(),
        "left": plan.left.iter().map(|(title, why)| json!({"title": title, "reason": why})).collect::<Vec<_>>(),
        "vulnerabilities": summary,
    });
    list::write_one(text.as_str(), &object, output)?;
    Ok(Exit::Done)
}

/// The id of the host that this program runs on, as its scans name it.
fn this_host() -> Option<String> {
    let machine = std::fs::read_to_string("/etc/machine-id").ok()?;
    Some(casemate_estate::ResourceId::host(machine.trim()).to_string())
}

/// Runs the manager's own simulation, which changes nothing, without a shell, and compares. Where the pinned version has
/// left the repository, the plan without pins is simulated, and taken where it gives at least the fix.
fn simulated(step: &mut FixStep) -> String {
    let said = simulated_once(step);
    if said == AGREES {
        return said;
    }
    let Some(relaxed) = step.relaxed() else { return said };
    let again = simulated_once(&relaxed);
    if again != AGREES {
        return said;
    }
    *step = relaxed;
    format!("{again}: the pinned version has left the repository, and what has taken its place is newer")
}

fn simulated_once(step: &FixStep) -> String {
    let Some((program, arguments)) = step.simulate.as_deref().and_then(<[String]>::split_first) else {
        return "none".into();
    };
    match output_of(program, arguments) {
        Ok((succeeded, output)) => step.verify(succeeded, &output),
        Err(why) => format!("not run: {why}"),
    }
}

/// Whether a program succeeded, and both its streams through one pipe: what a manager has against a plan it says on its
/// standard error. One that does not end in time is ended.
fn output_of(program: &str, arguments: &[String]) -> Result<(bool, String), String> {
    let no_pipe = |error: std::io::Error| format!("no pipe: {error}");
    let (read, write) = std::io::pipe().map_err(no_pipe)?;
    let both = write.try_clone().map_err(no_pipe)?;
    // The ends for writing go with the command, so that reading ends with the program.
    let mut child = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .stdout(write)
        .stderr(both)
        .spawn()
        .map_err(|error| format!("cannot start `{program}`: {error}"))?;
    let (send, receive) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let result = read.take(OUTPUT_MAX).read_to_end(&mut bytes).map(|_| bytes);
        // Whoever waits may have given up.
        drop(send.send(result));
    });
    let Ok(result) = receive.recv_timeout(SIMULATION_MAX) else {
        // What cannot be ended has ended by itself; a child of it that holds the pipe keeps the reader, not us.
        drop(child.kill());
        drop(child.wait());
        return Err(format!("`{program}` did not end in {} s", SIMULATION_MAX.as_secs()));
    };
    drop(reader.join());
    let status = child.wait().map_err(|error| error.to_string())?;
    let bytes = result.map_err(|error| error.to_string())?;
    Ok((status.success(), String::from_utf8_lossy(&bytes).into_owned()))
}

/// A command as a POSIX shell reads it back.
fn shown(command: &[String]) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "-_./:=+@%,~^".contains(c);
    command
        .iter()
        .map(|word| match !word.is_empty() && word.chars().all(safe) {
            true => word.clone(),
            false => format!("'{}'", word.replace('\'', "'\\''")),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_a_shell_would_read_otherwise_is_quoted() {
        for (words, want) in [
            (&["apt-get", "install", "openssl=3.0.13-1~deb12u1"][..], "apt-get install openssl=3.0.13-1~deb12u1"),
            (&["x", "a b", ""], "x 'a b' ''"),
            (&["x", "it's;rm"], "x 'it'\\''s;rm'"),
        ] {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(shown(&words), want);
        }
    }
}
