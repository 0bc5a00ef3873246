// --- help that fades: the mood and a line under each own bubble, or hints on request
const H = props.help;
const read = new Set(); // own messages whose line was shown
let reading = 0;

function coach() {
  const place = $("coach");
  $("given").hidden = !frame.given || [...list.querySelectorAll(".kf-agent")].some((row) => Number(row.dataset.n) >= frame.given);
  place.hidden = !view.coach;
  if (!view.coach) return;
  place.replaceChildren(make("span", `kf-mood kf-mood-${Math.round(view.coach.mood)}`, fill(H.mood, { word: view.coach.word })));
  for (const row of list.querySelectorAll(".kf-taken")) row.remove();
  for (const [n, text] of Object.entries(view.coach.lines)) {
    if (Number(n) < frame.given) continue;
    list.querySelector(`[data-n="${n}"]`)?.append(make("div", "kf-taken", text));
    if (!read.has(n)) { read.add(n); standStill(text); }
  }
}

// Time stands still for as long as the new line takes to read, or until one writes on.
function standStill(text) {
  if (!helping || view.state !== "open") return;
  hold("line");
  window.clearTimeout(reading);
  reading = window.setTimeout(() => release("line"), Math.min(6000, 1500 + 70 * text.length));
}
box.addEventListener("input", () => { if (held.has("line")) { window.clearTimeout(reading); release("line"); } });

let helping = false;
function beginHelp() {
  helping = true;
  $("hint").hidden = frame.help === "none" || view.state !== "open";
}

async function hint(step) {
  hold("hint");
  const before = sheet;
  let answer = null;
  try { answer = await call("hint", { step }); } catch { release("hint"); lost(); return; }
  if (sheet !== before) { release("hint"); return; } // closed while the answer was on its way
  if (answer.refused) { release("hint"); banner(answer.refused); return; }
  const parts = [make("p", "kf-hint", answer.text), make("p", "kf-quiet", view.mode === "play" ? H.costs : H.stands)];
  const row = make("div", "kf-actions");
  if (answer.more) row.append(button("kf-small", step === 1 ? H.more_act : H.more_sentence, () => { afterSheet = null; hint(step + 1); }));
  row.append(button("kf-main", H.back, closeSheet));
  openSheet(H.title, ...parts, row);
  afterSheet = () => release("hint");
  sheet.querySelector(".kf-main").focus();
}
$("hint").onclick = () => { if (view && view.state === "open") hint(1); };
