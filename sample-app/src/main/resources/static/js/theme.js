// Before the first paint: a choice of an earlier visit, else what the system says.
const KEY = "statesync-sample-theme";
const root = document.documentElement;

function apply(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

function remembered() {
  try {
    return localStorage.getItem(KEY) ?? "system";
  } catch {
    return "system";
  }
}

apply(remembered());
for (const select of document.querySelectorAll("[name=theme]")) {
  select.value = remembered();
  select.addEventListener("change", () => {
    apply(select.value);
    try {
      localStorage.setItem(KEY, select.value);
    } catch {
      // a browser that keeps nothing: the choice holds for this page
    }
  });
}
