// Short messages at the bottom right. A problem document (RFC 9457) that answers a partial request becomes one, so
// that no failure is silent; so does the HX-Trigger event "bk:toast".
export function toast({ title, detail = "", tone = "bad" }) {
  const box = document.getElementById("bk-toasts");
  if (!box) return;
  const message = Object.assign(document.createElement("div"), { className: "bk-toast" });
  message.dataset.tone = tone;
  message.setAttribute("role", tone === "bad" ? "alert" : "status");
  message.append(Object.assign(document.createElement("strong"), { textContent: title }));
  if (detail) message.append(Object.assign(document.createElement("span"), { textContent: detail }));
  box.append(message);
  // Shown again each time: whatever was opened last, a drawer for instance, would lie above it otherwise.
  box.hidePopover();
  box.showPopover();
  setTimeout(() => {
    message.remove();
    if (!box.childElementCount) box.hidePopover();
  }, 6000);
}

document.addEventListener("bk:toast", ({ detail }) => toast(detail));

// Anything but 2xx is not swapped into the page (see the htmx configuration); its own words are shown instead.
function problemOf({ response, text }) {
  const general = { title: `The server answered ${response.status}`, detail: "Try again in a moment." };
  try {
    if (response.headers.get("Content-Type")?.includes("json")) return { ...general, ...JSON.parse(text), tone: "bad" };
    const sheet = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    const [title, detail] = ["h1", "p"].map((tag) => sheet.querySelector(tag).textContent);
    return { title, detail };
  } catch {
    return general;
  }
}

document.addEventListener("htmx:response:error", ({ target, detail }) => {
  if (!target.closest?.("[data-stream]")) toast(problemOf(detail.ctx));
});
document.addEventListener("htmx:error", (event) => {
  if (event.target.closest?.("[data-stream]")) return; // the Live mark says it
  toast({ title: "Booka could not be reached", detail: "Check the connection and try again." });
});
