use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// The built program with a store of its own, which goes with it.
#[derive(Debug)]
pub struct Casemate {
    directory: TempDir,
}

/// What a run gave.
#[derive(Debug)]
pub struct Outcome {
    /// Exit status.
    pub status: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Default for Casemate {
    fn default() -> Self {
        Self::new()
    }
}

impl Casemate {
    /// A program with an empty store.
    ///
    /// # Panics
    /// Where the program was not built: `cargo build -p casemate` makes it.
    #[must_use]
    pub fn new() -> Self {
        let path = Self::path();
        assert!(path.exists(), "{} is missing: run `cargo build -p casemate` first", path.display());
        Self { directory: tempfile::tempdir().unwrap() }
    }

    /// The program that lies beside the test programs in cargo's target directory.
    #[must_use]
    pub fn path() -> PathBuf {
        let test = std::env::current_exe().unwrap();
        // target/debug/deps/TEST → target/debug/casemate
        test.parent().and_then(Path::parent).unwrap().join("casemate")
    }

    /// A directory for the test's own files.
    #[must_use]
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The store's file.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.directory.path().join("store/casemate.db")
    }

    /// The vulnerability database's file; there is none before `db update`.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.directory.path().join("store/vulnerabilities.db")
    }

    /// Writes `documents` (file name and text) and builds the vulnerability database from them.
    ///
    /// # Panics
    /// Where it could not be built, or a document could not be read.
    pub fn advisories(&self, documents: &[(&str, &str)]) {
        let directory = self.directory.path().join("advisories");
        for (name, text) in documents {
            let path = directory.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let outcome = self.run(&["db", "update", "--from", directory.to_str().unwrap()]);
        assert_eq!(outcome.status, 0, "{}{}", outcome.stdout, outcome.stderr);
    }

    /// The command with its store, without input, colour or a width of a terminal.
    #[must_use]
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(Self::path());
        command
            .args(args)
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("HOME", self.directory.path())
            .env("CASEMATE_STORE", self.store())
            .env("CASEMATE_DB", self.database())
            .env("CASEMATE_CACHE", self.directory.path().join("cache"))
            .stdin(Stdio::null());
        command
    }

    /// Runs it to its end.
    #[must_use]
    pub fn run(&self, args: &[&str]) -> Outcome {
        Outcome::of(self.command(args).output().unwrap())
    }

    /// Runs it to its end, or kills it after a minute: what hangs is a failure, not a wait without end.
    ///
    /// # Panics
    /// Where it had to be killed.
    #[must_use]
    pub fn run_bounded(&self, args: &[&str]) -> Outcome {
        let mut command = Command::new("timeout");
        let plain = self.command(args);
        command.args(["--signal=KILL", "60"]).arg(plain.get_program()).args(plain.get_args()).env_clear();
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?)))).stdin(Stdio::null());
        let output = command.output().unwrap();
        // timeout(1): 137 where it had to kill.
        assert_ne!(output.status.code(), Some(137), "killed after 60 s: {args:?}");
        Outcome::of(output)
    }

    /// A golden file's text: the command, its exit status and both streams; the test's own directory is `$TMP`.
    #[must_use]
    pub fn transcript(&self, args: &[&str]) -> String {
        let outcome = self.run(args);
        let text = format!(
            "$ casemate {}\nexit: {}\nstdout:\n{}stderr:\n{}",
            args.join(" "),
            outcome.status,
            outcome.stdout,
            outcome.stderr
        );
        let directory = self.directory.path().to_string_lossy().into_owned();
        text.replace(&directory, "$TMP")
    }

    /// Runs it and takes each line of its output as JSON.
    #[must_use]
    pub fn lines(&self, args: &[&str]) -> Vec<Value> {
        self.run(args).lines()
    }
}

impl Outcome {
    /// Takes what a process gave; a process that a signal ended panics the test.
    #[must_use]
    pub fn of(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or_else(|| panic!("ended by a signal: {:?}", output.status)),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Standard output, each line as JSON.
    #[must_use]
    pub fn lines(&self) -> Vec<Value> {
        self.stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}\n{}", self.stderr)))
            .collect()
    }
}
