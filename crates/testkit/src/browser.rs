use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// Real Chromium behind a real chromedriver (W3C WebDriver), on loopback and a free port; both end on drop.
#[derive(Debug)]
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// Starts both; none (with a printed reason) where they are not installed.
    ///
    /// # Panics
    /// Where they are there and do not start.
    #[must_use]
    pub fn start() -> Option<Self> {
        let started = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut driver = match started {
            Ok(driver) => driver,
            Err(error) => {
                eprintln!("skipped: chromedriver cannot be started ({error}); ./test installs it on Debian as root");
                return None;
            }
        };
        // chromedriver prints the port that the kernel gave it; end of file means that it died.
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok())
            .expect("chromedriver names its port");
        // Its later lines are read so that its pipe never fills.
        std::thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().unwrap();
        let mut browser = Self { driver, port, session: String::new(), _profile: profile };
        let profile_argument = format!("--user-data-dir={}", browser._profile.path().display());
        let answer = browser.call("POST", "/session", &json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "goog:chromeOptions": {"args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                "--hide-scrollbars", profile_argument,
            ]},
        }}}));
        browser.session = answer["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {answer}")).to_owned();
        Some(browser)
    }

    /// Opens a file.
    pub fn open(&self, path: &Path) {
        self.command("POST", "/url", &json!({"url": format!("file://{}", path.display())}));
    }

    /// Sets the size of the window and whether the system prefers dark colours.
    pub fn emulate(&self, width: u32, height: u32, dark: bool) {
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            &json!({
                "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
            }),
        );
        let scheme = if dark { "dark" } else { "light" };
        self.cdp(
            "Emulation.setEmulatedMedia",
            &json!({"media": "", "features": [{"name": "prefers-color-scheme", "value": scheme}]}),
        );
    }

    /// Lays the page out for paper, until [`Browser::emulate`] is called again; 794 pixels are the width of A4.
    pub fn emulate_print(&self) {
        self.emulate(794, 1123, false);
        self.cdp("Emulation.setEmulatedMedia", &json!({"media": "print"}));
    }

    /// The page as a PDF.
    ///
    /// # Panics
    /// Where the browser cannot print.
    #[must_use]
    pub fn print(&self) -> Vec<u8> {
        base64(self.command("POST", "/print", &json!({})).as_str().unwrap())
    }

    /// Runs a script in the page and gives what it returns.
    pub fn script(&self, script: &str) -> Value {
        self.command("POST", "/execute/sync", &json!({"script": script, "args": []}))
    }

    /// A PNG of what is visible, written to `path`.
    pub fn screenshot(&self, path: &Path) {
        let png = self.command("GET", "/screenshot", &Value::Null);
        std::fs::write(path, base64(png.as_str().unwrap())).unwrap();
    }

    /// Messages of the page's console, and every request that was made.
    #[must_use]
    pub fn log(&self, kind: &str) -> Vec<Value> {
        self.command("POST", "/se/log", &json!({"type": kind})).as_array().cloned().unwrap_or_default()
    }

    fn cdp(&self, command: &str, params: &Value) {
        self.command("POST", "/goog/cdp/execute", &json!({"cmd": command, "params": params}));
    }

    fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        self.call(method, &format!("/session/{}{path}", self.session), body)
    }

    /// One request of the WebDriver protocol; the answer's `value`.
    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let body = if method == "GET" { String::new() } else { body.to_string() };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.port,
            body.len()
        )
        .unwrap();
        let mut answer = Vec::new();
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        reader.take(length).read_to_end(&mut answer).unwrap();
        let mut answer: Value = serde_json::from_slice(&answer).unwrap();
        let value = answer["value"].take();
        assert!(value.get("error").is_none(), "{method} {path}: {value}");
        value
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            self.command("DELETE", "", &json!({}));
        }
        // It may have ended by itself; either way it is reaped.
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}

/// RFC 4648 base 64, as WebDriver sends pictures.
fn base64(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    out
}
