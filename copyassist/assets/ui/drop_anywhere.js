// Lets a file be dropped anywhere on the page: it lands in the place for files that `data.key` names.
// Without this a browser would leave the page and show the file.
export default function (component) {
  component.parentElement.caStop?.();
  const place = () => document.querySelector(`.st-key-${component.data.key}`);
  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const over = (event) => {
    if (!carries(event) || !place()) return;
    event.preventDefault();
    document.documentElement.classList.add("ca-dropping");
  };
  const leave = (event) => {
    if (!event.relatedTarget) document.documentElement.classList.remove("ca-dropping");
  };
  const drop = (event) => {
    document.documentElement.classList.remove("ca-dropping");
    const target = place();
    if (!carries(event) || !target || target.contains(event.target)) return;
    event.preventDefault();
    const input = target.querySelector("input[type=file]");
    if (!input) return;
    const files = new DataTransfer();
    for (const file of event.dataTransfer.files) files.items.add(file);
    input.files = files.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const heard = { dragover: over, dragleave: leave, drop };
  for (const [name, listener] of Object.entries(heard)) document.addEventListener(name, listener);
  const stop = () => {
    for (const [name, listener] of Object.entries(heard)) document.removeEventListener(name, listener);
  };
  component.parentElement.caStop = stop;
  return stop;
}
