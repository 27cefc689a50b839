// Tells the browser, and through it screen readers and font choice, what language the page speaks.
export default function (component) {
  document.documentElement.lang = component.data.language;
}
