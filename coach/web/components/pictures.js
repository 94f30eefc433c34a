// Put before a script that sends a camera's pictures.

const HEAD_BYTES = 12, PLANES_HEAD_BYTES = 9;  // coach/live/wire.py, coach/pose/decode.py
const HERE = ["localhost", "127.0.0.1", "[::1]"];  // where a picture travels through memory only
// How the planes of a picture lie, one behind the other: brightness, then colours of half the size.
const PLANES = {
  I420: (w, h) => [{ offset: 0, stride: w }, { offset: w * h, stride: w / 2 }, { offset: w * h * 1.25, stride: w / 2 }],
  NV12: (w, h) => [{ offset: 0, stride: w }, { offset: w * h, stride: w }],
};

class Pictures {  // what a video shows, as it is sent: with room for its head
  constructor(video, size, quality) {
    Object.assign(this, { video, size, quality });
    this.grab = document.createElement("canvas"); this.pen = this.grab.getContext("2d", { alpha: false });
  }

  // `image` is to be drawn with what is made of it; `close` is called once it is not needed any more.
  take() {
    let frame = null;
    try { frame = new VideoFrame(this.video, { timestamp: 0 }); } catch { /* not in every browser */ }
    const image = frame || this.video;
    return { image, close: () => frame && frame.close(), message: async () => (await this.planes(frame)) || this.packed(image) };
  }

  // Nothing is drawn, scaled or compressed: what the browser holds is copied.  Null where it cannot be.
  async planes(frame) {
    if (!frame || !PLANES[frame.format] || !HERE.includes(window.location.hostname)) return null;
    const { format, visibleRect: { width, height }, displayWidth, displayHeight, rotation, colorSpace } = frame;
    const upright = width === displayWidth && height === displayHeight && !rotation && width % 2 === 0 && height % 2 === 0;
    if (!upright || Math.max(width, height) > this.size) return null;
    const message = new Uint8Array(HEAD_BYTES + PLANES_HEAD_BYTES + width * height * 1.5);
    const head = new DataView(message.buffer, HEAD_BYTES);
    [...format].forEach((letter, i) => head.setUint8(i, letter.charCodeAt(0)));
    head.setUint16(4, width, true); head.setUint16(6, height, true); head.setUint8(8, colorSpace.fullRange ? 1 : 0);
    try { await frame.copyTo(message.subarray(HEAD_BYTES + PLANES_HEAD_BYTES), { layout: PLANES[format](width, height) }); }
    catch { return null; }
    return message.buffer;
  }

  async packed(image) {
    const scale = Math.min(1, this.size / Math.max(this.video.videoWidth, this.video.videoHeight));
    const width = Math.round(this.video.videoWidth * scale), height = Math.round(this.video.videoHeight * scale);
    if (this.grab.width !== width || this.grab.height !== height) Object.assign(this.grab, { width, height });
    this.pen.drawImage(image, 0, 0, width, height);
    const blob = await new Promise(done => this.grab.toBlob(done, "image/jpeg", this.quality));
    const jpeg = await blob.arrayBuffer(), message = new Uint8Array(HEAD_BYTES + jpeg.byteLength);
    message.set(new Uint8Array(jpeg), HEAD_BYTES);
    return message.buffer;
  }
}
