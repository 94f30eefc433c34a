// The stage of a live set: takes the camera (or a clip), sends the newest frame with one in flight, draws what comes back,
// and lends its voice (voice.js).  What is shown and said is decided by the coach alone; nothing here counts or judges.

const SIGNS = { advice: "➜", fault: "⚠", why_not: "✗", praise: "✓", guide: "●", "": "" };
const AGAIN_MS = [300, 1000, 2000];
const NO_REPLY_MS = 4000;
const SILENT_MS = 5000;  // without an answer for longer, somebody is told aloud
const NO_PICTURE_MS = 1000;  // a camera that gave none for longer is why nothing is answered
const AT_ONCE_MS = 3;
const STILL_MS = 300;
const FULL_CIRCLE = 2 * Math.PI * 43;
const [OVER, UNKNOWN, TAKEN, FULL, LOGGED_OUT] = [4000, 4404, 4409, 4429, 4401];

export default function (component) {
  const { parentElement: root, data: [data], setTriggerValue } = component;
  const kept = root.formCoach || (root.formCoach = {});
  kept.trigger = setTriggerValue;
  if (!kept.stage || kept.token !== data.token) {
    if (kept.stage) kept.stage.close();
    kept.token = data.token;
    kept.stage = new Stage(root, data, (name, value) => kept.trigger(name, value));
    kept.clean = () => { kept.stage && kept.stage.close(); kept.stage = null; };
  }
  return kept.clean;
}

class Stage {
  constructor(root, data, trigger) {
    Object.assign(this, { root, data, words: data.words, trigger });
    this.open = true; this.finished = false; this.encoding = false; this.next = this.sent = null;
    this.number = 0; this.tries = 0; this.roundTrip = this.making = 0;
    this.drawnAt = this.cameraAt = 0; this.starved = this.anew = false; this.trouble = ""; this.framesBefore = -1; this.alarm = null;
    this.find();
    this.controls();
    this.voice = new Voice(data.voice);
    this.onKey = event => this.key(event);
    this.onSeen = () => { if (this.awake && document.visibilityState === "visible") this.keepAwake(); };
    window.addEventListener("keydown", this.onKey);
    document.addEventListener("visibilitychange", this.onSeen);
    window.formCoach = this.stats = { lags: [], ages: [], frames: 0, grabbed: 0, said: [], stage: "", screens: 0, closed: 0 };
    this.start();
  }

  find() {
    const $ = selector => this.root.querySelector(selector);
    this.stage = $(".stage"); this.view = $(".view"); this.video = $("video"); this.canvas = $("canvas");
    this.pen = this.canvas.getContext("2d", { alpha: false });
    this.large = $(".large"); this.message = $(".message"); this.count = $(".count b"); this.of = $(".count span");
    this.what = $(".what"); this.ring = $(".ring circle.done"); this.inner = $(".ring div");
    this.caption = $(".caption"); this.sign = $(".caption .sign"); this.text = $(".caption .text"); this.bar = $(".bar");
    this.stage.setAttribute("aria-label", this.data.title);
    this.stage.dataset.scheme = dark(this.stage) ? "dark" : "light";
    this.ring.style.strokeDasharray = FULL_CIRCLE; this.ring.style.strokeDashoffset = FULL_CIRCLE;
    this.view.classList.toggle("mirrored", this.data.mirror && !this.data.clip);
    this.camera = new Pictures(this.video, this.data.size, this.data.quality);
    this.shown = {};
  }

  controls() {
    this.bar.replaceChildren();
    const touched = window.matchMedia("(pointer: coarse)").matches;  // a phone has no space bar
    this.button(touched ? this.words.stop_touch : this.words.stop, () => this.stop(), "main");
    const mute = this.button(this.words.mute, () => {
      this.voice.on = !this.voice.on;
      mute.setAttribute("aria-pressed", String(!this.voice.on));
      mute.textContent = this.voice.on ? this.words.mute : this.words.unmute;
    });
    if (!this.data.voice.on) mute.textContent = this.words.unmute;
    if (this.stage.requestFullscreen) this.button(this.words.fullscreen, () => this.fullscreen());
    this.notice = document.createElement("span");
    this.notice.className = "notice"; this.notice.setAttribute("role", "status");
    this.bar.append(this.notice);
  }

  button(label, act, kind = "") {
    const button = document.createElement("button");
    button.type = "button"; button.textContent = label; button.className = kind; button.onclick = act;
    this.bar.append(button);
    return button;
  }

  fullscreen() { document.fullscreenElement ? document.exitFullscreen() : this.stage.requestFullscreen().catch(() => {}); }

  key(event) {
    const typing = event.composedPath().some(e => /^(input|textarea|select|button)$/i.test(e.tagName || ""));
    if (event.code === "Space" && !typing && !event.repeat) { event.preventDefault(); this.stop(); }
  }

  // --- the picture ---------------------------------------------------------------------------------

  async start() {
    this.say_message(this.words.starting);
    try { await (this.data.clip ? this.playClip() : this.openCamera()); }
    catch (error) { if (this.open) this.cameraFailed(error); return; }
    if (!this.open) { this.release(); return; }
    this.say_message("");
    this.stage.focus({ preventScroll: true });
    this.keepAwake();
    this.starved = false; this.cameraAt = performance.now();
    this.nextFrame();
    this.connect();
  }

  async openCamera() {
    if (!navigator.mediaDevices) throw { name: "Insecure" };
    const wanted = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };
    this.stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    for (const track of this.stream.getVideoTracks()) track.onended = () => this.cameraFailed({ name: "Unplugged" });
    this.video.srcObject = this.stream;
    await this.video.play();
  }

  async playClip() {
    this.video.src = this.data.clip;
    this.video.onended = () => this.stop();
    await this.video.play();
  }

  cameraFailed(error) {
    const known = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "missing", OverconstrainedError: "missing",
      NotReadableError: "busy", AbortError: "busy", Insecure: "insecure", Unplugged: "unplugged" };
    this.disconnect(); this.release();
    this.tell(this.words["camera_" + (known[error.name] || "failed")], [this.words.again, () => this.start()], this.away());
  }

  away() {  // what was done is kept; where nothing was seen, there is nothing to keep
    return this.stats.screens ? [this.words.end, () => this.finish()] : [this.words.back, () => this.trigger("left", Date.now())];
  }

  async keepAwake() {  // a page that was hidden has lost it, and asks again
    try { this.awake = await navigator.wakeLock.request("screen"); } catch { /* not everywhere */ }
  }

  nextFrame() {
    if (!this.open || !this.video.requestVideoFrameCallback) return;
    this.video.requestVideoFrameCallback((now, meta) => {
      this.stats.grabbed += 1;
      this.cameraAt = performance.now();
      if (this.starved) { this.starved = false; this.calm(); this.connect(); }
      this.fresh = this.data.clip ? meta.mediaTime * 1000 : (meta.captureTime || now);
      if (performance.now() - this.drawnAt > STILL_MS) this.drawPicture(this.video);  // nobody answers: it moves all the same
      this.prepare(); this.nextFrame();
    });
  }

  // One picture is in flight; the next is made while its answer is awaited, so late that it is just ready then.
  async prepare() {
    const soon = !this.sent || this.roundTrip - (performance.now() - this.sent.sentAt) < this.making;
    if (this.fresh === undefined || this.encoding || !this.isReady || !soon) return;
    const at = this.fresh, grabbed = performance.now(), picture = this.camera.take();
    this.fresh = undefined; this.encoding = true;
    try {
      const message = await picture.message();
      if (!this.isReady) { picture.close(); return; }  // the connection was lost in the meantime
      this.keep("next", { at, grabbed, picture, number: this.number++, message });
    } catch (error) { picture.close(); throw error; }
    finally { this.encoding = false; }
    this.making += 0.2 * (performance.now() - grabbed - this.making);
    this.pump();
    this.prepare();
  }

  keep(place, one) {  // what is thrown away is closed: a camera lends a few pictures only, and stands still without them
    if (this[place]) this[place].picture.close();
    this[place] = one;
  }

  pump() {
    const socket = this.socket, next = this.next;
    if (!next || this.sent || !this.isReady || !socket || socket.readyState !== 1) return;
    this.next = null; this.sent = next; next.sentAt = performance.now();
    const head = new DataView(next.message);
    head.setUint32(0, next.number, true); head.setFloat64(4, next.at, true);
    clearTimeout(this.patience);
    this.patience = setTimeout(() => socket.close(), NO_REPLY_MS);
    socket.send(next.message);
  }

  // --- the socket ----------------------------------------------------------------------------------

  connect() {
    if (!this.open || this.finished) return;
    const url = new URL("/live/" + this.data.token, window.location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const socket = this.socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    socket.onmessage = event => this.receive(JSON.parse(event.data));
    socket.onclose = event => { if (socket === this.socket) this.lost(event.code); };
  }

  disconnect() {
    clearTimeout(this.patience); clearTimeout(this.retry); this.calm();
    const socket = this.socket; this.socket = null; this.isReady = false; this.keep("sent", null); this.keep("next", null);
    if (socket) socket.close();
  }

  async receive(answer) {
    if (answer.ready) { this.isReady = this.anew = true; this.prepare(); return; }
    if (answer.error) { this.trouble = answer.error; return; }  // the server closes the connection after it
    clearTimeout(this.patience);
    if (this.anew) { this.anew = false; this.tries = 0; this.calm(); this.say_message(""); }  // it is coached again
    const sent = this.sent && this.sent.number === answer.number ? this.sent : null;
    if (sent) { this.roundTrip += 0.2 * (performance.now() - sent.sentAt - this.roundTrip); this.sent = null; }
    else this.keep("sent", null);
    try {
      if (answer.stage !== "done") {
        this.pump();
        const made = this.prepare();
        if (this.making < AT_ONCE_MS) await made;  // the server shall not wait until this answer is drawn
      }
      this.show(answer, sent ? sent.picture.image : this.video);
      if (sent) this.noteLag(sent);
    } finally { if (sent) sent.picture.close(); }
    this.stats.frames += 1;
    if (answer.stage === "done") this.finish();
  }

  noteLag({ at, grabbed }) {  // milliseconds since the picture was drawn for sending, and since the camera took it
    const { lags, ages } = this.stats, now = performance.now();
    lags.push(now - grabbed); ages.push(now - at);
    if (lags.length > 4000) { lags.shift(); ages.shift(); }
  }

  lost(code) {
    this.isReady = false; this.keep("sent", null); this.keep("next", null); this.stats.closed += 1;
    clearTimeout(this.patience);
    if (!this.open || this.finished) return;
    if (code === OVER) { this.finish(); return; }
    if (code === UNKNOWN) {
      this.tell(this.words.unknown, [this.words.back, () => this.trigger("left", Date.now())]); this.release(); return;
    }
    if (code === LOGGED_OUT) {
      this.tell(this.words.logged_out, [this.words.log_in, () => window.location.reload()]); this.release(); return;
    }
    if (this.trouble) { this.interrupted(this.trouble); return; }
    if (code === TAKEN) { this.tell(this.words.taken); this.release(); return; }
    if (performance.now() - this.cameraAt > NO_PICTURE_MS) { this.starve(); return; }
    const why = code === FULL ? this.words.full : this.words.reconnecting;
    this.say_message(why);
    if (this.alarm === null) this.alarm = setTimeout(() => this.tell(why), SILENT_MS);
    this.retry = setTimeout(() => this.connect(), code === FULL ? 3000 : AGAIN_MS[Math.min(this.tries++, AGAIN_MS.length - 1)]);
  }

  starve() {  // the camera gives no pictures: it goes on with the next one
    this.starved = true;
    const told = () => {  // a page that nobody sees gets none, and that is no fault of the camera
      if (document.visibilityState === "visible") this.tell(this.words.camera_still, this.away());
      else this.alarm = setTimeout(told, SILENT_MS);
    };
    this.calm();
    this.alarm = setTimeout(told, SILENT_MS - NO_PICTURE_MS);
  }

  interrupted(why) {  // it goes on by itself, unless nothing was seen since it was interrupted before
    const again = this.stats.frames > this.framesBefore;
    this.drawnAt = 0; this.trouble = ""; this.framesBefore = this.stats.frames;
    if (again) { this.say_message(why); this.retry = setTimeout(() => this.connect(), AGAIN_MS[1]); return; }
    this.calm();
    this.tell(why, [this.words.again, () => { this.framesBefore = -1; this.connect(); }], [this.words.end, () => this.finish()]);
  }

  stop() {
    if (this.finished) return;
    if (this.isReady && this.socket && this.socket.readyState === 1) { this.socket.send('{"do":"stop"}'); return; }
    this.finish();
  }

  finish() {
    if (this.finished) return;
    this.finished = true;
    this.disconnect(); this.release();
    if (document.fullscreenElement) document.exitFullscreen();
    this.trigger("finished", Date.now());
  }

  release() {
    this.calm();
    if (this.stream) this.stream.getTracks().forEach(track => { track.onended = null; track.stop(); });
    this.stream = null; this.video.srcObject = null; this.video.onended = null; this.video.pause();
    if (this.awake) { this.awake.release().catch(() => {}); this.awake = null; }
  }

  close() {
    this.open = false;
    window.removeEventListener("keydown", this.onKey);
    document.removeEventListener("visibilitychange", this.onSeen);
    this.disconnect(); this.release();
    if (!this.finished) this.voice.silence();
  }

  // --- what is shown -------------------------------------------------------------------------------

  show(screen, image) {
    this.stats.stage = screen.stage; this.stats.screens += 1; this.stats.screen = screen;
    this.set("stage", screen.stage, value => { this.stage.dataset.stage = value; });
    this.set("count", screen.count, value => { this.count.textContent = value; });
    this.set("of", screen.of, value => { this.of.textContent = " / " + value; });
    this.set("what", this.whatIsCounted(screen), value => { this.what.textContent = value; });
    this.set("inner", this.insideRing(screen), value => { this.inner.innerHTML = ""; this.inner.append(...value.split("\n").map(line)); });
    this.set("progress", screen.progress, value => { this.ring.style.strokeDashoffset = FULL_CIRCLE * (1 - value); });
    this.set("caption", screen.tone + "|" + screen.caption, () => {
      this.caption.dataset.tone = screen.tone; this.sign.textContent = SIGNS[screen.tone] || ""; this.text.textContent = screen.caption;
    });
    const large = screen.stage === "countdown" || screen.stage === "resting" ? screen.seconds : "";
    this.set("large", large, value => { this.large.textContent = value ?? ""; });
    if (screen.notice) this.notice.textContent = screen.notice;
    if (screen.say) { this.stats.said.push(screen.say); this.voice.say(screen.say); }
    this.draw(screen, image);
  }

  set(name, value, apply) { if (this.shown[name] !== value) { this.shown[name] = value; apply(value); } }

  whatIsCounted(screen) {
    const parts = [screen.side ? this.words["side_" + screen.side] : ""];
    if (screen.sets > 1) parts.push(this.words.set + " " + screen.set_number + " / " + screen.sets);
    return parts.filter(Boolean).join(" · ");
  }

  insideRing(screen) {
    if (screen.stage !== "going") return "";
    return screen.seconds === null ? screen.phase : "*" + screen.seconds + (screen.phase ? "\n" + screen.phase : "");
  }

  // The very picture that the answer is about: the marks lie on the body, and the browser paints once for both.
  drawPicture(image) {
    const width = this.video.videoWidth, height = this.video.videoHeight;
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    this.pen.drawImage(image, 0, 0, width, height);
    this.drawnAt = performance.now();
  }

  draw(screen, image) {
    this.drawPicture(image);
    const height = this.video.videoHeight, pen = this.pen;
    const pose = screen.pose, unit = height / 1000;
    if (!pose || !pose.length) return;
    const at = i => pose[2 * i] < 0 && pose[2 * i + 1] < 0 ? null : [pose[2 * i] * unit, pose[2 * i + 1] * unit];
    const thick = Math.max(3, height / 120);
    pen.globalAlpha = screen.seen ? 1 : 0.5;
    pen.lineCap = "round";
    for (const [colour, extra] of [["#0b1518", 3], ["#8fe3ec", 0]]) {
      pen.strokeStyle = colour; pen.lineWidth = thick + extra; pen.beginPath();
      for (const [a, b] of this.data.bones) { const p = at(a), q = at(b); if (p && q) { pen.moveTo(...p); pen.lineTo(...q); } }
      pen.stroke();
    }
    pen.globalAlpha = 1;
    for (const i of screen.highlight) { const p = at(i); if (p) this.mark(p, thick); }
  }

  mark([x, y], thick) {  // a ring and a cross: not by its colour alone
    const pen = this.pen, r = 3.2 * thick;
    for (const [colour, width] of [["#000", thick + 3], ["#ff8a4c", thick]]) {
      pen.strokeStyle = colour; pen.lineWidth = width; pen.beginPath(); pen.arc(x, y, r, 0, 7);
      pen.moveTo(x - r / 2, y - r / 2); pen.lineTo(x + r / 2, y + r / 2); pen.moveTo(x + r / 2, y - r / 2); pen.lineTo(x - r / 2, y + r / 2);
      pen.stroke();
    }
  }

  calm() { clearTimeout(this.alarm); this.alarm = null; }

  tell(text, ...buttons) {  // aloud as well: who lies on a mat does not read
    if (this.stats.screens) this.voice.say(text);
    this.say_message(text, ...buttons);
  }

  say_message(text, ...buttons) {
    this.message.replaceChildren();
    this.message.classList.toggle("shown", Boolean(text));
    if (!text) return;
    const paragraph = document.createElement("p"); paragraph.textContent = text;
    this.message.append(paragraph);
    for (const [label, act] of buttons) {
      const button = document.createElement("button");
      button.type = "button"; button.textContent = label; button.onclick = act;
      this.message.append(button);
    }
  }
}

function line(text) {
  const strong = text.startsWith("*"), element = document.createElement(strong ? "b" : "span");
  element.textContent = strong ? text.slice(1) : text;
  return element;
}

function dark(element) {
  const [r, g, b] = (getComputedStyle(element).backgroundColor.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
  return 0.3 * r + 0.59 * g + 0.11 * b < 128;
}
