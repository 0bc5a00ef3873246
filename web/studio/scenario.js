// The try-out beside a scenario's text, its states and its paths.
let trial = null, proof = null, proving = false;
panels.story = drawStory;
panels.paths = drawPaths;
const tryNow = () => start(false);

afterCheck.push((found) => {
  const names = found.variants ?? [];
  const place = $("variant"), chosen = place.value;
  if (names.length && names.length !== place.options.length) {
    place.replaceChildren(...names.map((customer, n) => {
      const one = make("option", "", fill(L.variant_n, { n: n + 1, customer }));
      one.value = String(n);
      return one;
    }));
    place.value = Number(chosen) < names.length && chosen ? chosen : "0";
  }
  proof = found.proof ?? null;
});
$("variant").onchange = () => { check(); if (trial) start(false); };

function drawStory(place) {
  if (!known?.story) { place.append(make("p", "st-quiet", known ? L.story_faults : L.checking_text)); return; }
  if (!proof?.paths?.length) place.append(make("p", "st-quiet", L.story_unproved));
  for (const one of known.story) {
    const head = make("h3", "st-stateline");
    head.append(button("st-jump", one.state, () => jump(one.line)));
    if (one.first) head.append(make("small", "st-chip", L.story_first));
    if (one.unreached) head.append(make("small", "st-chip st-warn", L.story_unreached));
    place.append(head);
    const list = make("ul", "st-rules");
    for (const rule of one.rules) {
      const row = make("li");
      row.append(button("st-jump", rule.text, () => jump(rule.line)));
      list.append(row);
    }
    if (!one.rules.length) list.append(make("li", "st-quiet", L.story_usual));
    place.append(list);
  }
}

function drawPaths(place) {
  const row = make("p", "st-row");
  const go = button("st-small", proving ? L.proving : L.prove, prove);
  go.disabled = proving;
  row.append(go, make("span", "st-quiet", L.prove_why));
  const told = make("span", "st-state");
  told.dataset.proof = "";
  told.setAttribute("role", "status");
  row.append(told);
  place.append(row);
  if (!proof) return;
  if (proof.faults.length) {
    told.textContent = fill(L.paths_faults, { n: proof.faults.length });
    told.className = "st-state st-bad";
  } else if (proof.paths.length) {
    told.textContent = fill(L.paths_fine, { n: proof.paths.length });
    told.className = "st-state st-fine";
  }
  if (!proof.paths.length) return;
  const table = make("table", "st-table");
  const head = make("tr");
  for (const one of [L.path, L.path_customer, L.path_ending, L.path_score, L.path_result]) head.append(make("th", "", one));
  table.append(head);
  for (const one of proof.paths) {
    const line = make("tr");
    const names = known?.variants ?? [];
    for (const cell of [one.path, names[one.variant] ?? one.variant + 1, `${one.ending}${one.right ? " ✓" : ""}`, one.overall === null ? "–" : one.overall.toFixed(1)]) line.append(make("td", "", String(cell)));
    line.append(make("td", one.faults ? "st-bad" : "st-fine", one.faults ? L.path_missed : L.path_held));
    table.append(line);
  }
  const frame = make("div", "st-wide");
  frame.append(table);
  place.append(frame);
}

async function prove() {
  if (proving) return;
  proving = true;
  const sent = text.value;
  draw();
  try {
    for (;;) {
      const answer = await server.prove({ name, text: sent });
      if (answer.all) {
        const told = $("proof");
        if (told) told.textContent = fill(L.checking, { done: answer.done, all: answer.all });
        await new Promise((resolve) => window.setTimeout(resolve, 1000));
        continue;
      }
      if (answer.refused) banner(answer.refused);
      else if (text.value === sent) {
        proof = answer.proof;
        faults = proof.faults;
        gutter();
      }
      break;
    }
  } catch { banner(L.cut_off); }
  proving = false;
  if (text.value === sent) check();
  draw();
}

// --- trying it out

function told(words) {
  $("told").textContent = words ?? "";
  $("told").hidden = !words;
}

function showTrial(found) {
  told(found.refused);
  if (!found.messages) return;
  trial = found;
  $("again").hidden = $("tools").hidden = $("compose").hidden = $("feel").hidden = false;
  $("back").disabled = !found.can_undo;
  $("send").disabled = $("act").disabled = $("wait").disabled = found.over;
  const place = $("messages");
  place.replaceChildren();
  for (const one of found.messages) {
    const row = make("div", `st-line st-${one.who}`);
    const bubble = make("div", "st-bubble", one.text);
    bubble.lang = found.lang;
    row.append(bubble);
    if (one.picture) {
      const image = make("img", "st-picture");
      image.src = one.picture;
      image.alt = one.text;
      bubble.append(image);
    }
    place.append(row);
  }
  place.scrollTop = place.scrollHeight;
  drawFeel(found.state);
}

function drawFeel(one) {
  const place = $("feel");
  place.replaceChildren();
  const add = (label, value, kind) => {
    if (!value) return;
    const part = make("span", kind ?? "");
    part.append(make("b", "", label), document.createTextNode(` ${value}`));
    place.append(part);
  };
  add(L.mood, `${one.mood} ${one.word}`, one.mood >= 3 ? "st-bad" : "");
  add(L.trust, `${one.trust}`);
  add(L.patience, `${one.patience}`);
  add(L.place, one.place);
  if (one.replied) add(L.heard, one.understood ? one.heard.join("、") || L.heard_nothing : L.not_understood, one.understood ? "" : "st-bad");
  add(L.open, one.open.join("、"));
  add(L.revealed, one.revealed.join("、"));
  add(L.told_of, one.told.join("、"));
  add(L.goals, one.goals.map((goal) => `${goal.done ? "✓" : "○"} ${goal.name}`).join("  "));
  add(L.ended, one.ending, "st-fine");
}

let busy = false;
async function ask(what, body) {
  if (busy) return false;
  busy = true;
  try {
    const found = await server[what](body);
    showTrial(found);
    return !found.refused;
  } catch { told(L.cut_off); return false; } finally { busy = false; }
}
async function start(again) {
  told("");
  const fine = await ask("try_start", { name, text: text.value, variant: Number($("variant").value || 0), again });
  if (fine) $("composer").focus();
}
async function send() {
  const words = $("composer").value.trim();
  if (!words || !trial || trial.over || busy) return;
  const row = make("div", "st-line st-agent");
  row.append(make("div", "st-bubble st-pending", words));
  $("messages").append(row);
  $("messages").scrollTop = $("messages").scrollHeight;
  $("composer").value = "";
  if (!(await ask("try_say", { text: words }))) {
    row.remove();
    if (!$("composer").value) $("composer").value = words;
  }
  $("composer").focus();
}
$("start").onclick = () => start(false);
$("again").onclick = () => start(true);
$("send").onclick = send;
$("wait").onclick = () => ask("try_wait", { seconds: 60 });
$("back").onclick = () => ask("try_back", {});
$("composer").addEventListener("keydown", (event) => {
  if (composing(event) || event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  send();
});

const needs = { look_up: "what", issue_refund: "amount", send_coupon: "amount", resend: "item", ask_supervisor: "question", change_address: "address", write_note: "fields" };
function fitAction() {
  const need = needs[$("action").value];
  $("panel").hidden = need !== "what";
  $("value").hidden = !need || need === "what";
  $("value").placeholder = need && need !== "what" ? L[`value_${need}`] : "";
}
$("action").onchange = fitAction;
fitAction();
$("act").onclick = async () => {
  const action = $("action").value, need = needs[action], value = $("value").value.trim();
  const data = {};
  if (need === "what") data.what = $("panel").value;
  else if (need === "amount") data.amount = Number(value) || 0;
  else if (need === "fields") {
    data.fields = Object.fromEntries(value.split(/[;；]/).map((part) => part.split(/[:：]/)).filter((pair) => pair.length === 2 && pair[0].trim()).map(([key, told]) => [key.trim(), told.trim()]));
  } else if (need) data[need] = value;
  if (await ask("try_act", { action, data })) $("value").value = "";
};
open().catch(() => banner(L.cut_off));
draw();
