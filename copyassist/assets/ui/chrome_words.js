// Streamlit's own words, in English only, said in the language of the pages: whatever it shows is
// exchanged where a whole text is one of `data.words`. What was there comes back with the language.
const ATTRIBUTES = ["aria-label", "title", "placeholder"];

export default function (component) {
  const { data: { words }, parentElement } = component;
  parentElement.caStop?.(); // what was said before, in another language
  const changed = [];
  const swap = (text) => {
    const found = words[text?.trim()];
    return found && found !== text ? found : null;
  };
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const found = swap(node.nodeValue);
      if (!found) return;
      const before = node.nodeValue;
      node.nodeValue = found;
      changed.push(() => { if (node.nodeValue === found) node.nodeValue = before; });
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    for (const name of ATTRIBUTES) look(node, name);
    for (const child of node.childNodes) visit(child);
  };
  const look = (element, name) => {
    const before = element.getAttribute(name);
    const found = before && swap(before);
    if (!found) return;
    element.setAttribute(name, found);
    changed.push(() => { if (element.getAttribute(name) === found) element.setAttribute(name, before); });
  };
  const watcher = new MutationObserver((seen) => {
    for (const one of seen) {
      if (one.type === "childList") one.addedNodes.forEach(visit);
      else if (one.type === "attributes") look(one.target, one.attributeName);
      else visit(one.target);
    }
  });
  visit(document.body);
  watcher.observe(document.body, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
  const stop = () => {
    watcher.disconnect();
    for (const undo of changed.splice(0).reverse()) undo();
  };
  parentElement.caStop = stop;
  return stop;
}
