// Runs before the first paint, so that a dark page never flashes white. The choice is auto, light or dark.
let choice = "auto";
try {
  choice = localStorage.getItem("bk-theme") ?? "auto";
} catch {
  // storage is switched off: follow the system
}
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.dataset.bsTheme = choice === "auto" ? (dark ? "dark" : "light") : choice;
