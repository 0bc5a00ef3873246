// Moments. Everything that comes from people is set as text, never as HTML.
const number = Number(asked("id"));
const minutes = (ms) => {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};
const score = (value) => (value === null ? "–" : String(Math.round(value)));
const body = $("body");
let page = null, busy = false, rest = null;

// --- only writing counts: the clock stands while a result is read and while the page is hidden
let base = 0, since = null, counting = false;
const clock = () => Math.round(base + (since === null ? 0 : performance.now() - since));
function settle() {
  if (counting && !document.hidden) { if (since === null) since = performance.now(); } else { base = clock(); since = null; }
}
document.addEventListener("visibilitychange", settle);
window.setInterval(() => { if (rest) rest.textContent = left(); }, 1000);
const left = () => (clock() >= page.most ? L.time_up : fill(L.left, { time: minutes(page.most - clock()) }));

function banner(text) {
  $("banner").textContent = text;
  $("banner").hidden = !text;
}
async function call(name, more = {}) {
  try {
    const answer = await server[name]({ r: number, clock: clock(), place: page?.place ?? 0, ...more });
    banner(answer.refused ?? "");
    return answer.refused ? null : answer;
  } catch { banner(L.cut_off); return null; }
}
const draftKey = () => `kefu.moment.${number}.${page.place}`;
function draft(text) {
  try {
    if (text === undefined) return window.localStorage.getItem(draftKey()) ?? "";
    if (text) window.localStorage.setItem(draftKey(), text); else window.localStorage.removeItem(draftKey());
  } catch { /* private window */ }
  return "";
}

function talk(moment) {
  const list = make("div", "kf-messages");
  list.tabIndex = 0;
  list.setAttribute("role", "log");
  list.setAttribute("aria-live", "off");
  list.setAttribute("aria-label", L.conversation);
  list.lang = moment.lang;
  for (const one of moment.messages) {
    const row = make("div", `kf-row kf-${one.who}`);
    if (one.who === "action" || one.who === "system") row.append(make("span", "kf-deed", one.text));
    else {
      row.append(make("div", "kf-who", one.who === "customer" ? moment.customer : one.who === "bot" ? L.bot : L.agent));
      const bubble = make("div", "kf-bubble", one.text);
      if (one.picture) {
        const image = make("img", "kf-thumb");
        image.src = one.picture;
        image.alt = fill(L.picture_alt, { customer: moment.customer });
        bubble.append(image);
      }
      row.append(bubble);
    }
    list.append(row);
  }
  return list;
}

function facts(moment) {
  const fold = make("details", "kf-facts");
  fold.open = window.matchMedia("(min-width: 640px)").matches;
  fold.append(make("summary", "", L.facts));
  for (const panel of moment.facts) for (const text of panel.lines) {
    const line = make("p");
    line.append(make("b", "", panel.label), text);
    fold.append(line);
  }
  return fold;
}

function tried(one) {
  const place = make("section", one.good ? "kf-try kf-right" : "kf-try");
  const head = make("p");
  head.append(make("strong", one.good ? "kf-good" : "kf-warn", one.good ? L.good : L.not_yet), ` · ${fill(L.points, { n: score(one.score) })}`);
  place.append(head);
  for (const what of one.critical) place.append(make("p", "kf-warn", fill(L.critical, { what })));
  const list = make("ul");
  for (const part of one.parts) {
    if (part.score === null) continue;
    const row = make("li");
    row.append(make("b", part.good ? "kf-good" : "kf-warn", `${part.good ? "✓" : "✗"} ${part.label} ${score(part.score)}`));
    for (const reason of part.reasons) {
      const line = make("div");
      if (reason.quote) line.append(make("q", "", reason.quote), " · ");
      line.append(reason.reason);
      row.append(line);
    }
    list.append(row);
  }
  place.append(list);
  if (!one.good && one.advice) place.append(make("p", "kf-quote", one.advice));
  return place;
}

function moment() {
  const { moment: told, tries } = page, last = tries[tries.length - 1], done = Boolean(last?.good);
  body.replaceChildren();
  wide(true);
  const head = make("div", "kf-progress");
  rest = make("span");
  rest.setAttribute("role", "timer");
  rest.textContent = left();
  head.append(make("span", "", fill(L.nth, { n: page.place + 1 })), rest, make("span", "kf-grow"), button("kf-small", L.enough, () => next(true)));
  const list = talk(told);
  body.append(make("h1", "kf-unseen", L.title), head);
  const two = make("div", "kf-two"), side = make("div", "kf-read");
  if (told.own) side.append(make("p", "kf-quiet", L.own));
  side.append(list, facts(told));
  const answer = make("div", "kf-answer");
  const bar = make("div", "kf-bar");
  bar.append(make("span", "", fill(L.to, { customer: told.customer })));
  const box = make("textarea");
  box.maxLength = 2000;
  box.placeholder = L.placeholder;
  box.setAttribute("aria-label", fill(L.to, { customer: told.customer }));
  box.value = draft() || (done ? last.text : last?.text ?? "");
  const row = make("div", "kf-actions");
  const send = button("kf-main", last ? L.send_again : L.send, () => write(box, send));
  const onward = button(done ? "kf-main" : "kf-small", done ? L.next : L.skip, () => next(false));
  row.append(...(done ? [onward] : [send, onward]));
  box.readOnly = done;
  box.addEventListener("input", () => { draft(box.value); counting = true; settle(); });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); if (done) next(false); else write(box, send); }
  });
  answer.append(bar, box);
  if (last) answer.append(tried(last));
  answer.append(row);
  if (tries.length > 1) {
    const fold = make("details", "kf-earlier");
    fold.append(make("summary", "", fill(L.earlier, { n: tries.length - 1 })));
    for (const one of tries.slice(0, -1).reverse()) fold.append(make("p", "", `${score(one.score)} · ${one.text}`));
    answer.append(fold);
  }
  two.append(side, answer);
  body.append(two);
  list.scrollTop = list.scrollHeight;
  counting = !last;
  settle();
  if (window.matchMedia("(min-width: 640px)").matches) (done ? onward : box).focus({ preventScroll: !last });
  if (last && window.matchMedia("(max-width: 899px)").matches) answer.scrollIntoView({ block: "start" });
}

async function write(box, send) {
  const text = box.value.trim();
  if (busy || !text) return;
  busy = true;
  send.disabled = true;
  counting = false;
  settle();
  const answer = await call("write", { text });
  busy = false;
  send.disabled = false;
  if (!answer) { counting = true; settle(); return; }
  draft("");
  take(answer);
  const last = page.tries?.[page.tries.length - 1];
  if (last) $("says").textContent = `${last.good ? L.good : L.not_yet} ${fill(L.points, { n: score(last.score) })}`;
}

async function next(enough) {
  if (busy) return;
  busy = true;
  const answer = await call("go_on", { enough });
  busy = false;
  if (!answer) return;
  draft("");
  take(answer);
  window.scrollTo({ top: 0 });
}

function take(answer) {
  page = answer;
  if (page.clock > clock()) { base = page.clock; if (since !== null) since = performance.now(); }
  if (page.state === "ended") sum(); else moment();
}

const wide = (is) => element.querySelector(".kf-moments").classList.toggle("kf-wide", is);

function sum() {
  wide(false);
  counting = false;
  settle();
  rest = null;
  const told = page.sum;
  body.replaceChildren(make("h1", "", L.result));
  if (!told.rows.length) body.append(make("p", "kf-quiet", L.nothing));
  else {
    body.append(make("p", "", fill(L.told, { n: told.n, at_once: told.at_once, good: told.good })));
    if (told.weakest) body.append(make("p", "", fill(L.weakest, { label: told.weakest.label, score: told.weakest.score })));
    const rows = make("ul", "kf-table");
    for (const one of told.rows) {
      const row = make("li");
      row.append(make("span", "", `${one.customer}：“${one.words}”`));
      const points = one.tries > 1 ? `${score(one.first)} → ${score(one.last)}` : score(one.first);
      row.append(make("b", one.good ? "kf-good" : "kf-warn", `${one.good ? "✓" : "✗"} ${points} · ${fill(L.tries, { n: one.tries })}`));
      rows.append(row);
    }
    body.append(rows);
  }
  const foot = make("div", "kf-actions");
  foot.style.marginTop = "20px";
  const again = make("a", "kf-main", L.again), shelf = make("a", "kf-link", L.to_shelf);
  again.href = links.moments;
  shelf.href = links.shelf;
  foot.append(again, shelf);
  body.append(foot);
}

async function before() {
  const answer = await call("before");
  if (!answer) { window.setTimeout(before, 3000); return; }
  const go = button("kf-main", answer.open ? L.back : L.start, async () => {
    go.disabled = true;
    go.textContent = L.starting;
    const begun = await call("start");
    if (begun) { window.location.assign(`${links.moments}?id=${begun.r}`); return; }
    go.disabled = false;
    go.textContent = L.start;
  });
  body.replaceChildren(make("h1", "", L.title), make("p", "kf-quiet", L.about), go);
  if (!answer.past.length) return;
  const past = make("ul", "kf-table");
  for (const one of answer.past) {
    const row = make("li"), link = make("a", "", one.day);
    link.href = `${links.moments}?id=${one.r}`;
    row.append(link, make("b", "", fill(L.told_short, { n: one.n, good: one.good })));
    past.append(row);
  }
  body.append(make("h2", "", L.past), past);
}

(async () => {
  if (!number) { before(); return; }
  const answer = await call("show");
  if (answer) take(answer);
  else {
    const link = make("a", "kf-main", L.to_start);
    link.href = links.moments;
    body.replaceChildren(link);
  }
})();
