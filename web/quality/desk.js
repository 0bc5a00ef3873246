// The QA lead's desk. Everything that comes from people is set as text, never as HTML.
const meanings = props.meanings;
const points = (value) => (value === null || value === undefined ? L.not_scored : String(Math.round(value * 10) / 10));
const signed = (value) => (value > 0 ? `+${value}` : String(value));
const desk = $("desk"), list = $("rows");
const wanted = { order: "worst" };
let rows = [], key = null, now = null, loading = false, turn = 0;

function banner(text) {
  $("banner").textContent = text;
  $("banner").hidden = !text;
}
function tell(text) {
  $("told").textContent = text;
  $("told").hidden = !text;
}
async function call(name, body = {}) {
  try {
    const answer = await server[name](body);
    if (answer.refused) { banner(answer.refused); return null; }
    banner("");
    return answer;
  } catch { banner(L.cut_off); return null; }
}
function options(place, pairs, chosen = "") {
  place.replaceChildren();
  for (const [value, label] of pairs) {
    const one = make("option", "", label);
    one.value = value;
    one.selected = value === chosen;
    place.append(one);
  }
}
function view(name) {
  desk.dataset.view = name;
  $("talk").hidden = name === "imports";
  $("imports").hidden = name !== "imports";
  tell("");
}

// --- the list
const filter = () => Object.fromEntries(Object.entries(wanted).filter(([, value]) => value));
const narrowed = () => Object.keys(filter()).some((name) => name !== "order");

async function reload(keep = false) {
  const mine = ++turn;
  loading = true;
  const answer = await call("rows", filter());
  if (mine !== turn) return; // a later question is under way
  loading = false;
  if (!answer) return;
  rows = [];
  list.replaceChildren();
  $("count").textContent = answer.count || narrowed() ? (answer.count ? fill(L.count, { n: answer.count }) : L.none) : "";
  $("clear").hidden = !narrowed();
  $("menu").hidden = !answer.count;
  add(answer);
  for (const one of element.querySelectorAll("[data-get]")) one.href = `/quality/export.${one.dataset.get}?${new URLSearchParams(filter())}`;
  if (!rows.length && !narrowed()) nothing();
  if (keep && now) mark(now);
  lost();
}
function nothing() {
  const place = make("li", "kq-empty");
  place.append(make("h2", "", L.empty_title), make("p", "kf-quiet", L.empty));
  list.append(place);
}
function add(answer) {
  list.querySelector(".kq-next")?.remove();
  key = answer.key;
  for (const one of answer.rows) {
    rows.push(one);
    list.append(drawn(one));
  }
  if (key) {
    const next = make("li", "kq-next");
    next.append(button("kf-small", L.more, () => further()));
    list.append(next);
  }
}
async function further() {
  if (!key || loading) return;
  loading = true;
  const mine = turn;
  const answer = await call("rows", { ...filter(), after: key });
  loading = false;
  if (answer && mine === turn) add(answer);
}
function drawn(one) {
  const place = make("li");
  place.dataset.id = one.id;
  place.append(button("kq-row", undefined, () => open(one.id)));
  dress(place, one);
  return place;
}
function dress(place, one) {
  const row = place.firstChild;
  row.replaceChildren();
  const head = make("span", "kq-row-head");
  const failed = one.passed === false;
  const state = !one.graded ? (one.fault ? L.not_graded : L.not_yet) : one.overall === null ? L.unscored : points(one.overall);
  head.append(make("span", "kq-words", one.words || one.name), make("b", one.graded && one.overall !== null ? (failed ? "kf-warn" : "kf-good") : "kf-quiet", state));
  const foot = make("span", "kq-row-foot");
  foot.append(make("span", "kq-who", [one.agent, one.at].filter(Boolean).join(" · ") || one.name));
  const tag = (text, name) => foot.append(make("span", `kq-tag ${name}`, text));
  if (one.graded && one.overall !== null) tag(failed ? L.t_failed : L.t_passed, failed ? "kq-bad" : "kq-good");
  if (one.critical) tag(L.t_critical, "kq-bad");
  if (one.review) tag(L.t_review, "kq-warn");
  if (one.by_hand) tag(L.t_hand, "kq-hand");
  row.append(head, foot);
}
function mark(id) {
  for (const one of list.querySelectorAll(".kq-row[aria-current]")) one.removeAttribute("aria-current");
  const row = list.querySelector(`[data-id="${id}"] .kq-row`);
  row?.setAttribute("aria-current", "true");
  row?.scrollIntoView({ block: "nearest" });
  return row;
}
async function open(id, focus = false) {
  now = id;
  view("talk");
  const row = mark(id);
  if (focus) row?.focus();
  const answer = await call("show", { id });
  if (answer && now === id) talk(answer);
}
async function step(by) {
  const at = rows.findIndex((one) => one.id === now);
  if (by > 0 && at === rows.length - 1 && key) await further();
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
  if (next && next.id !== now) await open(next.id, desk.dataset.view === "list");
}

// --- filters
let typed = 0;
$("search").addEventListener("input", (event) => {
  if (event.isComposing) return;
  window.clearTimeout(typed);
  typed = window.setTimeout(() => { wanted.text = $("search").value.trim(); reload(); }, 300);
});
$("search").addEventListener("compositionend", () => $("search").dispatchEvent(new Event("input")));
for (const chip of element.querySelectorAll("[data-chip]")) {
  chip.onclick = () => {
    const on = chip.getAttribute("aria-pressed") !== "true";
    chip.setAttribute("aria-pressed", String(on));
    wanted[chip.dataset.chip] = on ? "1" : "";
    reload();
  };
}
for (const one of element.querySelectorAll("[data-by]")) {
  one.addEventListener("change", () => {
    wanted[one.dataset.by] = one.value;
    reload();
    if (one.dataset.by === "import") choices();
  });
}
function clear() {
  for (const name of Object.keys(wanted)) if (name !== "order") wanted[name] = "";
  $("search").value = "";
  for (const chip of element.querySelectorAll("[data-chip]")) chip.setAttribute("aria-pressed", "false");
  for (const one of element.querySelectorAll("[data-by]")) if (one.dataset.by !== "order") one.value = "";
}
$("clear").onclick = () => { clear(); reload(); };
options(element.querySelector("[data-by=order]"), [["worst", L.worst], ["read", L.read]], "worst");

let chosen = { rubrics: [], facts: [], zones: [], rubric: "", zone: "" };
async function choices() {
  const answer = await call("choices", { import: wanted.import });
  if (!answer) return;
  chosen = answer;
  options(element.querySelector("[data-by=agent]"), [["", L.all_agents], ...answer.agents.map((one) => [one, one])], wanted.agent ?? "");
  options(element.querySelector("[data-by=rubric]"), [["", L.all_rubrics], ...answer.used.map((one) => [one.id, one.label])], wanted.rubric ?? "");
}
