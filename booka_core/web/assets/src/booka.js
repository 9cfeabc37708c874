// Entry point of every page. Pages work without it; it adds partial updates, live streams and small comforts.
// Behaviour lives in custom elements, so that it starts by itself wherever a fragment is swapped in.
import "htmx.org";
import "htmx.org/dist/ext/hx-sse.js";
import "./theme-choice.js";
import "./toasts.js";
import "./live.js";
import "./drawer.js";
import "./day.js";
import "./phone.js";
