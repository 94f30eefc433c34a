// The rest before the next exercise: it counts down, and goes on by itself, unless somebody is at the screen.
const SOON = 10;
const SEEN = { passive: true, capture: true };  // also what another script keeps to itself

export default function (component) {
  const { parentElement: root, data, setTriggerValue } = component;
  const kept = root.formCoachNext || (root.formCoachNext = {});
  kept.go = () => setTriggerValue("go", Date.now());
  if (!kept.rest) {
    kept.rest = new Rest(root, data, () => kept.go());
    kept.clean = () => { kept.rest?.close(); kept.rest = null; };
  }
  return kept.clean;
}

class Rest {
  constructor(root, data, go) {
    Object.assign(this, { data, words: data.words, go, left: data.seconds, waits: data.seconds === null, gone: false });
    this.voice = new Voice(data.voice);
    this.build(root);
    this.touched = event => { if (!event.composedPath().includes(this.box)) this.wait(true); };
    for (const kind of ["pointerdown", "wheel", "keydown"]) document.addEventListener(kind, this.touched, SEEN);
    this.voice.say(data.say, { after: true });  // what was done, and what to work on, is being said still
    this.clock = setInterval(() => this.tick(), 1000);
    this.show();
  }

  build(root) {
    const made = (tag, name, text = "", into = this.box) => {
      const one = document.createElement(tag);
      one.className = name; one.textContent = text;
      into?.append(one);
      return one;
    };
    this.box = made("section", "next", "", null);
    const told = made("div", "told");
    made("p", "title", this.words.title, told);
    made("p", "name", this.data.name, told);
    made("p", "dose", this.data.dose, told);
    made("p", "camera", this.data.camera, told);
    const time = made("div", "time");
    time.setAttribute("role", "timer");
    this.number = made("b", "", "", time);
    this.state = made("span", "", "", time);
    const bar = made("div", "bar");
    this.now = made("button", "main", this.words.now, bar);
    this.hold = made("button", "", this.words.wait, bar);
    this.now.type = this.hold.type = "button";
    this.now.onclick = () => this.leave();
    this.hold.onclick = () => this.wait(!this.waits);
    this.hold.hidden = time.hidden = this.data.seconds === null;
    root.append(this.box);
  }

  wait(waits) {
    if (this.data.seconds === null || this.gone) return;
    this.waits = waits;
    this.show();
  }

  tick() {
    if (this.waits || this.gone) return;
    this.left -= 1;
    if (this.left <= 0) { this.leave(); return; }
    if (this.left === SOON) this.voice.say(this.words.soon);
    else if (this.left <= 3) this.voice.say(String(this.left));
    this.show();
  }

  show() {
    this.number.textContent = this.left ?? "";
    this.state.textContent = this.waits ? this.words.waiting : this.words.rest;
    this.hold.textContent = this.waits ? this.words.on : this.words.wait;
    this.hold.setAttribute("aria-pressed", String(this.waits));
    this.box.classList.toggle("waits", this.waits);
    window.formCoachRest = { left: this.left, waits: this.waits };
  }

  leave() {
    if (this.gone) return;
    this.gone = true;
    this.now.disabled = true;
    this.go();
  }

  close() {
    this.gone = true;
    clearInterval(this.clock);
    for (const kind of ["pointerdown", "wheel", "keydown"]) document.removeEventListener(kind, this.touched, SEEN);
    this.box.remove();
  }
}
