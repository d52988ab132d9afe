// Charts that answer: the value at a point (mouse, touch, keys), layers that hide, chart or table.
// The drawing comes from the server and stays as it is; everything here is laid over it.
(() => {
  "use strict";
  const make = (tag, className, text) => {
    const one = document.createElement(tag);
    if (className) one.className = className;
    if (text !== undefined) one.textContent = text;
    return one;
  };
  const started = new WeakSet();

  const start = (figure) => {
    if (started.has(figure)) return;
    started.add(figure);
    const source = figure.querySelector('script[data-for="chart"]');
    const stage = figure.querySelector(".chart-stage");
    if (!source || !stage) return;
    const data = JSON.parse(source.textContent);
    figure.classList.add("live");
    if (data.stops.length) probe(figure, stage, data);
    layers(figure);
    views(figure);
  };

  // The value at a point: a slider over the picture, which reads every step aloud
  const probe = (figure, stage, data) => {
    const slider = make("div", "chart-probe");
    const line = make("div", "chart-line");
    const dot = make("div", "chart-dot");
    const tip = make("div", "chart-tip");
    const last = data.stops.length - 1;
    let at = data.start ?? last;
    slider.tabIndex = 0;
    for (const [name, value] of Object.entries({
      role: "slider", "aria-label": data.words.value, "aria-valuemin": 0, "aria-valuemax": last,
      "aria-orientation": "horizontal",
    })) slider.setAttribute(name, value);
    for (const one of [line, dot, tip]) { one.hidden = true; one.setAttribute("aria-hidden", "true"); }
    stage.append(line, dot, tip, slider);

    const drawing = () => [...stage.querySelectorAll("svg[data-x]")].find((svg) => svg.getBoundingClientRect().width > 0);
    const places = (svg) => svg.dataset.x.split(" ").map(Number);

    const tell = (index) => {
      at = Math.max(0, Math.min(last, index));
      const stop = data.stops[at];
      const said = [stop.label, ...stop.values.map(([name, value]) => `${name} ${value}`), ...stop.happened.map(([kind, title]) => `${kind}: ${title}`)];
      slider.setAttribute("aria-valuenow", at);
      slider.setAttribute("aria-valuetext", said.join(", "));
    };
    const show = (index) => {
      const svg = drawing();
      if (!svg) return;
      tell(index);
      const box = svg.getBoundingClientRect();
      const edge = stage.getBoundingClientRect();
      const scale = box.width / svg.viewBox.baseVal.width;
      const shift = { x: box.left - edge.left, y: box.top - edge.top };
      const x = places(svg)[at] * scale + shift.x;
      const height = svg.dataset.y?.split(" ")[at];
      line.style.left = `${x}px`;
      line.style.top = `${svg.dataset.top * scale + shift.y}px`;
      line.style.height = `${(svg.dataset.floor - svg.dataset.top) * scale}px`;
      dot.style.left = `${x}px`;
      dot.style.top = `${Number(height) * scale + shift.y}px`;
      line.hidden = false;
      dot.hidden = !height || height === "-";
      fill(tip, data.stops[at]);
      tip.hidden = false;
      // Beside the line, never over it and never beyond the edge of the box; a narrow box has it below
      const room = edge.width - tip.offsetWidth;
      const right = x + 12;
      tip.style.setProperty("--x", `${Math.max(0, right <= room ? right : Math.min(room, x - 12 - tip.offsetWidth))}px`);
      tip.style.setProperty("--y", `${shift.y}px`);
    };
    const hide = () => { line.hidden = dot.hidden = tip.hidden = true; };
    const nearest = (event) => {
      const svg = drawing();
      if (!svg) return at;
      const box = svg.getBoundingClientRect();
      const x = (event.clientX - box.left) / (box.width / svg.viewBox.baseVal.width);
      let best = 0;
      places(svg).forEach((place, index, all) => { if (Math.abs(place - x) < Math.abs(all[best] - x)) best = index; });
      return best;
    };
    const open = () => { const { href } = data.stops[at]; if (href) location.assign(href); };

    slider.addEventListener("pointermove", (event) => show(nearest(event)));
    slider.addEventListener("pointerdown", (event) => show(nearest(event)));
    slider.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse" && document.activeElement !== slider) hide(); });
    slider.addEventListener("click", (event) => { if (event.pointerType === "mouse") { show(nearest(event)); open(); } });
    slider.addEventListener("focus", () => { if (slider.matches(":focus-visible")) show(at); });
    slider.addEventListener("blur", hide);
    slider.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, PageDown: at - 5, PageUp: at + 5, Home: 0, End: last };
      if (event.key in steps) { event.preventDefault(); show(steps[event.key]); }
      else if (event.key === "Enter") open();
      else if (event.key === "Escape") hide();
    });
    new ResizeObserver(() => { if (!tip.hidden) show(at); }).observe(stage);
    tell(at);
  };

  const fill = (tip, stop) => {
    const values = make("dl");
    for (const [name, value] of stop.values) {
      const row = make("div");
      row.append(make("dt", "", name), make("dd", "", value));
      values.append(row);
    }
    tip.replaceChildren(make("strong", "", stop.label), values);
    if (!stop.happened.length) return;
    const list = make("ul");
    for (const [kind, title] of stop.happened) {
      const row = make("li");
      row.append(make("span", "", kind), document.createTextNode(title));
      list.append(row);
    }
    tip.append(list);
  };

  // Layers that hide
  const layers = (figure) => {
    const bar = figure.querySelector(".chart-layers");
    if (!bar) return;
    bar.hidden = false;
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-shows]");
      if (!button) return;
      const isOn = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(isOn));
      figure.querySelectorAll(`[data-layer="${button.dataset.shows}"]`).forEach((layer) => { layer.toggleAttribute("hidden", !isOn); });
    });
  };

  // Chart or table
  const views = (figure) => {
    const bar = figure.querySelector(".chart-views");
    const numbers = figure.querySelector(".chart-numbers");
    if (!bar || !numbers) return;
    bar.hidden = false;
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const isTable = button.dataset.view === "table";
      figure.classList.toggle("as-table", isTable);
      numbers.open = isTable;
      bar.querySelectorAll("button").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
    });
  };

  const startAll = () => document.querySelectorAll("figure[data-chart]").forEach(start);
  startAll();
  // Parts of pages that come later bring their charts along
  new MutationObserver(startAll).observe(document.body, { childList: true, subtree: true });
})();
