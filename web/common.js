// What every script of a page begins with. Texts that people wrote are set as text, never as HTML.
const L = props.labels, links = props.links;
const $ = (name) => element.querySelector(`[data-${name}]`);
const make = (tag, name, text) => {
  const one = document.createElement(tag);
  if (name) one.className = name;
  if (text !== undefined) one.textContent = text;
  return one;
};
const button = (name, text, act) => {
  const one = make("button", name, text);
  one.type = "button";
  if (act) one.onclick = () => act(one);
  return one;
};
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const asked = (name) => new URLSearchParams(window.location.search).get(name);
const writing = () => /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
const composing = (event) => event.isComposing || event.keyCode === 229;
