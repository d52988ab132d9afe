// The frame's behaviour: menu, command bar, shortcuts, tooltips, copying. Pages work without it.
(() => {
  "use strict";
  const body = document.body;
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  if (isApple) all("kbd[data-mod]").forEach((key) => { key.textContent = "⌘ K"; });

  // Menu on narrow screens
  const showMenu = (isOpen) => {
    body.classList.toggle("menu-open", isOpen);
    if (isOpen) find("#menu summary")?.focus();
    else find("[data-opens-menu]")?.focus();
  };

  // Dialogs
  const open = (name) => {
    const dialog = document.getElementById(name);
    if (!dialog || dialog.open) return;
    all("details[data-pop][open]").forEach((pop) => { pop.open = false; });
    body.classList.remove("menu-open");
    dialog.showModal();
    if (name === "commands") startCommands(dialog);
  };

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    if (at("[data-opens-menu]")) { event.preventDefault(); showMenu(true); return; }
    if (at("[data-closes-menu]")) { event.preventDefault(); showMenu(false); return; }
    if (body.classList.contains("menu-open") && !at("#menu")) showMenu(false);
    const opener = at("[data-opens]");
    if (opener) { open(opener.dataset.opens); return; }
    if (at("[data-closes]")) { at("dialog").close(); return; }
    if (event.target.matches("dialog")) { event.target.close(); return; }
    if (at("[data-dismiss]")) { at(".notice").remove(); return; }
    const copier = at("[data-copy]");
    if (copier) copy(copier);
    all("details[data-pop][open]").forEach((pop) => { if (!pop.contains(event.target)) pop.open = false; });
  });

  const copy = async (button) => {
    const source = find(button.dataset.copy);
    const text = source.value ?? all("li", source).map((line) => line.textContent.trim()).join("\n");
    try { await navigator.clipboard.writeText(text); } catch { source.select?.(); document.execCommand("copy"); }
    button.classList.add("copied");
    const use = find("path", button);
    use?.setAttribute("d", "M5 12.5l4.5 4.5L19 7.5");
  };

  // Command bar: a combobox over a list of links
  let commands = [];
  let chosen = 0;
  let asked = 0;
  const startCommands = (dialog) => {
    const input = find("input", dialog);
    input.value = "";
    input.focus();
    ask("");
  };
  const ask = async (words) => {
    const mine = ++asked;
    const answer = await fetch(`${body.dataset.commands}?q=${encodeURIComponent(words)}`, { headers: { Accept: "application/json" } });
    if (mine !== asked || !answer.ok) return;
    commands = (await answer.json()).commands;
    chosen = 0;
    showCommands();
  };
  const showCommands = () => {
    const dialog = find("#commands");
    const list = find("ul", dialog);
    list.replaceChildren(...commands.map((command, index) => {
      const line = document.createElement("li");
      line.id = `command-${index}`;
      line.setAttribute("role", "option");
      line.dataset.index = index;
      for (const [name, text] of [["label", command.label], ["kind", command.kind]]) {
        const span = document.createElement("span");
        span.className = name;
        span.textContent = text;
        line.append(span);
      }
      for (const key of command.keys.split(" ").filter(Boolean)) {
        const sign = document.createElement("kbd");
        sign.textContent = key;
        line.append(sign);
      }
      return line;
    }));
    find(".commands-none", dialog).hidden = commands.length > 0;
    choose(0);
  };
  const choose = (index) => {
    const lines = all("#commands li");
    chosen = Math.max(0, Math.min(index, lines.length - 1));
    lines.forEach((line, i) => line.setAttribute("aria-selected", String(i === chosen)));
    const input = find("#commands input");
    if (lines[chosen]) {
      input.setAttribute("aria-activedescendant", lines[chosen].id);
      lines[chosen].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const go = (index) => {
    const command = commands[index];
    if (!command) return;
    if (command.opens) { find("#commands").close(); open(command.opens); }
    else location.assign(command.href);
  };
  const bar = find("#commands");
  if (bar) {
    const input = find("input", bar);
    input.addEventListener("input", () => ask(input.value));
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
      else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen - 1); }
      else if (event.key === "Enter") { event.preventDefault(); go(chosen); }
    });
    bar.addEventListener("click", (event) => {
      const line = event.target.closest("li");
      if (line) go(Number(line.dataset.index));
    });
    bar.addEventListener("mousemove", (event) => {
      const line = event.target.closest("li");
      if (line && Number(line.dataset.index) !== chosen) choose(Number(line.dataset.index));
    });
  }

  // Shortcuts
  let first = "";
  let timer = 0;
  const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open("commands");
      return;
    }
    if (event.key === "Escape") { escape(); return; }
    if (!body.dataset.keys || event.metaKey || event.ctrlKey || event.altKey) return;
    if (isTyping(event.target) || find("dialog[open]")) return;
    if (event.key === "?") { event.preventDefault(); open("keys"); return; }
    if (event.key === "/") { event.preventDefault(); open("commands"); return; }
    const sequence = first ? `${first} ${event.key}` : event.key;
    const link = all("[data-key]").find((one) => one.dataset.key === sequence);
    clearTimeout(timer);
    first = "";
    if (link) { event.preventDefault(); link.click(); return; }
    if (all("[data-key]").some((one) => one.dataset.key.startsWith(`${event.key} `))) {
      first = event.key;
      timer = setTimeout(() => { first = ""; }, 1200);
    }
  });
  const escape = () => {
    all("details[data-pop][open]").forEach((pop) => { pop.open = false; find("summary", pop).focus(); });
    if (body.classList.contains("menu-open")) showMenu(false);
    all(".term:hover, .term:focus-within").forEach((term) => term.classList.add("shut"));
  };

  // Tables that run on in time begin at their newest end
  all("[data-newest-last]").forEach((box) => { box.scrollLeft = box.scrollWidth; });

  // Tooltips: keep them on the screen, let Escape close them
  const place = (event) => {
    const term = event.target.closest?.(".term");
    if (!term) return;
    const tip = find(".tip", term);
    tip.classList.remove("left");
    if (tip.getBoundingClientRect().right > document.documentElement.clientWidth - 8) tip.classList.add("left");
  };
  const reopen = (event) => event.target.closest?.(".term")?.classList.remove("shut");
  document.addEventListener("mouseover", place);
  document.addEventListener("focusin", place);
  document.addEventListener("mouseout", reopen);
  document.addEventListener("focusout", reopen);
})();
