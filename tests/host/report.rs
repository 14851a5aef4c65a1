//! The HTML report in a real browser.
use casemate_testkit::{Browser, Casemate, ScratchRoot};
use serde_json::json;

#[test]
fn the_report_is_readable_in_a_browser_and_asks_nothing_of_the_network() {
    let casemate = Casemate::new();
    let report = casemate.directory().join("report.html");
    let outcome = casemate.run(&["scan", "--format", "html", "--out", report.to_str().unwrap()]);
    assert!(matches!(outcome.status, 0 | 3), "{}", outcome.stderr);
    let Some(browser) = Browser::start() else { return };
    let findings = casemate.lines(&["findings", "--format", "jsonl"]);
    let failing = findings.iter().filter(|f| f["state"] == "fail").count();

    for (width, height, dark, name) in
        [(1280, 1800, false, "desk-light"), (1280, 1800, true, "desk-dark"), (390, 1800, false, "phone")]
    {
        browser.emulate(width, height, dark);
        browser.open(&report);
        let shown = browser.script("return document.querySelectorAll('#findings tbody tr:not([hidden])').length");
        assert_eq!(shown, json!(failing), "{name}: failures are shown first");
        let wide = browser.script("return document.documentElement.scrollWidth > document.documentElement.clientWidth");
        assert_eq!(wide, json!(false), "{name}: nothing sticks out sideways");
        browser.screenshot(&casemate.directory().join(format!("{name}.png")));
        if let Some(directory) = std::env::var_os("CASEMATE_SCREENSHOTS") {
            browser.screenshot(&std::path::Path::new(&directory).join(format!("{name}.png")));
        }
    }

    browser.emulate(1280, 1000, false);
    browser.open(&report);
    // A person filters by a word, opens the first finding, reads it and closes it.
    browser.script(
        "const q = document.getElementById('q'); q.value = 'sysctl'; q.dispatchEvent(new Event('input', {bubbles: true}));",
    );
    let all = browser.script("return [...document.querySelectorAll('#findings tbody tr:not([hidden])')].every(r => r.textContent.includes('sysctl'))");
    assert_eq!(all, json!(true), "the search hides what does not match");
    browser.script("document.querySelector('#findings tbody tr:not([hidden]) button').click()");
    let sheet = browser.script("const s = document.getElementById('sheet'); return [s.open, s.textContent]");
    assert_eq!(sheet[0], json!(true), "a click opens the side sheet");
    for part in ["What was found", "What to do", "resource", "host.sysctl."] {
        assert!(sheet[1].as_str().unwrap().contains(part), "the sheet has {part}: {sheet}");
    }
    browser.script("document.getElementById('s-close').click()");
    assert_eq!(browser.script("return document.getElementById('sheet').open"), json!(false));
    browser.script("document.querySelector('[type=reset]').click()");

    let messages = browser.log("browser");
    assert!(messages.is_empty(), "the console is quiet, and the content security policy holds: {messages:?}");
    for entry in browser.log("performance") {
        let text = entry["message"].as_str().unwrap_or_default();
        let message: serde_json::Value = serde_json::from_str(text).unwrap();
        if message["message"]["method"] == "Network.requestWillBeSent" {
            let url = message["message"]["params"]["request"]["url"].as_str().unwrap();
            // The browser's own first page is `chrome:`; nothing of it leaves the machine.
            let stays = ["file://", "data:", "chrome:"].iter().any(|scheme| url.starts_with(scheme));
            assert!(stays, "a request went out: {url}");
        }
    }
}

#[test]
fn the_report_prints_and_names_of_the_host_are_only_text() {
    let Some(browser) = Browser::start() else { return };
    let root = ScratchRoot::new();
    let name = "<img src=x onerror=alert(1)>";
    root.append("etc/passwd", &format!("{name}:x:0:0::/home/evil:/bin/bash\n"));
    root.append("etc/shadow", &format!("{name}::19700:0:99999:7:::\n"));
    let casemate = Casemate::new();
    let report = casemate.directory().join("report.html");
    let outcome = casemate.run(&["scan", "--root", root.path(), "--format", "html", "--out", report.to_str().unwrap()]);
    assert!(matches!(outcome.status, 0 | 3), "{}", outcome.stderr);

    browser.emulate(1280, 1000, false);
    browser.open(&report);
    let _ = browser.script(
        "const q = document.getElementById('q'); q.value = 'onerror'; q.dispatchEvent(new Event('input', {bubbles: true}));",
    );
    let rows = "[...document.querySelectorAll('#findings tbody tr:not([hidden])')]";
    let shown = browser.script(&format!("return {rows}.map(row => row.textContent).join('\\n')"));
    assert!(shown.as_str().unwrap().contains(name), "the name is there to be read: {shown}");
    let _ = browser.script(&format!("{rows}.forEach(row => row.querySelector('button').click())"));
    assert_eq!(browser.script("return document.getElementById('sheet').open"), json!(true));
    assert_eq!(browser.script("return document.querySelectorAll('img').length"), json!(0), "but is no element");
    assert!(browser.log("browser").is_empty(), "and nothing ran, nor was anything refused");
    let _ = browser.script("document.getElementById('s-close').click()");
    let _ = browser.script("document.querySelector('[type=reset]').click()");

    browser.emulate_print();
    let display = |element: &str| {
        browser.script(&format!("return getComputedStyle(document.querySelector('{element}')).display"))
    };
    for element in [".filters", "dialog"] {
        assert_eq!(display(element), json!("none"), "{element} is of no use on paper");
    }
    assert_ne!(display("#findings"), json!("none"), "the findings are on it");
    let wide = browser.script("return document.documentElement.scrollWidth > document.documentElement.clientWidth");
    assert_eq!(wide, json!(false), "nothing is cut off at the edge of A4");
    assert!(browser.print().starts_with(b"%PDF-"), "and it prints");
}
