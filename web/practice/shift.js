// A shift. Each customer has a workbench of their own on the page; the shift holds the clock and the
// rail. Everything that comes from people is set as text, never as HTML.
const L = props.own;
const number = Number(asked("id"));
const minutes = (ms) => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};
const stage = $("stage"), rail = $("rail");
const seats = [];
let here = null, coming = null, over = false, comingTimer = 0, asking = false, afresh = false;

// --- one clock for all: it stands still while paused or while anybody is cut off
let base = 0, since = null, paused = false;
const cuts = new Set();
const clock = () => Math.round(base + (since === null ? 0 : performance.now() - since));
const set = (now) => { base = now; if (since !== null) since = performance.now(); };
const reach = (now) => { if (now > clock()) set(now); };
const BEHIND = 4000; // a server that was started anew knows the time of its last answer only
function settle() {
  if (paused || cuts.size || over) { base = clock(); since = null; } else if (since === null) since = performance.now();
}

function notice(text, label, action) {
  const place = $("notice");
  place.replaceChildren();
  place.hidden = !text;
  if (!text) return;
  place.append(make("span", "", text));
  if (label) place.append(button("kf-small", label, action));
}
const tell = (text) => { $("says").textContent = text; };

// --- the rail, in the order in which they came
function draw(one) {
  const view = one.view, gone = view && view.state !== "open";
  const waits = !view || gone || view.waiting === null ? null : clock() - one.due - view.waiting;
  one.unread.textContent = one.news;
  one.unread.hidden = !one.news;
  one.unread.setAttribute("aria-label", fill(L.unread, { n: one.news }));
  one.drafted.hidden = !one.draft || gone;
  one.wait.textContent = gone ? L.gone : waits === null ? L.their_turn : fill(L.waits, { time: minutes(waits) });
  one.wait.className = `kf-wait${waits === null ? "" : waits > 120000 ? " kf-late" : waits > 30000 ? " kf-slow" : ""}`;
  one.item.setAttribute("aria-current", String(one === here));
}

function turn(one) {
  if (!one) return;
  here = one;
  one.news = 0;
  for (const other of seats) { other.root.hidden = other !== one; draw(other); }
  one.item.scrollIntoView({ block: "nearest", inline: "nearest" });
  one.bench?.show();
}

function sit(told) {
  const root = make("section", "kf-seat");
  root.append($("bench").content.cloneNode(true));
  root.hidden = true;
  const row = make("li"), item = button("", undefined, () => turn(one));
  const one = { ...told, root, item, news: 0, draft: "", view: null, bench: null,
    unread: make("span", "kf-new"), wait: make("span", "kf-wait"), drafted: make("span", "kf-draft", L.draft) };
  item.append(make("span", "kf-name", told.name), one.unread, one.wait, one.drafted);
  item.title = fill(L.key, { n: seats.length + 1 });
  item.setAttribute("aria-keyshortcuts", `Alt+${seats.length + 1}`);
  row.append(item);
  rail.append(row);
  stage.append(root);
  seats.push(one);
  const seat = {
    p: told.p,
    clock: () => Math.max(0, clock() - told.due),
    reach: (now) => { if (clock() - now - told.due > BEHIND && one.view?.state === "open") ask(true); else reach(now + told.due); },
    paused: () => paused,
    active: () => one === here,
    cut: (is) => { if (is) cuts.add(one); else cuts.delete(one); settle(); },
    drafted: (text) => { one.draft = text; draw(one); },
    ready: (bench) => { one.bench = bench; },
    changed: (view, messages) => {
      const first = one.view === null, went = one.view?.state === "open" && view.state !== "open";
      const news = messages.filter((message) => message.who === "customer");
      one.view = view;
      if (one !== here && news.length && view.state === "open") {
        const last = messages.map((message) => message.who).lastIndexOf("agent");
        one.news += first ? messages.slice(last + 1).filter((message) => message.who === "customer").length : news.length;
        tell(fill(first ? L.here : L.says, { customer: told.name, text: news[news.length - 1].text }));
      }
      draw(one);
      if (went) { tell(fill(L.went, { customer: told.name })); ask(); }
    },
  };
  bench(root, new Proxy(props, { get: (all, name) => (name === "seat" ? seat : all[name]) }), server);
  return one;
}

// --- who comes, and the end
async function ask(anew = false) {
  afresh ||= anew;
  if (asking) { window.clearTimeout(comingTimer); comingTimer = window.setTimeout(() => ask(), 300); return; }
  asking = true;
  const fresh = afresh;
  afresh = false;
  try {
    const answer = await server.arrive({ s: number, clock: clock(), fresh });
    asking = false;
    if (answer.refused) { notice(answer.refused, L.to_start, () => window.location.assign(links.shift)); return; }
    cuts.delete("shift");
    if (!over) notice("");
    take(answer, fresh);
  } catch {
    asking = false;
    cuts.add("shift");
    settle();
    notice(L.cut_off);
    window.setTimeout(() => ask(fresh), 2000);
  }
}

function take(answer, fresh) {
  if (answer.state === "ended" && fresh) { result(answer); return; }
  $("floor").hidden = false;
  if (fresh) set(answer.now); else reach(answer.now);
  coming = answer.next;
  for (const told of answer.seats) {
    if (seats.some((one) => one.p === told.p)) continue;
    sit(told);
    if (!fresh) tell(fill(L.comes, { customer: told.name }));
  }
  if (!here || (here.view && here.view.state !== "open" && seats.length === 1)) {
    let last = 0;
    try { last = Number(window.sessionStorage.getItem(`kefu.shift.${number}`)); } catch { /* private window */ }
    turn(seats.find((one) => one.p === last) ?? seats[0]);
  }
  $("coming").textContent = answer.count > seats.length ? fill(L.more, { n: answer.count - seats.length }) : L.all_here;
  if (answer.state === "ended") {
    over = true;
    notice(L.over, L.see, () => window.location.reload());
    $("notice").querySelector("button").focus();
  }
  settle();
  if (fresh) for (const one of seats) if (one.view) one.bench?.plan();
  await_next();
}

function await_next() {
  window.clearTimeout(comingTimer);
  if (coming === null || paused || over) return;
  comingTimer = window.setTimeout(() => ask(), Math.max(100, coming - clock() + 20));
}

window.setInterval(() => {
  for (const one of seats) draw(one);
  try { if (here) window.sessionStorage.setItem(`kefu.shift.${number}`, here.p); } catch { /* private window */ }
}, 1000);

// --- keys, pause, leaving
document.addEventListener("keydown", (event) => {
  if (composing(event) || $("floor").hidden || veil) return;
  const key = event.altKey && !event.ctrlKey && !event.metaKey && /^Digit([1-5])$/.exec(event.code);
  if (!key) return;
  event.preventDefault();
  turn(seats[Number(key[1]) - 1]);
});

let veil = null;
function shut() { veil?.remove(); veil = null; }
function sheet(title, ...parts) {
  shut();
  veil = make("div", "kf-veil");
  const inner = make("div", "kf-sheet");
  inner.setAttribute("role", "dialog");
  inner.setAttribute("aria-modal", "true");
  inner.setAttribute("aria-label", title);
  const head = make("div", "kf-sheet-head");
  head.append(make("strong", "", title));
  inner.append(head, ...parts);
  veil.append(inner);
  $("floor").append(veil);
  inner.querySelector("button").focus();
}
element.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !composing(event) && veil) { event.preventDefault(); if (paused) hold(false); else shut(); here?.bench?.show(); }
  if (event.key === "Tab" && veil) {
    const inside = [...veil.querySelectorAll("button")], first = inside[0], last = inside[inside.length - 1];
    if (event.shiftKey && document.activeElement === first) { event.preventDefault(); last.focus(); }
    else if (!event.shiftKey && document.activeElement === last) { event.preventDefault(); first.focus(); }
  }
});

function hold(on) {
  paused = on;
  settle();
  $("halt").setAttribute("aria-pressed", String(on));
  for (const one of seats) { draw(one); if (on) one.bench?.halt(); else one.bench?.plan(); one.bench?.tick(); }
  await_next();
  shut();
  if (on) sheet(L.paused, make("p", "", L.paused_why), button("kf-main", L.go_on, () => { hold(false); here?.bench?.show(); }));
}
$("halt").onclick = () => { if (!over) hold(!paused); };
$("close").onclick = () => {
  if (over) { window.location.reload(); return; }
  const yes = button("kf-main", L.close_yes, async () => {
    yes.disabled = true;
    try {
      const answer = await server.close({ s: number, clock: clock() });
      if (answer.refused) { shut(); notice(answer.refused); return; }
      window.location.reload();
    } catch { shut(); notice(L.cut_off); }
  });
  const row = make("div", "kf-actions");
  row.append(yes, button("kf-small", L.stay, () => { shut(); here?.bench?.show(); }));
  sheet(L.close, make("p", "", L.close_sure), row);
};

// --- before a shift, and after it
const signed = (points, most) => (most ? `${points} / ${most}` : `−${Math.abs(points)}`);

function result(answer) {
  const place = $("before"), told = answer.result;
  $("floor").hidden = true;
  place.hidden = false;
  const score = make("p", "");
  score.append(make("span", "kf-score", String(Math.round(told.score * 10) / 10)), make("span", "kf-quiet", ` / 100 · ${answer.pace}`));
  const lines = make("ul", "kf-table");
  for (const line of told.lines) {
    const row = make("li");
    row.append(make("span", "", line.text), make("b", line.points < 0 || (line.most && line.points < line.most / 2) ? "kf-warn" : "", signed(line.points, line.most)));
    lines.append(row);
  }
  const people = make("ul", "kf-table");
  for (const one of answer.seats) {
    const row = make("li"), go = make("a", "", L.card);
    go.href = `${links.card}?id=${one.p}`;
    go.setAttribute("aria-label", `${L.card}: ${one.name}`);
    row.append(make("span", "", `${one.name} · ${one.state === "given_up" ? L.left_early : one.ending}`), go);
    people.append(row);
  }
  const foot = make("div", "kf-actions");
  foot.style.marginTop = "20px";
  const again = make("a", "kf-main", L.again), shelf = make("a", "", L.to_shelf);
  again.href = links.shift;
  shelf.href = links.shelf;
  foot.append(again, shelf);
  place.replaceChildren(make("h1", "", L.result), score, make("p", "kf-quiet", L.result_why), lines, make("h2", "", L.customers), people, foot);
}

function choice(title, options, chosen, take) {
  const place = make("fieldset", "kf-choices");
  place.append(make("legend", "", title));
  for (const [value, label] of options) {
    const one = button("kf-small", label, () => {
      for (const other of place.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === one));
      take(value);
    });
    one.setAttribute("aria-pressed", String(value === chosen));
    place.append(one);
  }
  return place;
}

async function before() {
  const place = $("before"), wanted = { count: 3, pace: "normal" };
  let answer;
  try { answer = await server.before({}); } catch { notice(L.cut_off); window.setTimeout(before, 3000); return; }
  notice("");
  place.hidden = false;
  const parts = [make("h1", "", L.title), make("p", "kf-quiet", L.about)];
  if (answer.open) {
    const go = make("a", "kf-main", L.back);
    go.href = `${links.shift}?id=${answer.open}`;
    parts.push(make("p", "", L.still_open), go);
  } else {
    const go = button("kf-main", L.start, async () => {
      go.disabled = true;
      go.textContent = L.starting;
      try {
        const begun = await server.start(wanted);
        if (begun.s) { window.location.assign(`${links.shift}?id=${begun.s}`); return; }
        notice(begun.refused);
      } catch { notice(L.cut_off); }
      go.disabled = false;
      go.textContent = L.start;
    });
    parts.push(
      choice(L.how_many, [2, 3, 4, 5].map((n) => [n, fill(L.n_customers, { n })]), wanted.count, (value) => { wanted.count = value; }),
      choice(L.pace, [["quiet", L.quiet_about], ["normal", L.normal_about], ["rush", L.rush_about]], wanted.pace, (value) => { wanted.pace = value; }),
      go,
    );
  }
  if (answer.past.length) {
    const past = make("ul", "kf-table");
    for (const one of answer.past) {
      const row = make("li"), go = make("a", "", `${one.day} · ${one.pace} · ${fill(L.n_customers, { n: one.count })}`);
      go.href = `${links.shift}?id=${one.s}`;
      row.append(go, make("b", "", one.score === null ? "–" : fill(L.points, { n: one.score })));
      past.append(row);
    }
    parts.push(make("h2", "", L.past), past);
  }
  place.replaceChildren(...parts);
}

if (number) ask(true); else before();
