// Light or dark as the reader last chose, before anything is painted.
"use strict";
try {
  const chosen = localStorage.getItem("argmap-theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be closed to pages from disk: then the system decides.
}
