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
// When the very first connection fails, the stream extension never takes over: ask again until it does.
for (const failure of ["htmx:error", "htmx:response:error"]) {
  document.addEventListener(failure, (event) => {
    const stream = event.target.closest?.("[data-stream]");
    if (!stream) return;
    dead();
    const again = () => stream.isConnected && window.htmx.ajax("GET", stream.getAttribute("hx-sse:connect"), { source: stream });
    setTimeout(again, 3000);
  });
}
