(() => {
  "use strict";
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const rows = Array.from(document.querySelectorAll("#findings tbody tr"));
  const text = data.map((f) => [f.title, f.check, f.resource.id, f.resource.name, f.reason, f.id, f.attack.join(" "),
    Object.entries(f.frameworks).map(([k, v]) => v.map((c) => k + " " + c).join(" ")).join(" ")].join("\n").toLowerCase());
  const selects = { state: $("f-state"), severity: $("f-severity"), area: $("f-area"), status: $("f-status") };

  function apply() {
    const words = $("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, i) => {
      let ok = words.every((w) => text[i].includes(w));
      for (const [key, select] of Object.entries(selects)) ok = ok && (!select.value || row.dataset[key] === select.value);
      row.hidden = !ok;
      if (ok) shown += 1;
    });
    $("shown").textContent = shown + " of " + rows.length;
    $("none").hidden = shown !== 0;
  }

  function element(tag, content, name) {
    const e = document.createElement(tag);
    if (content !== undefined && content !== null) e.textContent = content;
    if (name) e.className = name;
    return e;
  }

  // What stands between backticks is code; all of it stays text.
  function marked(tag, text) {
    const e = element(tag);
    const parts = text.split("`");
    parts.forEach((part, i) => {
      const closed = i % 2 === 1 && i < parts.length - 1;
      e.append(closed ? element("code", part) : (i % 2 === 1 ? "`" : "") + part);
    });
    return e;
  }

  function section(body, title, ...children) {
    body.append(element("h3", title), ...children);
  }

  function open(i) {
    const f = data[i];
    const body = $("s-body");
    body.replaceChildren();
    $("s-title").textContent = f.title;
    const facts = element("dl");
    const fact = (k, v) => { if (v !== null && v !== undefined && v !== "") facts.append(element("dt", k), element("dd", String(v))); };
    fact("state", f.state.replace("_", " "));
    fact("severity", f.severity);
    if (f.state === "fail") fact("risk", f.risk + " of 100");
    fact("life", f.status === "none" ? "" : f.status);
    fact("resource", f.resource.id);
    fact("check", f.check);
    fact("finding", f.id);
    fact("first seen", f.first_seen);
    fact("last seen", f.last_seen);
    fact("open since", f.opened_at);
    fact("resolved", f.resolved_at);
    body.append(facts);
    if (f.description) section(body, "Why it matters", element("p", f.description));
    if (f.reason) section(body, "What was found", element("p", f.reason));
    const remediation = [marked("p", f.remediation.text)];
    if (f.remediation.command) {
      const pre = element("pre", f.remediation.command);
      const copy = element("button", "Copy command", "copy");
      copy.type = "button";
      copy.addEventListener("click", () => {
        const done = () => { copy.textContent = "Copied"; };
        if (navigator.clipboard && navigator.clipboard.writeText) navigator.clipboard.writeText(f.remediation.command).then(done, select);
        else select();
        function select() { getSelection().selectAllChildren(pre); copy.textContent = "Selected: press Ctrl-C"; }
      });
      remediation.push(pre, copy);
    }
    section(body, "What to do", ...remediation);
    if (f.evidence.length) section(body, "Evidence", ...f.evidence.map((e) => element("pre", JSON.stringify(e, null, 2))));
    const chips = element("div", null, "chips");
    for (const [framework, controls] of Object.entries(f.frameworks)) for (const control of controls) chips.append(element("span", framework.replaceAll("_", " ") + " " + control));
    for (const technique of f.attack) chips.append(element("span", "ATT&CK " + technique));
    if (chips.childNodes.length) section(body, "Maps to", chips);
    if (f.exemption) section(body, "Exempted", element("pre", JSON.stringify(f.exemption, null, 2)));
    if (f.suppression) section(body, "Suppressed", element("pre", JSON.stringify(f.suppression, null, 2)));
    $("sheet").showModal();
    $("sheet").scrollTop = 0;
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) { open(Number(opener.dataset.open)); return; }
    for (const key of Object.keys(selects)) {
      const setter = event.target.closest("[data-set-" + key + "]");
      if (!setter) continue;
      const value = setter.getAttribute("data-set-" + key);
      for (const select of Object.values(selects)) select.value = "";
      $("q").value = "";
      selects[key].value = value;
      if (key !== "state" && key !== "status") selects.state.value = "fail";
      apply();
      $("h-findings").scrollIntoView({ behavior: "smooth" });
      return;
    }
    if (event.target.id === "clear") { $("filters").reset(); }
    if (event.target.id === "s-close" || event.target === $("sheet")) $("sheet").close();
  });
  $("filters").addEventListener("input", apply);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => requestAnimationFrame(() => { for (const select of Object.values(selects)) select.value = ""; apply(); }));
  apply();
})();
