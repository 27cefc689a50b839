// Keeps what is typed but not yet sent, so that a refresh loses nothing: the browser tab's own
// session storage is the only place it goes; Python hears of it once, after a reload. And marks the
// page while its result is of another text than the one in the fields, without asking Python.
const KEY = "copyassist.desk";
const FIELDS = ["title", "body"];
const OUTDATED = "ca-outdated";
const LOOK_EVERY = 300; // milliseconds: a button may change the fields, and tells nobody

function area(field) {
  return document.querySelector(`.st-key-desk_${field} textarea`);
}

function read() {
  try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; }
}

const plain = (text) => (text ?? "").replaceAll("\r\n", "\n");

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  parentElement.caStop?.(); // what was kept and marked before this run
  const kept = read();
  if (data.fresh && kept && FIELDS.some((f) => (kept[f] || "") !== (data[f] || ""))) {
    setTriggerValue("restored", { title: kept.title || "", body: kept.body || "" });
  }
  const keep = () => {
    const now = {};
    for (const field of FIELDS) now[field] = area(field)?.value ?? "";
    try { sessionStorage.setItem(KEY, JSON.stringify(now)); } catch { /* storage is full or off */ }
  };
  const mark = () => {
    const other = (field) => area(field) && plain(area(field).value) !== plain(data.scored[field]);
    document.documentElement.classList.toggle(OUTDATED, !!data.scored && FIELDS.some(other));
  };
  const onInput = (event) => {
    if (!FIELDS.some((field) => event.target === area(field))) return;
    keep();
    mark();
  };
  document.addEventListener("input", onInput);
  const looking = setInterval(mark, LOOK_EVERY);
  if (!data.fresh) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ title: data.title, body: data.body }));
    } catch { /* as above */ }
  }
  const stop = () => {
    document.removeEventListener("input", onInput);
    clearInterval(looking);
    document.documentElement.classList.remove(OUTDATED);
  };
  parentElement.caStop = stop;
  return stop;
}
