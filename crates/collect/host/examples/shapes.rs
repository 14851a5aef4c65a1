//! Prints the JSON Schema of every facet, or with `scan [ROOT]` what a scan reads.
#![expect(clippy::print_stdout, reason = "an example for people")]
use casemate_collect_host::{Target, collect, shapes};
use casemate_estate::Timestamp;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_none_or(|word| word != "scan") {
        println!("{}", serde_json::to_string_pretty(&shapes())?);
        return Ok(());
    }
    let target = args.get(1).map_or(Target::Live, |path| Target::Root(path.into()));
    let snapshot = collect(&target, &Timestamp::now, &|_, _, _| {})?;
    for observation in &snapshot.observations {
        for (name, facet) in &observation.facets {
            let text = facet
                .value
                .as_ref()
                .map_or_else(|| facet.reason.clone().unwrap_or_default(), |value| value.to_string());
            println!("{} {name} {} {text}", observation.resource.id, facet.status);
        }
    }
    Ok(())
}
