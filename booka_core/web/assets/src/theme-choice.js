// The button that goes round auto → light → dark, and says which one is on.
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const order = ["auto", "light", "dark"];

const stored = () => {
  try {
    return localStorage.getItem("bk-theme") ?? "auto";
  } catch {
    return root.dataset.bsChoice ?? "auto";
  }
};

function apply(choice) {
  root.dataset.bsTheme = choice === "auto" ? (system.matches ? "dark" : "light") : choice;
  root.dataset.bsChoice = choice;
  for (const button of document.querySelectorAll("[data-bk-theme]")) {
    button.setAttribute("aria-label", `Theme: ${choice}. Change`);
    button.title = `Theme: ${choice}`;
    for (const mark of button.querySelectorAll("[data-choice]")) mark.hidden = mark.dataset.choice !== choice;
  }
}

system.addEventListener("change", () => apply(stored()));
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-bk-theme]")) return;
  const choice = order[(order.indexOf(stored()) + 1) % order.length];
  try {
    localStorage.setItem("bk-theme", choice);
  } catch {
    // storage is switched off: the choice lasts as long as the page
  }
  apply(choice);
});
apply(stored());
