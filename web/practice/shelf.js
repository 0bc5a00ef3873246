// The shelf. Texts of scenarios are set as text, never as HTML.
let cards = [];

function options(place, pairs) {
  for (const [value, label] of pairs) {
    const one = make("option", "", label);
    one.value = value;
    place.append(one);
  }
}
options($("level"), [["", L.any_level], ["beginner", L.beginner], ["intermediate", L.intermediate], ["advanced", L.advanced]]);
options($("lang"), [["", L.any_language], ["zh", "简体中文"], ["zh-Hant", "繁體中文"], ["en", "English"]]);
options($("state"), [["", L.any_state], ["new", L.new], ["due", L.due], ["mastered", L.mastered]]);

const today = () => new Date().toLocaleDateString("sv");
function stateOf(card) {
  if (card.due && card.due <= today()) return "due";
  if (card.mastered) return "mastered";
  return card.tries ? "tried" : "new";
}

function told(card) {
  if (card.mastered) return L.mastered;
  if (card.passed) return L.passed;
  if (card.helped) return L.passed_with_help;
  return card.tries ? fill(L.best, { best: card.best ?? "–" }) : L.new;
}

function draw() {
  const wanted = $("search").value.trim().toLowerCase();
  const [level, lang, state] = ["level", "lang", "state"].map((name) => $(name).value);
  const fitting = cards.filter((card) =>
    (!level || card.level === level) && (!lang || card.lang === lang) && (!state || stateOf(card) === state)
    && (!wanted || `${card.shelf} ${card.topic} ${card.persona} ${card.platform}`.toLowerCase().includes(wanted)));
  const place = $("cards");
  place.replaceChildren();
  $("count").textContent = fitting.length ? fill(L.count, { n: fitting.length }) : L.none;
  for (const card of fitting) {
    const box = make("article", "kf-card");
    const words = make("p", "kf-words", card.shelf);
    words.lang = card.lang;
    box.append(words);
    box.append(make("p", "kf-quiet", `${card.topic} · ${card.persona}`));
    const tags = make("p", "kf-tags");
    tags.append(make("span", "", L[card.level]), make("span", "", fill(L.minutes, { n: card.minutes })), make("span", card.mastered ? "kf-good" : "", told(card)));
    if (card.help === "full" && !alone.checked) tags.append(make("span", "", L.helped));
    box.append(tags);
    const row = make("div", "kf-actions kf-ways");
    const ways = [card.offer, ...["watch", "find", "finish", "play"].filter((way) => way !== card.offer)];
    for (const way of ways) row.append(rung(card, way));
    box.append(row);
    place.append(box);
  }
}

// One of the four ways: two are pages, two begin a conversation.
function rung(card, way) {
  const name = way === card.offer ? "kf-main" : "kf-small";
  const label = L[way];
  let go;
  if (way === "watch" || way === "find") {
    go = make("a", name, label);
    go.href = `${links.lesson}?scenario=${encodeURIComponent(card.id)}&way=${way}`;
  } else {
    go = button(name, label, (one) => start(card.id, way === "play" && alone.checked ? "alone" : way, one));
  }
  go.setAttribute("aria-label", `${label}: ${card.shelf}`);
  return go;
}

function banner(text) {
  $("banner").textContent = text;
  $("banner").hidden = !text;
}

async function start(scenario, how, go) {
  go.disabled = true;
  banner("");
  try {
    const answer = await server.start({ scenario, how });
    if (answer.p) { window.location.assign(`${links.play}?id=${answer.p}`); return; }
    banner(answer.refused);
  } catch { banner(L.cut_off); }
  go.disabled = false;
}

const alone = $("alone");
try { alone.checked = window.localStorage.getItem("kefu.alone") === "yes"; } catch { /* private window */ }
alone.addEventListener("input", () => {
  try { window.localStorage.setItem("kefu.alone", alone.checked ? "yes" : ""); } catch { /* private window */ }
  draw();
});
for (const name of ["search", "level", "lang", "state"]) $(name).addEventListener("input", draw);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !composing(event) && !writing()) {
    event.preventDefault();
    $("search").focus();
  }
});

(async () => {
  try {
    const answer = await server.cards({});
    cards = answer.cards;
    const open = $("open");
    open.hidden = !answer.open.length;
    for (const one of answer.open) {
      const card = cards.find((other) => other.id === one.scenario);
      const go = make("a", "kf-going", fill(L.go_on, { words: card ? card.shelf : one.scenario }));
      go.href = `${links.play}?id=${one.id}`;
      open.append(go);
    }
    draw();
  } catch { banner(L.cut_off); }
})();
