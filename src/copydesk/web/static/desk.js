// Saves clicks; every page works without it.
"use strict";
(() => {
  const now = document.getElementById("now");
  let timer = 0;
  const poll = async () => {
    try {
      const answer = await fetch(now.dataset.src, { credentials: "same-origin" });
      if (answer.ok) {
        const words = await answer.text();
        if (words.trim() !== now.innerHTML.trim()) now.innerHTML = words; // escaped by the server, and CSP lets no script in
      }
    } catch { /* the desk is closed; ask again later */ }
    const busy = now.querySelector("progress, .now:not(.news)");
    timer = setTimeout(poll, document.hidden ? 30000 : busy ? 1500 : 8000);
  };
  if (now) {
    timer = setTimeout(poll, now.querySelector(".now") ? 800 : 8000);
    now.addEventListener("click", (e) => { if (e.target.closest("[data-reload]")) { e.preventDefault(); location.reload(); } });
  }
  for (const form of document.querySelectorAll("form[data-auto]")) {
    form.classList.add("auto");
    form.addEventListener("change", (e) => { if (e.target.matches("input[type=checkbox], select, input[type=date]")) form.requestSubmit(); });
  }
  const job = document.querySelector("[data-job]");
  if (job && !["done", "failed"].includes(job.dataset.job)) setTimeout(() => location.reload(), 1500);
  const form = document.querySelector("form[data-upload]");
  if (form) {
    const drop = form.querySelector(".drop"), files = form.querySelector("input[type=file]"), bar = form.querySelector(".sending");
    for (const kind of ["dragover", "dragleave", "drop"]) {
      form.addEventListener(kind, (e) => {
        if (!e.dataTransfer || !e.dataTransfer.types.includes("Files")) return;
        e.preventDefault();
        drop.classList.toggle("over", kind === "dragover");
        if (kind === "drop") files.files = e.dataTransfer.files;
      });
    }
    form.addEventListener("submit", (e) => {
      if (!files.files.length) return;
      e.preventDefault();
      const sending = new XMLHttpRequest();
      sending.open("POST", form.action);
      sending.upload.onprogress = (p) => { if (p.lengthComputable) { bar.hidden = false; bar.value = (100 * p.loaded) / p.total; } };
      sending.onload = () => {
        if (sending.status < 400 && sending.responseURL) location.assign(sending.responseURL);
        else { bar.hidden = true; form.submit(); }
      };
      sending.onerror = () => { bar.hidden = true; form.submit(); };
      sending.send(new FormData(form));
    });
  }
})();
