// Every word of it was escaped where the chart was drawn.
export default function ({ parentElement, data }) {
  const place = parentElement.formCoachChart ??= parentElement.appendChild(document.createElement("div"));
  if (place.drawn !== data.chart) place.innerHTML = place.drawn = data.chart;
}
