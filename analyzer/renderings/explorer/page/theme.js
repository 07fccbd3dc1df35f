// Light, dark, or as the system has it; on paper always light.

const THEMES = ["system", "light", "dark"];

function startTheme() {
  let theme = "system";
  try {
    theme = THEMES.includes(localStorage.getItem("analyzer-theme"))
      ? localStorage.getItem("analyzer-theme")
      : "system";
  } catch {
    // From a file system some browsers keep nothing: then it begins as the system has it.
  }
  setTheme(theme);
  byId("theme").addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    try {
      localStorage.setItem("analyzer-theme", theme);
    } catch {
      // As above.
    }
    setTheme(theme);
    cy.style(graphStyle());
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => cy.style(graphStyle()));
  addEventListener("beforeprint", () => {
    setTheme("light");
    cy.style(graphStyle());
    // The canvas draws a moment later, which is too late; and paper has room for the whole graph.
    if (VIEW.boxes.size)
      byId("paper").src = cy.png({ full: true, maxWidth: 2400, maxHeight: 2400, bg: "#ffffff" });
  });
  addEventListener("afterprint", () => {
    setTheme(theme);
    cy.style(graphStyle());
  });
  byId("print").addEventListener("click", () => print());
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").textContent = `Theme: ${theme}`;
}
