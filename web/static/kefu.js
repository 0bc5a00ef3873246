// Small helps for pages that work without them.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");

  // Gradio follows the system and sets a class; the reader's choice stands above it.
  if (document.body.classList.contains("gradio")) {
    const wanted = () => root.dataset.theme === "dark" || (root.dataset.theme === "system" && dark.matches);
    const hold = () => {
      if (document.body.classList.contains("dark") !== wanted()) document.body.classList.toggle("dark", wanted());
    };
    new MutationObserver(hold).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    dark.addEventListener("change", hold);
    hold();
    const app = document.querySelector("gradio-app");
    const started = () => app.querySelector(".gradio-container .block, .gradio-container .html-container");
    const arrived = new MutationObserver(() => {
      if (started()) {
        arrived.disconnect();
        document.querySelector(".starting")?.remove();
      }
    });
    arrived.observe(app, { childList: true, subtree: true });
  }

  // Enter presses the one button of the page, unless something else has the keys.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || event.repeat) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const here = document.activeElement;
    if (here && here !== document.body && here.id !== "main") return;
    const button = document.querySelector("[data-enter]");
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // no clipboard without https
    }
    button.textContent = button.dataset.done;
  });
})();
