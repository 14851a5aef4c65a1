//! The command line: one definition, from which help, completions and man pages are made.
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use casemate_estate::{LifeStatus, Severity, State};

/// Infrastructure security that its users own: scan, judge, remember, rank.
#[derive(Debug, Parser)]
#[command(
    name = "casemate",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    after_help = "Exit status: 0 done; 1 findings at or above --fail-on; 2 usage; 3 done, but something could not be \
                  read; 4 failed."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options that every command takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Global {
    /// Where findings and history are kept [default: $XDG_DATA_HOME/casemate/casemate.db; for root
    /// /var/lib/casemate/casemate.db]
    #[arg(long, global = true, value_name = "PATH", env = "CASEMATE_STORE")]
    pub(crate) store: Option<PathBuf>,
    /// Your own checks/, baselines/, frameworks/ and paths/, laid over the built-in ones; may be given more than once
    #[arg(long, global = true, value_name = "DIR", env = "CASEMATE_CONTENT")]
    pub(crate) content: Vec<PathBuf>,
    /// The vulnerability database [default: vulnerabilities.db beside the default store]
    #[arg(long, global = true, value_name = "PATH", env = "CASEMATE_DB")]
    pub(crate) db: Option<PathBuf>,
    /// Believe databases that this ed25519 key signed (64 hexadecimal digits); may be given more than once. Those that
    /// this machine built are believed
    #[arg(long, global = true, value_name = "KEY", env = "CASEMATE_TRUST", value_delimiter = ',')]
    pub(crate) trust: Vec<String>,
    /// Say less on stderr
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Say more on stderr
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read a target, judge it, remember it and show what to do
    Scan(ScanArgs),
    /// List findings from the store, highest risk first
    Findings(FindingsArgs),
    /// List resources from the store, or one with its facets
    Resources(ResourcesArgs),
    /// Say who can do what on AWS, by which statements
    #[command(subcommand)]
    Access(AccessCommand),
    /// Say what changed between two times (without options: what the last scan changed)
    Diff(DiffArgs),
    /// Say what happened to one resource or finding
    History(HistoryArgs),
    /// Show the chains that lead from an entry to something of value, highest risk first
    Paths(PathsArgs),
    /// Tell everything about a finding, an attack path or a check
    Explain(ExplainArgs),
    /// Score of each area: how much is proven right, by weight of severity
    Score(ScoreArgs),
    /// Write a software bill of materials of a target
    Sbom(SbomArgs),
    /// Plan what closes vulnerabilities
    #[command(subcommand)]
    Fix(FixCommand),
    /// Look at checks and test them
    #[command(subcommand)]
    Check(CheckCommand),
    /// Build, refresh and carry the vulnerability database
    #[command(subcommand)]
    Db(DbCommand),
    /// Try suppressions on history before they hide anything
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Write what is known of findings as VEX
    Vex(VexArgs),
    /// Accept failures for a time; they keep their true state and stay counted
    #[command(subcommand)]
    Exempt(ExemptCommand),
    /// Accept the present state of resources, and see what differs from it
    #[command(subcommand)]
    Drift(DriftCommand),
    /// Take findings out of lists by expression; they stay counted
    #[command(subcommand)]
    Suppress(SuppressCommand),
    /// Say what this machine lets casemate read, what is missing and how to get it
    Doctor(DoctorArgs),
    /// Print shell completions
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write man pages into a directory
    Man {
        /// The directory; it is made where it does not exist
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
}

/// Output formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a terminal, highest risk first
    Table,
    /// One document
    Json,
    /// One object a line
    Jsonl,
    /// One self-contained page
    Html,
    /// Static Analysis Results Interchange Format 2.1.0
    Sarif,
    /// Open Cybersecurity Schema Framework, Compliance Finding, one event a line
    Ocsf,
    /// Comma-separated values (RFC 4180)
    Csv,
    /// JUnit XML
    Junit,
}

/// Formats of commands that list other things than findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For a terminal
    Table,
    /// One document
    Json,
    /// One object a line
    Jsonl,
}

/// Where output goes.
#[derive(Debug, Args)]
pub(crate) struct FindingOutput {
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Table only: show at most this many failures; 0 for all
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub(crate) limit: usize,
}

/// Where output of lists goes.
#[derive(Debug, Args)]
pub(crate) struct ListOutput {
    /// How to write it
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(crate) format: ListFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ScanArgs {
    #[command(subcommand)]
    pub(crate) target: Option<ScanTarget>,
    #[command(flatten)]
    pub(crate) options: ScanOptions,
    #[command(flatten)]
    pub(crate) reading: ReadOptions,
    #[command(flatten)]
    pub(crate) vulnerabilities: VulnerabilityOptions,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ScanTarget {
    /// This machine, or a mounted root (the default)
    Host,
    /// A container image: oci:DIR, docker-archive:FILE, HOST/NAME:TAG, podman:NAME, docker-daemon:NAME, containerd:NAME
    Image {
        /// Which; without a prefix, a path that exists, else a local engine's image, else the registry's
        #[arg(value_name = "REF")]
        reference: String,
    },
    /// A directory: a checkout, an unpacked archive
    Fs {
        /// Which
        #[arg(value_name = "DIR")]
        directory: PathBuf,
    },
    /// A virtual machine's disk, raw or qcow2; nothing is mounted or run
    Disk {
        /// Which
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// A software bill of materials, CycloneDX or SPDX
    Sbom {
        /// Which; `-` for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// AWS accounts: configuration of all services, through their APIs; nothing is changed
    Aws(AwsArgs),
}

/// What of AWS is read, and as whom.
#[derive(Debug, Args, Clone)]
pub(crate) struct AwsArgs {
    /// `organization`, or account ids [default: that of the credentials]
    #[arg(long, value_name = "organization|ID,…", value_delimiter = ',')]
    pub(crate) accounts: Vec<String>,
    /// The role to assume in other accounts [default: OrganizationAccountAccessRole]
    #[arg(long, value_name = "NAME")]
    pub(crate) role: Option<String>,
    /// External id for assuming it
    #[arg(long, value_name = "ID", requires = "role")]
    pub(crate) external_id: Option<String>,
    /// `all` (those enabled in each account), or names of regions
    #[arg(long, value_name = "all|REGION,…", value_delimiter = ',')]
    pub(crate) regions: Vec<String>,
    /// Profile of ~/.aws/config [default: $AWS_PROFILE]
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Most calls under way at once
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) concurrency: u16,
    /// Stop asking after so many calls; what is left is unknown
    #[arg(long, value_name = "N")]
    pub(crate) max_calls: Option<u64>,
    /// Stop asking after this time, as `10m`; what is left is unknown
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) deadline: Option<std::time::Duration>,
    /// Read again only what CloudTrail says was changed since the last scan
    #[arg(long, conflicts_with = "max_age")]
    pub(crate) since_trail: bool,
    /// Read these files that AWS Config delivered instead of asking AWS; what they do not hold is unknown
    #[arg(
        long,
        value_name = "FILE",
        conflicts_with_all = ["accounts", "role", "regions", "profile", "max_calls", "deadline", "since_trail", "max_age"]
    )]
    pub(crate) config_snapshot: Vec<PathBuf>,
    /// Do not read again what was read within this time, as `1d`; lists are made all the same
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub(crate) max_age: Option<std::time::Duration>,
}

/// A length of time: `90s`, `10m`, `2h`, `1d`.
fn duration(text: &str) -> Result<std::time::Duration, String> {
    let wrong = || "expected a number and s, m, h or d, as in `10m`".to_owned();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?);
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86400,
        _ => return Err(wrong()),
    };
    number.checked_mul(seconds).map(std::time::Duration::from_secs).ok_or_else(wrong)
}

/// Options of reading images and directories.
#[derive(Debug, Args, Clone)]
pub(crate) struct ReadOptions {
    /// Images: which platform, as linux/arm64 [default: this machine's]
    #[arg(global = true, long, value_name = "OS/ARCH")]
    pub(crate) platform: Option<String>,
    /// Hosts: look for secrets in files too
    #[arg(global = true, long, conflicts_with = "no_secrets")]
    pub(crate) secrets: bool,
    /// Images, directories and disks: do not look for secrets in files
    #[arg(global = true, long)]
    pub(crate) no_secrets: bool,
    /// Images: read every layer anew
    #[arg(global = true, long)]
    pub(crate) no_cache: bool,
    /// Certificate authority of registries and mirrors, PEM
    #[arg(global = true, long, value_name = "FILE", env = "CASEMATE_CA_FILE")]
    pub(crate) ca_file: Option<PathBuf>,
    /// Speak to registries without TLS (loopback always may)
    #[arg(global = true, long)]
    pub(crate) plain_http: bool,
    /// User of the registry; the password or token is taken from $CASEMATE_REGISTRY_PASSWORD
    #[arg(global = true, long, value_name = "NAME", env = "CASEMATE_REGISTRY_USER")]
    pub(crate) registry_user: Option<String>,
}

/// Options of judging vulnerabilities.
#[derive(Debug, Args, Clone)]
pub(crate) struct VulnerabilityOptions {
    /// What vendors and you say of vulnerabilities: OpenVEX, CSAF or CycloneDX; may be given more than once
    #[arg(global = true, long, value_name = "FILE")]
    pub(crate) vex: Vec<PathBuf>,
    /// Environments and their alert thresholds [default: /etc/casemate/policy.yaml or
    /// $XDG_CONFIG_HOME/casemate/policy.yaml where there is one]
    #[arg(global = true, long, value_name = "FILE", env = "CASEMATE_POLICY")]
    pub(crate) policy: Option<PathBuf>,
    /// The target is in this environment of the policy
    #[arg(global = true, long, value_name = "NAME")]
    pub(crate) environment: Option<String>,
    /// Exit with status 1 where a vulnerability is an alert by the policy
    #[arg(global = true, long)]
    pub(crate) fail_on_alert: bool,
}

/// Options of every target. They are global, for one that stands before the target's name must count as much as one
/// that stands behind it: `scan --root DIR host` must not read the running system.
#[derive(Debug, Args, Clone)]
pub(crate) struct ScanOptions {
    /// Scan an unpacked image or a disk mounted here, instead of the running system
    #[arg(global = true, long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// Which checks, with which settings (`casemate check list --baselines`)
    #[arg(global = true, long, value_name = "ID", default_value = "casemate-default")]
    pub(crate) baseline: String,
    /// Only these checks; a last `*` stands for any rest; may be given more than once
    #[arg(global = true, long, value_name = "CHECK")]
    pub(crate) check: Vec<String>,
    /// Exit with status 1 where a failure is at least this severe
    #[arg(global = true, long, value_name = "SEVERITY", value_parser = severity)]
    pub(crate) fail_on: Option<Severity>,
    /// Judge everything anew, even what did not change
    #[arg(global = true, long)]
    pub(crate) fresh: bool,
    /// How to write it
    #[arg(global = true, long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    /// Write to this file instead of standard output
    #[arg(global = true, short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Table only: show at most this many failures; 0 for all
    #[arg(global = true, long, value_name = "N", default_value_t = 40)]
    pub(crate) limit: usize,
}

#[derive(Debug, Args)]
pub(crate) struct FindingsArgs {
    /// Only these states (pass, fail, unknown, not_applicable); without it the table shows failures, other formats all
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = state)]
    pub(crate) state: Vec<State>,
    /// Only these stages of life (new, open, resolved, reopened)
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = life)]
    pub(crate) status: Vec<LifeStatus>,
    /// At least this severe
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    pub(crate) severity: Option<Severity>,
    /// Of this check; a last `*` stands for any rest
    #[arg(long, value_name = "CHECK")]
    pub(crate) check: Option<String>,
    /// Of resources whose id starts with this
    #[arg(long, value_name = "ID")]
    pub(crate) resource: Option<String>,
    /// Of this target's latest scans
    #[arg(long, value_name = "ID")]
    pub(crate) target: Option<String>,
    /// As it was at this time: RFC 3339, a date, or an age such as `2h` or `7d`
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// Leave out findings that an exemption covers (they stay counted)
    #[arg(long)]
    pub(crate) hide_exempted: bool,
    /// Show findings that a suppression hides
    #[arg(long)]
    pub(crate) show_suppressed: bool,
    /// Exit with status 1 where a failure is at least this severe
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    pub(crate) fail_on: Option<Severity>,
    #[command(flatten)]
    pub(crate) output: FindingOutput,
}

#[derive(Debug, Args)]
pub(crate) struct ResourcesArgs {
    /// Show this resource with its facets and edges
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// Of this kind
    #[arg(long)]
    pub(crate) kind: Option<String>,
    /// With this in the name or id
    #[arg(long, value_name = "TEXT")]
    pub(crate) name: Option<String>,
    /// As it was at this time
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// With those that are gone
    #[arg(long)]
    pub(crate) gone: bool,
    #[command(flatten)]
    pub(crate) output: ListOutput,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccessCommand {
    /// Who can do an action on a resource
    WhoCan {
        /// `service:Action`; `*` and `?` ask for all that fit
        #[arg(value_name = "ACTION")]
        action: String,
        /// The resource's ARN (of an object, a key …); `*` for actions that know none
        #[arg(value_name = "ARN")]
        resource: String,
        #[command(flatten)]
        options: AccessOptions,
    },
    /// What a principal can do, statement by statement
    WhatCan {
        /// The ARN of a user, role or session, an account's id, a service, or `*` for anybody
        #[arg(value_name = "ARN")]
        principal: String,
        /// Only actions that fit this pattern
        #[arg(long, value_name = "PATTERN")]
        action: Option<String>,
        #[command(flatten)]
        options: AccessOptions,
    },
    /// Whether a principal can do an action on a resource, and why
    Can {
        /// The ARN of a user, role or session, an account's id, a service, or `*` for anybody
        #[arg(value_name = "PRINCIPAL")]
        principal: String,
        /// `service:Action`; `*` and `?` ask for all that fit
        #[arg(value_name = "ACTION")]
        action: String,
        /// The resource's ARN (of an object, a key …); `*` for actions that know none
        #[arg(value_name = "ARN")]
        resource: String,
        /// What is known of the request: a condition key with its value, or with nothing where the request lacks it
        /// (`sts:ExternalId=`); may be given more than once
        #[arg(long, value_name = "KEY=VALUE")]
        context: Vec<String>,
        #[command(flatten)]
        options: AccessOptions,
    },
}

#[derive(Debug, Args)]
pub(crate) struct AccessOptions {
    /// Only what is certain: leave out what depends on conditions or on what was not read
    #[arg(long)]
    pub(crate) certain: bool,
    #[command(flatten)]
    pub(crate) output: ListOutput,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArgs {
    /// The earlier state: RFC 3339, a date, or an age such as `2h`; without it, the scan before the last
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// The later state; without it, now
    #[arg(long, value_name = "TIME")]
    pub(crate) until: Option<String>,
    /// Only this target
    #[arg(long, value_name = "ID")]
    pub(crate) target: Option<String>,
    /// Only this resource
    #[arg(long, value_name = "ID")]
    pub(crate) resource: Option<String>,
    #[command(flatten)]
    pub(crate) output: ListOutput,
}

#[derive(Debug, Args)]
pub(crate) struct HistoryArgs {
    /// A resource id, or a finding id (its start is enough)
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) output: ListOutput,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// A finding id or a path id (its start is enough), or a check id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) output: ListOutput,
}

/// Formats of attack paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PathFormat {
    /// For a terminal
    Table,
    /// One document
    Json,
    /// One object a line
    Jsonl,
    /// A graph in the language of Graphviz
    Dot,
    /// A graph in the language of Mermaid
    Mermaid,
    /// A picture
    Svg,
}

#[derive(Debug, Args)]
pub(crate) struct PathsArgs {
    /// Of this pattern
    #[arg(long, value_name = "ID")]
    pub(crate) pattern: Option<String>,
    /// With this resource among the steps (a part of its id is enough)
    #[arg(long, value_name = "TEXT")]
    pub(crate) through: Option<String>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = PathFormat::Table)]
    pub(crate) format: PathFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ScoreArgs {
    /// Of this target's latest scans
    #[arg(long, value_name = "ID")]
    pub(crate) target: Option<String>,
    #[command(flatten)]
    pub(crate) output: ListOutput,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CheckCommand {
    /// List checks, baselines or frameworks
    List {
        /// Only checks of this baseline
        #[arg(long, value_name = "ID")]
        baseline: Option<String>,
        /// List baselines instead
        #[arg(long, conflicts_with_all = ["frameworks", "baseline"])]
        baselines: bool,
        /// List frameworks with what they cover instead
        #[arg(long, conflicts_with = "baseline")]
        frameworks: bool,
        #[command(flatten)]
        output: ListOutput,
    },
    /// Run every case beside the checks, and the cases that the engine adds
    Test {
        /// Only checks whose id starts with this
        #[arg(value_name = "CHECK")]
        filter: Option<String>,
        /// Also break every check on purpose and see that its cases notice
        #[arg(long)]
        mutate: bool,
    },
    /// Tell everything about a check
    Explain {
        /// The check id
        #[arg(value_name = "CHECK")]
        id: String,
        /// With the settings of this baseline
        #[arg(long, value_name = "ID", default_value = "casemate-default")]
        baseline: String,
        #[command(flatten)]
        output: ListOutput,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum ExemptCommand {
    /// Accept failures of a check on a resource
    Add {
        /// The check; a last `*` stands for any rest
        #[arg(long, value_name = "CHECK")]
        check: String,
        /// The resource id; a last `*` stands for any rest
        #[arg(long, value_name = "ID", default_value = "*")]
        resource: String,
        /// The risk is met by something that casemate cannot see (otherwise: the risk is accepted)
        #[arg(long)]
        mitigated: bool,
        /// Why
        #[arg(long)]
        reason: String,
        /// Who [default: the user's login name]
        #[arg(long)]
        author: Option<String>,
        /// When it ends: RFC 3339, a date, or a time from now such as `90d`
        #[arg(long, value_name = "TIME")]
        expires: Option<String>,
    },
    /// List exemptions
    List {
        #[command(flatten)]
        output: ListOutput,
    },
    /// End an exemption
    Remove {
        /// Its id, `e-1`
        #[arg(value_name = "ID")]
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum DriftCommand {
    /// Accept what the last scan saw; each later scan has a finding `drift.accepted_state` that says what differs
    Accept {
        #[command(flatten)]
        of: DriftOf,
        /// Only this facet; may be given several times [default: all that were read]
        #[arg(long, value_name = "NAME")]
        facet: Vec<String>,
        /// Why
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
        /// Who [default: the user's login name]
        #[arg(long, value_name = "NAME")]
        author: Option<String>,
    },
    /// List accepted states
    List {
        #[command(flatten)]
        output: ListOutput,
    },
    /// Compare the accepted state of a resource with what the last scan saw
    Show {
        /// The resource id
        #[arg(value_name = "RESOURCE")]
        resource: String,
        #[command(flatten)]
        output: ListOutput,
    },
    /// Forget an accepted state; its finding ends with the next scan
    Forget {
        #[command(flatten)]
        of: DriftOf,
        /// Only this facet
        #[arg(long, value_name = "NAME")]
        facet: Option<String>,
    },
}

/// Which resources.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct DriftOf {
    /// The resource id
    #[arg(value_name = "RESOURCE")]
    pub(crate) resource: Option<String>,
    /// All resources with this tag (those that have it now)
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) tag: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SuppressCommand {
    /// Take findings out of lists; variables: finding.check, .severity, .risk, .state, .reason, .area; resource.id, .kind,
    /// .name, .scope; vulnerability.cve, .package, .version, .fixed, .kev, .epss, .ssvc, .cvss, .loaded, .exposure
    Add {
        /// Rego conditions that all hold for what to hide, separated by `;`: 'finding.risk < 30; resource.name == "web"'
        #[arg(value_name = "EXPRESSION")]
        expression: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// Who [default: the user's login name]
        #[arg(long)]
        author: Option<String>,
        /// When it ends: RFC 3339, a date, or a time from now such as `90d`
        #[arg(long, value_name = "TIME")]
        expires: Option<String>,
    },
    /// List suppressions
    List {
        #[command(flatten)]
        output: ListOutput,
    },
    /// End a suppression
    Remove {
        /// Its id, `s-1`
        #[arg(value_name = "ID")]
        id: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct SbomArgs {
    #[command(subcommand)]
    pub(crate) target: Option<ScanTarget>,
    /// Of an unpacked image or a disk mounted here, instead of the running system
    #[arg(global = true, long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// How to write it
    #[arg(global = true, long, value_enum, default_value_t = SbomFormat::Cyclonedx)]
    pub(crate) format: SbomFormat,
    /// Write to this file instead of standard output
    #[arg(global = true, short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: ReadOptions,
}

/// Forms of bills of materials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SbomFormat {
    /// CycloneDX 1.6, JSON
    Cyclonedx,
    /// SPDX 2.3, JSON
    Spdx,
}

#[derive(Debug, Subcommand)]
pub(crate) enum FixCommand {
    /// Print the commands that close vulnerabilities, highest risk first; nothing is changed
    Plan {
        /// Of this target's latest scans
        #[arg(long, value_name = "ID")]
        target: Option<String>,
        /// Leave out groups whose highest risk is below this
        #[arg(long, value_name = "RISK", default_value_t = 0)]
        min_risk: u8,
        /// Do not let the package manager simulate the commands
        #[arg(long)]
        no_simulate: bool,
        #[command(flatten)]
        output: ListOutput,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum DbCommand {
    /// Build or refresh the database; what did not change is not read again
    Update {
        /// Directories, files or addresses in any published format; without it, those of the sources file
        #[arg(long, value_name = "DIR|URL")]
        from: Vec<String>,
        /// Names and addresses of sources [default: /etc/casemate/sources.yaml or
        /// $XDG_CONFIG_HOME/casemate/sources.yaml where there is one, else the public ones]
        #[arg(long, value_name = "FILE", env = "CASEMATE_SOURCES")]
        sources: Option<PathBuf>,
        /// Read everything anew
        #[arg(long)]
        full: bool,
        /// Certificate authority of mirrors, PEM
        #[arg(long, value_name = "FILE", env = "CASEMATE_CA_FILE")]
        ca_file: Option<PathBuf>,
        #[command(flatten)]
        output: ListOutput,
    },
    /// Say how old it is, who signed it and what each source gave
    Status {
        #[command(flatten)]
        output: ListOutput,
    },
    /// Write it to one file for a machine without a network
    Export {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Take one that another machine wrote; its key must be trusted (--trust)
    Import {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Print the public key that signs what this machine builds; it is made where there is none
    Key,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Say what a suppression would have hidden in every scan of the store, and whether it was exploited later
    Replay {
        /// Rego conditions, as `casemate suppress add` takes them, or the id of a suppression (`s-1`)
        #[arg(value_name = "EXPRESSION")]
        expression: String,
        /// Of this target's scans
        #[arg(long, value_name = "ID")]
        target: Option<String>,
        /// Only scans since then: RFC 3339, a date, or an age such as `90d`
        #[arg(long, value_name = "TIME")]
        since: Option<String>,
        #[command(flatten)]
        output: ListOutput,
    },
}

#[derive(Debug, Args)]
pub(crate) struct VexArgs {
    /// Of this target's latest scans
    #[arg(long, value_name = "ID")]
    pub(crate) target: Option<String>,
    /// Who says so [default: the user's login name]
    #[arg(long)]
    pub(crate) author: Option<String>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct DoctorArgs {
    #[command(subcommand)]
    pub(crate) target: Option<DoctorTarget>,
    /// Look at a mounted root instead of the running system
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) output: ListOutput,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DoctorTarget {
    /// The IAM policy that the loaded checks need, and which of it the present credentials have
    Aws(DoctorAwsArgs),
}

#[derive(Debug, Args)]
pub(crate) struct DoctorAwsArgs {
    #[command(flatten)]
    pub(crate) aws: AwsArgs,
    /// The checks of this baseline
    #[arg(long, value_name = "ID", default_value = "casemate-default")]
    pub(crate) baseline: String,
    /// Print the policy alone, and call nothing
    #[arg(long)]
    pub(crate) policy: bool,
    #[command(flatten)]
    pub(crate) output: ListOutput,
}

fn severity(word: &str) -> Result<Severity, String> {
    Severity::parse(word).ok_or_else(|| "use low, medium, high or critical".into())
}

fn state(word: &str) -> Result<State, String> {
    State::parse(word).ok_or_else(|| "use pass, fail, unknown or not_applicable".into())
}

fn life(word: &str) -> Result<LifeStatus, String> {
    LifeStatus::parse(word)
        .filter(|s| *s != LifeStatus::None)
        .ok_or_else(|| "use new, open, resolved or reopened".into())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn an_option_counts_on_either_side_of_the_target() {
        for words in [
            "casemate scan --root /mnt --fail-on high --limit 3",
            "casemate scan host --root /mnt --fail-on high --limit 3",
            "casemate scan --root /mnt --fail-on high --limit 3 host",
            "casemate scan --root /mnt host --fail-on high --limit 3",
            "casemate --store /s scan --root /mnt --fail-on high host --limit 3",
        ] {
            let Command::Scan(args) = Cli::parse_from(words.split(' ')).command else { panic!("{words}: not a scan") };
            assert_eq!(args.options.root.as_deref(), Some(std::path::Path::new("/mnt")), "{words}");
            assert_eq!(args.options.fail_on, Some(Severity::High), "{words}");
            assert_eq!(args.options.limit, 3, "{words}");
            assert_eq!(args.options.format, Format::Table, "{words}");
        }
    }
}
