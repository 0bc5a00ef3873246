// --- imports as rows
const LOOK = 3000; // milliseconds between two looks at what is under way
let jobs = [], moreJobs = false;
const underWay = (one) => one.state === "reading" || one.state === "grading";

function importing() {
  const place = $("imports");
  if (!place.firstChild) {
    const head = make("div", "kq-imports-head");
    head.append(button("kf-small kq-back", `‹ ${L.back}`, () => view("list")), make("h1", "", L.import));
    const sending = make("p", "kf-quiet");
    sending.dataset.sending = "";
    sending.setAttribute("role", "status");
    const looked = make("div", "kq-looked");
    looked.dataset.looked = "";
    const done = make("section");
    done.append(make("h2", "", L.imports));
    const place2 = make("div", "kq-jobs");
    place2.dataset.jobs = "";
    done.append(place2);
    place.append(head, dropping(), sending, looked, done);
  }
  view("imports");
}

async function showJobs() {
  const answer = await call("jobs");
  if (!answer) return;
  jobs = answer.rows;
  moreJobs = answer.more;
  drawJobs();
}
function drawJobs() {
  options(element.querySelector("[data-by=import]"), [["", L.all_imports], ...jobs.map((one) => [String(one.id), `${one.at} ${one.name}`.slice(0, 60)])], wanted.import ?? "");
  lost();
  const place = $("jobs");
  if (!place) return;
  place.replaceChildren();
  if (!jobs.length) place.append(make("p", "kf-quiet", L.no_imports));
  for (const one of jobs) place.append(job(one));
  if (moreJobs) place.append(button("kf-small", L.older, async () => {
    const answer = await call("jobs", { before: jobs.at(-1).id });
    if (answer) { jobs.push(...answer.rows); moreJobs = answer.more; drawJobs(); }
  }));
}
function stateOf(one) {
  if (one.fault) return L.s_fault;
  if (underWay(one) && !one.works) return L.s_waiting;
  return L[`s_${one.state}`];
}
function progressOf(one) {
  const parts = [stateOf(one)];
  if (one.state === "reading") parts.push(fill(L.read_n, { n: one.total }));
  else parts.push(fill(L.of, one));
  if (one.seconds !== null && one.works) parts.push(one.seconds < 60 ? L.left_sec : fill(L.left_min, { n: Math.ceil(one.seconds / 60) }));
  if (one.faulty) parts.push(fill(L.faulty_n, { n: one.faulty }));
  return parts.join(" · ");
}
function job(one) {
  const place = make("article", "kq-job");
  place.dataset.job = one.id;
  const head = make("div", "kq-file-head");
  head.append(make("b", "", one.name), make("span", "kf-quiet", `${one.at} · ${one.rubric}`));
  place.append(head);
  const told = make("p", "kq-progress", progressOf(one));
  place.append(told);
  if (one.total && one.state !== "reading") {
    const bar = make("progress");
    Object.assign(bar, { max: one.total, value: one.done });
    bar.setAttribute("aria-label", progressOf(one));
    place.append(bar);
  }
  if (one.fault) place.append(make("p", "kq-fault", one.fault));
  const row = make("div", "kf-actions");
  if (one.done) row.append(button("kf-small", L.see, () => results(one.id)));
  if (underWay(one)) row.append(button("kf-small", L.stop, () => stopping(one.id, false)));
  if (one.state === "stopped") row.append(button("kf-small", L.go_on, () => stopping(one.id, true)));
  if (one.rejected) row.append(button("kf-small", fill(L.rejected_n, { n: one.rejected }), () => rejected(one.id)));
  row.append(button("kf-link kq-away", L.remove, (button) => {
    const sure = make("p", "kq-note", `${L.remove_sure} `);
    sure.append(button("kf-small", L.remove_yes, async () => { if (await call("remove", { import: one.id })) { if (wanted.import === String(one.id)) clear(); await showJobs(); choices(); reload(); } }), " ", button("kf-small", L.cancel, () => { sure.replaceWith(button); }));
    button.replaceWith(sure);
  }));
  place.append(row);
  return place;
}
async function stopping(number, on) {
  const answer = await call("stop", { import: number, on });
  if (answer) changed(answer.rows);
}
function results(number) {
  clear();
  wanted.import = String(number);
  element.querySelector("[data-by=import]").value = wanted.import;
  choices();
  reload().then(() => (rows.length && window.innerWidth > 760 ? open(rows[0].id) : view("list")));
}
// What could not be read, of the import that the list shows, or of the newest that lacks something.
function lost() {
  const one = wanted.import ? jobs.find((each) => String(each.id) === wanted.import) : jobs.find((each) => each.rejected);
  const button = $("lost");
  button.hidden = !one?.rejected;
  if (one?.rejected) { button.textContent = fill(L.rejected_n, { n: one.rejected }); button.onclick = () => rejected(one.id); }
}
async function rejected(number, after = 0) {
  const answer = await call("rejects", { import: number, after });
  if (!answer) return;
  if (!$("imports").firstChild) importing();
  view("imports");
  let place = element.querySelector(".kq-rejects");
  if (!after) {
    place?.remove();
    place = make("section", "kq-rejects");
    const head = make("div", "kq-file-head");
    const get = make("a", "kf-small", L.rejects_get);
    get.href = `/quality/rejects.csv?import=${number}`;
    head.append(make("h2", "", L.rejects), get, button("kf-small", L.close, () => place.remove()));
    const table = make("table", "kq-table"), top = make("tr"), headrow = make("thead");
    for (const text of [L.col_file, L.col_line, L.col_reason]) { const cell = make("th", "", text); cell.scope = "col"; top.append(cell); }
    headrow.append(top);
    table.append(headrow, make("tbody"));
    place.append(head, table);
    $("imports").prepend(place);
  }
  place.querySelector(".kq-further")?.remove();
  for (const one of answer.rows) {
    const row = make("tr");
    row.append(make("td", "", one.sheet ? `${one.file} ${L.col_sheet} ${one.sheet}` : one.file), make("td", "", one.line ?? "–"), make("td", "", one.reason));
    place.querySelector("tbody").append(row);
  }
  if (answer.more) place.append(button("kf-small kq-further", L.rejects_more, () => rejected(number, answer.rows.at(-1).n)));
  if (!after) place.scrollIntoView({ block: "start" });
}

// Only what is under way is asked for, and only while somebody looks.
function changed(found) {
  let finished = false, grown = false;
  for (const one of found) {
    const at = jobs.findIndex((each) => each.id === one.id);
    if (at < 0) continue;
    if (one.state === "gone") { jobs.splice(at, 1); drawJobs(); continue; }
    finished ||= jobs[at].state !== one.state;
    grown ||= jobs[at].done !== one.done;
    jobs[at] = one;
    const place = element.querySelector(`[data-job="${one.id}"]`);
    if (place && !place.querySelector(".kq-note") && !place.contains(document.activeElement)) place.replaceWith(job(one));
  }
  if (finished) { drawJobs(); choices(); }
  if (finished || (grown && list.scrollTop === 0 && rows.length < 50)) reload(true);
}
async function watch() {
  const numbers = jobs.filter(underWay).map((one) => one.id);
  if (numbers.length && !document.hidden) {
    try { changed((await server.watch({ numbers })).rows); } catch { /* the next look may fare better */ }
  }
  if (element.isConnected) window.setTimeout(watch, LOOK);
}
$("to-imports").onclick = () => { importing(); drawJobs(); };
