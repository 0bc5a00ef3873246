// The practice page. Everything that comes from people is set as text, never as HTML.
const seat = props.seat ?? null; // one of several customers: the clock and the rail are the shift's
const number = seat ? seat.p : Number(asked("id"));
const minutes = (ms) => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

const list = $("messages"), box = $("composer"), send = $("send"), note = $("note");
let frame = null, view = null, seen = 0, panel = "order", busy = false, dueTimer = 0, draftTimer = 0;

// --- the clock of this conversation: it stands still while paused or cut off
let base = 0, since = null;
const clock = () => seat ? seat.clock() : Math.round(base + (since === null ? 0 : performance.now() - since));
const run = () => { if (since === null) since = performance.now(); };
const halt = () => { base = clock(); since = null; };
const setClock = (now) => { if (seat) seat.reach(now); else if (now > clock() || clock() - now > 4000) { base = now; if (since !== null) since = performance.now(); } };
let paused = false, cut = false;
const held = new Set(); // why time stands still: something is being read
const mayRun = () => !(seat ? seat.paused() : paused) && !cut && !held.size && view && view.state === "open";
function hold(why) {
  if (!view || view.mode === "exam" || seat) return;
  held.add(why);
  halt();
  window.clearTimeout(dueTimer);
  tick();
}
function release(why) {
  held.delete(why);
  if (mayRun()) { run(); plan(); }
  tick();
}

async function call(name, more = {}) {
  const answer = await server[name]({ p: number, clock: clock(), since: seen, ...more });
  if (cut) { cut = false; banner(""); seat?.cut(false); }
  return answer;
}

function banner(text, action, label) {
  const place = $("banner");
  place.replaceChildren();
  place.hidden = !text;
  if (!text) return;
  place.append(make("span", "", text));
  if (action) {
    const button = make("button", "kf-small", label);
    button.type = "button";
    button.onclick = action;
    place.append(button);
  }
}

function lost() {
  if (!cut) { halt(); cut = true; seat?.cut(true); }
  banner(view?.mode === "exam" ? L.cut_off_exam : L.cut_off);
  window.setTimeout(look, 2000);
}

// --- what is shown
function take(answer) {
  if (!answer) return;
  if (answer.refused) { banner(answer.refused); if (!answer.messages) return; }
  view = answer;
  setClock(answer.now);
  const near = list.scrollHeight - list.scrollTop - list.clientHeight < 160;
  let came = false;
  for (const one of answer.messages) {
    if (one.n < seen) continue;
    bubble(one);
    seen = one.n + 1;
    came ||= one.who === "customer";
  }
  $("typing").hidden = !answer.typing;
  pin();
  limits();
  openPanel(panel, false);
  coach();
  if (near || came) list.scrollTop = list.scrollHeight;
  if (answer.state !== "open") ended(); else if (mayRun()) { run(); plan(); } else halt();
  tick();
  seat?.changed(view, answer.messages);
}

// What waits for an answer stands above the composer whenever it is scrolled out of sight.
function pin() {
  const place = $("pinned"), rows = list.querySelectorAll(".kf-customer"), last = rows[rows.length - 1];
  const waits = view && view.state === "open" && view.waiting !== null && last;
  const out = waits && last.getBoundingClientRect().bottom > list.getBoundingClientRect().bottom + 8;
  place.hidden = !out;
  if (out) place.textContent = last.querySelector(".kf-bubble").textContent;
}
list.addEventListener("scroll", pin);

function plan() {
  window.clearTimeout(dueTimer);
  if (view.next === null || !mayRun()) return;
  dueTimer = window.setTimeout(look, Math.max(80, view.next - clock() + 20));
}

function bubble(one) {
  const row = make("div", `kf-row kf-${one.who}`);
  row.dataset.n = one.n;
  if (one.who === "action" || one.who === "system") {
    row.append(make("span", one.over_limit ? "kf-deed kf-over" : "kf-deed", one.text + (one.over_limit ? ` · ${L.over_limit}` : "")));
    list.append(row);
    return;
  }
  const who = one.who === "customer" ? frame.customer : one.who === "bot" ? L.bot : one.n < frame.given ? L.colleague : L.you;
  row.append(make("div", "kf-who", `${who} ${one.time}`));
  const body = make("div", "kf-bubble", one.text);
  if (one.picture) {
    const picture = make("button", "kf-picture");
    picture.type = "button";
    const image = make("img");
    image.src = one.picture;
    image.alt = fill(L.picture_alt, { customer: frame.customer });
    picture.append(image);
    picture.onclick = () => enlarge(one.picture, image.alt);
    body.append(picture);
  }
  row.append(body);
  if (one.who === "customer") {
    const flag = make("button", "kf-flag", "⚑");
    flag.type = "button";
    flag.title = L.flag;
    flag.setAttribute("aria-label", L.flag);
    flag.setAttribute("aria-pressed", "false");
    flag.onclick = async () => {
      const on = flag.getAttribute("aria-pressed") !== "true";
      try { await call("flag", { message: one.n, on }); flag.setAttribute("aria-pressed", String(on)); } catch { lost(); }
    };
    row.append(flag);
  }
  list.append(row);
}

function limits() {
  const place = $("limits");
  place.replaceChildren();
  for (const one of view.limits) {
    place.append(make("span", "kf-limit", fill(L[`limit_${one.action}`], { left: one.left, most: one.most })));
  }
}

async function openPanel(name, asked = true) {
  panel = name;
  for (const tab of element.querySelectorAll("[data-tab]")) tab.setAttribute("aria-selected", String(tab.dataset.tab === name));
  const place = $("panel");
  const lines = view.panels[name];
  if (lines === null && asked && view.state === "open") {
    try { take(await call("act", { action: "look_up", data: { what: name } })); } catch { lost(); }
    return;
  }
  place.replaceChildren();
  if (lines === null) place.append(make("p", "kf-quiet", L.not_opened));
  else if (!lines.length) place.append(make("p", "kf-quiet", L.nothing_there));
  else for (const line of lines) place.append(make("p", "", line));
}

function tick() {
  if (!view) return;
  const waits = view.waiting === null || view.state !== "open" ? null : clock() - view.waiting;
  const place = $("clock");
  place.textContent = view.state !== "open" ? L.closed : paused ? L.paused : held.size ? L.reading : waits === null ? L.their_turn : fill(L.waits, { time: minutes(waits) });
  place.className = waits !== null && waits > 120000 ? "kf-late" : waits !== null && waits > 30000 ? "kf-slow" : "";
}
window.setInterval(tick, 1000);

// --- what the agent does
async function look() {
  if (!view || (view.state !== "open")) return;
  try { take(await call("look")); } catch { lost(); }
}

async function say() {
  const text = box.value.trim();
  if (!text || busy || !view || view.state !== "open") return;
  busy = true;
  send.disabled = true;
  try {
    const answer = await call("say", { text });
    if (!answer.refused) { box.value = ""; grow(); keepDraft(""); }
    take(answer);
  } catch { lost(); }
  busy = false;
  send.disabled = false;
  box.focus();
}

async function act(action, data) {
  try {
    const answer = await call("act", { action, data });
    take(answer);
    return !answer.refused;
  } catch { lost(); return false; }
}

function keepDraft(text) {
  window.clearTimeout(draftTimer);
  seat?.drafted(text);
  try { window.localStorage.setItem(`kefu.draft.${number}`, text); } catch { /* private window */ }
  draftTimer = window.setTimeout(() => server.draft({ p: number, text }).catch(() => {}), 700);
}

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(160, box.scrollHeight)}px`;
}

// --- sheets: an amount, a question, an address, the order note, a picture
let sheet = null, afterSheet = null;
function closeSheet() {
  if (!sheet) return false;
  sheet.remove();
  sheet = null;
  box.focus();
  const then = afterSheet;
  afterSheet = null;
  then?.();
  return true;
}

function openSheet(title, ...parts) {
  closeSheet();
  sheet = make("div", "kf-veil");
  const inner = make("div", "kf-sheet");
  inner.setAttribute("role", "dialog");
  inner.setAttribute("aria-modal", "true");
  inner.setAttribute("aria-label", title);
  const head = make("div", "kf-sheet-head");
  const shut = make("button", "kf-small", "✕");
  shut.type = "button";
  shut.setAttribute("aria-label", L.close);
  shut.onclick = closeSheet;
  head.append(make("strong", "", title), shut);
  inner.append(head, ...parts);
  sheet.append(inner);
  sheet.onclick = (event) => { if (event.target === sheet) closeSheet(); };
  element.querySelector(".kf-desk").append(sheet);
  (inner.querySelector("input, textarea") ?? shut).focus();
}

function enlarge(source, words) {
  const image = make("img", "kf-large");
  image.src = source;
  image.alt = words;
  openSheet(words, image);
}

function form(fields, label, done) {
  const place = make("form", "kf-form");
  for (const one of fields) {
    const line = make("label", "", one.label);
    const input = make("input");
    input.name = one.name;
    input.type = one.number ? "number" : "text";
    if (one.number) { input.min = "0.01"; input.step = "0.01"; input.inputMode = "decimal"; }
    input.maxLength = 300;
    input.autocomplete = "off";
    line.append(input);
    if (one.hint) line.append(make("span", "kf-quiet", one.hint));
    place.append(line);
  }
  const button = make("button", "kf-main", label);
  place.append(button);
  place.onsubmit = async (event) => {
    event.preventDefault();
    const values = Object.fromEntries([...new FormData(place)].map(([name, value]) => [name, String(value).trim()]));
    if (Object.values(values).every((value) => !value)) return;
    button.disabled = true;
    if (await done(values)) closeSheet(); else button.disabled = false;
  };
  return place;
}

function amountSheet(action) {
  const limit = view.limits.find((one) => one.action === action);
  const hint = limit ? fill(L[`limit_${action}`], { left: limit.left, most: limit.most }) : L.no_limit;
  openSheet(L[action], form([{ name: "amount", label: fill(L.amount, { currency: frame.currency }), number: true, hint }], L.confirm,
    (values) => act(action, { amount: Number(values.amount) })));
}

const DOES = {
  issue_refund: () => amountSheet("issue_refund"),
  send_coupon: () => amountSheet("send_coupon"),
  resend: () => openSheet(L.resend, form([{ name: "item", label: L.item }], L.confirm, (values) => act("resend", values))),
  open_trace: () => act("open_trace", {}),
  ask_supervisor: () => openSheet(L.ask_supervisor, form([{ name: "question", label: L.question }], L.ask, (values) => act("ask_supervisor", values))),
  change_address: () => openSheet(L.change_address, form([{ name: "address", label: L.address }], L.confirm, (values) => act("change_address", values))),
  write_note: () => openSheet(L.write_note, form((frame.note ?? [L.note_field]).map((name) => ({ name, label: name })), L.confirm, (values) => act("write_note", { fields: values }))),
};
for (const button of element.querySelectorAll("[data-does]")) {
  button.onclick = () => { if (view && view.state === "open") DOES[button.dataset.does](); };
}
for (const tab of element.querySelectorAll("[data-tab]")) tab.onclick = () => openPanel(tab.dataset.tab);

// --- keys
box.addEventListener("input", () => {
  grow();
  keepDraft(box.value);
  if (frame && box.value.startsWith("/")) showPhrases(box.value.slice(1)); else phrases.hidden = true;
});
box.addEventListener("keydown", (event) => {
  if (composing(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (!takePhrase()) say();
  }
});
document.addEventListener("keydown", (event) => {
  if (composing(event) || (seat && !seat.active())) return;
  if (event.key === "Escape") {
    if (closeSheet()) { event.preventDefault(); return; }
    if (!phrases.hidden) { phrases.hidden = true; event.preventDefault(); return; }
    element.querySelector(".kf-side").classList.remove("kf-open");
  }
  if (event.altKey && event.code === "KeyO") { event.preventDefault(); openPanel("order"); }
  if (event.altKey && event.code === "KeyK") { event.preventDefault(); openPanel("policy"); }
});
send.onclick = say;
$("pause").onclick = () => {
  if (!view || view.state !== "open" || view.mode === "exam") return;
  setPaused(!paused);
  server.pause({ p: number, clock: clock(), on: paused }).catch(() => {});
};
function setPaused(on) {
  paused = on;
  if (paused) { halt(); window.clearTimeout(dueTimer); } else if (mayRun()) { run(); plan(); }
  $("pause").setAttribute("aria-pressed", String(paused));
  $("pause").textContent = paused ? L.go_on : L.pause;
  tick();
}
$("stop").onclick = () => {
  if (!view) return;
  if (view.state !== "open") { window.location.assign(links.shelf); return; }
  const yes = make("button", "kf-main", L.stop_yes);
  yes.type = "button";
  yes.onclick = async () => { closeSheet(); try { take(await call("stop")); } catch { lost(); } };
  openSheet(L.stop, make("p", "", L.stop_sure), yes);
};
$("side").onclick = () => element.querySelector(".kf-side").classList.toggle("kf-open");
$("side-close").onclick = () => element.querySelector(".kf-side").classList.remove("kf-open");

function ended() {
  halt();
  window.clearTimeout(dueTimer);
  box.disabled = true;
  send.disabled = true;
  $("typing").hidden = true;
  held.clear();
  $("hint").hidden = true;
  const done = $("done");
  if (!done.hidden) return;
  done.hidden = false;
  const go = make("a", "kf-main", L.to_card);
  if (seat) { done.replaceChildren(make("span", "", view.state === "given_up" ? L.given_up : L.ended)); return; }
  go.href = `${links.card}?id=${number}`;
  done.replaceChildren(make("span", "", view.state === "given_up" ? L.given_up : L.ended), go);
  list.scrollTop = list.scrollHeight;
  go.focus();
}

seat?.ready({ plan, tick, show: () => { list.scrollTop = list.scrollHeight; grow(); pin(); if (window.matchMedia("(min-width: 640px)").matches) box.focus(); }, halt: () => window.clearTimeout(dueTimer) });

(async () => {
  if (!number) { banner(L.no_practice, () => window.location.assign(links.shelf), L.to_shelf); return; }
  try {
    const answer = await server.enter({ p: number });
    if (answer.refused) { banner(answer.refused, () => window.location.assign(links.shelf), L.to_shelf); return; }
    frame = answer.frame;
    if (frame.shift && !seat && answer.view.state === "open") { window.location.replace(`${links.shift}?id=${frame.shift}`); return; }
    $("name").textContent = frame.customer;
    $("to").textContent = fill(L.to, { customer: frame.customer });
    $("you-first").hidden = !frame.you_first || answer.view.messages.some((one) => one.who === "agent");
    $("pause").hidden = answer.view.mode === "exam";
    let draft = answer.draft;
    try { draft = window.localStorage.getItem(`kefu.draft.${number}`) || draft; } catch { /* private window */ }
    if (answer.view.state === "open") { box.value = draft; seat?.drafted(draft); }
    base = answer.view.now;
    paused = frame.paused && answer.view.mode !== "exam";
    take(answer.view);
    setPaused(paused);
    beginHelp();
    beginPhrases();
    for (const n of answer.flags) list.querySelector(`[data-n="${n}"] .kf-flag`)?.setAttribute("aria-pressed", "true");
    grow();
    if (answer.view.state === "open" && (!seat || seat.active()) && window.matchMedia("(min-width: 640px)").matches) box.focus();
  } catch { banner(L.cut_off); window.setTimeout(() => window.location.reload(), 4000); }
})();
