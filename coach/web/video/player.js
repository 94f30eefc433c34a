// The annotated video, below it the repetitions and faults over time, beside it the repetitions in words.
// A click on a bar, a mark or a line of the list puts the video exactly there.

// Times come in whole milliseconds: one that was rounded down would show the picture before it.
const ROUNDED = 0.001

const html = `
  <div class="stage">
    <video controls playsinline preload="auto"></video>
    <p class="no-video" role="alert" hidden></p>
    <div class="timeline" role="group">
      <div class="lane reps"><p class="name"></p><div class="track"></div></div>
      <div class="faults"></div>
      <div class="lane"><div class="track scale"></div></div>
      <div class="tip" aria-hidden="true" hidden></div>
    </div>
    <p class="legend"></p>
    <div class="take" role="group"><span class="take-name"></span></div>
  </div>
  <div class="words">
    <h3></h3>
    <ol class="list"></ol>
    <div class="more"></div>
  </div>`

export default function (component) {
  const { parentElement: root, data } = component
  const told = JSON.stringify(data)
  if (root.own?.told !== told) {
    root.own?.unmount()
    root.own = mount(root, data)
    root.own.told = told
  }
  return () => {
    root.own?.unmount()
    delete root.own
  }
}

function element(kind, name, text = "") {
  const made = document.createElement(kind)
  made.className = name
  made.textContent = text
  return made
}

function clock(t) {
  const s = Math.max(0, Math.floor(t)), h = Math.floor(s / 3600), m = Math.floor((s % 3600) / 60)
  const two = (n) => String(n).padStart(2, "0")
  return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`
}

function mount(root, data) {
  const box = element("section", "player")
  box.innerHTML = html // fixed text of this file; everything else goes in by textContent
  box.lang = data.language
  root.appendChild(box)
  const $ = (selector) => box.querySelector(selector)
  const video = $("video"), list = $(".list"), tip = $(".tip"), strip = $(".timeline")
  const whole = Math.max(data.duration_s, 0.1)
  const percent = (t) => `${(100 * Math.min(Math.max(t, 0), whole)) / whole}%`
  const words = data.words

  video.src = data.src
  video.setAttribute("aria-label", words.take_video)
  video.onerror = () => {
    $(".no-video").textContent = words.no_video
    $(".no-video").hidden = false
  }
  strip.setAttribute("aria-label", words.timeline)

  function seek(t, stop) {
    if (stop) video.pause()
    video.currentTime = t + ROUNDED
    show(t)
  }

  // --- the tip: what a bar or mark is, on hover and on focus ---
  function tipped(button, text) {
    const open = () => {
      tip.textContent = text
      tip.hidden = false
      const at = button.getBoundingClientRect(), all = strip.getBoundingClientRect()
      const left = at.left + at.width / 2 - all.left - tip.offsetWidth / 2
      tip.style.left = `${Math.min(Math.max(left, 0), Math.max(all.width - tip.offsetWidth, 0))}px`
      tip.style.top = `${at.top - all.top - tip.offsetHeight - 6}px`
    }
    const close = () => {
      if (tip.textContent === text && !button.matches(":focus-visible")) tip.hidden = true
    }
    button.onmouseenter = button.onfocus = open
    button.onmouseleave = close
    button.onblur = () => (tip.hidden = true)
    button.setAttribute("aria-label", text)
  }

  // --- repetitions ---
  $(".reps .name").textContent = words.bars
  const parts = data.bars.map((bar) => {
    const button = element("button", `bar ${bar.kind}`)
    button.type = "button"
    button.style.left = percent(bar.start_s)
    button.style.width = `calc(${percent(bar.end_s)} - ${percent(bar.start_s)})`
    button.append(element("span", "sign", bar.sign), element("span", "number", bar.number))
    tipped(button, bar.label)
    button.onclick = () => seek(bar.start_s, false)
    $(".reps .track").append(button)

    const line = element("li", "part")
    const head = element("button", "head")
    head.type = "button"
    head.append(
      element("span", `sign ${bar.kind}`, bar.sign), element("span", "title", bar.title),
      element("span", "time", bar.time), element("span", "verdict", bar.verdict)
    )
    head.onclick = () => seek(bar.start_s, false)
    line.append(head)
    for (const note of bar.notes) {
      const told = element("p", "note")
      const sign = element("span", "note-sign", note.sign)
      sign.setAttribute("aria-hidden", "true")
      told.append(sign, element("span", note.sign === "→" ? "cue" : "", note.text))
      line.append(told)
    }
    list.append(line)
    return { bar, button, line, head }
  })

  // --- faults ---
  for (const fault of data.lanes) {
    const lane = element("div", "lane"), track = element("div", "track marks")
    lane.append(element("p", "name", `◆ ${fault.name}`), track)
    for (const mark of fault.marks) {
      const button = element("button", "mark", "◆")
      button.type = "button"
      button.style.left = percent(mark.at_s)
      tipped(button, mark.label)
      button.onclick = () => seek(mark.at_s, true)
      track.append(button)
    }
    $(".faults").append(lane)
  }

  // --- the scale, at a round step ---
  const step = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600].find((s) => whole / s <= 8) ?? 900
  for (let t = 0; t <= whole - step / 3; t += step) {
    const tick = element("span", "tick", clock(t))
    tick.style.left = percent(t)
    $(".scale").append(tick)
  }
  $(".legend").textContent = words.legend

  // --- to keep, and what is told of the whole ---
  $(".take-name").textContent = words.take
  for (const file of data.downloads) {
    const link = element("a", "", file.text)
    link.href = file.url
    link.setAttribute("download", "")
    $(".take").append(link)
  }
  if (parts.length) $("h3").textContent = words.list
  else $("h3").remove()
  for (const part of data.more) {
    const made = element("ul", "")
    for (const text of part.lines) made.append(element("li", "", text))
    $(".more").append(element("h3", "", part.title), made)
  }

  // --- where the video is ---
  let current = null
  function show(t) {
    strip.style.setProperty("--now", percent(t))
    const now = parts.find(({ bar }) => t >= bar.start_s - 0.01 && t < bar.end_s) ?? null
    if (now === current) return
    for (const part of [current, now]) {
      for (const button of part ? [part.button, part.head] : []) {
        part === now ? button.setAttribute("aria-current", "true") : button.removeAttribute("aria-current")
      }
      part?.line.classList.toggle("now", part === now)
    }
    current = now
    if (now) list.scrollTop = now.line.offsetTop - list.offsetTop - 8
  }
  let frame = 0
  function follow() {
    show(video.currentTime)
    frame = video.paused ? 0 : requestAnimationFrame(follow)
  }
  video.onplay = () => (frame ||= requestAnimationFrame(follow))
  video.onseeked = video.ontimeupdate = () => show(video.currentTime)
  show(0)

  return {
    unmount() {
      cancelAnimationFrame(frame)
      video.pause()
      video.removeAttribute("src")
      video.load()
      box.remove()
    },
  }
}
