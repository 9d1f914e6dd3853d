// form[data-autosave] saves itself while one types. Until the server has it, a copy stays in this browser.
// data-autosave: the address (empty: the form's own); data-autosave-key: names the copy; [data-saved] tells how it stands.
const WAIT = 800;
const RETRY = [2000, 5000, 10000, 30000];
const PREFIX = "beluur:autosave:";

class Autosave {
  constructor(form) {
    this.form = form;
    this.key = PREFIX + (form.dataset.autosaveKey || location.pathname);
    this.sign = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
    this.failures = 0;
    this.dirty = false;
    this.sending = false;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", () => this.submitted());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("online", () => this.dirty && this.save());
    this.restore();
  }

  get address() {
    return this.form.dataset.autosave || this.form.action;
  }

  fields() {
    return [...new FormData(this.form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  }

  changed() {
    this.dirty = true;
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), WAIT);
  }

  keep(extra = {}) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ fields: this.fields(), ...extra }));
    } catch {
      // a full or forbidden storage must not stop the typing
    }
  }

  // once an answer took this form's place, the new one has what was typed; the fields of the old one would come over it
  get gone() {
    return !this.form.isConnected;
  }

  async save() {
    if (this.sending || this.gone) return;
    clearTimeout(this.timer);
    if (this.form.matches(".htmx-request")) {
      this.timer = setTimeout(() => this.save(), WAIT);
      return;
    }
    this.sending = true;
    this.dirty = false;
    try {
      const answer = await fetch(this.address, {
        method: "POST",
        body: new FormData(this.form),
        headers: { "X-Autosave": "1" },
        redirect: "manual",
        keepalive: true,
      });
      if (!answer.ok) throw new Error(String(answer.status || "login"));
      await this.take(answer);
      if (!this.gone) this.saved();
    } catch {
      if (!this.gone) this.failed();
    } finally {
      this.sending = false;
    }
  }

  // what the server counts its versions by goes with the next save
  async take(answer) {
    if (!answer.headers.get("Content-Type")?.includes("json")) return;
    const { version } = await answer.json();
    const field = this.form.querySelector("[name=version]");
    if (field && version) field.value = version;
  }

  saved() {
    this.failures = 0;
    if (this.dirty) this.changed();
    else localStorage.removeItem(this.key);
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    this.tell("saved", time);
  }

  failed() {
    this.dirty = true;
    this.keep();
    const wait = RETRY[Math.min(this.failures, RETRY.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.save(), wait);
    this.tell("failed", "");
  }

  tell(state, time) {
    if (!this.sign) return;
    this.sign.dataset.state = state;
    const text = this.sign.dataset[state === "saved" ? "textSaved" : state === "failed" ? "textFailed" : "textRestored"] ?? "";
    this.sign.querySelector("[data-saved-text]").textContent = text.replace("{time}", time);
  }

  restore() {
    const kept = JSON.parse(localStorage.getItem(this.key) ?? "null");
    if (!kept || kept.submitted || JSON.stringify(kept.fields) === JSON.stringify(this.fields())) return;
    for (const box of this.form.querySelectorAll("[type=checkbox], [type=radio]")) box.checked = false;
    for (const [name, value] of kept.fields) this.put(name, value);
    this.tell("restored", "");
    this.changed();
  }

  put(name, value) {
    for (const field of this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "checkbox" || field.type === "radio") field.checked ||= field.value === value;
      else if (field.type !== "hidden" && field.type !== "submit") field.value = value;
    }
  }

  submitted() {
    clearTimeout(this.timer);
    this.dirty = false;
    this.keep({ submitted: true });
  }

  leave() {
    if (this.dirty && !this.gone) navigator.sendBeacon(this.address, new FormData(this.form));
  }
}

function forgetSubmitted() {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    if (JSON.parse(localStorage.getItem(key))?.submitted) localStorage.removeItem(key);
  }
}

const begun = new WeakSet();
function begin(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    if (begun.has(form)) continue;
    begun.add(form);
    new Autosave(form);
  }
}

forgetSubmitted();
begin(document);
document.addEventListener("htmx:load", (event) => begin(event.target.parentElement ?? document));
