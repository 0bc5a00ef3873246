// --- one conversation with its card
let page = null;

function chips(card) {
  const place = make("div", "kq-chips kq-state");
  const masked = make("span", "kq-tag kq-good", `▦ ${L.masked}`);
  masked.title = L.masked_why;
  place.append(masked);
  if (card) place.append(make("span", card.by_hand ? "kq-tag kq-hand" : "kq-tag", card.by_hand ? `✎ ${L.reviewed}` : `⚙ ${L.machine}`));
  return place;
}

function talk(answer, keep = false) {
  const old = keep ? element.querySelector(".kq-card") : null;
  const at = old?.scrollTop ?? 0, open = keep ? [...element.querySelectorAll(".kq-card details[open]")].map((one) => one.dataset.of) : [];
  page = answer;
  const place = $("talk");
  place.replaceChildren();
  const head = make("header", "kq-head");
  const back = button("kf-small kq-back", `‹ ${L.back}`, () => { view("list"); mark(now)?.focus(); });
  const title = make("div", "kq-title");
  title.append(make("h1", "", page.name), make("span", "kf-quiet", page.agent));
  const down = button("kf-small kq-tocard", `${L.card} ↓`, () => element.querySelector(".kq-card").scrollIntoView({ block: "start" }));
  head.append(back, title, chips(page.card), down);
  const body = make("div", "kq-both");
  const said = make("div", "kf-messages kq-said");
  said.tabIndex = 0;
  said.setAttribute("role", "region");
  said.setAttribute("aria-label", L.conversation);
  said.lang = page.lang;
  const card = make("div", "kq-card");
  card.tabIndex = 0;
  card.setAttribute("role", "region");
  card.setAttribute("aria-label", L.card);
  body.append(said, card);
  place.append(head, body);
  bubbles(said);
  if (page.card) verdict(card);
  else card.append(make("p", "kf-quiet", rows.find((one) => one.id === page.id)?.fault ? L.fault : L.wait_grade));
  for (const one of card.querySelectorAll("details")) one.open = open.includes(one.dataset.of);
  card.scrollTop = at;
}

// Quotes of the evidence by message, with what each was good or bad for.
function marksOf(card) {
  const found = {};
  const note = (message, quote, points, label, reason) => {
    if (message !== null && quote) (found[message] ??= []).push({ quote, points, label, reason });
  };
  for (const one of card.criteria) for (const e of one.evidence) note(e.message, e.quote, e.points, one.label, e.reason);
  for (const one of card.critical) for (const e of one.evidence) note(e.message, e.quote, -100, one.label, L[one.state]);
  return found;
}

function bubbles(said) {
  const marks = page.card ? marksOf(page.card) : {};
  for (const one of page.messages) {
    const row = make("div", `kf-row kf-${one.who}`);
    row.dataset.n = one.n;
    if (one.who === "action" || one.who === "system") {
      row.append(make("span", "kf-deed", one.text));
      said.append(row);
      continue;
    }
    const reply = page.card?.replies[one.n];
    const slow = reply && reply.seconds !== null ? ` · ${fill(L.after, { seconds: Math.round(reply.seconds) })}` : "";
    const who = one.who === "agent" && one.sender ? one.sender : L[one.who];
    row.append(make("div", "kf-who", `${who} ${one.time}${slow}`));
    const bubble = make("div", "kf-bubble");
    marked(bubble, one.text, marks[one.n] ?? [], (button, found) => reasons(said, button, found));
    row.append(bubble);
    if (reply?.acts.length) row.append(make("div", "kf-acts", reply.acts.join(" · ")));
    said.append(row);
  }
}

// A text with quotes marked in it; marks that overlap are one. A mark calls `opened` with its own.
function marked(bubble, text, marks, opened) {
  const cuts = [];
  for (const mark of marks) {
    const from = text.indexOf(mark.quote), to = from + mark.quote.length;
    if (from < 0) continue;
    const same = cuts.find((cut) => cut.from < to && from < cut.to);
    if (same) Object.assign(same, { from: Math.min(same.from, from), to: Math.max(same.to, to), marks: [...same.marks, mark] });
    else cuts.push({ from, to, marks: [mark] });
  }
  cuts.sort((a, b) => a.from - b.from);
  let done = 0;
  for (const cut of cuts) {
    if (cut.from < done) continue;
    bubble.append(text.slice(done, cut.from));
    const sum = cut.marks.reduce((total, mark) => total + mark.points, 0);
    const shown = button(sum < 0 ? "kf-mark kf-bad" : "kf-mark kf-fine", text.slice(cut.from, cut.to), () => opened(shown, cut.marks));
    shown.setAttribute("aria-expanded", "false");
    bubble.append(shown);
    done = cut.to;
  }
  bubble.append(text.slice(done));
}

function reasons(said, button, marks) {
  const open = button.getAttribute("aria-expanded") === "true";
  for (const other of said.querySelectorAll(".kf-reasons")) other.remove();
  for (const other of said.querySelectorAll(".kf-mark")) other.setAttribute("aria-expanded", "false");
  if (open) return;
  button.setAttribute("aria-expanded", "true");
  const place = make("ul", "kf-reasons");
  for (const one of marks) place.append(make("li", "", `${one.label}${one.points > -100 ? ` ${signed(one.points)}` : ""} · ${one.reason}`));
  button.closest(".kf-row").querySelector(".kf-bubble").after(place);
}

function jump(message) {
  const row = element.querySelector(`.kq-said [data-n="${message}"]`);
  if (!row) return;
  row.scrollIntoView({ block: "center" });
  row.classList.add("kf-lit");
  window.setTimeout(() => row.classList.remove("kf-lit"), 1600);
}
const shown = (message, text) => button("kf-link", text, () => jump(message));

// --- the card
function verdict(place) {
  const card = page.card;
  const whole = make("p", "kf-overall");
  const tone = card.passed === false ? "kf-warn" : "kf-good";
  whole.append(make("strong", tone, points(card.overall)));
  if (card.passed !== null) whole.append(make("span", tone, ` ${card.passed ? L.passed : L.not_passed}`));
  whole.append(make("span", "kf-quiet", ` · ${fill(L.pass_mark, { n: card.pass_mark })} · ${card.rubric}`));
  place.append(whole);
  if (card.by_hand) place.append(make("p", "kf-quiet", fill(L.machine_said, { score: points(card.machine) })));
  for (const one of card.critical) place.append(critical(one));
  for (const one of card.gates) place.append(make("p", "kf-quiet", one));
  if (card.review && !card.by_hand) place.append(make("p", "kq-note", `${L.needs_review} · ${fill(L.sure, { n: Math.round(card.confidence * 100) })}`));
  if (card.incomplete) place.append(make("p", "kq-note", L.incomplete));
  for (const one of card.criteria) place.append(criterion(one, card.pass_mark));
}

function critical(one) {
  const place = make("section", `kq-critical kq-${one.state}`);
  const head = make("p", "kq-critical-head");
  head.append(make("b", "", `⚠ ${one.label}`), make("span", "kf-quiet", ` ${L[one.state]}`));
  place.append(head);
  for (const e of one.evidence) {
    const quote = make("p", "kf-quote", `“${e.quote}” `);
    if (e.message !== null) quote.append(shown(e.message, L.show_me));
    place.append(quote);
  }
  for (const word of one.words) place.append(make("p", "kf-quiet", fill(L.said, word)));
  const row = make("div", "kf-actions");
  for (const [stands, label] of [[true, L.confirm], [false, L.dismiss]]) {
    if (one.state === (stands ? "confirmed" : "dismissed")) continue;
    row.append(button("kf-small", label, () => {
      place.querySelector("form")?.remove();
      place.append(form([], async (reason) => saved(await call("critical", { id: page.id, critical: one.what, stands, reason })), label));
      place.querySelector("textarea").focus();
    }));
  }
  place.append(row);
  return place;
}

function criterion(one, passMark) {
  const place = make("section", "kq-criterion");
  const head = make("div", "kf-bar-head");
  const name = make("span");
  name.append(make("b", "", one.label), make("span", "kf-quiet", ` ${fill(L.weight, { n: Math.round(one.weight * 100) })}`));
  const score = make("span");
  score.append(make("b", "", points(one.score)));
  if (one.words.length) score.append(make("span", "kf-quiet", ` · ${fill(L.machine_said, { score: points(one.machine) })}`));
  const change = button("kf-small kq-change", L.change, () => {
    const there = place.querySelector("form");
    if (there) { there.remove(); return; }
    place.append(changing(one));
    place.querySelector("input").focus();
  });
  change.setAttribute("aria-label", `${L.change}: ${one.label}`);
  const right = make("span", "kq-right");
  right.append(score, change);
  head.append(name, right);
  place.append(head);
  if (one.score !== null) {
    const bar = make("div", "kf-meter"), inner = make("div", one.score >= passMark ? "kf-meter-good" : "kf-meter-low"), pass = make("i");
    inner.style.width = `${Math.max(2, one.score)}%`;
    pass.style.left = `${passMark}%`;
    bar.append(inner, pass);
    place.append(bar);
  } else if (one.why) place.append(make("p", "kf-quiet", one.why));
  for (const word of one.words) place.append(make("p", "kf-quiet kq-word", fill(L.changed_to, { ...word, score: points(word.score) })));
  if (one.evidence.length || one.advice) {
    const fold = make("details");
    fold.dataset.of = one.name;
    fold.append(make("summary", "kf-quiet", fill(L.evidence, { n: one.evidence.length })));
    const lines = make("ul", "kf-evidence");
    for (const e of one.evidence) {
      const item = make("li");
      item.append(make("b", e.points < 0 ? "kf-warn" : "kf-good", signed(e.points)), " ", e.reason);
      if (e.quote && e.message !== null) item.append(" ", shown(e.message, `“${e.quote.slice(0, 24)}”`));
      lines.append(item);
    }
    fold.append(lines);
    if (one.advice) fold.append(make("p", "kf-quiet", `${L.advice}: ${one.advice}`));
    place.append(fold);
  }
  return place;
}

function changing(one) {
  const number = make("input");
  Object.assign(number, { type: "number", min: 0, max: 100, step: 1, inputMode: "numeric" });
  number.value = one.score === null ? "" : Math.round(one.score);
  const label = make("label", "", L.new_score);
  label.append(number);
  const out = make("label", "kq-tick");
  const tick = make("input");
  tick.type = "checkbox";
  tick.onchange = () => { number.disabled = tick.checked; };
  out.append(tick, L.leave_out);
  return form([label, out], async (reason) => {
    const score = tick.checked ? null : number.value === "" ? "" : Number(number.value);
    return saved(await call("score", { id: page.id, criterion: one.name, score: score === "" ? -1 : score, reason }));
  }, L.save);
}

function form(parts, save, label) {
  const place = make("form", "kf-form kq-form");
  const reason = make("textarea");
  reason.rows = 2;
  reason.maxLength = 2000;
  reason.placeholder = L.reason_hint;
  const told = make("label", "", L.reason);
  told.append(reason);
  const send = make("button", "kf-main", label);
  const row = make("div", "kf-actions");
  row.append(send, button("kf-small", L.cancel, () => place.remove()));
  place.append(...parts, told, row);
  place.noValidate = true;
  place.onsubmit = async (event) => {
    event.preventDefault();
    send.disabled = true;
    if (!(await save(reason.value.trim()))) send.disabled = false;
  };
  return place;
}

function saved(answer) {
  if (!answer) return false;
  talk(answer, true);
  const at = rows.findIndex((one) => one.id === answer.id);
  const place = list.querySelector(`[data-id="${answer.id}"]`);
  if (at >= 0 && place) { rows[at] = answer.row; dress(place, answer.row); mark(answer.id); }
  tell(L.saved);
  return true;
}
