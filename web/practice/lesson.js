// A path of a scenario: watched step by step, or with its faults to be found.
const list = $("messages"), foot = $("foot");
let page = null;
const far = (one) => page.replies.find((reply) => reply.n <= one.n && one.n <= reply.last);

function banner(text) {
  $("banner").textContent = text;
  $("banner").hidden = !text;
}
async function call(name, more = {}) {
  try {
    const answer = await server[name]({ scenario: page?.scenario ?? asked("scenario"), variant: page?.variant, ...more });
    banner(answer.refused ?? "");
    return answer.refused ? null : answer;
  } catch { banner(L.cut_off); return null; }
}

function bubble(one) {
  const row = make("div", `kf-row kf-${one.who}`);
  row.dataset.n = one.n;
  if (one.who === "action" || one.who === "system") row.append(make("span", "kf-deed", one.text));
  else {
    const reply = far(one);
    const slow = reply?.n === one.n && reply.seconds !== null ? ` · ${fill(L.after, { seconds: reply.seconds })}` : "";
    const who = one.who === "customer" ? page.customer : one.who === "bot" ? L.bot : L.colleague;
    row.append(make("div", "kf-who", `${who} ${one.time}${slow}`));
    const words = make("div", "kf-bubble", one.text);
    words.lang = page.lang;
    if (one.picture) {
      const image = make("img", "kf-thumb");
      image.src = one.picture;
      image.alt = fill(L.picture_alt, { customer: page.customer });
      words.append(image);
    }
    row.append(words);
  }
  list.append(row);
  return row;
}
const down = (row) => row.scrollIntoView({ block: "end", behavior: "auto" });

// What comes after: the next rungs, and the way back.
function onward(first, ...ways) {
  const row = make("div", "kf-actions kf-ways");
  for (const way of ways) {
    const name = way === first ? "kf-main" : "kf-small";
    if (way === "find" || way === "watch") {
      const go = make("a", name, L[`to_${way}`]);
      go.href = `${links.lesson}?scenario=${encodeURIComponent(page.scenario)}&way=${way}`;
      row.append(go);
    } else row.append(button(name, L[`to_${way}`], async (one) => {
      one.disabled = true;
      const answer = await call("start", { how: way });
      if (answer) window.location.assign(`${links.play}?id=${answer.p}`); else one.disabled = false;
    }));
  }
  return row;
}
function ending(end) {
  const stars = make("span", "kf-stars", "★".repeat(end.stars) + "☆".repeat(5 - end.stars));
  stars.setAttribute("role", "img");
  stars.setAttribute("aria-label", fill(L.stars, { n: end.stars }));
  const words = make("p", "kf-ending");
  const said = make("span", "", end.words ? ` “${end.words}” ` : " ");
  said.lang = page.lang;
  words.append(stars, said, make("strong", "", end.overall === null ? "" : fill(L.overall, { n: end.overall })));
  return words;
}

// --- watch: first what the customer says, then the reply and why it is good
function watch() {
  $("title").textContent = fill(L.watch_title, { topic: page.topic });
  $("intro").textContent = L.watch_intro;
  let shown = 0, told = false;
  const steps = page.replies.length;
  const next = button("kf-main", L.next, go);
  const all = button("kf-small", L.all, () => { while (shown < page.messages.length) go(); });
  foot.replaceChildren(next, all);
  function go() {
    let row = null;
    const coming = page.messages[shown];
    if (!coming) return;
    if (!far(coming)) {
      while (shown < page.messages.length && !far(page.messages[shown])) row = bubble(page.messages[shown++]);
      if (shown < page.messages.length) { row = make("p", "kf-think", L.think); list.append(row); }
    } else {
      list.querySelector(".kf-think")?.remove();
      const reply = far(coming);
      while (shown < page.messages.length && page.messages[shown].n <= reply.last) row = bubble(page.messages[shown++]);
      const why = make("p", "kf-why");
      why.append(make("b", "", L.why), " ", page.why[reply.last] ?? "");
      row.append(why);
    }
    $("step").textContent = fill(L.step, { n: page.replies.filter((one) => one.last < shown).length, all: steps });
    next.textContent = shown < page.messages.length && far(page.messages[shown]) ? L.reveal : L.next;
    if (row) down(row);
    if (shown >= page.messages.length) over();
  }
  function over() {
    if (told) return;
    told = true;
    call("watched");
    foot.replaceChildren(ending(page.end), onward("find", "find", "finish", "play"));
    foot.querySelector(".kf-main").focus();
  }
  document.addEventListener("keydown", (event) => {
    if (composing(event) || writing() || told || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowRight" || event.key === "j") { event.preventDefault(); go(); }
  });
  go();
  next.focus();
}

// --- find the fault: marks of one's own, then the grader's beside them
function find() {
  const key = `kefu.find.${page.scenario}.${page.variant}`;
  let mine = { marks: {}, stages: [] };
  try { mine = { ...mine, ...JSON.parse(window.localStorage.getItem(key) ?? "{}") }; } catch { /* private window */ }
  const keep = () => { try { window.localStorage.setItem(key, JSON.stringify(mine)); } catch { /* private window */ } count(); };
  const chips = (place, choices, chosen, take) => {
    for (const one of choices) {
      const chip = button("kf-small", one.label, () => {
        const on = chip.getAttribute("aria-pressed") !== "true";
        chip.setAttribute("aria-pressed", String(on));
        take(one.name, on);
      });
      chip.setAttribute("aria-pressed", String(chosen.includes(one.name)));
      place.append(chip);
    }
  };
  const toggled = (names, name, on) => (on ? [...new Set([...names, name])] : names.filter((one) => one !== name));
  $("title").textContent = fill(L.find_title, { topic: page.topic });
  $("intro").textContent = L.find_intro;
  for (const one of page.messages) {
    const row = bubble(one);
    const reply = far(one);
    if (!reply || reply.last !== one.n) continue;
    row.dataset.reply = reply.n;
    const ask = make("fieldset", "kf-faults");
    ask.append(make("legend", "", L.lacks));
    chips(ask, page.criteria, mine.marks[reply.n] ?? [], (name, on) => {
      mine.marks[reply.n] = toggled(mine.marks[reply.n] ?? [], name, on);
      keep();
    });
    row.append(ask);
  }
  const check = button("kf-main", L.check, compare);
  const whole = make("fieldset", "kf-faults");
  if (page.stages.length) {
    whole.append(make("legend", "", L.stages));
    chips(whole, page.stages, mine.stages, (name, on) => { mine.stages = toggled(mine.stages, name, on); keep(); });
    list.append(whole);
  }
  const marked = make("span", "kf-quiet");
  foot.replaceChildren(marked, make("span", "kf-grow"), check);
  function count() {
    const n = Object.values(mine.marks).reduce((sum, names) => sum + names.length, 0) + mine.stages.length;
    marked.textContent = fill(L.marked, { n });
  }
  count();

  async function compare() {
    check.disabled = true;
    const answer = await call("check", mine);
    if (!answer) { check.disabled = false; return; }
    for (const row of list.querySelectorAll("[data-reply]")) {
      row.querySelector(".kf-faults").replaceWith(beside(answer.replies[row.dataset.reply] ?? []));
    }
    if (page.stages.length) whole.replaceWith(beside(answer.stages, L.stages));
    $("intro").textContent = L.legend;
    const { hits, misses, extra } = answer.count;
    const told = make("p", "kf-count-told", fill(L.count, { hits, misses, extra }));
    told.setAttribute("role", "status");
    foot.replaceChildren(told, ending(answer.end), onward("finish", "finish", "watch", "play"));
    try { window.localStorage.removeItem(key); } catch { /* private window */ }
    list.scrollTop = 0;
  }
}

const SIGNS = { hit: "✓", miss: "○", extra: "✕" };
function beside(rows, title) {
  const place = make("ul", "kf-beside");
  if (title) place.append(make("li", "kf-quiet", title));
  if (!rows.length) place.append(make("li", "kf-quiet", L.both_fine));
  for (const one of rows) {
    const line = make("li", `kf-${one.state}`);
    line.append(make("b", "", `${SIGNS[one.state]} ${L[one.state]} · ${one.label}`));
    for (const reason of one.reasons ?? []) line.append(make("span", "", reason));
    place.append(line);
  }
  return place;
}

(async () => {
  $("shelf").href = links.shelf;
  $("intro").textContent = L.making;
  const known = Number(asked("variant"));
  page = await call("show", { way: asked("way"), ...(asked("variant") !== null && Number.isInteger(known) ? { variant: known } : {}) });
  if (!page) { $("intro").textContent = ""; return; }
  const here = new URL(window.location.href);
  here.searchParams.set("variant", page.variant); // a reload shows the same one
  window.history.replaceState(null, "", here);
  if (page.way === "find") find(); else watch();
})();
