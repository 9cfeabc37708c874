// <bk-day> starts a day where it matters: at the present hour, or at the first booking.
class Day extends HTMLElement {
  connectedCallback() {
    const box = this.querySelector(".bk-day-scroll");
    const mark = this.querySelector(".bk-now") ?? this.querySelector(".bk-ev");
    if (box && mark) box.scrollTop = Math.max(0, mark.offsetTop - box.clientHeight / 3);
  }
}
customElements.define("bk-day", Day);
