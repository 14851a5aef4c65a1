//! An estate of AWS on moto, an emulator (PyPI), seeded by `../shared/estates/aws`, with the proxy that refuses calls and
//! the scorer. moto stands in for AWS because there is no AWS to test against; its oddities are in `docs/aws.md`.
use std::{
    collections::BTreeSet,
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// The regions that are seeded.
pub const REGIONS: &str = "us-east-1,eu-west-1,ap-southeast-2";
/// The role by which the organisation's accounts are entered.
pub const ROLE: &str = "OrganizationAccountAccessRole";

/// A moto server on loopback, on a port that the kernel chose; it ends on drop.
#[derive(Debug)]
pub struct Moto {
    child: Child,
    endpoint: String,
    directory: TempDir,
}

/// The counting and refusing proxy before a [`Moto`]; it ends on drop.
#[derive(Debug)]
pub struct Proxy {
    child: Child,
    endpoint: String,
    calls: PathBuf,
}

/// What the scorer says.
#[derive(Debug)]
pub struct Score {
    /// Its text, control by control.
    pub text: String,
    /// Its figures.
    pub figures: Value,
}

/// The folder of the estates, or none (with a printed reason) where `../shared` does not lie beside the repository.
fn estates() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/estates/aws");
    if !path.exists() {
        eprintln!("skipped: {} is absent, so there is no estate of AWS", path.display());
        return None;
    }
    Some(path)
}

/// The Python that has moto: `$CASEMATE_AWS_PYTHON`, or the one that `./test` makes in cargo's target directory.
fn python() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CASEMATE_AWS_PYTHON") {
        return Some(path.into());
    }
    let program = std::env::current_exe().unwrap();
    let found = program.ancestors().map(|at| at.join("aws-python/bin/python")).find(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped: no Python with moto: ./test makes one, or name one by CASEMATE_AWS_PYTHON");
    }
    found
}

/// Runs a script of the estates to its end and gives its exit status and what it wrote.
fn script(name: &str, args: &[&str]) -> (bool, String) {
    let (Some(python), Some(estates)) = (python(), estates()) else { panic!("was there a moment ago") };
    let output = Command::new(python).arg(estates.join(name)).args(args).stdin(Stdio::null()).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), text)
}

impl Moto {
    /// Starts an empty one on a port of the kernel's choice; none (with a printed reason) where there is no Python with
    /// moto or no `../shared`.
    ///
    /// # Panics
    /// Where they are there and it does not start.
    #[must_use]
    pub fn start() -> Option<Self> {
        Self::start_on(0)
    }

    /// The same on a port of the caller's choice, for people.
    ///
    /// # Panics
    /// Where they are there and it does not start.
    #[must_use]
    pub fn start_on(port: u16) -> Option<Self> {
        let python = python()?;
        estates()?;
        let mut child = Command::new(python.with_file_name("moto_server"))
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            // Without the first the managed policies that the estate attaches do not exist; without the second images
            // come up that nobody made.
            .env("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
            .env("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
            .env("NO_COLOR", "1")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut seen = Vec::new();
        let endpoint = lines.by_ref().find_map(|line| {
            let address = line.split_once("Running on ").map(|(_, rest)| rest.trim().to_owned());
            seen.push(line);
            address
        });
        let endpoint = endpoint.unwrap_or_else(|| panic!("moto did not start: {}", seen.join("\n")));
        // Its log is read so that its pipe never fills.
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self { child, endpoint, directory: tempfile::tempdir().unwrap() })
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// A directory for the test's own files.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Fills it, after emptying it, and gives the file with the truth.
    ///
    /// # Panics
    /// Where the seeder fails.
    #[must_use]
    pub fn seed(&self, scale: u32, seed: u32) -> PathBuf {
        let truth = self.directory.path().join(format!("truth-{scale}-{seed}.json"));
        let (scale, seed) = (scale.to_string(), seed.to_string());
        let args = ["--endpoint", &self.endpoint, "--scale", &scale, "--seed", &seed, "--truth"];
        let (done, text) = script("seed_aws.py", &[&args[..], &[truth.to_str().unwrap()]].concat());
        assert!(done, "cannot seed moto: {text}");
        truth
    }

    /// Runs Python against it, as the management account; `boto3` is at hand. Gives what it printed.
    ///
    /// # Panics
    /// Where it fails.
    #[must_use]
    pub fn python(&self, code: &str) -> String {
        let Some(python) = python() else { panic!("was there a moment ago") };
        let mut command = Command::new(python);
        command.args(["-c", &format!("import boto3, json\n{code}")]).stdin(Stdio::null());
        command.env("AWS_ENDPOINT_URL", &self.endpoint).env("AWS_DEFAULT_REGION", "us-east-1");
        command.env("AWS_ACCESS_KEY_ID", "testing").env("AWS_SECRET_ACCESS_KEY", "testing");
        let output = command.output().unwrap();
        assert!(output.status.success(), "{code}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Puts the proxy before it, with these rules (`{"rules": […]}`; none: it only counts).
    ///
    /// # Panics
    /// Where it does not start.
    #[must_use]
    pub fn proxy(&self, rules: Option<&Path>) -> Proxy {
        let (Some(python), Some(estates)) = (python(), estates()) else { panic!("was there a moment ago") };
        // It cannot say which port the kernel gave it, so one is found for it.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let calls = self.directory.path().join(format!("calls-{port}.json"));
        let mut command = Command::new(python);
        command.arg(estates.join("deny_proxy.py")).args(["--upstream", &self.endpoint]);
        command.args(["--listen", &format!("127.0.0.1:{port}"), "--calls", calls.to_str().unwrap()]);
        if let Some(rules) = rules {
            command.arg("--rules").arg(rules);
        }
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let line = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok).next();
        assert!(line.is_some_and(|line| line.starts_with("proxy on")), "the proxy did not start");
        Proxy { child, endpoint: format!("http://127.0.0.1:{port}"), calls }
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Proxy {
    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Ends it and gives its counts: `total`, `calls` by action, `status`, `upstream_seconds`.
    ///
    /// # Panics
    /// Where it left none.
    #[must_use]
    pub fn finish(mut self) -> Value {
        // SIGTERM: it writes its counts at the end.
        if let Some(pid) = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw) {
            rustix::process::kill_process(pid, rustix::process::Signal::TERM).unwrap();
        }
        self.child.wait().unwrap();
        serde_json::from_slice(&fs::read(&self.calls).unwrap()).unwrap()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The scorer's input from the lines of `casemate scan aws --format jsonl`: check ids lose `aws.`, states stay. Lines of
/// other kinds are left out, and checks of which the truth knows nothing, for the scorer would take those as invented.
///
/// # Panics
/// Where the truth cannot be read.
#[must_use]
pub fn for_scorer(lines: &str, truth: &Path) -> String {
    let truth: Value = serde_json::from_slice(&fs::read(truth).unwrap()).unwrap();
    let known: BTreeSet<&str> =
        truth["expectations"].as_array().unwrap().iter().filter_map(|row| row["property"].as_str()).collect();
    lines
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|line| line["type"] == "finding")
        .filter_map(|line| {
            let control = line["check"].as_str()?.strip_prefix("aws.").filter(|control| known.contains(control))?;
            let row = json!({"resource": line["resource"]["id"], "control": control, "state": line["state"]});
            Some(row.to_string() + "\n")
        })
        .collect()
}

/// The same from the lines of `casemate paths --format jsonl`; lines of other kinds are left out.
#[must_use]
pub fn paths_for_scorer(lines: &str) -> String {
    lines
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|line| line["type"] == "path")
        .map(|line| json!({"path": line["steps"], "pattern": line["pattern"]}).to_string() + "\n")
        .collect()
}

/// Scores findings and paths (the program's JSON lines) against the truth; `rules` are those of the proxy that they were made
/// behind. None where there is no Python or no `../shared`.
///
/// # Panics
/// Where the scorer fails.
#[must_use]
pub fn score(lines: &str, truth: &Path, rules: Option<&Path>) -> Option<Score> {
    python()?;
    estates()?;
    let directory = tempfile::tempdir().unwrap();
    let (findings, out) = (directory.path().join("findings.jsonl"), directory.path().join("score.json"));
    fs::write(&findings, for_scorer(lines, truth) + &paths_for_scorer(lines)).unwrap();
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let mut args =
        vec!["--truth".into(), path(truth), "--findings".into(), path(&findings), "--json".into(), path(&out)];
    args.push("--verbose".into());
    if let Some(rules) = rules {
        args.extend(["--denied".into(), path(rules)]);
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    // Its exit status speaks of attack paths too, so only its figures count.
    let (_, text) = script("score.py", &args);
    let figures = fs::read(&out).unwrap_or_else(|_| panic!("the scorer failed: {text}"));
    Some(Score { text, figures: serde_json::from_slice(&figures).unwrap() })
}
