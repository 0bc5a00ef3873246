// The text, its line numbers, its faults and its versions: shared by scenarios and rubrics.
// What people wrote is set as text, never as HTML.
const name = asked("name") ?? "";
const here = `${element.querySelector("[data-start]") ? "scenario" : "rubric"}.${name}`;
const beside = `kefu.studio.${here}`;
const text = $("text");
const narrow = window.matchMedia("(max-width: 760px)");
let at = { saved: "", basis: 0, newest: 0, used: null };
let faults = [], tab = "faults", keptText = "", known = null, lastLine = 0;
const panels = { faults: drawFaults, help: drawHelp };
const afterCheck = [];

function banner(words) {
  $("banner").textContent = words ?? "";
  $("banner").hidden = !words;
}
function state(words, kind) {
  $("state").textContent = words;
  $("state").className = `st-state ${kind ?? ""}`;
}
const changed = () => text.value !== at.saved;
function buttons() {
  $("discard").hidden = !changed();
  $("save").disabled = !changed() && at.newest > 0;
  $("publish").disabled = changed() || at.newest === 0 || at.newest === at.used;
  $("publish").textContent = at.newest && at.newest !== at.used ? fill(L.publish_n, { n: at.newest }) : L.publish;
  $("publish").title = changed() ? L.save_first : "";
}

// --- opening and keeping

function show(found) {
  at = { saved: found.saved, basis: found.basis, newest: found.newest, used: found.used };
  $("name").textContent = found.name;
  $("used").textContent = found.used ? fill(L.in_use, { n: found.used }) : L[`origin_${found.origin}`];
  $("newest").hidden = !found.newest || found.newest === found.used;
  $("newest").textContent = fill(L.newest, { n: found.newest });
  if (text.value !== found.text) text.value = found.text;
  keptText = found.text;
  if (changed()) state(found.begun_at ? fill(L.kept_at, { at: found.begun_at }) : L.changed, "st-open");
  else state(found.newest ? fill(L.same, { n: found.newest }) : L.untouched);
  $("history").href = `/teach/versions?kind=${here.split(".")[0]}&name=${encodeURIComponent(found.name)}`;
  gutter();
  buttons();
}

async function open() {
  const found = await server.open({ name });
  if (found.refused) { banner(found.refused); text.readOnly = true; return; }
  const local = window.localStorage.getItem(beside);
  show(found);
  if (local !== null && local !== found.text) {
    text.value = local;
    changedNow();
  }
  check();
}

let keeping = null, keepTimer = 0, keepAgain = false;
async function keep() {
  window.clearTimeout(keepTimer);
  if (keeping) { keepAgain = true; return keeping; }
  const sent = text.value;
  if (sent === keptText) return null;
  keeping = (async () => {
    try {
      const answer = await server.draft({ name, text: sent, saved: at.saved, basis: at.basis });
      if (answer.refused) { state(answer.refused, "st-bad"); return; }
      keptText = sent;
      if (text.value === sent) {
        window.localStorage.removeItem(beside);
        state(answer.at ? fill(L.kept_at, { at: answer.at }) : fill(at.newest ? L.same : L.untouched, { n: at.newest }), answer.at ? "st-open" : "");
      }
    } catch {
      state(L.not_kept, "st-bad");
      keepTimer = window.setTimeout(keep, 4000);
    }
  })();
  await keeping;
  keeping = null;
  if (keepAgain) { keepAgain = false; await keep(); }
  return null;
}

function changedNow() {
  try { window.localStorage.setItem(beside, text.value); } catch { /* full: the server keeps it */ }
  state(L.unkept, "st-open");
  gutter();
  buttons();
  window.clearTimeout(keepTimer);
  keepTimer = window.setTimeout(keep, 1200);
  soon();
}
text.addEventListener("input", changedNow);
window.addEventListener("beforeunload", (event) => {
  if (text.value !== keptText && !text.readOnly) event.preventDefault();
});

async function save() {
  banner("");
  $("save").disabled = true;
  try {
    await keep();
    const answer = await server.save({ name, text: text.value, basis: at.basis, remark: $("remark").value });
    if (answer.refused) { banner(answer.refused); buttons(); return; }
    window.localStorage.removeItem(beside);
    $("remark").value = "";
    show(answer);
  } catch { banner(L.cut_off); }
  buttons();
}
$("save").onclick = save;

async function publish() {
  banner("");
  const number = at.newest;
  $("publish").disabled = true;
  try {
    for (;;) {
      const answer = await server.publish({ name, number });
      if (answer.all) {
        state(fill(L.checking, { done: answer.done, all: answer.all }), "st-open");
        await new Promise((resolve) => window.setTimeout(resolve, 1000));
        continue;
      }
      if (answer.refused) {
        banner(answer.refused);
        if (answer.faults) { faults = answer.faults; choose("faults"); }
        state(fill(L.same, { n: number }));
      } else {
        show(answer);
        state(fill(L.published, { n: number }), "st-fine");
        check();
      }
      break;
    }
  } catch { banner(L.cut_off); }
  buttons();
}
$("publish").onclick = publish;
$("discard").onclick = async () => {
  if (!window.confirm(L.discard_sure)) return;
  try {
    const found = await server.discard({ name });
    window.localStorage.removeItem(beside);
    if (found.refused) { window.location.assign("/teach"); return; }
    show(found);
    check();
  } catch { banner(L.cut_off); }
};

// --- line numbers

let drawn = "";
function gutter() {
  const count = text.value.split("\n").length;
  const bad = new Set(faults.map((one) => one.line));
  const key = `${count}:${[...bad]}`;
  if (key !== drawn) {
    drawn = key;
    const lines = [];
    for (let n = 1; n <= count; n += 1) lines.push(make("span", bad.has(n) ? "st-wrong" : "", String(n)));
    $("gutter").replaceChildren(...lines);
  }
  $("gutter").scrollTop = text.scrollTop;
}
text.addEventListener("scroll", () => { $("gutter").scrollTop = text.scrollTop; });
function jump(line) {
  if (!line) return;
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  const height = parseFloat(getComputedStyle(text).lineHeight);
  text.scrollTop = Math.max(0, (line - 5) * height);
  text.scrollLeft = 0;
}
const caret = () => text.value.slice(0, text.selectionStart).split("\n").length;

// --- checking

let checking = false, checkTimer = 0, checkAgain = false;
function soon() {
  window.clearTimeout(checkTimer);
  checkTimer = window.setTimeout(check, 700);
}
async function check() {
  if (checking) { checkAgain = true; return; }
  checking = true;
  try {
    known = await server.check({ name, text: text.value, variant: Number($("variant")?.value ?? 0) });
    faults = known.faults ?? [];
    for (const after of afterCheck) after(known);
    gutter();
    draw();
  } catch { $("count").textContent = "?"; }
  checking = false;
  if (checkAgain) { checkAgain = false; soon(); }
}

function drawFaults(place) {
  if (!known) { place.append(make("p", "st-quiet", L.checking_text)); return; }
  if (!faults.length) { place.append(make("p", "st-fine", L.no_faults)); return; }
  const list = make("ol", "st-faults");
  for (const one of faults) {
    const row = make("li");
    const go = button("st-fault", undefined, () => jump(one.line));
    go.append(make("b", "", one.line ? fill(L.line, { n: one.line }) : L.whole), make("code", "", one.text), make("span", "", one.cure));
    row.append(go);
    list.append(row);
  }
  place.append(list);
}

let helpShown = null;
async function drawHelp(place) {
  const line = caret();
  const asked = `${line}:${text.value.length}`;
  if (helpShown?.asked !== asked) {
    try { helpShown = { asked, ...(await server.help({ name, text: text.value, line })) }; } catch { return; }
    if (tab !== "help") return;
    place.replaceChildren();
  }
  place.append(make("p", "st-quiet", fill(helpShown.where ? L.help_in : L.help_top, { line, where: helpShown.where })));
  const list = make("dl", "st-help");
  const keys = [...helpShown.keys].sort((a, b) => (b.name === helpShown.here) - (a.name === helpShown.here));
  for (const one of keys) {
    const term = make("dt", one.name === helpShown.here ? "st-here" : "");
    term.append(make("code", "", one.name));
    if (one.needed) term.append(make("small", "", L.needed));
    const means = make("dd", "", one.meaning);
    if (one.choices.length) means.append(make("small", "", one.choices.join(" · ")));
    list.append(term, means);
  }
  place.append(list);
}

// --- the tabs below

function draw() {
  $("count").textContent = faults.length || "";
  $("count").className = faults.length ? "st-count" : "";
  for (const one of element.querySelectorAll("[data-tab]")) {
    one.setAttribute("aria-selected", String(one.dataset.tab === tab));
    one.tabIndex = one.dataset.tab === tab ? 0 : -1;
  }
  $("below").setAttribute("aria-labelledby", `st-tab-${tab}`);
  $("below").replaceChildren();
  panels[tab]($("below"));
}
function choose(which) { tab = which; draw(); }
const tabs = [...element.querySelectorAll("[data-tab]")];
for (const one of tabs) {
  one.onclick = () => choose(one.dataset.tab);
  one.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(one) + step + tabs.length) % tabs.length];
    choose(next.dataset.tab);
    next.focus();
  };
}
document.addEventListener("selectionchange", () => {
  if (document.activeElement !== text || tab !== "help" || caret() === lastLine) return;
  lastLine = caret();
  draw();
});

// --- keys: none fires during a composition

text.addEventListener("keydown", (event) => {
  if (composing(event) || event.key !== "Enter" || event.ctrlKey || event.metaKey || event.shiftKey || text.readOnly) return;
  const before = text.value.slice(0, text.selectionStart);
  const indent = before.slice(before.lastIndexOf("\n") + 1).match(/^ */)[0];
  if (!indent) return;
  event.preventDefault();
  document.execCommand("insertText", false, `\n${indent}`);
});
element.addEventListener("keydown", (event) => {
  if (composing(event) || !(event.ctrlKey || event.metaKey)) return;
  if (event.key.toLowerCase() === "s") {
    event.preventDefault();
    keep();
  } else if (event.key === "Enter") {
    event.preventDefault();
    tryNow();
  }
});

function fit() {
  text.readOnly = narrow.matches;
}
narrow.addEventListener("change", fit);
fit();
