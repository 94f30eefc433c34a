// A list of which each line can be opened: a button with a name, and what is told beside it.
// Names are put in as text; every word of `told` was escaped where it was made.
export default function ({ parentElement: root, data, setTriggerValue }) {
  const list = root.formCoachLines ??= root.appendChild(document.createElement("ul"));
  list.className = "opening";
  list.open = id => setTriggerValue("opened", id);
  const drawn = JSON.stringify(data.lines);
  if (list.drawn === drawn) return;
  list.drawn = drawn;
  list.replaceChildren(...data.lines.map(line => {
    const row = document.createElement("li");
    const name = row.appendChild(document.createElement("button"));
    name.type = "button";
    name.appendChild(document.createElement("bdi")).textContent = line.name;
    if (line.tag) name.append(" ", Object.assign(document.createElement("small"), { textContent: line.tag }));
    name.onclick = () => list.open(line.id);
    row.insertAdjacentHTML("beforeend", line.told);
    return row;
  }));
}
