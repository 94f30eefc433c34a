// Another view begins at its top, as another page would; so does the focus, which went with the button that was pressed.
const WAIT_MS = 10000;  // the new view comes piece by piece

export default function (component) {
  const { parentElement: root, data } = component;
  if (root.formCoachView === data.view) return;
  const before = root.formCoachView;
  root.formCoachView = data.view;
  if (before === undefined) return;
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main) return;
  const up = () => main.scrollTo(0, 0);
  up(); requestAnimationFrame(up);  // once more when what was there has gone
  clearInterval(root.formCoachWait);
  root.formCoachWait = focusHeading(main);
}

// Once all of the view is there its first heading has the focus, unless somebody went elsewhere meanwhile.
function focusHeading(main) {
  const until = performance.now() + WAIT_MS, was = document.activeElement;
  const timer = setInterval(() => {
    const at = document.activeElement, elsewhere = at && at !== document.body && at !== was;
    if (elsewhere || performance.now() > until) return clearInterval(timer);
    const heading = main.querySelector("h1, h2");
    const ready = document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]');
    if (!ready || !heading || heading.closest('[data-stale="true"]')) return;
    clearInterval(timer);
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }, 100);
  return timer;
}
