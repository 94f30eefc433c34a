// Sends one file, straight from the disk, to the address that the page was given, and shows how far it is.
// The page hears of it through the trigger `sent`: a number that is never the same twice.

const html = `
  <div class="drop" part="drop">
    <input type="file" class="file">
    <label class="choose"></label>
    <span class="or"></span>
    <p class="limits"></p>
  </div>
  <div class="sending" hidden>
    <p class="what"></p>
    <progress max="1" value="0"></progress>
    <button type="button" class="stop"></button>
  </div>
  <p class="wrong" role="alert" hidden></p>`

export default function (component) {
  const { parentElement: root, data, setTriggerValue } = component
  const own = root.own ?? (root.own = mount(root))
  own.data = data
  own.sent = () => setTriggerValue("sent", Date.now())
  own.label()
  return own.unmount
}

function mount(root) {
  const box = document.createElement("div")
  box.className = "uploader"
  box.innerHTML = html // fixed text of this file; what people wrote goes in by textContent
  root.appendChild(box)
  const $ = (selector) => box.querySelector(selector)
  const file = $(".file"), drop = $(".drop"), sending = $(".sending"), wrong = $(".wrong")
  const own = { data: null, sent: null }
  let request = null

  file.id = `file-${Math.random().toString(36).slice(2)}`
  $(".choose").htmlFor = file.id

  own.label = () => {
    const words = own.data.words
    box.lang = own.data.language
    $(".choose").textContent = words.choose
    $(".or").textContent = words.drop
    $(".limits").textContent = words.limits
    $(".stop").textContent = words.sending_cancel
    file.accept = own.data.accept
    file.setAttribute("aria-label", `${words.choose}. ${words.limits}`)
  }

  function say(key) {
    wrong.textContent = key ? own.data.words[key] : ""
    wrong.hidden = !key
  }

  function idle() {
    request = null
    drop.hidden = false
    sending.hidden = true
    file.value = "" // the same file may be chosen again
  }

  function failed(status) {
    const keys = { 403: "stale", 404: "stale", 413: "too_large", 507: "no_room" }
    say(keys[status] ?? "lost")
  }

  function send(video) {
    say("")
    if (video.size > own.data.max_bytes) {
      file.value = ""
      return say("too_large")
    }
    drop.hidden = true
    sending.hidden = false
    const bar = $("progress")
    bar.value = 0
    $(".what").textContent = own.data.words.sending.replace("{name}", video.name)
    bar.setAttribute("aria-label", $(".what").textContent)
    const now = (request = new XMLHttpRequest())
    now.upload.onprogress = (event) => {
      if (event.lengthComputable) bar.value = event.loaded / event.total
    }
    now.onload = () => {
      idle()
      now.status === 201 ? own.sent() : failed(now.status)
    }
    now.onerror = () => {
      idle()
      failed(0)
    }
    now.onabort = idle
    now.open("PUT", `${own.data.url}?name=${encodeURIComponent(video.name)}`)
    now.send(video)
  }

  file.onchange = () => file.files.length && send(file.files[0])
  $(".stop").onclick = () => request?.abort()
  drop.ondragover = (event) => {
    event.preventDefault()
    drop.classList.add("over")
  }
  drop.ondragleave = () => drop.classList.remove("over")
  drop.ondrop = (event) => {
    event.preventDefault()
    drop.classList.remove("over")
    if (event.dataTransfer.files.length) send(event.dataTransfer.files[0])
  }
  own.unmount = () => {
    request?.abort()
    box.remove()
    delete root.own
  }
  return own
}
