// --- files that come in
const incoming = { files: [], columns: {}, rubric: "", facts: "", zone: "" };
const kinds = {
  jsonl: L.f_jsonl, csv: L.f_csv, xlsx: L.f_xlsx, qianniu: L.f_qianniu, jddc: L.f_jddc, zendesk: L.f_zendesk, intercom: L.f_intercom,
};
let looks = 0;

function dropping() {
  const place = make("div", "kq-dropzone");
  const pick = make("input", "hidden");
  Object.assign(pick, { type: "file", multiple: true, id: "kq-pick" });
  const label = make("label", "kq-drophere");
  label.htmlFor = "kq-pick";
  label.append(make("strong", "", L.drop), make("span", "kf-quiet", L.drop_kinds), make("span", "kf-quiet", `▦ ${L.drop_masked}`));
  pick.onchange = () => { take([...pick.files]); pick.value = ""; };
  for (const name of ["dragenter", "dragover"]) place.addEventListener(name, (event) => { event.preventDefault(); place.classList.add("kq-over"); });
  for (const name of ["dragleave", "drop"]) place.addEventListener(name, () => place.classList.remove("kq-over"));
  place.addEventListener("drop", (event) => { event.preventDefault(); take([...event.dataTransfer.files]); });
  place.append(pick, label);
  return place;
}

function send(file, progress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/quality/files?${new URLSearchParams({ name: file.name })}`);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.total && progress(Math.round(event.loaded / event.total * 100));
    request.onload = () => resolve(request.response ?? {});
    request.onerror = () => resolve({});
    request.send(file);
  });
}

async function take(files) {
  banner("");
  const told = $("sending");
  for (const file of files) {
    told.textContent = fill(L.sending, { name: file.name, n: 0 });
    const answer = await send(file, (n) => { told.textContent = fill(L.sending, { name: file.name, n }); });
    if (answer.token) incoming.files.push(answer.token);
    else banner(`${file.name}: ${answer.refused ?? L.cut_off}`);
  }
  told.textContent = "";
  await look();
}

const order = () => ({ files: incoming.files, columns: incoming.columns, rubric: incoming.rubric, facts: incoming.facts, zone: incoming.zone });

async function look() {
  const place = $("looked");
  if (!incoming.files.length) { place.replaceChildren(); return; }
  const mine = ++looks;
  place.setAttribute("aria-busy", "true");
  const answer = await call("look", order());
  if (mine !== looks || !place.isConnected) return;
  place.removeAttribute("aria-busy");
  if (!answer) return;
  const focused = document.activeElement?.dataset?.for;
  place.replaceChildren(make("h2", "", L.files));
  for (const one of answer.files) place.append(oneFile(one));
  place.append(scored(answer.can), settings());
  const go = button("kf-main", L.begin, begin);
  go.disabled = answer.files.some((one) => one.fault) || !answer.files.length;
  place.append(go);
  if (focused) place.querySelector(`[data-for="${CSS.escape(focused)}"]`)?.focus();
}

function oneFile(one) {
  const place = make("section", "kq-file");
  const head = make("div", "kq-file-head");
  const away = button("kf-small", "✕", async () => {
    incoming.files = incoming.files.filter((token) => token !== one.token);
    await call("drop", { token: one.token });
    look();
  });
  away.setAttribute("aria-label", fill(L.take_out, { name: one.name }));
  head.append(make("b", "", one.name), make("span", "kf-quiet", kinds[one.format] ?? ""), away);
  place.append(head);
  if (one.fault) place.append(make("p", "kq-fault", one.fault));
  if (one.bad?.length) {
    place.append(make("p", "kq-note", `${L.sample_bad} ${one.bad.join(" ")}`));
  }
  if (one.columns?.length) place.append(columns(one));
  return place;
}

function columns(file) {
  const fold = make("details", "kq-columns");
  fold.open = Boolean(file.fault) || Object.keys(incoming.columns).length > 0 || file.columns.some((one) => !one.meaning);
  fold.append(make("summary", "", `${L.columns} `), make("p", "kf-quiet", L.columns_hint));
  const table = make("table", "kq-table"), top = make("tr"), body = make("tbody");
  for (const text of [L.col, L.means, L.example]) { const cell = make("th", "", text); cell.scope = "col"; top.append(cell); }
  const head = make("thead");
  head.append(top);
  for (const one of file.columns) {
    const row = make("tr"), name = make("th", "", one.name), means = make("td"), pick = make("select");
    name.scope = "row";
    pick.setAttribute("aria-label", `${L.means}: ${one.name}`);
    pick.dataset.for = `${file.token} ${one.name}`;
    options(pick, [["", L.no_meaning], ...meanings.map((each) => [each.id, each.label])], one.meaning);
    pick.onchange = () => { incoming.columns[one.name] = pick.value; look(); };
    means.append(pick);
    row.append(name, means, make("td", "kf-quiet", one.cells.filter(Boolean).join(" / ")));
    body.append(row);
  }
  table.append(head, body);
  fold.append(table);
  return fold;
}

function scored(can) {
  const place = make("section", "kq-can");
  place.append(make("h2", "", L.can));
  const rows = make("ul", "kq-can-list");
  for (const one of can) {
    const item = make("li", one.missing ? "kq-no" : "kq-yes");
    item.append(make("span", "", `${one.label} ${one.missing ? "✗" : "✓"}`));
    if (!one.missing) item.append(make("span", "hidden", L.yes));
    if (one.missing === "times") item.append(make("span", "kf-quiet", ` ${L.no_times}`));
    if (one.missing === "facts") item.append(make("span", "kf-quiet", ` ${L.no_rules}`), button("kf-link", L.add, () => adding()));
    rows.append(item);
  }
  place.append(rows);
  const rules = make("div", "kq-rules");
  rules.dataset.rules = "";
  place.append(rules);
  return place;
}

function settings() {
  const place = make("div", "kq-grid kq-settings");
  const one = (name, label, pairs) => {
    const told = make("label", "", label), pick = make("select");
    pick.dataset.for = name;
    options(pick, pairs, incoming[name]);
    pick.onchange = () => { incoming[name] = pick.value; look(); };
    told.append(pick);
    place.append(told);
  };
  incoming.rubric ||= chosen.rubric;
  incoming.zone ||= chosen.zone;
  const zones = chosen.zones.includes(chosen.zone) ? chosen.zones : [chosen.zone, ...chosen.zones];
  one("rubric", L.rubric, chosen.rubrics.map((each) => [each.id, each.label]));
  one("facts", L.facts, [["", L.facts_none], ...chosen.facts.map((name) => [name, name])]);
  one("zone", L.zone, zones.map((name) => [name, name]));
  place.append(button("kf-small kq-add", L.facts_new, () => adding()));
  return place;
}

// The shop's own rules, written one a line or taken from a file.
function adding() {
  const place = $("rules");
  if (place.firstChild) { place.replaceChildren(); return; }
  const form = make("form", "kf-form kq-form");
  const name = make("input"), text = make("textarea"), pick = make("input"), said = make("p", "kq-fault");
  const labelled = (label, input) => { const told = make("label", "", label); told.append(input); return told; };
  name.maxLength = 60;
  text.rows = 4;
  text.placeholder = L.facts_hint;
  Object.assign(pick, { type: "file", accept: ".yaml,.yml,.json,.jsonl" });
  pick.onchange = async () => { const file = pick.files[0]; if (file && file.size < 200000) { name.value = file.name; text.value = await file.text(); } };
  said.setAttribute("role", "alert");
  const row = make("div", "kf-actions");
  row.append(make("button", "kf-main", L.save), button("kf-small", L.cancel, () => place.replaceChildren()));
  form.append(labelled(L.facts_name, name), labelled(L.facts_text, text), labelled(L.facts_file, pick), said, row);
  form.onsubmit = async (event) => {
    event.preventDefault();
    try {
      const answer = await server.add_facts({ name: name.value, text: text.value });
      said.textContent = answer.refused ?? "";
      if (answer.refused) return;
      if (!chosen.facts.includes(answer.name)) chosen.facts.push(answer.name);
      incoming.facts = answer.name;
      tell(answer.told);
      look();
    } catch { said.textContent = L.cut_off; }
  };
  place.append(form);
  name.focus();
}

async function begin(button) {
  button.disabled = true;
  const answer = await call("begin", order());
  if (!answer) { button.disabled = false; return; }
  Object.assign(incoming, { files: [], columns: {} });
  looks += 1;
  $("looked").replaceChildren();
  tell(answer.known);
  await showJobs();
}
