// The scorecard. Everything that comes from people is set as text, never as HTML.
const L = props.labels, links = props.links;
const number = Number(new URLSearchParams(window.location.search).get("id"));
const $ = (name) => element.querySelector(`[data-${name}]`);
const make = (tag, name, text) => {
  const one = document.createElement(tag);
  if (name) one.className = name;
  if (text !== undefined) one.textContent = text;
  return one;
};
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
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
    const who = one.who === "customer" ? page.customer : one.who === "bot" ? L.bot : L.you;
    const reply = page.replies?.[one.n];
    const slow = reply && reply.seconds !== null ? ` · ${fill(L.after, { seconds: Math.round(reply.seconds) })}` : "";
    row.append(make("div", "kf-who", `${who} ${one.time}${slow}`));
    const bubble = make("div", "kf-bubble");
    marked(bubble, one);
    if (one.picture) {
      const image = make("img", "kf-thumb");
      image.src = one.picture;
      image.alt = fill(L.picture_alt, { customer: page.customer });
      bubble.append(image);
    }
    row.append(bubble);
    if (reply && reply.acts.length) row.append(make("div", "kf-acts", reply.acts.join(" · ")));
    if (one.who === "agent" && page.verdict) {
      const again = make("button", "kf-small kf-again", L.retry);
      again.type = "button";
      again.onclick = () => retry(one.n, again);
      row.append(again);
    }
    list.append(row);
  }
}

// The quotes of the evidence, marked in the text; a mark opens its reasons.
function marked(bubble, one) {
  const marks = page.marks?.[one.n] ?? [];
  const cuts = [];
  for (const mark of marks) {
    const at = one.text.indexOf(mark.quote);
    if (at < 0) continue;
    const same = cuts.find((cut) => cut.from < at + mark.quote.length && at < cut.to);
    if (same) { same.from = Math.min(same.from, at); same.to = Math.max(same.to, at + mark.quote.length); same.marks.push(mark); }
    else cuts.push({ from: at, to: at + mark.quote.length, marks: [mark] });
  }
  cuts.sort((a, b) => a.from - b.from);
  let done = 0;
  for (const cut of cuts) {
    bubble.append(one.text.slice(done, cut.from));
    const sum = cut.marks.reduce((total, mark) => total + mark.points, 0);
    const button = make("button", sum < 0 ? "kf-mark kf-bad" : "kf-mark kf-fine", one.text.slice(cut.from, cut.to));
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.onclick = () => reasons(button, cut.marks);
    bubble.append(button);
    done = cut.to;
  }
  bubble.append(one.text.slice(done));
}

function reasons(button, marks) {
  const row = button.closest(".kf-row");
  const open = button.getAttribute("aria-expanded") === "true";
  for (const other of list.querySelectorAll(".kf-reasons")) other.remove();
  for (const other of list.querySelectorAll(".kf-mark")) other.setAttribute("aria-expanded", "false");
  if (open) return;
  button.setAttribute("aria-expanded", "true");
  const place = make("ul", "kf-reasons");
  for (const mark of marks) place.append(make("li", "", `${mark.label} ${signed(mark.points)} · ${mark.reason}`));
  row.querySelector(".kf-bubble").after(place);
}

function jump(message) {
  const row = list.querySelector(`[data-n="${message}"]`);
  if (!row) return;
  row.scrollIntoView({ block: "center" });
  row.classList.add("kf-lit");
  window.setTimeout(() => row.classList.remove("kf-lit"), 1600);
}

async function retry(message, button) {
  button.disabled = true;
  const answer = await call("retry", { message });
  if (answer) window.location.assign(`${links.play}?id=${answer.p}`);
  else button.disabled = false;
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
  const replies = page.messages.filter((one) => one.who === "agent");
  if (!replies.length) told.message = -1;
  body.append(
    make("h1", "", L.first_you),
    make("p", "kf-quiet", L.first_you_why),
    group(L.how, [1, 2, 3, 4, 5].map((n) => [n, L[`how_${n}`]]), (value) => { told.rating = value; }),
    group(L.weakest, page.criteria.map((one) => [one.name, one.label]), (value) => { told.weakest = value; }),
    group(L.which, replies.map((one, index) => [one.n, fill(L.reply_n, { n: index + 1, text: one.text.slice(0, 14) })]), (value) => { told.message = value; jump(value); }),
    go,
  );
}

// --- the verdict
function part(title, ...parts) {
  const place = make("section", "kf-part");
  if (title) place.append(make("h2", "", title));
  place.append(...parts);
  body.append(place);
  return place;
}

function link(text, message) {
  const go = make("button", "kf-link", text);
  go.type = "button";
  go.onclick = () => jump(message);
  return go;
}

function verdict() {
  body.replaceChildren();
  const { outcome, verdict: told } = page;
  const stars = make("p", "kf-stars", "★".repeat(outcome.stars) + "☆".repeat(5 - outcome.stars));
  stars.setAttribute("aria-label", fill(L.stars, { n: outcome.stars }));
  const words = make("blockquote", "", outcome.words);
  words.lang = page.lang;
  part("", make("h1", "", page.title), stars, words, make("p", outcome.right ? "kf-good" : "kf-warn", `${outcome.ending} · ${outcome.right_words}`));
  if (page.good) part(L.well_done, make("p", "kf-quote", `“${page.good.quote}”`), make("p", "kf-quiet", page.good.reason), link(L.show_me, page.good.message));
  change();
  const mark = make("p", "kf-overall");
  mark.append(make("strong", told.passed ? "kf-good" : "kf-warn", score(told.overall)), make("span", "", ` / 100 · ${fill(L.pass_mark, { n: told.pass_mark })} · `), make("span", told.passed ? "kf-good" : "kf-warn", told.passed ? L.passed : L.not_passed));
  const parts = [mark];
  for (const one of told.critical) parts.push(make("p", "kf-warn", fill(L.critical, { what: one })));
  for (const one of told.gates) parts.push(make("p", "kf-quiet", one));
  if (told.apart) parts.push(make("p", "kf-quiet", told.apart));
  if (told.review) parts.push(make("p", "kf-quiet", L.review));
  if (!told.counts) parts.push(make("p", "kf-quiet", told.helped ? L.helped : L.counts_not));
  part(L.score, ...parts);
  bars(told.pass_mark);
  part(L.own, make("p", "", fill(L.own_told, { how: L[`how_${page.own.rating}`], weakest: page.criteria.find((one) => one.name === page.own.weakest)?.label ?? "–" })));
  asking();
  const foot = make("div", "kf-actions");
  const shelf = make("a", "kf-main", L.to_shelf);
  shelf.href = links.shelf;
  foot.append(shelf);
  body.append(foot);
}

function change() {
  const worst = page.scores.find((one) => one.score !== null && one.advice);
  if (!worst) return;
  const parts = [make("p", "", worst.advice)];
  const place = worst.evidence.find((one) => one.points < 0 && page.messages[one.message]?.who === "agent") ?? worst.evidence.find((one) => page.messages[one.message]?.who === "agent");
  const row = make("div", "kf-actions");
  if (place) {
    row.append(link(L.show_me, place.message));
    const again = make("button", "kf-main", L.retry_here);
    again.type = "button";
    again.onclick = () => retry(place.message, again);
    row.append(again);
  }
  if (worst.model_reply) {
    const fold = make("details", "kf-model");
    fold.append(make("summary", "", L.model_reply), make("p", "", worst.model_reply));
    parts.push(fold);
  }
  part(L.one_thing, ...parts, row);
}

function bars(passMark) {
  const place = part(L.criteria);
  for (const one of page.scores) {
    const line = make("div", "kf-bar-line");
    const head = make("div", "kf-bar-head");
    head.append(make("span", "", one.label), make("span", "", one.score === null ? L.not_scored : score(one.score) + (one.change ? ` (${signed(one.change)})` : "")));
    line.append(head);
    if (one.score === null) line.append(make("p", "kf-quiet", one.why));
    else {
      const bar = make("div", "kf-meter");
      const inner = make("div", one.score >= passMark ? "kf-meter-good" : "kf-meter-low");
      inner.style.width = `${Math.max(2, one.score)}%`;
      const pass = make("i");
      pass.style.left = `${passMark}%`;
      bar.append(inner, pass);
      line.append(bar);
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
  if (event.isComposing || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "")) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const marks = [...list.querySelectorAll(".kf-mark")];
  if ((event.key === "j" || event.key === "k") && marks.length) {
    const now = marks.indexOf(document.activeElement);
    const next = marks[(now + (event.key === "j" ? 1 : -1) + marks.length) % marks.length];
    next.focus();
    next.scrollIntoView({ block: "center" });
    if (next.getAttribute("aria-expanded") !== "true") next.click();
  }
  if (event.key === "r") list.querySelector(".kf-lit .kf-again, .kf-row:focus-within .kf-again")?.click();
});

(async () => {
  if (!number) { banner(L.not_there); return; }
  page = await call("show");
  if (page) show();
})();
