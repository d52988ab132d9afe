// Dropping files and folders, and pasting blocks into the grid. Both pages work without it.
(() => {
  "use strict";
  const form = document.querySelector("[data-drop]");

  const readEntry = async (entry, found) => {
    if (entry.isFile) {
      const file = await new Promise((done, fail) => entry.file(done, fail));
      found.push({ file, path: entry.fullPath.replace(/^\//, "") });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const part = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!part.length) return;
      for (const one of part) await readEntry(one, found);
    }
  };

  if (form) {
    const [files, folder] = [form.querySelector("#files"), form.querySelector("#folder")];
    const sending = form.querySelector("[data-sending]");
    const bar = sending.querySelector("progress");
    const send = (chosen) => {
      const data = new FormData(form);
      data.delete("files");
      data.delete("folder");
      for (const { file } of chosen) data.append("files", file, file.name);
      data.set("paths", JSON.stringify(chosen.map((one) => one.path)));
      const call = new XMLHttpRequest();
      sending.hidden = false;
      form.querySelectorAll("button").forEach((button) => { button.disabled = true; });
      call.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
      });
      call.addEventListener("load", () => {
        if (call.status < 400 && call.responseURL) { location.assign(call.responseURL); return; }
        const page = new DOMParser().parseFromString(call.responseText, "text/html");
        document.querySelector("#main").replaceWith(document.adoptNode(page.querySelector("#main")));
      });
      call.addEventListener("error", () => {
        sending.hidden = true;
        form.querySelectorAll("button").forEach((button) => { button.disabled = false; });
        form.submit();
      });
      call.open("POST", form.getAttribute("action") || location.pathname);
      call.send(data);
    };
    form.addEventListener("submit", (event) => {
      const chosen = [...files.files, ...folder.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
      if (!chosen.length) return;
      event.preventDefault();
      send(chosen);
    });
    const over = (isOver) => form.classList.toggle("over", isOver);
    form.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
    form.addEventListener("dragleave", () => over(false));
    form.addEventListener("drop", async (event) => {
      event.preventDefault();
      over(false);
      const found = [];
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
      for (const entry of entries) await readEntry(entry, found);
      if (found.length) send(found);
    });
  }

  const grid = document.querySelector("[data-grid]");
  if (grid) {
    grid.addEventListener("paste", (event) => {
      const cell = event.target.closest("input");
      const text = event.clipboardData.getData("text");
      if (!cell || !/[\t\n]/.test(text.trim())) return;
      event.preventDefault();
      const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));
      const rows = [...grid.querySelectorAll("tbody tr")];
      const top = rows.indexOf(cell.closest("tr"));
      const left = [...cell.closest("tr").querySelectorAll("input")].indexOf(cell);
      lines.forEach((line, down) => line.forEach((value, right) => {
        const input = rows[top + down]?.querySelectorAll("input")[left + right];
        if (input) input.value = value.trim();
      }));
    });
    grid.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
      const cell = event.target.closest("input");
      if (!step || !cell) return;
      event.preventDefault();
      const line = cell.closest("tr");
      const column = [...line.querySelectorAll("input")].indexOf(cell);
      const next = step > 0 ? line.nextElementSibling : line.previousElementSibling;
      next?.querySelectorAll("input")[column]?.focus();
    });
  }
})();
