// <bk-phone> is the messenger of the demonstration: it keeps the newest message in sight, sends on Enter, lets chips
// type for the customer and shows the three dots while an answer is on its way.
const answerWait = 12_000;

class Phone extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.field = this.querySelector("textarea");
    this.stop = new AbortController();
    const { signal } = this.stop;

    this.field.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.form.requestSubmit();
      },
      { signal },
    );
    this.addEventListener(
      "click",
      (event) => {
        const chip = event.target.closest("[data-say]");
        if (!chip) return;
        this.field.value = chip.dataset.say;
        this.form.requestSubmit();
      },
      { signal },
    );
    this.form.addEventListener(
      "htmx:before:request",
      (event) => {
        if (!this.field.value.trim()) event.preventDefault();
      },
      { signal },
    );
    this.form.addEventListener(
      "htmx:after:request",
      (event) => {
        if ((event.detail.ctx?.response?.status ?? 500) >= 400) return;
        this.field.value = "";
        this.field.focus({ preventScroll: true });
      },
      { signal },
    );

    this.watch = new MutationObserver(() => this.settle());
    this.watch.observe(this.querySelector(".bk-thread"), { childList: true });
    this.settle();
  }

  disconnectedCallback() {
    this.stop.abort();
    this.watch.disconnect();
    clearTimeout(this.timer);
  }

  // The server marks a thread whose last word is the customer's; dots for ever would be a lie.
  settle() {
    const thread = this.querySelector(".bk-thread");
    thread.scrollTop = thread.scrollHeight;
    const typing = thread.querySelector(".bk-typing");
    clearTimeout(this.timer);
    if (typing) this.timer = setTimeout(() => typing.remove(), answerWait);
  }
}
customElements.define("bk-phone", Phone);
