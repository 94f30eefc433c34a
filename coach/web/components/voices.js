// The voices of this machine that speak the language of the visit: to choose from, and to hear.
export default function (component) {
  const { parentElement: root, data: [data], setTriggerValue } = component;
  const kept = root.formCoachVoices || (root.formCoachVoices = {});
  kept.data = data; kept.choose = name => setTriggerValue("chosen", name);
  if (!kept.choice) kept.choice = new Choice(root, kept);
  kept.choice.show();
  kept.clean ||= () => { kept.choice.close(); kept.choice = null; };
  return kept.clean;
}

class Choice {
  constructor(root, kept) {
    this.kept = kept;
    this.box = document.createElement("div"); this.box.className = "voices";
    this.one = document.createElement("div"); this.label = document.createElement("label");
    this.select = document.createElement("select"); this.select.id = this.label.htmlFor = "speaker";
    this.button = document.createElement("button"); this.button.type = "button";
    this.none = document.createElement("p"); this.none.setAttribute("role", "status");
    this.one.append(this.label, this.select);
    this.box.append(this.one, this.button, this.none);
    root.append(this.box);
    this.select.onchange = () => kept.choose(this.select.value);
    this.button.onclick = () => this.try();
    this.changed = () => this.show();  // a browser may find them late
    if ("speechSynthesis" in window) speechSynthesis.addEventListener?.("voiceschanged", this.changed);
  }

  show() {
    const { words, voice } = this.kept.data, names = Voice.known(voice.language).map(one => one.name);
    this.label.textContent = words.speaker; this.button.textContent = words.speaker_try;
    this.none.textContent = words.speaker_none; this.none.hidden = names.length > 0;
    this.one.hidden = names.length === 0;
    this.select.replaceChildren(new Option(words.speaker_own, ""), ...names.map(name => new Option(name, name)));
    this.select.value = names.includes(voice.speaker) ? voice.speaker : "";
  }

  try() {
    this.voice?.silence();
    this.voice = new Voice({ ...this.kept.data.voice, speaker: this.select.value });
    this.voice.say(this.kept.data.words.speaker_sample);
  }

  close() {
    if ("speechSynthesis" in window) speechSynthesis.removeEventListener?.("voiceschanged", this.changed);
    this.voice?.silence();
    this.box.remove();
  }
}
