// Keeps what is typed but not yet sent, so that a refresh loses nothing. The browser tab's own
// session storage is the only place it goes; Python hears of it once, after a reload.
const KEY = "copyassist.desk";
const FIELDS = ["title", "body"];

function area(field) {
  return document.querySelector(`.st-key-desk_${field} textarea`);
}

function read() {
  try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; }
}

export default function (component) {
  const { data, setTriggerValue } = component;
  const kept = read();
  if (data.fresh && kept && FIELDS.some((f) => (kept[f] || "") !== (data[f] || ""))) {
    setTriggerValue("restored", { title: kept.title || "", body: kept.body || "" });
  }
  const keep = () => {
    const now = {};
    for (const field of FIELDS) now[field] = area(field)?.value ?? "";
    try { sessionStorage.setItem(KEY, JSON.stringify(now)); } catch { /* storage is full or off */ }
  };
  const onInput = (event) => {
    if (FIELDS.some((field) => event.target === area(field))) keep();
  };
  document.addEventListener("input", onInput);
  if (!data.fresh) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ title: data.title, body: data.body }));
    } catch { /* as above */ }
  }
  return () => document.removeEventListener("input", onInput);
}
