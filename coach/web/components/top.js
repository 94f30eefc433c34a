// Another view begins at its top, as another page would.
export default function (component) {
  const { parentElement: root, data } = component;
  if (root.formCoachView === data.view) return;
  const before = root.formCoachView;
  root.formCoachView = data.view;
  if (before === undefined) return;
  const main = document.querySelector('[data-testid="stMain"]');
  const up = () => main?.scrollTo(0, 0);
  up(); requestAnimationFrame(up);  // once more when what was there has gone
}
