// Put before a script that speaks.

class Voice {  // a voice of this machine; where there is none, a tone
  constructor({ language, on, volume, speaker }) { Object.assign(this, { language, on, volume, speaker }); }

  say(text, { after = false } = {}) {  // after: what is being said comes first
    if (!this.on) return;
    const voice = this.find();
    if (!voice) { this.tone(/^\d+$/.test(text) ? 660 : 440); return; }
    // With a full stop behind it, a German voice reads "3." as "the third".
    const utterance = new SpeechSynthesisUtterance(text.replace(/(\d)\. /g, "$1, "));
    Object.assign(utterance, { voice, lang: voice.lang, volume: this.volume, rate: 1.05 });
    // A number does not cut a sentence off; one that would come too late is left out, it stands on the screen.
    const number = /^\d+$/.test(text);
    if (number && speechSynthesis.pending) return;
    if (!number && !after) speechSynthesis.cancel();
    speechSynthesis.speak(utterance);
  }

  find() {  // the chosen one, where this machine has it
    const known = Voice.known(this.language);
    return known.find(v => v.name === this.speaker) || known.find(v => v.default) || known[0] || null;
  }

  static known(language) {  // only voices that need no network
    if (!("speechSynthesis" in window)) return [];
    return speechSynthesis.getVoices().filter(v => v.localService && v.lang.toLowerCase().startsWith(language));
  }

  tone(pitch) {
    try {
      const audio = this.audio || (this.audio = new AudioContext()), at = audio.currentTime;
      const sound = audio.createOscillator(), gain = audio.createGain();
      sound.frequency.value = pitch; gain.gain.setValueAtTime(0.25 * this.volume, at);
      gain.gain.exponentialRampToValueAtTime(0.001, at + 0.35);
      this.sound = sound; sound.onended = () => { if (this.sound === sound) audio.suspend(); };  // silence, too, is work
      audio.resume(); sound.connect(gain).connect(audio.destination); sound.start(at); sound.stop(at + 0.36);
    } catch { /* no sound here: everything is on the screen too */ }
  }

  silence() { if ("speechSynthesis" in window) speechSynthesis.cancel(); if (this.audio) this.audio.close().catch(() => {}); this.audio = null; }
}
