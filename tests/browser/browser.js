// Put into every page before its own scripts: a voice that is written down, cameras that can be refused, and films at
// a pace that the machine keeps up with.
(() => {
  const { language, deny, pace } = OPTIONS;
  const deep = (selector, root = document) => root.querySelector(selector)
    || [...root.querySelectorAll("*")].map(one => one.shadowRoot && deep(selector, one.shadowRoot)).find(Boolean);

  // What is said, and what stands on the stage at that moment.
  window.spoken = [];
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const speak = ({ text, lang, volume }) => window.spoken.push({
    text, lang, volume, shown: deep(".stage .caption .text")?.textContent, count: deep(".stage .count b")?.textContent,
    inner: deep(".stage .ring div")?.textContent });
  const voice = { name: "Test", lang: language, localService: true, default: true };
  Object.defineProperty(window, "speechSynthesis", { value: { getVoices: () => [voice], speak, cancel: () => {} } });

  // The first cameras that are asked for fail in the given ways; those that were given are kept.
  window.cameras = [];
  const devices = navigator.mediaDevices, take = devices && devices.getUserMedia.bind(devices);
  if (devices) devices.getUserMedia = async wanted => {
    const failure = deny.shift();
    if (failure) throw new DOMException("", failure);
    const stream = await take(wanted);
    window.cameras.push(...stream.getVideoTracks());
    return stream;
  };

  // The coach goes by the film's own time, so a film may be shown slower or faster: `pace` pictures for each second of it.
  let film;
  if (pace) setInterval(() => {
    const lags = window.formCoach?.lags.slice(-6) ?? [];
    if (!film?.isConnected) film = deep(".stage video");
    if (!film || film.srcObject) return;
    const lag = lags.reduce((sum, one) => sum + one, 0) / lags.length || 150;
    film.playbackRate = Math.min(2, Math.max(0.1, 1000 / lag / pace));
  }, 100);
})();
