//! A real docker-registry, and the tools that push to it.
use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

/// The user that a registry with [`Security::Basic`] knows, and the password.
pub const REGISTRY_USER: (&str, &str) = ("puller", "s3cret-pw");
/// bcrypt of the password, which is all that docker-registry takes.
const BCRYPT: &str = "$2y$05$abcdefghijklmnopqrstuuzSvhclVSvY9ufOheOOhcPviTPFJlqIC";

/// How a registry is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// In the clear, by anybody.
    Plain,
    /// By TLS, with a certificate of an authority made for the test.
    Tls,
    /// By TLS, with a user and a password.
    Basic,
}

/// A real docker-registry on loopback, on a port that the kernel chose; it ends on drop.
#[derive(Debug)]
pub struct Registry {
    child: Child,
    security: Security,
    address: String,
    directory: TempDir,
}

/// Whether a program can be started; says which cannot.
#[must_use]
pub fn have(programs: &[&str]) -> bool {
    let missing: Vec<&str> = programs
        .iter()
        .copied()
        .filter(|program| {
            let found = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
            found.is_err()
        })
        .collect();
    if !missing.is_empty() {
        eprintln!("skipped: {} cannot be started; ./test installs it on Debian as root", missing.join(", "));
    }
    missing.is_empty()
}

/// Runs a program to its end and gives what it wrote.
///
/// # Panics
/// Where it fails.
pub fn run(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).stdin(Stdio::null()).output().unwrap();
    let (out, error) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program} {}: {}\n{out}{error}", args.join(" "), output.status);
    out.into_owned()
}

impl Registry {
    /// Starts one; none (with a printed reason) where docker-registry, skopeo or openssl is not installed.
    ///
    /// # Panics
    /// Where they are there and it does not start.
    #[must_use]
    pub fn start(security: Security) -> Option<Self> {
        if !have(&["docker-registry", "skopeo", "openssl"]) {
            return None;
        }
        let directory = tempfile::tempdir().unwrap();
        let path = |name: &str| directory.path().join(name).display().to_string();
        let mut config = format!(
            "version: 0.1\nlog: {{level: info}}\nstorage:\n  filesystem: {{rootdirectory: {}}}\nhttp:\n  addr: 127.0.0.1:0\n",
            path("data")
        );
        if security != Security::Plain {
            certificates(directory.path());
            config += &format!("  tls: {{certificate: {}, key: {}}}\n", path("server.pem"), path("server.key"));
        }
        if security == Security::Basic {
            fs::write(path("htpasswd"), format!("{}:{BCRYPT}\n", REGISTRY_USER.0)).unwrap();
            config += &format!("auth:\n  htpasswd: {{realm: test, path: {}}}\n", path("htpasswd"));
        }
        fs::write(path("config.yml"), config).unwrap();
        let mut child = Command::new("docker-registry")
            .args(["serve", &path("config.yml")])
            .env("OTEL_TRACES_EXPORTER", "none")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It logs the port that the kernel gave it; end of file means that it died.
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let mut seen = Vec::new();
        let address = lines.by_ref().find_map(|line| {
            let rest = line.split_once("listening on ").map(|(_, rest)| rest.to_owned());
            seen.push(line);
            let rest = rest?;
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ':')).unwrap_or(rest.len());
            Some(rest[..end].to_owned())
        });
        let address = address.unwrap_or_else(|| panic!("docker-registry did not start: {}", seen.join("\n")));
        // Its later lines are read so that its pipe never fills.
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self { child, security, address, directory })
    }

    /// `127.0.0.1:PORT`.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The authority that signed its certificate.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.directory.path().join("ca.pem")
    }

    /// Where it keeps the blobs; for tests that damage them.
    #[must_use]
    pub fn blob(&self, digest: &str) -> PathBuf {
        let hex = digest.trim_start_matches("sha256:");
        self.directory.path().join(format!("data/docker/registry/v2/blobs/sha256/{}/{hex}/data", &hex[..2]))
    }

    /// Pushes what skopeo calls `source` (`oci:DIR:TAG`) as `name`.
    pub fn push(&self, source: &str, name: &str) {
        let to = format!("docker://{}/{name}", self.address);
        let user = format!("{}:{}", REGISTRY_USER.0, REGISTRY_USER.1);
        let mut args = vec!["copy", "--insecure-policy", "--all", "--dest-tls-verify=false"];
        if self.security == Security::Basic {
            args.extend(["--dest-creds", &user]);
        }
        args.extend([source, &to]);
        run("skopeo", &args);
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// `ca.pem`, and `server.pem` with `server.key` for loopback, which it signed.
fn certificates(directory: &Path) {
    let path = |name: &str| directory.join(name).display().to_string();
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    let (ca, ca_key, request, server_key) = (path("ca.pem"), path("ca.key"), path("server.csr"), path("server.key"));
    let mut args = vec!["req", "-x509", "-days", "2", "-subj", "/CN=test authority", "-out", &ca, "-keyout", &ca_key];
    args.extend(key);
    run("openssl", &args);
    let mut args = vec!["req", "-subj", "/CN=localhost", "-out", &request, "-keyout", &server_key];
    args.extend(key);
    run("openssl", &args);
    fs::write(directory.join("server.ext"), "subjectAltName=IP:127.0.0.1,DNS:localhost\nbasicConstraints=CA:FALSE\n")
        .unwrap();
    let (extensions, certificate) = (path("server.ext"), path("server.pem"));
    run(
        "openssl",
        &[
            "x509",
            "-req",
            "-days",
            "2",
            "-in",
            &request,
            "-CA",
            &ca,
            "-CAkey",
            &ca_key,
            "-CAcreateserial",
            "-extfile",
            &extensions,
            "-out",
            &certificate,
        ],
    );
}
