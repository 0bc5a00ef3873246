// --- quick phrases: one's own, then the shop's; written, changed and deleted in a sheet
const P = props.phrases;
const phrases = $("phrases");
let ready = { own: [], shop: [] };

async function beginPhrases() {
  try { ready = await server.phrases({ lang: frame.lang }); } catch { /* the composer works without */ }
}

function showPhrases(filter) {
  const wanted = filter.trim().toLowerCase();
  const fitting = [...ready.own.map((one) => one.text), ...ready.shop].filter((text) => text.toLowerCase().includes(wanted));
  phrases.replaceChildren();
  fitting.forEach((text, index) => {
    const one = button("", text, () => usePhrase(text));
    one.setAttribute("role", "option");
    one.setAttribute("aria-selected", String(index === 0));
    phrases.append(one);
  });
  const manage = button("kf-manage", P.manage, managePhrases);
  manage.setAttribute("role", "option");
  manage.setAttribute("aria-selected", "false");
  phrases.append(manage);
  phrases.hidden = false;
}

function usePhrase(text) {
  box.value = text;
  phrases.hidden = true;
  grow();
  keepDraft(text);
  box.focus();
}

// Enter in the composer takes the marked phrase, if the list is open.
function takePhrase() {
  const marked = phrases.hidden ? null : phrases.querySelector("[aria-selected=true]");
  marked?.click();
  return marked !== null;
}

function markPhrase(by) {
  const all = [...phrases.children];
  const now = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = (now + by + all.length) % all.length;
  all.forEach((one, index) => one.setAttribute("aria-selected", String(index === next)));
  all[next].scrollIntoView({ block: "nearest" });
}
box.addEventListener("keydown", (event) => {
  if (composing(event) || phrases.hidden || !/^Arrow(Up|Down)$/.test(event.key)) return;
  event.preventDefault();
  markPhrase(event.key === "ArrowDown" ? 1 : -1);
});
$("quick").onclick = () => {
  if (!phrases.hidden) { phrases.hidden = true; return; }
  showPhrases("");
  box.focus();
};

function managePhrases() {
  phrases.hidden = true;
  const rows = make("div", "kf-own");
  const told = make("p", "kf-warn");
  told.setAttribute("role", "alert");
  const change = async (name, body) => {
    told.textContent = "";
    try {
      const answer = await server[name]({ lang: frame.lang, ...body });
      if (answer.refused) { told.textContent = answer.refused; return; }
      ready = answer;
      draw();
    } catch { told.textContent = P.cut_off; }
  };
  const line = (text, save, remove) => {
    const row = make("form", "kf-own-line");
    const field = make("input");
    field.value = text;
    field.maxLength = 300;
    field.autocomplete = "off";
    field.setAttribute("aria-label", remove ? P.one : P.new);
    if (!remove) field.placeholder = P.new;
    const keep = make("button", "kf-small", remove ? P.save : P.add);
    row.append(field, keep);
    if (remove) {
      const drop = button("kf-small", P.delete, remove);
      drop.setAttribute("aria-label", `${P.delete}: ${text}`);
      row.append(drop);
    }
    row.onsubmit = (event) => { event.preventDefault(); save(field.value); };
    return row;
  };
  const draw = () => {
    rows.replaceChildren();
    for (const one of ready.own) rows.append(line(one.text, (text) => change("save_phrase", { id: one.id, text }), () => change("drop_phrase", { id: one.id })));
    if (!ready.own.length) rows.append(make("p", "kf-quiet", P.empty));
    rows.append(line(box.value.startsWith("/") ? "" : box.value, (text) => change("save_phrase", { text }), null));
  };
  draw();
  hold("phrases");
  openSheet(P.manage, rows, told);
  afterSheet = () => release("phrases");
}
