// <bk-day> starts a day where it matters, at the present hour or at the first booking, and brings a booking that has just
// arrived into sight.
class Day extends HTMLElement {
  connectedCallback() {
    this.show(this.querySelector(".bk-now") ?? this.querySelector(".bk-ev"));
    this.watch = new MutationObserver(() => this.arrived());
    this.watch.observe(this, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-fresh"] });
  }

  disconnectedCallback() {
    this.watch.disconnect();
  }

  arrived() {
    const fresh = this.querySelector(".bk-ev[data-fresh]");
    if (fresh && fresh.id !== this.seen) this.show(fresh);
    this.seen = fresh?.id ?? this.seen;
  }

  show(mark) {
    const box = this.querySelector(".bk-day-scroll");
    if (!box || !mark) return;
    const [top, left] = [mark.offsetTop - box.scrollTop, mark.offsetLeft - box.scrollLeft];
    if (top < 60 || top + mark.offsetHeight > box.clientHeight) box.scrollTop = mark.offsetTop - box.clientHeight / 3;
    if (left < 60 || left + mark.offsetWidth > box.clientWidth) box.scrollLeft = mark.offsetLeft - 60;
  }
}
customElements.define("bk-day", Day);
