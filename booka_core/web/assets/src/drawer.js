// <bk-drawer> holds one <dialog>. A fragment swapped into it opens it; Escape, the cross and the veil close it.
class Drawer extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener(
      "htmx:after:swap",
      () => {
        if (this.dialog.childElementCount && !this.dialog.open) this.dialog.showModal();
      },
      { signal },
    );
    this.dialog.addEventListener(
      "click",
      (event) => {
        const onVeil = event.target === this.dialog && event.clientX < this.dialog.getBoundingClientRect().left;
        if (onVeil || event.target.closest("[data-close]")) {
          event.preventDefault();
          this.dialog.close();
        }
      },
      { signal },
    );
    this.dialog.addEventListener("close", () => this.dialog.replaceChildren(), { signal });
  }

  disconnectedCallback() {
    this.stop.abort();
  }
}
customElements.define("bk-drawer", Drawer);
