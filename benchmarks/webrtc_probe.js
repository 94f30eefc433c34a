// Reads the stamps of benchmarks/fake_camera.py: when the camera took a picture, and when its answer is shown.
(() => {
  const BITS = 10, STAMP_PX = 16, taken = new Map();
  const stats = window.webrtcProbe = { lags: [], ages: [], frames: 0, grabbed: 0, unread: 0, stage: "", notice: "" };
  const devices = navigator.mediaDevices;
  if (!devices) return;

  function reader() {
    const canvas = document.createElement("canvas");
    canvas.width = 2 * BITS; canvas.height = 1;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    return video => {
      pen.drawImage(video, 0, 2, video.videoWidth, STAMP_PX - 4, 0, 0, 2 * BITS, 1);
      const pixels = pen.getImageData(0, 0, 2 * BITS, 1).data;
      let number = 0;
      for (let i = 0; i < BITS; i++) {
        const bit = pixels[4 * i + 1] > 127;
        if (bit === pixels[4 * (i + BITS) + 1] > 127) return -1;
        if (bit) number |= 1 << i;
      }
      return number;
    };
  }

  function watch(video, each) {
    const read = reader();
    const step = (now, meta) => { each(read(video), performance.now(), meta); video.requestVideoFrameCallback(step); };
    video.requestVideoFrameCallback(step);
  }

  const open = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async wanted => {
    const stream = await open(wanted), video = document.createElement("video");
    Object.assign(video, { muted: true, playsInline: true, srcObject: stream });
    window.webrtcLocal = video;
    video.play().catch(() => {});
    watch(video, (number, now, meta) => { stats.grabbed += 1; if (number >= 0) taken.set(number, meta.captureTime || now); });
    return stream;
  };

  const seen = new WeakSet();
  let last = -1;
  setInterval(() => {
    for (const video of document.querySelectorAll("video")) {
      if (seen.has(video) || !video.srcObject || video.srcObject === window.webrtcLocal?.srcObject) continue;
      seen.add(video);
      watch(video, (number, now) => {
        if (number < 0) { stats.unread += 1; return; }
        if (number === last || !taken.has(number)) return;
        last = number;
        stats.frames += 1;
        stats.ages.push(now - taken.get(number));
      });
    }
  }, 200);
})();
