// The Live mark tells the truth: "on" only while bytes arrive. The server sends a beat every few seconds; when it is
// missed, the stream counts as dead even if the connection looks open.
const words = { wait: "Connecting", on: "Live", slow: "Delayed", off: "Offline" };
const patience = 20_000;
let timer;

function show(state) {
  const mark = document.getElementById("bk-live");
  if (!mark || mark.dataset.state === state) return;
  mark.dataset.state = state;
  mark.querySelector("span").textContent = words[state];
}

function alive(state = "on") {
  show(state);
  clearTimeout(timer);
  timer = setTimeout(() => show("off"), patience);
}

const dead = () => {
  clearTimeout(timer);
  show("off");
};

document.addEventListener("htmx:sse:after:connection", () => alive());
document.addEventListener("htmx:sse:after:message", (event) => {
  const { message } = event.detail;
  alive(message.event === "beat" && message.data === "slow" ? "slow" : "on");
});
document.addEventListener("htmx:sse:before:connection", (event) => {
  if (event.detail.connection.attempt > 1) dead();
  else show("wait");
});
document.addEventListener("htmx:sse:error", dead);
document.addEventListener("htmx:sse:close", dead);
document.addEventListener("htmx:error", (event) => {
  // The very first connection failed, so the stream extension never took over: try again ourselves.
  const stream = event.target.closest?.("[data-stream]");
  if (!stream) return;
  dead();
  setTimeout(() => window.htmx.process(stream), 3000);
});
