// A rubric at a glance, and what a change of it does to the stored conversations.
let looking = false;
const tryNow = () => effect();
afterCheck.push((found) => drawMeasures(found.measures));

function drawMeasures(one) {
  const place = $("measures");
  place.replaceChildren();
  if (!one) { place.append(make("p", "st-quiet", L.story_faults)); return; }
  const sum = make("p", one.whole ? "st-fine" : "st-bad", fill(one.whole ? L.sum_whole : L.sum_off, { sum: one.sum }));
  const table = make("table", "st-table");
  const head = make("tr");
  for (const label of [L.criterion, L.weight, ""]) head.append(make("th", "", label));
  table.append(head);
  const most = Math.max(...one.criteria.map((row) => row.weight ?? 0), 0.01);
  for (const row of one.criteria) {
    const line = make("tr");
    const first = make("td");
    first.append(button("st-jump", row.name, () => jump(row.line)));
    if (row.review) first.append(make("small", "st-chip", L.review));
    const bar = make("meter");
    bar.max = most;
    bar.value = row.weight ?? 0;
    bar.setAttribute("aria-label", row.name);
    const cell = make("td", "st-barcell");
    cell.append(bar);
    line.append(first, make("td", "st-number", row.weight === null ? "–" : `${Math.round(row.weight * 1000) / 10}%`), cell);
    table.append(line);
  }
  place.append(sum, table, make("h3", "st-head", L.limits));
  const limits = make("ul", "st-rules");
  limits.append(make("li", "", fill(L.pass_mark, { n: one.pass_mark ?? "–" })));
  if (one.coverage !== null) limits.append(make("li", "", fill(L.coverage, { n: Math.round(one.coverage * 100) })));
  if (one.critical.length) limits.append(make("li", "", fill(L.critical, { what: one.critical.join(" / "), cap: one.critical_cap ?? "–" })));
  for (const gate of one.gates) limits.append(make("li", "", fill(gate.rating === null ? L.gate_score : L.gate_rating, { name: gate.name, n: gate.rating ?? gate.score ?? "–", cap: gate.cap ?? "–" })));
  if (one.usual_gates) limits.append(make("li", "", L.usual_gates));
  place.append(limits);
  const with_examples = one.criteria.filter((row) => row.examples.length);
  if (!with_examples.length) return;
  place.append(make("h3", "st-head", L.examples));
  for (const row of with_examples) {
    const more = make("details");
    more.append(make("summary", "", fill(L.examples_of, { name: row.name, n: row.examples.length })));
    const list = make("ul", "st-rules");
    for (const example of row.examples) list.append(make("li", `st-${example.side}`, `${L[`side_${example.side}`]} ${example.text}`));
    more.append(list);
    place.append(more);
  }
}

async function effect() {
  if (looking) return;
  looking = true;
  $("effect").disabled = true;
  const place = $("effect-place"), sent = text.value;
  let begin = true;
  banner("");
  try {
    for (;;) {
      const answer = await server.effect({ name, text: sent, begin });
      begin = false;
      if (answer.all) {
        place.replaceChildren(make("p", "st-quiet", fill(L.regrading, { done: answer.done, all: answer.all })));
        const bar = make("progress");
        bar.max = answer.all;
        bar.value = answer.done;
        bar.setAttribute("aria-label", L.effect);
        place.append(bar);
        await new Promise((resolve) => window.setTimeout(resolve, 1000));
        continue;
      }
      place.replaceChildren();
      if (answer.refused) place.append(make("p", "st-bad", answer.refused));
      else drawEffect(place, answer);
      break;
    }
  } catch { place.replaceChildren(make("p", "st-bad", L.cut_off)); }
  looking = false;
  $("effect").disabled = false;
}

function drawEffect(place, one) {
  if (!one.n) { place.append(make("p", "st-quiet", L.effect_none)); return; }
  place.append(make("p", "st-lead", fill(one.up + one.down ? L.effect_told : L.effect_same, one)));
  place.append(make("p", "st-quiet", fill(L.effect_mean, { before: one.before ?? "–", after: one.after ?? "–" })));
  if (!one.changes.length) return;
  const list = make("ul", "st-changes");
  for (const change of one.changes) {
    const row = make("li");
    const title = change.practice ? make("a", "", fill(L.practice_n, { n: change.practice })) : make("span", "", change.name);
    if (change.practice) title.href = `/teach/talk?id=${change.practice}`;
    row.append(title, make("b", change.passes ? "st-fine" : "st-bad", change.passes ? L.now_passes : L.now_fails), make("span", "st-number", `${change.before ?? "–"} → ${change.after ?? "–"}`), make("span", "st-quiet", change.why.join("；")));
    list.append(row);
  }
  place.append(list);
  if (one.more) place.append(make("p", "st-quiet", fill(L.effect_more, { n: one.more })));
}

$("effect").onclick = effect;
open().catch(() => banner(L.cut_off));
draw();
