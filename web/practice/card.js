// The scorecard. Everything that comes from people is set as text, never as HTML.
const number = Number(asked("id"));
const body = $("body"), list = $("messages");
let page = null;

function banner(text) {
  $("banner").textContent = text;
  $("banner").hidden = !text;
}
async function call(name, more = {}) {
  try {
    const answer = await server[name]({ p: number, ...more });
    if (answer.refused) { banner(answer.refused); return null; }
    banner("");
    return answer;
  } catch { banner(L.cut_off); return null; }
}
const signed = (points) => (points > 0 ? `+${points}` : String(points));
const score = (value) => (value === null ? L.not_scored : String(Math.round(value)));

// --- the conversation with its marks
function bubbles() {
  list.replaceChildren();
  for (const one of page.messages) {
    const row = make("div", `kf-row kf-${one.who}`);
    row.dataset.n = one.n;
    if (one.who === "action" || one.who === "system") {
      row.append(make("span", one.over_limit ? "kf-deed kf-over" : "kf-deed", one.text));
      list.append(row);
      continue;
    }
    const who = one.who === "customer" ? page.customer : one.who === "bot" ? L.bot : one.n < page.given ? L.colleague : L.you;
    const reply = page.replies?.[one.n];
    const slow = reply && reply.seconds !== null ? ` · ${fill(L.after, { seconds: Math.round(reply.seconds) })}` : "";
    row.append(make("div", "kf-who", `${who} ${one.time}${slow}`));
    const bubble = make("div", "kf-bubble");
    marked(bubble, one);
    bubble.lang = page.lang;
    if (one.picture) bubble.append(thumb(one.picture));
    row.append(bubble);
    const under = make("div", "kf-under");
    if (reply && reply.acts.length) under.append(make("span", "kf-acts", reply.acts.join(" · ")));
    if (one.who === "agent" && page.verdict && page.mode !== "exam" && one.n >= page.given) under.append(button("kf-small kf-again", L.retry, (again) => retry(one.n, again)));
    if (under.childElementCount) row.append(under);
    for (const note of page.notes ?? []) if (note.message === one.n) row.append(make("p", "kf-note", fill(L.note, { text: note.text })));
    list.append(row);
  }
}

function thumb(source) {
  const image = make("img", "kf-thumb");
  image.src = source;
  image.alt = fill(L.picture_alt, { customer: page.customer });
  const large = button("kf-picture", "", () => large.classList.toggle("kf-wide"));
  large.append(image);
  return large;
}

// The quotes of the evidence, marked in the text; a mark opens its reasons.
function marked(bubble, one) {
  const marks = page.marks?.[one.n] ?? [];
  const cuts = [];
  for (const mark of marks) {
    const at = one.text.indexOf(mark.quote);
    if (at < 0) continue;
    let to = at + mark.quote.length;
    while (/\w/.test(one.text[to - 1]) && /\w/.test(one.text[to] ?? "")) to += 1; // no half words
    const same = cuts.find((cut) => cut.from < to && at < cut.to);
    if (same) { same.from = Math.min(same.from, at); same.to = Math.max(same.to, to); same.marks.push(mark); }
    else cuts.push({ from: at, to, marks: [mark] });
  }
  cuts.sort((a, b) => a.from - b.from);
  let done = 0, last = null;
  for (const cut of cuts) {
    cut.from = Math.max(cut.from, done);
    if (last && cut.to <= done) { last.marks.push(...cut.marks); continue; } // inside the one before
    last = cut;
    bubble.append(one.text.slice(done, cut.from));
    // Not a <button>: a quote breaks over lines like the text around it.
    const sum = cut.marks.reduce((total, mark) => total + mark.points, 0);
    const most = cut.marks.reduce((one, mark) => (Math.abs(mark.points) > Math.abs(one.points) ? mark : one));
    const quote = make("span", sum < 0 ? "kf-mark kf-bad" : "kf-mark kf-fine", one.text.slice(cut.from, cut.to));
    quote.setAttribute("role", "button");
    quote.tabIndex = 0;
    quote.setAttribute("aria-expanded", "false");
    quote.append(make("sup", "", `${most.label} ${signed(Math.round(most.points))}`));
    quote.onclick = () => reasons(quote, cut.marks);
    quote.onkeydown = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); quote.click(); } };
    bubble.append(quote);
    done = cut.to;
  }
  bubble.append(one.text.slice(done));
}

function reasons(quote, marks) {
  const row = quote.closest(".kf-row");
  const open = quote.getAttribute("aria-expanded") === "true";
  for (const other of list.querySelectorAll(".kf-reasons")) other.remove();
  for (const other of list.querySelectorAll(".kf-mark")) other.setAttribute("aria-expanded", "false");
  if (open) return;
  quote.setAttribute("aria-expanded", "true");
  const place = make("ul", "kf-reasons");
  for (const mark of marks) place.append(make("li", "", `${mark.label} ${signed(mark.points)} · ${mark.reason}`));
  row.querySelector(".kf-bubble").after(place);
}

const narrow = window.matchMedia("(max-width: 900px)");
function look(view) {
  $("result").dataset.view = view;
  for (const tab of element.querySelectorAll("[data-look]")) tab.setAttribute("aria-selected", String(tab.dataset.look === view));
}
for (const tab of element.querySelectorAll("[data-look]")) {
  tab.onclick = () => look(tab.dataset.look);
  tab.onkeydown = (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = element.querySelector(`[data-look=${tab.dataset.look === "talk" ? "verdict" : "talk"}]`);
    look(other.dataset.look);
    other.focus();
  };
}

function jump(message) {
  look("talk");
  const row = list.querySelector(`[data-n="${message}"]`);
  if (!row) return;
  row.scrollIntoView({ block: "center" });
  row.classList.add("kf-lit");
  window.setTimeout(() => row.classList.remove("kf-lit"), 1600);
}

async function retry(message, go) {
  go.disabled = true;
  const answer = await call("retry", { message });
  if (answer) window.location.assign(`${links.play}?id=${answer.p}`);
  else go.disabled = false;
}

// --- before the score: three taps
function taps() {
  body.replaceChildren();
  const told = { rating: 0, weakest: "", message: null };
  const group = (title, choices, take) => {
    const place = make("fieldset", "kf-taps");
    place.append(make("legend", "", title));
    for (const [value, label] of choices) {
      const one = make("button", "kf-small", label);
      one.type = "button";
      one.setAttribute("aria-pressed", "false");
      one.onclick = () => {
        for (const other of place.querySelectorAll("button")) other.setAttribute("aria-pressed", String(other === one));
        take(value);
        go.disabled = !(told.rating && told.weakest && told.message !== null);
      };
      place.append(one);
    }
    return place;
  };
  const go = make("button", "kf-main", L.see);
  go.type = "button";
  go.disabled = true;
  go.onclick = async () => { go.disabled = true; const answer = await call("own_view", told); if (answer) { page = answer; show(); } else go.disabled = false; };
  const replies = page.messages.filter((one) => one.who === "agent" && one.n >= page.given);
  if (!replies.length) told.message = -1;
  body.append(
    make("h1", "", L.first_you),
    make("p", "kf-quiet", L.first_you_why),
    group(L.how, [1, 2, 3, 4, 5].map((n) => [n, L[`how_${n}`]]), (value) => { told.rating = value; }),
    group(L.weakest, page.criteria.map((one) => [one.name, one.label]), (value) => { told.weakest = value; }),
    group(L.which, replies.map((one, index) => [one.n, fill(L.reply_n, { n: index + 1, text: one.text.slice(0, 14) })]), (value) => { told.message = value; if (!narrow.matches) jump(value); }),
    go,
  );
  if (page.may_skip) body.append(" ", button("kf-small", L.skip, async (skip) => {
    skip.disabled = true;
    const answer = await call("show", { skip: true });
    if (answer) { page = answer; show(); } else skip.disabled = false;
  }));
}

// --- the verdict
function part(title, ...parts) {
  const place = make("section", "kf-part");
  if (title) place.append(make("h2", "", title));
  place.append(...parts);
  body.append(place);
  return place;
}
const link = (text, message) => button("kf-link", text, () => jump(message));
const labelOf = (name) => page.criteria.find((one) => one.name === name)?.label ?? "–";
function starsOf(n) {
  const stars = make("span", "kf-stars", "★".repeat(n) + "☆".repeat(5 - n));
  stars.setAttribute("role", "img");
  stars.setAttribute("aria-label", fill(L.stars, { n }));
  return stars;
}
const resultOf = (told) => (told.waits ? L.waits : told.passed ? L.passed : L.not_passed);
const toneOf = (told) => (told.waits ? "kf-waits" : told.passed ? "kf-good" : "kf-warn");

function verdict() {
  body.replaceChildren();
  const { outcome, verdict: told } = page;
  const words = make("blockquote", "", outcome.words);
  words.lang = page.lang;
  part("", make("h1", "", page.title), starsOf(outcome.stars), words, make("p", outcome.right ? "kf-good" : "kf-warn", `${outcome.ending} · ${outcome.right_words}`));
  if (page.good) part(L.well_done, make("p", "kf-quote", `“${page.good.quote}”`), make("p", "kf-quiet", page.good.reason), link(L.show_me, page.good.message));
  change();
  total(told);
  bars(told.pass_mark);
  own();
  for (const one of page.notes.filter((note) => note.message === null)) part(L.from_trainer, make("p", "kf-quote", one.text));
  asking();
  const foot = make("div", "kf-actions");
  const shelf = make("a", "kf-main", L.to_shelf);
  shelf.href = links.shelf;
  foot.append(shelf);
  body.append(foot);
  const strip = $("strip");
  strip.hidden = false;
  strip.replaceChildren(make("strong", toneOf(told), score(told.overall)), make("span", toneOf(told), resultOf(told)), starsOf(outcome.stars));
}

function total(told) {
  const mark = make("p", "kf-overall");
  mark.append(make("strong", toneOf(told), score(told.overall)), make("span", "", " / 100 · "), make("b", toneOf(told), resultOf(told)));
  if (told.band) mark.append(make("span", "", ` · ${told.band}`));
  const parts = [mark];
  if (told.overall !== null) parts.push(meter(told.overall, told.pass_mark), make("p", "kf-quiet", fill(L.pass_mark, { n: told.pass_mark })));
  if (told.machine !== null) parts.push(make("p", "kf-quiet", fill(L.by_hand, { n: score(told.machine) })));
  if (told.apart) parts.push(make("p", "kf-note", told.apart));
  for (const one of told.critical) parts.push(make("p", "kf-warn", fill(L.critical, { what: one })));
  for (const one of told.gates) parts.push(make("p", "kf-quiet", one));
  if (told.waits) parts.push(make("p", "kf-quiet", L.waits_why));
  else if (told.review) parts.push(make("p", "kf-quiet", L.review));
  if (told.helped) parts.push(make("p", "kf-quiet", L.helped));
  else if (told.given_up && page.mode === "play") parts.push(make("p", "kf-quiet", L.left_early));
  else if (!told.counts && page.mode !== "exam") parts.push(make("p", "kf-quiet", page.mode === "finish" ? L.finish_counts_not : L.counts_not));
  if (told.exam) {
    const link = make("a", "kf-link", L.to_exam);
    link.href = `/exams/${told.exam}`;
    parts.push(link);
  }
  part(L.score, ...parts);
}

function meter(value, passMark) {
  const bar = make("div", "kf-meter");
  const inner = make("div", value >= passMark ? "kf-meter-good" : "kf-meter-low");
  inner.style.width = `${Math.max(2, value)}%`;
  const pass = make("i");
  pass.style.left = `${passMark}%`;
  bar.append(inner, pass);
  return bar;
}

function change() {
  const one = page.change;
  if (!one) return;
  const row = make("div", "kf-actions");
  if (one.message !== null) row.append(link(L.show_me, one.message));
  if (one.retry) {
    const again = button("kf-main", L.retry_here, () => retry(one.message, again));
    again.dataset.retry = "";
    row.append(again);
  }
  const parts = [make("p", "", one.advice), row];
  if (one.model_reply) {
    const fold = make("details", "kf-model");
    fold.open = one.rewritten;
    const words = make("p", "kf-quote", one.model_reply);
    words.lang = page.lang;
    fold.append(make("summary", "", one.rewritten ? L.model_after : L.model_reply), words);
    parts.push(fold);
  }
  part(`${L.one_thing} · ${one.label}`, ...parts);
}

// The own view beside the grader's, row by row.
function own() {
  if (!page.own) return;
  const replies = page.messages.filter((one) => one.who === "agent");
  const short = (n) => { const one = replies.find((reply) => reply.n === n); return one ? link(`“${one.text.slice(0, 12)}”`, n) : make("span", "", "–"); };
  const table = make("table", "kf-own-view");
  const line = (head, mine, graders, tag = "td") => {
    const row = make("tr");
    const title = make("th", "", head);
    title.scope = "row";
    row.append(title);
    for (const one of [mine, graders]) { const cell = make(tag); cell.append(one); row.append(cell); }
    table.append(row);
  };
  line("", L.mine, L.graders, "th");
  line(L.whole, L[`how_${page.own.rating}`], score(page.verdict.overall));
  line(L.lowest, labelOf(page.own.weakest), labelOf(page.own.graders_weakest));
  line(L.rewrite, short(page.own.message), short(page.own.graders_message));
  part(L.own, table);
}

function bars(passMark) {
  const place = part(L.criteria);
  for (const one of page.scores) {
    const line = make("div", "kf-bar-line");
    const head = make("div", "kf-bar-head");
    head.append(make("span", "", one.label), make("span", "", one.score === null ? L.not_scored : score(one.score) + (one.change ? ` (${fill(L.since, { change: signed(one.change) })})` : "")));
    line.append(head);
    if (one.machine !== null) line.append(make("p", "kf-quiet", fill(L.by_hand, { n: score(one.machine) })));
    if (one.score === null) line.append(make("p", "kf-quiet", one.why));
    else {
      line.append(meter(one.score, passMark));
      if (one.evidence.length) {
        const fold = make("details");
        fold.append(make("summary", "kf-quiet", L.why));
        const rows = make("ul", "kf-evidence");
        for (const mark of one.evidence) {
          const item = make("li");
          item.append(make("b", mark.points < 0 ? "kf-warn" : "kf-good", signed(mark.points)), " ", mark.reason);
          if (mark.quote && mark.message !== null) item.append(" ", link(`“${mark.quote.slice(0, 24)}”`, mark.message));
          rows.append(item);
        }
        fold.append(rows);
        line.append(fold);
      }
    }
    place.append(line);
  }
}

function asking() {
  const place = part(L.question);
  for (const one of page.asked) place.append(make("p", "kf-quote", one.text), make("p", "kf-quiet", one.answer ?? L.waits_answer));
  const form = make("form", "kf-form");
  const text = make("textarea");
  text.rows = 2;
  text.maxLength = 2000;
  text.placeholder = L.question_hint;
  text.setAttribute("aria-label", L.question_hint);
  const send = make("button", "kf-small", L.ask);
  form.append(text, send);
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (!text.value.trim()) return;
    send.disabled = true;
    const answer = await call("question", { text: text.value.trim() });
    if (answer) { page = answer; show(); } else send.disabled = false;
  };
  place.append(form);
}

function show() {
  bubbles();
  if (page.ask_first) taps(); else verdict();
}

document.addEventListener("keydown", (event) => {
  if (composing(event) || writing()) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const marks = [...list.querySelectorAll(".kf-mark")];
  const key = event.key?.toLowerCase();
  if ((key === "j" || key === "k") && marks.length) {
    look("talk");
    const now = marks.indexOf(document.activeElement);
    const next = marks[(now + (key === "j" ? 1 : -1) + marks.length) % marks.length];
    next.focus();
    next.scrollIntoView({ block: "center" });
    if (next.getAttribute("aria-expanded") !== "true") next.click();
  }
  if (key === "r") {
    const here = list.querySelector(".kf-lit .kf-again, .kf-row:focus-within .kf-again");
    if (here) here.click(); else body.querySelector("[data-retry]")?.click();
  }
});

(async () => {
  if (!number) { banner(L.not_there); return; }
  page = await call("show");
  if (page) show();
})();
