// --- keys, and the beginning
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
  if (event.key === "Escape") {
    const form = document.activeElement?.closest?.(".kq-form");
    if (form) form.remove();
    else if (document.activeElement === $("search")) $("search").blur();
    else if ($("menu").open) $("menu").open = false;
    return;
  }
  if (typing) return;
  if (event.key === "/") {
    event.preventDefault();
    view(desk.dataset.view === "imports" ? "imports" : "list");
    $("search").focus();
  } else if (event.key === "j" || event.key === "J") step(1);
  else if (event.key === "k" || event.key === "K") step(-1);
  else if (event.key === "Enter" && !document.activeElement?.closest?.("button, a, summary, form")) {
    event.preventDefault();
    if (now) { view("talk"); element.querySelector(".kq-said")?.focus(); } else step(1);
  }
});
// A choice closes the menu as well: on a phone it lies over what comes next.
document.addEventListener("click", (event) => { if (!event.target.closest?.(".kq-menu") || event.target.closest("[data-get]")) $("menu").open = false; });

(async () => {
  await choices();
  await showJobs();
  await reload();
  watch();
  // Whoever has opened something meanwhile keeps it.
  if (window.innerWidth <= 760 || now || desk.dataset.view === "imports") return;
  if (rows.length) await open(rows[0].id);
  else { importing(); drawJobs(); }
})();
