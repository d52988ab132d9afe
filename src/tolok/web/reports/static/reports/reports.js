// Charts of a report tell their values to keyboard and touch too; without this they do so on hover,
// and the table below each says the same.
"use strict";
(() => {
  const charts = document.querySelectorAll("[data-charts] svg[role=img]");
  const say = document.createElement("p");
  say.className = "sr";
  say.setAttribute("aria-live", "polite");

  const light = (svg, points, place) => {
    points.forEach((point, number) => point.classList.toggle("on", number === place));
    if (place < 0) return;
    const words = points[place].querySelectorAll("text");
    say.textContent = Array.from(words, (word) => word.textContent).join(", ");
    svg.dataset.place = String(place);
  };

  const wake = (svg) => {
    const points = Array.from(svg.querySelectorAll(".pt"));
    if (!points.length) return;
    svg.tabIndex = 0;
    const last = points.length - 1;
    const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -last, End: last };
    svg.addEventListener("keydown", (event) => {
      if (event.key === "Escape") return light(svg, points, -1);
      if (!(event.key in steps)) return;
      event.preventDefault();
      const here = Number(svg.dataset.place ?? last + (event.key === "ArrowLeft" ? 1 : 0));
      light(svg, points, Math.min(last, Math.max(0, here + steps[event.key])));
    });
    svg.addEventListener("focus", () => svg.matches(":focus-visible") && light(svg, points, last));
    svg.addEventListener("blur", () => light(svg, points, -1));
    svg.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "mouse") return;
      light(svg, points, points.indexOf(event.target.closest(".pt")));
    });
    document.addEventListener("pointerdown", (event) => {
      if (!svg.contains(event.target)) light(svg, points, -1);
    });
  };

  document.body.append(say);
  charts.forEach(wake);
})();
