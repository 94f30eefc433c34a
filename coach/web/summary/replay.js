// Two repetitions side by side, drawn from their joints alone, over and over.  Joints at fault get a ring and a cross.
// Who asked the system for less motion sees the end range stand still, and plays it with the button.

const PAUSE_S = 0.7 // between two rounds
const LONGEST_GAP_S = 0.4 // over longer ones nothing is drawn in between
const FACE = [0, 7, 8] // nose and ears
const [LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, RIGHT_HIP] = [11, 12, 23, 24]

export default function (component) {
  const { parentElement: root, data } = component
  const told = JSON.stringify(data)
  const kept = (root.formCoachReplays ||= {
    clean: () => {
      kept.view?.unmount()
      kept.view = null
    },
  })
  if (!kept.view || kept.told !== told) {
    kept.clean()
    kept.told = told
    kept.view = mount(root, data)
  }
  return kept.clean
}

function element(kind, name, text = "") {
  const made = document.createElement(kind)
  made.className = name
  made.textContent = text
  return made
}

function mount(root, data) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)")
  const box = element("section", "replays")
  box.lang = data.language
  const all = data.shown.map((shown) => panel(shown, data))
  const size = common(all)
  const pair = element("div", "pair")
  pair.append(...all.map((one) => one.figure))
  const bar = element("div", "bar"), button = element("button", "play")
  button.type = "button"
  bar.append(button, element("span", "note", data.words.from_joints))
  box.append(pair, bar)
  root.append(box)

  let playing = !calm.matches, frame = 0, begun = performance.now()
  const draw = () => all.forEach((one) => one.draw(size))
  function step(now) {
    all.forEach((one) => one.at((now - begun) / 1000))
    draw()
    frame = requestAnimationFrame(step)
  }
  function play(on) {
    playing = on
    cancelAnimationFrame(frame)
    button.textContent = `${on ? "❚❚" : "▶"} ${on ? data.words.pause : data.words.play}`
    if (!on) return
    begun = performance.now()
    frame = requestAnimationFrame(step)
  }
  function stand() {
    all.forEach((one) => one.atPeak())
    draw()
  }
  button.onclick = () => play(!playing)
  calm.onchange = () => {
    play(!calm.matches)
    if (calm.matches) stand()
  }
  const resized = new ResizeObserver(draw)
  resized.observe(box)
  stand()
  play(playing)

  return {
    unmount() {
      cancelAnimationFrame(frame)
      resized.disconnect()
      calm.onchange = null
      box.remove()
    },
  }
}

// --- one of them ---
function panel(shown, data) {
  const figure = element("figure", "one"), canvas = element("canvas", "")
  const heading = element("h4", "", shown.title), caption = element("figcaption", "")
  canvas.setAttribute("role", "img")
  canvas.setAttribute("aria-label", [shown.title, ...shown.lines.map(([, text]) => text)].join(". "))
  const list = element("ul", "")
  for (const [sign, text] of shown.lines) {
    const line = element("li", sign === "✗" ? "failed" : ""), mark = element("span", "sign", sign)
    mark.setAttribute("role", "img")
    mark.setAttribute("aria-label", data.signs[sign] ?? "")
    line.append(mark, element("span", "", text))
    list.append(line)
  }
  if (shown.faster) caption.append(element("p", "note", shown.faster))
  caption.append(list)
  figure.append(heading, canvas, caption)

  const frames = shown.places.map((flat) => joints(flat))
  const extent = extentOf(frames)
  const last = shown.t.at(-1) ?? 0
  let pose = frames[shown.peak]
  return {
    figure,
    extent,
    atPeak: () => (pose = frames[shown.peak]),
    at: (elapsed) => (pose = between(shown.t, frames, Math.min(last, (elapsed * shown.speed) % (last + PAUSE_S * shown.speed)))),
    draw: (size) => paint(canvas, pose, extent, size, shown.joints, data),
  }
}

function joints(flat) {
  const found = []
  for (let i = 0; i < flat.length; i += 2) found.push(flat[i] === -1 && flat[i + 1] === -1 ? null : [flat[i], flat[i + 1]])
  return found
}

function between(times, frames, t) {
  let k = times.findIndex((time) => time > t)
  if (k < 0) return frames.at(-1)
  if (k === 0) return frames[0]
  const span = times[k] - times[k - 1], share = (t - times[k - 1]) / span
  if (span > LONGEST_GAP_S) return frames[k - 1]
  const mix = (p, q) => [p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])]
  return frames[k - 1].map((p, i) => (p && frames[k][i] ? mix(p, frames[k][i]) : p))
}

// Where the person was, over all of it: the part of the picture that is shown.
function extentOf(frames) {
  const seen = frames.flat().filter(Boolean)
  if (!seen.length) return { x: 500, y: 500, width: 1000, height: 1000 }
  const range = (axis) => {
    const values = seen.map((p) => p[axis]).sort((a, b) => a - b)
    return [values[0], values.at(-1)]
  }
  const [[left, right], [top, bottom]] = [range(0), range(1)]
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top }
}

// Both in one size, so that they can be held against each other.
function common(all) {
  const margin = 110
  const width = Math.max(...all.map((one) => one.extent.width)) + 2 * margin
  const height = Math.max(...all.map((one) => one.extent.height)) + 2 * margin
  return { width: Math.max(width, 0.9 * height), height: Math.max(height, 0.5 * width) }
}

function paint(canvas, pose, extent, size, marked, data) {
  const shown = canvas.clientWidth
  if (!shown) return
  canvas.style.aspectRatio = `${size.width} / ${size.height}`
  const dense = window.devicePixelRatio || 1
  const [width, height] = [Math.round(shown * dense), Math.round((shown * dense * size.height) / size.width)]
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  const pen = canvas.getContext("2d"), scale = width / size.width, look = getComputedStyle(canvas)
  const ink = look.color, mark = look.getPropertyValue("--mark"), paper = look.getPropertyValue("--soft-paper")
  const thick = Math.max(2.5 * dense, width / 110)
  const flip = data.mirror ? -1 : 1
  const place = (p) => p && [width / 2 + flip * (p[0] - extent.x) * scale, height / 2 + (p[1] - extent.y) * scale]
  const at = (i) => place(pose?.[i])
  pen.clearRect(0, 0, width, height)
  pen.lineCap = pen.lineJoin = "round"
  pen.strokeStyle = pen.fillStyle = ink
  pen.lineWidth = thick
  pen.beginPath()
  for (const [a, b] of data.bones) line(pen, at(a), at(b))
  pen.stroke()
  head(pen, at, thick)
  for (const i of marked) ringed(pen, at(i), thick, [paper, mark])
}

function line(pen, p, q) {
  if (!p || !q) return
  pen.moveTo(...p)
  pen.lineTo(...q)
}

function middle(...points) {
  const seen = points.filter(Boolean)
  return seen.length ? [0, 1].map((axis) => seen.reduce((sum, p) => sum + p[axis], 0) / seen.length) : null
}

function head(pen, at, thick) {
  const face = middle(...FACE.map(at)), neck = middle(at(LEFT_SHOULDER), at(RIGHT_SHOULDER))
  const hips = middle(at(LEFT_HIP), at(RIGHT_HIP))
  if (!face || !neck || !hips) return
  const away = Math.hypot(face[0] - neck[0], face[1] - neck[1])
  const radius = Math.min(0.22 * Math.hypot(neck[0] - hips[0], neck[1] - hips[1]) + thick, Math.max(0.75 * away, 2 * thick))
  const share = Math.max(0, 1 - radius / (away || 1))
  pen.beginPath()
  line(pen, neck, [neck[0] + share * (face[0] - neck[0]), neck[1] + share * (face[1] - neck[1])])
  pen.stroke()
  pen.beginPath()
  pen.arc(...face, radius, 0, 7)
  pen.stroke()
}

function ringed(pen, p, thick, colours) {
  if (!p) return
  const [x, y] = p, r = 2.6 * thick, c = r / 2
  colours.forEach((colour, i) => {
    pen.strokeStyle = colour
    pen.lineWidth = i ? 0.8 * thick : 2 * thick
    pen.beginPath()
    pen.arc(x, y, r, 0, 7)
    line(pen, [x - c, y - c], [x + c, y + c])
    line(pen, [x + c, y - c], [x - c, y + c])
    pen.stroke()
  })
}
